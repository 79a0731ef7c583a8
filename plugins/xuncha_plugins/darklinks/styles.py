"""Style sheets as rules that can hide or show, in their order. Bounded on whatever a site sends.

Followed: rule sets of the sheet, ``@media`` as a desktop sees it, ``@supports``, ``@layer``. Rules under any other
condition are kept as ones that may hold. What is not read (rules within rules, what there is no room for) leaves a
sheet that is not whole. What it imports is told, for whoever fetches sheets.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import tinycss2  # type: ignore[import-untyped]

from xuncha_plugins.darklinks.facts import UNLAYERED, Rule
from xuncha_plugins.darklinks.media import on_screen, supported

MAX_SHEET = 262_144
MAX_RULES = 6_000
MAX_SELECTOR = 300
MAX_SELECTORS = 200
MAX_VALUE = 200
MAX_NESTED = 4

RELEVANT = frozenset((
    "display", "visibility", "opacity", "filter", "position", "left", "right", "top", "bottom", "margin-left",
    "margin-top", "text-indent", "font-size", "font", "color", "background", "background-color", "background-image",
    "width", "height", "max-width", "max-height", "overflow", "overflow-x", "overflow-y", "clip", "clip-path",
    "transform", "translate", "scale", "inset", "z-index", "content-visibility", "white-space", "margin", "zoom",
    "-webkit-text-fill-color",
))  # fmt: skip
_CONDITIONAL = frozenset(("media", "supports", "layer", "container", "document", "scope", "starting-style"))

Declarations = tuple[tuple[str, str, bool], ...]


class Import(NamedTuple):
    """Another sheet, by its address as it stands; ``sure`` is False where it holds on some screens only."""

    url: str
    sure: bool = True


class SheetRules(NamedTuple):
    """The ``rules`` of a sheet, before which those of its ``imports`` come.

    ``whole`` is False where it holds more that can hide.
    """

    rules: tuple[Rule, ...] = ()
    whole: bool = True
    imports: tuple[Import, ...] = ()


@lru_cache(maxsize=16)
def read_sheet(css: str) -> SheetRules:
    """A sheet, of which at most ``MAX_SHEET`` characters are read; no rules where it can't be parsed."""
    reading = _Reading(whole=len(css) <= MAX_SHEET)
    try:
        nodes = tinycss2.parse_stylesheet(css[:MAX_SHEET], skip_comments=True, skip_whitespace=True)
        return SheetRules(tuple(reading.rules(nodes)), reading.whole, tuple(_imports(nodes)))
    except RecursionError:
        return SheetRules(whole=False)


def rules_of(css: str) -> tuple[Rule, ...]:
    """The rules of a sheet alone."""
    return read_sheet(css).rules


class _Under(NamedTuple):
    """What a rule set stands under: whether that holds for certain, and in which layer."""

    sure: bool = True
    layer: str = ""
    level: int = 0


@dataclass(slots=True)
class _Reading:
    whole: bool = True
    layers: dict[str, int] = field(default_factory=dict)

    def rules(self, nodes: Sequence[Any]) -> Iterator[Rule]:
        room = MAX_RULES
        for node, under in self._rule_sets(nodes, _Under()):
            declarations, nested = _block(node.content)
            self.whole = self.whole and not nested
            for selector in self._selectors(node.prelude) if declarations else ():
                if room == 0:
                    self.whole = False
                    return
                room -= 1
                layer = self.layers[under.layer] if under.layer else UNLAYERED
                yield Rule(selector, declarations, under.sure, layer)

    def _rule_sets(self, nodes: Sequence[Any], under: _Under) -> Iterator[tuple[Any, _Under]]:
        for node in nodes:
            if node.type == "qualified-rule":
                yield node, under
            elif node.type == "at-rule" and node.lower_at_keyword in _CONDITIONAL:
                yield from self._within(node, under)

    def _within(self, node: Any, under: _Under) -> Iterator[tuple[Any, _Under]]:
        condition = tinycss2.serialize(node.prelude).strip()
        if node.content is None:
            self._order(condition, under)
            return
        holds = _holds(node.lower_at_keyword, condition)
        if holds is None:
            return
        if under.level == MAX_NESTED:
            self.whole = False
            return
        layer = under.layer
        if node.lower_at_keyword == "layer":
            layer = f"{layer}.{condition or f'({len(self.layers)})'}"
            self.layers.setdefault(layer, len(self.layers))
        inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
        yield from self._rule_sets(inner, _Under(under.sure and holds, layer, under.level + 1))

    def _order(self, names: str, under: _Under) -> None:
        """``@layer a, b;`` says nothing but which comes first."""
        for name in names.split(","):
            self.layers.setdefault(f"{under.layer}.{name.strip()}", len(self.layers))

    def _selectors(self, prelude: Sequence[Any]) -> list[str]:
        found = _apart(prelude)
        texts = [text for text in found[:MAX_SELECTORS] if len(text) <= MAX_SELECTOR]
        self.whole = self.whole and len(texts) == len(found)
        return texts


def _imports(nodes: Sequence[Any]) -> Iterator[Import]:
    """Those at the head of the sheet: browsers do not follow others."""
    for node in nodes:
        if node.type != "at-rule" or node.lower_at_keyword not in ("import", "charset", "layer") or node.content:
            return
        if node.lower_at_keyword == "import" and (found := _import(node.prelude)):
            yield found


def _import(prelude: Sequence[Any]) -> Import | None:
    """The address and its condition; None where it has none, or surely does not hold."""
    words = [node for node in prelude if node.type not in ("whitespace", "comment")]
    first = words[0] if words else None
    if first is not None and first.type == "function" and first.lower_name == "url":
        first = next((node for node in first.arguments if node.type == "string"), None)
    holds = on_screen(tinycss2.serialize(words[1:]).strip())
    if first is None or first.type not in ("string", "url") or holds is None:
        return None
    return Import(first.value, holds)


def _holds(name: str, condition: str) -> bool | None:
    """As ``on_screen`` answers; ``@layer`` is no condition."""
    if name == "media":
        return on_screen(condition)
    return supported(condition) if name == "supports" else name == "layer"


def _apart(prelude: Sequence[Any]) -> list[str]:
    """The selectors of a list, apart; commas within brackets part nothing."""
    found: list[list[Any]] = [[]]
    for part in prelude:
        if part == ",":
            found.append([])
        else:
            found[-1].append(part)
    return [text for one in found if (text := tinycss2.serialize(one).strip())]


def _block(content: Any) -> tuple[Declarations, bool]:
    """What is declared, and whether rules stand within the rule."""
    nodes = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    nested = any(node.type == "qualified-rule" or (node.type == "at-rule" and node.content) for node in nodes)
    return _relevant(nodes), nested


def declared(content: Any) -> Declarations:
    """The declarations that can hide or show, of a rule or of a style attribute."""
    return _relevant(tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True))


def _relevant(nodes: Sequence[Any]) -> Declarations:
    return tuple(
        (name, tinycss2.serialize(node.value).strip().lower()[:MAX_VALUE], bool(node.important))
        for node in nodes
        if node.type == "declaration" and (name := _name(node))
    )


def _name(node: Any) -> str:
    """What is declared; empty where it neither hides nor shows, nor may stand for what does."""
    name = str(node.lower_name)
    return name if name in RELEVANT or name.startswith("--") else ""


@lru_cache(maxsize=2_000)
def style_attribute(text: str) -> Declarations:
    """The declarations of a style attribute."""
    return declared(text[: 10 * MAX_VALUE])
