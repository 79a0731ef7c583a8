"""A ``Documents`` that reads nothing: what each document holds is planned in a table, by its name or its bytes."""

from collections.abc import Mapping

from xuncha.model.documents import DocumentKind, DocumentText, Part, Where, as_document
from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason

Planned = str | DocumentText | Gap | Reason
"""The text of a document, or why there is none; a plain string is the body of a text document."""


_PICTURES = (b"\x89PNG", b"\xff\xd8\xff")


class FakeDocuments:
    """Implements ``xuncha.model.documents.Documents``; ``asked`` lists the names of what was read, in order.

    Args:
        planned: by the name or by the bytes of a document. What nobody planned is UTF-8 text, unless it is a
            picture.
    """

    def __init__(self, planned: Mapping[str | bytes, Planned] | None = None) -> None:
        self._planned = dict(planned or {})
        self.asked: list[str] = []

    async def text(self, body: bytes, name: str = "", *, scans: bool = False) -> DocumentText | Gap:
        """What was planned."""
        return as_document(await self.words(body, name, scans=scans), name)

    async def words(self, body: bytes, name: str = "", *, scans: bool = False) -> DocumentText | Gap:  # noqa: ARG002
        """What was planned, also of a scan with a caption; ``scans`` changes nothing."""
        self.asked.append(name)
        found = self._planned.get(name, self._planned.get(body))
        match found:
            case None if body.startswith(_PICTURES):
                return Gap(Reason.DOCUMENT_SCANNED, detail=name)
            case None:
                return _plain(body.decode("utf-8", "replace"))
            case str() if not isinstance(found, Reason):
                return _plain(found)
            case Reason():
                return Gap(found, detail=name)
            case _:
                return found


def _plain(text: str) -> DocumentText:
    return DocumentText(DocumentKind.TEXT, (Part(Where.BODY, "", text),) if text else ())
