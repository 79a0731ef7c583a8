"""Which pages of a site are looked at again in a browser, because their answers alone don't show them."""

import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from xuncha.crawl import Watcher
from xuncha.crawl.challenges import hindrance
from xuncha.crawl.closer import stands_at
from xuncha.model.crawl import BARE
from xuncha.model.fact import Gap
from xuncha.model.netapi import Reply
from xuncha.model.reasons import Reason
from xuncha.model.rendered import Rendered
from xuncha.net.robots import RobotsTxt
from xuncha.page import Page
from xuncha.page.prescan import excess
from xuncha.store.mask import has_secret_mark

_FOOTER = re.compile("ICP备|公网安备|标识码|版权所有|主办")
_FURNITURE = re.compile(
    r"(?i)pag(?:e|in)|foot|bottom|nav|menu|friend|banner|swiper|slick|search|share|weather|tianqi|copyright|beian|icp"
    r"|login|user|crumb|clock|lang|float|player|visit"
)
"""What stands around the content of every page alike: the home page shows it for all of them."""

_IN_VAIN = 2
"""Renderings that left a box empty, after which it is believed to be empty."""

_FAILURES = 3
_NEVER = frozenset({Reason.NO_BROWSER, Reason.BROWSER_OFF, Reason.NO_SANDBOX, Reason.BUDGET_REACHED})
"""What the next page would meet with as well."""


class _Renders(Protocol):
    async def for_crawl(self, url: str) -> Rendered | Gap: ...
    def forget(self, url: str) -> None: ...


class SecondLook:
    """For one site; ``watching`` makes it part of a crawl.

    ``rendered`` counts the pages that were used as a browser shows them, ``unrendered`` by reason those that were not
    though they need one. ``waited`` is how long pages waited for their turn, in seconds. ``recognise`` marks what is
    not the site's own words.
    """

    def __init__(self, renders: _Renders, recognise: Callable[[Reply], Reply] = lambda reply: reply) -> None:
        self._renders = renders
        self.recognise = recognise
        self._latest = ""
        self._handed_over = 0
        self._failures = 0
        self._given_up: Reason | None = None
        self._kept_out = False
        self._in_vain: Counter[str] = Counter()
        self._filled: set[str] = set()
        self._unrendered: Counter[Reason] = Counter()
        self.rendered = 0
        self.waited = 0.0

    @property
    def unrendered(self) -> dict[str, int]:
        """Reason → how many pages."""
        unused = Counter({Reason.PAGE_UNREADABLE: self._handed_over - self.rendered})
        return {str(reason): count for reason, count in (self._unrendered + unused).most_common()}

    def watching(self, watcher: Watcher) -> Watcher:
        """``watcher``, with a browser for those pages that need one."""

        def on_page(page: Page) -> None:
            self._latest = ""
            self._learn(page)
            watcher.on_page(page)

        def leave(page: Page) -> Reason | None:
            reason = watcher.leave(page)
            if reason is not None and self._latest:
                self._handed_over -= 1
                self._renders.forget(self._latest)
            return reason

        return replace(
            watcher, look_again=self.look_again, robots_inside=self.robots_inside, on_page=on_page, leave=leave
        )

    async def look_again(self, url: str, page: Page | None) -> Rendered | None:
        """The page at ``url`` as a browser shows it, where it needs one and there is one."""
        if not (self._needs(page) if page else not self._kept_out):
            return None
        self._latest = url
        found = self._given_up or await self._seen(url)
        if isinstance(found, Reason):
            self._latest = ""
            self._unrendered[found] += 1
            return None
        self._handed_over += page is None or stands_at(page.url, found)
        return found

    async def robots_inside(self, url: str) -> RobotsTxt | None:
        """What robots.txt says to a browser, which has passed the challenge before it; None where it gets no answer."""
        found = await self._renders.for_crawl(url)
        if isinstance(found, Gap) or found.cut or hindrance(self.recognise(found.reply())):
            return None
        media = dict(found.headers).get("content-type", "").lower()
        if not media.startswith("text/plain") and "disallow" in found.text.lower():
            return None  # shown as HTML, its lines run into each other
        return RobotsTxt.from_answer(found.status, found.text.encode())

    def _learn(self, page: Page) -> None:
        """Which boxes of a page a browser fills."""
        if not page.rendered:
            return
        self.rendered += 1
        empty = {*page.empty_regions, *page.empty_boxes}
        self._in_vain.update(empty)
        if page.fetched is not None:
            self._filled |= {*page.fetched.empty_regions, *page.fetched.empty_boxes} - empty

    def _needs(self, page: Page) -> bool:
        """Whether a script shows what the answer doesn't; cheap where it doesn't, as on nearly every page."""
        if page.scripted:
            return True
        if not page.scripts:
            return False
        if page.depth == 0 and not (len(page.text) >= BARE and _FOOTER.search(page.text)):
            return True
        if page.depth:
            return not page.is_article and any(not _FURNITURE.search(name) for name in self._fillable(page))
        return bool(self._fillable(page))

    def _fillable(self, page: Page) -> list[str]:
        names = page.empty_regions + page.empty_boxes
        return [name for name in names if name in self._filled or self._in_vain[name] < _IN_VAIN]

    async def _seen(self, url: str) -> Rendered | Reason:
        begun = time.monotonic()
        found = await self._renders.for_crawl(url)
        if not isinstance(found, Gap):
            self._failures = 0
            self.waited += max(0.0, time.monotonic() - begun - found.seconds)
            if has_secret_mark(found.text):  # of a page that its script leads to, nobody else would see it
                self._renders.forget(url)
            return _unusable(found, self.recognise) or found
        self._failures = self._failures + 1 if found.reason is Reason.BROWSER_FAILED else 0
        if found.reason in _NEVER or self._failures >= _FAILURES:
            self._given_up = found.reason
        self._kept_out = self._kept_out or found.reason is Reason.CHALLENGED
        return found.reason


def _unusable(found: Rendered, recognise: Callable[[Reply], Reply]) -> Reason | None:
    """Why a rendering says nothing of the page; None where it does."""
    if found.cut or excess(found.html):
        return Reason.RENDER_TOO_HEAVY
    if not 200 <= found.status < 300:  # noqa: PLR2004 - HTTP success
        return Reason.SERVER_ERROR
    return hindrance(recognise(found.reply()))
