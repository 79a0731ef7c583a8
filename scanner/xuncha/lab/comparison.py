"""Holds an inspection of the lab against the faults that were switched on."""

from collections.abc import Collection
from dataclasses import dataclass

from xuncha.lab.faults import Fault
from xuncha.lab.lab import Lab
from xuncha.model.outcome import Status
from xuncha.store.result import RunResult

_BROWSER = "browser"
"""What a browser asks for is counted under this name, also for probes that look at how pages are laid out."""

Triple = tuple[str, str, Status]
"""Site, check, status."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """``missed``: expected and not found; ``false``: a failure or hint that nobody switched on.

    ``unseen`` is what only a browser shows, or an approved picture, on sites where neither was at hand, by site and
    fault: neither expected nor missed.
    """

    expected: int
    missed: tuple[Triple, ...]
    false: tuple[Triple, ...]
    unseen: tuple[tuple[str, Fault], ...] = ()

    @property
    def exact(self) -> bool:
        return not self.missed and not self.false


def compare(lab: Lab, result: RunResult, pictured: Collection[str] = ()) -> Comparison:
    """What the run found against what it had to find; plugins that are not ours are left aside.

    ``pictured`` are the sites of whose home pages pictures were approved before.
    """
    outcomes = [(site.id, outcome) for site in result.sites for outcome in site.outcomes if outcome.admitted]
    found = {(site, outcome.check, outcome.status) for site, outcome in outcomes}
    in_browser = {site.id for site in result.sites if site.stats.rendered or site.stats.by_asker.get(_BROWSER)}
    expected = lab.expected(in_browser, pictured)
    accused = {triple for triple in found if triple[2] in {Status.FAIL, Status.WARN}}
    missed, false = tuple(sorted(expected - found)), tuple(sorted(accused - expected))
    return Comparison(len(expected), missed, false, lab.unseen(in_browser, pictured))
