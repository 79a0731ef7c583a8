"""What lies in an artefact: archives, what is compressed, and dumps, opened level by level as streams."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import BinaryIO

from xuncha.api import FileKind, day_of
from xuncha_plugins.backup import custom_dump, tars, zips
from xuncha_plugins.backup.bounds import Meter
from xuncha_plugins.backup.packing import HEAD, is_packed, stamp, unpacked
from xuncha_plugins.backup.pieces import Pieces, pieces_of

_LONGEST_LINK = 4_096
_DEEPEST = 3
"""Levels of packing around one stream."""

_PACKED_DUMP = re.compile(r"\.(?:sql|dump|dmp)\.(?:gz|bz2|xz|zst)$", re.IGNORECASE)
"""What is opened within an archive. Other compressed files in it are content: one that a website offers broken, say,
says nothing against the backup."""


class Form(StrEnum):
    """What an artefact is as a whole."""

    TAR = "tar"
    ZIP = "zip"
    CUSTOM_DUMP = "pg_dump-custom"
    FILE = "file"
    """A single file, compressed or not."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file within an artefact, or the artefact where it is no archive; ``body`` is read before the next leaf.

    ``name`` is as the archive has it, and may lead anywhere. ``made`` is a day that the content tells, ``modified``
    that of a time stamp. A link has no body; ``link`` is where it leads within the archive.
    """

    name: str
    body: Iterator[bytes]
    modified: date | None = None
    made: date | None = None
    link: str = ""

    @property
    def is_link(self) -> bool:
        return bool(self.link)


class Artefact:
    """One artefact, opened by ``leaves``; ``form`` is known when the first leaf is there, or all were.

    ``trailing`` counts bytes behind the end of an archive or stream, when all leaves were.

    Args:
        stream: its bytes; it must seek where it is a zip.
        name: what it is called.
        kind: what it is by its first bytes.
        size: how many bytes it has.
        meter: everything unpacked is taken from it.
    """

    def __init__(self, stream: BinaryIO, name: str, kind: FileKind, size: int, meter: Meter) -> None:
        self._stream = stream
        self._name = name
        self._size = size
        self._meter = meter
        self.trailing = 0
        self.form = Form.ZIP if kind is FileKind.ZIP else Form.FILE

    def leaves(self) -> Iterator[Leaf]:
        """Every file in it, folders left out. What nobody read of a body is read then, so that all is verified.

        Raises:
            FlawError, UntoldError: also while a body is read.
        """
        if self.form is Form.ZIP:
            yield from self._of_zip(zips.Zip(self._stream, self._size, self._meter))
        else:
            yield from self._opened(Pieces(self._raw()), self._name, 0)

    def _raw(self) -> Iterator[bytes]:
        """The artefact's own bytes, which cost time and no room."""
        for piece in pieces_of(self._stream):
            self._meter.take(0)
            yield piece

    def _opened(self, stream: Pieces, name: str, level: int, modified: date | None = None) -> Iterator[Leaf]:
        head = stream.peek(HEAD)
        if level < _DEEPEST and is_packed(head):
            yield from self._opened(
                Pieces(unpacked(stream, head, self._meter, self._left)), name, level + 1, _day(stamp(head))
            )
        elif tars.is_tar(stream.peek(tars.BLOCK)):
            self.form = Form.TAR
            yield from self._of_tar(stream)
            self._left(sum(len(piece.strip(b"\0")) for piece in stream.rest()))
        else:
            yield from self._file(stream, name, modified)
        _drain(stream.rest())

    def _left(self, size: int) -> None:
        self.trailing += size

    def _of_zip(self, archive: zips.Zip) -> Iterator[Leaf]:
        for info in archive:
            if not info.is_dir():
                body, day = Pieces(archive.body(info)), zips.modified(info)
                link = zips.link(info, body.read(_LONGEST_LINK)) if zips.is_link(info) else ""
                yield from self._member(body, zips.name(info), day, link)

    def _of_tar(self, stream: Pieces) -> Iterator[Leaf]:
        for entry in tars.entries(stream, self._meter):
            if entry.is_file or entry.link:
                body = Pieces(stream.up_to(entry.size))
                yield from self._member(body, entry.name, _day(entry.modified), entry.link)

    def _member(self, body: Pieces, name: str, modified: date | None, link: str) -> Iterator[Leaf]:
        if link:
            yield Leaf(name, iter(()), modified, link=link)
        elif _PACKED_DUMP.search(name) and is_packed(head := body.peek(HEAD)):
            yield from self._file(Pieces(unpacked(body, head, self._meter)), name, modified)
        else:
            yield from self._file(body, name, modified)
        _drain(body.rest())

    def _file(self, stream: Pieces, name: str, modified: date | None) -> Iterator[Leaf]:
        if stream.peek(len(custom_dump.MARK)) != custom_dump.MARK:
            yield Leaf(name, body := stream.rest(), modified)
        else:
            dump = custom_dump.CustomDump(stream, self._meter)
            self.form = Form.CUSTOM_DUMP if self.form is Form.FILE else self.form
            yield Leaf(name, body := iter(dump), modified, dump.made)
        _drain(body)


def _drain(pieces: Iterator[bytes]) -> None:
    for _ in pieces:
        pass


def _day(seconds: float | None) -> date | None:
    try:
        return day_of(datetime.fromtimestamp(seconds, UTC)) if seconds else None
    except (ValueError, OverflowError, OSError):
        return None
