"""Asks what answers for online systems, the entries of service guides and the actions of forms. Nothing is sent."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pydantic import Field

from xuncha.api import (
    Crawl,
    Gap,
    LinkTarget,
    LinkUse,
    Net,
    NetError,
    Params,
    Reason,
    Site,
    a_few_at_once,
    date_in_url,
    host_of,
    in_time,
    is_inside,
    is_private,
    knows_public_names,
    outside_in_reach,
    probe,
    site_host,
)
from xuncha_plugins.services.facts import EntryAnswers, Functions, Guides, System, Visit
from xuncha_plugins.services.urls import without_query
from xuncha_plugins.services.words import words

AT_ONCE = 4
LONGEST = 1_800
MAX_BYTES = 65_536
MAX_SYSTEMS = 1_000
LOOKUPS = 2
_MISSING = 400
_GONE = frozenset({404, 410})
_OVER = frozenset({Reason.BUDGET_REACHED, Reason.OUTSIDE_HOURS})
_HTTP = ("http://", "https://")


class EntryParams(Params):
    """``systems``, ``entries`` and ``forms`` count distinct addresses that are asked.

    What does not answer well is asked again ``pause`` seconds later. ``patience`` is in seconds for one request,
    ``seconds`` for everything.
    """

    systems: int = Field(default=30, ge=0, le=500)
    entries: int = Field(default=60, ge=0, le=1000)
    forms: int = Field(default=30, ge=0, le=300)
    pause: float = Field(default=10.0, ge=0, le=600)
    patience: float = Field(default=15.0, gt=0, le=60)
    seconds: float = Field(default=600.0, gt=0, le=LONGEST - 60)


@dataclass(frozen=True, slots=True)
class Question:
    """An address and how it is asked."""

    url: str
    method: str
    internal: bool


@probe(
    provides=EntryAnswers,
    needs=(Crawl, Functions, Guides),
    params=EntryParams,
    deadline=LONGEST,
    connections=AT_ONCE,
    requests=("systems", "entries", "forms", "systems", "entries", "forms", "forms"),
)
async def entry_answers(
    site: Site, crawl: Crawl, functions: Functions | Gap, guides: Guides | Gap, params: EntryParams, net: Net
) -> EntryAnswers:
    """What answers, asked once, and once more where that was not well."""
    asking = _Asking(net, params.patience)
    seen_guides = Guides() if isinstance(guides, Gap) else guides
    linked = systems(crawl, seen_guides, site)
    questions = [
        *[Question(one.url, "GET", one.internal) for one in linked[: params.systems]],
        *_entries(crawl, seen_guides, site)[: params.entries],
        *_actions(functions, crawl, site)[: params.forms],
    ]
    if not await in_time(params.seconds, asking.run(list(dict.fromkeys(questions)), crawl, params.pause)):
        asking.complete = False
    in_reach = await asking.outside_in_reach(_internal(crawl, site))
    return EntryAnswers(tuple(asking.visits), tuple(linked), asking.denied(), asking.complete, in_reach)


def systems(crawl: Crawl, guides: Guides, site: Site) -> list[System]:
    """The online systems that are linked, each once; entries that stand only on service guides are no systems."""
    guide_pages = frozenset(guide.url for guide in guides.guides)
    found = (_system(target, guide_pages) for target in crawl.targets if _may_be_system(target, site))
    return [system for system in found if system][:MAX_SYSTEMS]


def _may_be_system(target: LinkTarget, site: Site) -> bool:
    """Whether it is a page of its own; what no citizen can reach for certain is another check's word."""
    if target.use is not LinkUse.PAGE or not target.url.startswith(_HTTP) or date_in_url(target.url):
        return False
    reached = bool(site.network) or not is_private(host_of(target.url))
    return reached and target.url.rstrip("/") != site.home.rstrip("/")


def _system(target: LinkTarget, guide_pages: frozenset[str]) -> System | None:
    sources = sorted(target.sources, key=lambda source: source.depth)
    named = (one for one in sources if one.page not in guide_pages and words().is_system(one.text))
    source = next(named, None)
    if source is None:
        return None
    return System(target.url, source.text.strip(), target.internal, source.page, source.line, source.depth)


def _entries(crawl: Crawl, guides: Guides, site: Site) -> list[Question]:
    inside = _internal(crawl, site)
    urls = dict.fromkeys(entry.target for guide in guides.guides for entry in guide.entries if entry.target)
    return [Question(url, "GET", site_host(url) in inside) for url in urls if _may_ask(url, site)]


