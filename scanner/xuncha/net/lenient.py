"""The second reading of a reply that the strict engine refused, over a connection of its own."""

import re
import ssl
from collections.abc import Mapping

from xuncha.net.dial import BUFFER, dial
from xuncha.net.http1 import ReplyReader
from xuncha.net.target import Target

_FORBIDDEN = re.compile(r"[\r\n\0]")


def request_bytes(target: Target, method: str, headers: Mapping[str, str]) -> bytes:
    """A request that asks the server to close afterwards. Raises ValueError for control characters."""
    fields = {**headers, "Host": target.authority, "Connection": "close"}
    lines = [f"{method} {target.path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    if any(_FORBIDDEN.search(line) for line in lines):
        raise ValueError(f"control characters in the request for {target.url}")
    return "\r\n".join((*lines, "", "")).encode()


async def read_leniently(
    target: Target, address: str, request: bytes, reply: ReplyReader, tls: ssl.SSLContext | None
) -> ssl.SSLObject | None:
    """Send ``request`` and feed the answer to ``reply`` until it is done; the caller sets the deadline.

    Returns the TLS connection, where it was one.
    """
    async with dial(address, target.port, tls=tls, name=target.host) as (reader, writer):
        seen: ssl.SSLObject | None = writer.get_extra_info("ssl_object")
        writer.write(request)
        while not reply.done:
            data = await reader.read(BUFFER)
            reply.feed(data) if data else reply.end()
        return seen
