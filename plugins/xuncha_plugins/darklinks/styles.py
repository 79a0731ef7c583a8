"""Style sheets as rules that can hide or show, in their order. Bounded on whatever a site sends.

Followed: rule sets of the sheet, nested rule sets are not. Rules within ``@media``, ``@supports``, ``@layer`` and
``@container`` are kept as ones that may hold. ``@import`` is not followed.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import tinycss2  # type: ignore[import-untyped]

from xuncha_plugins.darklinks.facts import Rule

MAX_SHEET = 262_144
MAX_RULES = 2_000
MAX_SELECTOR = 300
MAX_SELECTORS = 40
MAX_VALUE = 200
MAX_NESTED = 4

RELEVANT = frozenset((
    "display", "visibility", "opacity", "filter", "position", "left", "right", "top", "bottom", "margin-left",
    "margin-top", "text-indent", "font-size", "font", "color", "background", "background-color", "background-image",
    "width", "height", "max-width", "max-height", "overflow", "overflow-x", "overflow-y", "clip", "clip-path",
    "transform", "translate", "scale", "inset", "z-index", "content-visibility", "white-space",
))  # fmt: skip
_ELSEWHERE = ("print", "speech", "aural", "braille", "embossed", "handheld", "projection", "tty", "tv")
_CONDITIONAL = frozenset(("media", "supports", "layer", "container", "document", "scope"))

Declarations = tuple[tuple[str, str, bool], ...]


@lru_cache(maxsize=64)
def rules_of(css: str) -> tuple[Rule, ...]:
    """The rules of a sheet, of which at most ``MAX_SHEET`` characters are read; () where it can't be parsed."""
    try:
        return tuple(_rules(tinycss2.parse_stylesheet(css[:MAX_SHEET], skip_comments=True, skip_whitespace=True)))
    except RecursionError:
        return ()


def _rules(nodes: Sequence[Any]) -> Iterator[Rule]:
    room = MAX_RULES
    for node, sure in _rule_sets(nodes, sure=True, level=0):
        declarations = declared(node.content)
        if not declarations:
            continue
        for selector in _selectors(node.prelude):
            if room == 0:
                return
            room -= 1
            yield Rule(selector, declarations, sure)


def _rule_sets(nodes: Sequence[Any], *, sure: bool, level: int) -> Iterator[tuple[Any, bool]]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield node, sure
        elif node.type == "at-rule" and node.lower_at_keyword in _CONDITIONAL and node.content and level < MAX_NESTED:
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from _rule_sets(inner, sure=sure and _always(node), level=level + 1)


def _always(node: Any) -> bool:
    return node.lower_at_keyword == "media" and on_screen(tinycss2.serialize(node.prelude)) is True


def on_screen(media: str) -> bool | None:
    """Whether a media query holds on screens: True on all, False on some or nobody knows, None on none."""
    kinds = [one.strip().lower() for one in media.split(",")]
    if any(kind in ("", "all", "screen", "only screen") for kind in kinds):
        return True
    return None if all(kind in _ELSEWHERE for kind in kinds) else False


def _selectors(prelude: Sequence[Any]) -> list[str]:
    """The selectors of a list, apart; commas within brackets part nothing."""
    found: list[list[Any]] = [[]]
    for part in prelude:
        if part == ",":
            found.append([])
        else:
            found[-1].append(part)
    texts = (tinycss2.serialize(one).strip() for one in found[:MAX_SELECTORS])
    return [text for text in texts if 0 < len(text) <= MAX_SELECTOR]


def declared(content: Any) -> Declarations:
    """The declarations that can hide or show, of a rule or of a style attribute."""
    nodes = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return tuple(
        (node.lower_name, tinycss2.serialize(node.value).strip().lower()[:MAX_VALUE], bool(node.important))
        for node in nodes
        if node.type == "declaration" and node.lower_name in RELEVANT
    )


@lru_cache(maxsize=2_000)
def style_attribute(text: str) -> Declarations:
    """The declarations of a style attribute."""
    return declared(text[: 10 * MAX_VALUE])
