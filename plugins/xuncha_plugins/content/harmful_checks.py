"""Live links to harmful pages: accused only where the page that opened shows it, asked about where signs remain."""

from collections.abc import Iterator

from xuncha.api import (
    Ask,
    Coverage,
    Crawl,
    Finding,
    LinkLocator,
    Reason,
    Unsure,
    Url,
    ask,
    check,
    finding,
    unsure,
)
from xuncha_plugins.content.harmful_facts import HarmfulLook, HarmfulTargets
from xuncha_plugins.content.seen import too_scripted


@check("content.harmful")
def harmful(crawl: Crawl, targets: HarmfulTargets) -> Iterator[Finding | Ask | Unsure | Coverage]:
    """No link leads to a live page of gambling, pornography or forged papers (2019 indicators, veto 1 (3))."""
    for look in targets.looks:
        if look.problem is None or look.plain:
            yield _on_look(look)
    if crawl.bare:
        yield unsure(Reason.TOO_FEW_PAGES)
    elif too_scripted(crawl):
        yield unsure(Reason.NEEDS_BROWSER)
    yield from _not_seen(targets)
    yield _coverage(crawl, targets)


def _on_look(look: HarmfulLook) -> Finding | Ask:
    place = LinkLocator(look.page, look.url, look.text, look.line, look.depth, any_page=True)
    if look.certain:
        return finding(
            place,
            look.family,
            excerpt=look.title,
            url=Url(look.final_url),
            title=look.title or "—",
            words=look.words,
            sources=look.sources,
        )
    key = "unopened" if look.problem else "maybe" if look.family else "sign"
    return ask(place, key, excerpt=look.text, url=Url(look.final_url), text=look.text or "—", sources=look.sources)


def _not_seen(targets: HarmfulTargets) -> Iterator[Unsure]:
    """Links whose words are a sign, and that could not be opened; where nothing is left, nothing is open."""
    unreached = [look for look in targets.looks if look.problem and not look.gone]
    if not targets.complete:
        yield unsure(Reason.BUDGET_REACHED)
    elif unreached:
        yield unsure(unreached[0].problem or Reason.UNREACHABLE)


def _coverage(crawl: Crawl, targets: HarmfulTargets) -> Coverage:
    """Pages that were read and hosts that were opened, whichever is less."""
    known = max(crawl.known, len(crawl.pages), 1)
    pages = Coverage(len(crawl.pages), known, crawl.complete)
    hosts = Coverage(targets.opened, targets.known, targets.opened == targets.known)
    return min(pages, hosts, key=lambda one: one.share)
