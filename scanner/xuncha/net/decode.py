"""Content codings undone piece by piece, so that no reply costs more memory than its caps (RFC 9110, 8.4)."""

import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Protocol

import brotli  # type: ignore[import-untyped]
import zstandard

from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason

PIECE = 65_536
MAX_LAYERS = 3
"""Codings stacked on one reply. Two happen by misconfiguration; each layer may cost a window of memory."""

MAX_RATIO = 200
"""Beyond ``RATIO_FLOOR`` decoded bytes, more than this many per byte on the wire is a bomb, not a page."""

RATIO_FLOOR = 1_048_576

_ZSTD_WINDOW = 8_388_608  # RFC 9659: a content coding must not ask for more
_ZSTD_BITE = 256  # bytes; a block of 4 bytes can grow to 128 KiB, so a bite to 8 MiB at the very most
_BROKEN = (zlib.error, brotli.error, zstandard.ZstdError)


class _Layer(Protocol):
    """Undoes one coding. ``ended`` once the coding's own end was seen; what follows it is ignored, as browsers do."""

    ended: bool

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """What ``data`` decodes to, in pieces of bounded size."""
        ...


class _Zlib:
    """One zlib, gzip or raw deflate stream, by its window bits."""

    ended = False

    def __init__(self, bits: int) -> None:
        self._stream = zlib.decompressobj(bits)

    def pieces(self, data: bytes) -> Iterator[bytes]:
        while not self.ended:
            piece = self._stream.decompress(data, PIECE)
            if piece:
                yield piece
            data = self._stream.unconsumed_tail
            self.ended = self._stream.eof
            if not data and len(piece) < PIECE:
                return


class _Deflate:
    """``deflate`` is zlib by the standard and raw deflate by habit; the first two bytes tell."""

    ended = False

    def __init__(self) -> None:
        self._start = b""
        self._stream: _Zlib | None = None

    def pieces(self, data: bytes) -> Iterator[bytes]:
        if self._stream is None:
            data = self._start = self._start + data
            if len(data) < 2:  # noqa: PLR2004 - the two bytes of a zlib header
                return
            has_header = data[0] & 15 == zlib.DEFLATED and int.from_bytes(data[:2]) % 31 == 0
            self._stream = _Zlib(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)
        yield from self._stream.pieces(data)
        self.ended = self._stream.ended


class _Brotli:
    ended = False

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def pieces(self, data: bytes) -> Iterator[bytes]:
        while not self.ended:
            piece = self._stream.process(data, output_buffer_limit=PIECE)
            data = b""
            if piece:
                yield piece
            self.ended = self._stream.is_finished()
            if not piece and self._stream.can_accept_more_data():
                return


class _Zstd:
    """One frame. Further frames are not read; that they were there shows in ``ended``, which then stays False."""

    ended = False

    def __init__(self) -> None:
        self._stream = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
        self._spent = False

    def pieces(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), _ZSTD_BITE):
            if self._spent:
                self.ended = False
                return
            yield self._stream.decompress(data[start : start + _ZSTD_BITE])
            self._spent = self._stream.eof
            self.ended = self._spent and not self._stream.unused_data


_GZIP = partial(_Zlib, zlib.MAX_WBITS | 16)
_LAYERS: dict[str, Callable[[], _Layer]] = {
    "gzip": _GZIP,
    "x-gzip": _GZIP,
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _Zstd,
}


def codings(values: Sequence[str]) -> tuple[str, ...]:
    """The codings that the values of Content-Encoding name, in the order in which they were applied.

    An unknown word makes browsers show the bytes as they are; so do we.
    """
    named = [word.strip().lower() for value in values for word in value.split(",")]
    known = tuple(word for word in named if word not in ("", "identity"))
    return known if all(word in _LAYERS for word in known) else ()


class Body:
    """Collects one reply's body: at most ``most`` bytes on the wire, and as many after decoding.

    It never holds more than twice ``most``, beside the codings' windows (16 MiB for br, 8 for zstd).

    ``truncated`` tells that bytes are missing: over the cap, a bomb, or a coding that broke off or was damaged.
    """

    def __init__(self, applied: tuple[str, ...], most: int) -> None:
        if len(applied) > MAX_LAYERS:
            raise NetError(Reason.MALFORMED_REPLY, f"{len(applied)} content codings on one reply")
        self.wire_bytes = 0
        self.truncated = False
        self._codings = applied
        self._layers: list[_Layer] = [_LAYERS[word]() for word in reversed(applied)]
        self._made = [0] * len(applied)
        self._pieces: list[bytes] = []
        self._size = 0
        self._most = most

    def feed(self, data: bytes) -> bool:
        """Take bytes from the wire. False once no more are wanted."""
        self.wire_bytes += len(data)
        if self.wire_bytes > self._most:
            data = data[: self._most - self.wire_bytes]
            self.truncated = True
        try:
            for piece in self._decoded(data, 0):
                self._keep(piece)
                if self.truncated and self._size >= self._most:
                    break
        except _BROKEN as problem:
            self._broke(problem)
        return not self.truncated

    def finish(self) -> bytes:
        """The decoded body, when the wire has no more."""
        if self.wire_bytes and not all(layer.ended for layer in self._layers):
            self.truncated = True
        self._layers = []  # their windows, before the pieces are joined
        return self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)

    def _decoded(self, data: bytes, depth: int) -> Iterator[bytes]:
        if depth == len(self._layers):
            yield data
            return
        for piece in self._layers[depth].pieces(data):
            self._made[depth] += len(piece)
            yield from self._decoded(piece, depth + 1)
            if self._made[depth] > self._most or self._is_bomb(self._made[depth]):
                self.truncated = True
                return

    def _is_bomb(self, made: int) -> bool:
        return made > RATIO_FLOOR and made > MAX_RATIO * self.wire_bytes

    def _keep(self, piece: bytes) -> None:
        room = self._most - self._size
        if len(piece) > room:
            piece, self.truncated = piece[:room], True
        if piece:
            self._pieces.append(piece)
            self._size += len(piece)

    def _broke(self, problem: Exception) -> None:
        """Keep what came before the damage; nothing at all is not an empty page."""
        self.truncated = True
        if not self._size:
            raise NetError(Reason.MALFORMED_REPLY, f"{', '.join(self._codings)}: {problem}") from problem
