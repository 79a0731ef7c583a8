"""From handed-in files to lines: what can be read, and what can't and why."""

import asyncio
import unicodedata
from dataclasses import dataclass, field, replace

from xuncha.api import DocumentLocator, Documents, DocumentText, Evidence, EvidenceFile, Files, Gap, Piece, Reason
from xuncha_plugins.emergency.facts import Unread
from xuncha_plugins.emergency.lines import Line, lines_of

MOST_BYTES = 32_000_000
MOST_CHARACTERS = 200_000
"""Of all files of a piece. A long plan has 60,000."""


@dataclass(slots=True)
class Papers:
    """The lines of all files of a piece, in the order of the declaration; ``main`` stands for all of them."""

    main: DocumentLocator
    lines: list[Line] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    complete: bool = True

    @property
    def body(self) -> list[Line]:
        """Without headers, footers and comments."""
        return [line for line in self.lines if not line.aside]

    def add(self, file: EvidenceFile, document: DocumentText, place: str) -> None:
        """Take over what was read of ``file``, up to the limit."""
        if document.unread:
            self.unread.append(Unread(_at(file, place), pages=document.unread))
        if document.by_ocr:
            self.unread.append(Unread(_at(file, place), Reason.READ_BY_OCR, document.by_ocr))
        self.complete = self.complete and document.complete
        room = MOST_CHARACTERS - sum(len(line.text) for line in self.lines)
        document, whole = _within(document, room)
        self.complete = self.complete and whole
        for line in lines_of(file, document, place):
            room -= len(line.text)
            if room < -MOST_CHARACTERS:  # one form for each character can be longer
                self.complete = False
                break
            self.lines.append(line)


async def read_papers(evidence: Evidence, piece: Piece, files: Files, documents: Documents) -> Papers:
    """All files of a piece, each by itself: one that can't be read does not keep us from the others."""
    given = evidence.of(piece)
    papers = Papers(_at(given[0], piece) if given else DocumentLocator("", piece))
    for file in given:
        try:
            body = await asyncio.to_thread(files.read, file.path, MOST_BYTES)
        except FileNotFoundError:
            papers.unread.append(Unread(_at(file, piece), Reason.DOCUMENT_DAMAGED))
            continue
        text = await documents.text(body, file.path, scans=True)
        if isinstance(text, Gap):
            papers.unread.append(Unread(_at(file, piece), text.reason))
        else:
            await asyncio.to_thread(papers.add, file, text, piece)
    return papers


def _at(file: EvidenceFile, place: str) -> DocumentLocator:
    return DocumentLocator(file.path, place, sha256=file.sha256, ocr=file.ocr)


def _within(document: DocumentText, room: int) -> tuple[DocumentText, bool]:
    """As much of a document as there is room for, and whether that is all."""
    parts = []
    for part in document.parts:
        text = part.text[: max(room, 0)]
        even = len(unicodedata.normalize("NFKC", text))
        if even > room:  # one form for each character can be longer
            text = text[: max(room, 0) * len(text) // even]
        parts.append(replace(part, text=text))
        room -= max(len(part.text), even)
    return replace(document, parts=tuple(parts)), room >= 0
