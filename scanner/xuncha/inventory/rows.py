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


def take(sheet: Sheet, reading: Reading) -> bool:
    """Add the rows of a sheet to the reading; False where it has no header that we know."""
    lines = [line for line in sheet.lines if any(cell.strip() for cell in line.cells)]
    found = _header(lines)
    if found is None:
        found = _bare_urls(lines)
    if found is None:
        return False
    sort, header, fields, body = found
    reading.notes += _unused(sheet, header, fields, sort)
    rows = reading.sites if sort == "sites" else reading.columns
    rows += _rows(sheet, header, fields, body)
    return True


_Found = tuple[Sort, Line, dict[int, Field], list[Line]]


def _header(lines: Sequence[Line]) -> _Found | None:
    """The first line that names what every table needs; a title and blank lines may stand above it."""
    for index, line in enumerate(lines[:TITLE_ROWS]):
        columns = recognise(line.cells, "columns")
        if {"site", "name", "url"} <= {field.name for field in columns.values()} and _says_column(line):
            return "columns", line, columns, list(lines[index + 1 :])
        sites = recognise(line.cells, "sites")
        if {"name", "urls"} & {field.name for field in sites.values()}:
            return "sites", line, sites, list(lines[index + 1 :])
    return None


def _says_column(line: Line) -> bool:
    return any("栏目" in cell or "column" in cell.lower() for cell in line.cells)


def _bare_urls(lines: Sequence[Line]) -> _Found | None:
    """A list of addresses without a header: every line has one cell with a dot in it."""
    singles = [[cell for cell in line.cells if cell.strip()] for line in lines]
    if not lines or any(len(cells) != 1 or "." not in cells[0] or " " in cells[0].strip() for cells in singles):
        return None
    header = Line(0, ("url",) * max(len(line.cells) for line in lines))
    every = recognise(("url",), "sites")[0]
    return "sites", header, dict.fromkeys(range(len(header.cells)), every), list(lines)


def _unused(sheet: Sheet, header: Line, fields: dict[int, Field], sort: Sort) -> Iterator[Problem]:
    for index, name in enumerate(header.cells):
        if index not in fields and not ignored(name):
            place = Place(sheet.file, header.number, index + 1, sheet.name)
            text = Text("无法识别该列，未使用", "unknown column, not used")
            yield Problem(place, text, quoted(name), nearest(name, header_names(sort)))


def _rows(sheet: Sheet, header: Line, fields: dict[int, Field], body: Sequence[Line]) -> Iterator[Row]:
    for line in body:
        if line.cells[0].lstrip("\ufeff\"' ").startswith(("#", "＃")):
            continue
        cells: dict[str, Cell] = {}
        for index, field_ in fields.items():
            text = clean(line.cells[index]) if index < len(line.cells) else ""
            if text:
                place = Place(sheet.file, line.number, index + 1, sheet.name)
                cells[field_.name] = Cell(text, place, quoted(header.cells[index], 30))
        if cells:
            yield Row(Place(sheet.file, line.number, None, sheet.name), cells)
