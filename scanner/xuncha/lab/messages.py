"""What the lab's server reads and writes: requests, whole replies, and raw byte sequences for everything abnormal."""

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache
from http import HTTPStatus
from typing import Literal

Scheme = Literal["http", "https"]
Headers = tuple[tuple[str, str], ...]

_STATUSES = {status.value for status in HTTPStatus}
_COMPRESSED = ("text/", "application/javascript", "application/json", "application/xml")
_SMALLEST_COMPRESSED = 512


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came. ``path`` is the raw target with its query; ``host`` is lower case, without port."""

    scheme: Scheme
    host: str
    method: str
    path: str
    headers: Headers
    keeps_alive: bool

    def header(self, name: str) -> str:
        """The first value of a header by its lower-case name; empty if absent."""
        return next((value for key, value in self.headers if key == name), "")

    @property
    def user_agent(self) -> str:
        """How the client calls itself."""
        return self.header("user-agent")


@dataclass(frozen=True, slots=True)
class Reply:
    """A proper answer. ``wait`` seconds pass before its first byte."""

    status: int = 200
    headers: Headers = ()
    body: bytes = b""
    media_type: str = "text/html; charset=utf-8"
    modified: datetime | None = None
    wait: float = 0.0
    server: str = "nginx"


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes as they are, ``pause`` seconds apart; then the connection is closed, reset, or held open in silence."""

    pieces: Iterable[bytes] = ()
    pause: float = 0.0
    ending: Literal["close", "reset", "hold"] = "close"


Answer = Reply | Raw


def parse_request(head: bytes, scheme: Scheme) -> Request | None:
    """The request in ``head`` (up to and without the blank line); None where it is not HTTP/1."""
    first, *rest = head.decode("latin-1").split("\r\n")
    words = first.split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):  # noqa: PLR2004 - method, target, version
        return None
    headers = tuple(_header(line) for line in rest)
    fields = dict(reversed(headers))
    has_body = "transfer-encoding" in fields or fields.get("content-length", "0") != "0"
    keeps = fields.get("connection", "").lower() != "close" and words[2] == "HTTP/1.1" and not has_body
    return Request(scheme, _host(fields.get("host", "")), words[0], words[1], headers, keeps)


def _header(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip().lower(), value.strip()


def _host(value: str) -> str:
    name, colon, port = value.rpartition(":")
    return (name if colon and port.isdecimal() else value).rstrip(".").lower()


def written(request: Request, reply: Reply, now: datetime) -> bytes:
    """The reply on the wire: for HEAD without its body, compressed where the client takes gzip."""
    body, coding = _coded(request, reply)
    fields = [
        ("Server", reply.server),
        ("Date", format_datetime(now.astimezone(UTC), usegmt=True)),
        ("Content-Type", reply.media_type),
        ("Content-Length", str(len(body))),
        ("Connection", "keep-alive" if request.keeps_alive else "close"),
        *coding,
        *reply.headers,
    ]
    if reply.modified:
        fields.append(("Last-Modified", format_datetime(reply.modified.astimezone(UTC), usegmt=True)))
    return start(reply.status, fields) + (b"" if request.method == "HEAD" else body)


def start(status: int, fields: Iterable[tuple[str, str]]) -> bytes:
    """Status line and headers up to the blank line."""
    phrase = HTTPStatus(status).phrase if status in _STATUSES else ""
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {value}" for name, value in fields), "", ""]
    return "\r\n".join(lines).encode("latin-1", "replace")


def _coded(request: Request, reply: Reply) -> tuple[bytes, Headers]:
    fits = reply.media_type.startswith(_COMPRESSED) and len(reply.body) >= _SMALLEST_COMPRESSED
    if fits and "gzip" in request.header("accept-encoding"):
        return _gzip(reply.body), (("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))
    return reply.body, ()


@lru_cache(maxsize=512)
def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, 6, mtime=0)


def chunked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Each piece as a chunk; without the last, empty one."""
    return (b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
