"""Holds an inspection of the lab against the faults that were switched on."""

from dataclasses import dataclass

from xuncha.lab.lab import Lab
from xuncha.model.outcome import Status
from xuncha.store.result import RunResult

Triple = tuple[str, str, Status]
"""Site, check, status."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """``missed``: expected and not found; ``false``: a failure or hint that nobody switched on."""

    expected: int
    missed: tuple[Triple, ...]
    false: tuple[Triple, ...]

    @property
    def exact(self) -> bool:
        return not self.missed and not self.false


def compare(lab: Lab, result: RunResult) -> Comparison:
    """What the run found against what it had to find; plugins that are not ours are left aside."""
    outcomes = [(site.id, outcome) for site in result.sites for outcome in site.outcomes if outcome.admitted]
    found = {(site, outcome.check, outcome.status) for site, outcome in outcomes}
    expected = lab.expected({site.id for site in result.sites if site.stats.rendered})
    accused = {triple for triple in found if triple[2] in {Status.FAIL, Status.WARN}}
    return Comparison(len(expected), tuple(sorted(expected - found)), tuple(sorted(accused - expected)))
