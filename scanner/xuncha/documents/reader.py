"""Reads documents for a worker: one process for each, a few at once, nothing of it left behind."""

import asyncio
import json
import sys
from typing import Any

from xuncha.documents.limits import CONVERTING
from xuncha.documents.office import SECONDS
from xuncha.model.documents import DocumentKind, DocumentText, Part, Where
from xuncha.model.fact import Gap
from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason
from xuncha.net.programs import run_program

MAX_BYTES = 32_000_000
"""Of one document; a larger one is not read at all."""

MAX_SAID = 32_000_000
DEADLINE = SECONDS + 30.0
"""Seconds on the clock. Processor time is bounded more tightly, see ``limits``."""

_COMMAND = (sys.executable, "-I", "-m", "xuncha.documents")
_KILLED = -9


class DocumentReader:
    """Implements ``xuncha.model.documents.Documents``; ``at_once`` documents are read at the same time."""

    def __init__(self, at_once: int = 1) -> None:
        self._places = asyncio.Semaphore(at_once)

    async def text(self, body: bytes, name: str = "") -> DocumentText | Gap:
        """See ``Documents.text``. Never raises for what a document does."""
        if len(body) > MAX_BYTES:
            return Gap(Reason.DOCUMENT_TOO_LARGE, detail=f"{name}: {len(body)} bytes")
        async with self._places:
            try:
                done = await run_program(
                    _COMMAND, deadline=DEADLINE, stdin=body, max_output=MAX_SAID, memory=CONVERTING.memory
                )
            except NetError as error:
                return Gap(_REASONS.get(error.reason, Reason.PROGRAM_FAILED), detail=f"{name}: {error.detail}")
        return _understood(done.code, done.stdout, name)


_REASONS = {Reason.TIMEOUT: Reason.DOCUMENT_TOO_LARGE, Reason.TOO_LARGE: Reason.DOCUMENT_TOO_LARGE}


def _understood(code: int, said: bytes, name: str) -> DocumentText | Gap:
    """What the process said, which a hostile document may have made it say."""
    if code == _KILLED:
        return Gap(Reason.DOCUMENT_TOO_LARGE, detail=f"{name}: killed by a limit")
    if code < 0:
        return Gap(Reason.DOCUMENT_DAMAGED, detail=f"{name}: ended by signal {-code}")
    try:
        answer = json.loads(said)
        if "refused" in answer:
            return Gap(Reason(answer["refused"]), detail=f"{name}: {str(answer['detail'])[:300]}")
        return _text(answer["text"])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return Gap(Reason.PROGRAM_FAILED, detail=f"{name}: exit code {code}, {type(error).__name__}")


def _text(said: dict[str, Any]) -> DocumentText:
    parts = (
        Part(Where(part["where"]), str(part["name"]), str(part["text"]), bool(part["hidden"])) for part in said["parts"]
    )
    return DocumentText(DocumentKind(said["kind"]), tuple(parts), bool(said["complete"]), int(said["unread"]))
