"""Connects to a vetted address. Names are never looked up here; TLS gets the name only to send and verify it."""

import asyncio
import ipaddress
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

BUFFER = 65_536


@asynccontextmanager
async def dial(
    address: str, port: int, *, tls: ssl.SSLContext | None = None, name: str | None = None
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection that is cut, not politely shut, when the block is left: a hostile peer can't hold it open.

    Raises ValueError when ``address`` isn't an IP literal, and OSError.
    """
    ipaddress.ip_address(address)
    reader, writer = await asyncio.open_connection(
        address, port, limit=BUFFER, ssl=tls, server_hostname=name if tls else None
    )
    try:
        yield reader, writer
    finally:
        writer.transport.abort()
