"""A ``Net`` without a network: every answer is planned in a table, everything asked is recorded.

net = FakeNet({"http://www.example.gov.cn/": page("<h1>你好</h1>"), "http://www.example.gov.cn/*": status(404)})
fact = asyncio.run(home_visits(site, crawl, params, net))
assert net.urls == ["http://www.example.gov.cn/"]
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from xuncha.model.crawl import Hop
from xuncha.model.netapi import Answer, Finished, Lease, Method, NetError, Reply
from xuncha.model.reasons import Reason
from xuncha.net.target import BadUrl, Target

if TYPE_CHECKING:
    import httpx

_T = TypeVar("_T")

Planned: TypeAlias = _T | NetError | Reason | Callable[..., Any]
"""One planned answer: the value, a failure (a bare reason is enough), or a function that yields either."""

Pages: TypeAlias = Mapping[str, Planned[Reply] | Sequence[Planned[Reply]]]
"""By absolute URL; a key that ends in ``*`` answers for all that begin so; a list answers visit after visit."""

Chunks: TypeAlias = bytes | Sequence[bytes] | Callable[[bytes], bytes]
"""What a stream plays: chunks one per ``receive``, or a function of everything sent so far."""

MAX_REDIRECTS = 10
ADDRESS = "192.0.2.1"


def page(
    body: str | bytes = b"", *, status: int = 200, media: str = "text/html; charset=utf-8", **headers: str
) -> Reply:
    """A reply with a body. Header names are written with underscores: ``set_cookie="a=1"``."""
    data = body.encode() if isinstance(body, str) else body
    fields = (("content-type", media), *((name.replace("_", "-"), value) for name, value in headers.items()))
    return Reply("", "", status, fields, data, seconds=0.1, address=ADDRESS, wire_bytes=len(data))


def status(code: int, **headers: str) -> Reply:
    """A reply without a body."""
    return page(status=code, **headers)


def redirect(to: str, code: int = 302) -> Reply:
    """A redirect, which ``fetch`` walks through the table."""
    return status(code, location=to)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that was made: ``call`` is ``fetch``, ``resolve``, ``connect``, ``run`` or ``lease``."""

    call: str
    what: str
    method: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    external: bool = False


class FakeStream:
    """Plays ``chunks`` one per ``receive``, or asks a function of everything sent so far; keeps what was ``sent``."""

    def __init__(self, chunks: Chunks) -> None:
        self._chunks = chunks if callable(chunks) else [chunks] if isinstance(chunks, bytes) else list(chunks)
        self.sent = b""
        self.closed = False

    async def send(self, data: bytes) -> None:
        """Keep ``data`` in ``sent``."""
        self.sent += data

    async def receive(self, most: int = 65536) -> bytes:
        """The next planned chunk, empty at the end."""
        if callable(self._chunks):
            return self._chunks(self.sent)[:most]
        if not self._chunks:
            return b""
        chunk = self._chunks.pop(0)
        if len(chunk) > most:
            self._chunks.insert(0, chunk[most:])
        return chunk[:most]

    async def close(self) -> None:
        """Note that the probe closed it."""
        self.closed = True


