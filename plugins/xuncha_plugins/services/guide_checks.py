"""Service guides say what citizens need (notice 一(一)2; 《政府网站与政务新媒体检查指标》“服务不实用”)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from pydantic import Field

from xuncha.api import (
    Ask,
    Coverage,
    Crawl,
    ElementLocator,
    Finding,
    LinkLocator,
    NotApplicable,
    PageLocator,
    Params,
    Reason,
    Site,
    SiteKind,
    Status,
    Unsure,
    Url,
    ask,
    check,
    finding,
    not_applicable,
    unsure,
    warning,
)
from xuncha_plugins.services.facts import EntryAnswers, Guide, Guides
from xuncha_plugins.services.living import Life, life

Said: TypeAlias = Finding | Ask | Unsure | NotApplicable | Coverage

_DEAD = frozenset({Life.GONE, Life.NO_SUCH_NAME})


class GuideParams(Params):
    """``classes``: a guide that lacks so many of the twelve elements fails; one that lacks fewer is hinted at."""

    classes: int = Field(default=4, ge=1, le=12)


def without_guides(crawl: Crawl, guides: Guides, site: Site) -> Unsure | NotApplicable | None:
    """What to say where there is no guide to judge; None where there is, or where somebody must be asked."""
    if any(guide.readable for guide in guides.guides):
        return None
    if not site.serves_public:
        return not_applicable(Reason.KIND_OF_SITE)
    if crawl.bare:
        return unsure(Reason.TOO_FEW_PAGES)
    if guides.scripted or (crawl.pages and crawl.pages[0].scripted):
        return unsure(Reason.NEEDS_BROWSER)
    if guides.platform:
        return not_applicable(Reason.LINKED_PLATFORM)
    return None if crawl.complete else unsure(crawl.stopped or Reason.LOW_COVERAGE)


@check("services.guides-complete", params=GuideParams)
def guides_complete(crawl: Crawl, guides: Guides, site: Site, params: GuideParams) -> Iterator[Said]:
    """Each guide has the twelve elements of the notice."""
    if reason := without_guides(crawl, guides, site):
        yield reason
        return
    if not guides.guides and not guides.thin:
        yield from _none(crawl, site)
        return
    if guides.scripted or any(guide.partly for guide in guides.guides):
        yield unsure(Reason.NEEDS_BROWSER)
    for guide in guides.guides:
        if guide.readable:
            yield from _incomplete(guide, params)
            yield from _unfilled(guide)
    for guide in guides.thin:
        yield ask(PageLocator(guide.url, guide.depth), "thin", title=guide.title)


def _none(crawl: Crawl, site: Site) -> Iterator[Said]:
    """A portal has service guides; whether a department has any services is for people to say."""
    if site.kind is SiteKind.PORTAL:
        yield ask(PageLocator(crawl.home, 0), "none")
    else:
        yield not_applicable(Reason.NOT_OFFERED)


def _incomplete(guide: Guide, params: GuideParams) -> Iterator[Said]:
    place = PageLocator(guide.url, guide.depth)
    count, elements = len(guide.lacking), "、".join(guide.lacking)
    if guide.partly:
        return
    if guide.onward:
        yield ask(place, "onward", title=guide.title, count=count, elements=elements)
    elif count >= params.classes:
        yield _said(
            guide, finding(place, "incomplete", unverified=True, title=guide.title, count=count, elements=elements)
        )
    elif guide.lacking:
        yield _said(guide, warning(place, "some-missing", title=guide.title, count=count, elements=elements))


def _unfilled(guide: Guide) -> Iterator[Said]:
    """Elements that are named, and then left empty or put off."""
    place = PageLocator(guide.url, guide.depth)
    for key, elements in (("empty", guide.empty), ("blank", guide.blank)):
        if elements:
            yield _said(guide, warning(place, key, distinct=key, title=guide.title, elements="、".join(elements)))


@check("services.guides-catch-all")
def guides_catch_all(crawl: Crawl, guides: Guides, site: Site) -> Iterator[Said]:
    """The materials are listed one by one, and nobody can be asked for whatever else (国办函〔2017〕115号)."""
    yield from _frame(crawl, guides, site)
    for guide in guides.guides:
        if guide.readable and guide.catch_all:
            place = ElementLocator(guide.url, "materials", depth=guide.depth)
            count, phrases = len(guide.catch_all), "、".join(f"“{phrase}”" for phrase in guide.catch_all)
            yield _said(
                guide, warning(place, "catch-all", excerpt=phrases, title=guide.title, count=count, phrases=phrases)
            )


@check("services.guides-online")
def guides_online(crawl: Crawl, guides: Guides, answers: EntryAnswers, site: Site) -> Iterator[Said]:
    """Where a guide says that the matter is handled fully online, its entry is there and opens."""
    yield from _frame(crawl, guides, site)
    for guide in guides.guides:
        if guide.readable and guide.claim:
            yield from _entry(guide, answers)


def _frame(crawl: Crawl, guides: Guides, site: Site) -> Iterator[Said]:
    """What is said before any guide is looked at: that there is none, or that script fills some."""
    if reason := without_guides(crawl, guides, site):
        yield reason
    elif not guides.guides:
        yield not_applicable(Reason.NOT_OFFERED)
    elif guides.scripted:
        yield unsure(Reason.NEEDS_BROWSER)


def _said(guide: Guide, found: Finding) -> Said:
    """What was found of a guide; of one that may be an article about a matter it is only asked."""
    return Ask(replace(found, status=Status.MANUAL, unverified=False)) if guide.article else found


def _entry(guide: Guide, answers: EntryAnswers) -> Iterator[Said]:
    if not guide.entries:
        place = ElementLocator(guide.url, "online-entry", depth=guide.depth)
        if guide.general:
            yield ask(place, "entry-unclear", title=guide.title, claim=guide.claim)
        else:
            yield _said(guide, finding(place, "no-entry", title=guide.title, claim=guide.claim))
        return
    lives = [life(entry.target, answers) if entry.target else Life.UNKNOWN for entry in guide.entries]
    if all(its is Life.OUT_OF_REACH for its in lives):
        yield unsure(Reason.VANTAGE_UNFIT)
    elif all(its in _DEAD for its in lives):
        entry = guide.entries[0]
        place_of = LinkLocator(guide.url, entry.target, entry.text, entry.line, guide.depth)
        yield _said(guide, finding(place_of, "dead-entry", title=guide.title, claim=guide.claim, url=Url(entry.target)))
