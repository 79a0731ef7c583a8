"""Mixed content, and scripts of others that nobody would notice being exchanged."""

from collections.abc import Iterator, Sequence

from xuncha.api import Crawl, LinkLocator, Reason, Url, check, finding, not_applicable, unsure, warning
from xuncha_plugins.headers.facts import Danger, Loaded, Resources
from xuncha_plugins.headers.judging import Said, own_pages


@check("headers.mixed-content")
def mixed_content(loaded: Resources, crawl: Crawl) -> Iterator[Said]:
    """HTTPS pages load nothing over plain HTTP, unless they tell browsers to use HTTPS all the same."""
    if crawl.bare:
        yield unsure(Reason.TOO_FEW_PAGES)
    elif loaded.pages and not loaded.secure_pages:
        yield not_applicable(Reason.NO_HTTPS)
    else:
        for one in _on_own_pages(loaded.insecure, crawl):
            danger = one.danger or Danger.UPGRADED
            say = finding if danger is Danger.BLOCKED else warning
            yield say(_place(one), danger, distinct=danger, target=Url(one.target), pages=one.pages)


@check("headers.sri")
def integrity(loaded: Resources, crawl: Crawl) -> Iterator[Said]:
    """Scripts and style sheets of other organisations carry integrity metadata (advisory)."""
    if crawl.bare:
        yield unsure(Reason.TOO_FEW_PAGES)
    elif loaded.pages and loaded.complete and not (loaded.unsealed or loaded.sealed):
        yield not_applicable(Reason.NOT_OFFERED)
    else:
        for one in _on_own_pages(loaded.unsealed, crawl):
            yield warning(_place(one), "unsealed", target=Url(one.target), pages=one.pages)


def _on_own_pages(loaded: Sequence[Loaded], crawl: Crawl) -> Iterator[Loaded]:
    own = own_pages(crawl)
    return (one for one in loaded if one.page in own)


def _place(one: Loaded) -> LinkLocator:
    return LinkLocator(one.page, one.target, "", one.line, one.depth, any_page=True)
