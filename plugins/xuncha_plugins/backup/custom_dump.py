"""``pg_dump --format=custom`` archives, read to the last byte.

``pg_restore --list`` reads only the table of contents, which stands at the beginning; data that is missing at the end
shows only when somebody restores. Format: PostgreSQL, ``pg_backup_archiver.c`` and ``pg_backup_custom.c``.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xuncha.api import Reason
from xuncha_plugins.backup.bounds import FlawError, Meter, UntoldError
from xuncha_plugins.backup.packing import HEAD, is_packed, unpacked
from xuncha_plugins.backup.pieces import PIECE, Pieces, pieces_of

MARK = b"PGDMP"
_CUSTOM = 1
_OLDEST, _NEWEST = (1, 10), (1, 16)
"""Versions of the format that are read: those of PostgreSQL 8.0 to 18."""

_LONGEST, _MOST = 16_000_000, 1_000_000
"""Bytes of one text, entries of the table of contents."""

_DATA, _LARGE_OBJECTS = 1, 3
_NOTHING = 3
"""The state of an entry that has no data."""

_ZSTD, _LZ4 = 3, 2


@dataclass(slots=True)
class _Layout:
    """How numbers are written."""

    version: tuple[int, int] = (0, 0)
    int_size: int = 4
    offset_size: int = 8
    packing: int = 0


class CustomDump:
    """A custom archive: its head is read at once, its data by iterating.

    ``made`` is the day on which it was begun, by the clock of the machine that made it.

    Raises:
        FlawError: ``cut-off``, ``corrupt`` or ``data-missing``, with the byte of the archive.
        UntoldError: of another format or version, packed in a way that we don't read, encrypted; the meter is empty.
    """

    def __init__(self, stream: Pieces, meter: Meter) -> None:
        self._stream = stream
        self._meter = meter
        self._layout = _Layout()
        self.made = self._head()
        self._awaited = dict(self._contents())

    def __iter__(self) -> Iterator[bytes]:
        """What was dumped of the tables, and large objects, unpacked piece by piece."""
        while kind := self._stream.read(1):
            entry = self._int()
            tag = self._awaited.pop(entry, "")
            if kind[0] == _DATA:
                yield from self._data(tag)
            elif kind[0] == _LARGE_OBJECTS:
                while self._int():
                    yield from self._data(tag)
            else:
                raise FlawError("corrupt", self._stream.at, tag)
        if self._awaited:
            raise FlawError("data-missing", self._stream.at, next(iter(self._awaited.values())))

    def _head(self) -> date | None:
        layout = self._layout
        self._exactly(len(MARK))
        layout.version = (self._byte(), self._byte())
        self._byte()
        if not _OLDEST <= layout.version <= _NEWEST:
            raise UntoldError(Reason.DOCUMENT_UNSUPPORTED, f"archive format {layout.version}")
        layout.int_size, layout.offset_size = self._byte(), self._byte()
        if self._byte() != _CUSTOM or layout.int_size > 8 or layout.offset_size > 8:  # noqa: PLR2004 - bytes
            raise UntoldError(Reason.DOCUMENT_UNSUPPORTED, "no custom archive")
        layout.packing = self._byte() if layout.version >= (1, 15) else int(self._int() != 0)
        made = self._time()
        for _ in ("database", "server", "pg_dump"):
            self._text()
        return made

    def _time(self) -> date | None:
        _second, _minute, _hour, day, month, year, _summer = (self._int() for _ in range(7))
        try:
            return date(1900 + year, month + 1, day)
        except (ValueError, OverflowError):
            return None

    def _contents(self) -> Iterator[tuple[int, str]]:
        """Number and name of every entry that has data."""
        count = self._int()
        if not 0 <= count <= _MOST:
            raise UntoldError(Reason.DOCUMENT_UNSUPPORTED, "its table of contents is not as PostgreSQL writes it")
        for _ in range(count):
            self._meter.take_entry()
            yield from self._entry()

    def _entry(self) -> Iterator[tuple[int, str]]:
        version = self._layout.version
        number, has_data = self._int(), self._int()
        self._text(), self._text()  # ids in the catalogue
        tag = self._text()
        self._text()  # what it is
        if version >= (1, 11):
            self._int()
        after = 3 + 2 + (version >= (1, 14))  # definition, drop, copy; schema, tablespace, access method
        for _ in range(after):
            self._text()
        if version >= (1, 16):
            self._int()
        self._text(), self._text()  # owner, whether with oids
        while self._text() is not None:  # what it depends on
            pass
        state = self._byte()
        self._exactly(self._layout.offset_size)
        if has_data and state != _NOTHING:
            yield number, tag or ""

    def _data(self, tag: str) -> Iterator[bytes]:
        """One table, or one large object."""
        chunks = Pieces(self._chunks())
        if self._layout.packing == _LZ4:
            raise UntoldError(Reason.DOCUMENT_UNSUPPORTED, "packed with lz4")
        if self._layout.packing == _ZSTD and is_packed(head := chunks.peek(HEAD)):
            yield from unpacked(chunks, head, self._meter)
        elif self._layout.packing and chunks.peek(1):  # an empty table may have no data at all
            yield from self._inflated(chunks, tag)
        else:
            yield from self._counted(chunks)

    def _counted(self, chunks: Pieces) -> Iterator[bytes]:
        for piece in pieces_of(chunks):
            self._meter.take(len(piece))
            yield piece

    def _inflated(self, chunks: Pieces, tag: str) -> Iterator[bytes]:
        decoder = zlib.decompressobj()
        try:
            while not decoder.eof:
                data = decoder.unconsumed_tail or chunks.read(PIECE)
                piece = decoder.decompress(data, PIECE)
                if not (piece or data):
                    break
                self._meter.take(len(piece))
                yield piece
        except zlib.error:
            raise FlawError("corrupt", self._stream.at, tag) from None
        if not decoder.eof or any(chunks.rest()):
            raise FlawError("corrupt", self._stream.at, tag)

    def _chunks(self) -> Iterator[bytes]:
        while size := self._int():
            if size < 0:
                raise FlawError("corrupt", self._stream.at)
            read = self._stream.at
            yield from self._stream.up_to(size)
            if self._stream.at - read < size:
                raise FlawError("cut-off", self._stream.at)

    def _text(self) -> str | None:
        size = self._int()
        if size < 0:
            return None
        if size > _LONGEST:
            raise UntoldError(Reason.DOCUMENT_TOO_LARGE, "a text in its table of contents")
        return self._exactly(size).decode("utf-8", "replace")

    def _int(self) -> int:
        negative = self._byte()
        value = int.from_bytes(self._exactly(self._layout.int_size), "little")
        return -value if negative else value

    def _byte(self) -> int:
        return self._exactly(1)[0]

    def _exactly(self, size: int) -> bytes:
        found = self._stream.read(size)
        if len(found) < size:
            raise FlawError("cut-off", self._stream.at)
        return found
