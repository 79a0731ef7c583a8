"""What the documents of one site may cost in all, so that fifty that are made to be dear don't hold up the others."""

import hashlib
from typing import Protocol

from xuncha.documents.scanned import better, is_scan
from xuncha.model.documents import DocumentText, as_document
from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason

SECONDS = 120.0
"""Seconds of processor time for all documents of one site; the last one may go beyond by its own limit."""

BY_OCR = 240.0
"""Seconds of processor time beside these for reading pictures; beyond, they stay unread as without OCR."""

REMEMBERED = 4_000_000
"""Characters of text that are kept of a site's documents: several probes read the same one."""


class _Reader(Protocol):
    async def read(self, body: bytes, name: str = "", *, scans: bool = False) -> tuple[DocumentText | Gap, float]: ...


class Ration:
    """Implements ``xuncha.model.documents.Documents`` for one site, over the reader that a worker's sites share."""

    def __init__(self, reader: _Reader, seconds: float = SECONDS, by_ocr: float = BY_OCR) -> None:
        self._reader = reader
        self._left = seconds
        self._left_for_ocr = by_ocr
        self._remembered: dict[bytes, DocumentText] = {}
        self._by_ocr: dict[bytes, DocumentText | Gap] = {}
        self._characters = REMEMBERED

    async def text(self, body: bytes, name: str = "", *, scans: bool = False) -> DocumentText | Gap:
        """See ``Documents.text``; ``budget-reached`` as soon as nothing is left."""
        return as_document(await self.words(body, name, scans=scans), name)

    async def words(self, body: bytes, name: str = "", *, scans: bool = False) -> DocumentText | Gap:
        """See ``Documents.words``."""
        digest = hashlib.sha256(body).digest()
        if scans and digest in self._by_ocr:
            return self._by_ocr[digest]
        found = await self._read(body, name, digest)
        if not scans or not is_scan(found) or self._left_for_ocr <= 0:
            return found
        again, seconds = await self._reader.read(body, name, scans=True)
        self._left_for_ocr -= seconds
        self._by_ocr[digest] = better(found, again)
        return self._by_ocr[digest]

    async def _read(self, body: bytes, name: str, digest: bytes) -> DocumentText | Gap:
        if digest in self._remembered:
            return self._remembered[digest]
        if self._left <= 0:
            return Gap(Reason.BUDGET_REACHED, detail=f"{name}: the site's documents took all their processor time")
        found, seconds = await self._reader.read(body, name)
        self._left -= seconds
        if isinstance(found, DocumentText):
            self._remember(digest, found)
        return found

    def _remember(self, digest: bytes, found: DocumentText) -> None:
        size = sum(len(part.text) for part in found.parts)
        if size <= self._characters:
            self._characters -= size
            self._remembered[digest] = found
