"""What style rules come to for a link and all that it lies in: by importance, specificity and order (CSS Cascade 4)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from xuncha_plugins.darklinks.custom import resolved
from xuncha_plugins.darklinks.edges import each_edge
from xuncha_plugins.darklinks.facts import UNLAYERED, Rule, Tag
from xuncha_plugins.darklinks.matching import Match, Selector, keys, matches, parsed
from xuncha_plugins.darklinks.style import Style
from xuncha_plugins.darklinks.styles import Declarations, style_attribute

MAX_TRIED = 1_500
"""Rules that are held against one link at most."""

MAX_STEPS = 3_000_000
"""At about a microsecond each: a few seconds for everything that a check looks at."""

_FONT_SIZE = re.compile(r"(?<![\w.#/-])(\d[\d.]*(?:px|pt|em|rem|%)|0(?:\.0*)?)(?:\s*/|\s)")
_TO_READ = 20
"""Steps that a selector takes to parse."""

_BESIDE = 12
"""So many times as many where it asks for elements before others."""

_EDGES = ("top", "right", "bottom", "left")
_ATTRIBUTES = (("color", "color"), ("bgcolor", "background-color"))
_Weight = tuple[bool, int, int, tuple[int, int, int], int]
_Place = tuple[int, int, tuple[int, int, int], int]
_OF_ATTRIBUTE, _OF_RULE, _OF_STYLE = range(3)
_NOT_SHOWN = ("display", "none", False)


class _Known(NamedTuple):
    order: int
    rule: Rule
    selector: Selector


class Room:
    """What matching may cost in all, however many links and rules a hostile site has."""

    def __init__(self, steps: int = MAX_STEPS) -> None:
        self._steps = steps

    def takes(self, selector: Selector, depth: int) -> bool:
        """Whether there is room to hold ``selector`` against an element so deep; it is used up then."""
        self._steps -= selector.parts * depth * depth * (_BESIDE if selector.beside else 1) if selector.parts > 1 else 1
        return self._steps > 0

    def reads(self) -> bool:
        """Whether there is room to read one more rule; it is used up then."""
        self._steps -= _TO_READ
        return self._steps > 0


class Cascade:
    """The rules of a page, those of earlier sheets first. ``cut`` is True once some had no room."""

    def __init__(self, rules: Iterable[Rule], room: Room | None = None) -> None:
        self._room = room or Room()
        self._by_key: dict[str, list[_Known]] = {}
        self.cut = False
        for order, rule in enumerate(rules):
            if not self._room.reads():
                self.cut = True
                break
            if selector := parsed(rule.selector):
                self._by_key.setdefault(selector.key, []).append(_Known(order, rule, selector))

    def styles(self, tags: Sequence[Tag]) -> tuple[Style, ...]:
        """The style of each of ``tags``, inside out."""
        room = MAX_TRIED
        found = []
        for at, tag in enumerate(tags):
            known = list(self._likely(tag, len(tags) - at, room))
            room -= len(known)
            found.append(_settled([*_own(tag), *_closed(tags, at), *_matching(known, tags, at)]))
        return resolved(found)

    def _likely(self, tag: Tag, depth: int, room: int) -> Iterator[_Known]:
        """The rules that may choose ``tag``, until there is no room for more."""
        every = (one for key in dict.fromkeys(keys(tag)) for one in self._by_key.get(key, ()))
        for one in every:
            if room == 0 or not self._room.takes(one.selector, depth):
                self.cut = True
                return
            room -= 1
            yield one


class _Claim(NamedTuple):
    weight: _Weight
    name: str
    value: str
    match: Match


def _matching(known: Iterable[_Known], tags: Sequence[Tag], at: int) -> Iterator[_Claim]:
    for one in known:
        match = matches(one.selector, tags, at)
        if match is not Match.NO:
            match = match if one.rule.sure else min(match, Match.MAYBE)
            place = (_OF_RULE, one.rule.layer, one.selector.specificity, one.order)
            yield from _claims(one.rule.declarations, place, match)


def _own(tag: Tag) -> Iterator[_Claim]:
    attrs = dict(tag.attrs)
    hints = [(name, attrs[key], False) for key, name in _ATTRIBUTES if attrs.get(key)]
    if "hidden" in attrs or "popover" in attrs:
        hints.append(("display", "none", False))
    yield from _claims(tuple(hints), _place(_OF_ATTRIBUTE))
    yield from _claims(style_attribute(attrs.get("style", "")), _place(_OF_STYLE))


def _closed(tags: Sequence[Tag], at: int) -> Iterator[_Claim]:
    """What a browser itself does not show: a dialog nobody opened, all but the summary of closed details."""
    tag, outer = tags[at], tags[at + 1] if at + 1 < len(tags) else Tag("")
    folded = outer.name == "details" and tag.name != "summary" and not _has_open(outer)
    if folded or (tag.name == "dialog" and not _has_open(tag)):
        yield from _claims((_NOT_SHOWN,), _place(_OF_ATTRIBUTE))


def _has_open(tag: Tag) -> bool:
    return any(name == "open" for name, _ in tag.attrs)


def _place(origin: int) -> _Place:
    return origin, UNLAYERED, (0, 0, 0), 0


def _claims(declarations: Declarations, place: _Place, match: Match = Match.YES) -> Iterator[_Claim]:
    origin, layer, specificity, order = place
    for name, value, important in declarations:
        for longhand, its_value in _longhands(name, value):
            weight = (important, origin, -layer if important else layer, specificity, order)
            yield _Claim(weight, longhand, its_value, match)


def _longhands(name: str, value: str) -> Iterator[tuple[str, str]]:
    """A shorthand sets its parts, where they are found in it; every other property is itself."""
    yield name, value
    if name == "font" and (size := _FONT_SIZE.search(value + " ")):
        yield "font-size", size[1]
    if name == "background":
        yield "background-color", value.partition(" ")[0]
        pictured = any(sign in value.replace("url()", "") for sign in ("url(", "gradient", "var("))
        yield "background-image", value if pictured else "none"
    if name in ("overflow-x", "overflow-y"):
        yield "overflow", value
    if name in ("inset", "margin") and (values := value.split()):
        edges = _EDGES if name == "inset" else [f"margin-{edge}" for edge in _EDGES]
        yield from zip(edges, each_edge(values), strict=False)


def _settled(claims: Sequence[_Claim]) -> Style:
    style = Style()
    weights: dict[str, _Weight] = {}
    for claim in claims:
        if claim.match is not Match.YES:
            style.open.setdefault(claim.name, set()).add(claim.value)
        elif claim.name not in weights or claim.weight >= weights[claim.name]:
            weights[claim.name] = claim.weight
            style.values[claim.name] = claim.value
    for claim in claims:
        if claim.match is Match.MAYBE and (claim.name not in weights or claim.weight >= weights[claim.name]):
            style.stronger.setdefault(claim.name, set()).add(claim.value)
    return style
