"""CSV as Excel, WPS and people write it: UTF-8, UTF-16 or GB18030; commas, semicolons or tabs."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from xuncha.config.errors import Place, Problem
from xuncha.config.written import decode
from xuncha.config.yaml import Source, read_bytes
from xuncha.inventory.fields import recognise
from xuncha.inventory.rows import MAX_CELLS, MAX_ROWS, TITLE_ROWS, Line, Reading, Sheet
from xuncha.model.text import Text

MAX_BYTES = 32_000_000
MAX_BAD = 1000
_DELIMITERS = (",", "\t", ";", "|")


def read_csv(source: Source, reading: Reading) -> Sheet:
    """The one table in a CSV file; lines that can't be read are added to the reading's problems.

    Raises:
        UnreadableError: not there, too large, or in no encoding that we know.
    """
    name = str(source)
    text, encoding = decode(read_bytes(source, MAX_BYTES), name)
    if encoding == "gb18030":
        reading.notes.append(Problem(Place(name), Text("按 GB18030 编码读取", "read as GB18030")))
    return Sheet(name, "", tuple(_lines(text, name, reading)))


def _lines(text: str, name: str, reading: Reading) -> Iterator[Line]:
    """The records of the file. After one that can't be read the next line is tried, so that good rows still run."""
    physical = list(StringIO(text, newline=""))
    delimiter = _delimiter(physical)
    start = count = bad = 0
    while start < len(physical):
        rest = map(physical.__getitem__, range(start, len(physical)))
        records = _Records(csv.reader(rest, delimiter=delimiter, strict=True), start)
        for line in records:
            count += 1
            if count > MAX_ROWS:
                reading.problems.append(_stopped(name, line.number, count - 1))
                return
            yield line
        if not records.broken:
            return
        start, bad = records.next, bad + 1
        reading.problems.append(Problem(Place(name, start), _BROKEN, hint=_QUOTES))
        if bad == MAX_BAD:
            reading.problems.append(_stopped(name, start, count))
            return


_BROKEN = Text("这一行无法解析", "this line can't be read")
_QUOTES = Text("请检查引号是否成对", "check that quotes come in pairs")


def _stopped(name: str, line: int, rows: int) -> Problem:
    return Problem(Place(name, line), Text(f"只读取了前 {rows:,} 行，其余未读取", f"only {rows:,} rows are read"))


@dataclass(slots=True)
class _Records:
    """Records up to the first that can't be read; ``next`` is the number of the line at which the next one starts."""

    reader: Any
    start: int
    next: int = 0
    broken: bool = False

    def __iter__(self) -> Iterator[Line]:
        self.next = self.start + 1
        try:
            for cells in self.reader:
                yield Line(self.next, tuple(cells[:MAX_CELLS]))
                self.next = self.start + self.reader.line_num + 1
        except csv.Error:
            self.broken = True


def _delimiter(physical: Sequence[str]) -> str:
    """The one with which the first lines name the most fields."""
    head = [line[:10_000] for line in physical[:TITLE_ROWS]]

    def fields_named(delimiter: str) -> int:
        rows = csv.reader(head, delimiter=delimiter)
        return max((len(recognise(cells, sort)) for cells in rows for sort in ("sites", "columns")), default=0)

    return max(_DELIMITERS, key=fields_named)
