"""Opens what the crawl left open: the sources of lists that script fills, and articles of lists without dates."""

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import date
from itertools import zip_longest
from typing import TypeVar

from pydantic import Field

from xuncha.api import (
    Crawl,
    Gap,
    Net,
    NetError,
    Page,
    Params,
    Reason,
    Reply,
    Row,
    Site,
    in_time,
    parse_page,
    probe,
    site_host,
)
from xuncha_plugins.freshness import adapters
from xuncha_plugins.freshness.facts import (
    ColumnArticles,
    Columns,
    ColumnSeen,
    ListRead,
    ListSource,
    OpenedArticles,
    ScriptedLists,
)
from xuncha_plugins.freshness.kinds import KINDS
from xuncha_plugins.freshness.tally import ArticleTally, RowTally, by_url, dated, day_of, latest
from xuncha_plugins.freshness.urls import hosts

_T = TypeVar("_T")

MAX_BODY = 3_000_000
MAX_UNOPENED = 6
PATIENCE = 15.0
"""Seconds for one request."""

LONGEST = 1_200.0
_OVER = frozenset({Reason.BUDGET_REACHED, Reason.OUTSIDE_HOURS, Reason.NOT_AUTHORISED})
_OK = 200
_UTF8 = (("content-type", "text/html; charset=utf-8"),)


class ListParams(Params):
    """``lists``: so many sources of scripted lists are read for a site; ``seconds``: for all of them."""

    lists: int = Field(default=60, ge=0, le=500)
    seconds: float = Field(default=600.0, gt=0, le=LONGEST - 60)


class ArticleParams(Params):
    """``articles``: pages to open for a site, ``each`` of them for one column; ``seconds``: for all of them."""

    articles: int = Field(default=60, ge=0, le=500)
    each: int = Field(default=3, ge=1, le=MAX_UNOPENED)
    seconds: float = Field(default=600.0, gt=0, le=LONGEST - 60)


@probe(
    provides=ScriptedLists, needs=(Columns,), params=ListParams, deadline=LONGEST, connections=1, requests=("lists",)
)
async def scripted_lists(site: Site, columns: Columns, params: ListParams, net: Net) -> ScriptedLists:
    """What the content system's own interface says of the lists that the pages leave to script."""
    reading = ListReading(net, params.lists, columns.observed)
    done = await in_time(params.seconds, reading.read(_sources(columns, hosts(site.urls))))
    return ScriptedLists(tuple(reading.found), done and reading.complete)


@probe(
    provides=OpenedArticles,
    needs=(Crawl, Columns, ScriptedLists),
    params=ArticleParams,
    deadline=LONGEST,
    connections=1,
    requests=("articles",),
)
async def opened_articles(
    site: Site, crawl: Crawl, columns: Columns, lists: ScriptedLists | Gap, params: ArticleParams, net: Net
) -> OpenedArticles:
    """The dates on a few articles of each column whose list gives none, and of the home page's undated rows.

    What the crawl has opened is not asked again.
    """
    opening = Opening(net, params.articles, columns.observed)
    read = ScriptedLists() if isinstance(lists, Gap) else lists
    known = {url for page in crawl.pages for url in (page.url, page.final_url)}
    undated = ((column, tuple(url for url in urls if url not in known)) for column, urls in _undated(columns, read))
    wanted = _one_of_each(undated, hosts(site.urls), params.each)
    done = await in_time(params.seconds, opening.open(wanted))
    return OpenedArticles(opening.found(), done and opening.complete)


class Asking:
    """Asks for at most so many URLs, one after the other. ``complete``: none had to be left out."""

    def __init__(self, net: Net, most: int) -> None:
        self._net = net
        self._most = most
        self.complete = True

    async def replies(self, wanted: Iterable[tuple[_T, str]]) -> AsyncIterator[tuple[_T, Reply]]:
        """What each URL is wanted for, with its reply; those that don't answer are passed over."""
        for number, (purpose, url) in enumerate(wanted):
            self.complete = number < self._most
            if not self.complete:
                return
            try:
                reply = await self._net.fetch(url, max_bytes=MAX_BODY, deadline=PATIENCE)
            except NetError as error:
                self.complete = error.reason not in _OVER
                if not self.complete:
                    return
                continue
            yield purpose, reply


