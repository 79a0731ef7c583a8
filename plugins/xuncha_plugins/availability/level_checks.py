"""Checks over the pages of the crawl: pages of every level open, and come without long waiting."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from statistics import median

from pydantic import Field

from xuncha.api import (
    Coverage,
    Crawl,
    Finding,
    Gap,
    PageLocator,
    PageRecord,
    Params,
    Reason,
    Site,
    SiteLocator,
    State,
    Status,
    Unsure,
    Url,
    check,
    finding,
    state,
    unsure,
    warning,
)
from xuncha_plugins.availability.facts import HomeVisits, SecondVisits, Visit
from xuncha_plugins.availability.home_checks import LastingParams
from xuncha_plugins.availability.verdicts import GONE, recorded, spaced

Said = Finding | Unsure | Coverage

HOME_LEVEL = 1
"""Levels are counted as inspectors do: the home page is the first, what it links to the second."""


class LevelParams(LastingParams):
    """A level is closed by missing pages from ``share`` of it and ``at_least`` pages on; a few are wrong links."""

    share: float = Field(default=0.05, gt=0, le=1)
    at_least: int = Field(default=3, ge=1, le=1000)


@dataclass(frozen=True, slots=True)
class Failed:
    """A page below the home page that answered with an error, and what it answered later, oldest first.

    ``declared`` is its name in the inventory, if it stands there.
    """

    record: PageRecord
    later: tuple[Visit, ...]
    declared: str = ""

    @property
    def status(self) -> int:
        """What it answered last."""
        return self.later[-1].status if self.later else self.record.status

    @property
    def gone(self) -> bool:
        """Whether the server says that it does not exist."""
        return self.status in GONE

    @property
    def confirmed(self) -> bool:
        """Whether it said so twice."""
        return bool(self.later) and self.gone and self.record.status in GONE

    @property
    def level(self) -> int:
        return self.record.depth + HOME_LEVEL

    @property
    def place(self) -> PageLocator:
        return PageLocator(self.record.url, self.record.depth)


@check("availability.levels-open", params=LevelParams)
def levels_open(site: Site, crawl: Crawl, again: SecondVisits | Gap, params: LevelParams) -> Iterator[Said]:
    """Pages of every level open.

    A server that fails is reported page by page: a hint, until it lasted. Pages that do not exist count here when the
    inventory declares them or when they are many on one level; a single one is a wrong link, which ``links`` reports.
    """
    pages = [page for page in crawl.pages if page.depth and not page.part_of]
    if not pages or crawl.bare:
        yield _no_pages(crawl)
        return
    answered = [page for page in pages if recorded(page) is not State.UNKNOWN]
    seen = len(answered) + len(crawl.pages[:1])
    everything = crawl.complete and len(answered) == len(pages)
    yield Coverage(seen, max(crawl.known, seen), complete=everything)
    failed = list(_failed(site, answered, again))
    yield from _judged(failed, Counter(page.depth + HOME_LEVEL for page in answered), params)


def _no_pages(crawl: Crawl) -> Said:
    home = crawl.pages[0] if crawl.pages else None
    if crawl.bare:
        return unsure(Reason.TOO_FEW_PAGES)
    if home is not None and home.opened and home.scripted:
        return unsure(Reason.NEEDS_BROWSER)
    return unsure((home and home.problem) or crawl.stopped or Reason.TOO_FEW_PAGES)


def _failed(site: Site, answered: Sequence[PageRecord], again: SecondVisits | Gap) -> Iterator[Failed]:
    """The pages that failed and were not open again later. What only a sitemap lists no citizen is led to."""
    names = {column.url.rstrip("/"): column.name for column in site.columns}
    for page in answered:
        declared = names.get(page.url.rstrip("/"), "" if page.parent else page.link_text)
        if recorded(page) is not State.CLOSED or not (page.parent or declared):
            continue
        later = () if isinstance(again, Gap) else again.of(page.url)
        if any(visit.opened for visit in later):
            continue
        before = () if isinstance(again, Gap) else again.before(page.url)
        closed = [visit for visit in (*before, *later) if visit.status and state(visit) is State.CLOSED]
        yield Failed(page, tuple(closed), declared)


def _judged(failed: Sequence[Failed], seen: Counter[int], params: LevelParams) -> Iterator[Finding]:
    missing = Counter(one.level for one in failed if one.gone)
    closed = {level for level, count in missing.items() if count >= max(params.at_least, params.share * seen[level])}
    for one in failed:
        if not one.gone:
            yield _down(one, params)
        elif one.declared:
            yield _declared_missing(one)
        elif one.level in closed:
            yield _missing(one, missing[one.level], seen[one.level])


def _declared_missing(one: Failed) -> Finding:
    say = finding if one.confirmed else warning
    return say(one.place, "declared-missing", status=str(one.status), name=one.declared)


def _missing(one: Failed, count: int, seen: int) -> Finding:
    say = finding if one.confirmed else warning
    parent = Url(one.record.parent)
    return say(one.place, "missing", status=str(one.status), level=one.level, parent=parent, missing=count, seen=seen)


def _down(one: Failed, params: LevelParams) -> Finding:
    level, status, parent = one.level, str(one.status), Url(one.record.parent or one.record.url)
    tell = partial(warning, one.place, level=level, status=status, parent=parent)
    tries = spaced(one.later, params.hours)
    if len(tries) >= params.tries:
        first, last = tries[0].moment, tries[-1].moment
        return replace(tell("down-lasting", count=len(tries), first=first, last=last), status=Status.FAIL)
    return tell("down-twice", moment=one.later[-1].moment) if one.later else tell("down-once")


class SpeedParams(Params):
    """A median above ``seconds`` is slow; a page that took ``hanging`` seconds is named on its own.

    Of a level with fewer than ``least`` pages no median is taken.
    """

    seconds: float = Field(default=3.0, gt=0, le=60)
    hanging: float = Field(default=15.0, gt=0, le=60)
    least: int = Field(default=5, ge=1, le=1000)


@check("availability.response-time", params=SpeedParams)
def response_time(crawl: Crawl, home: HomeVisits | Gap, params: SpeedParams) -> Iterator[Said]:
    """The home page and the pages of every level come without long waiting (to the last byte, scripts left out)."""
    opened = [page for page in crawl.pages if page.opened and not page.part_of]
    first = [page.seconds for page in opened if not page.depth]
    visited = [] if isinstance(home, Gap) else [visit.seconds for visit in home.visits if visit.opened]
    if not opened or crawl.bare:
        yield unsure((crawl.pages and crawl.pages[0].problem) or crawl.stopped or Reason.TOO_FEW_PAGES)
        return
    yield Coverage(len(opened), max(crawl.known, len(opened)), complete=crawl.complete)
    yield from _home_speed(crawl.home, first + visited, params)
    yield from _level_speed([page for page in opened if page.depth], params)


def _home_speed(home: str, times: Sequence[float], params: SpeedParams) -> Iterator[Finding]:
    middle = median(times) if times else 0.0
    if middle > params.seconds:
        took, most = timedelta(seconds=round(middle, 1)), timedelta(seconds=params.seconds)
        yield warning(PageLocator(home, 0), "home-slow", took=took, most=most, count=len(times))


def _level_speed(pages: Sequence[PageRecord], params: SpeedParams) -> Iterator[Finding]:
    most = timedelta(seconds=params.seconds)
    for depth in sorted({page.depth for page in pages}):
        times = [page.seconds for page in pages if page.depth == depth]
        middle = median(times)
        if len(times) >= params.least and middle > params.seconds:
            level, took = depth + HOME_LEVEL, timedelta(seconds=round(middle, 1))
            distinct = f"level-{level}"
            yield warning(
                SiteLocator(), "level-slow", distinct=distinct, level=level, took=took, most=most, count=len(times)
            )
    for page in pages:
        if page.seconds >= params.hanging:
            took = timedelta(seconds=round(page.seconds, 1))
            yield warning(PageLocator(page.url, page.depth), "page-slow", took=took, level=page.depth + HOME_LEVEL)
