"""A plain TCP stream to a vetted address, bounded in bytes and in time."""

import asyncio
from collections.abc import Awaitable
from typing import Self, TypeVar

from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason
from xuncha.net.dial import BUFFER, connect
from xuncha.net.errors import FOREIGN, net_error

_T = TypeVar("_T")


class BoundedStream:
    """Implements ``xuncha.model.netapi.Stream``. Made by ``open_stream``; an async context manager."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, until: float, max_bytes: int
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._until = until
        self._left = max_bytes

    async def send(self, data: bytes) -> None:
        """Send all of ``data``. Raises NetError."""
        self._spend(len(data))
        self._writer.write(data)
        await _within(self._until, self._writer.drain())

    async def receive(self, most: int = BUFFER) -> bytes:
        """Up to ``most`` bytes; empty at the end of the stream. Raises NetError."""
        data = await _within(self._until, self._reader.read(most))
        self._spend(len(data))
        return data

    async def close(self) -> None:
        """Cut the connection."""
        self._writer.transport.abort()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def _spend(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise NetError(Reason.TOO_LARGE, "the stream's byte cap is reached")


async def open_stream(address: str, port: int, *, deadline: float, max_bytes: int) -> BoundedStream:
    """Connect to ``address``, which must be a vetted IP literal (else ValueError).

    ``deadline`` is in seconds from now, for connecting and everything after it; ``max_bytes`` counts both directions.
    Raises NetError.
    """
    until = asyncio.get_running_loop().time() + deadline
    reader, writer = await _within(until, connect(address, port))
    return BoundedStream(reader, writer, until=until, max_bytes=max_bytes)


async def _within(until: float, action: Awaitable[_T]) -> _T:
    try:
        async with asyncio.timeout_at(until):
            return await action
    except FOREIGN as problem:
        raise net_error(problem) from problem
