"""Matches a selector with an element of which the ancestors are known, and who stands before them: yes, no, or maybe.

Ids, classes, names, kept attributes and what stands before an element are sure. What hangs on those after it, on the
pointer, on what script does (``:last-child``, ``:hover``, ``:has``) may match: a rule that may show an element is one
that shows it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Any, NamedTuple

from cssselect2 import parser  # type: ignore[import-untyped]

from xuncha_plugins.darklinks.facts import Tag

KEPT = frozenset((
    "id", "class", "style", "hidden", "open", "width", "height", "color", "bgcolor", "size", "type", "scrollamount",
    "coords", "popover",
))  # fmt: skip
"""The attributes of ``Tag`` that are known; whatever else a selector asks for may be there."""

_STRUCTURES = {"root": ("html",), "link": ("a", "area")}
"""Pseudo-classes that hang on the element's name alone."""

_AT_TIMES = frozenset(("hover", "focus", "focus-within", "focus-visible", "active", "target", "visited"))


class Match(IntEnum):
    """``min`` is and, ``max`` is or. ``AT_TIMES``: while the visitor points, clicks or types."""

    NO = 0
    AT_TIMES = 1
    MAYBE = 2
    YES = 3


@dataclass(frozen=True, slots=True)
class Selector:
    """A parsed selector; ``key`` is what the last of its ``parts`` asks for by id, class or name.

    ``beside``: it asks for what stands before an element.
    """

    tree: Any
    specificity: tuple[int, int, int]
    key: str
    parts: int = 1
    beside: bool = False


@lru_cache(maxsize=12_000)
def parsed(text: str) -> Selector | None:
    """A selector; None where it is faulty, or chooses a pseudo-element."""
    try:
        (selector,) = parser.parse(text)
    except (ValueError, RecursionError):
        return None
    if selector.pseudo_element:
        return None
    tree = selector.parsed_tree
    combinators = _combinators(tree)
    beside = not {"+", "~"}.isdisjoint(combinators)
    return Selector(tree, tuple(selector.specificity), _key(tree), len(combinators) + 1, beside)


def _combinators(tree: Any) -> list[str]:
    found = []
    while isinstance(tree, parser.CombinedSelector):
        found.append(tree.combinator)
        tree = tree.left
    return found


def _key(tree: Any) -> str:
    last = tree.right if isinstance(tree, parser.CombinedSelector) else tree
    parts = last.simple_selectors
    for kind, mark, name in (
        (parser.IDSelector, "#", "ident"),
        (parser.ClassSelector, ".", "class_name"),
        (parser.LocalNameSelector, "", "lower_local_name"),
    ):
        for part in parts:
            if isinstance(part, kind):
                return f"{mark}{getattr(part, name)}"
    return "*"


def keys(tag: Tag) -> list[str]:
    """What a selector's ``key`` may be, where it can match ``tag``."""
    attrs = dict(tag.attrs)
    return ["*", tag.name, f"#{attrs.get('id', '')}", *(f".{name}" for name in attrs.get("class", "").split())]


def matches(selector: Selector, tags: Sequence[Tag], at: int = 0) -> Match:
    """Whether ``selector`` chooses ``tags[at]``, whose ancestors follow it."""
    return _Matching(tags).tree(selector.tree, _Place(at))


class _Place(NamedTuple):
    """An element: ``tags[at]``, or the one that stands ``before`` places before it."""

    at: int
    before: int = 0


