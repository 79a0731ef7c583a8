"""The links of a page to strange hosts, and what they lie in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from xuncha.api import Box, Lineage, Link, Page, defanged, defanged_text, host_of, masked_excerpt
from xuncha_plugins.darklinks.facts import Planted, Tag
from xuncha_plugins.darklinks.hosts import has_odd_port, is_odd, leads_astray, origin_of, says_spam
from xuncha_plugins.darklinks.matching import KEPT
from xuncha_plugins.darklinks.shapes import shape_of_link
from xuncha_plugins.darklinks.stems import holds_stem, stem
from xuncha_plugins.darklinks.voices import BRAND, LOUD, SELLS, Voice, voice
from xuncha_plugins.darklinks.words import (
    LOTTERY,
    Sign,
    advertises,
    bare_words,
    heralds,
    is_cut,
    masked,
    named_words,
    names_any,
    opposed,
    runs_lottery,
    starred,
)

MAX_LINKS = 60
MAX_OUTSIDE = 1_500
"""Links of a page that are looked at."""

MAX_CALM = 5_000
MAX_TAGS = 60
MAX_ATTRIBUTE = 200
SEVERAL = 2
"""From so many different weak words on, links that are called by nothing else advertise."""

_CLICKED = ("a", "area")


def strange_links(page: Page) -> list[Link]:
    """The links that a citizen may click on and that lead to hosts nobody knows. Cheap: every page comes by here."""
    own = host_of(page.url)
    return [link for link in _outside(page)[:MAX_OUTSIDE] if leads_astray(link.target.split("/", 3)[2], own)]


def too_many(page: Page) -> bool:
    """Whether the page has more links to other sites than are looked at."""
    return len(page.links) > MAX_OUTSIDE and len(_outside(page)) > MAX_OUTSIDE


def _outside(page: Page) -> list[Link]:
    own = origin_of(page.url)
    length = len(own)
    return [link for link in page.links if link.target[:length] != own and link.target and link.kind in _CLICKED]


class Suspect(NamedTuple):
    """A link, the words of spam that speak against it, and how they speak; ``familiar``: its host is no stranger."""

    link: Link
    words: frozenset[str] = frozenset()
    voice: Voice = ""
    familiar: bool = False


class Calm:
    """Words of links that herald nothing: menus stand on every page of a site, and are read once."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def heralded(self, texts: Iterable[str]) -> list[str]:
        """The heralds that stand in any of these texts."""
        new = set(texts) - self._known
        joined = "\n".join(new)
        found = [one for one in heralds() if one in joined] if new else []
        if not found:
            self._keep(new)
        return found

    def _keep(self, texts: set[str]) -> None:
        if len(self._known) > MAX_CALM:
            self._known.clear()
        self._known |= texts


def soliciting(page: Page, calm: Calm | None = None) -> list[Suspect]:
    """Links to the site itself, to offices, schools and platforms whose words plainly sell; none where none solicits.

    Whoever broke in there links to his own pages with them. Offices of lotteries may speak of their games.
    """
    told = (calm or Calm()).heralded([link.text for link in page.links])
    if not told or _is_lottery_office(page):
        return []
    own = host_of(page.url)
    clicked = [link for link in page.links if link.target and link.kind in _CLICKED]
    spoken = [link for link in clicked if any(one in link.text for one in told)]
    home = [link for link in spoken[:MAX_OUTSIDE] if not leads_astray(link.target.split("/", 3)[2], own)]
    found = [_suspect(link, advertises(link.text))._replace(familiar=True) for link in home]
    loud = [one for one in found if one.voice in LOUD]
    return loud if any(one.voice == SELLS for one in loud) else []


def suspects(page: Page, strange: Sequence[Link]) -> list[Suspect]:
    """The links whose words, or whose hosts' names, are spam's own.

    Weak words count where several links are called by nothing else, or one beside others that sell; brands that nobody
    knows, where several are written as advertising is; stems, where nothing surer speaks against a link. Offices of
    lotteries may speak of their games.
    """
    known = _named(page, strange)
    spoken = {one.link for one in known if one.words}
    known += [one for one in _unknown_brands(strange) if one.link not in spoken]
    spoken |= {one.link for one in known if one.words}
    built = _on_stems(page, [link for link in strange if link not in spoken])
    told = {one.link for one in built}
    return [one for one in known if one.link not in told] + built


