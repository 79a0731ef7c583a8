"""Paragraphs of a document with their places, so that what is judged of it can say where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from xuncha.model.documents import DocumentText, Where
from xuncha.model.evidence import EvidenceFile
from xuncha.model.locator import DocumentLocator


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or table row. ``locator`` names file, page or sheet and paragraph, and the file's SHA-256."""

    text: str
    locator: DocumentLocator


def passages(file: EvidenceFile, document: DocumentText, place: str = "") -> Iterator[Passage]:
    """The paragraphs of ``document``, which was read from ``file``, in their order; blank ones are left out.

    Args:
        file: where it was read from.
        document: its text.
        place: a name that stays over rounds and is part of a finding's identity, such as ``plan.contacts``.
    """
    for part in document.parts:
        page = int(part.name) if part.where in (Where.PAGE, Where.SLIDE) and part.name.isdecimal() else None
        sheet = part.name if part.where is Where.SHEET else ""
        told = zip_longest(part.text.split("\n"), part.confidence)
        lines = [(line, sure) for line, sure in told if line.strip()]
        for number, (line, sure) in enumerate(lines, 1):
            yield Passage(line, DocumentLocator(file.path, place, page, number, sheet, file.sha256, sure))
