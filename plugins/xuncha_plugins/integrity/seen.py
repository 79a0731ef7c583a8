"""Takes prints of a site's pages while it is crawled, and learns from the visits before what changes by itself."""

from xuncha.api import ALGORITHMS as HOW
from xuncha.api import Clock, Page, PageKind, PagePrint, Params, Past, Prints, habits, page_probe, take
from xuncha_plugins.integrity.signs import signs, title_signs


class PrintParams(Params):
    """``pages`` are printed of a site at most, half of them articles: the first that the crawl meets.

    Those that the last run printed come on top, so that what was approved then is compared now.
    """

    pages: int = 200


@page_probe(provides=Prints, params=PrintParams, cost_us=900)
class PrintsTaken:
    """Home page, columns, then what lies deeper, as the crawl meets them.

    Of pages beyond the cap only those are printed that the last run printed too, and those whose title says that they
    were defaced: the declared cost is that of a page that is printed, of the others only the title is looked at.
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

    def visit(self, page: Page) -> None:
        """One page."""
        answered = page.fetched
        opened = page.problem is None and 200 <= page.status < 300  # noqa: PLR2004 - HTTP success
        if answered is None or not opened or page.requested in self._taken:
            return
        if self._has_room(page):
            found = signs(page)
        elif len(self._taken) >= 2 * self._most or not (found := title_signs(page)):
            return
        one = take(answered, page.fetched_at or self._clock(), found)
        self._articles += one.kind is PageKind.ARTICLE
        self._taken[page.requested] = one

    def conclude(self) -> Prints:
        """What was taken, and what the last run had learned, carried on."""
        pages = tuple(self._taken.values())
        return Prints(pages, HOW, habits=habits(self._last, pages))

    def _has_room(self, page: Page) -> bool:
        if page.requested in self._known and len(self._taken) < 2 * self._most:
            return True
        if len(self._taken) >= self._most:
            return False
        return self._articles < self._most // 2 or not page.is_article
