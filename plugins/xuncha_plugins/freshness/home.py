"""The home page while the crawl goes on."""

from collections.abc import Callable
from datetime import date

from xuncha.api import Page, Row, date_in_url
from xuncha_plugins.freshness.draft import Read, Waiting
from xuncha_plugins.freshness.facts import HomeSeen, Rows
from xuncha_plugins.freshness.own import content_regions
from xuncha_plugins.freshness.tally import A_DAY, RowTally, day_of, later, latest
from xuncha_plugins.freshness.urls import mark

MAX_LINKS = 3_000


class HomeDraft:
    """The home page that becomes a ``HomeSeen``; its frames and fragments are part of it."""

    def __init__(self, page: Page, observed: date) -> None:
        self._url = page.url
        self._observed = observed
        self._rows = RowTally(observed)
        self._waiting = Waiting()
        self._by_url: date | None = None
        self._linked: set[int] = set()
        self._scripted = False

    def add_row(self, row: Row) -> None:
        """Count a row of one of its lists."""
        day = day_of(row, self._observed)
        self._rows.add(day, pinned=row.pinned)
        if day is None and date_in_url(row.target) is None:
            self._waiting.add(row.target)

    def see(self, page: Page, is_own: Callable[[str], bool]) -> None:
        """Note what its links say by their URLs, and where they lead."""
        self._scripted = self._scripted or page.scripted or bool(content_regions(page))
        for link in page.links:
            if link.kind in ("a", "area") and link.target and len(self._linked) < MAX_LINKS and is_own(link.target):
                self._linked.add(mark(link.target))
                day = date_in_url(link.target)
                if day and day <= self._observed + A_DAY:
                    self._by_url = later(self._by_url, day)

    def concluded(self, read: Read, second: Rows, second_pages: int, second_undated: int) -> HomeSeen:
        """The fact. Articles count with the date that they show themselves."""
        rows = self._rows.rows()
        days = [seen.day for one in self._linked if (seen := read.get(one)) and not seen.guessed]
        past = [day for day in days if day and day <= self._observed + A_DAY]
        undated = sum(1 for one in self._waiting if one not in read or read[one].day is None)
        return HomeSeen(
            url=self._url,
            newest=latest((rows.newest, rows.pinned_newest, self._by_url, *past)),
            dated=rows.dated,
            undated=undated,
            unopened=self._waiting.unopened(read),
            gathers=rows.count > 0,
            scripted=self._scripted,
            second_level=later(second.newest, second.pinned_newest),
            second_pages=second_pages,
            second_undated=second_undated,
        )