def _named(page: Page, strange: Sequence[Link]) -> list[Suspect]:
    """Those with words of the lexicon, or whose hosts say spam."""
    strange = [link for link in strange if names_any(link.text) or says_spam(host_of(link.target))]
    signs = {link: advertises(link.text) for link in strange}
    bare = {link: bare_words(link.text) for link in strange if not signs[link]}
    loud = [found for link, found in signs.items() if voice(link.text, found) in LOUD]
    if len({sign for found in (*bare.values(), *loud) for sign in found}) >= SEVERAL:
        signs |= bare
    if any(sign.family == LOTTERY for found in signs.values() for sign in found) and _is_lottery_office(page):
        signs = {link: frozenset(one for one in found if one.family != LOTTERY) for link, found in signs.items()}
    return [_suspect(link, found) for link, found in signs.items() if found or says_spam(host_of(link.target))]


def _on_stems(page: Page, links: Iterable[Link]) -> list[Suspect]:
    """Those whose words are built on a stem; none on pages of offices that run lotteries."""
    links = list(links)
    if not holds_stem([link.text for link in links]):
        return []
    built = [(link, found) for link in links if (found := stem(link.text))]
    if not built or _is_lottery_office(page):
        return []
    return [Suspect(link, frozenset((found.word,)), found.voice) for link, found in built]


def _unknown_brands(links: Sequence[Link]) -> list[Suspect]:
    """Links that are written as advertising is, whatever the brand, where there are several."""
    shaped = [(link, sign) for link in links if (sign := shape_of_link(link.text))]
    found = [Suspect(link, frozenset((sign.word,)), BRAND) for link, sign in shaped if not opposed(link.text)]
    return found if len({one.words for one in found}) >= SEVERAL else []


def _suspect(link: Link, found: frozenset[Sign]) -> Suspect:
    return Suspect(link, frozenset(sign.word for sign in found), voice(link.text, found))


def _is_lottery_office(page: Page) -> bool:
    return any(map(runs_lottery, filter(None, (page.title, page.meta("keywords"), page.meta("SiteName")))))


def planted(page: Page, suspected: Sequence[Suspect]) -> Iterator[Planted]:
    """The links with what they lie in; at most ``MAX_LINKS``, those with words first."""
    chosen = sorted(suspected, key=lambda one: not one.words)[:MAX_LINKS]
    lineages = {(one.raw, one.line): one for one in page.lineages({one.link.raw for one in chosen})}
    for one in chosen:
        yield _planted(one, lineages.get((one.link.raw, one.link.line)))


def planted_within(page: Page, links: Iterable[Link]) -> Iterator[Planted]:
    """What stands in an element of its own within one of these links and sells, whatever the link says besides.

    A style rule may hide that element alone: ``<a><i style="display:none">…</i>普通文字</a>``.
    """
    named = {(link.raw, link.line): link for link in links if names_any(link.text)}
    own = host_of(page.url)
    for lineage in page.lineages({raw for raw, _ in named}) if named else ():
        link = named.get((lineage.raw, lineage.line))
        spoken = [one for one in lineage.inner if voice(one.text, advertises(one.text)) in LOUD] if link else []
        if link and spoken:
            suspect = _suspect(link._replace(text=spoken[-1].text), advertises(spoken[-1].text))
            familiar = not leads_astray(link.target.split("/", 3)[2], own)
            within = replace(lineage, boxes=(*spoken[-1].boxes, *lineage.boxes), text=spoken[-1].text)
            yield replace(_planted(suspect._replace(familiar=familiar), within), within=len(spoken[-1].boxes))


def _planted(one: Suspect, lineage: Lineage | None) -> Planted:
    link, host = one.link, host_of(one.link.target)
    text = defanged_text(masked_excerpt(link.text, 40))
    return Planted(
        defanged(host),
        defanged(link.target[:300]),
        text,
        link.line,
        tuple(sorted(map(masked, one.words))),
        is_odd(host) or has_odd_port(link.target),
        says_spam(host),
        lineage is not None and not lineage.text.strip(),
        tags_of(lineage) if lineage else (),
        one.voice,
        one.familiar,
        is_cut(link.text),
        shown=_shown(one),
    )


def _shown(one: Suspect) -> str:
    words = one.words | named_words(one.link.text)
    return defanged_text(masked_excerpt(starred(one.link.text, words), 40))


def tags_of(lineage: Lineage) -> tuple[Tag, ...]:
    """An element and what it lies in, inside out."""
    return tuple(map(_tag, lineage.boxes[:MAX_TAGS]))


def _tag(box: Box) -> Tag:
    kept = ((name, value[:MAX_ATTRIBUTE]) for name, value in box.attrs.items() if name in KEPT)
    return Tag(box.tag, tuple(sorted(kept)), tuple(map(_tag, box.before)), box.more_before)
