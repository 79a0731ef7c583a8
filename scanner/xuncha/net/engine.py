"""One request to one vetted address: sends, reads under caps, decodes. It never looks a name up.

aiohttp is given the address as the URL's host and the site's name as Host header and SNI. So its pool is keyed by
address, and a name that changes its answer can't move a connection.
"""

import asyncio
import ssl
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, Self

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.client_reqrep import ClientResponse
from aiohttp.connector import Connection
from yarl import URL

from xuncha.model.netapi import NetError, TlsSeen
from xuncha.model.reasons import Reason
from xuncha.net import tlsprobe
from xuncha.net.decode import Body, codings
from xuncha.net.dial import require_literal
from xuncha.net.errors import FOREIGN, handshake_failed, net_error, unwrapped
from xuncha.net.http1 import Headers, ReplyReader, text
from xuncha.net.lenient import read_leniently, request_bytes
from xuncha.net.target import Target
from xuncha.net.tlscontext import TlsContexts, Way, tls_seen

_REFUSALS = 3
"""Replies refused by the strict reader, one after the other, before a server is read leniently at once."""
_RETELLABLE = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Caps:
    """What one request may cost.

    ``max_bytes`` holds for the body on the wire and again once decoded; what is over it is cut off. ``deadline`` is in
    seconds, for everything from connecting to the last byte. More header bytes than ``max_header_bytes`` are refused.
    """

    max_bytes: int
    deadline: float
    max_header_bytes: int = 65_536


@dataclass(frozen=True, slots=True)
class RawReply:
    """One HTTP answer as it came, redirects included, the body decoded from transfer and content codings.

    ``headers`` keep order and repetition, names in lower case. ``truncated``: bytes are missing, because of a cap or
    because the server broke off. ``seconds`` is from the call to the last byte, ``wire_bytes`` counts the body before
    its content codings were undone.
    """

    status: int
    reason: str
    headers: Headers
    body: bytes
    truncated: bool
    seconds: float
    address: str
    http_version: str
    reader: Literal["strict", "lenient"]
    tls: TlsSeen | None
    wire_bytes: int


@dataclass(frozen=True, slots=True)
class _Call:
    target: Target
    address: str
    method: str
    headers: Mapping[str, str]
    caps: Caps
    timer: Callable[[], float]
    began: float

    @property
    def seconds(self) -> float:
        """Since it began."""
        return self.timer() - self.began

    @property
    def peer(self) -> tuple[str, int, str]:
        return self.target.host, self.target.port, self.address


class Engine:
    """HTTP/1.1 for one site, with keep-alive. It remembers per server which TLS worked and who must be read leniently.

    An async context manager; ``aclose`` ends its connections. It follows no redirects and keeps no cookies.

    Args:
        tls: the contexts to share with other engines of the worker.
        keep_alive: without it each request opens a connection of its own, which is right for many hosts asked once.
        timer: seconds, for how long replies took.
    """

    def __init__(
        self,
        tls: TlsContexts | None = None,
        *,
        keep_alive: bool = True,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tls = tls or TlsContexts()
        self._timer = timer
        self._keep_alive = keep_alive
        self._session: aiohttp.ClientSession | None = None
        self._ways: dict[tuple[str, int, str], Way] = {}
        self._refusals: Counter[tuple[str, int, str]] = Counter()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Cut all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def send(self, target: Target, address: str, method: str, headers: Mapping[str, str], caps: Caps) -> RawReply:
        """Ask ``address`` for ``target`` and read the answer.

        Args:
            target: where the request goes; gives path, Host header and SNI.
            address: the vetted IP address to connect to; a name is an error of the caller (ValueError).
            method: GET, HEAD or OPTIONS.
            headers: sent in this order; Host is ours.
            caps: bytes and seconds.

        Raises:
            NetError: with the reason why there is no reply.
        """
        require_literal(address)
        call = _Call(target, address, method, headers, caps, self._timer, self._timer())
        try:
            async with asyncio.timeout(caps.deadline):
                return await self._read(call)
        except FOREIGN as problem:
            raise net_error(problem) from problem

    async def _read(self, call: _Call) -> RawReply:
        if self._refusals and self._refusals[call.peer] >= _REFUSALS and call.method in _RETELLABLE:
            return await self._read_leniently(call)
        try:
            reply = await (self._read_over_tls(call) if call.target.scheme == "https" else self._read_strictly(call))
        except (aiohttp.ClientResponseError, aiohttp.ClientPayloadError):
            if call.method not in _RETELLABLE:
                raise
            self._refusals[call.peer] += 1
            return await self._read_leniently(call)
        self._refusals.pop(call.peer, None)
        return reply

    async def _read_over_tls(self, call: _Call) -> RawReply:
        """Try the ways of TLS until one works; the last one tried is the one remembered."""
        way = self._ways.get(call.peer, Way())
        while True:
            self._ways[call.peer] = way
            try:
                return await self._read_strictly(call, way)
            except aiohttp.ClientConnectorError as wrapped:
                failure = unwrapped(wrapped)
                if not handshake_failed(failure):
                    raise
                following = way.after(failure)
            if following is None:
                self._ways.pop(call.peer, None)  # another request may have given up before us
                raise await _why_no_tls(call, failure) from failure
            way = following

    async def _read_strictly(self, call: _Call, way: Way | None = None) -> RawReply:
        target = call.target
        response = await self._opened().request(
            call.method,
            _url(target, call.address),
            headers={**call.headers, "Host": target.authority},
            allow_redirects=False,
            ssl=True if way is None else self._tls.of(way),
            server_hostname=target.host,  # without TLS it only keeps the names' connections apart
        )
        assert isinstance(response, _Response)
        try:
            body = await _body(response, call.caps)
        except BaseException:
            response.cut()
            raise
        return _strict_reply(call, response, body, way)

    async def _read_leniently(self, call: _Call) -> RawReply:
        way = self._ways.get(call.peer) if call.target.scheme == "https" else None
        reader = ReplyReader(call.method, max_header_bytes=call.caps.max_header_bytes, max_bytes=call.caps.max_bytes)
        request = request_bytes(call.target, call.method, call.headers)
        tls = await read_leniently(call.target, call.address, request, reader, self._tls.of(way) if way else None)
        return _lenient_reply(call, reader, tls_seen(tls, way) if tls and way else None)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=0,
                    force_close=not self._keep_alive,
                    resolver=_NoLookups(),
                    use_dns_cache=False,
                    happy_eyeballs_delay=None,
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
                auto_decompress=False,
                response_class=_Response,
            )
        return self._session


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address


