"""What article pages say while the crawl goes on: how many there are per year, and dates that need to be verified."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from hashlib import blake2b

from pydantic import Field

from xuncha.api import Clock, Page, Params, Past, Published, Site, day_of, page_probe, site_host
from xuncha_plugins.freshness.republished import Captured, earliest, republished
from xuncha_plugins.freshness.tally import A_DAY, EARLIEST
from xuncha_plugins.freshness.urls import MAX_URL, hosts, mark

MAX_ARTICLES = 2_000
MAX_PLACES = 300
MAX_COUNTED = 40_000
"""Articles that are told apart when they are counted."""

LEAST_TEXT = 120
"""Of a shorter text it can't be told whether it is the same."""

_OK = 200
_VISIBLE = ("label", "text")
_NO_WORD = re.compile(r"[\W_]+")
_END = re.compile(
    r"打印本页|关闭窗口|【打印|【关闭|上一篇|下一篇|相关链接|相关文章|相关附件|扫一扫|分享到|责任编辑|主办单位|版权所有|网站标识码|ICP备"
)


class Doubt(StrEnum):
    """What is odd about a date: it lies ahead, the page names two, or the text is known under an earlier one."""

    AHEAD = "ahead"
    TWO_DATES = "two-dates"
    REPUBLISHED = "republished"


@dataclass(frozen=True, slots=True)
class DateDoubt:
    """Articles of one column with the same doubt: their number, and the latest of them as an example.

    ``day`` is the example's date, ``other`` the one that contradicts it (equal to ``day`` where it lies ahead).
    Of two dates ``day`` is the one that citizens read, and ``where`` tells what names the other: "tag" or "url".
    """

    doubt: Doubt
    column: str
    column_url: str
    count: int
    url: str
    title: str
    day: date
    other: date
    where: str = ""


@dataclass(frozen=True, slots=True)
class YearCount:
    """How many articles and dated rows of lists were met that were published in a year, each counted once."""

    year: int
    count: int


@dataclass(frozen=True, slots=True)
class Articles:
    """The articles of a site as seen on the day ``observed``; ``captured`` serves later runs."""

    observed: date
    captured: tuple[Captured, ...] = ()
    doubts: tuple[DateDoubt, ...] = ()
    years: tuple[YearCount, ...] = ()
    dropped: int = 0


class DoubtParams(Params):
    """From how many days on a date is doubted.

    ``tag_days``: between the PubDate tag and the date that citizens read; ``url_days``: between that and the URL's;
    ``later_days``: between the day on which a text was published and the one that an earlier run captured.
    """

    tag_days: int = Field(default=2, ge=1)
    url_days: int = Field(default=60, ge=1)
    later_days: int = Field(default=30, ge=1)


@dataclass(frozen=True, slots=True)
class _Place:
    column: str
    column_url: str


@page_probe(provides=Articles, params=DoubtParams, cost_us=6)
class ArticlesSeen:
    """Counts articles per year and notes doubtful dates; everything is capped."""

    def __init__(self, site: Site, params: DoubtParams, clock: Clock, past: Past[Articles]) -> None:
        self._observed = day_of(clock())
        self._own = set(hosts(site.urls))
        self._params = params
        self._past = past
        self._years: dict[int, int] = {}
        self._doubts: dict[tuple[Doubt, str], DateDoubt] = {}
        self._captured: list[Captured] = []
        self._places: dict[str, _Place] = {}
        self._dropped = 0

    def visit(self, page: Page) -> None:
        """Count the dated rows of a list; look closely at an article."""
        if page.status != _OK or page.problem:
            return
        if page.depth == 0:
            self._own.add(site_host(page.url))
        if page.is_article:
            self._visit_article(page)
            return
        for listing in page.lists:
            for row in listing.rows:
                if row.date and site_host(row.target) in self._own:
                    self._count(row.target, row.date)

    def _visit_article(self, page: Page) -> None:
        published = page.published
        if published is None:
            return
        day = published.date
        self._count(page.url, day)
        place = _place(page)
        one = Captured(page.url[:MAX_URL], _title(page), text_digest(page, published), day)
        if day > self._observed + A_DAY:
            self._doubt(Doubt.AHEAD, place, one, day, day)
        elif two := self._two(published):
            self._doubt(Doubt.TWO_DATES, place, one, *two)
        if one.digest and len(self._captured) < MAX_ARTICLES and len(page.url) <= MAX_URL:
            self._captured.append(one)
            self._places[page.url] = place
        elif one.digest:
            self._dropped += 1

    def _count(self, url: str, day: date) -> None:
        if EARLIEST <= day <= self._observed + A_DAY and len(self._years) < MAX_COUNTED:
            self._years.setdefault(mark(url), day.year)

    def _two(self, published: Published) -> tuple[date, date, str] | None:
        """The date that citizens read, one of the page's own that contradicts it, and what names that one."""
        dates = dict(reversed(((published.source, published.date), *published.others)))
        visible = next((dates[source] for source in _VISIBLE if source in dates), None)
        if visible is None:
            return None
        limits = (("tag", self._params.tag_days), ("url", self._params.url_days))
        said = ((dates[source], source, days) for source, days in limits if source in dates)
        return next(
            ((visible, day, source) for day, source, days in said if abs(day - visible) >= timedelta(days)), None
        )

    def _doubt(self, doubt: Doubt, place: _Place, one: Captured, day: date, other: date, where: str = "") -> None:
        new = DateDoubt(doubt, place.column, place.column_url, 1, one.url, one.title, day, other, where)
        key = (doubt, place.column_url)
        known = self._doubts.get(key)
        if known is None and len(self._doubts) >= MAX_PLACES:
            return
        example = known if known and (known.day, known.url) >= (new.day, new.url) else new
        self._doubts[key] = replace(example, count=1 + (known.count if known else 0))

    def conclude(self) -> Articles:
        """The fact."""
        before = earliest(captured for run in self._past for captured in run.fact.captured)
        for one, day in republished(self._captured, before, timedelta(self._params.later_days)):
            self._doubt(Doubt.REPUBLISHED, self._places[one.url], one, one.day, day)
        counts = Counter(self._years.values())
        return Articles(
            observed=self._observed,
            captured=tuple(replace(one, first=before.get(one.same)) for one in self._captured),
            doubts=tuple(self._doubts[key] for key in sorted(self._doubts)),
            years=tuple(YearCount(year, counts[year]) for year in sorted(counts)),
            dropped=self._dropped,
        )


def text_digest(page: Page, published: Published) -> str:
    """A digest of the article's text between its date and what follows an article; empty where it is too short."""
    text = page.text
    start = text.find(published.raw) if published.raw else -1
    end = _END.search(text, max(start, 0))
    body = plain_text(text[max(start + len(published.raw), 0) : end.start() if end else len(text)])
    return blake2b(body.encode("utf-8", "replace"), digest_size=8).hexdigest() if len(body) >= LEAST_TEXT else ""


def plain_text(text: str) -> str:
    """The letters, characters and digits of a text."""
    return _NO_WORD.sub("", text)


def _title(page: Page) -> str:
    return (page.tags.ArticleTitle or page.title)[:100]


def _place(page: Page) -> _Place:
    """The column that an article names in its breadcrumb; without one, the article stands for itself."""
    crumbs = [crumb for crumb in page.trail if crumb.target]
    if len(crumbs) > 1:
        return _Place(crumbs[-1].text[:60], crumbs[-1].target[:MAX_URL])
    return _Place(page.tags.ColumnName or "", "")
