"""Matches a selector with an element of which only the ancestors are known: yes, no, or maybe.

Ids, classes, names and kept attributes are sure. What hangs on siblings, on the pointer, on what script does
(``+``, ``~``, ``:nth-child``, ``:hover``, ``:has``) may match: a rule that may show an element counts as showing it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Any

from cssselect2 import parser  # type: ignore[import-untyped]

from xuncha_plugins.darklinks.facts import Tag

KEPT = frozenset((
    "id", "class", "style", "hidden", "open", "width", "height", "color", "bgcolor", "size", "type", "scrollamount",
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
    """A parsed selector; ``key`` is what the last of its ``parts`` asks for by id, class or name."""

    tree: Any
    specificity: tuple[int, int, int]
    key: str
    parts: int = 1


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
    return Selector(tree, tuple(selector.specificity), _key(tree), _parts(tree))


def _parts(tree: Any) -> int:
    parts = 1
    while isinstance(tree, parser.CombinedSelector):
        tree, parts = tree.left, parts + 1
    return parts


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
    return _Matching(tags).tree(selector.tree, at)


class _Matching:
    """One element's ancestors; remembers what was matched, so that backtracking stays bounded."""

    def __init__(self, tags: Sequence[Tag]) -> None:
        self._tags = tags
        self._known: dict[tuple[int, int], Match] = {}

    def tree(self, tree: Any, at: int) -> Match:
        key = id(tree), at
        if key not in self._known:
            self._known[key] = self._tree(tree, at)
        return self._known[key]

    def _tree(self, tree: Any, at: int) -> Match:
        if not isinstance(tree, parser.CombinedSelector):
            return self._compound(tree, at)
        right = self._compound(tree.right, at)
        return min(right, self._left(tree, at)) if right else right

    def _left(self, tree: Any, at: int) -> Match:
        if tree.combinator == ">":
            return self.tree(tree.left, at + 1) if at + 1 < len(self._tags) else Match.NO
        if tree.combinator == " ":
            return self._above(tree.left, at)
        return Match.MAYBE

    def _above(self, tree: Any, at: int) -> Match:
        best = Match.NO
        for above in range(at + 1, len(self._tags)):
            best = max(best, self.tree(tree, above))
            if best is Match.YES:
                break
        return best

    def _compound(self, compound: Any, at: int) -> Match:
        return min((self._simple(part, at) for part in compound.simple_selectors), default=Match.YES)

    def _simple(self, part: Any, at: int) -> Match:  # noqa: PLR0911 - one line per kind of selector
        tag = self._tags[at]
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
                return _not(self._any(part, at))
            case parser.MatchesAnySelector() | parser.SpecificityAdjustmentSelector():
                return self._any(part, at)
            case parser.PseudoClassSelector() if part.name in _STRUCTURES:
                return _sure(tag.name in _STRUCTURES[part.name])
            case parser.PseudoClassSelector() if part.name in _AT_TIMES:
                return Match.AT_TIMES
            case parser.NamespaceSelector():
                return Match.YES
            case _:
                return Match.MAYBE

    def _any(self, part: Any, at: int) -> Match:
        return max((self.tree(one.parsed_tree, at) for one in part.selector_list), default=Match.NO)


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
