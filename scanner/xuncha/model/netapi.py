"""What a probe is handed to do I/O with. The guard behind it decides; a probe never opens a socket of its own."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol

from xuncha.model.crawl import Hop, notice_among
from xuncha.model.glance import decoded, title_of, visible_words
from xuncha.model.message import Params, Value
from xuncha.model.message import params as typed

if TYPE_CHECKING:
    import httpx

    from xuncha.model.reasons import Reason

Method = Literal["GET", "HEAD", "OPTIONS"]


class NetError(Exception):
    """A conversation that did not happen or did not end well; ``reason`` is from the closed list.

    Probes usually let it pass: the core turns it into a gap with this reason. ``hops`` are the redirects that were
    answered before.
    """

    hops: "tuple[Hop, ...]" = ()

    def __init__(self, reason: "Reason", detail: str = "", **params: Value) -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail
        self.params: Params = typed(**params)


@dataclass(frozen=True, slots=True)
class TlsSeen:
    """How a TLS connection came about: ``context`` is ``strict`` or ``legacy``; ``trusted`` after verification."""

    version: str
    cipher: str
    context: Literal["strict", "legacy"]
    trusted: bool
    problem: str = ""
    alpn: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer after redirects, with the body decoded from its transfer and content codings.

    ``headers`` keep order and repetition, names in lower case. ``seconds`` is from sending to the last byte, redirects
    included, waiting for our own pace left out.
    ``reader`` is ``lenient`` where the strict engine refused what browsers read. ``address`` is the one connected.
    ``marks`` name the signatures that matched, as ``kind:id`` (``filing-block:aliyun``, ``soft-404:title-zh``);
    ``challenge`` is the id of the challenge among them.
    """

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    hops: tuple[Hop, ...] = ()
    seconds: float = 0.0
    address: str = ""
    http_version: str = "1.1"
    reader: Literal["strict", "lenient"] = "strict"
    truncated: bool = False
    tls: TlsSeen | None = None
    challenge: str = ""
    fetched_at: datetime | None = None
    wire_bytes: int = 0
    marks: tuple[str, ...] = ()

    def header(self, name: str) -> str | None:
        """The first value of a header, by its lower-case name."""
        return next((value for key, value in self.headers if key == name), None)

    @property
    def notice(self) -> str:
        """The mark of a notice that came in place of a page of the site; empty where there is none."""
        return notice_among(self.marks)

    @property
    def title(self) -> str:
        """The words of ``<title>``, found without parsing the page; empty where there are none."""
        return title_of(self.body)

    def words(self, most: int = 65_536) -> str:
        """What a visitor reads in the first ``most`` bytes, as far as that can be told without parsing them."""
        return visible_words(decoded(self.body[:most]))


@dataclass(frozen=True, slots=True)
class Answer:
    """A DNS answer: ``values`` are presentation forms; empty with ``exists`` False when the name is denied.

    Where signatures were asked for: ``signatures`` are the RRSIG records over exactly these values, ``owner`` is the
    name that they belong to, at the end of its aliases.
    """

    name: str
    kind: str
    values: tuple[str, ...] = ()
    exists: bool = True
    signatures: tuple[str, ...] = ()
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """A program that ended: its exit code and its capped output."""

    code: int
    stdout: bytes
    stderr: bytes
    seconds: float


class Stream(Protocol):
    """A bounded TCP or TLS stream to a vetted address; every call counts against one total deadline and byte cap."""

    async def send(self, data: bytes) -> None: ...

    async def receive(self, most: int = 65536) -> bytes:
        """Up to ``most`` bytes; empty at the end of the stream."""
        ...

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Lease:
    """Leave for a conversation outside HTTP: the vetted ``address`` and how many ``connections`` it may open."""

    host: str
    port: int
    address: str
    connections: int


HARMLESS_HEADERS = frozenset((
    "accept", "accept-encoding", "accept-language", "access-control-request-headers", "access-control-request-method",
    "cache-control", "if-modified-since", "if-none-match", "origin", "pragma", "range", "referer", "x-requested-with",
))  # fmt: skip
"""What a probe may put into the head of a request. Nothing else is sent: no header that speaks in somebody's name,
claims another address, or has the server take another path or method than the one that was vetted."""


class Net(Protocol):
    """The only way out for a probe."""

    @property
    def http(self) -> "httpx.AsyncClient":
        """An httpx client over our engine: vetted, paced, capped; bodies arrive decoded."""
        ...

    async def fetch(
        self,
        url: str,
        *,
        method: Method = "GET",
        headers: Mapping[str, str] | None = None,
        follow: bool = True,
        max_bytes: int | None = None,
        deadline: float | None = None,
        external: bool = False,
        recent: bool = False,
    ) -> Reply:
        """One request through the guard.

        Args:
            url: absolute; what isn't http or https is refused.
            method: GET, HEAD or OPTIONS.
            headers: added to ours; only ``HARMLESS_HEADERS``.
            follow: walk redirects, each hop vetted again.
            max_bytes: cut the body there (``truncated``), never above the profile's cap.
            deadline: seconds for everything, never above the profile's.
            external: a link target outside the site's scope: public addresses only, GET or HEAD, no cookies.
            recent: what the site answered another probe of this run to the same GET, with the same headers, will do.

        Raises:
            NetError: with a reason from the closed list.
        """
        ...

    async def resolve(self, name: str, kind: str = "A", *, signed: bool = False) -> Answer:
        """A DNS lookup with a total deadline. Raises NetError(dns-failed) when nobody could tell.

        ``signed`` asks for DNSSEC signatures too, and for the records even where the resolver finds them invalid.
        """
        ...

    async def connect(self, host: str, port: int, *, deadline: float = 10.0, max_bytes: int = 262_144) -> Stream:
        """A plain TCP stream to a vetted address of ``host``; close it when done.

        Raises NetError(out-of-scope) for hosts that are neither the site's nor services that the probe declares (WHOIS
        servers), or the one that the operator named in their place.
        """
        ...

    async def run(
        self, program: Sequence[str], *, deadline: float, stdin: bytes = b"", max_output: int = 16_000_000
    ) -> Finished:
        """A program that the probe declares, in its own process group, killed at the deadline.

        Raises NetError(program-missing), NetError(timeout) or NetError(too-large).
        """
        ...

    def lease(
        self, host: str, port: int, *, connections: int, pause_http: bool = True
    ) -> AbstractAsyncContextManager[Lease]:
        """Leave for a conversation that a program or a stream of ours holds with a vetted address.

        HTTP to the host rests meanwhile, unless ``pause_http`` is False; so a fetch from the same host within the
        lease is a RuntimeError. A ``connect`` to it within the lease takes one of the lease's connections.
        """
        ...
