"""Tells planted links from what honest pages hide: menus, tabs, windows, skip links, pictures in place of words.

Hidden alone is nothing. It takes links to strange hosts whose words, or whose names, are spam's own, or many odd hosts
kept from the eye by a trick that no menu needs.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from xuncha.api import Gap, Reason, host_of, registrable
from xuncha_plugins.darklinks.boxes import GONE, OF_TABS, SHOWN
from xuncha_plugins.darklinks.cascade import Cascade, Room
from xuncha_plugins.darklinks.facts import UNLAYERED, Group, Planted, Rule, Sheet, Sheets, Source, Tag
from xuncha_plugins.darklinks.hiding import (
    Styles,
    is_indented_away,
    is_out_of_reach,
    is_sizeless,
    is_unreadable,
    may_hide,
    trick,
)
from xuncha_plugins.darklinks.links import MAX_TAGS
from xuncha_plugins.darklinks.voices import LOUD, NEWS, OFFER, SELLS, STEMS, TRADE, VICE

CLUSTER = 3
"""So many links with words of spam on one page were not put there by an editor, seen or unseen."""

SELLING = 2
"""So many where they solicit plainly."""

SAYING = 2
"""So many different hosts that say spam in their names."""

MAX_CHAINS = 30
"""Different places on a page that links are looked at in."""

MANY = 5
"""So many different odd hosts behind a trick that no menu needs."""

CROWD = 5
"""So many different hosts, whatever their names, beyond the screen or in a marquee without height."""

_UNUSUAL = frozenset(("offscreen", "tiny", "marquee", "transparent", "clipped", "colour"))
UNSEEN = "unseen-"
"""Begins the tricks that a browser tells of."""

_SHORT = 4
"""Characters of a link's words that tell nothing: 友情链接, 首页. 拉斯维加斯博物馆 explains its host's name."""

_SURE = (SELLS, OFFER)
_PASSING = frozenset((UNSEEN + "boxed", UNSEEN + "covered"))
"""What a carousel slides away and a floating window covers comes back: by itself it asks nothing."""

_RARE = frozenset(("marquee", "clipped", "colour"))
_RARE_IN_BROWSERS = frozenset(UNSEEN + one for one in ("clipped", "colour", "offscreen", "tiny"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a group of links comes to: ``key`` is the message, empty for nothing. ``sure`` False asks a person.

    ``open``: a sheet that could not be read, or a rule of which nobody knows whether it holds, may hide these links.
    """

    key: str
    links: tuple[Planted, ...] = ()
    sure: bool = True
    open: Reason | None = None


class Cascades:
    """The rules of pages with the same sheets, read once; ``room`` is what all of them may cost."""

    def __init__(self, sheets: Sheets | Gap) -> None:
        self.sheets = sheets
        self._room = Room()
        self._known: dict[tuple[Source, ...], Cascade] = {}

    def of(self, group: Group) -> Cascade:
        """The rules of this group's page."""
        if group.sources not in self._known:
            self._known[group.sources] = Cascade(_rules(group, self.sheets), self._room)
        return self._known[group.sources]


Looks = Mapping[tuple[str, str, int | None], str]
"""How a browser lays out links, by target, words and line; see ``Laid``."""

_NOT_LOOKED: Looks = MappingProxyType({})
_NONE: Mapping[Planted, str] = MappingProxyType({})


def verdict(group: Group, cascades: Cascades, looks: Looks = _NOT_LOOKED) -> Verdict:
    """Whether the links of a page were planted, as far as style rules tell, and a browser where it looked.

    A browser decides what the rules leave open, and sees what they can't. Where both know, and the browser shows what
    the rules hide for certain, that is a question: visitors with other screens may not be shown it.
    """
    told = _Told(group, cascades)
    by_rules = told.verdict(told.tricks)
    seen = {link: look for link in group.links if (look := looks.get((link.target, link.text, link.line), ""))}
    if not seen:
        return by_rules
    found = told.verdict({link: _by_both(told.tricks[link], seen.get(link, "")) for link in group.links}, seen)
    if by_rules.key and by_rules.sure and not (found.key and found.sure):
        return Verdict("shown", by_rules.links, sure=False)
    if found.key == "cluster" and all(seen.get(link) == SHOWN for link in found.links):
        return replace(found, key="visible")
    gone = [link for link in group.links if seen.get(link) == GONE and speaks(link) and not told.tricks[link]]
    return Verdict("gone", tuple(gone), sure=False) if gone and found.key in ("", "cluster") else found


def _by_both(trick: str, look: str) -> str:
    """The trick that hides a link, by the rules and by a browser. What left the page says nothing against the rules."""
    if look in ("", GONE):
        return trick
    return "" if look == SHOWN else trick or UNSEEN + look