def _actions(functions: Functions | Gap, crawl: Crawl, site: Site) -> list[Question]:
    """Where forms lead, the search aside. One with the method POST is asked by HEAD, never sent."""
    if isinstance(functions, Gap):
        return []
    searched = {one.target for one in functions.searches}
    inside = _internal(crawl, site)
    opened = {without_query(page.url) for page in crawl.pages if page.opened}
    return [
        Question(action, "GET" if form.method == "get" else "HEAD", site_host(action) in inside)
        for form in functions.forms
        if form.target not in searched
        and (action := without_query(form.target))
        and action not in opened
        and _may_ask(action, site)
    ]


def _internal(crawl: Crawl, site: Site) -> frozenset[str]:
    pages = (page.final_url for page in crawl.pages if page.opened)
    return frozenset(site_host(url) for url in (*site.urls, *pages))


def _may_ask(url: str, site: Site) -> bool:
    """Whether a public site's link does not lead into an inner network, where we have no business."""
    return url.startswith(_HTTP) and (bool(site.network) or not is_inside(host_of(url)))


class _Asking:
    def __init__(self, net: Net, patience: float) -> None:
        self._net = net
        self._patience = patience
        self._denials: Counter[str] = Counter()
        self.visits: list[Visit] = []
        self.complete = True

    async def run(self, questions: list[Question], crawl: Crawl, pause: float) -> None:
        """What the crawl opened itself is known; the rest is asked, and what did not answer well twice."""
        records = {page.url: page for page in crawl.pages}
        fresh = [one for one in questions if not (one.method == "GET" and one.url in records)]
        for one in questions:
            if one.method == "GET" and (record := records.get(one.url)):
                known = (record.status, record.problem, record.challenge, record.notice)
                self.visits.append(Visit(one.url, one.method, *known))
        await a_few_at_once(fresh, self._ask, AT_ONCE)
        last = {(visit.url, visit.method): visit for visit in self.visits}
        again = [one for one in questions if _is_doubtful(last.get((one.url, one.method)))]
        if again:
            await self._look_up(again, last)
            await asyncio.sleep(pause)
            await a_few_at_once(again, self._ask, AT_ONCE)
            await self._look_up(again, last)
            await self._ask_for_options(again)

    def denied(self) -> tuple[str, ...]:
        return tuple(sorted(host for host, count in self._denials.items() if count >= LOOKUPS))

    async def outside_in_reach(self, own: frozenset[str]) -> bool:
        """Whether the denial of a name proves anything; asked only where one was denied."""
        if not self.denied():
            return True
        asked = sorted((visit.status > 0, site_host(visit.url)) for visit in self.visits)
        answered = {host: came for came, host in asked if host not in own}
        return outside_in_reach(answered, names_known=await knows_public_names(self._net))

    async def _ask_for_options(self, questions: Iterable[Question]) -> None:
        """Programs that only take POST may deny everything else; what they allow is asked of the site's own ones."""
        gone = {visit.url for visit in self.visits if visit.method == "HEAD" and visit.status in _GONE}
        for question in questions:
            if question.method == "HEAD" and question.internal and question.url in gone:
                await self._ask(replace(question, method="OPTIONS"))

    async def _ask(self, question: Question) -> None:
        url, method = question.url, question.method
        try:
            reply = await self._net.fetch(
                url,
                method=method,  # type: ignore[arg-type]  # one of the three by construction
                max_bytes=MAX_BYTES,
                deadline=self._patience,
                external=not question.internal,
            )
        except NetError as error:
            self.complete = self.complete and error.reason not in _OVER
            self.visits.append(Visit(url, method, problem=error.reason))
            return
        self.visits.append(Visit(url, method, reply.status, None, reply.challenge, reply.notice))

    async def _look_up(self, questions: Iterable[Question], last: dict[tuple[str, str], Visit]) -> None:
        for host in dict.fromkeys(_unnamed(questions, last)):
            try:
                answer = await self._net.resolve(host)
            except NetError:
                continue
            self._denials[host] += not answer.exists


def _unnamed(questions: Iterable[Question], last: dict[tuple[str, str], Visit]) -> Iterator[str]:
    for one in questions:
        visit = last.get((one.url, one.method))
        if visit and visit.problem is Reason.NO_SUCH_NAME:
            yield host_of(one.url)


def _is_doubtful(visit: Visit | None) -> bool:
    if visit is None or visit.problem in _OVER or visit.challenge:
        return False
    return not visit.status or visit.status >= _MISSING or bool(visit.notice)


def name_denied(url: str, answers: EntryAnswers) -> bool:
    """Whether two lookups denied the name of that URL's host."""
    return host_of(url) in answers.denied
