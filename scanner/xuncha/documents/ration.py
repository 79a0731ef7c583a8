"""What the documents of one site may cost in all, so that fifty that are made to be dear don't hold up the others."""

from typing import Protocol

from xuncha.model.documents import DocumentText
from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason

SECONDS = 120.0
"""Seconds of processor time for all documents of one site; the last one may go beyond by its own limit."""


class _Reader(Protocol):
    async def read(self, body: bytes, name: str = "") -> tuple[DocumentText | Gap, float]: ...


class Ration:
    """Implements ``xuncha.model.documents.Documents`` for one site, over the reader that a worker's sites share."""

    def __init__(self, reader: _Reader, seconds: float = SECONDS) -> None:
        self._reader = reader
        self._left = seconds

    async def text(self, body: bytes, name: str = "") -> DocumentText | Gap:
        """See ``Documents.text``; ``budget-reached`` as soon as nothing is left."""
        if self._left <= 0:
            return Gap(Reason.BUDGET_REACHED, detail=f"{name}: the site's documents took all their processor time")
        found, seconds = await self._reader.read(body, name)
        self._left -= seconds
        return found