class _Told:
    """What the style rules tell of a group's links."""

    def __init__(self, group: Group, cascades: Cascades) -> None:
        self._group = group
        self._sheets = cascades.sheets
        cascade = cascades.of(group)
        chains = list(dict.fromkeys(link.tags for link in group.links))[:MAX_CHAINS]
        self._styles = {tags: cascade.styles(tags) for tags in chains}
        self._cut = cascade.cut
        by_place = {place: self._trick(*place) for place in {(link.tags, link.within) for link in group.links}}
        self.tricks = {link: by_place[link.tags, link.within] for link in group.links}

    def _trick(self, tags: tuple[Tag, ...], within: int) -> str:
        """What hides a link, or what stands within it and not the link itself."""
        styles = self._styles.get(tags)
        if styles is None or (within and trick(tags[within:], styles[within:])):
            return ""
        return trick(tags, styles)

    def verdict(self, tricks: dict[Planted, str], seen: Mapping[Planted, str] = _NONE) -> Verdict:
        """What it comes to where links are hidden by these; ``seen`` are those that need no rules any more."""
        group, styles = self._group, self._styles
        hidden = [link for link in group.links if tricks[link]]
        whole = [link for link in group.links if not link.within]
        doubtful = [link for link in whole if speaks(link) and not tricks[link] and link not in seen]
        why = self._why(doubtful) if doubtful else None
        rare = [link for link in hidden if _is_rare(tricks[link], styles.get(link.tags, ()), link.within + 1)]
        found = [_by_words(group, hidden, tricks, rare), _by_hosts(hidden, tricks), _crowd(hidden, tricks, styles)]
        found.append(_dots(group))
        told = [one for one in found if one is not None]
        return next((one for one in told if one.sure), told[0] if told else Verdict("", open=why))

    def _why(self, doubtful: list[Planted]) -> Reason | None:
        return _unread(self._group, self._sheets) or _undecided(self._group, doubtful, self._styles, cut=self._cut)


def _is_rare(trick: str, styles: Styles, own: int) -> bool:
    """Whether no tab, menu, accordion or carousel keeps its links like that; ``own`` styles are the link's."""
    if trick == "offscreen" and styles:
        return is_out_of_reach(styles, own) or is_indented_away(styles, own)
    if trick == "tiny":
        return is_unreadable(styles) or is_sizeless(styles)
    return trick in _RARE or trick in _RARE_IN_BROWSERS


def _by_words(group: Group, hidden: list[Planted], tricks: dict[Planted, str], rare: list[Planted]) -> Verdict | None:
    """What the words of hidden links tell, wherever they lead; links that can be seen are a question at most."""
    strange = [link for link in hidden if link.words and not link.familiar]
    loud = [link for link in strange if link.voice in LOUD]
    if planted := _surely_planted(strange, loud, rare):
        return Verdict(_usual(tricks, planted), tuple(planted))
    at_home = [link for link in hidden if link.familiar]
    if any(link.voice == SELLS for link in at_home):
        return Verdict("familiar", (*at_home, *loud), sure=_several([*at_home, *loud]))
    if any(_of_vice(link) and tricks[link] not in _PASSING for link in strange):
        return _asked(strange)
    odd = [link for link in strange if (_is_odd(link) and tricks[link] not in _PASSING) or link in rare]
    return _asked(odd) if odd else _in_sight(group)


def _surely_planted(strange: list[Planted], loud: list[Planted], rare: list[Planted]) -> list[Planted]:
    """Hidden links that nobody can have placed but who broke in; several stems of vice where no tab keeps them."""
    if _sure(loud, rare):
        return [link for link in strange if link.voice != NEWS]
    unseen = [link for link in strange if _of_vice(link) and link in rare]
    return unseen if len({link.text for link in unseen}) >= SELLING else []


def _in_sight(group: Group) -> Verdict | None:
    seen = [link for link in group.links if link.words and not (link.familiar or link.within or _is_quiet(link))]
    enough = len(seen) >= CLUSTER or sum(link.voice == SELLS for link in seen) >= SELLING
    if enough and len({link.host for link in seen}) > 1 and _several(seen):
        return Verdict("cluster", tuple(seen), sure=False)
    cut = [link for link in seen if link.cut and link.voice in LOUD]
    return Verdict("cut", tuple(cut), sure=False) if cut else None


def _sure(loud: Sequence[Planted], rare: Collection[Planted]) -> bool:
    """Whether nothing honest looks like that: soliciting, a trick that no tab needs, or several of spam's own names.

    One such name alone in a tab may be a shop's: 百家乐超市 calls itself 百家乐.
    """
    return any(link.voice in _SURE or link.odd or link in rare for link in loud) or _several(loud)


def _several(links: Iterable[Planted]) -> bool:
    """Whether the words that nobody bears by right are several, on several links."""
    loud = [link.words for link in links if link.voice in LOUD]
    return len(loud) > 1 and len({word for words in loud for word in words}) > 1


def _asked(links: Iterable[Planted]) -> Verdict:
    return Verdict("maybe", tuple(links), sure=False)


