"""The parts of a document as they are read, under one cap of characters."""

from collections.abc import Iterable, Sequence
from math import ceil

from xuncha.documents.drawings import Drawings
from xuncha.documents.limits import NORMAL, Limits
from xuncha.model.documents import DocumentKind, DocumentText, Part, Where

FEW_WORDS = 120
"""Characters of words and numbers that are no document beside a large picture but its caption."""

LARGE = 1 / 8
"""Of a page, which a seal, a logo or a signature does not take."""

SPARSE = 300
"""Characters for each page of pictures; with fewer of them the pictures are what the document says."""


class Collected:
    """``complete`` turns False as soon as something is left out; ``unread`` counts pages without readable text.

    ``scans`` are the numbers of those among them that can be drawn, and so be read by OCR.
    """

    def __init__(self, limits: Limits = NORMAL) -> None:
        self.limits = limits
        self.parts: list[Part] = []
        self.complete = True
        self.unread = 0
        self.scans: list[int] = []
        self.drawings = Drawings()
        self._asides: list[str] = []
        self._left = limits.characters
        self._pages = limits.pages
        self._cells = limits.cells

    @property
    def full(self) -> bool:
        """Whether no more may be added."""
        return self._left <= 0 or len(self.parts) + self.unread >= self._pages

    def take(self, cells: int) -> bool:
        """Count rows and cells, empty ones too; False as soon as there were too many of them to go on."""
        self._cells -= cells
        if self._cells < 0:
            self.complete = False
        return self._cells >= 0

    def within(self, cells: Sequence[object], most: int) -> Sequence[object]:
        """The first cells of a row; where there is more than nothing behind them, that is left out."""
        if any(value is not None for value in cells[most:]):
            self.complete = False
        return cells[:most]

    @property
    def readable(self) -> bool:
        """Whether any text has come."""
        return any(part.text for part in self.parts)

    @property
    def scanned(self) -> bool:
        """Whether there are but a few words beside large pictures: a scan with a caption."""
        return self.drawings.pages >= LARGE and self._characters_of_words() < FEW_WORDS

    def note_pictures(self, files: int) -> None:
        """Count what pictures say that words don't: of a document without words all ``files``, else by their room."""
        pages = self.drawings.pages
        if not self.readable:
            self.unread += files
        elif pages >= LARGE and self._characters_of_words() < SPARSE * pages:
            self.unread += ceil(pages)

    def _characters_of_words(self) -> int:
        return sum(char.isalnum() for part in self.parts for char in part.text)

    def add(
        self,
        where: Where,
        name: str,
        lines: Iterable[str],
        *,
        hidden: bool = False,
        confidence: tuple[int, ...] = (),
    ) -> None:
        """Take one part, line by line, as far as there is room; what came before a failure is kept."""
        if self.full:
            self.complete = False
            return
        kept: list[str] = []
        try:
            for line in lines:
                kept.append(line[: self._left])
                self._left -= len(line) + 1
                if self._left <= 0:
                    self.complete = False
                    break
        finally:
            self.parts.append(Part(where, name, "\n".join(kept), hidden, confidence[: len(kept)]))

    def note_aside(self, lines: Iterable[str]) -> None:
        """Take what is no text of the document, under the same cap of characters; it makes no scan readable."""
        for line in lines:
            if self._left <= 0:
                self.complete = False
                return
            self._asides.append(line[: self._left])
            self._left -= len(line) + 1

    def as_text(self, kind: DocumentKind) -> DocumentText:
        """What came of it all."""
        parts = tuple(part for part in self.parts if part.text)
        return DocumentText(kind, parts, self.complete, self.unread, self.scanned, "\n".join(self._asides))
