"""Compressed streams, unpacked piece by piece and verified to the last byte: gzip, bzip2, xz, zstd."""

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from xuncha.api import Reason
from xuncha_plugins.backup.bounds import FlawError, Meter, UntoldError
from xuncha_plugins.backup.pieces import PIECE, Readable
from xuncha_plugins.backup.zstd import frames

HEAD = 8
"""Bytes that tell how something is packed."""

_GZIP = b"\x1f\x8b"

_WINDOW = 1 << 27
"""Memory that an xz or zstd stream may ask for, as ``zstd`` itself allows without ``--long``."""

_ERRORS = (zlib.error, OSError, EOFError, lzma.LZMAError, ValueError)


class _Decoder(Protocol):
    """As in the standard library's ``bz2`` and ``lzma``."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _Inflate:
    """``zlib`` in the same form, for the members of a gzip file."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def needs_input(self) -> bool:
        return not self._zlib.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._zlib.decompress(self._zlib.unconsumed_tail + data, max_length)


@dataclass(frozen=True, slots=True)
class _Form:
    """How a stream is packed: its first bytes, and what unpacks it."""

    mark: bytes
    new: Callable[[], _Decoder] | None = None


_FORMS = (
    _Form(_GZIP, _Inflate),
    _Form(b"BZh", bz2.BZ2Decompressor),
    _Form(b"\xfd7zXZ\x00", lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_WINDOW)),
    _Form(b"\x28\xb5\x2f\xfd"),
)


def is_packed(head: bytes) -> bool:
    """Whether something that begins so is a compressed stream."""
    return any(head.startswith(form.mark) for form in _FORMS)


def stamp(head: bytes) -> int | None:
    """When the file was last changed that was packed, in seconds since 1970; only gzip notes it, and not always."""
    seconds = int.from_bytes(head[4:8], "little") if head.startswith(_GZIP) else 0
    return seconds or None


def unpacked(stream: Readable, head: bytes, meter: Meter, left: Callable[[int], object] = int) -> Iterator[bytes]:
    """What a compressed stream holds, its checksums verified.

    Args:
        stream: from its first byte on.
        head: how it begins, as ``is_packed`` was asked.
        meter: every unpacked byte is taken from it.
        left: is told how many bytes were seen behind the last stream that are neither zeros nor packed; not of zstd.

    Raises:
        FlawError: ``cut-off`` or ``corrupt``, with the byte of the packed stream up to which it was read.
        UntoldError: it asks for more memory than we give, or the meter is empty.
    """
    form = next(form for form in _FORMS if head.startswith(form.mark))
    return _streams(stream, form.mark, form.new, meter, left) if form.new else frames(stream, meter)


def _streams(
    stream: Readable, mark: bytes, new: Callable[[], _Decoder], meter: Meter, left: Callable[[int], object]
) -> Iterator[bytes]:
    """One compressed stream after the other, zeros between them left out; what else follows belongs to nobody."""
    source = _Source(stream)
    while source.peek(len(mark)) == mark:
        decoder = new()
        while not decoder.eof:
            data = source.take() if decoder.needs_input else b""
            piece = _decoded(decoder, data, source.at)
            if not (piece or data or decoder.eof):
                raise FlawError("cut-off", source.at)
            meter.take(len(piece))
            if piece:
                yield piece
        source.give_back(decoder.unused_data)
    left(source.held)


def _decoded(decoder: _Decoder, data: bytes, at: int) -> bytes:
    try:
        return decoder.decompress(data, PIECE)
    except MemoryError:
        raise UntoldError(Reason.DOCUMENT_TOO_LARGE, "it asks for too much memory to be unpacked") from None
    except _ERRORS as error:
        if "memory" in str(error).lower():
            raise UntoldError(Reason.DOCUMENT_TOO_LARGE, str(error)) from None
        raise FlawError("corrupt", at) from None


class _Source:
    """A stream whose last bytes can be given back; ``at`` counts what was taken."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._held = b""
        self.at = 0

    def peek(self, size: int) -> bytes:
        """The next bytes after zeros."""
        while len(self._held) < size and (more := self._stream.read(PIECE)):
            self._held = (self._held + more).lstrip(b"\0")
        return self._held[:size]

    @property
    def held(self) -> int:
        """How many bytes were read and not taken."""
        return len(self._held)

    def take(self) -> bytes:
        found, self._held = self._held or self._stream.read(PIECE), b""
        self.at += len(found)
        return found

    def give_back(self, data: bytes) -> None:
        self.at -= len(data)
        self._held = data.lstrip(b"\0")
