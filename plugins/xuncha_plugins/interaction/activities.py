"""Interviews, calls for opinions and surveys within the year (在线访谈、意见征集、网上调查; notice 一(一)3)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import TypeAlias

from pydantic import Field

from xuncha.api import (
    Clock,
    ColumnLocator,
    Coverage,
    Crawl,
    Finding,
    Listing,
    NotApplicable,
    Page,
    PageLocator,
    Params,
    Reason,
    Site,
    SiteKind,
    Unsure,
    check,
    dates_in,
    finding,
    page_probe,
    unsure,
    warning,
)
from xuncha_plugins.interaction.facts import Activities, Activity, ActivityColumn
from xuncha_plugins.interaction.lexicon import WORDS, activity, head, is_activity
from xuncha_plugins.interaction.rows import rows_by_shape
from xuncha_plugins.interaction.sight import hindrance, leads_elsewhere, not_here, without_links

Said: TypeAlias = Finding | Unsure | NotApplicable | Coverage

MAX_COLUMNS = 60
MAX_ROWS = 100
MAX_URL = 500
_OK = 200
_READ = 20_000
_BEFORE = 24
"""Characters before a date in which its label stands."""

_SHAPES_OF_ROWS = 3
"""Rows of tables and lists; what stands between any two links may be anything."""

_SHORTEST_TITLE = 6
_SOON = timedelta(days=366)
"""What is to end later says something else."""

_SIGNS = "访征调"
"""访谈、征集、征求、调查; single characters are found fastest, in the first characters of a page."""


@page_probe(provides=Activities, cost_us=15)
class ActivitiesSeen:
    """The columns of activities with their newest dates, and activities that other columns announce."""

    def __init__(self, clock: Clock) -> None:
        self._observed = clock().date()
        self._columns: dict[str, ActivityColumn] = {}
        self._elsewhere: date | None = None
        self._home_scripted = False
        self._dropped = 0

    def visit(self, page: Page) -> None:
        """Look at the lists of a page, and at the page as an article."""
        if page.status != _OK or page.problem:
            return
        if page.depth == 0:
            self._home_scripted = self._home_scripted or page.scripted
        text = page.text
        if not any(text.find(sign, 0, _READ) >= 0 for sign in _SIGNS):
            return
        if page.is_article:
            self._read_article(page)
        elif not self._read_single(page):
            self._read_lists(page)

    def _read_article(self, page: Page) -> None:
        day = page.published.date if page.published else max(self._held(own_days(page)), default=None)
        column = next((crumb for crumb in reversed(page.trail[-3:]) if activity(crumb.text)), None)
        if column and column.target and (kind := activity(column.text)):
            self._note(column.text, column.target, kind, (day,))
        elif is_activity(page.title):
            self._announce(day)

    def _read_single(self, page: Page) -> bool:
        """A page that is itself an activity, such as a form for opinions with the time in which it was open."""
        name, kind = _called(page)
        if not (kind or is_activity(head(page.title))) or not page.depth:
            return False
        days = () if any(listing.rows for listing in page.lists) else own_days(page)
        held = max(self._held(days), default=None)
        if kind and days:
            self._note(name, page.url, kind, (held,))
        else:
            self._announce(held)
        return bool(days)

    def _held(self, days: Iterable[date]) -> Iterator[date]:
        """The days on which it took place by now; one whose end is still to come takes place today."""
        ahead = self._observed + _SOON
        return (min(day, self._observed) for day in days if day <= ahead)

    def _read_lists(self, page: Page) -> None:
        name, kind = _called(page)
        if kind and page.depth:
            own = [row.date for listing in page.lists for row in listing.rows]
            if not any(own):
                own = [max(self._held(days), default=None) for days in _dates_of_rows(page)] or own
            self._note(name, page.url, kind, own, scripted=not own and bool(page.scripted or page.scripted_regions))
            return
        for listing in page.lists:
            if kind := activity(listing.heading):
                self._note(listing.heading, listing.more or "", kind, [row.date for row in listing.rows])
            else:
                self._read_titles(listing)

    def _read_titles(self, listing: Listing) -> None:
        for row in listing.rows:
            if row.date and (self._elsewhere is None or row.date > self._elsewhere) and is_activity(row.text):
                self._announce(row.date)

    def _note(
        self, name: str, url: str, kind: Activity, days: Iterable[date | None], *, scripted: bool = False
    ) -> None:
        rows = list(days)
        known = self._columns.get(name)
        if known is None and (len(self._columns) >= MAX_COLUMNS or len(url) > MAX_URL):
            self._dropped += 1
            return
        known = known or ActivityColumn(name, url, kind)
        dated = [day for day in (known.newest, *rows) if day and day <= self._observed]
        self._columns[name] = replace(
            known,
            url=known.url or url,
            rows=known.rows + len(rows),
            newest=max(dated, default=None),
            scripted=known.scripted or scripted,
        )

    def _announce(self, day: date | None) -> None:
        if day and day <= self._observed and (self._elsewhere is None or day > self._elsewhere):
            self._elsewhere = day

    def conclude(self) -> Activities:
        """The fact."""
        columns = tuple(self._columns.values())
        return Activities(self._observed, columns, self._elsewhere, self._home_scripted, self._dropped)


def _dates_of_rows(page: Page) -> list[tuple[date, ...]]:
    """All dates of each row of a table or list, where a list has too few rows, or rows have a beginning and an end."""
    for rows in islice(rows_by_shape(page), _SHAPES_OF_ROWS):
        titled = (row.rest for row in islice(rows, MAX_ROWS) if len(row.title) >= _SHORTEST_TITLE)
        days = (tuple(seen.date for seen in dates_in(rest)) for rest in titled)
        if found := [each for each in days if each]:
            return found
    return []


def own_days(page: Page) -> tuple[date, ...]:
    """The days that a page names as the beginning, the end or the day of what it is about (征集时间：… 至 …)."""
    text = page.text[:_READ]
    if not WORDS.activities.times.search(text):
        return ()
    told = WORDS.activities.before
    return tuple(seen.date for seen in dates_in(text) if told.search(text[max(0, seen.start - _BEFORE) : seen.start]))


def _called(page: Page) -> tuple[str, Activity | None]:
    """The page's name and the kind of activity that it tells, by tag, breadcrumb, title or link."""
    crumb = page.trail[-1].text if page.trail else ""
    for name in (page.tags.ColumnName or "", crumb, head(page.title), page.link_text):
        if kind := activity(name):
            return name, kind
    return "", None


