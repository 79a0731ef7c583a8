"""Takes prints of a site's pages while it is crawled, and learns from the visits before what changes by itself."""

from xuncha.api import ALGORITHMS as HOW
from xuncha.api import Clock, DefacementSign, Page, PageKind, PagePrint, Params, Past, Prints, habits, page_probe, take
from xuncha_plugins.integrity.signs import NEW_ALONE, signs

_ARTICLES = 0.9
"""Of the pages that are printed so many may be articles, so that columns that come late find room."""


class PrintParams(Params):
    """``pages`` are printed of a site at most, nine tenths of them articles: the first that the crawl meets.

    Those that the last run printed come on top, so that what was approved then is compared now.
    """

    pages: int = 2_000


@page_probe(provides=Prints, params=PrintParams, cost_us=610)
class PrintsTaken:
    """Home page, columns, then what lies deeper, as the crawl meets them.

    Of pages beyond the cap only those are printed that the last run printed too, and those that say that they were
    defaced: all are read, and how many were not printed is told, so that they don't count as compared.
    Prints are of pages as they were answered, whether or not a browser ran their scripts: two visits must be alike in
    that. Signs of defacement are looked for in what citizens see.
    """

    def __init__(self, params: PrintParams, clock: Clock, past: Past[Prints]) -> None:
        self._most = params.pages
        self._clock = clock
        self._last = next((earlier.fact for earlier in past), None)
        self._known = {one.url for one in self._last.pages} if self._last else set()
        self._taken: dict[str, PagePrint] = {}
        self._articles = 0
        self._left: set[str] = set()

    def visit(self, page: Page) -> None:
        """One page."""
        answered = page.fetched
        opened = page.problem is None and 200 <= page.status < 300  # noqa: PLR2004 - HTTP success
        if answered is None or not opened or page.requested in self._taken:
            return
        found = signs(page)
        if not self._has_room(page) and not self._is_telling(found):
            self._left.add(page.requested)
            return
        one = take(answered, page.fetched_at or self._clock(), found)
        self._articles += one.kind is PageKind.ARTICLE
        self._taken[page.requested] = one

    def conclude(self) -> Prints:
        """What was taken, and what the last run had learned, carried on."""
        pages, left = tuple(self._taken.values()), len(self._left - self._taken.keys())
        return Prints(pages, HOW, complete=not left, habits=habits(self._last, pages), left=left)

    def _is_telling(self, found: tuple[DefacementSign, ...]) -> bool:
        return len(self._taken) < 2 * self._most and any(sign.kind not in NEW_ALONE for sign in found)

    def _has_room(self, page: Page) -> bool:
        if page.requested in self._known and len(self._taken) < 2 * self._most:
            return True
        if len(self._taken) >= self._most:
            return False
        return self._articles < _ARTICLES * self._most or not page.is_article
