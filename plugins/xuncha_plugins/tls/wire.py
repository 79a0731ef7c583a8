"""Bytes of the TLS family: vectors with a length in front, records, handshake messages. No I/O."""

from collections.abc import Iterator

MAX_RECORD = 16_384 + 2_048
MAX_MESSAGE = 262_144
HANDSHAKE, ALERT = 22, 21
_KINDS = frozenset({20, 21, 22, 23})


class MalformedError(ValueError):
    """What came is not what the protocol allows; the only error that these parsers raise."""


class OversizedError(MalformedError):
    """A record or message that is longer than we are willing to keep."""


def vector(data: bytes, width: int) -> bytes:
    """``data`` with its length in ``width`` bytes in front."""
    return len(data).to_bytes(width, "big") + data


def record(kind: int, version: int, body: bytes) -> bytes:
    """One record."""
    return bytes((kind,)) + version.to_bytes(2, "big") + vector(body, 2)


def message(kind: int, body: bytes) -> bytes:
    """One handshake message."""
    return bytes((kind,)) + vector(body, 3)


class Reader:
    """Reads numbers and vectors from ``data`` in turn."""

    __slots__ = ("_at", "_data")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def left(self) -> int:
        """Bytes not yet read."""
        return len(self._data) - self._at

    def take(self, count: int) -> bytes:
        """The next ``count`` bytes."""
        if count > self.left:
            raise MalformedError(f"{count} bytes expected, {self.left} left")
        self._at += count
        return self._data[self._at - count : self._at]

    def number(self, width: int) -> int:
        """The next number of ``width`` bytes."""
        return int.from_bytes(self.take(width), "big")

    def vector(self, width: int) -> bytes:
        """The next bytes behind a length of ``width`` bytes."""
        return self.take(self.number(width))

    def vectors(self, width: int) -> Iterator[bytes]:
        """All that is left, as vectors."""
        while self.left:
            yield self.vector(width)


class Records:
    """Cuts a byte stream into records. ``majors`` are the major version bytes that answers may carry."""

    __slots__ = ("_data", "_majors")

    def __init__(self, majors: frozenset[int] = frozenset({3})) -> None:
        self._data = b""
        self._majors = majors

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """The records that are complete now, as (kind, body)."""
        data, at = self._data + data, 0
        try:
            while (end := self._end(data, at)) is not None and end <= len(data):
                begin, at = at, end
                yield data[begin], data[begin + 5 : end]
        finally:
            self._data = data[at:]

    def _end(self, data: bytes, at: int) -> int | None:
        """Where the record at ``at`` ends; None while its header is incomplete."""
        header = data[at : at + 5]
        if header and header[0] not in _KINDS:
            raise MalformedError("not a TLS record")
        if len(header) < 5:  # noqa: PLR2004 - kind, version, length
            return None
        if header[1] not in self._majors and header[0] != ALERT:
            raise MalformedError(f"record version {header[1:3].hex()}")
        length = int.from_bytes(header[3:], "big")
        if length > MAX_RECORD:
            raise OversizedError(f"record of {length} bytes")
        return at + 5 + length


class Messages:
    """Joins handshake records into messages."""

    __slots__ = ("_data",)

    def __init__(self) -> None:
        self._data = b""

    def feed(self, body: bytes) -> Iterator[tuple[int, bytes]]:
        """The messages that are complete now, as (kind, body); those before an oversized one still come."""
        data, at = self._data + body, 0
        try:
            while len(data) - at >= 4:  # noqa: PLR2004 - kind and length
                begin, end = at, at + 4 + int.from_bytes(data[at + 1 : at + 4], "big")
                if end - begin > MAX_MESSAGE:
                    raise OversizedError(f"handshake message of {end - begin} bytes")
                if end > len(data):
                    break
                at = end
                yield data[begin], data[begin + 4 : end]
        finally:
            self._data = data[at:]
