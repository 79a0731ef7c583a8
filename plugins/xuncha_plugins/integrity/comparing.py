"""Pages beside their approved state, and what follows where a redesign was announced."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from xuncha.api import (
    Ask,
    Baseline,
    BaselinePage,
    Change,
    ChangeKind,
    Coverage,
    Crawl,
    Finding,
    Habit,
    NotApplicable,
    Note,
    PageKind,
    PageLocator,
    PagePrint,
    PageRecord,
    Prints,
    Reason,
    Site,
    Status,
    Unsure,
    compare,
    day_of,
    is_recognisable,
    not_applicable,
    note,
    own_hosts,
    owner_of,
    owner_of_host,
    stood,
    title_words,
    unsure,
    without_scheme,
)
from xuncha_plugins.integrity.hosts import is_known_package, is_trusted
from xuncha_plugins.integrity.ordinary import places_in, telling_words

Answer = Finding | Ask | Note | Unsure | NotApplicable | Coverage


class TakenPlace(StrEnum):
    """What stands where a website was: nobody who runs one puts it there."""

    DEFAULT = "default-page"
    PARKED = "parked"


_TAKEN = {"soft-404:default-page": TakenPlace.DEFAULT, "parked-domain:": TakenPlace.PARKED}
"""By the marks of notices."""

_CLOSED = re.compile("网站(?:暂时|已)")


class Verdict(NamedTuple):
    """What a page's changes amount to; where it is not ``sure``, a person is asked.

    What no redesign brings about is ``lasting``: it is asked about also while one was announced. What ``stood`` there
    at the visit before has been asked about then: unless more is found on the page, that is not done again.
    """

    found: Finding
    sure: bool = False
    lasting: bool = False
    stood: bool = False


@dataclass(frozen=True)
class Pair:
    """A page as it was approved, and as it is now."""

    approved: BaselinePage
    now: PagePrint
    changes: tuple[Change, ...]
    habit: Habit | None = None

    @property
    def before(self) -> PagePrint:
        return self.approved.print

    def of(self, *kinds: ChangeKind) -> Iterator[Change]:
        """Its changes of these kinds."""
        return (change for change in self.changes if change.kind in kinds)

    def stood(self, change: Change) -> bool:
        """Whether the last visit since the approval showed the same."""
        habit = self.habit
        since = habit.said_at if habit else None
        return habit is not None and since is not None and since > self.approved.approval.at and stood(change, habit)

    @cached_property
    def recognisable(self) -> bool:
        """Whether it still is the same owner's page, however it looks."""
        return is_recognisable(self.before, self.now)

    @property
    def were_words_known(self) -> bool:
        """Whether the approved page was looked through for the words known now: earlier versions knew fewer."""
        return self.before.sized is not None

    def new_signs(self, kind: str) -> Iterator[str]:
        """The words of signs of this kind that the approved page did not have."""
        known = {sign.excerpt for sign in self.before.signs}
        return (sign.excerpt for sign in self.now.signs if sign.kind == kind and sign.excerpt not in known)

    @property
    def is_defaced(self) -> bool:
        """Whether it carries words that only defacers write."""
        return any(sign.sure for sign in self.now.signs)

    @property
    def needs_browser(self) -> bool:
        """Whether script may build the page now, which it did not when it was approved."""
        return self.now.scripted and not self.before.scripted

    @property
    def place(self) -> PageLocator:
        return PageLocator(self.now.url, self.now.depth)


