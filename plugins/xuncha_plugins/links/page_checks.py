"""Checks of links that need no visit: those that lead nowhere, and those that no citizen can open.

The same link in the frame of every page is one finding, shown on the first of them.
"""

from collections.abc import Callable, Iterator

from xuncha.api import (
    Finding,
    Link,
    LinkLocator,
    NotApplicable,
    Page,
    Reason,
    Site,
    Unsure,
    finding,
    not_applicable,
    page_check,
    unsure,
)
from xuncha_plugins.links.coverage import TOO_SCRIPTED, is_bare

MOST_DIFFERENT = 5_000
"""Different faulty links that are kept; a site with more has one fault, not so many."""

_PRIVATE = frozenset({"local-file", "local-host", "private-address"})


class Gathered:
    """Faulty links by what makes them the same, with the place of the first and how many there are."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, ...], tuple[str, str, LinkLocator]] = {}
        self._count: dict[tuple[str, ...], int] = {}
        self._pages = 0
        self._scripted = 0
        self._home_scripted = False
        self._bare = True

    def see(self, page: Page, *, untold: bool = False) -> None:
        """Count a page; ``untold``: of what script wrote there, nobody can say where it leads."""
        self._pages += 1
        if page.scripted or untold:
            self._scripted += 1
            self._home_scripted = self._home_scripted or page.depth == 0
        self._bare = self._bare and is_bare(page)

    def add(self, same: tuple[str, ...], key: str, link: Link) -> None:
        """Count a link; ``key`` names its message. Links that have ``same`` in common are one."""
        if same not in self._first:
            if len(self._first) >= MOST_DIFFERENT:
                return
            self._first[same] = key, link.raw, link.locator
        self._count[same] = self._count.get(same, 0) + 1

    def findings(self, distinct: Callable[[LinkLocator], str]) -> Iterator[Finding | Unsure]:
        """One for each; and a doubt where script builds the home page or too many others, or no site is there yet."""
        for same, (key, raw, place) in self._first.items():
            count = self._count[same]
            yield finding(place, key, distinct=distinct(place), text=place.text, target=raw.strip(), sources=count)
        if self._home_scripted or self._scripted > TOO_SCRIPTED * self._pages:
            yield unsure(Reason.NEEDS_BROWSER)
        elif self._bare and self._pages:
            yield unsure(Reason.TOO_FEW_PAGES)


@page_check("links.empty")
class Empty:
    """No link leads nowhere (空链接). What a script may bind to is never called empty."""

    def __init__(self) -> None:
        self._gathered = Gathered()

    def visit(self, page: Page) -> None:
        """Note the page's empty links as they were answered: a script may have bound anything to those it wrote."""
        answered = page.fetched or page
        bound = answered.scripted and any(link.goes_nowhere for link in page.links)
        self._gathered.see(page, untold=bound)
        for link in answered.links:
            if link.goes_nowhere:
                self._gathered.add((link.raw, link.text), "empty", link)

    def conclude(self) -> Iterator[Finding | Unsure]:
        """One finding for each different one."""
        return self._gathered.findings(lambda place: place.text)


@page_check("links.private-target")
class PrivateTarget:
    """No link of a public page leads to a private address, to this computer or into a local folder."""

    def __init__(self, site: Site) -> None:
        self._public = site.serves_public and not site.network
        self._gathered = Gathered()

    def visit(self, page: Page) -> None:
        """Note the links that are private for certain, whatever would answer there."""
        self._gathered.see(page)
        for link in page.links:
            if link.problem in _PRIVATE:
                self._gathered.add((link.target or link.raw,), link.problem, link)

    def conclude(self) -> Iterator[Finding | Unsure | NotApplicable]:
        """One finding for each different target."""
        if self._public:
            yield from self._gathered.findings(lambda _: "")
        else:
            yield not_applicable(Reason.KIND_OF_SITE)
