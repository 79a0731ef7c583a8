"""DOCX and PPTX: the words in the order of the file, a line per paragraph, a line per table row."""

import re
from collections.abc import Iterable

from xuncha.documents.archive import Archive
from xuncha.documents.asides import note_asides
from xuncha.documents.collected import Collected
from xuncha.documents.drawings import Drawings
from xuncha.documents.refusal import RefusedError
from xuncha.model.documents import Where
from xuncha.model.reasons import Reason

_NOTES = re.compile(r"word/(?:header|footer|footnotes|endnotes|comments)[0-9]*\.xml", re.IGNORECASE)
_SLIDES = re.compile(r"ppt/slides/slide([0-9]{1,6})\.xml", re.IGNORECASE)
_PICTURES = re.compile(r"(?:word|ppt)/media/.+\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf)", re.IGNORECASE)
_SKIPPED = frozenset(("Fallback", "instrText", "delText"))


def read_docx(body: bytes, collected: Collected) -> None:
    """The body, then headers, footers, notes and comments."""
    archive = Archive(body)
    main = [name for name, _ in archive.main_parts()]
    if not main:
        raise RefusedError(Reason.DOCUMENT_DAMAGED, "no main part")
    deleted: list[str] = []
    collected.add(Where.BODY, "", words(archive, main[0], collected.drawings, deleted))
    for name in sorted(filter(_NOTES.fullmatch, archive)):
        collected.add(Where.NOTE, name.removeprefix("word/"), words(archive, name, deleted=deleted))
    _note_pictures(archive, collected)
    collected.note_aside(deleted)
    note_asides(archive, collected)


def read_pptx(body: bytes, collected: Collected) -> None:
    """The slides by their numbers."""
    archive = Archive(body)
    numbered = {int(found[1]): name for name in archive if (found := _SLIDES.fullmatch(name))}
    for number, name in sorted(numbered.items()):
        collected.add(Where.SLIDE, str(number), words(archive, name, collected.drawings))
    _note_pictures(archive, collected)
    note_asides(archive, collected)


def words(
    archive: Archive, name: str, drawings: Drawings | None = None, deleted: list[str] | None = None
) -> Iterable[str]:
    """The lines of one part; ``drawings`` sees its elements too, ``deleted`` takes words that were struck out."""
    writer = _Writer([] if deleted is None else deleted)
    seen = drawings or Drawings()

    def start(element: str, attributes: dict[str, str]) -> None:
        writer.start(element, attributes)
        seen.start(element, attributes)

    def end(element: str) -> None:
        writer.end(element)
        seen.end(element)

    archive.parse(name, start, end, writer.text)
    writer.break_line()
    return writer.lines


def _note_pictures(archive: Archive, collected: Collected) -> None:
    """A document of pictures alone is a scan in disguise."""
    collected.note_pictures(sum(1 for name in archive if _PICTURES.fullmatch(name)))


class _Writer:
    """Turns the events of WordprocessingML and DrawingML, told apart by local names alone, into lines."""

    def __init__(self, deleted: list[str]) -> None:
        self.lines: list[str] = []
        self._deleted = deleted
        self._deleting: list[str] = []
        self._in_deleted = False
        self._line: list[str] = []
        self._rows = 0
        self._in_text = False
        self._skipping = 0

    def start(self, element: str, _attributes: dict[str, str]) -> None:
        self._skipping += element in _SKIPPED
        self._in_deleted = element == "delText"
        match element:
            case "t":
                self._in_text = True
            case "tr":
                self._rows += 1
            case "tab":
                self.text("\t", always=True)
            case "br" | "cr":
                self._break()
            case _:
                pass

    def end(self, element: str) -> None:
        self._skipping -= element in _SKIPPED
        self._in_deleted = False
        match element:
            case "t":
                self._in_text = False
            case "p":
                self._break()
            case "tc":
                self._line.append("\t")
            case "tr":
                self._rows -= 1
                self._break()
            case _:
                pass

    def text(self, data: str, *, always: bool = False) -> None:
        if (self._in_text or always) and not self._skipping:
            self._line.append(data)
        elif self._in_deleted:
            self._deleting.append(data)

    def break_line(self) -> None:
        """End the line, wherever we are."""
        if self._deleting:
            self._deleted.append("".join(self._deleting))
            self._deleting.clear()
        line = "\t".join(" ".join(piece.split()) for piece in "".join(self._line).split("\t")).strip()
        if line:
            self.lines.append(line)
        self._line.clear()

    def _break(self) -> None:
        if self._rows:
            self._line.append(" ")
        else:
            self.break_line()