class FakeNet:
    """Implements ``xuncha.model.netapi.Net`` from tables.

    Args:
        pages: answers to ``fetch`` and ``http``; an unplanned URL is an ``AssertionError`` that names it.
        names: answers to ``resolve`` by name or by (name, kind): values, an ``Answer``, a failure, or None for a
            denied name.
            An unplanned name is denied.
        streams: answers to ``connect`` by (host, port): chunks, or a function of the bytes sent so far.
            An unplanned one is refused.
        programs: answers to ``run`` by any word of the command; an unplanned one is missing.
    """

    def __init__(
        self,
        pages: Pages | None = None,
        *,
        names: Mapping[str | tuple[str, str], Sequence[str] | Answer | NetError | Reason | None] | None = None,
        streams: Mapping[tuple[str, int], Chunks | NetError | Reason] | None = None,
        programs: Mapping[str, Planned[Finished]] | None = None,
    ) -> None:
        self._pages = dict(pages or {})
        self._names = dict(names or {})
        self._streams = dict(streams or {})
        self._programs = dict(programs or {})
        self._visits: dict[str, int] = {}
        self.asked: list[Asked] = []
        self.opened: list[FakeStream] = []

    @property
    def urls(self) -> list[str]:
        """What was fetched, in order, redirects included."""
        return [asked.what for asked in self.asked if asked.call == "fetch"]

    async def fetch(
        self,
        url: str,
        *,
        method: Method = "GET",
        headers: Mapping[str, str] | None = None,
        follow: bool = True,
        max_bytes: int | None = None,
        deadline: float | None = None,  # noqa: ARG002 - planned answers take no time
        external: bool = False,
        recent: bool = False,  # noqa: ARG002 - each fake is one probe's
    ) -> Reply:
        """The planned answer, with redirects walked through the table and the guard's first rules kept."""
        hops: list[Hop] = []
        target = _allowed(url, method)
        while True:
            self.asked.append(Asked("fetch", target.url, method, dict(headers or {}), external))
            reply = self._visit(target.url, method)
            onward = reply.header("location") if 300 <= reply.status < 400 else None  # noqa: PLR2004 - HTTP redirects
            if not follow or onward is None:
                reply = replace(reply, url=url, final_url=reply.final_url or target.url)
                return _finished(reply, tuple(hops), method, max_bytes)
            if len(hops) == MAX_REDIRECTS:
                raise NetError(Reason.TOO_MANY_REDIRECTS, url)
            following = _allowed(onward, method, target.url)
            hops.append(Hop(target.url, reply.status, following.url))
            target = following

    def _visit(self, url: str, method: Method) -> Reply:
        key = _key(self._pages, url)
        visit = self._visits[key] = self._visits.get(key, -1) + 1
        planned = self._pages[key]
        answers = planned if isinstance(planned, Sequence) and not isinstance(planned, str) else (planned,)
        answer: Planned[Reply] = answers[min(visit, len(answers) - 1)]
        return _value(answer, url, method)

    @cached_property
    def http(self) -> "httpx.AsyncClient":
        """An httpx client over the same table; planned failures are ``NetError`` and httpx exceptions at once."""
        from xuncha.net.transport import http_client  # noqa: PLC0415 - httpx is heavy, and few tests need it

        async def answer(method: Any, url: str, headers: Mapping[str, str]) -> Reply:
            return await self.fetch(url, method=method, headers=headers, follow=False)

        return http_client(answer)

    async def resolve(self, name: str, kind: str = "A", *, signed: bool = False) -> Answer:  # noqa: ARG002
        """The planned values or ``Answer``; a name nobody planned is denied."""
        self.asked.append(Asked("resolve", name, kind))
        values = self._names.get((name, kind), self._names.get(name))
        if values is None:
            return Answer(name, kind, exists=False)
        found = _records(values)
        return found if isinstance(found, Answer) else Answer(name, kind, tuple(found))

    async def connect(self, host: str, port: int, *, deadline: float = 10.0, max_bytes: int = 262_144) -> FakeStream:  # noqa: ARG002
        """The planned stream, kept in ``opened``."""
        self.asked.append(Asked("connect", f"{host}:{port}"))
        planned: Chunks | NetError | Reason = self._streams.get((host, port), Reason.REFUSED)
        if isinstance(planned, NetError | Reason):
            raise _failure(planned)
        stream = FakeStream(planned)
        self.opened.append(stream)
        return stream

    async def run(
        self,
        program: Sequence[str],
        *,
        deadline: float,  # noqa: ARG002 - planned answers take no time
        stdin: bytes = b"",
        max_output: int = 16_000_000,
    ) -> Finished:
        """What was planned for any word of the command."""
        self.asked.append(Asked("run", " ".join(program)))
        key = next((key for key in self._programs if key in program), None)
        finished = _value(self._programs[key] if key else Reason.PROGRAM_MISSING, tuple(program), stdin)
        if len(finished.stdout) > max_output:
            raise NetError(Reason.TOO_LARGE, program[0])
        return finished

    @asynccontextmanager
    async def lease(
        self,
        host: str,
        port: int,
        *,
        connections: int,
        pause_http: bool = True,  # noqa: ARG002 - nothing runs beside a test
    ) -> AsyncIterator[Lease]:
        """A lease of the planned address of ``host``."""
        self.asked.append(Asked("lease", f"{host}:{port}"))
        found = _records(self._names.get((host, "A"), self._names.get(host)) or (ADDRESS,))
        addresses = found.values if isinstance(found, Answer) else found
        yield Lease(host, port, next(iter(addresses)), connections)


def _value(planned: Planned[_T], *arguments: object) -> _T:
    """What was planned, once functions are called."""
    value: _T | NetError | Reason = planned(*arguments) if callable(planned) else planned
    if isinstance(value, NetError | Reason):
        raise _failure(value)
    return value


def _records(planned: Sequence[str] | Answer | NetError | Reason) -> Sequence[str] | Answer:
    if isinstance(planned, NetError | Reason):
        raise _failure(planned)
    return planned


def _failure(planned: NetError | Reason) -> NetError:
    return planned if isinstance(planned, NetError) else NetError(planned, "planned")


def _key(pages: Pages, url: str) -> str:
    if url in pages:
        return url
    prefixes = [key for key in pages if key.endswith("*") and url.startswith(key[:-1])]
    if not prefixes:
        raise AssertionError(f"no answer planned for {url}; planned are {sorted(pages)}")
    return max(prefixes, key=len)


def _allowed(url: str, method: str, base: str | None = None) -> Target:
    if method not in ("GET", "HEAD", "OPTIONS"):
        raise NetError(Reason.METHOD_FORBIDDEN, method)
    try:
        return Target.parse(url, base)
    except BadUrl as problem:
        reason = Reason.SCHEME_FORBIDDEN if base is None else Reason.BAD_REDIRECT
        raise NetError(reason, str(problem)) from problem


def _finished(reply: Reply, hops: tuple[Hop, ...], method: Method, max_bytes: int | None) -> Reply:
    body = b"" if method == "HEAD" else reply.body[:max_bytes]
    cut = reply.truncated or (method != "HEAD" and len(body) < len(reply.body))
    return replace(reply, hops=hops or reply.hops, body=body, truncated=cut)