class ListReading(Asking):
    """Reads the sources of lists; what was found so far can be taken at any time."""

    def __init__(self, net: Net, most: int, observed: date) -> None:
        super().__init__(net, most)
        self._observed = observed
        self.found: list[ListRead] = []

    async def read(self, sources: Iterable[tuple[ColumnSeen, ListSource]]) -> None:
        """Keep what lists have rows."""
        wanted = (((column, source), source.url) for column, source in sources)
        async for (column, source), reply in self.replies(wanted):
            if rows := _rows(source, reply):
                further = adapters.form_of(source) == "html"
                self.found.append(_list_read(column.url, rows, self._observed, further=further))


class Opening(Asking):
    """Opens articles and adds up what they say, by the column's URL."""

    def __init__(self, net: Net, most: int, observed: date) -> None:
        super().__init__(net, most)
        self._observed = observed
        self._tallies: dict[str, ArticleTally] = {}

    async def open(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Count the articles, each for its column."""
        async for column, reply in self.replies(wanted):
            page = _page(reply)
            if page and not page.scripted:
                self._tallies.setdefault(column, ArticleTally(self._observed)).add(dated(page))

    def found(self) -> tuple[ColumnArticles, ...]:
        """What the articles said."""
        return tuple(ColumnArticles(url, tally.dates()) for url, tally in self._tallies.items())


def _sources(columns: Columns, own: frozenset[str]) -> list[tuple[ColumnSeen, ListSource]]:
    """The sources on the site's own hosts; columns that have a deadline come first."""
    found = [(one, one.source) for one in columns.columns if one.source and site_host(one.source.url) in own]
    return sorted(found, key=lambda pair: not _has_deadline(pair[0]))


def _has_deadline(column: ColumnSeen) -> bool:
    return bool(column.deadline_days or KINDS.deadlines.get(column.kind))


def _rows(source: ListSource, reply: Reply) -> tuple[Row, ...]:
    """The rows of an answer; none where it is an error page or a challenge."""
    if reply.status != _OK or reply.challenge:
        return ()
    page = parse_page(reply.body, url=reply.final_url, headers=reply.headers)
    match adapters.form_of(source):
        case "html":
            return _listed(page)
        case "json-html":
            markup = adapters.markup(source, page.html)
            return _listed(parse_page(markup.encode("utf-8", "replace"), url=reply.final_url, headers=_UTF8))
        case _:
            return adapters.read(source, page.html) or ()


def _listed(page: Page) -> tuple[Row, ...]:
    return tuple(row for listing in page.lists for row in listing.rows)


def _list_read(url: str, rows: Iterable[Row], observed: date, *, further: bool) -> ListRead:
    tally, undated, days = RowTally(observed), list[str](), list[date | None]()
    for row in rows:
        day = day_of(row, observed)
        tally.add(day, pinned=row.pinned)
        if row.pinned:
            tally.pin(by_url(row.target, observed))
        elif day is None and row.target:
            undated.append(row.target)
            days.append(by_url(row.target, observed))
    return ListRead(url, tally.rows(), further, latest(days), tuple(undated[:MAX_UNOPENED]))


def _page(reply: Reply) -> Page | None:
    """The article as a page; None where something else answered."""
    if reply.status != _OK or reply.challenge or any(mark.startswith("soft-404") for mark in reply.marks):
        return None
    page = parse_page(reply.body, url=reply.final_url, requested=reply.url, headers=reply.headers, depth=2)
    return None if page.problem else page


def _undated(columns: Columns, lists: ScriptedLists) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The columns, and the home page, that show rows and no date, each with articles to open."""
    read = {one.url: one for one in lists.lists}
    if columns.home and columns.home.unopened:
        yield columns.home.url, columns.home.unopened
    for column in columns.columns:
        listed = read.get(column.url)
        rows, links = (listed.rows, listed.unopened) if listed else (column.rows, column.unopened)
        hidden = column.leading and not column.leading_outside and not listed
        if links and (hidden or not (rows.dated or column.articles.dated)) and _has_deadline(column):
            yield column.url, links


def _one_of_each(
    undated: Iterable[tuple[str, tuple[str, ...]]], own: frozenset[str], each: int
) -> Iterator[tuple[str, str]]:
    """One article of every column, then a second of every column, and so on."""
    rows = ([(url, link) for link in links if site_host(link) in own][:each] for url, links in undated)
    return (pair for row in zip_longest(*rows) for pair in row if pair is not None)
