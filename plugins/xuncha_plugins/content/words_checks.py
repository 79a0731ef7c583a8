"""Checks of what the words of pages give away: typos, test words, empty promises, offers that are over."""

from collections.abc import Callable, Iterable, Iterator

from pydantic import Field

from xuncha.api import (
    Ask,
    Crawl,
    Finding,
    LinkLocator,
    Locator,
    PageLocator,
    Params,
    Reason,
    Unsure,
    ask,
    check,
    finding,
    unsure,
    warning,
)
from xuncha_plugins.content.seen import too_scripted
from xuncha_plugins.content.words_facts import Filler, Offer, Typo, Unfinished, Wording

Said = Finding | Ask | Unsure
_SAY: dict[str, Callable[..., Finding | Ask]] = {"finding": finding, "warning": warning, "ask": ask}


class ExpiredParams(Params):
    """An offer may stand for ``days`` after its end before that is called a fault."""

    days: int = Field(default=3, ge=0, le=90)


@check("content.typos")
def typos(crawl: Crawl, wording: Wording) -> Iterator[Said]:
    """No accidents of the kind that bulletins name; wording of leaders and party is for a person to judge."""
    return _of_pages(crawl, wording, map(_on_typo, wording.typos))


@check("content.placeholder")
def placeholder(crawl: Crawl, wording: Wording) -> Iterator[Said]:
    """No test or placeholder words in titles, links and texts."""
    notices = _notices(crawl)
    said = (_on_filler(filler) for filler in wording.fillers if filler.url not in notices)
    return _of_pages(crawl, wording, said)


@check("content.under-construction")
def under_construction(crawl: Crawl, wording: Wording) -> Iterator[Said]:
    """No page of the site holds nothing but a promise. Notices of maintenance are another question."""
    notices = _notices(crawl)
    said = (_on_unfinished(page) for page in wording.unfinished if page.url not in notices)
    return _of_pages(crawl, wording, said)


@check("content.expired", params=ExpiredParams)
def expired(crawl: Crawl, wording: Wording, params: ExpiredParams) -> Iterator[Said]:
    """Nothing is offered as current whose own stated end has passed (notice, clause 一（二）3: 过时失效的内容)."""
    said = (_on_offer(offer) for offer in wording.offers if (offer.seen - offer.ended).days > params.days)
    return _of_pages(crawl, wording, said)


def _of_pages(crawl: Crawl, wording: Wording, said: Iterable[Said]) -> Iterator[Said]:
    """What is ``said`` of the pages, and what leaves the question open."""
    if crawl.bare:
        yield unsure(Reason.TOO_FEW_PAGES)
        return
    yield from said
    if not wording.complete:
        yield unsure(Reason.TOO_LARGE)
    if too_scripted(crawl):
        yield unsure(Reason.NEEDS_BROWSER)


def _on_typo(typo: Typo) -> Finding | Ask:
    return _SAY[typo.answer](
        PageLocator(typo.url, typo.depth),
        "wording" if typo.answer == "ask" else typo.grade,
        distinct=typo.wrong,
        excerpt=typo.excerpt,
        wrong=typo.wrong,
        right=typo.right,
        count=typo.count,
        pages=typo.pages,
    )


def _on_filler(filler: Filler) -> Finding | Ask:
    say = finding if filler.sure else ask
    place: Locator = PageLocator(filler.url, filler.depth)
    if filler.target:
        place = LinkLocator(filler.url, filler.target, filler.words, filler.line, filler.depth, any_page=True)
    kind = "link" if filler.target else "text" if filler.in_text and not filler.sure else "page"
    key = kind if filler.sure else f"{kind}-maybe"
    return say(place, key, excerpt=filler.words, words=filler.words)


def _on_unfinished(page: Unfinished) -> Finding | Ask:
    sure = page.sure and not page.blank
    key = "blank" if page.blank else "unfinished" if sure else "unfinished-maybe"
    say = finding if sure else ask
    return say(PageLocator(page.url, page.depth), key, excerpt=page.words, title=page.title or "—", words=page.words)


def _on_offer(offer: Offer) -> Finding | Ask:
    place: Locator = PageLocator(offer.url, offer.depth)
    if offer.target:
        place = LinkLocator(offer.url, offer.target, offer.title, offer.line, offer.depth, any_page=True)
    say = finding if offer.sure else ask
    key = "validity" if offer.validity else "over" if offer.sure else "over-maybe"
    distinct = offer.title if offer.line and not offer.target else ""
    return say(
        place,
        key,
        distinct=distinct,
        excerpt=offer.title,
        title=offer.title or "—",
        state=offer.state,
        ended=offer.ended,
        seen=offer.seen,
    )


def _notices(crawl: Crawl) -> frozenset[str]:
    """Pages in whose place a notice came, of maintenance or of an error."""
    return frozenset(url for page in crawl.pages if page.notice for url in (page.url, page.final_url))
