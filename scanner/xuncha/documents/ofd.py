"""OFD (GB/T 33190-2016), the national format for fixed layouts: a ZIP of XML that gives every piece of text its place.

Pieces are put in the order of reading: lines from top to bottom, within a line from left to right. Seals, annotations
and attachments aren't read.
"""

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass

from xuncha.documents.archive import Archive
from xuncha.documents.collected import Collected
from xuncha.documents.layout import Piece, lines
from xuncha.documents.refusal import RefusedError
from xuncha.model.documents import Where
from xuncha.model.reasons import Reason

ROOT = "OFD.xml"
_DRAWN = frozenset(("ImageObject", "PathObject"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one content file draws. ``drawn``: pictures or curves; ``templates`` lie beneath it, by their ids."""

    pieces: tuple[Piece, ...]
    drawn: bool
    templates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The content files of the pages in their order, and of the templates by id."""

    pages: tuple[str, ...]
    templates: dict[str, str]


def read_ofd(body: bytes, collected: Collected) -> None:
    """Every page of every document in the file."""
    archive = Archive(body)
    number = 0
    for root in _documents(archive):
        document = _document(archive, root)
        beneath: dict[str, Sheet] = {}
        for page in document.pages:
            if collected.full:
                collected.complete = False
                return
            number += 1
            _read_page(archive, page, document, beneath, number, collected)


def _documents(archive: Archive) -> Sequence[str]:
    roots: list[str] = []
    text: list[str] = []

    def end(element: str) -> None:
        if element == "DocRoot":
            roots.append(_path("", "".join(text)))
        text.clear()

    archive.parse(ROOT, lambda *_: text.clear(), end, text.append)
    if not roots:
        raise RefusedError(Reason.DOCUMENT_DAMAGED, "OFD.xml names no document")
    return roots


def _document(archive: Archive, root: str) -> Document:
    pages: list[str] = []
    templates: dict[str, str] = {}

    def start(element: str, attributes: dict[str, str]) -> None:
        place = _path(root, attributes.get("BaseLoc", ""))
        if element == "Page":
            pages.append(place)
        elif element == "TemplatePage":
            templates[attributes.get("ID", "")] = place

    archive.parse(root, start, lambda _: None)
    return Document(tuple(pages), templates)


def _read_page(
    archive: Archive, page: str, document: Document, beneath: dict[str, Sheet], number: int, collected: Collected
) -> None:
    own = _sheet(archive, page)
    pieces, drawn = list(own.pieces), own.drawn
    for name in own.templates:
        place = document.templates.get(name, "")
        if place in archive:
            if name not in beneath:
                beneath[name] = _sheet(archive, place)
            pieces += beneath[name].pieces
            drawn = drawn or beneath[name].drawn
    if pieces:
        collected.add(Where.PAGE, str(number), (line.text for line in lines(pieces)))
    elif drawn:
        collected.unread += 1


def _sheet(archive: Archive, place: str) -> Sheet:
    reader = _Reader()
    archive.parse(place, reader.start, reader.end, reader.text)
    return Sheet(tuple(reader.pieces), reader.drawn, tuple(reader.templates))


class _Reader:
    """Collects the pieces of one content file."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.templates: list[str] = []
        self.drawn = False
        self._boundary = (0.0, 0.0, 0.0)
        self._at = (0.0, 0.0)
        self._text: list[str] | None = None

    def start(self, element: str, attributes: dict[str, str]) -> None:
        if element == "TextObject":
            x, y, width, *_ = (*map(_number, attributes.get("Boundary", "").split()), 0.0, 0.0, 0.0)
            self._boundary = (x, y, width)
        elif element == "TextCode":
            self._at = (_number(attributes.get("X", "0")), _number(attributes.get("Y", "0")))
            self._text = []
        elif element == "Template":
            self.templates.append(attributes.get("TemplateID", ""))
        elif element in _DRAWN:
            self.drawn = True

    def text(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def end(self, element: str) -> None:
        if element != "TextCode" or self._text is None:
            return
        text = " ".join("".join(self._text).split())
        self._text = None
        if text:
            x, y, width = self._boundary
            self.pieces.append(Piece(x + self._at[0], y + self._at[1], max(width - self._at[0], 0.0), text))


def _number(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        return 0.0
    return value if abs(value) < 1e6 else 0.0  # noqa: PLR2004 - a page is no kilometre, and NaN compares to nothing


def _path(beside: str, location: str) -> str:
    """A location as the standard has it: from the root where it begins with a slash, else beside the file."""
    location = location.strip().replace("\\", "/")
    base = "" if location.startswith("/") else posixpath.dirname(beside)
    return posixpath.normpath(posixpath.join(base, location.lstrip("/")))
