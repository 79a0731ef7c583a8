"""The first record of a TLS or TLCP client: enough of it to choose what to answer with."""

from dataclasses import dataclass

HANDSHAKE = 0x16
TLCP = b"\x01\x01"
_HEADER = 5
_LARGEST = 16_384 + 2_048


@dataclass(frozen=True, slots=True)
class ClientHello:
    """``name`` is the server name that was asked for, empty if none; ``suites`` are the two-byte ids offered."""

    tlcp: bool
    name: str
    suites: tuple[int, ...]


class _Reader:
    """Takes fields off a byte string; beyond the end everything is empty, so hostile lengths do no harm."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, size: int) -> bytes:
        piece = self._data[self._at : self._at + size]
        self._at += size
        return piece

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def vector(self, length_size: int) -> bytes:
        return self.take(self.number(length_size))

    @property
    def more(self) -> bool:
        return self._at < len(self._data)


def missing(data: bytes) -> int:
    """How many bytes the first record still lacks; 0 where it is whole or is no handshake at all."""
    if len(data) < _HEADER:
        return _HEADER - len(data)
    if data[0] != HANDSHAKE:
        return 0
    return max(0, _HEADER + min(int.from_bytes(data[3:5], "big"), _LARGEST) - len(data))


def parse_hello(record: bytes) -> ClientHello | None:
    """The hello in the first record; None where it is something else."""
    body = _Reader(record[_HEADER:])
    if record[:1] != bytes([HANDSHAKE]) or body.take(1) != b"\x01":
        return None
    body.take(3)
    version = body.take(2)
    body.take(32)
    body.vector(1)
    suites = body.vector(2)
    body.vector(1)
    pairs = range(0, len(suites) - 1, 2)
    return ClientHello(
        tlcp=version == TLCP,
        name=_server_name(_Reader(body.vector(2))),
        suites=tuple(int.from_bytes(suites[at : at + 2], "big") for at in pairs),
    )


def _server_name(extensions: _Reader) -> str:
    while extensions.more:
        kind, data = extensions.number(2), _Reader(extensions.vector(2))
        if kind == 0:
            data.take(3)
            return data.vector(2).decode("ascii", "replace").rstrip(".").lower()
    return ""
