"""The links of a page to strange hosts, and what they lie in."""

from collections.abc import Iterator, Sequence

from xuncha.api import Box, Lineage, Link, Page, defanged, defanged_text, host_of, masked_excerpt
from xuncha_plugins.darklinks.facts import Planted, Tag
from xuncha_plugins.darklinks.hosts import has_odd_port, is_odd, leads_astray, origin_of, says_spam
from xuncha_plugins.darklinks.matching import KEPT
from xuncha_plugins.darklinks.words import advertises, masked, signs

MAX_LINKS = 60
MAX_OUTSIDE = 5_000
MAX_TAGS = 60
MAX_ATTRIBUTE = 200
_CLICKED = ("a", "area")


def strange_links(page: Page) -> list[Link]:
    """The links that a citizen may click on and that lead to hosts nobody knows. Cheap: every page comes by here."""
    own, own_host = origin_of(page.url), host_of(page.url)
    length = len(own)
    outside = [link for link in page.links if link.target[:length] != own and link.target and link.kind in _CLICKED]
    return [link for link in outside[:MAX_OUTSIDE] if leads_astray(link.target.split("/", 3)[2], own_host)]


def is_suspicious(link: Link) -> bool:
    """Whether the words of the link, or its host's name, are spam's own."""
    return bool(advertises(link.text)) or says_spam(host_of(link.target))


def planted(page: Page, links: Sequence[Link]) -> Iterator[Planted]:
    """The links with what they lie in; at most ``MAX_LINKS``, the suspicious ones first."""
    chosen = sorted(links, key=lambda link: not is_suspicious(link))[:MAX_LINKS]
    lineages = {(one.raw, one.line): one for one in page.lineages({link.raw for link in chosen})}
    for link in chosen:
        yield _planted(link, lineages.get((link.raw, link.line)))


def _planted(link: Link, lineage: Lineage | None) -> Planted:
    host = host_of(link.target)
    odd = is_odd(host) or has_odd_port(link.target)
    words = sorted({masked(sign.word) for sign in signs(link.text)} if advertises(link.text) else ())
    tags = tags_of(lineage) if lineage else ()
    text = defanged_text(masked_excerpt(link.text, 40))
    return Planted(
        defanged(host), defanged(link.target[:300]), text, link.line, tuple(words), odd, says_spam(host), tags
    )


def tags_of(lineage: Lineage) -> tuple[Tag, ...]:
    """An element and what it lies in, inside out."""
    return tuple(map(_tag, lineage.boxes[:MAX_TAGS]))


def _tag(box: Box) -> Tag:
    kept = ((name, value[:MAX_ATTRIBUTE]) for name, value in box.attrs.items() if name in KEPT)
    return Tag(box.tag, tuple(sorted(kept)))
