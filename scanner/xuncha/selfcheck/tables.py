"""From the sheets of a workbook to what stands in it, wherever people moved it: answers by website, and the cover."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from xuncha.config.errors import Place, Problem, nearest, quoted
from xuncha.model.selfcheck import Form, Question
from xuncha.model.text import Text
from xuncha.selfcheck.answers import folded_answer, folded_heading, is_blank
from xuncha.selfcheck.columns import (
    Key,
    for_people,
    heading_names,
    is_how,
    is_sum,
    keys_by_heading,
    questions_by_heading,
)
from xuncha.selfcheck.grid import Cell, Grid
from xuncha.selfcheck.known import Known

HEADER_ROWS = 60
"""So far down a sheet its header may stand."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell and where it stands; ``heading`` as the file has it."""

    cell: Cell
    place: Place
    heading: str

    @property
    def what(self) -> str:
        """As people find it: ``C5 填表日期``."""
        return f"{self.cell.name} {self.heading}".strip()

    def problem(self, text: Text, hint: Text | None = None) -> Problem:
        """Something that is wrong with it."""
        return Problem(self.place, text, self.what, hint)


Answers = dict[str, list[Placed]]
"""What stands under each question; more than one cell where columns were doubled or sheets repeat a question."""


@dataclass(slots=True)
class Contents:
    """What a workbook holds: answers by the ids of sites and questions, cover, and what is to be said of it."""

    sites: dict[str, Answers] = field(default_factory=dict)
    cover: Answers = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Header:
    row: int
    cells: dict[int, Cell]
    keys: dict[int, Key]
    questions: dict[int, Question]


