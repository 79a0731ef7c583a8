"""Judges one saved page as a crawl of its own: by page checks, and by checks over what page probes gather."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from urllib.parse import urljoin, urlsplit

from bench import proofs
from bench.visits import History
from xuncha.config.binding import Binding, bind
from xuncha.config.errors import InvalidError
from xuncha.config.library import roots
from xuncha.config.profiles import load_profile
from xuncha.crawl.challenges import Recogniser
from xuncha.crawl.signature_files import load_signatures
from xuncha.declare import CheckSpec, Params, ProbeSpec, recalls
from xuncha.gather.page_probes import PageGatherer
from xuncha.gather.probes import BoundProbe
from xuncha.judge import BoundCheck, PageJudge, judge
from xuncha.metadata import CheckMeta
from xuncha.model.clock import Clock
from xuncha.model.crawl import BARE, Crawl, PageRecord
from xuncha.model.fact import Gap
from xuncha.model.netapi import Reply
from xuncha.model.outcome import Outcome
from xuncha.model.past import Past
from xuncha.model.prints import Baseline, Prints
from xuncha.model.reasons import Reason
from xuncha.model.site import Site, SiteKind
from xuncha.page import Page
from xuncha.registry import Registry, discover, load
from xuncha.rules.plugin import rules_of

_CONTEXT = {Site, Crawl, Page, Baseline}
NOT_ASKED = Gap(Reason.NOT_SELECTED, detail="only the page is there")
"""In place of a fact that a check can do without."""

_FILLERS = 2


class Panel:
    """The installed checks that need no more than pages, with the parameters of a profile.

    ``failures`` tells what could not be loaded, and why.
    """

    def __init__(self, profile: str = "notice") -> None:
        self._registry: Registry = load(discover())
        self.failures = dict(self._registry.failures)
        self._probes = [spec for spec in self._registry.probes() if spec.per_page]
        self._asking = [spec for spec in self._registry.probes() if proofs.is_of_rules(spec.provides)]
        self._gathered = {spec.provides for spec in (*self._probes, *self._asking)}
        self._checks = {
            spec.id: (spec, plugin.meta.checks[spec.id])
            for plugin in self._registry.plugins
            for spec in plugin.checks
            if self._suffices(spec)
        }
        try:
            self._binding = self._bound_by(profile)
        except InvalidError as error:
            self._binding = Binding()
            self.failures[f"profile {profile}, so defaults hold"] = str(error)

    def known(self) -> frozenset[str]:
        """The ids of the checks that it judges by."""
        return frozenset(self._checks)

    def judge(
        self, page: Page, observed: datetime, history: History | None = None, *, approved: bool = False
    ) -> dict[str, Outcome]:
        """The outcome of every check by its id; its site is a department of which only this page was read.

        ``history`` is of earlier visits to the page and is told of this one, ``approved`` if it is a new baseline.
        """
        history = history or History()
        site = Site("page", urlsplit(page.url).hostname or "", (page.url,), kind=SiteKind.DEPARTMENT)
        crawl = _crawl(page)
        facts: dict[type, object] = {Crawl: crawl, Baseline: history.baseline}
        facts |= {spec.provides: self._fact(spec, page, site, observed, history) for spec in self._probes}
        facts |= {spec.provides: proofs.answers(page, spec.provides, rules_of(spec.function)) for spec in self._asking}
        history.remember(facts.get(Prints), observed, approved=approved)
        found = {}
        for name, (spec, meta) in self._checks.items():
            check = self._bound(spec, meta)
            lost = {spec.wants[name] for name in spec.accepts_gap} - facts.keys()
            found[name] = (
                _seen(check, site, page, crawl)
                if spec.per_page
                else judge(check, site, facts | dict.fromkeys(lost, NOT_ASKED))
            )
        return found

    def _suffices(self, spec: CheckSpec) -> bool:
        given = {kind for name, kind in spec.wants.items() if name not in spec.accepts_gap}
        wants = {kind for kind in given if not issubclass(kind, Params)} - _CONTEXT
        return spec.per_page or (bool(wants & self._gathered) and wants <= self._gathered)

    def _bound_by(self, profile: str) -> Binding:
        checks = {spec.id: spec.params for spec in self._registry.checks()}
        probes = {spec.name: spec.params for spec in self._registry.probes()}
        return bind(load_profile(profile, roots()), checks, probes)

    def _bound(self, spec: CheckSpec, meta: CheckMeta) -> BoundCheck:
        params = spec.params(**self._binding.params.get(spec.id, {}))
        over_pages = not self._gathered.isdisjoint(spec.wants.values())
        return BoundCheck(spec, params, meta.version, meta.min_coverage, over_pages=over_pages)

    def _fact(self, spec: ProbeSpec, page: Page, site: Site, observed: datetime, history: History) -> object:
        params = spec.params(**self._binding.probes.get(spec.name, {}))
        recalled = {hint: history.past if fact is Prints else Past() for hint, fact in recalls(spec).items()}
        given = {Site: site, Clock: lambda: observed} | recalled
        gatherer = PageGatherer(BoundProbe(spec, params), given)
        gatherer.visit(page)
        return gatherer.conclude()


def _seen(check: BoundCheck, site: Site, page: Page, crawl: Crawl) -> Outcome:
    page_judge = PageJudge(check, site)
    page_judge.visit(page)
    return page_judge.outcome(crawl)


def _crawl(page: Page) -> Crawl:
    reply = _recogniser().recognise(_reply(page))
    record = PageRecord(
        page.url,
        page.url,
        page.depth,
        page.status,
        media_type="text/html",
        bytes=page.body_bytes,
        title=page.title,
        sha256=page.sha256,
        words=len("".join(page.text.split())),
        fetched_at=page.fetched_at,
        problem=page.problem,
        scripted=page.scripted,
        challenge=reply.challenge,
        marks=reply.marks,
    )
    pages = (record, *(_filler(page, number) for number in range(_FILLERS)))
    return Crawl(page.url, pages, (), len(pages), complete=True)


@cache
def _recogniser() -> Recogniser:
    return Recogniser(load_signatures())


def _reply(page: Page) -> Reply:
    return Reply(page.url, page.url, page.status or 200, page.headers, page.html.encode("utf-8", "replace"))


def _filler(page: Page, number: int) -> PageRecord:
    """A page with words beside the one that is judged: a site of a single page may be a notice in its place."""
    url = urljoin(page.url, f"/beside/{number}.html")
    return PageRecord(url, url, page.depth + 1, 200, media_type="text/html", words=2 * BARE, fetched_at=page.fetched_at)


def findings(outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    """What the checks say against a page, one line each."""
    for name, outcome in sorted(outcomes.items()):
        for found in outcome.findings:
            values = ", ".join(f"{key}={value.value}" for key, value in found.params.items())
            yield f"{name} {found.status} {found.key} {values} {found.excerpt}".rstrip()
        if outcome.error:
            yield f"{name} error {outcome.error}"
