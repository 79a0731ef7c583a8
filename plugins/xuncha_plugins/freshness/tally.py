"""Adds up what lists and article pages say of dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from xuncha.api import Page, Row, date_in_url, month_days_in
from xuncha_plugins.freshness.facts import ArticleDates, Rows

EARLIEST = date(1995, 1, 1)
"""Nothing on a government website is older; a date before it is a slip of the pen."""

A_DAY = timedelta(days=1)
_VISIBLE = frozenset({"label", "text"})


@dataclass(frozen=True, slots=True)
class Dated:
    """What one article page says of its date: where from, and whether a citizen can read it."""

    day: date | None
    visible: bool = False
    guessed: bool = False


NO_DATE = Dated(None)


def dated(page: Page) -> Dated:
    """What an article page says. Of its sources the written date (成文日期) is none."""
    published = page.published
    if published is None:
        return NO_DATE
    sources = {published.source, *(source for source, _ in published.others)}
    return Dated(published.date, visible=bool(sources & _VISIBLE))


def day_of(row: Row, observed: date) -> date | None:
    """The row's date; the latest possible one where it names no year. None where no date can be meant."""
    if row.date:
        return row.date if row.date >= EARLIEST else None
    seen = month_days_in(row.raw_date)[:1] if row.raw_date else ()
    years = (observed.year, observed.year - 1)
    days = (day for one in seen for year in years if (day := one.in_year(year)))
    return next((day for day in days if day <= observed + A_DAY), None)


def by_url(url: str, observed: date) -> date | None:
    """The day that a URL names; None where that lies ahead."""
    day = date_in_url(url)
    return day if day and EARLIEST <= day <= observed + A_DAY else None


class RowTally:
    """Adds up rows; every addition is of constant size."""

    def __init__(self, observed: date) -> None:
        self._observed = observed
        self._count = self._dated = self._pinned = self._ahead = 0
        self._newest: date | None = None
        self._oldest: date | None = None
        self._pinned_newest: date | None = None

    def add(self, day: date | None, *, pinned: bool = False) -> None:
        """Count a row with the date ``day``."""
        self._count += 1
        self._pinned += pinned
        if day is None:
            return
        self._dated += 1
        if day > self._observed + A_DAY:
            self._ahead += 1
        elif pinned:
            self._pinned_newest = later(self._pinned_newest, day)
        else:
            self._newest = later(self._newest, day)
            self._oldest = day if self._oldest is None else min(self._oldest, day)

    def rows(self) -> Rows:
        """What came together."""
        return Rows(
            self._count, self._dated, self._pinned, self._ahead, self._newest, self._oldest, self._pinned_newest
        )


class ArticleTally:
    """Adds up article pages; a date ahead counts as dated, but not as the newest."""

    def __init__(self, observed: date) -> None:
        self._observed = observed
        self._opened = self._dated = self._visible = 0
        self._newest: date | None = None
        self._guessed: date | None = None

    def add(self, seen: Dated) -> None:
        """Count an article page."""
        self._opened += 1
        self._visible += seen.visible
        day = seen.day if seen.day and seen.day <= self._observed + A_DAY else None
        if seen.guessed:
            self._guessed = later(self._guessed, day)
        else:
            self._dated += seen.day is not None
            self._newest = later(self._newest, day)

    def dates(self) -> ArticleDates:
        """What came together."""
        return ArticleDates(self._opened, self._dated, self._visible, self._newest, self._guessed)


def later(one: date | None, other: date | None) -> date | None:
    """The later of two days, either of which may be unknown."""
    return max((day for day in (one, other) if day), default=None)


def latest(days: Iterable[date | None]) -> date | None:
    """The latest of several days that may be unknown."""
    return max((day for day in days if day), default=None)


def merged(one: Rows, other: Rows) -> Rows:
    """The rows of both."""
    oldest = min((day for day in (one.oldest, other.oldest) if day), default=None)
    return Rows(
        one.count + other.count,
        one.dated + other.dated,
        one.pinned + other.pinned,
        one.ahead + other.ahead,
        later(one.newest, other.newest),
        oldest,
        later(one.pinned_newest, other.pinned_newest),
    )


def both(one: ArticleDates, other: ArticleDates) -> ArticleDates:
    """The articles of both."""
    return ArticleDates(
        one.opened + other.opened,
        one.dated + other.dated,
        one.visible + other.visible,
        later(one.newest, other.newest),
        later(one.guessed, other.guessed),
    )
