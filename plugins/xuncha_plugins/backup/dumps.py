"""Database dumps as SQL text: which program wrote them, and whether it came to its end.

``mysqldump`` and ``pg_dump`` write a last line when they are done, because a dump that broke off is valid SQL too.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xuncha.api import dates_in

HEAD, TAIL = 2_048, 8_192
"""Bytes that are kept of the beginning and of the end."""


class Dump(StrEnum):
    """What wrote a dump."""

    MYSQLDUMP = "mysqldump"
    PG_DUMP = "pg_dump"
    PG_DUMPALL = "pg_dumpall"
    OTHER = "sql"
    """SQL of a program that writes no last line, or was told to leave comments out."""


_BEGINS = (
    (Dump.PG_DUMPALL, re.compile(r"-- PostgreSQL database cluster dump\s")),
    (Dump.PG_DUMP, re.compile(r"-- (?:PostgreSQL|openGauss|Kingbase\w*) database dump\s")),
    (Dump.MYSQLDUMP, re.compile(r"-- (?:MySQL|MariaDB) dump ")),
)
_ENDS = {
    Dump.PG_DUMPALL: re.compile(r"-- \w+ database cluster dump complete\s"),
    Dump.PG_DUMP: re.compile(r"-- \w+ database dump complete\s"),
    Dump.MYSQLDUMP: re.compile(r"-- Dump completed(?: on (?P<day>[0-9: -]+))?\s*$"),
}
_FRAMED = re.compile(r"--\s*\n-- \w+ database dump\s*\n--")
_FRAMED_END = re.compile(r"(?:^|\n)(?:--|\\\.|)\s*\n-- \w+ database dump complete\s*\n(?=\s*--|\s*$)")
"""A dump whose first line stands between two empty comments ends so too, or behind its data; among these the words may
be a row."""

_PG_DAY = re.compile(r"-- Completed on (?P<day>[0-9-]{10})")
_RESTRICT = re.compile(r"^\\restrict (\w+)\s", re.MULTILINE)
"""Since 2025 pg_dump locks what psql may do, and unlocks it in the line after the last."""

_NAMED_SQL = re.compile(r"\.(?:sql|dump|dmp)(?:\.\w{1,5})?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dumped:
    """A dump: ``complete`` is None where nothing in it tells; ``day`` is when it ended by its own word."""

    by: Dump
    complete: bool | None
    day: date | None = None


class DumpWatch:
    """Sees a text called ``name`` go by, and says afterwards what dump it was.

    ``seen`` counts its bytes; it is ``blank`` while all of them are zero, as of a file whose content was lost.
    """

    def __init__(self, name: str) -> None:
        self._named_sql = bool(_NAMED_SQL.search(name))
        self._head = b""
        self._tail = b""
        self.seen = 0
        self.blank = True

    def see(self, piece: bytes) -> None:
        """The next piece."""
        self.seen += len(piece)
        self.blank = self.blank and not piece.strip(b"\0")
        if len(self._head) < HEAD:
            self._head += piece[: HEAD - len(self._head)]
        self._tail = (self._tail + piece)[-TAIL:] if len(piece) < TAIL else piece[-TAIL:]

    def dumped(self) -> Dumped | None:
        """What it was; None where it was no dump."""
        head, tail = _text(self._head, self._head), _text(self._tail, self._head)
        by = next((by for by, begins in _BEGINS if begins.search(head)), None)
        if by is None:
            return Dumped(Dump.OTHER, None) if self._named_sql and head.strip() and "\0" not in head else None
        end, ends = None, _FRAMED_END if by is Dump.PG_DUMP and _FRAMED.search(head) else _ENDS[by]
        for end in ends.finditer(f"{tail}\n"):  # noqa: B007 - the last one counts
            pass
        locked = _RESTRICT.search(head) if by is Dump.PG_DUMP else None
        if end and any(begins.search(tail, end.end()) for _, begins in _BEGINS):
            end = None  # a second dump was hung on, and has no end of its own
        if locked and f"\\unrestrict {locked[1]}\n" not in f"{tail}\n":
            end = None
        day = end and end.groupdict().get("day")
        said = _PG_DAY.findall(tail)
        return Dumped(by, end is not None, _day(day or (said[-1] if said else "")))


def _text(part: bytes, head: bytes) -> str:
    """Also where PowerShell has written it, in UTF-16."""
    wide = head.startswith(b"\xff\xfe")
    return part[len(part) % 2 if part is not head else 0 :].decode("utf-16-le" if wide else "utf-8", "replace")


def _day(said: str) -> date | None:
    found = dates_in(said)
    return found[0].date if found else None
