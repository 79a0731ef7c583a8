"""The parts of a document as they are read, under one cap of characters."""

from collections.abc import Iterable, Sequence

from xuncha.documents.limits import NORMAL, Limits
from xuncha.model.documents import DocumentKind, DocumentText, Part, Where


class Collected:
    """``complete`` turns False as soon as something is left out; ``unread`` counts pages without readable text."""

    def __init__(self, limits: Limits = NORMAL) -> None:
        self.limits = limits
        self.parts: list[Part] = []
        self.complete = True
        self.unread = 0
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

    def add(self, where: Where, name: str, lines: Iterable[str], *, hidden: bool = False) -> None:
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
            self.parts.append(Part(where, name, "\n".join(kept), hidden))

    def as_text(self, kind: DocumentKind) -> DocumentText:
        """What came of it all."""
        return DocumentText(kind, tuple(part for part in self.parts if part.text), self.complete, self.unread)
