"""Connects to a vetted address. Names are never looked up here; TLS gets the name only to send and verify it."""

import asyncio
import ipaddress
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache

BUFFER = 65_536


@lru_cache(maxsize=256)
def require_literal(address: str) -> None:
    """Raises ValueError unless ``address`` is an IP address in its usual spelling."""
    ipaddress.ip_address(address)


async def connect(
    address: str, port: int, *, tls: ssl.SSLContext | None = None, name: str | None = None
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Open a connection. Raises ValueError when ``address`` isn't an IP literal, and OSError."""
    require_literal(address)
    return await asyncio.open_connection(address, port, limit=BUFFER, ssl=tls, server_hostname=name if tls else None)


@asynccontextmanager
async def dial(
    address: str, port: int, *, tls: ssl.SSLContext | None = None, name: str | None = None
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection that is cut, not politely shut, when the block is left: a hostile peer can't hold it open."""
    reader, writer = await connect(address, port, tls=tls, name=name)
    try:
        yield reader, writer
    finally:
        writer.transport.abort()
