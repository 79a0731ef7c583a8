"""An element with everything it lies in: what style rules are matched against, and where hiding is inherited from."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from turbohtml import Document
from turbohtml import Element as Node

from xuncha.page.notes import MAX_RAW, brief, first_words

MAX_FOUND = 1_000
MAX_BOXES = 20_000
"""Of all lineages together: beyond it outer elements are left out."""


class Box(NamedTuple):
    """An element without its content: tag and attributes, valueless ones as empty strings."""

    tag: str
    attrs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lineage:
    """An element: ``raw`` is the text of the attribute asked for, ``boxes`` are it and its ancestors, inside out."""

    raw: str
    text: str
    line: int | None
    boxes: tuple[Box, ...]


def lineages(document: Document, name: str, raws: Collection[str]) -> Iterator[Lineage]:
    """The first ``MAX_FOUND`` elements whose attribute ``name`` has one of these texts, in document order."""
    room = MAX_BOXES
    found = 0
    for element in document.select(f"[{name}]"):
        raw = (element.attr(name) or "")[:MAX_RAW]
        if raw not in raws or found == MAX_FOUND:
            continue
        boxes = tuple(_boxes(element, room))
        room, found = room - len(boxes), found + 1
        yield Lineage(raw, brief(first_words(element)), element.source_line, boxes)


def _boxes(element: Node, room: int) -> Iterator[Box]:
    yield _box(element)
    for ancestor, _ in zip(element.ancestors, range(room), strict=False):
        if isinstance(ancestor, Node):
            yield _box(ancestor)


def _box(element: Node) -> Box:
    return Box(element.tag, {name: element.attr(name) or "" for name in element.attrs})