@dataclass(frozen=True)
class View:
    """A site's pages beside their baseline."""

    site: Site
    prints: Prints
    baseline: Baseline
    crawl: Crawl

    def is_of(self, *facts: object) -> bool:
        """Whether these very facts are looked at."""
        own = (self.site, self.prints, self.baseline, self.crawl)
        return all(one is other for one, other in zip(own, facts, strict=True))

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Pages that were approved and seen now, in the order of the crawl; notices in their place are left out."""
        habits = {habit.url: habit for habit in self.prints.habits if habit.visits > 1 or habit.recent}
        return tuple(
            Pair(page, now, compare(page.print, now, habit := habits.get(now.url)), habit)
            for now in self.prints.pages
            if (page := self._approved_as(now.url)) and now.url not in self._notices
        )

    def _approved_as(self, url: str) -> BaselinePage | None:
        return self._approved.get(url) or self._approved.get(without_scheme(url))

    @cached_property
    def _approved(self) -> dict[str, BaselinePage]:
        usable = [page for page in self.baseline.pages if page.algorithms == self.prints.algorithms]
        return {without_scheme(page.print.url): page for page in usable} | {page.print.url: page for page in usable}

    @cached_property
    def _notices(self) -> frozenset[str]:
        """Pages in whose place something else answered: a challenge, a notice of maintenance, an error page."""
        away = (one.url for one in self.crawl.pages if one.challenge or one.notice or one.problem)
        return frozenset(away).difference(self.taken_places)

    @cached_property
    def taken_places(self) -> Mapping[str, TakenPlace]:
        """Approved home pages in whose place something stands that belongs to no website; these are compared too."""
        told = ((one, taken_place(one)) for one in self.crawl.pages if one.opened and not one.challenge)
        return {one.url: place for one, place in told if place and self._is_home(one.url)}

    def _is_home(self, url: str) -> bool:
        approved = self._approved_as(url)
        return approved is not None and approved.print.kind is PageKind.HOME

    @cached_property
    def planned(self) -> bool:
        """Whether a redesign was announced for the day on which the pages were seen."""
        days = {day_of(pair.now.taken) for pair in self.pairs}
        return any(redesign.covers(day) for redesign in self.baseline.redesigns for day in days)

    @cached_property
    def names(self) -> frozenset[str]:
        """What titles of the site are made of: its name, its approved titles, what they say of its owner."""
        words = set(title_words(self.site.name))
        for page in self.baseline.pages:
            words |= title_words(page.print.title) | title_words(dict(page.print.metas).get("sitename", ""))
            words.update(word for mark in page.print.marks for word in title_words(mark))
        return frozenset(words)

    @cached_property
    def office(self) -> frozenset[str]:
        """The same without what any office's name may say."""
        return frozenset().union(*map(telling_words, (self.site.name, *self._said_of_owner)))

    @cached_property
    def places(self) -> frozenset[str]:
        """The place for which the office works, as its names say it."""
        return frozenset().union(*map(places_in, (self.site.name, *self._said_of_owner)))

    @cached_property
    def _said_of_owner(self) -> tuple[str, ...]:
        homes = [page.print for page in self.baseline.pages if page.print.kind is PageKind.HOME]
        return tuple(words for page in homes for words in (page.title, dict(page.metas).get("sitename", "")))

    @cached_property
    def _own(self) -> frozenset[str]:
        own = {owner_of(url) for url in self.site.urls}
        return frozenset(own.union(*(own_hosts(page.print) for page in self.baseline.pages)))

    def is_foreign(self, host: str) -> bool:
        """Whether no approved page has to do with it, nor is it the state's or a well-known service."""
        return bool(host) and owner_of_host(host) not in self._own and not is_trusted(host)

    def leads_abroad(self, change: Change) -> bool:
        """The same of the address that a change brought, which may tell more than its host."""
        owner = owner_of(change.now) or owner_of_host(change.host) or change.host
        return owner not in {*self._own, ""} and not is_trusted(change.host) and not is_known_package(owner)

    @cached_property
    def coverage(self) -> Coverage:
        """Approved pages that were compared, of those that should have been, and of those that could not be printed."""
        compared = {without_scheme(pair.now.url) for pair in self.pairs}
        others = {without_scheme(page.print.url): page.print for page in self.baseline.pages}
        missed = sum(self._should_be_met(page) for spot, page in others.items() if spot not in compared)
        missed += self.prints.left
        return Coverage(len(self.pairs), max(len(self.pairs) + missed, 1), complete=bool(self.pairs) and not missed)

    @cached_property
    def lost_home(self) -> Reason | None:
        """Why an approved home page was not compared, however many others were; None where all were, or moved."""
        homes = {without_scheme(page.print.url) for page in self.baseline.pages if page.print.kind is PageKind.HOME}
        lost = homes - {without_scheme(pair.now.url) for pair in self.pairs}
        reasons = (_why_unseen(one) for one in self.crawl.pages if without_scheme(one.url) in lost)
        found = next((reason for reason in reasons if reason), None)
        return found or (Reason.LOW_COVERAGE if lost and lost == homes else None)

    @cached_property
    def unapproved(self) -> int:
        """How many pages were seen that nobody approved."""
        return sum(1 for now in self.prints.pages if self._approved_as(now.url) is None) + self.prints.left

    def _should_be_met(self, page: PagePrint) -> bool:
        """Only what a complete crawl did not find has left the website; of one that was cut short nobody knows."""
        return page.kind is PageKind.HOME or not self.crawl.complete or without_scheme(page.url) in self._asked

    @cached_property
    def _asked(self) -> frozenset[str]:
        return frozenset(without_scheme(record.url) for record in self.crawl.pages)

    def answers(self, found: Sequence[Verdict | Note], *, part_of_redesign: bool) -> Iterator[Answer]:
        """What a check says of what it ``found``.

        ``part_of_redesign``: a redesign brings such changes about, so that none is held against the pages while one
        was announced, unless it is lasting; others are then asked about.
        """
        verdicts = [one for one in found if isinstance(one, Verdict)]
        yield from (one for one in found if isinstance(one, Note))
        held = [one for one in verdicts if one.lasting or not (self.planned and part_of_redesign)]
        fresh = _fresh(held)
        yield from (said(one, sure=one.sure and not self.planned) for one in fresh)
        if len(fresh) < len(held):
            yield note("asked", changes=len(held) - len(fresh))
        if verdicts and not held:
            yield not_applicable(Reason.ANNOUNCED)
        if self.unapproved:
            yield note("unapproved", pages=self.unapproved)
        yield self.coverage
        if lost := self.lost_home:
            yield unsure(lost, coverage=self.coverage)
        if any(pair.needs_browser for pair in self.pairs):
            yield unsure(Reason.NEEDS_BROWSER, coverage=self.coverage)
        if len(fresh) < len(held):  # a question without an answer is no clean page
            yield unsure(Reason.STILL_UNANSWERED, coverage=self.coverage)


