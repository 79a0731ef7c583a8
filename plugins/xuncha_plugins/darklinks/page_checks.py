"""Titles that advertise, and scripts and frames that do not belong."""

from collections.abc import Iterator

from xuncha.api import Ask, Crawl, ElementLocator, Finding, Gap, Unsure, Url, ask, check, finding
from xuncha_plugins.darklinks.facts import Injected, LaidOut, Plants, TitleSpam
from xuncha_plugins.darklinks.unseen import without_home

_NAMED = 5
_ELEMENTS = {"meta": "meta", "before-title": "head", "clone": "body"}


@check("darklinks.title-spam")
def title_spam(plants: Plants, crawl: Crawl | Gap) -> Iterator[Finding | Ask | Unsure]:
    """No title, description or text before the title advertises betting, pornography and the like."""
    for one in plants.titles:
        yield _on_head(one)
    for script in plants.scripts:
        if script.kind == "title":
            place = ElementLocator(script.url, "title", script.line, script.depth)
            yield finding(place, "scripted", words="、".join(script.words[:_NAMED]), pages=script.pages)
    yield from without_home(crawl)


def _on_head(one: TitleSpam) -> Finding | Ask:
    say = finding if one.sure else ask
    place = ElementLocator(one.url, _ELEMENTS.get(one.kind, "title"), one.line, one.depth)
    return say(place, one.kind, distinct=one.kind, shown=one.shown, words="、".join(one.words[:_NAMED]) or "—")


@check("darklinks.injected")
def injected(plants: Plants, laid: LaidOut | Gap, crawl: Crawl | Gap) -> Iterator[Finding | Ask | Unsure]:
    """No page runs a miner or a script of a bad host, or opens a strange host in a frame that nobody can see."""
    yield from map(_on_injected, plants.injected)
    told = {(one.kind.partition("-")[0], one.host) for one in plants.injected}
    for page in () if isinstance(laid, Gap) else laid.pages:
        new = [one for one in page.injected if (one.kind.partition("-")[0], one.host) not in told]
        told |= {(one.kind.partition("-")[0], one.host) for one in new}
        yield from map(_on_injected, new)
    yield from without_home(crawl)


def _on_injected(one: Injected) -> Finding | Ask:
    place = ElementLocator(one.url, "iframe" if one.kind.startswith("frame") else "script", one.line, one.depth)
    distinct, url, source = f"{one.kind} {one.host}", Url(one.target), one.source or "—"
    if one.kind.endswith("-maybe"):
        return ask(place, one.kind, distinct=distinct, url=url, source=source, pages=one.pages)
    unverified = not one.verified
    return finding(place, one.kind, distinct=distinct, unverified=unverified, url=url, source=source, pages=one.pages)