class ActivityParams(Params):
    """``days`` without any activity."""

    days: int = Field(default=366, ge=1)


@check("interaction.activities", params=ActivityParams)
def activities(site: Site, seen: Activities, crawl: Crawl, params: ActivityParams) -> Iterator[Said]:
    """Within the year the columns for interviews, calls for opinions and surveys held at least one.

    One that is over has taken place all the same. Websites that have no such column are only hinted at.
    """
    since, newest = seen.observed - timedelta(days=params.days), seen.newest
    held = bool(seen.elsewhere and seen.elsewhere >= since)
    if newest and newest >= since:
        yield Coverage(1, 1, complete=True)
    elif reason := _unread(seen) or hindrance(crawl) or without_links(crawl):
        yield unsure(reason)
    elif newest:
        yield _stale(seen, newest, params, elsewhere=seen.elsewhere if held else None)
    elif held:
        yield Coverage(1, 1, complete=True)
    elif seen.columns:
        column = seen.columns[0]
        yield warning(ColumnLocator(column.name, column.url), "blank", name=column.name)
    elif site.kind is SiteKind.PORTAL and site.serves_public and not leads_elsewhere(crawl, activity):
        yield warning(PageLocator(crawl.home, 0), "missing")
    else:
        yield not_here(crawl, activity)


def _stale(seen: Activities, newest: date, params: ActivityParams, *, elsewhere: date | None) -> Finding:
    """The columns' newest is too old, even though another column may have announced an activity since."""
    column = next(one for one in seen.columns if one.newest == newest)
    place, days = ColumnLocator(column.name, column.url), (seen.observed - newest).days
    if elsewhere:
        return finding(place, "stale-here", name=column.name, newest=newest, days=days, elsewhere=elsewhere)
    return finding(place, "stale", name=column.name, newest=newest, days=days, limit=params.days)


def _unread(seen: Activities) -> Reason | None:
    """Why an activity could have been overlooked on the pages that were seen."""
    if seen.home_scripted or any(column.scripted for column in seen.columns):
        return Reason.NEEDS_BROWSER
    undated = any(column.rows and column.newest is None for column in seen.columns)
    return Reason.TOO_FEW_PAGES if undated else None
