"""What can be read on a page, from DevTools' snapshot of it: frames, closed shadow trees, what styles write.

The snapshot lists boxes of text as they are painted. What fields and pictures show instead of their content has no such
boxes; there the whole field stands for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from xuncha.model.rendered import Piece, Rect, Sight, Writing

MOST_PIECES = 60_000
"""Boxes of text on a page; of one with more nobody can say what it shows."""

ASKED: dict[str, list[str]] = {"computedStyles": []}
"""Of ``DOMSnapshot.captureSnapshot``."""

_FRAMES = frozenset({"IFRAME", "FRAME", "OBJECT", "EMBED", "FENCEDFRAME"})
_DRAWN = frozenset({"CANVAS"})
_SAID = {"INPUT": ("value", "placeholder"), "TEXTAREA": ("placeholder",), "IMG": ("alt",), "AREA": ("alt",)}
_LABELLED = frozenset({"OPTION", "OPTGROUP"})
_SILENT = frozenset({"SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE"})
_TEXT = 3
_NOWHERE = Rect(0, 0, 0, 0)
_SMALL = 4.0
"""CSS pixels: nothing can be read in what is not wider or higher."""


def read_sight(said: Mapping[str, Any]) -> Sight:
    """From the answer to ``DOMSnapshot.captureSnapshot``. Raises KeyError, IndexError, TypeError or ValueError."""
    strings = said["strings"]
    documents = [_Document(one, strings) for one in said["documents"]]
    places: list[Rect | None] = [None] * len(documents)
    for number, document in enumerate(documents):  # a frame comes after what it stands in
        for node, inner in document.framed.items():
            places[inner] = places[number] or document.place(node)
    unread = [
        places[number] or rect
        for number, document in enumerate(documents)
        for rect in document.unread()
        if _is_seen(rect)
    ]
    room = MOST_PIECES
    writings = []
    for document, place in zip(documents, places, strict=True):
        writings.append(document.writing(place, room))
        room -= len(writings[-1].pieces)
    return Sight(tuple(writings), tuple(dict.fromkeys(unread)), complete=room > 0)


@dataclass
class _Document:
    """One of the snapshot's documents; nodes are told by their index."""

    said: Mapping[str, Any]
    strings: Sequence[str]
    laid_out: dict[int, int] = field(init=False)
    framed: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.laid_out = {}
        for at, node in enumerate(self.said["layout"]["nodeIndex"]):
            self.laid_out.setdefault(node, at)
        self.framed = _rare(self.said["nodes"]["contentDocumentIndex"])

    def place(self, node: int) -> Rect:
        """Where a node stands; nowhere where it is not laid out."""
        at = self.laid_out.get(node)
        return _NOWHERE if at is None else self._rect(self.said["layout"]["bounds"][at])

    def unread(self) -> Iterator[Rect]:
        """What shows something that no text is known of: canvases, and frames whose document is not here."""
        for node in self.laid_out:
            name = self._name(node)
            if name in _DRAWN or (name in _FRAMES and node not in self.framed):
                yield self.place(node)

    def writing(self, frame: Rect | None, room: int) -> Writing:
        """Its words line by line, at most so many pieces of them."""
        said: list[str] = []
        pieces: list[Piece] = []
        size = 0
        for words, rect in islice(self._written(), max(0, room)):
            gap = _gap(pieces[-1].rect, rect) if pieces else ""
            said += (gap, words)
            pieces.append(Piece(size + len(gap), size + len(gap) + len(words), rect))
            size = pieces[-1].end
        unseen = "\n".join(self._unpainted())
        return Writing(self._string(self.said["documentURL"]), "".join(said), tuple(pieces), frame, unseen)

    def _unpainted(self) -> Iterator[str]:
        """What is there and not shown: it may bear a mark all the same."""
        nodes = self.said["nodes"]
        for node, parent in enumerate(nodes["parentIndex"]):
            is_text = nodes["nodeType"][node] == _TEXT and node not in self.laid_out
            if is_text and parent >= 0 and self._name(parent) not in _SILENT:
                yield self._string(nodes["nodeValue"][node])

    def _written(self) -> Iterator[tuple[str, Rect]]:
        layout, boxes = self.said["layout"], self.said["textBoxes"]
        columns = (boxes[name] for name in ("layoutIndex", "start", "length", "bounds"))
        for at, start, length, bounds in zip(*columns, strict=True):
            units = self._string(layout["text"][at]).encode("utf-16-le", "surrogatepass")
            yield units[2 * start : 2 * (start + length)].decode("utf-16-le", "replace"), self._rect(bounds)
        yield from self._said_by_elements()

    def _said_by_elements(self) -> Iterator[tuple[str, Rect]]:
        """What fields and lists show, and pictures that did not come."""
        nodes = self.said["nodes"]
        for kind in ("inputValue", "textValue"):
            yield from ((self._string(value), self.place(node)) for node, value in _rare(nodes[kind]).items())
        for node, attributes in enumerate(nodes["attributes"]):
            wanted = _SAID.get(self._name(node), ("label",) if self._name(node) in _LABELLED else ())
            named = zip(attributes[::2], attributes[1::2], strict=False) if wanted else ()
            yield from (
                (self._string(value), self._holder(node)) for name, value in named if self._string(name) in wanted
            )
        for node, parent in enumerate(nodes["parentIndex"]):
            if nodes["nodeType"][node] == _TEXT and parent >= 0 and self._name(parent) in _LABELLED:
                yield self._string(nodes["nodeValue"][node]), self._holder(parent)

    def _holder(self, node: int) -> Rect:
        """Where an element stands, or the first around it that stands anywhere."""
        while node >= 0 and node not in self.laid_out and self._name(node) in _LABELLED:
            node = self.said["nodes"]["parentIndex"][node]
        return self.place(node)

    def _name(self, node: int) -> str:
        return self._string(self.said["nodes"]["nodeName"][node]).upper()

    def _string(self, at: int) -> str:
        return self.strings[at].encode("utf-8", "replace").decode() if at >= 0 else ""

    def _rect(self, bounds: Sequence[float]) -> Rect:
        left, top, width, height = bounds
        return Rect(left - self.said.get("scrollOffsetX", 0), top - self.said.get("scrollOffsetY", 0), width, height)


def _rare(said: Mapping[str, Any]) -> dict[int, int]:
    return dict(zip(said["index"], said["value"], strict=True))


def _is_seen(rect: Rect) -> bool:
    return rect.width > _SMALL and rect.height > _SMALL


def _gap(last: Rect, now: Rect) -> str:
    """What stands between two pieces: nothing within a line, a tab where they stand apart in it, else a new line."""
    shared = min(last.top + last.height, now.top + now.height) - max(last.top, now.top)
    if shared <= 0.5 * min(last.height, now.height):
        return "\n"
    apart = max(now.left - (last.left + last.width), last.left - (now.left + now.width))
    return "\t" if apart > 0.3 * max(last.height, now.height) else ""
