"""When a document is read a second time, by OCR, and which of the two readings counts."""

from xuncha.model.documents import DocumentKind, DocumentText
from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason


def is_scan(found: DocumentText | Gap) -> bool:
    """Whether pages may be left that OCR can read: those of a PDF, or a picture."""
    if isinstance(found, Gap):
        return found.reason is Reason.DOCUMENT_SCANNED
    return found.unread > 0 and found.kind is DocumentKind.PDF


def better(found: DocumentText | Gap, again: DocumentText | Gap) -> DocumentText | Gap:
    """What OCR read, or why it read nothing; but text that was read before is not lost by that."""
    return found if isinstance(again, Gap) and isinstance(found, DocumentText) else again
