"""The board: one row per worker in a shared file, on which workers write what they are doing.

The parent reads it to see progress and to tell, when a worker doesn't come back, which check of which site held it.
Writing a row is a memory write: cheap enough for every call of every check.
"""

import mmap
import struct
import time
from dataclasses import dataclass
from pathlib import Path

_ROW = struct.Struct("<iiddqqqq")
IDLE = -1
_BLANK = (IDLE, IDLE, 0, 0, 0, 0, 0, 0)
ROWS = 256
BOARD = "board"
LEDGER = "ledger"
"""Files in the run's folder while it goes on: this board, and the guard's ledger."""
JOURNAL = "journal"
"""File in a site's folder until the site is settled."""


@dataclass(frozen=True, slots=True)
class Row:
    """A worker's state. ``site`` and ``call`` are numbers from the plan, -1 for none; times are monotonic seconds.

    ``ahead``: pages that the crawls under way know of and have not opened yet.
    """

    site: int
    call: int
    since: float
    beat: float
    pages: int
    requests: int
    received: int
    ahead: int


class Board:
    """Row ``number`` belongs to the worker of that number; the parent only reads."""

    def __init__(self, path: Path) -> None:
        if not path.exists() or path.stat().st_size < ROWS * _ROW.size:
            path.write_bytes(b"".join(_ROW.pack(*_BLANK) for _ in range(ROWS)))
        with path.open("r+b") as stream:
            self._map = mmap.mmap(stream.fileno(), ROWS * _ROW.size)

    def read(self, number: int) -> Row:
        return Row(*_ROW.unpack_from(self._map, number * _ROW.size))

    def clear(self, number: int) -> None:
        _ROW.pack_into(self._map, number * _ROW.size, *_BLANK)

    def close(self) -> None:
        self._map.close()

    def pen(self, number: int) -> "Pen":
        return Pen(self._map, number * _ROW.size)


class Pen:
    """Writes one row."""

    _CALL = struct.Struct("<iid")
    _BEAT = struct.Struct("<dqqqq")

    def __init__(self, shared: mmap.mmap, offset: int) -> None:
        self._map = shared
        self._offset = offset

    def call(self, site: int, number: int) -> None:
        """Call ``number`` of ``site`` begins now; -1: nothing is being called."""
        self._CALL.pack_into(self._map, self._offset, site, number, time.monotonic())

    def beat(self, pages: int, requests: int, received: int, ahead: int = 0) -> None:
        """The event loop is alive, and how far it is."""
        self._BEAT.pack_into(
            self._map, self._offset + self._CALL.size, time.monotonic(), pages, requests, received, ahead
        )
