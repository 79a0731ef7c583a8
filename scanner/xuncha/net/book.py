"""The file under the ledger: rows of fixed size in a map that all workers share, changed under one short lock.

A row is found by its number in a window of places. It holds two moments and, per worker, how many conversations are
held, so that a killed worker's part can be struck out. Rows at rest are used again, which keeps the file small
however many hosts a run meets.
"""

import mmap
import os
import struct
import sys
from pathlib import Path
from typing import BinaryIO, Final

if sys.platform == "win32":
    import msvcrt

    def _lock(fileno: int) -> None:
        msvcrt.locking(fileno, msvcrt.LK_LOCK, 1)

    def _unlock(fileno: int) -> None:
        msvcrt.locking(fileno, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(fileno: int) -> None:
        fcntl.flock(fileno, fcntl.LOCK_EX)

    def _unlock(fileno: int) -> None:
        fcntl.flock(fileno, fcntl.LOCK_UN)


ROWS: Final = 16_384

_MAGIC = b"xuncha-1"
_HEADER = struct.Struct("<8sII")
_HEADER_SIZE = 64
_ROW = struct.Struct("<Qqq")
_COUNT = struct.Struct("<H")
_WINDOW = 16


def _reserve(file: BinaryIO, size: int) -> None:
    """Make the file that long, with room on the disk for all of it: a map over a hole there kills who writes to it."""
    file.flush()
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file.fileno(), 0, size)
    else:
        file.truncate(size)


class Book:
    """One process's view; ``with book:`` holds the lock, and everything else is called while it is held."""

    def __init__(self, path: Path, worker: int) -> None:
        """Open the book as ``worker`` (from 0). Raises OSError, and ValueError when it isn't such a book."""
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), 0)
        workers, self._rows = _checked(self._map, path, worker)
        self._size = _row_size(workers)
        self._counts = struct.Struct(f"<{workers}H")
        self._mine = _ROW.size + _COUNT.size * worker
        self._file = path.open("rb")

    @staticmethod
    def create(path: Path, *, workers: int, rows: int = ROWS) -> None:
        """A new, empty book for ``workers`` processes; an old one of that name is replaced.

        Raises OSError, also where the disk has no room for it.
        """
        fresh = path.with_name(path.name + ".new")
        with fresh.open("wb") as file:
            fresh.chmod(0o600)
            file.write(_HEADER.pack(_MAGIC, workers, rows))
            _reserve(file, _HEADER_SIZE + rows * _row_size(workers))
        fresh.replace(path)

    def __enter__(self) -> None:
        _lock(self._file.fileno())

    def __exit__(self, *_: object) -> None:
        _unlock(self._file.fileno())

    def close(self) -> None:
        """Unmap the book. What is still held stays counted until ``strike_out``."""
        self._map.close()
        self._file.close()

    def find(self, row: int, now: int) -> int:
        """Where ``row`` is: its own place in the window its number points to, else a free one there.

        When the window is full of busy rows it shares the last one: two keys are then paced as one, never faster.
        """
        free = place = 0
        for step in range(_WINDOW):
            place = _HEADER_SIZE + (row + step) % self._rows * self._size
            found, due, paused = _ROW.unpack_from(self._map, place)
            if found == row:
                return place
            if not free and (not found or (due < now and paused < now and not self.held(place))):
                free = place
            if not found:
                break
        if free:
            _ROW.pack_into(self._map, free, row, now, 0)
        return free or place

    def moments(self, place: int) -> tuple[int, int]:
        """When the next request is due, and until when the row is paused."""
        _, due, paused = _ROW.unpack_from(self._map, place)
        return due, paused

    def set_moments(self, place: int, due: int, paused: int) -> None:
        """Write what ``moments`` reads."""
        (row,) = struct.unpack_from("<Q", self._map, place)
        _ROW.pack_into(self._map, place, row, due, paused)

    def held(self, place: int) -> int:
        """How many conversations all workers hold."""
        return sum(self._counts.unpack_from(self._map, place + _ROW.size))

    def hold(self, place: int, conversations: int) -> None:
        """Add to what this worker holds; negative to give back."""
        (mine,) = _COUNT.unpack_from(self._map, place + self._mine)
        _COUNT.pack_into(self._map, place + self._mine, max(mine + conversations, 0))

    def strike_out(self, worker: int) -> None:
        """Forget whatever ``worker`` held."""
        column = _ROW.size + _COUNT.size * worker
        for place in range(_HEADER_SIZE, len(self._map), self._size):
            if _ROW.unpack_from(self._map, place)[0]:  # untouched pages of the file stay unallocated
                _COUNT.pack_into(self._map, place + column, 0)


def _checked(mapped: mmap.mmap, path: Path, worker: int) -> tuple[int, int]:
    """Workers and rows of the book."""
    magic, workers, rows = _HEADER.unpack(mapped[: _HEADER.size].ljust(_HEADER.size))
    if magic != _MAGIC or len(mapped) != _HEADER_SIZE + rows * _row_size(workers):
        raise ValueError(f"{path} is not a ledger of this version; remove it")
    if not 0 <= worker < workers:
        raise ValueError(f"{path} is kept for {workers} workers, there is no number {worker}")
    return workers, rows


def _row_size(workers: int) -> int:
    return (_ROW.size + _COUNT.size * workers + 7) // 8 * 8