class _Matching:
    """One element's ancestors, and those before them; remembers what was matched, so that backtracking is bounded."""

    def __init__(self, tags: Sequence[Tag]) -> None:
        self._tags = tags
        self._known: dict[tuple[int, _Place], Match] = {}

    def tree(self, tree: Any, place: _Place) -> Match:
        key = id(tree), place
        if key not in self._known:
            self._known[key] = self._tree(tree, place)
        return self._known[key]

    def _tree(self, tree: Any, place: _Place) -> Match:
        if not isinstance(tree, parser.CombinedSelector):
            return self._compound(tree, place)
        right = self._compound(tree.right, place)
        return min(right, self._left(tree, place)) if right else right

    def _left(self, tree: Any, place: _Place) -> Match:
        above = range(place.at + 1, len(self._tags))
        match tree.combinator:
            case " ":
                return self._best(tree.left, map(_Place, above))
            case ">":
                return self._best(tree.left, map(_Place, above[:1]))
            case "~":
                return max(self._best(tree.left, self._beside(place)), self._unseen(place))
            case "+":
                beside = self._beside(place)[:1]
                return self._best(tree.left, beside) if beside else self._unseen(place)
            case _:
                return Match.MAYBE

    def _beside(self, place: _Place) -> list[_Place]:
        """The elements before this one within the same one, as far as they are known."""
        return [_Place(place.at, before + 1) for before in range(place.before, len(self._tags[place.at].before))]

    def _unseen(self, place: _Place) -> Match:
        """What those may match that were too many to be kept."""
        return Match.MAYBE if self._tags[place.at].more_before else Match.NO

    def _best(self, tree: Any, places: Iterable[_Place]) -> Match:
        best = Match.NO
        for place in places:
            best = max(best, self.tree(tree, place))
            if best is Match.YES:
                break
        return best

    def _compound(self, compound: Any, place: _Place) -> Match:
        return min((self._simple(part, place) for part in compound.simple_selectors), default=Match.YES)

    def _simple(self, part: Any, place: _Place) -> Match:  # noqa: PLR0911 - one line per kind of selector
        outer = self._tags[place.at]
        tag = outer.before[place.before - 1] if place.before else outer
        match part:
            case parser.LocalNameSelector():
                return _sure(part.lower_local_name == tag.name)
            case parser.IDSelector():
                return _sure(part.ident == _attribute(tag, "id"))
            case parser.ClassSelector():
                return _sure(part.class_name in _attribute(tag, "class").split())
            case parser.AttributeSelector():
                return _by_attribute(part, tag)
            case parser.NegationSelector():
                return _not(self._any(part, place))
            case parser.MatchesAnySelector() | parser.SpecificityAdjustmentSelector():
                return self._any(part, place)
            case parser.PseudoClassSelector():
                return self._by_state(part.name, tag, place)
            case parser.NamespaceSelector():
                return Match.YES
            case _:
                return Match.MAYBE

    def _by_state(self, name: str, tag: Tag, place: _Place) -> Match:
        """Of a pseudo-class."""
        if name in _STRUCTURES:
            return _sure(tag.name in _STRUCTURES[name])
        if name == "first-child":
            return Match.NO if self._beside(place) else _not(self._unseen(place))
        return Match.AT_TIMES if name in _AT_TIMES else Match.MAYBE

    def _any(self, part: Any, place: _Place) -> Match:
        return max((self.tree(one.parsed_tree, place) for one in part.selector_list), default=Match.NO)


def _sure(answer: bool) -> Match:  # noqa: FBT001 - it is what it says
    return Match.YES if answer else Match.NO


def _not(answer: Match) -> Match:
    """What holds at times does not hold at others: ``:not(:hover)`` is what most visitors see."""
    return Match.MAYBE if answer in (Match.MAYBE, Match.AT_TIMES) else _sure(answer is Match.NO)


def _attribute(tag: Tag, name: str) -> str:
    return next((value for key, value in tag.attrs if key == name), "")


def _by_attribute(part: Any, tag: Tag) -> Match:
    if part.lower_name not in KEPT:
        return Match.MAYBE
    there = next((value for key, value in tag.attrs if key == part.lower_name), None)
    if there is None:
        return Match.NO
    return Match.YES if part.operator is None else _compared(part.operator, there, part.value or "")


def _compared(operator: str, there: str, value: str) -> Match:
    found = {
        "=": there == value,
        "~=": value in there.split(),
        "^=": bool(value) and there.startswith(value),
        "$=": bool(value) and there.endswith(value),
        "*=": bool(value) and value in there,
        "|=": there == value or there.startswith(f"{value}-"),
    }
    return _sure(found[operator]) if operator in found else Match.MAYBE