def _by_hosts(hidden: list[Planted], tricks: dict[Planted, str]) -> Verdict | None:
    saying = [link for link in hidden if link.says]
    if len({link.host for link in saying}) >= SAYING:
        return Verdict(_usual(tricks, saying), tuple(saying))
    odd = [link for link in hidden if link.odd and tricks[link].removeprefix(UNSEEN) in _UNUSUAL]
    if len({link.host for link in odd}) >= MANY:
        return _asked(odd)
    unexplained = [link for link in saying if _is_unusual(tricks[link]) or len(link.text) <= _SHORT]
    return _asked(unexplained) if unexplained else None


def _dots(group: Group) -> Verdict | None:
    """Links by a dot or a comma, which nobody clicks on, to hosts that say spam in their names."""
    dots = [link for link in group.links if link.says and link.text and not any(map(str.isalnum, link.text))]
    return Verdict("dots", tuple(dots), sure=len({link.host for link in dots}) >= SAYING) if dots else None


def _is_unusual(trick: str) -> bool:
    return trick.removeprefix(UNSEEN) not in OF_TABS


def _crowd(
    hidden: list[Planted], tricks: dict[Planted, str], styles: Mapping[tuple[Tag, ...], Styles]
) -> Verdict | None:
    """So many words that nobody can ever see, whatever they say; what a carousel slides away comes back."""
    written = [link for link in hidden if not link.pictured and link.tags in styles]
    gone = [link for link in written if tricks[link] == "marquee" or is_out_of_reach(styles[link.tags])]
    if len({link.host for link in gone}) >= CROWD:
        return _asked(gone)
    indented = [link for link in written if is_indented_away(styles[link.tags])]
    if len({link.host for link in indented}) >= CROWD and not _of_one_place(indented):
        return _asked(indented)
    return None


def _of_one_place(links: list[Planted]) -> bool:
    """Whether most names begin alike, as those of a town's enterprises do."""
    return 2 * Counter(link.text[:2] for link in links).most_common(1)[0][1] > len(links)


def _usual(tricks: dict[Planted, str], links: Iterable[Planted]) -> str:
    """The trick that most of these links are hidden by."""
    return Counter(tricks[link] for link in links).most_common(1)[0][0]


def _rules(group: Group, sheets: Sheets | Gap) -> Iterator[Rule]:
    """The rules of the page in their order, as far as its sheets are known."""
    known = {sheet.url: sheet.rules for sheet in _known(group, sheets)}
    found = [(known.get(source.sheet, ()) if source.sheet else source.rules, source.sure) for source in group.sources]
    layered = sum(any(rule.layer != UNLAYERED for rule in rules) for rules, _ in found)
    for rules, sure in found:
        for rule in rules:
            # Layers are counted sheet by sheet: which of two sheets' comes first, nobody knows.
            certain = sure and (layered <= 1 or rule.layer == UNLAYERED)
            yield rule if certain else replace(rule, sure=False)


def _undecided(
    group: Group, suspicious: list[Planted], styles: Mapping[tuple[Tag, ...], Styles], *, cut: bool
) -> Reason | None:
    """Why nobody knows whether suspicious links are hidden; None where they are seen."""
    if cut or not all(source.whole for source in group.sources):
        return Reason.TOO_LARGE
    lost = any(not 0 < len(link.tags) < MAX_TAGS or link.tags not in styles for link in suspicious)
    if lost or any(may_hide(link.tags, styles[link.tags]) for link in suspicious):
        return Reason.STYLE_UNDECIDED
    return None


def speaks(link: Planted) -> bool:
    """Whether its words or its host's name are spam's own."""
    return _of_vice(link) or link.says


def _of_vice(link: Planted) -> bool:
    return link.voice in LOUD or link.voice == VICE


def _is_quiet(link: Planted) -> bool:
    """Whether its words tell nothing where the link can be seen."""
    return link.voice == NEWS or link.voice in STEMS


def _is_odd(link: Planted) -> bool:
    """Whether its host speaks against it where menus and tabs are: of a trade's it does not."""
    return link.odd and link.voice != TRADE


def _known(group: Group, sheets: Sheets | Gap) -> list[Sheet]:
    if isinstance(sheets, Gap):
        return []
    wanted = group.sheets
    return [sheet for sheet in sheets.sheets if sheet.url in wanted]


def _unread(group: Group, sheets: Sheets | Gap) -> Reason | None:
    """Why some of the group's sheets are not known; None where all are, or nothing hangs on them.

    Those of other sites are never asked for.
    """
    if not group.sheets:
        return None
    if isinstance(sheets, Gap):
        return sheets.reason
    if any(registrable(host_of(url)) != registrable(host_of(group.url)) for url in group.sheets):
        return Reason.STYLE_UNDECIDED
    known = _known(group, sheets)
    problem = next((sheet.problem for sheet in known if sheet.problem), None)
    if not all(sheet.whole for sheet in known):
        problem = problem or Reason.TOO_LARGE
    return problem or (Reason.BUDGET_REACHED if not sheets.complete and len(known) < len(group.sheets) else None)
