"""Listens on one address, over HTTP and HTTPS, and lets callbacks decide what each name and request gets."""

import asyncio
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from xuncha.lab.conversations import Conversations
from xuncha.lab.hello import missing, parse_hello
from xuncha.lab.messages import Answer, Raw, Reply, Request, Scheme, parse_request, written
from xuncha.lab.tlcp import first_flight
from xuncha.lab.wire import Plain, Tls, Wire

_MAX_HEAD = 32_768
_IDLE_SECONDS = 30.0
_LONGEST_CONNECTION = 300.0
_BIND_TRIES = 50


@dataclass(frozen=True, slots=True)
class Front:
    """How TLS is met for one server name: a context, or a reset; ``sm2`` certificates where TLCP is spoken."""

    context: ssl.SSLContext | None
    sm2: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Callbacks:
    """What a listener asks: the answer to a request, how to meet a server name, the time; and what it tells."""

    answer: Callable[[Request], Answer]
    front: Callable[[str], Front]
    now: Callable[[], datetime]
    connected: Callable[[], None]


class Port:
    """One TCP port, reserved from the start: while it is not open, connections to it are refused."""

    def __init__(self, address: str, *, ipv6: bool) -> None:
        self._addresses = (address, "::1") if ipv6 else (address,)
        self._reserved = _bind(self._addresses, 0)
        self.number: int = self._reserved[0].getsockname()[1]
        self._servers: list[asyncio.Server] = []

    async def open(self, conversations: Conversations) -> None:
        """Start to accept."""
        self._reserved = self._reserved or _bind(self._addresses, self.number)
        for one in self._reserved:
            self._servers.append(await asyncio.start_server(conversations.accept, sock=one))
        self._reserved = []

    def shut(self) -> None:
        """Refuse connections from now on; the number stays ours."""
        if self._servers:
            self._stop()
            self._reserved = _bind(self._addresses, self.number)

    def release(self) -> None:
        """Give the number back."""
        self._stop()
        for one in self._reserved:
            one.close()

    def _stop(self) -> None:
        for server in self._servers:
            server.close()
        self._servers = []


def _bind(addresses: tuple[str, ...], port: int) -> list[socket.socket]:
    """A bound socket for each address, all with the same port. Raises OSError where that can't be had.

    ``port`` 0 takes any that nobody has; a port that was ours is taken back though old connections linger on it.
    """
    for _ in range(_BIND_TRIES):
        found = [_bound(addresses[0], port, again=port > 0)]
        number = found[0].getsockname()[1]
        try:
            found += [_bound(address, number, again=port > 0) for address in addresses[1:]]
        except OSError:
            found[0].close()
        else:
            return found
    raise OSError(f"no port that is free on all of {', '.join(addresses)}")


def _bound(address: str, port: int, *, again: bool = False) -> socket.socket:
    one = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    try:
        if one.family == socket.AF_INET6:
            one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        if again:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind((address, port))
    except OSError:
        one.close()
        raise
    one.settimeout(0)
    return one


def can_bind(address: str) -> bool:
    """Whether this machine lets us listen there."""
    try:
        _bound(address, 0).close()
    except OSError:
        return False
    return True


class Listener:
    """The two ports of one address, and the connections to them."""

    def __init__(self, address: str, callbacks: Callbacks, *, ipv6: bool) -> None:
        self.address = address
        self._callbacks = callbacks
        self.http = Port(address, ipv6=ipv6)
        self.https = Port(address, ipv6=ipv6)
        self._plain = Conversations(self._over_http, _LONGEST_CONNECTION)
        self._secure = Conversations(self._over_https, _LONGEST_CONNECTION)

    async def open(self, *, http: bool, https: bool) -> None:
        """Accept on the ports that are wanted, refuse on the others."""
        for port, wanted, conversations in ((self.http, http, self._plain), (self.https, https, self._secure)):
            port.shut()
            if wanted:
                await port.open(conversations)

    async def close(self) -> None:
        """Stop listening and end every connection."""
        self.release()
        await self._plain.end()
        await self._secure.end()

    def release(self) -> None:
        """Give the ports back."""
        self.http.release()
        self.https.release()

    async def _over_http(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._callbacks.connected()
        plain = Plain(reader, writer)
        await self._converse(plain, plain, "http")

    async def _over_https(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._callbacks.connected()
        plain = Plain(reader, writer)
        wire = await self._secured(plain)
        if wire is not None:
            await self._converse(wire, plain, "https")

    async def _secured(self, plain: Plain) -> Wire | None:
        """The connection after its TLS handshake; None where none came about."""
        first = b""
        while missing(first):
            data = await plain.read()
            if not data:
                return None
            first += data
        plain.unread(first)
        hello = parse_hello(first)
        front = self._callbacks.front(hello.name if hello else "")
        if front.context is None:
            plain.reset()
            return None
        if hello and hello.tlcp and front.sm2:
            await plain.read()
            await plain.write(first_flight(hello, front.sm2))
            return None
        wire = Tls(plain, front.context)
        await wire.handshake()
        return wire

    async def _converse(self, wire: Wire, plain: Plain, scheme: Scheme) -> None:
        """Answer one request after the other until somebody ends it."""
        left = b""
        while True:
            head, left = await _head(wire, left)
            if not head:
                return
            request = parse_request(head, scheme)
            answer = self._callbacks.answer(request) if request else Reply(400)
            if isinstance(answer, Raw):
                await _send_raw(wire, plain, answer)
                return
            request = request or _UNREADABLE
            await asyncio.sleep(answer.wait)
            await wire.write(written(request, answer, self._callbacks.now()))
            if not request.keeps_alive:
                await wire.finish()
                return


_UNREADABLE = Request("http", "", "GET", "/", (), keeps_alive=False)


async def _head(wire: Wire, data: bytes) -> tuple[bytes, bytes]:
    """The next request's head and what came after it; an empty head where none comes any more."""
    async with asyncio.timeout(_IDLE_SECONDS):
        while b"\r\n\r\n" not in data:
            more = await wire.read()
            if not more or len(data) > _MAX_HEAD:
                return b"", b""
            data += more
    head, _, rest = data.partition(b"\r\n\r\n")
    return head, rest


async def _send_raw(wire: Wire, plain: Plain, raw: Raw) -> None:
    for piece in raw.pieces:
        await wire.write(piece)
        await asyncio.sleep(raw.pause)
    match raw.ending:
        case "close":
            await wire.finish()
        case "reset":
            plain.reset()
        case "hold":
            await asyncio.sleep(_LONGEST_CONNECTION)
