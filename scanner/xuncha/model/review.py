"""复核: what named persons said of findings. Only 属实 goes into official papers; 误报 and 不作为问题 count nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from xuncha.model.locator import DocumentLocator, Locator
from xuncha.model.outcome import Review, Status
from xuncha.model.text import Text

DISMISSED = frozenset({Review.FALSE_POSITIVE, Review.ACCEPTED})
"""What takes a finding out of every verdict; whoever says so gives a reason."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What stands of one finding: who said what of it, when and why. ``run`` is the run in which they saw it."""

    verdict: Review
    by: str
    at: datetime
    reason: str = ""
    run: str = ""


@dataclass(frozen=True, slots=True)
class Reviews:
    """Everything that stands, by fingerprint. ``problem``: why nothing of it counts, and what to do about it."""

    said: Mapping[str, Reviewed] = field(default_factory=dict)
    problem: Text | None = None


NO_REVIEWS = Reviews()


@dataclass(frozen=True, slots=True)
class ReviewCount:
    """How far the review has come: ``said`` counts verdicts, ``findings`` what there is to be reviewed in all."""

    findings: int = 0
    said: dict[Review, int] = field(default_factory=dict)

    @property
    def reviewed(self) -> int:
        """Findings of which somebody has said anything."""
        return sum(self.said.values())

    @property
    def dismissed(self) -> int:
        return sum(count for verdict, count in self.said.items() if verdict in DISMISSED)

    def __add__(self, other: "ReviewCount") -> "ReviewCount":
        both = {one: self.said.get(one, 0) + other.said.get(one, 0) for one in (*self.said, *other.said)}
        return ReviewCount(self.findings + other.findings, both)


def reviewable(status: Status, locator: Locator) -> bool:
    """Whether a finding is for review; questions about documents are answered by ``xuncha evidence review``."""
    return not (status is Status.MANUAL and isinstance(locator, DocumentLocator))
