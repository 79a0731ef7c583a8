"""What workers and the plugins in them print. Nobody needs it, but whoever looks for the cause of a crash.

It never reaches a terminal: a plugin's words could pass for ours, and a page's may hold control sequences.
"""

import asyncio
import os
from contextlib import suppress
from pathlib import Path

from xuncha.store.mask import clean_line, mask_text

OUTPUT = "workers.log"
"""File in the run's folder; there is none while nothing was printed."""

MOST = 1_000_000
"""Bytes that are kept, or a little less: what came last."""

_PIECE = 65_536
_LINGER = 1.0
"""Seconds for the last words of a worker that has ended; a program of its own may hold the line open."""


class Output:
    """Of all workers of a run together, personal data masked."""

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self._path = folder / OUTPUT
        self._most = most

    async def drain(self, stream: asyncio.StreamReader) -> None:
        """Take in everything that comes, until the line closes."""
        rest = b""
        while piece := await stream.read(_PIECE):
            whole, end, rest = (rest + piece).rpartition(b"\n")
            if len(rest) > _PIECE:
                whole, end, rest = whole + end + rest, b"\n", b""
            self._keep(whole + end)
        self._keep(rest)

    def _keep(self, said: bytes) -> None:
        if not said:
            return
        data = mask_text(said.decode(errors="backslashreplace")).encode(errors="backslashreplace")
        with suppress(OSError):  # a full disk is told by whoever writes down what was found
            with open(self._path, "ab", opener=_private) as file:
                file.write(data)
                size = file.tell()
            if size > self._most:
                self._path.write_bytes(self._path.read_bytes()[-self._most // 2 :])


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


async def settle(draining: "asyncio.Task[None]") -> None:
    """Wait a little for the last words."""
    await asyncio.wait({draining}, timeout=_LINGER)
    draining.cancel()
    with suppress(asyncio.CancelledError):
        await draining


def last_words(folder: Path) -> str:
    """The last line that was printed, as it may be shown; empty where nothing was."""
    try:
        lines = (folder / OUTPUT).read_bytes()[-_PIECE:].decode(errors="replace").split("\n")
    except OSError:
        return ""
    return next((shown[:300] for line in reversed(lines) if (shown := clean_line(line).strip())), "")
