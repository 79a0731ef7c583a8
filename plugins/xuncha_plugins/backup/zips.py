"""Zip archives: every member unpacked and its checksum verified."""

import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import BinaryIO

from xuncha.api import Reason, TooMuchError
from xuncha_plugins.backup.bounds import FlawError, Meter, UntoldError
from xuncha_plugins.backup.pieces import PIECE

_AT_ONCE = 24_000_000
"""Bytes of one read: the table of contents comes in one, and becomes some ten times as much in memory."""

_ENCRYPTED, _UTF8 = 1, 0x800
_LINK, _KINDS = 0o120000, 0o170000
_ERRORS = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, OverflowError)


class Zip:
    """A zip archive on a seekable stream.

    Raises:
        FlawError: ``cut-off`` where the table of contents at its end is missing, ``corrupt``.
        UntoldError: too many entries, or of a kind that we don't read.
    """

    def __init__(self, stream: BinaryIO, size: int, meter: Meter) -> None:
        self._meter = meter
        with _told(size):
            self._zip = zipfile.ZipFile(_Sparing(stream))

    def __iter__(self) -> Iterator[zipfile.ZipInfo]:
        """The members, in the order of the file."""
        for info in sorted(self._zip.infolist(), key=lambda one: one.header_offset):
            self._meter.take_entry()
            yield info

    def body(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        """What a member holds, in pieces. Raises FlawError, UntoldError."""
        if info.flag_bits & _ENCRYPTED:
            raise UntoldError(Reason.DOCUMENT_ENCRYPTED, info.filename)
        with _told(info.header_offset, info.filename), self._zip.open(info) as stream:
            while piece := stream.read(PIECE):
                self._meter.take(len(piece))
                yield piece


def name(info: zipfile.ZipInfo) -> str:
    """The name of a member, also as Chinese Windows wrote it: the library takes all that isn't marked for CP437."""
    if info.flag_bits & _UTF8 or info.filename.isascii():
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def modified(info: zipfile.ZipInfo) -> date | None:
    """The day of a member; None where it has none."""
    try:
        return date(*info.date_time[:3])
    except ValueError:
        return None


def is_link(info: zipfile.ZipInfo) -> bool:
    """Whether a member is a symbolic link."""
    return info.external_attr >> 16 & _KINDS == _LINK


def link(info: zipfile.ZipInfo, body: bytes) -> str:
    """Where a symbolic link leads, from the root of the archive."""
    return posixpath.join(posixpath.dirname(name(info)), body.decode("utf-8", "replace"))


@contextmanager
def _told(at: int, entry: str = "") -> Iterator[None]:
    """The library's errors as ours."""
    try:
        yield
    except NotImplementedError as error:
        raise UntoldError(Reason.DOCUMENT_UNSUPPORTED, str(error)) from None
    except TooMuchError:
        raise UntoldError(Reason.DOCUMENT_UNSAFE, "its members lie over each other") from None
    except _ERRORS as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        if "multiple disks" in str(error):
            raise UntoldError(Reason.DOCUMENT_UNSUPPORTED, str(error)) from None
        raise FlawError("cut-off" if "not a zip" in str(error) else "corrupt", at, entry) from None


class _Sparing:
    """A stream of which not too much is read at once."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(_AT_ONCE + 1 if size < 0 else min(size, _AT_ONCE + 1))
        if len(data) > _AT_ONCE:
            raise UntoldError(Reason.DOCUMENT_TOO_LARGE, "too many entries to be listed")
        return data

    def close(self) -> None:
        """Whoever opened it closes it."""
