"""The yearly report on the website (《政府网站工作年度报表》): for which years, and whether the home page shows it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pydantic import Field

from xuncha.api import (
    Ask,
    Clock,
    Coverage,
    Crawl,
    Finding,
    Page,
    PageLocator,
    Params,
    Reason,
    Unsure,
    Url,
    ask,
    check,
    day_of,
    finding,
    page_probe,
    unsure,
    warning,
)
from xuncha_plugins.freshness.hindrance import hindrance
from xuncha_plugins.freshness.own import content_regions
from xuncha_plugins.freshness.urls import MAX_URL

MAX_REPORTS = 100
MAX_LINKS = 5_000
ENTRANCES = 3
"""A home page with no more links only lets people in; what lies behind it is looked at as well."""

_REPORT = re.compile(r"网站[^，。；,;\n]{0,8}?(?:年度[\w]{0,2}报表|年报|年度报告|工作报表)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s{0,2}(?:年(?!\s{0,2}\d{1,2}\s{0,2}月)|\)|）|$|政府|网站)")
_TOP = 3_000
"""Characters of a report's page in which its year is looked for, so near to its name."""
_BEFORE, _BEHIND = 20, 80

_OK = 200


@dataclass(frozen=True, slots=True)
class Reports:
    """``years`` are those of the reports that were found, ``unclear`` the URLs of those whose year nothing tells.

    ``entry`` is where the home page leads to a report, empty where it does not. ``named`` is set where the home page
    speaks of one without a link, as in a list to choose from. ``others`` counts the pages beside it that were read.
    """

    observed: date
    home: str = ""
    home_scripted: bool = False
    entry: str = ""
    years: tuple[int, ...] = ()
    unclear: tuple[str, ...] = ()
    named: bool = False
    others: int = 0


@page_probe(provides=Reports, cost_us=5)
class ReportsSeen:
    """Looks for the report among the links and titles of all pages."""

    def __init__(self, clock: Clock) -> None:
        self._observed = day_of(clock())
        self._home = self._entry = ""
        self._scripted = self._named = self._splash = False
        self._others = 0
        self._years: dict[str, int | None] = {}

    def visit(self, page: Page) -> None:
        """Note the page if it is a report, and its links that lead to one."""
        if page.status != _OK or page.problem:
            return
        if page.depth == 0:
            self._home = self._home or page.url
            self._scripted = self._scripted or page.scripted or bool(content_regions(page))
            self._splash = sum(link.kind in ("a", "area") for link in page.links) <= ENTRANCES
        else:
            self._others += 1
        if "报" not in page.html:  # of one character, which is looked for far faster than words are
            return
        if page.depth == 0:
            self._named = self._named or _REPORT.search(page.html) is not None
        if "报表" not in page.html and "年报" not in page.html and "年度报告" not in page.html:
            return
        if _REPORT.search(page.title):
            self._note(page.url, _year(page.title) or self._year_beside(page) or _published(page))
        for link in page.links[:MAX_LINKS]:
            if link.kind in ("a", "area") and link.target and _REPORT.search(link.text):
                self._note(link.target, _year(link.text))
                if page.depth <= self._splash:
                    self._entry = self._entry or link.target

    def _year_beside(self, page: Page) -> int | None:
        """The latest year beside the report's name on its page, else that of its list; none is due on this year."""
        text = page.text[:_TOP]
        beside = (text[max(found.start() - _BEFORE, 0) : found.end() + _BEHIND] for found in _REPORT.finditer(text))
        told = [int(year) for words in beside for year in _YEAR.findall(words)]
        rows = [row for listing in page.lists[:1] for row in listing.rows]
        told = told or [year for row in rows if (year := _year(row.text) or (row.date.year - 1 if row.date else None))]
        return max((year for year in told if year < self._observed.year), default=None)

    def _note(self, url: str, year: int | None) -> None:
        if url in self._years or (len(self._years) < MAX_REPORTS and len(url) <= MAX_URL):
            self._years[url] = self._years.get(url) or year

    def conclude(self) -> Reports:
        """The fact."""
        years = sorted({year for year in self._years.values() if year})
        unclear = tuple(url for url, year in self._years.items() if not year)
        return Reports(
            self._observed,
            self._home,
            self._scripted,
            self._entry,
            tuple(years),
            unclear[:10],
            self._named,
            self._others,
        )


def _year(text: str) -> int | None:
    found = _YEAR.search(text)
    return int(found[1]) if found else None


def _published(page: Page) -> int | None:
    """A report speaks of the year before it was published."""
    return page.published.date.year - 1 if page.published else None


class ReportParams(Params):
    """The report on a year is due by this day of the next."""

    month: int = Field(default=1, ge=1, le=12)
    day: int = Field(default=31, ge=1, le=31)


@check("freshness.annual-report", params=ReportParams)
def annual_report(reports: Reports, crawl: Crawl, params: ReportParams) -> Iterator[Finding | Ask | Unsure | Coverage]:
    """The report on the last year that is due is published, and the home page leads to it (国办函〔2018〕12号)."""
    if not reports.home:
        yield unsure(hindrance(crawl))
        return
    due, home = _due(reports.observed, params), PageLocator(reports.home, 0)
    if reports.years and reports.years[-1] >= due:
        yield Coverage(1, 1, complete=True)
        if not reports.entry and not reports.home_scripted:
            yield warning(home, "not-on-home", year=str(due))
    elif reports.unclear or (reports.named and not reports.years):
        yield ask(home, "year-unclear", year=str(due), url=Url(next(iter(reports.unclear), reports.home)))
    elif reports.home_scripted:
        yield unsure(Reason.NEEDS_BROWSER)
    elif reports.years:
        yield finding(home, "older", year=str(due), latest=str(reports.years[-1]))
    elif not reports.others:
        yield unsure(Reason.TOO_FEW_PAGES)
    elif crawl.complete:
        yield finding(home, "missing", year=str(due))
    else:
        yield unsure(crawl.stopped or Reason.LOW_COVERAGE)


def _due(observed: date, params: ReportParams) -> int:
    """The last year whose report is due."""
    in_time = (observed.month, observed.day) <= (params.month, params.day)
    return observed.year - (2 if in_time else 1)
