"""Gathers what the pages of one site say of its identity, and makes checks of functions that judge it.

What counts is the home page with its frames and fragments (all of level 0); of the second level a few pages are read,
to see whether they tell the same story.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import TypeAlias

from xuncha.api import (
    Ask,
    Coverage,
    ElementLocator,
    Finding,
    NotApplicable,
    Page,
    Reason,
    Site,
    Unsure,
    check,
    not_applicable,
    page_probe,
    registrable,
    unsure,
)
from xuncha_plugins.icp import formats, places
from xuncha_plugins.icp.elements import Element
from xuncha_plugins.icp.identity import PageIdentity, Pointer, Shown, identity, is_named_footer
from xuncha_plugins.icp.places import Place

MAX_HOME = 20
FEW_LINKS = 3
"""A home page leads to at least so many pages of its website."""

MAX_INNER = 20
"""Pages of the second level that are read."""

Said: TypeAlias = Finding | Ask | Unsure | NotApplicable | Coverage


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read: ``home`` is the home page first, then what it is made of; ``inner`` pages of the second level."""

    home: tuple[PageIdentity, ...]
    inner: tuple[PageIdentity, ...]

    @property
    def filings(self) -> tuple[Shown, ...]:
        """The ICP filing numbers, each spelling once, with the links around all its occurrences."""
        return _together(shown for page in self.home for shown in page.filings)

    def own_filings(self, icp: str) -> tuple[Shown, ...]:
        """The filing numbers without those of whoever made the website, where one is left that is not theirs.

        ``icp`` is the inventory's; it and what leads to the filing system are the website's own wherever they stand.
        """
        known = [number.key for number in formats.filings(formats.plain(icp))]
        own = tuple(shown for shown in self.filings if not _of_maker(shown, known))
        if own:
            return own
        doubtful = bool(known or self.filing_links)
        return tuple(replace(shown, doubtful=doubtful or shown.by_maker) for shown in self.filings)

    @property
    def police(self) -> tuple[Shown, ...]:
        """The police filing numbers."""
        return _together(shown for page in self.home for shown in page.police)

    @property
    def codes(self) -> tuple[Shown, ...]:
        """The identity codes that citizens can read."""
        return _together(shown for page in self.home for shown in page.codes)

    @property
    def marks(self) -> tuple[Pointer, ...]:
        """The CONAC marks."""
        return tuple(mark for page in self.home for mark in page.marks)

    @property
    def reports(self) -> tuple[Pointer, ...]:
        """The report-an-error entries."""
        return tuple(report for page in self.home for report in page.reports)

    @property
    def filing_links(self) -> tuple[Pointer, ...]:
        """Links to the filing system, whatever they surround."""
        return tuple(link for page in self.home for link in page.filing_links)

    @property
    def police_links(self) -> tuple[Pointer, ...]:
        """Links to the police filing system."""
        return tuple(link for page in self.home for link in page.police_links)

    def at(self, element: str) -> ElementLocator:
        """Where on the home page something ought to stand."""
        return self.home[0].at(element)

    def out_of_sight(self, element: Element) -> Reason | None:
        """Why ``element`` may be there though it was not read: built by script, in a frame, or part of a picture."""
        if any(element in page.scripted for page in self.home):
            return Reason.NEEDS_BROWSER
        if missing := self._missing_parts:
            loaded = {url for page in self.home for url in page.fragments}
            return Reason.NEEDS_BROWSER if missing & loaded else Reason.FRAME_UNREAD
        if any(element in page.in_pictures for page in self.home):
            return Reason.IN_PICTURE
        return None if any(page.footer for page in self._parts) else self._footer_out_of_sight

    @property
    def _footer_out_of_sight(self) -> Reason | None:
        if any(page.script_built for page in self.home):
            return Reason.NEEDS_BROWSER
        if self._has_footer:
            return None
        if any(page.pictured for page in self.home):
            return Reason.IN_PICTURE
        return Reason.NEEDS_BROWSER if any(page.runs_script for page in self.home) else None

    @property
    def placeholder(self) -> bool:
        """Whether what was read is no real home page: neither links into the website nor a footer, or a notice."""
        if sum(page.inner_links for page in self.home) >= FEW_LINKS:
            return False
        return any(page.closed for page in self.home) or not self._has_footer

    @property
    def leads_up(self) -> bool:
        """Whether the home page links to a website above it."""
        return any(page.leads_up for page in self.home)

    @property
    def _parts(self) -> list[PageIdentity]:
        wanted = {url for page in self.home for url in page.parts}
        return [page for page in self.home if page.url in wanted or page.requested in wanted]

    @property
    def _has_footer(self) -> bool:
        return any(page.footer for page in self.home)

    @property
    def _missing_parts(self) -> frozenset[str]:
        """The frames and fragments that may hold the footer and were not seen.

        One of the same organisation's hosts, one that goes by such a name, or any where no footer was read at all:
        offices share the footer of their portal.
        """
        seen = {url for page in self.home for url in (page.url, page.requested)}
        own = {registrable(places.host(page.url)) for page in self.home}
        unseen = {url for page in self.home for url in page.parts} - seen
        return frozenset(
            url
            for url in unseen
            if not self._has_footer or registrable(places.host(url)) in own or is_named_footer(url)
        )


