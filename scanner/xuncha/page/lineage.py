"""An element with everything it lies in: what style rules are matched against, and where hiding is inherited from."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from turbohtml import Document
from turbohtml import Element as Node

from xuncha.page.notes import MAX_RAW, brief, first_words

MAX_FOUND = 1_000
MAX_BOXES = 20_000
"""Of all lineages together: beyond it outer elements are left out."""

MAX_BEFORE = 12
"""Elements that stand before another within the same one."""

MAX_ALL_BEFORE = 5_000
"""The same of all lineages together."""

MAX_LOOKED_AT = 60
"""Texts, comments and elements that are looked at for them."""


MAX_INNER = 40
"""Elements within another that are looked at."""

MAX_ALL_INNER = 2_000
"""The same of all lineages together."""


class Box(NamedTuple):
    """An element without its content: tag and attributes, valueless ones as empty strings.

    ``before`` are the elements that stand before it within the same one, the nearest first and without their own
    ``before``; ``more_before`` tells that not all are kept.
    """

    tag: str
    attrs: Mapping[str, str]
    before: tuple["Box", ...] = ()
    more_before: bool = False


class Inner(NamedTuple):
    """An element with words within another: ``boxes`` are it and what it lies in there, inside out."""

    text: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Lineage:
    """An element: ``raw`` is the text of the attribute asked for, ``boxes`` are it and its ancestors, inside out.

    ``inner`` are the elements with words within it, outer ones before what lies in them.
    """

    raw: str
    text: str
    line: int | None
    boxes: tuple[Box, ...]
    inner: tuple[Inner, ...] = ()


def lineages(document: Document, name: str, raws: Collection[str]) -> Iterator[Lineage]:
    """The first ``MAX_FOUND`` elements whose attribute ``name`` has one of these texts, in document order."""
    room, beside, within = MAX_BOXES, MAX_ALL_BEFORE, MAX_ALL_INNER
    found = 0
    for element in document.select(f"[{name}]"):
        raw = (element.attr(name) or "")[:MAX_RAW]
        if raw not in raws or found == MAX_FOUND:
            continue
        boxes = tuple(_boxes(element, room, beside))
        room, found = room - len(boxes), found + 1
        beside -= sum(len(box.before) for box in boxes)
        inner = tuple(islice(_inner(element), min(within, MAX_INNER)))
        within -= len(inner)
        yield Lineage(raw, brief(first_words(element)), element.source_line, boxes, inner)


def _boxes(element: Node, room: int, beside: int) -> Iterator[Box]:
    lineage = (element, *(node for node, _ in zip(element.ancestors, range(room), strict=False)))
    for node in lineage:
        if isinstance(node, Node):
            box = _among_others(node, min(beside, MAX_BEFORE))
            beside -= len(box.before)
            yield box


def _inner(element: Node, around: tuple[Box, ...] = ()) -> Iterator[Inner]:
    for child in islice(element.children, MAX_INNER):
        if isinstance(child, Node) and len(around) < MAX_INNER and (text := brief(first_words(child))):
            boxes = (_among_others(child, 0), *around)
            yield Inner(text, boxes)
            yield from _inner(child, boxes)


def _among_others(element: Node, most: int) -> Box:
    others = list(islice(element.previous_siblings, MAX_LOOKED_AT))
    found = [one for one in others if isinstance(one, Node)]
    more = len(found) > most or len(others) == MAX_LOOKED_AT
    return _box(element)._replace(before=tuple(map(_box, found[:most])), more_before=more)


def _box(element: Node) -> Box:
    return Box(element.tag, {name: element.attr(name) or "" for name in element.attrs})
