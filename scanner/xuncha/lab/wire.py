"""Streams that can also misbehave: plain TCP with reset, and TLS pumped by hand so that its first bytes can be seen."""

import asyncio
import contextlib
import socket
import ssl
import struct
from collections.abc import Callable
from typing import Protocol, TypeVar

_T = TypeVar("_T")
_READ = 65_536


class Wire(Protocol):
    """One connection with a client."""

    async def read(self) -> bytes:
        """Some bytes; empty at the end."""
        ...

    async def write(self, data: bytes) -> None:
        """Send all of it."""
        ...

    async def finish(self) -> None:
        """Say goodbye as the protocol wants it; the connection itself is closed by its server."""
        ...


class Plain:
    """TCP. ``unread`` puts bytes back, so that a look at the first ones costs nothing."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._unread = b""

    async def read(self) -> bytes:
        """Some bytes; empty at the end."""
        if self._unread:
            data, self._unread = self._unread, b""
            return data
        return await self._reader.read(_READ)

    def unread(self, data: bytes) -> None:
        """Let the next read give ``data``."""
        self._unread = data + self._unread

    async def write(self, data: bytes) -> None:
        """Send all of it."""
        self._writer.write(data)
        await self._writer.drain()

    async def finish(self) -> None:
        """Nothing to say in TCP."""

    def reset(self) -> None:
        """End with RST instead of FIN."""
        raw = self._writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()


class Tls:
    """TLS over ``plain``; shake hands first."""

    def __init__(self, plain: Plain, context: ssl.SSLContext) -> None:
        self._plain = plain
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_side=True)

    async def handshake(self) -> None:
        """Raises ssl.SSLError, after the alert has been sent."""
        await self._pump(self._tls.do_handshake)

    async def read(self) -> bytes:
        """Some bytes; empty at the end, whether the client said goodbye or not."""
        try:
            return await self._pump(lambda: self._tls.read(_READ))
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            return b""

    async def write(self, data: bytes) -> None:
        """Send all of it."""
        await self._pump(lambda: self._tls.write(data))

    async def finish(self) -> None:
        """Send close_notify without waiting for the client's."""
        with contextlib.suppress(ssl.SSLError):
            self._tls.unwrap()
        await self._flush()

    async def _pump(self, step: Callable[[], _T]) -> _T:
        while True:
            try:
                result = step()
            except ssl.SSLWantReadError:
                await self._flush()
                await self._feed()
            except ssl.SSLError:
                await self._flush()
                raise
            else:
                await self._flush()
                return result

    async def _feed(self) -> None:
        data = await self._plain.read()
        if data:
            self._incoming.write(data)
        else:
            self._incoming.write_eof()

    async def _flush(self) -> None:
        if data := self._outgoing.read():
            await self._plain.write(data)
