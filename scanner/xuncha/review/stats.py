"""How often each check was wrong, as far as people have looked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from xuncha.baseline.entries import Entry
from xuncha.model.outcome import Review
from xuncha.review.log import standing

FEW = 20
"""A rate that rests on fewer findings says little."""


@dataclass(frozen=True, slots=True)
class CheckStats:
    """Of one check, over all runs: a finding that was seen again counts once."""

    check: str
    said: dict[Review, int]

    @property
    def reviewed(self) -> int:
        return sum(self.said.values())

    @property
    def decided(self) -> int:
        """What the rate rests on: findings that are no longer 待进一步核实."""
        return self.reviewed - self.said.get(Review.UNDECIDED, 0)

    @property
    def false_alarms(self) -> float | None:
        """误报 as a fraction of what was decided; None where nothing was. What is accepted was no false alarm."""
        return self.said.get(Review.FALSE_POSITIVE, 0) / self.decided if self.decided else None


def statistics(entries: Iterable[Entry]) -> list[CheckStats]:
    """Every check of which anything was reviewed, by id."""
    counts = Counter((entry.what.check, Review(entry.what.look)) for entry in standing(entries).values())
    checks = sorted({check for check, _ in counts})
    return [CheckStats(one, {said: counts[one, said] for said in Review if counts[one, said]}) for one in checks]
