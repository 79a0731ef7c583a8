"""A small authoritative name server on loopback, over UDP and TCP."""

import asyncio
import struct
from collections.abc import Callable
from typing import cast

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

from xuncha.lab.conversations import Conversations

Lookup = Callable[[str, str], tuple[str, ...] | None]
"""(lower-case name without final dot, type) → values in presentation form; None denies the name."""

Sign = Callable[[dns.rrset.RRset], dns.rrset.RRset | None]
"""The signature over the records of an answer; None where their zone is not signed."""

_TTL = 5
_SOA = "ns.lab.example. admin.lab.example. 1 3600 600 86400 5"
_LARGEST_UDP = 1_232
_TCP_SECONDS = 10.0


def unsigned(_: dns.rrset.RRset) -> None:
    """No zone is signed."""


def respond(wire: bytes, lookup: Lookup, sign: Sign = unsigned) -> dns.message.Message | None:
    """The response to a query, with signatures where it asks for them; None where it is not worth one."""
    try:
        query = dns.message.from_wire(wire)
    except dns.exception.DNSException:
        return None
    if query.flags & dns.flags.QR or len(query.question) != 1:
        return None
    question = query.question[0]
    response = dns.message.make_response(query, recursion_available=True)
    response.flags |= dns.flags.AA
    kind = dns.rdatatype.to_text(question.rdtype)
    values = lookup(question.name.to_text(omit_final_dot=True).lower(), kind)
    if values:
        found = dns.rrset.from_text_list(question.name, _TTL, "IN", kind, values)
        signature = sign(found) if query.ednsflags & dns.flags.DO else None
        response.answer += [found] if signature is None else [found, signature]
    else:
        response.authority.append(dns.rrset.from_text("example.", _TTL, "IN", "SOA", _SOA))
        response.set_rcode(dns.rcode.NXDOMAIN if values is None else dns.rcode.NOERROR)
    return response


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, lookup: Lookup, sign: Sign) -> None:
        self._lookup = lookup
        self._sign = sign
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        response = respond(data, self._lookup, self._sign)
        if response is not None and self._transport is not None:
            self._transport.sendto(response.to_wire(max_size=_LARGEST_UDP), addr)


class NameServer:
    """Answers from ``lookup`` until closed. ``address`` is (host, port), the same for UDP and TCP."""

    def __init__(self, lookup: Lookup, sign: Sign = unsigned) -> None:
        self._lookup = lookup
        self._sign = sign
        self._udp: asyncio.DatagramTransport | None = None
        self._tcp: asyncio.Server | None = None
        self._conversations = Conversations(self._stream, _TCP_SECONDS)
        self.address = ("", 0)

    async def open(self, host: str) -> None:
        """Start on a free port of ``host``."""
        self._tcp = await asyncio.start_server(self._conversations.accept, host, 0)
        port = self._tcp.sockets[0].getsockname()[1]
        loop = asyncio.get_running_loop()
        self._udp, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams(self._lookup, self._sign), local_addr=(host, port)
        )
        self.address = (host, port)

    async def close(self) -> None:
        """Stop answering."""
        if self._udp:
            self._udp.close()
        if self._tcp:
            self._tcp.close()
        await self._conversations.end()

    async def _stream(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        (size,) = struct.unpack(">H", await reader.readexactly(2))
        response = respond(await reader.readexactly(size), self._lookup, self._sign)
        if response is not None:
            data = response.to_wire()
            writer.write(struct.pack(">H", len(data)) + data)
            await writer.drain()
