"""Bytes that come piece by piece, as one stream: whatever its size, only a piece of it is in memory."""

from collections.abc import Iterable, Iterator
from typing import Protocol

PIECE = 1 << 18


class Readable(Protocol):
    """What gives bytes: up to ``size`` of them, none only at the end."""

    def read(self, size: int, /) -> bytes: ...


def pieces_of(stream: Readable) -> Iterator[bytes]:
    """A stream in pieces."""
    while piece := stream.read(PIECE):
        yield piece


class Pieces:
    """A stream over pieces; ``at`` counts the bytes that were read or skipped."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._held = bytearray()
        self.at = 0

    def peek(self, size: int) -> bytes:
        """The next bytes, which stay there; fewer only where the stream ends before."""
        while len(self._held) < size and (piece := next(self._pieces, b"")):
            self._held += piece
        return bytes(self._held[:size])

    def read(self, size: int, /) -> bytes:
        """The next bytes; fewer only where the stream ends before."""
        found = self.peek(size)
        del self._held[: len(found)]
        self.at += len(found)
        return found

    def up_to(self, size: int) -> Iterator[bytes]:
        """The next bytes in pieces; fewer only where the stream ends before."""
        while size and (piece := self.read(min(size, PIECE))):
            size -= len(piece)
            yield piece

    def rest(self) -> Iterator[bytes]:
        """Everything to the end, in pieces."""
        while piece := self.read(PIECE):
            yield piece
