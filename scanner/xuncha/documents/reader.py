"""Reads documents for a worker through one ``python -m xuncha.documents --serve``, which it starts when it needs it."""

import asyncio
import json
import os
import signal
import sys
from contextlib import suppress
from typing import Any

from xuncha.documents.office import SECONDS
from xuncha.documents.scanned import better, is_scan
from xuncha.documents.serving import ANSWER, HEAD, MAX_SAID
from xuncha.model.documents import DocumentKind, DocumentText, Part, Where, as_document
from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason

MAX_BYTES = 32_000_000
"""Of one document; a larger one is not read at all."""

DEADLINE = SECONDS + 30.0
"""Seconds on the clock for one document. Processor time is bounded more tightly, see ``limits``."""

IDLE = 30.0
"""Seconds after which a server that is not asked gives its memory back."""

COMMAND = (sys.executable, "-I", "-m", "xuncha.documents", "--serve")
_KEPT = ("PATH", "SYSTEMROOT")


class DocumentReader:
    """Implements ``xuncha.model.documents.Documents``: one document at a time, in the order of asking."""

    def __init__(self) -> None:
        self._place = asyncio.Lock()
        self._server: asyncio.subprocess.Process | None = None
        self._end_of_idleness: asyncio.TimerHandle | None = None

    async def text(self, body: bytes, name: str = "", *, scans: bool = False) -> DocumentText | Gap:
        """See ``Documents.text``. Never raises for what a document does."""
        return as_document(await self.words(body, name, scans=scans), name)

    async def words(self, body: bytes, name: str = "", *, scans: bool = False) -> DocumentText | Gap:
        """See ``Documents.words``."""
        found = (await self.read(body, name))[0]
        return better(found, (await self.read(body, name, scans=True))[0]) if scans and is_scan(found) else found

    async def read(self, body: bytes, name: str = "", *, scans: bool = False) -> tuple[DocumentText | Gap, float]:
        """What one reading gives, with the seconds of processor time that it took; with ``scans`` by OCR."""
        if len(body) > MAX_BYTES:
            return Gap(Reason.DOCUMENT_TOO_LARGE, detail=f"{name}: {len(body)} bytes"), 0.0
        async with self._place:
            try:
                async with asyncio.timeout(DEADLINE):
                    said, seconds = await self._ask(body, scans=scans)
            except TimeoutError:
                await self._stop()
                return Gap(Reason.DOCUMENT_TOO_LARGE, detail=f"{name}: longer than {DEADLINE} s"), DEADLINE
            except (OSError, EOFError, ValueError) as error:
                await self._stop()
                return Gap(Reason.PROGRAM_FAILED, detail=f"{name}: {type(error).__name__}"), 0.0
            except asyncio.CancelledError:
                await self._stop()  # its answer would be taken for the next one's
                raise
            self._rest()
        return _understood(said, name), seconds

    async def aclose(self) -> None:
        """End the server. A worker that ends need not: the server's input closes with it."""
        async with self._place:
            await self._stop()

    async def _ask(self, body: bytes, *, scans: bool) -> tuple[bytes, float]:
        server = await self._started()
        assert server.stdin
        assert server.stdout
        server.stdin.write(HEAD.pack(len(body), scans) + body)
        await server.stdin.drain()
        length, seconds = ANSWER.unpack(await server.stdout.readexactly(ANSWER.size))
        if length > MAX_SAID:
            raise ValueError("it says more than it may")
        return await server.stdout.readexactly(length), seconds

    async def _started(self) -> asyncio.subprocess.Process:
        if self._end_of_idleness:
            self._end_of_idleness.cancel()
        if self._server and (self._server.returncode is not None or _is_leaving(self._server)):
            await self._stop()
        if self._server is None:
            kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
            self._server = await asyncio.create_subprocess_exec(
                *COMMAND,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env={**kept, "LC_ALL": "C.UTF-8"},
                start_new_session=os.name == "posix",
            )
        return self._server

    def _rest(self) -> None:
        """Let the server end by itself unless it is asked again soon."""
        if self._server and self._server.stdin:
            self._end_of_idleness = asyncio.get_running_loop().call_later(IDLE, self._server.stdin.close)

    async def _stop(self) -> None:
        if self._end_of_idleness:
            self._end_of_idleness.cancel()
        server, self._server = self._server, None
        if server is None:
            return
        if server.stdin:
            server.stdin.close()
        with suppress(ProcessLookupError):
            server.kill()
        await server.wait()


def _is_leaving(server: asyncio.subprocess.Process) -> bool:
    return server.stdin is None or server.stdin.is_closing()


def _understood(said: bytes, name: str) -> DocumentText | Gap:
    """What the process said, which a hostile document may have made it say."""
    try:
        answer = json.loads(said)
        if "killed" in answer:
            return _lost(int(answer["killed"]), name)
        if "refused" in answer:
            return Gap(Reason(answer["refused"]), detail=f"{name}: {str(answer['detail'])[:300]}")
        return _text(answer["text"])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return Gap(Reason.PROGRAM_FAILED, detail=f"{name}: {type(error).__name__}")


def _lost(code: int, name: str) -> Gap:
    """A fork that said nothing, by its exit code: killed at a limit, crashed, or failed."""
    if code == -signal.SIGKILL:
        return Gap(Reason.DOCUMENT_TOO_LARGE, detail=f"{name}: killed by a limit")
    reason = Reason.DOCUMENT_DAMAGED if code < 0 else Reason.PROGRAM_FAILED
    return Gap(reason, detail=f"{name}: ended with {code}")


def _text(said: dict[str, Any]) -> DocumentText:
    return DocumentText(
        DocumentKind(said["kind"]),
        tuple(map(_part, said["parts"])),
        bool(said["complete"]),
        int(said["unread"]),
        bool(said.get("scanned")),
        str(said.get("unseen", "")),
    )


def _part(said: dict[str, Any]) -> Part:
    text, confidence = str(said["text"]), tuple(map(int, said["confidence"]))
    if confidence and len(confidence) != text.count("\n") + 1:
        raise ValueError("not a confidence for each line")
    return Part(Where(said["where"]), str(said["name"]), text, bool(said["hidden"]), confidence)