class Reader:
    """Reads the sheets of one workbook."""

    def __init__(self, form: Form, known: Known, file: str) -> None:
        self._form = form
        self._known = known
        self._file = file
        self._keys = keys_by_heading()
        self._questions = questions_by_heading(form.questions)
        self._cover = questions_by_heading(form.cover)
        self.contents = Contents()

    def read(self, grids: Sequence[Grid]) -> Contents:
        """Everything; problems are kept beside what could be understood."""
        headers = [self._sheet(grid) for grid in grids]
        if not any(headers):
            text = Text("没有找到自查表的表头", "no header of a self-check form was found")
            hint = Text(
                "请在 xuncha selfcheck template 生成的表格中填写", "fill in what xuncha selfcheck template made"
            )
            self.contents.problems.append(Problem(Place(self._file), text, hint=hint))
        return self.contents

    def _sheet(self, grid: Grid) -> bool:
        if grid.hidden:
            self._note(grid, Text("隐藏的工作表未读取", "the hidden sheet was not read"))
            return False
        if not grid.complete:
            text = Text("内容过多，没有读完", "too much in it; not read to the end")
            self.contents.problems.append(Problem(Place(self._file, sheet=grid.title), text))
        header = self._header(grid)
        self._read_cover(grid, header.row if header else None)
        if header:
            self.contents.notes += self._unused(grid, header)
            for number in sorted(grid.rows):
                if number > header.row:
                    self._row(grid, header, number)
        return header is not None

    def _note(self, grid: Grid, text: Text) -> None:
        self.contents.notes.append(Problem(Place(self._file, sheet=grid.title), text))

    def _header(self, grid: Grid) -> _Header | None:
        """The row, or the two rows one below the other, with the most known headings."""
        rows = [number for number in sorted(grid.rows) if number <= HEADER_ROWS]
        found = [self._as_header({}, grid.rows[number], number) for number in rows]
        found += [self._as_header(grid.rows[upper], grid.rows[lower], lower) for upper, lower in pairwise(rows)]
        good = [header for header in found if header.keys and header.questions]
        return max(good, key=lambda header: (len(header.questions) + len(header.keys), -header.row), default=None)

    def _as_header(self, upper: dict[int, Cell], lower: dict[int, Cell], row: int) -> _Header:
        cells = {
            **upper,
            **{column: cell for column, cell in lower.items() if self._means(cell) or column not in upper},
        }
        known = {column: meant for column, cell in cells.items() if (meant := self._means(cell))}
        keys = {column: meant for column, meant in known.items() if isinstance(meant, Key)}
        asked = {column: meant for column, meant in known.items() if isinstance(meant, Question)}
        return _Header(row, cells, keys, asked)

    def _means(self, cell: Cell) -> Key | Question | None:
        word = folded_heading(cell.text)
        return self._keys.get(word) or self._questions.get(word)

    def _unused(self, grid: Grid, header: _Header) -> Iterator[Problem]:
        for column, cell in header.cells.items():
            if column not in header.keys and column not in header.questions and not for_people(cell.text):
                text = Text("无法识别该列，未采用", "unknown column, not used")
                hint = nearest(cell.text, heading_names(self._form))
                yield self._placed(grid, cell, cell.text).problem(text, hint)

    def _row(self, grid: Grid, header: _Header, number: int) -> None:
        cells = {column: cell for column, cell in grid.rows[number].items() if cell not in header.cells.values()}
        if any(is_how(cell.text) for cell in cells.values()):
            return
        answers = [
            (question, self._placed(grid, cells[column], header.cells[column].text))
            for column, question in header.questions.items()
            if column in cells and (cells[column].formula or not is_blank(cells[column].text))
        ]
        names = [
            (key, self._placed(grid, cells[column], header.cells[column].text))
            for column, key in header.keys.items()
            if column in cells and not is_blank(cells[column].text)
        ]
        if not answers or any(is_sum(placed.cell.text) for _, placed in names):
            return
        site = self._site(grid, number, names)
        if site:
            for question, placed in answers:
                self.contents.sites.setdefault(site, {}).setdefault(question.id, []).append(placed)

    def _site(self, grid: Grid, number: int, names: Sequence[tuple[Key, Placed]]) -> str:
        """The site that a row is about; empty where that can't be told, which is a problem."""
        meant = {key.id: (placed, self._known.site(key.id, placed.cell.text)) for key, placed in names}
        sites = {site for _, site in meant.values() if site}
        if len(sites) == 1 and (meant.get("id", (None, "x"))[1] or "id" not in meant):
            return sites.pop()
        place = Place(self._file, number, sheet=grid.title)
        if not meant:
            text = Text("这一行有答案，但没有写是哪个网站", "the row has answers, but does not say of which website")
            hint = Text("请补上网站名称、网址或网站编号", "add its name, address or id")
            self.contents.problems.append(Problem(place, text, hint=hint))
        elif len(sites) > 1:
            text = Text("网站编号、网址和网站名称指向不同的网站", "its id, address and name are of different websites")
            hint = Text(
                "可能只对一部分列排了序；请按整行排序，或改正编号",
                "perhaps only some columns were sorted; sort whole rows",
            )
            self.contents.problems.append(Problem(place, text, hint=hint))
        else:
            placed = meant.get("id", next(iter(meant.values())))[0]
            shown = quoted(placed.cell.text, 40)
            text = Text(f"名录中没有网站 {shown}", f"the inventory has no website {shown}")
            hint = self._known.nearest(placed.cell.text) or Text(
                "请先在网站名录中登记", "put it on the inventory first"
            )
            self.contents.problems.append(placed.problem(text, hint))
        return ""

    def _read_cover(self, grid: Grid, before: int | None) -> None:
        """Labels with what stands behind them, in the same cell after a colon or in a cell to the right."""
        for number in sorted(grid.rows):
            if before is not None and number >= before:
                break
            row = grid.rows[number]
            for column in sorted(row):
                if row[column].row == number and row[column].column == column:
                    self._label(grid, row, column)

    def _label(self, grid: Grid, row: dict[int, Cell], column: int) -> None:
        label, _, behind = re.sub("：", ":", row[column].text, count=1).partition(":")
        question = self._cover.get(folded_heading(label))
        if question is None:
            return
        cell = row[column]
        if is_blank(behind):
            right = next((row[place] for place in sorted(row) if place > column and row[place] is not cell), None)
            if right is None or (is_blank(right.text) and not right.formula) or self._is_label(right.text):
                return
            cell = right
        else:
            cell = Cell(cell.row, cell.column, behind.strip(), cell.kind, cell.formula)
        self.contents.cover.setdefault(question.id, []).append(self._placed(grid, cell, label.strip()))

    def _is_label(self, text: str) -> bool:
        return folded_heading(re.split("[:：]", text)[0]) in self._cover

    def _placed(self, grid: Grid, cell: Cell, heading: str) -> Placed:
        place = Place(self._file, cell.row, cell.column, grid.title)
        return Placed(cell, place, quoted(" ".join(heading.split()), 30))


def agreed(found: Sequence[Placed]) -> tuple[Placed, Problem | None]:
    """The one answer in several cells, and a problem where they say different things."""
    first = found[0]
    other = next((one for one in found if folded_answer(one.cell.text) != folded_answer(first.cell.text)), None)
    if other is None:
        return first, None
    where = f"{other.place.sheet}!{other.cell.name}"
    text = Text(f"与 {where} 的答案不同", f"not the same answer as in {where}")
    return first, first.problem(text, Text("请只保留一个", "leave only one of them"))
