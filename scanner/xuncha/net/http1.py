"""A forgiving HTTP/1.x reply parser without I/O: what browsers read and a strict parser refuses (RFC 9112).

Lines may end in a bare LF, names may contain spaces, lines without a colon are passed over, the reason may be missing,
Content-Length may be repeated or contradict itself, and a chunked body that goes wrong keeps what came before.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason
from xuncha.net.decode import Body, codings

_STATUS_LINE = re.compile(rb"[ \t]*HTTP/?(\d(?:\.\d)?)?[ \t]+(\d{3})(?!\d)[ \t]*(.*)", re.IGNORECASE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(r"\+?(\d{1,18})")
_CHUNK_SIZE = re.compile(rb"[ \t]*(?:0x)?([0-9a-fA-F]{1,15})[ \t]*(?:;.*)?")
_MAX_CHUNK_LINE = 8192
_OVERHEAD = 4
"""Bytes on the wire per byte of payload that we accept before chunk framing counts as an attack."""

_INFORMATIONAL = range(100, 200)
_SWITCHING = 101
_WITHOUT_BODY = (101, 204, 304)

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Head:
    """Status line and headers, names in lower case."""

    version: str
    status: int
    reason: str
    headers: Headers

    def values(self, name: str) -> list[str]:
        """All values of a header, by its lower-case name."""
        return [value for key, value in self.headers if key == name]


def text(raw: bytes) -> str:
    """A header as text: UTF-8 where it is that, else byte for byte; never with NUL or lone surrogates."""
    try:
        decoded = raw.decode()
    except UnicodeDecodeError:
        decoded = raw.decode("latin-1")
    return decoded.replace("\0", "") if "\0" in decoded else decoded


def parse_head(block: bytes) -> Head:
    """The head of a reply, without its closing empty line. Raises NetError(malformed-reply)."""
    first, *lines = block.split(b"\n")
    status_line = _STATUS_LINE.fullmatch(first.rstrip(b"\r"))
    if status_line is None:
        raise NetError(Reason.MALFORMED_REPLY, f"no HTTP status line: {first[:80]!r}")
    version, status, reason = status_line.groups(b"1.0")
    headers = tuple((text(name).lower(), text(value)) for name, value in _fields(lines))
    return Head(version.decode(), int(status), text(reason), headers)


def _fields(lines: list[bytes]) -> Iterator[tuple[bytes, bytes]]:
    name, value = b"", b""
    for line in lines:
        if line[:1] in (b" ", b"\t") and name:  # obsolete line folding
            value += b" " + line.strip()
            continue
        if name:
            yield name, value
        name, colon, value = (part.strip() for part in line.partition(b":"))
        name = name if colon else b""
    if name:
        yield name, value


class _Framing(Protocol):
    """Where the body ends. ``done``: nothing more belongs to it; ``whole``: it may end here."""

    done: bool
    whole: bool

    def payload(self, data: bytes) -> bytes: ...


class _Length:
    """Ends after ``length`` bytes; where replies contradict themselves (not ``exact``), also at the close before."""

    def __init__(self, length: int, *, exact: bool = True) -> None:
        self._left = length
        self.done = length == 0
        self.whole = self.done or not exact

    def payload(self, data: bytes) -> bytes:
        taken = data[: self._left]
        self._left -= len(taken)
        if not self._left:
            self.done = self.whole = True
        return taken


class _UntilClose:
    done = False
    whole = True

    def payload(self, data: bytes) -> bytes:
        return data


class _Chunked:
    done = False
    whole = False

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._left = 0
        self._chunks = 0

    def payload(self, data: bytes) -> bytes:
        self._buffer += data
        return b"".join(iter(self._next, None))

    def _next(self) -> bytes | None:
        """Payload that is there, empty after a size line; None when more bytes are needed or none belong to us."""
        if self._left:
            taken = bytes(self._buffer[: self._left])
            del self._buffer[: len(taken)]
            self._left -= len(taken)
            return taken or None
        return None if self.done else self._size_line()

    def _size_line(self) -> bytes | None:
        end = self._buffer.find(b"\n", 0, _MAX_CHUNK_LINE)
        if end < 0:
            if len(self._buffer) >= _MAX_CHUNK_LINE:
                self._bad(bytes(self._buffer[:80]))
            return None
        line = bytes(self._buffer[:end]).rstrip(b"\r")
        del self._buffer[: end + 1]
        if line:  # else it is the line end that closes a chunk
            self._begin(line)
        return b""

    def _begin(self, line: bytes) -> None:
        size = _CHUNK_SIZE.fullmatch(line)
        if size is None:
            self._bad(line)
            return
        self._left = int(size[1], 16)
        self._chunks += 1
        self.done = self.whole = self._left == 0

    def _bad(self, line: bytes) -> None:
        if not self._chunks:
            raise NetError(Reason.MALFORMED_REPLY, f"no chunk size: {line[:80]!r}")
        self.done = True


def _framing(head: Head, method: str) -> _Framing:
    if method == "HEAD" or head.status in _WITHOUT_BODY:
        return _Length(0)
    if any("chunked" in value.lower() for value in head.values("transfer-encoding")):
        return _Chunked()
    named = [word.strip() for value in head.values("content-length") for word in value.split(",")]
    lengths = {int(match[1]) for word in named if (match := _LENGTH.fullmatch(word))}
    if lengths:
        return _Length(max(lengths), exact=len(lengths) == 1)
    return _UntilClose()


class ReplyReader:
    """Fed with bytes as they come, it says when the reply is ``done``. The caps hold at every moment.

    ``head`` and ``body`` are there once the head is complete; ``truncated`` says that part of the body is missing.
    """

    def __init__(self, method: str, *, max_header_bytes: int, max_bytes: int) -> None:
        self.head: Head | None = None
        self.body: Body | None = None
        self.done = False
        self._method = method
        self._max_header_bytes = max_header_bytes
        self._max_bytes = max_bytes
        self._most_wire = max_header_bytes + _OVERHEAD * max_bytes
        self._buffer = b""
        self._framing: _Framing = _UntilClose()
        self._received = 0
        self._interim = 0

    @property
    def truncated(self) -> bool:
        """Whether the body broke off, was damaged or went over its cap."""
        return not self._framing.whole or (self.body is not None and self.body.truncated)

    def feed(self, data: bytes) -> None:
        """Take bytes from the connection. Raises NetError(malformed-reply) or NetError(too-large)."""
        self._received += len(data)
        if self.head is None:
            data = self._read_head(self._buffer + data)
        if self.body is not None and not self.done:
            wanted = self.body.feed(self._framing.payload(data))
            self.done = not wanted or self._framing.done
            if self._received > self._most_wire:
                self.done = self.body.truncated = True

    def end(self) -> None:
        """The connection has no more bytes. Raises NetError when not even a head came."""
        if self.head is None and self._buffer:
            raise NetError(Reason.MALFORMED_REPLY, f"no HTTP reply: {self._buffer[:80]!r}")
        if self.head is None:
            raise NetError(Reason.RESET, "the server closed the connection without a reply")
        self.done = True

    def _read_head(self, data: bytes) -> bytes:
        """Look for the end of the head; returns what follows it. ``_buffer`` holds what was searched in vain."""
        searched = max(0, len(self._buffer) - 3)
        while self.head is None:
            data = data if searched else data.lstrip(b"\r\n")
            end = _HEAD_END.search(data, searched)
            if self._interim + (end.start() if end else len(data)) > self._max_header_bytes:
                raise NetError(Reason.TOO_LARGE, f"more than {self._max_header_bytes} bytes of headers")
            if end is None:
                self._buffer = data
                return b""
            self._begin_body(parse_head(data[: end.start()]))
            self._interim += end.end()
            data, searched, self._buffer = data[end.end() :], 0, b""
        return data

    def _begin_body(self, head: Head) -> None:
        if head.status in _INFORMATIONAL and head.status != _SWITCHING:
            return
        self.head = head
        self.body = Body(codings(head.values("content-encoding")), self._max_bytes)
        self._framing = _framing(head, self._method)