def _fresh(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Those that are not only what the visit before showed already: all of a page where any of them is new."""
    pages = {_page_of(one) for one in verdicts if one.sure or not one.stood}
    return [one for one in verdicts if _page_of(one) in pages]


def _page_of(verdict: Verdict) -> str:
    return getattr(verdict.found.locator, "url", "")


def _why_unseen(record: PageRecord) -> Reason | None:
    """Why a page of the site did not come, also where a challenge or a notice came in its place."""
    if record.challenge and not record.rendered:
        return Reason.CHALLENGED
    return record.unseen or (Reason.LOW_COVERAGE if record.notice else None)


def taken_place(record: PageRecord) -> TakenPlace | None:
    """What stands in a page's place, where that is no notice of whoever runs the website or its host."""
    if _CLOSED.search(record.title):
        return None
    return next((place for mark, place in _TAKEN.items() if record.notice.startswith(mark)), None)


def view(site: Site, prints: Prints, baseline: Baseline, crawl: Crawl) -> View:
    """A site's pages beside their baseline: compared once, for the checks of a site are called one after the other."""
    if not (_latest and _latest[0].is_of(site, prints, baseline, crawl)):
        _latest[:] = [View(site, prints, baseline, crawl)]
    return _latest[0]


_latest: list[View] = []


def said(one: Verdict, *, sure: bool) -> Finding | Ask:
    """A verdict as a finding, or as a question to a person."""
    return one.found if sure else Ask(replace(one.found, status=Status.MANUAL))
