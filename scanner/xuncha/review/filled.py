"""A workbook for review as it came back: its rows, wherever they were moved to, sorted and filtered as people like."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xuncha.config.errors import Place, Problem, quoted
from xuncha.config.yaml import Source
from xuncha.model.text import Text
from xuncha.review.columns import BY, FINDING, LAST, READ, REASON, RUN, VERDICT, Column
from xuncha.review.workbook import MOST_ROWS
from xuncha.selfcheck.answers import folded_heading
from xuncha.selfcheck.grid import Cell, Grid, letters, read_grids
from xuncha.selfcheck.workbook import Wanted

HEADER_ROWS = 60
"""So far down a sheet its header may stand."""

_HEADINGS = tuple(word for column in READ for word in (column.title.zh, column.title.en))
_WANTED = Wanted(cells=8 * MOST_ROWS, seconds=90, unpacked=500_000_000, columns=_HEADINGS)
_MEANS = {folded_heading(word): column for column in READ for word in (column.title.zh, column.title.en)}
_MUST = tuple(column for column in READ if column is not LAST)


@dataclass(frozen=True, slots=True)
class Filled:
    """A row: its texts without outer space. ``at`` is its place in the file, ``columns`` where its columns are."""

    at: Place
    cells: Mapping[Column, Cell]
    columns: Mapping[Column, int]

    def text(self, column: Column) -> str:
        return " ".join(self.cells[column].text.split()) if column in self.cells else ""

    def problem(self, column: Column, text: Text, hint: Text | None = None) -> Problem:
        """Something that is wrong in one of its cells."""
        number = self.columns.get(column)
        name = f"{letters(number)}{self.at.line} " if number else ""
        place = Place(self.at.file, self.at.line, number, self.at.sheet)
        return Problem(place, text, f"{name}{column.title.zh}", hint)


@dataclass(slots=True)
class Sheets:
    """What a workbook holds, and what is wrong with it or worth knowing."""

    rows: list[Filled]
    problems: list[Problem]
    notes: list[Problem]


def read_filled(source: Source) -> Sheets:
    """The rows of a workbook. Raises UnreadableError: no workbook, or one that can't be read within the limits."""
    _, grids = read_grids(source, _WANTED)
    return rows_of(grids, source.name)


def rows_of(grids: Sequence[Grid], file: str) -> Sheets:
    """The rows of its sheets; see ``read_filled``."""
    found = Sheets([], [], [])
    headers = 0
    for grid in grids:
        place = Place(file, sheet=grid.title)
        header = _header(grid)
        if header is None:
            continue
        headers += 1
        if grid.hidden:
            found.notes.append(Problem(place, Text("隐藏的工作表未读取", "the hidden sheet was not read")))
            continue
        found.problems += _wrong(grid, header, place)
        found.rows += _rows(grid, header, file)
    if not headers:
        text = Text("没有找到复核表的表头", "no header of a workbook for review was found")
        hint = Text("请在 xuncha review export 导出的表中填写", "fill in what xuncha review export wrote")
        found.problems.append(Problem(Place(file), text, hint=hint))
    return found


@dataclass(frozen=True, slots=True)
class _Header:
    row: int
    columns: dict[int, Column]


def _header(grid: Grid) -> _Header | None:
    for number in sorted(grid.rows):
        if number > HEADER_ROWS:
            return None
        known = {column: _MEANS.get(folded_heading(cell.text)) for column, cell in grid.rows[number].items()}
        columns = {column: meant for column, meant in known.items() if meant}
        if {VERDICT, FINDING} <= set(columns.values()):
            return _Header(number, columns)
    return None


def _wrong(grid: Grid, header: _Header, place: Place) -> Iterator[Problem]:
    names = list(header.columns.values())
    for column in READ:
        title = column.title
        if names.count(column) > 1:
            text = Text(
                f"“{title.zh}”列有 {names.count(column)} 个", f"the column “{title.en}” is there more than once"
            )
            yield Problem(place, text, hint=Text("请只保留一个", "leave only one of them"))
        elif column in _MUST and column not in names:
            text = Text(f"缺少“{title.zh}”列", f"the column “{title.en}” is missing")
            yield Problem(place, text, hint=Text("请从导出的表中补回", "bring it back from what was exported"))
    if not grid.complete:
        text = Text("内容过多，没有读完", "too much in it; not read to the end")
        yield Problem(place, text, hint=Text("请拆成几个文件分别导入", "split it and import the parts"))


def _rows(grid: Grid, header: _Header, file: str) -> Iterator[Filled]:
    places = {meant: column for column, meant in header.columns.items()}
    for number in sorted(grid.rows):
        if number > header.row:
            row = grid.rows[number]
            cells = {meant: row[column] for column, meant in header.columns.items() if column in row}
            if any(cell.text.strip() or cell.formula for cell in cells.values()):
                yield Filled(Place(file, number, sheet=grid.title), cells, places)


def unusable(row: Filled) -> Iterator[Problem]:
    """Cells that hold no text of a person, whatever they were meant to say."""
    for column in (VERDICT, BY, REASON, FINDING, RUN):
        cell = row.cells.get(column)
        if cell and cell.kind == "error":
            text = Text(f"单元格出错：{quoted(cell.text, 20)}", f"the cell has an error: {quoted(cell.text, 20)}")
            yield row.problem(column, text, Text("请直接填写", "type the text in"))
        elif cell and cell.formula:
            text = Text("单元格里是公式", "the cell holds a formula")
            yield row.problem(column, text, Text("请直接填写，不要用公式", "type the text in, without a formula"))
