"""zstd streams (RFC 8878), unpacked and verified. The decoder takes a stream that is cut off for one that has ended."""

from collections.abc import Generator, Iterator

import zstandard

from xuncha.api import Reason
from xuncha_plugins.backup.bounds import FlawError, Meter, UntoldError
from xuncha_plugins.backup.pieces import PIECE, Readable

_WINDOW = 1 << 27
"""As ``zstd`` itself allows without ``--long``."""

_MARK = b"\x28\xb5\x2f\xfd"
_RLE = 1


def frames(stream: Readable, meter: Meter) -> Iterator[bytes]:
    """What the frames of a stream hold, see ``packing.unpacked``."""
    watched = _Watched(stream)
    decoder = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
    reader = decoder.stream_reader(watched, read_size=PIECE, read_across_frames=True)  # type: ignore[arg-type]
    try:
        while piece := reader.read(PIECE):
            meter.take(len(piece))
            yield piece
    except zstandard.ZstdError as error:
        if "memory" in str(error):
            raise UntoldError(Reason.DOCUMENT_TOO_LARGE, str(error)) from None
        raise FlawError("corrupt", watched.at) from None
    if watched.is_cut_off:
        raise FlawError("cut-off", watched.at)


class _Watched:
    """A stream on its way to the decoder, its frames and blocks counted off."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._steps = self._walk()
        self._wanted = next(self._steps)
        self._held = bytearray()
        self._within = False
        self.at = 0

    def read(self, size: int, /) -> bytes:
        data = self._stream.read(size)
        self.at += len(data)
        self._held += data
        while len(self._held) >= self._wanted:
            step = bytes(self._held[: self._wanted])
            del self._held[: self._wanted]
            self._wanted = self._steps.send(step)
        return data

    @property
    def is_cut_off(self) -> bool:
        """Whether the last frame has no end."""
        return self._within or bool(self._held)

    def _walk(self) -> Generator[int, bytes, None]:
        """How many bytes make the next step; is sent them. A mark that is unknown is left to the decoder."""
        while True:
            self._within = False
            mark = yield 4
            self._within = True
            if mark == _MARK:
                yield from _frame()
            else:
                yield from _over(int.from_bytes((yield 4), "little"))


def _frame() -> Generator[int, bytes, None]:
    """Header, blocks and checksum of a frame."""
    (described,) = yield 1
    single, checked = described >> 5 & 1, described >> 2 & 1
    size = (single, 2, 4, 8)[described >> 6]
    yield from _over((1 - single) + (0, 1, 2, 4)[described & 3] + size)
    last = 0
    while not last:
        block = int.from_bytes((yield 3), "little")
        last = block & 1
        yield from _over(1 if block >> 1 & 3 == _RLE else block >> 3)
    yield from _over(4 * checked)


def _over(size: int) -> Generator[int, bytes, None]:
    while size:
        part = min(size, PIECE)
        yield part
        size -= part