class _NoLookups(AbstractResolver):
    """Nothing ever asks it: aiohttp connects to IP literals directly."""

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        raise ValueError(f"the engine is given vetted addresses, not names: {host!r}:{port}/{family}")

    async def close(self) -> None: ...


class _Response(ClientResponse):
    """Keeps hold of the transport, which aiohttp lets go of as soon as a short body is complete."""

    transport: asyncio.Transport | None = None
    tls: ssl.SSLObject | None = None

    async def start(self, connection: Connection) -> Self:
        self.transport = connection.transport
        if self.transport is not None:
            self.tls = self.transport.get_extra_info("ssl_object")
        try:
            await super().start(connection)
        except BaseException:
            self.cut()
            raise
        return self

    def cut(self) -> None:
        """Close at once: a polite end of TLS would wait for a hostile peer."""
        if self.transport is not None:
            self.transport.abort()
        self.close()


def _url(target: Target, address: str) -> URL:
    """As aiohttp is told it: with the address for a host, and a path that is sent as it is."""
    host = f"[{address}]" if ":" in address else address
    return URL.build(scheme=target.scheme, host=host, port=target.port, path=target.path, encoded=True)


async def _body(response: _Response, caps: Caps) -> Body:
    if sum(len(name) + len(value) for name, value in response.raw_headers) > caps.max_header_bytes:
        raise NetError(Reason.TOO_LARGE, f"more than {caps.max_header_bytes} bytes of headers")
    body = Body(codings(response.headers.getall("Content-Encoding", ())), caps.max_bytes)
    while data := await response.content.readany():
        if not body.feed(data):
            response.cut()
            break
    return body


async def _why_no_tls(call: _Call, failure: BaseException) -> NetError:
    error = net_error(failure)
    if not tlsprobe.can_explain(failure):
        return error
    answer = await tlsprobe.ask(call.address, call.target.port, call.target.host)
    reason, words = tlsprobe.reading_of(answer)
    return NetError(reason, f"{words} ({error.detail})")


def _strict_reply(call: _Call, response: _Response, body: Body, way: Way | None) -> RawReply:
    version = response.version
    return RawReply(
        status=response.status,
        reason=text((response.reason or "").encode("utf-8", "surrogateescape")),
        headers=tuple((_name(name), text(value)) for name, value in response.raw_headers),
        body=body.finish(),
        truncated=body.truncated,
        seconds=call.seconds,
        address=call.address,
        http_version=f"{version.major}.{version.minor}" if version else "1.1",
        reader="strict",
        tls=tls_seen(response.tls, way) if response.tls is not None and way is not None else None,
        wire_bytes=body.wire_bytes,
    )


def _lenient_reply(call: _Call, reader: ReplyReader, tls: TlsSeen | None) -> RawReply:
    head, body = reader.head, reader.body
    assert head is not None
    assert body is not None
    return RawReply(
        status=head.status,
        reason=head.reason,
        headers=head.headers,
        body=body.finish(),
        truncated=reader.truncated,
        seconds=call.seconds,
        address=call.address,
        http_version=head.version,
        reader="lenient",
        tls=tls,
        wire_bytes=body.wire_bytes,
    )


@lru_cache(maxsize=512)
def _name(raw: bytes) -> str:
    return text(raw).lower()
