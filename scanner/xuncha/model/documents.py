"""The text of a document that was downloaded or handed in, and how a probe asks for it."""

from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import median_high
from typing import Protocol

from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason


class DocumentKind(StrEnum):
    """What a document is by its content, whatever its name says."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    DOC = "doc"
    XLS = "xls"
    PPT = "ppt"
    RTF = "rtf"
    ODT = "odt"
    ODS = "ods"
    XLSB = "xlsb"
    HTML = "html"
    XML = "xml"
    TEXT = "text"
    OFD = "ofd"
    IMAGE = "image"
    OTHER = "other"


FOR_EYES = frozenset(
    {
        Reason.DOCUMENT_SCANNED,
        Reason.READ_BY_OCR,
        Reason.OCR_MISSING,
        Reason.DOCUMENT_UNSUPPORTED,
        Reason.DOCUMENT_TOO_LARGE,
        Reason.PROGRAM_MISSING,
        Reason.PROGRAM_FAILED,
    }
)
"""Why a document has no text for us though a person can read it: ask one. Others are for who handed it in to mend."""


SURE = 80
"""Per cent of confidence from which a line that OCR read counts as read; below, it only helps to refuse."""

CLEAR = 95
"""Per cent that at least half the lines of a page must have; on one that is less clear OCR is sure of wrong words."""


class Where(StrEnum):
    """What a part of a document is."""

    PAGE = "page"
    SHEET = "sheet"
    SLIDE = "slide"
    BODY = "body"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Part:
    """A page, sheet, slide or the body: one line per paragraph or row, the cells of a row separated by tabs.

    ``name`` is the number of a page or slide, the title of a sheet; ``hidden`` marks sheets that no reader sees at
    once. ``confidence`` holds, for each line of a page that OCR read, per cent by its own account; of text it is empty.
    """

    where: Where
    name: str
    text: str
    hidden: bool = False
    confidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentText:
    """What could be read of a document.

    ``complete`` is False where a limit left something out; ``unread`` counts pages that hold only pictures or signs
    without meaning, and that no OCR read. ``scanned`` says that its words are but the caption of large pictures: only
    ``Documents.words`` gives it out. ``unseen`` is what no reader sees at once, a line each: properties, deleted words,
    comments on cells; it is there to refuse, never to judge. It is no fact: documents are not stored, what was found in
    them is.
    """

    kind: DocumentKind
    parts: tuple[Part, ...]
    complete: bool = True
    unread: int = 0
    scanned: bool = False
    unseen: str = ""

    @property
    def text(self) -> str:
        """All parts, one after the other."""
        return "\n".join(part.text for part in self.parts)

    @property
    def by_ocr(self) -> int:
        """How many pages were read by OCR. What it did not find may stand there all the same."""
        return sum(1 for part in self.parts if part.confidence)

    @property
    def confidence(self) -> int | None:
        """The lowest confidence of any line that OCR read; None where it read nothing."""
        return min((one for part in self.parts for one in part.confidence), default=None)


class Documents(Protocol):
    """What a probe reads documents with."""

    async def text(self, body: bytes, name: str = "", *, scans: bool = False) -> DocumentText | Gap:
        """The text of a document; a hostile or unreadable one costs only its own reading.

        Args:
            body: the whole file.
            name: how it is called; only for the detail of a gap, never to decide what it is.
            scans: read pictures and scanned pages by OCR, which takes seconds for each; lines of which it is not sure
                are left out.

        Returns:
            The text, or a gap with a reason from the closed list: ``document-encrypted``, ``document-damaged``,
            ``document-too-large``, ``document-scanned``, ``document-unsupported``, ``document-unsafe``,
            ``program-missing`` or ``program-failed``; with ``scans`` also ``ocr-missing``.
        """
        ...

    async def words(self, body: bytes, name: str = "", *, scans: bool = False) -> DocumentText | Gap:
        """The same, also for a scan with a caption and for lines of which OCR is not sure.

        It is there to refuse what must not be here, never to judge what is missing.
        """
        ...


def as_document(found: DocumentText | Gap, name: str = "") -> DocumentText | Gap:
    """What ``Documents.text`` makes of ``Documents.words``: a scan with a caption is a scan, guesses are no text."""
    if isinstance(found, Gap):
        return found
    if found.scanned:
        return Gap(Reason.DOCUMENT_SCANNED, detail=f"{name}: {found.kind}: pictures with few words")
    if not found.by_ocr:
        return found
    parts = tuple(part for part in map(_sure, found.parts) if part.text)
    left = replace(found, parts=parts, unread=found.unread + len(found.parts) - len(parts))
    return left if parts else Gap(Reason.DOCUMENT_SCANNED, detail=f"{name}: no line that OCR is sure of")


def _sure(part: Part) -> Part:
    """A part without lines of which OCR is not sure; without any where the page is not clear."""
    if not part.confidence:
        return part
    if median_high(part.confidence) < CLEAR:
        return replace(part, text="", confidence=())
    told = [pair for pair in zip(part.text.split("\n"), part.confidence, strict=True) if pair[1] >= SURE]
    return replace(part, text="\n".join(line for line, _ in told), confidence=tuple(sure for _, sure in told))
