"""A workbook as cells and merges, read in a process of its own: what is hostile in it costs only its own reading."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from xuncha.config.errors import Place, Problem, UnreadableError
from xuncha.config.yaml import Source, read_bytes
from xuncha.model.reasons import Reason
from xuncha.model.text import Text
from xuncha.selfcheck.workbook import EVERYTHING, Wanted

MAX_BYTES = 16_000_000
DEADLINE = 120.0
"""Seconds on the clock for one file, conversion by LibreOffice included; processor time is bounded more tightly."""

MAX_SAID = 32_000_000
MAX_FILLED = 200_000
"""Merged cells of a sheet that get the text of their first one."""

COMMAND = (sys.executable, "-I", "-m", "xuncha.selfcheck.workbook")

Kind = Literal["text", "number", "date", "bool", "error"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something; row and column count from 1. ``formula``: the text is what the file kept of it."""

    row: int
    column: int
    text: str
    kind: Kind = "text"
    formula: bool = False

    @property
    def name(self) -> str:
        """As people call it: ``C5``."""
        return f"{letters(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class Span:
    """Merged cells, first and last row and column."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet. ``complete`` is False where a limit left cells out."""

    title: str
    cells: tuple[Cell, ...]
    spans: tuple[Span, ...] = ()
    hidden: bool = False
    complete: bool = True
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for cell in self.cells:
            self.rows.setdefault(cell.row, {})[cell.column] = cell
        numbers, left = sorted(self.rows), MAX_FILLED
        for span in self.spans:
            left = self._fill(span, numbers, left)

    def _fill(self, span: Span, numbers: Sequence[int], left: int) -> int:
        """Merged cells all say what their first one says; rows that hold nothing else stay empty. How many are left."""
        first = self.rows.get(span.top, {}).get(span.left)
        if first is None:
            return left
        for row in numbers[bisect_left(numbers, span.top) : bisect_right(numbers, span.bottom)]:
            for column in range(span.left, span.right + 1):
                if left <= 0:
                    return 0
                left -= 1
                self.rows[row].setdefault(column, first)
        return left


def letters(column: int) -> str:
    """The name of a column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def read_grids(source: Source, wanted: Wanted = EVERYTHING) -> tuple[bytes, tuple[Grid, ...]]:
    """The bytes of a workbook and its sheets, as far as they are wanted.

    Raises:
        UnreadableError: not there, too large, encrypted, damaged, no workbook, or too dear to read.
    """
    body = read_bytes(source, MAX_BYTES)
    said = _said(body, json.dumps(asdict(wanted)))
    try:
        answer = json.loads(said)
        if "refused" in answer:
            raise _refused(str(source), Reason(answer["refused"]))
        return body, tuple(map(as_grid, answer["sheets"]))
    except (ValueError, TypeError, KeyError):
        raise _refused(str(source), Reason.DOCUMENT_TOO_LARGE if not said else Reason.DOCUMENT_DAMAGED) from None


def _said(body: bytes, wanted: str) -> bytes:
    """What the process said; nothing where it was ended by a limit."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as taken:
        given.write(body)
        given.seek(0)
        with subprocess.Popen(  # noqa: S603 - ourselves
            (*COMMAND, wanted),
            stdin=given,
            stdout=taken,
            stderr=subprocess.DEVNULL,
            start_new_session=os.name == "posix",
        ) as process:
            try:
                process.wait(DEADLINE)
            except subprocess.TimeoutExpired:
                _end(process)
        taken.seek(0)
        found = taken.read(MAX_SAID + 1)
    return found if len(found) <= MAX_SAID else b""


def _end(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL) if os.name == "posix" else process.kill()


def as_grid(said: dict[str, Any]) -> Grid:
    """A sheet as the process told it."""
    cells = tuple(Cell(int(one[0]), int(one[1]), str(one[2]), one[3], bool(one[4])) for one in said["cells"])
    spans = tuple(Span(*map(int, one)) for one in said["spans"])
    return Grid(str(said["title"]), cells, spans, bool(said["hidden"]), bool(said["complete"]))


_SAVE = Text("请用 Excel 或 WPS 另存为 .xlsx 后重新导入", "save it as .xlsx with Excel or WPS and import it again")
_WORDS = {
    Reason.DOCUMENT_ENCRYPTED: (
        Text("文件加了密码", "the file is protected by a password"),
        Text("请取消打开密码后另存，再重新导入", "remove the password that opens it, save it, import it again"),
    ),
    Reason.DOCUMENT_TOO_LARGE: (
        Text("文件过大，或内容过于复杂，没有读取", "too large or too complex; not read"),
        Text(
            "请把填写的内容复制到重新生成的空白表（粘贴为数值）后导入",
            "copy what was filled in, as values, into a newly made workbook and import that",
        ),
    ),
    Reason.DOCUMENT_UNSAFE: (Text("文件含有不允许的内容，没有读取", "holds what may not be; not read"), _SAVE),
    Reason.DOCUMENT_UNSUPPORTED: (Text("不是 .xlsx 工作簿", "no .xlsx workbook"), _SAVE),
    Reason.PROGRAM_MISSING: (
        Text("读取这种格式需要 LibreOffice，本机没有安装", "this format needs LibreOffice, which is not installed"),
        _SAVE,
    ),
}


def _refused(name: str, reason: Reason) -> UnreadableError:
    text, hint = _WORDS.get(reason, (Text("文件已损坏，或不是工作簿", "damaged, or no workbook"), _SAVE))
    return UnreadableError([Problem(Place(name), text, hint=hint)])
