"""Everything that is known of the link targets of one site: pages of the crawl, first visits, second visits."""

from collections.abc import Iterator

from xuncha.api import Crawl, LinkTarget, Reason, host_of, outside_in_reach
from xuncha_plugins.links.facts import LinkAnswers, Visit
from xuncha_plugins.links.looks import SETTLED_AT_ONCE, Judged, Look, Manner, agreed, look


class Visits:
    """Puts the facts together; the same facts say the same of every target."""

    def __init__(self, crawl: Crawl, answers: LinkAnswers) -> None:
        self.manner = Manner.of(crawl, answers.missing)
        self._targets = crawl.targets
        self._first = {visit.url: visit for visit in answers.first}
        self._second = {visit.url: visit for visit in answers.second}
        self._denied = frozenset(answers.denied)
        for record in crawl.pages:
            self._first.setdefault(record.url, Visit.of_record(record))
        self.outside_in_reach = outside_in_reach(dict(self._asked_outside()), names_known=answers.names_known)

    def first(self, target: LinkTarget) -> Judged:
        """What the first visit found; unknown where there was none."""
        visit = self._first.get(target.url)
        if visit is None:
            return Judged(Look.UNKNOWN, certain=False, visit=Visit(target.url))
        return Judged(look(visit, target, self.manner), certain=False, visit=visit)

    def judged(self, target: LinkTarget) -> Judged:
        """What all visits together say. Nothing is said of other sites where none could be reached from here."""
        first = self.first(target)
        if not (target.internal or self.outside_in_reach):
            return Judged(Look.UNKNOWN, certain=False, visit=first.visit)
        if first.look is Look.NO_SUCH_NAME:
            denied = host_of(target.url) in self._denied
            return Judged(Look.NO_SUCH_NAME if denied else Look.NO_ANSWER, certain=denied, visit=first.visit)
        if first.look in SETTLED_AT_ONCE:
            return first
        again = self._second.get(target.url)
        second = None if again is None else Judged(look(again, target, self.manner), certain=False, visit=again)
        return agreed(first, second, target)

    def lapsed(self, domain: str) -> bool:
        """Whether a domain, and not only a host below it, is gone from the DNS."""
        return domain in self._denied

    def _asked_outside(self) -> Iterator[tuple[str, bool]]:
        """Each host outside that was asked, and whether it ever answered; those that did come last."""
        visits = [
            visit
            for target in self._targets
            if not target.internal and (visit := self._first.get(target.url)) and self._counts(visit, target)
        ]
        for visit in sorted(visits, key=lambda visit: visit.status > 0):
            yield host_of(visit.url), visit.status > 0

    def _counts(self, visit: Visit, target: LinkTarget) -> bool:
        ours = visit.problem is Reason.VANTAGE_UNFIT
        return ours or look(visit, target, self.manner) not in {Look.UNKNOWN, Look.ELSEWHERE}
