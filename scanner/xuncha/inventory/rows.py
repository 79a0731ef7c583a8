"""Rows of a table, whatever file they come from: cells by field, each with its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from xuncha.config.errors import Place, Problem, nearest, quoted
from xuncha.inventory.fields import Field, header_names, ignored, recognise
from xuncha.inventory.values import clean
from xuncha.model.text import Text

Sort = Literal["sites", "columns"]

MAX_ROWS = 100_000
MAX_CELLS = 100
TITLE_ROWS = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file as read: ``number`` counts from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as read: a CSV file has one without a name, an XLSX file one per sheet."""

    file: str
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """Cleaned text, where it stands, and the header or key it stands under."""

    text: str
    place: Place
    header: str


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one entry by field name; empty ones are left out."""

    place: Place
    cells: dict[str, Cell]


@dataclass(slots=True)
class Reading:
    """What was read from a file: rows of sites, rows of their columns, and what is to be said about it."""

    sites: list[Row] = field(default_factory=list)
    columns: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose header is known: which field stands in which column, and the lines below it.

    ``header`` has the number 0 where there is none, because the sheet is a bare list of addresses.
    """

    sort: Sort
    header: Line
    fields: dict[int, Field]
    body: list[Line]


def take(sheet: Sheet, reading: Reading) -> bool:
    """Add the rows of a sheet to the reading; False where it has no header that we know."""
    table = table_in(sheet)
    if table is None:
        return False
    reading.notes += _unused(sheet, table)
    rows = reading.sites if table.sort == "sites" else reading.columns
    rows += _rows(sheet, table)
    return True


def table_in(sheet: Sheet) -> Table | None:
    """The table of sites or of columns in a sheet; None where it has no header that we know."""
    lines = [line for line in sheet.lines if any(cell.strip() for cell in line.cells)]
    return _header(lines) or _bare_urls(lines)


def is_comment(line: Line) -> bool:
    """Whether a line is there for people only."""
    return line.cells[0].lstrip("\ufeff\"' ").startswith(("#", "＃"))


def _header(lines: Sequence[Line]) -> Table | None:
    """The first line that names what every table needs; a title and blank lines may stand above it."""
    for index, line in enumerate(lines[:TITLE_ROWS]):
        columns = recognise(line.cells, "columns")
        if {"site", "name", "url"} <= {field.name for field in columns.values()} and _says_column(line):
            return Table("columns", line, columns, list(lines[index + 1 :]))
        sites = recognise(line.cells, "sites")
        if {"name", "urls"} & {field.name for field in sites.values()}:
            return Table("sites", line, sites, list(lines[index + 1 :]))
    return None


def _says_column(line: Line) -> bool:
    return any("栏目" in cell or "column" in cell.lower() for cell in line.cells)


def _bare_urls(lines: Sequence[Line]) -> Table | None:
    """A list of addresses without a header: every line has one cell with a dot in it."""
    singles = [[cell for cell in line.cells if cell.strip()] for line in lines]
    if not lines or any(len(cells) != 1 or "." not in cells[0] or " " in cells[0].strip() for cells in singles):
        return None
    header = Line(0, ("url",) * max(len(line.cells) for line in lines))
    every = recognise(("url",), "sites")[0]
    return Table("sites", header, dict.fromkeys(range(len(header.cells)), every), list(lines))


def _unused(sheet: Sheet, table: Table) -> Iterator[Problem]:
    for index, name in enumerate(table.header.cells):
        if index not in table.fields and not ignored(name):
            place = Place(sheet.file, table.header.number, index + 1, sheet.name)
            text = Text("无法识别该列，未使用", "unknown column, not used")
            yield Problem(place, text, quoted(name), nearest(name, header_names(table.sort)))


def _rows(sheet: Sheet, table: Table) -> Iterator[Row]:
    for line in table.body:
        if is_comment(line):
            continue
        cells: dict[str, Cell] = {}
        for index, field_ in table.fields.items():
            text = clean(line.cells[index]) if index < len(line.cells) else ""
            if text:
                place = Place(sheet.file, line.number, index + 1, sheet.name)
                cells[field_.name] = Cell(text, place, quoted(table.header.cells[index], 30))
        if cells:
            yield Row(Place(sheet.file, line.number, None, sheet.name), cells)
