"""What lies in an Office file beside its pages: properties, comments on cells, headers and footers of sheets.

It says nothing for or against anybody's work, but what must not be handed in may stand there.
"""

import html
import re
from collections.abc import Iterator

from xuncha.documents.archive import Archive
from xuncha.documents.collected import Collected
from xuncha.documents.refusal import RefusedError

_BESIDE = re.compile(
    r"docProps/(?:core|app|custom)\.xml|xl/(?:.*/)?(?:threadedC|c)omments?/?[^/]*\.xml"
    r"|ppt/(?:comments|notesSlides)/[^/]+\.xml",
    re.IGNORECASE,
)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_WITHIN = frozenset(("r", "t", "rPr", "b", "i", "sz", "rFont", "color", "charset", "family", "scheme", "u"))
"""Elements that end within a line: a number may be cut into several runs."""

_HEADING = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)[^<>]*>([^<]{1,2000})<")
_CODES = re.compile('&"[^"]*"|&K[0-9A-Fa-f+-]{6,8}|&[0-9]{1,3}|&[LCR]|&[A-Za-z]')
_TAIL = 100_000
"""Bytes at the end of a sheet in which its headers and footers stand, behind all cells."""


def note_asides(archive: Archive, collected: Collected) -> None:
    """Take what stands beside the pages, as far as it can be read."""
    try:
        for name in filter(_BESIDE.fullmatch, archive):
            collected.note_aside(_words(archive, name))
        for name in filter(_SHEET.fullmatch, archive):
            collected.note_aside(_headings(archive, name))
    except RefusedError:  # the document itself was read
        collected.complete = False


def _words(archive: Archive, name: str) -> list[str]:
    """All words of a part, a line for each property, paragraph or comment."""
    pieces: list[str] = []

    def end(element: str) -> None:
        if element not in _WITHIN:
            pieces.append("\n")

    archive.parse(name, lambda *_: None, end, pieces.append)
    return [" ".join(line.split()) for line in "".join(pieces).split("\n") if line.strip()]


def _headings(archive: Archive, name: str) -> Iterator[str]:
    tail = b""
    for chunk in archive.chunks(name):
        tail = (tail + chunk)[-_TAIL - len(chunk) :]
    for found in _HEADING.finditer(tail):
        yield from filter(
            None,
            (one.strip() for one in _CODES.sub("\n", html.unescape(found[1].decode("utf-8", "replace"))).split("\n")),
        )
