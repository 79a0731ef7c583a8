"""What earlier runs by the same profile had come to (历次结论), so that a report can show where things go."""

from dataclasses import dataclass
from datetime import datetime

from xuncha.model.outcome import Verdict

MOST = 8
"""Earlier runs that are shown."""


@dataclass(frozen=True, slots=True)
class Concluded:
    """What a site came to: its own verdict, and those of the items by id. Nobody had reviewed anything then."""

    verdict: Verdict
    items: dict[str, Verdict]


@dataclass(frozen=True, slots=True)
class EarlierResult:
    """One earlier run; ``sites`` by the id that they have in the run that tells of it."""

    run: str
    started: datetime
    sites: dict[str, Concluded]
