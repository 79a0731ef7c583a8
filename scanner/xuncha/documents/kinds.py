"""What a file is by its first bytes and its table of contents. Names and extensions are not asked."""

import os
import re
from pathlib import Path

from xuncha.documents.archive import Archive
from xuncha.documents.refusal import RefusedError
from xuncha.model.documents import DocumentKind
from xuncha.model.reasons import Reason

_HEAD = 1024  # Acrobat looks for its mark this far
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURE = re.compile(rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|RIFF.{4}WEBP|II\*\x00|MM\x00\*|BM.{4}\x00{4}", re.DOTALL)
_MAIN_PARTS = {
    "wordprocessingml": DocumentKind.DOCX,
    "ms-word": DocumentKind.DOCX,  # with macros
    "sheet.binary": DocumentKind.XLSB,
    "spreadsheetml": DocumentKind.XLSX,
    "ms-excel": DocumentKind.XLSX,
    "presentationml": DocumentKind.PPTX,
    "ms-powerpoint": DocumentKind.PPTX,
}
_STREAMS = {
    "worddocument": DocumentKind.DOC,
    "powerpoint document": DocumentKind.PPT,
    "workbook": DocumentKind.XLS,
    "book": DocumentKind.XLS,
}
_ODF = {"text": DocumentKind.ODT, "spreadsheet": DocumentKind.ODS}
_HTML = re.compile(rb"(?i)\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|meta|table|body|div)\b", re.DOTALL)
_XML = re.compile(rb"\s*<\?xml\b")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def kind_of(body: bytes) -> DocumentKind:
    """The kind of a document; OTHER where we don't know it.

    Raises:
        RefusedError: it is encrypted, or a broken container.
    """
    head = body[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if b"%PDF-" in head:
        return DocumentKind.PDF
    if body.startswith(b"PK\x03\x04"):
        return _in_zip(body)
    if body.startswith(_OLE):
        return _in_ole(body)
    if body.startswith(b"{\\rtf"):
        return DocumentKind.RTF
    if _PICTURE.match(body):
        return DocumentKind.IMAGE
    return _plain(body, head)


def _in_zip(body: bytes) -> DocumentKind:
    archive = Archive(body)
    if "[Content_Types].xml" in archive:
        main = next(iter(archive.main_parts()), ("", ""))[1]
        return next((kind for word, kind in _MAIN_PARTS.items() if word in main), DocumentKind.OTHER)
    if "OFD.xml" in archive:
        return DocumentKind.OFD
    if "mimetype" in archive:
        media = archive.read("mimetype", most=200).decode("ascii", "replace")
        return next((kind for word, kind in _ODF.items() if f"opendocument.{word}" in media), DocumentKind.OTHER)
    return DocumentKind.OTHER


def _in_ole(body: bytes) -> DocumentKind:
    names = _streams(body)
    if "encryptedpackage" in names:
        raise RefusedError(Reason.DOCUMENT_ENCRYPTED, "an encrypted Office document")
    return next((kind for name, kind in _STREAMS.items() if name in names), DocumentKind.OTHER)


def _streams(body: bytes) -> set[str]:
    """The streams at the top of an OLE container, in lower case; what is embedded deeper does not count."""
    from xlrd.compdoc import CompDoc, CompDocError  # noqa: PLC0415 - only here and for workbooks

    with Path(os.devnull).open("w") as nowhere:
        try:
            entries = CompDoc(body, logfile=nowhere).dirlist
        except (CompDocError, AssertionError, IndexError, ValueError) as error:
            raise RefusedError(Reason.DOCUMENT_DAMAGED, f"OLE: {error}") from None
    return {entries[child].name.lower() for child in entries[0].children if 0 <= child < len(entries)}


def _plain(body: bytes, head: bytes) -> DocumentKind:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return DocumentKind.TEXT
    if _HTML.match(head):
        return DocumentKind.HTML
    if _XML.match(head):
        return DocumentKind.HTML if b"<html" in head.lower() else DocumentKind.XML
    return DocumentKind.OTHER if _CONTROL.search(body[:65_536]) else DocumentKind.TEXT