def _together(found: Iterator[Shown]) -> tuple[Shown, ...]:
    kept: dict[str, Shown] = {}
    for shown in found:
        known = kept.get(shown.number.written)
        kept[shown.number.written] = (
            replace(known, links=known.links + shown.links, by_maker=known.by_maker and shown.by_maker)
            if known
            else shown
        )
    return tuple(kept.values())


def _of_maker(shown: Shown, known: Sequence[str]) -> bool:
    """Whether a filing number seems to be that of whoever made the website; ``known`` are keys of its own."""
    if any(formats.same_filing(shown.number.key, key) for key in known):
        return False
    return shown.abroad or (shown.by_maker and not any(link.place is Place.RIGHT for link in shown.links))


@page_probe(provides=Seen, cost_us=5)
class Collector:
    """Looks on as pages come by; keeps of each a small identity."""

    def __init__(self) -> None:
        self._home: list[PageIdentity] = []
        self._inner: list[PageIdentity] = []

    def visit(self, page: Page) -> None:
        """Read the page if it is one of those that count."""
        if page.depth == 0 and len(self._home) < MAX_HOME:
            self._home.append(identity(page))
        elif page.depth == 1 and len(self._inner) < MAX_INNER:
            self._inner.append(identity(page))

    def conclude(self) -> Seen:
        """What was read."""
        return Seen(tuple(self._home), tuple(self._inner))


Judge: TypeAlias = Callable[[Seen, Site], Iterator[Said]]


def identity_check(check_id: str) -> Callable[[Judge], Judge]:
    """Declare a check of what the home page and some inner pages say of the site's identity.

    Where no home page was seen the function is not called: the crawl's own reason answers.
    """

    def make(judge: Judge) -> Judge:
        @wraps(judge)
        def answer(seen: Seen, site: Site) -> Iterator[Said]:
            if not seen.home:
                yield Coverage(0, 1, complete=False)
                return
            pages = len(seen.home) + len(seen.inner)
            yield Coverage(pages, pages, complete=True)
            yield from judge(seen, site)

        return check(check_id)(answer)

    return make


def nothing_shown(seen: Seen, element: Element) -> Unsure | NotApplicable:
    """The answer of checks on the form of something that is not shown: that it is missing is another check's word."""
    reason = why_unseen(seen, element)
    return unsure(reason) if reason else not_applicable(Reason.NOT_OFFERED)


def why_unseen(seen: Seen, element: Element) -> Reason | None:
    """Why ``element`` can't be called missing though it was not found; None where it can."""
    return seen.out_of_sight(element) or (Reason.TOO_FEW_PAGES if seen.placeholder else None)
