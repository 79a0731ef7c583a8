"""What earlier runs had come to, beside this one: bars for all sites, rows for one. Lines only, nothing that runs.

Shades differ in lightness and what is open is hatched, so that it reads when printed in grey.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xuncha.model.history import Concluded, EarlierResult
from xuncha.model.outcome import Verdict
from xuncha.store.format import moment
from xuncha.store.result import RunResult, SiteResult

LEFT, WIDTH, ROW, TOP = 84, 480, 22, 4
FILLS = {
    Verdict.QUALIFIED: "#cfe3d4",
    Verdict.BASICALLY_QUALIFIED: "#efd58c",
    Verdict.UNQUALIFIED: "#b3261e",
    Verdict.PENDING: "url(#open)",
}
"""Verdicts in the order of the bars; others have no bar."""


@dataclass(frozen=True, slots=True)
class Part:
    """Sites of one verdict: ``count`` of them, ``inside`` where their number has room in the bar."""

    x: float
    width: float
    verdict: Verdict
    count: int

    @property
    def inside(self) -> bool:
        return self.width >= 8 * len(str(self.count)) + 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One run."""

    y: int
    day: str
    parts: tuple[Part, ...]


def bars(result: RunResult, sites: Sequence[SiteResult]) -> list[Bar]:
    """A bar for each earlier run that knows any of these sites, and one for this run; none where it is the first."""
    earlier = [(one, [one.sites[site.id].verdict for site in sites if site.id in one.sites]) for one in result.history]
    runs = [(_day(one), verdicts) for one, verdicts in earlier if verdicts]
    if not runs:
        return []
    runs.append((moment(result.run.started)[:10], [site.verdict for site in sites]))
    return [Bar(TOP + ROW * at, day, tuple(_parts(verdicts))) for at, (day, verdicts) in enumerate(runs)]


def _parts(verdicts: Sequence[Verdict]) -> Iterator[Part]:
    counts = Counter(one for one in verdicts if one in FILLS)
    total, x = sum(counts.values()) or 1, float(LEFT)
    for verdict in FILLS:
        if width := WIDTH * counts[verdict] / total:
            yield Part(round(x, 1), round(width, 1), verdict, counts[verdict])
            x += width


def earlier(result: RunResult, site: SiteResult) -> list[tuple[str, Concluded]]:
    """What the site had come to before, by day, the oldest first."""
    return [(_day(one), one.sites[site.id]) for one in result.history if site.id in one.sites]


def _day(one: EarlierResult) -> str:
    return moment(one.started)[:10]
