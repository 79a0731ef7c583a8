"""From bytes to text, within this process. Everything hostile ends as text cut short or as a refusal."""

from collections.abc import Callable

from xuncha.documents import ocr, office
from xuncha.documents.collected import Collected
from xuncha.documents.kinds import kind_of
from xuncha.documents.limits import NORMAL, Limits
from xuncha.documents.refusal import OutOfTimeError, RefusedError
from xuncha.model.documents import DocumentKind, DocumentText
from xuncha.model.reasons import Reason

Reader = Callable[[bytes, Collected], None]


def read(
    body: bytes, kind: DocumentKind | None = None, limits: Limits = NORMAL, *, scans: bool = False
) -> DocumentText:
    """The text of a document; with ``scans`` also what OCR reads of pictures and of pages without text.

    Raises:
        RefusedError: with a reason from the closed list.
    """
    kind = kind or kind_of(body)
    if kind is DocumentKind.IMAGE:
        _refuse_picture(scans=scans)
    collected = Collected(limits)
    try:
        readable, becomes = (
            (office.convert(body, kind), office.BECOMES[kind]) if kind in office.BECOMES else (body, kind)
        )
        _reader(becomes)(readable, collected)
        if scans and collected.scans and ocr.is_there():
            from xuncha.documents.scans import read_pages

            read_pages(readable, collected)
    except RefusedError:
        raise
    except (OutOfTimeError, MemoryError) as stop:
        if not collected.readable:
            raise RefusedError(Reason.DOCUMENT_TOO_LARGE, type(stop).__name__) from None
        collected.complete = False
    except Exception as error:
        # A library that loses its way in a broken file raises nearly anything.
        raise RefusedError(Reason.DOCUMENT_DAMAGED, f"{kind}: {type(error).__name__}: {str(error)[:200]}") from error
    if collected.unread and not collected.readable:
        reason = Reason.OCR_MISSING if scans and collected.scans and not ocr.is_there() else Reason.DOCUMENT_SCANNED
        raise RefusedError(reason, f"{kind}: {collected.unread} pages or pictures without text")
    return collected.as_text(kind)


def _refuse_picture(*, scans: bool) -> None:
    """Unless it is to be read by OCR, and can be."""
    if not scans:
        raise RefusedError(Reason.DOCUMENT_SCANNED, "a picture")
    if not ocr.is_there():
        raise RefusedError(Reason.OCR_MISSING, ocr.HOW)


def _reader(kind: DocumentKind) -> Reader:  # noqa: C901 - a list
    """The reader of a kind; each brings its library along only when it is needed."""
    # ruff: noqa: PLC0415
    match kind:
        case DocumentKind.PDF:
            from xuncha.documents.pdf import read_pdf as reader
        case DocumentKind.IMAGE:
            from xuncha.documents.scans import read_picture as reader
        case DocumentKind.DOCX:
            from xuncha.documents.openxml import read_docx as reader
        case DocumentKind.PPTX:
            from xuncha.documents.openxml import read_pptx as reader
        case DocumentKind.XLSX:
            from xuncha.documents.xlsx import read_xlsx as reader
        case DocumentKind.XLS:
            from xuncha.documents.xls import read_xls as reader
        case DocumentKind.OFD:
            from xuncha.documents.ofd import read_ofd as reader
        case DocumentKind.HTML:
            from xuncha.documents.plain import read_html as reader
        case DocumentKind.XML:
            from xuncha.documents.plain import read_xml as reader
        case DocumentKind.TEXT:
            from xuncha.documents.plain import read_text as reader
        case _:
            raise RefusedError(Reason.DOCUMENT_UNSUPPORTED, kind)
    return reader
