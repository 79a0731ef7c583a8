"""The home page while the crawl goes on."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import TypeGuard

from xuncha.api import Link, Page, Row, date_in_url
from xuncha_plugins.freshness.draft import Read, Waiting, pinned_of
from xuncha_plugins.freshness.facts import HomeSeen, Rows
from xuncha_plugins.freshness.own import content_regions
from xuncha_plugins.freshness.tally import A_DAY, RowTally, day_of, later, latest
from xuncha_plugins.freshness.urls import mark

MAX_LINKS = 3_000
MAX_FRAMES = 50

FEWEST = 3
"""So many titles one below the other are a list; what leads to an article in WeChat needs no company."""

TITLE = 9
"""Characters of a title."""

_ARTICLE = re.compile(r"/[^/?]*\d[^/]*$|[?&]\w{1,20}=[\w-]*\d|/s[/?]")
_GADGET = re.compile(
    r"(?i)weather|tianqi|map|player|video|v\.qq|youku|bilibili|music|tongji|cnzz|baidu|share|chat|kefu|count"
)
_COMPONENT = re.compile(r"<([a-z]{1,30}(?:-[a-z0-9]{1,30}){1,5})(?:\s[^<>]{0,300})?>\s{0,50}</\1>")
"""An element of a script's own that is still empty."""


class HomeDraft:
    """The home page that becomes a ``HomeSeen``; its frames and fragments are part of it."""

    def __init__(self, page: Page, observed: date) -> None:
        self._url = page.url
        self._observed = observed
        self._rows = RowTally(observed)
        self._waiting = Waiting()
        self.pinned: set[int] = set()
        self._days: dict[int, date] = {}
        self._by_url: date | None = None
        self._linked: dict[int, date | None] = {}
        self._scripted = False
        self._told: set[int] = set()
        self._frames: set[int] = set()
        self._read_frames: set[int] = set()
        self._elsewhere = 0

    def add(self, rows: Sequence[Row]) -> None:
        """Count the rows of its lists."""
        self.pinned |= pinned_of(rows)
        for row in rows[: MAX_LINKS - len(self._told)]:
            one, day = mark(row.target), day_of(row, self._observed)
            self._told.add(one)
            self._rows.add(day, pinned=row.pinned)
            if self._is_past(day):
                self._days[one] = max(day, self._days.get(one, day))
            elif day is None and date_in_url(row.target) is None:
                self._waiting.add(row.target)

    def _is_past(self, day: date | None) -> TypeGuard[date]:
        return day is not None and day <= self._observed + A_DAY

    def see(self, page: Page, is_own: Callable[[str], bool]) -> None:
        """Note what its links say by their URLs, and where they lead."""
        self._scripted = self._scripted or page.scripted or bool(content_regions(page)) or _is_unbuilt(page)
        self._read_frames |= {mark(page.requested), mark(page.url)}
        self._see_others([link for link in page.links if link.kind == "a" and link.text], is_own)
        for link in page.links:
            if link.kind in ("frame", "iframe", "script-fragment") and link.target and not _GADGET.search(link.target):
                self._note_frame(link.target)
            if link.kind in ("a", "area") and link.target and len(self._linked) < MAX_LINKS and is_own(link.target):
                day = date_in_url(link.target)
                self._linked[mark(link.target)] = day if self._is_past(day) else None

    def _note_frame(self, target: str) -> None:
        if len(self._frames) < MAX_FRAMES:
            self._frames.add(mark(target))

    def _see_others(self, links: Iterable[Link], is_own: Callable[[str], bool]) -> None:
        """Note lists of articles on other websites that show no date: nobody opens those, and they may be new."""
        run = 0
        for link in links:
            told = mark(link.target) in self._told
            if told or len(link.text) < TITLE or is_own(link.target) or not _ARTICLE.search(link.target):
                run = 0
                continue
            if day := date_in_url(link.target):
                self._by_url = later(self._by_url, day if self._is_past(day) else None)
                continue
            run += FEWEST if "mp.weixin.qq.com/s" in link.target else 1
            self._elsewhere += run >= FEWEST

    def concluded(
        self, read: Read, pinned: Collection[int], second: Rows, second_pages: int, second_undated: int
    ) -> HomeSeen:
        """The fact. Articles count with the date that they show themselves; ``pinned`` are those that lists pin."""
        shown = [*self._days.items(), *self._linked.items()]
        shown += [(one, read[one].day) for one in self._linked if one in read and not read[one].guessed]
        known = [(one, day) for one, day in shown if self._is_past(day)]
        rows = self._rows.rows()
        undated = sum(1 for one in self._waiting if one not in read or read[one].day is None)
        return HomeSeen(
            url=self._url,
            newest=latest((self._by_url, *(day for one, day in known if one not in pinned))),
            dated=rows.dated,
            undated=undated,
            unopened=self._waiting.unopened(read, pinned),
            gathers=rows.count > 0,
            scripted=self._scripted,
            second_level=second.newest,
            second_pages=second_pages,
            second_undated=second_undated,
            unread=self._elsewhere + len(self._frames - self._read_frames),
            pinned=latest(day for one, day in known if one in pinned),
        )


def _is_unbuilt(page: Page) -> bool:
    """Whether components stand there that script has yet to build."""
    return any(script.src for script in page.scripts) and _COMPONENT.search(page.html) is not None
