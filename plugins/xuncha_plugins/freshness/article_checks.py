"""Dates that a person should verify, and how much is published per year."""

from collections.abc import Iterator

from pydantic import Field

from xuncha.api import (
    Ask,
    ColumnLocator,
    Coverage,
    Crawl,
    Finding,
    Gap,
    Note,
    PageLocator,
    Params,
    SiteLocator,
    Unsure,
    Url,
    ask,
    check,
    note,
    unsure,
    warning,
)
from xuncha_plugins.freshness.articles import Articles, DateDoubt, Doubt
from xuncha_plugins.freshness.facts import Columns
from xuncha_plugins.freshness.hindrance import hindrance

DAYS_OF_A_YEAR = 365
YEARS_SHOWN = 5


@check("freshness.date-anomalies")
def date_anomalies(articles: Articles, columns: Columns | Gap, crawl: Crawl) -> Iterator[Ask | Coverage]:
    """Dates that lie ahead, contradict each other, or are new on an old text: always a question, never a charge."""
    for doubt in articles.doubts:
        yield _question(doubt)
    for column in () if isinstance(columns, Gap) else columns.columns:
        if column.rows.ahead and not column.outside:
            name = column.name or "—"
            at = ColumnLocator(name, column.url)
            yield ask(at, "rows-ahead", distinct="rows-ahead", name=name, count=column.rows.ahead)
    opened = sum(page.opened for page in crawl.pages)
    yield Coverage(opened, max(crawl.known, 1), crawl.complete)


_BY_SOURCE = {"tag": "two-dates-tag", "url": "two-dates-url"}


def _question(doubt: DateDoubt) -> Ask:
    at = ColumnLocator(doubt.column, doubt.column_url) if doubt.column_url else PageLocator(doubt.url)
    kind, url, title = doubt.doubt.value, Url(doubt.url), doubt.title or "—"
    if doubt.doubt is Doubt.AHEAD:
        return ask(at, kind, distinct=kind, count=doubt.count, title=title, url=url, day=doubt.day)
    key = _BY_SOURCE.get(doubt.where, kind)
    return ask(at, key, distinct=kind, count=doubt.count, title=title, url=url, day=doubt.day, other=doubt.other)


class VolumeParams(Params):
    """A year with at least ``least`` articles is compared with; ``share`` of it is expected in this year so far."""

    least: int = Field(default=20, ge=1)
    share: float = Field(default=0.5, gt=0, le=1)


@check("freshness.volume", params=VolumeParams)
def volume(articles: Articles, crawl: Crawl, params: VolumeParams) -> Iterator[Finding | Unsure | Coverage | Note]:
    """How much is published does not fall off: this year so far against the year before, day for day.

    The totals and each year's part are told in any case.
    """
    counts = {one.year: one.count for one in articles.years}
    if not counts:
        yield unsure(hindrance(crawl))
        return
    year = articles.observed.year
    this, last = counts.get(year, 0), counts.get(year - 1, 0)
    passed = articles.observed.timetuple().tm_yday / DAYS_OF_A_YEAR
    if last >= params.least and this < last * passed * params.share:
        key = "fallen" if this else "nothing"
        yield warning(
            SiteLocator(), key, this=this, last=last, year=str(year), before=str(year - 1), years=_row(counts)
        )
    yield note("totals", total=sum(counts.values()), this=this, last=last, year=str(year), years=_row(counts))
    opened = sum(page.opened for page in crawl.pages)
    yield Coverage(opened, max(crawl.known, 1), crawl.complete)


def _row(counts: dict[int, int]) -> str:
    return " · ".join(f"{year}: {counts[year]}" for year in sorted(counts, reverse=True)[:YEARS_SHOWN])
