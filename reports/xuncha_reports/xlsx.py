"""The rectification ledger (整改台账) as a workbook: a summary, sheets with a row for each task, and what to do.

On paper (A4) stand the columns that one writes in and those that one needs for it; on the screen all of them. Nothing
becomes a formula or a link.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from tempfile import SpooledTemporaryFile

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xuncha.guidance.advice import Advice
from xuncha.model.folding import folded
from xuncha.model.outcome import Status
from xuncha.model.text import Lang
from xuncha.store.format import moment, visible
from xuncha.store.labels import label
from xuncha.store.result import RunResult, SiteResult
from xuncha_reports.csv import BEGINS_A_FORMULA
from xuncha_reports.ledger import COLUMNS, REQUIREMENTS, Cell, Column, rows_of, sheet_names
from xuncha_reports.marks import INTERNAL
from xuncha_reports.summary import concluded, concluded_of, rests_on
from xuncha_reports.writing import Files, in_memory

SUFFIX = "xlsx"
MAX_CELL = 32_000
_A4 = 9
_TITLE, _NOTE, _HEAD, _FIRST = range(4)
_LINE = 12.5
"""Points of a line of nine-point text."""

_MOST_LINES = 30
_NARROW = 8
"""Columns of up to so many characters hold a word or a number."""

_NO_TITLE = re.compile(r"[\[\]:*?/\\']")
_COUNTED = (Status.FAIL, Status.WARN, Status.MANUAL)
_OPTIONS = {
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True
}  # fmt: skip
_IN_MEMORY = 1_000_000
"""Characters of rows that wait for their sheet."""


def render(result: RunResult, lang: Lang, draft: str = "") -> bytes:
    """The workbook in one language; ``draft`` stands at the head of every page of one that nobody has reviewed."""
    return in_memory(partial(writer, draft=draft), result, lang)[".xlsx"]


def writer(opening: RunResult, lang: Lang, files: Files, draft: str = "") -> "_Ledger":
    """Writes one file; rows wait on the disk until all are there, since sheets are written one after the other."""
    return _Ledger(opening, lang, files, draft)


class _Waiting:
    """Rows of cells, on the disk once they are many."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        self._count = 0

    def append(self, cells: Sequence[Cell]) -> None:
        self._file.write(json.dumps(cells) + "\n")
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[list[Cell]]:
        self._file.seek(0)
        yield from map(json.loads, self._file)
        self._file.close()


class _Ledger:
    def __init__(self, opening: RunResult, lang: Lang, files: Files, draft: str) -> None:
        self._opening, self._lang, self._files, self._draft = opening, lang, files, draft
        self._sites: list[list[Cell]] = []
        self._advised: dict[str, Advice] = {}
        self._tasks: defaultdict[str, _Waiting] = defaultdict(_Waiting)

    def add(self, site: SiteResult) -> None:
        items = [item.id for item in self._opening.texts.framework.items]
        self._sites.append(_of_site(len(self._sites) + 1, site, items, self._lang))
        for item, row in rows_of(self._opening, site, self._lang, self._advised):
            cells = [column.cell(row) if column.cell else "" for column in COLUMNS]
            self._tasks[item].append(cells)

    def end(self, result: RunResult) -> None:
        title = "网站检查整改台账" if self._lang == "zh" else "Ledger of the inspection"
        made = result.run.started.replace(tzinfo=None)  # not now: the same run gives the same bytes
        with self._files.open(".xlsx") as out, Workbook(out, _OPTIONS) as book:
            book.set_properties({"title": title, "author": "Xuncha", "created": made})
            draft = self._draft or (result.draft.of(self._lang) if result.draft else "")
            pages = _Pages(book, result, self._lang, title, draft)
            pages.summary(self._sites)
            for item, name in sheet_names(result):
                if item in self._tasks:
                    pages.ledger(name.of(self._lang), self._tasks[item])
            if self._advised:
                pages.requirements(list(self._advised.values()))


def _of_site(number: int, site: SiteResult, items: Sequence[str], lang: Lang) -> list[Cell]:
    verdicts = {item.id: label("verdict", concluded_of(site, item), lang) for item in site.items}
    counts = Counter(outcome.status for outcome in site.outcomes)
    return [
        number,
        site.name or site.id,
        site.department or site.sponsor,
        label("verdict", concluded(site), lang),
        rests_on(site, lang) or "—",
        *(verdicts.get(item, "—") for item in items),
        *(counts[status] for status in _COUNTED),
        len(site.tasks),
    ]


class _Formats:
    """The formats that a workbook has."""

    def __init__(self, book: Workbook) -> None:
        body = {"font_name": "宋体", "font_size": 9, "valign": "vcenter", "text_wrap": True}
        cell = body | {"border": 1, "border_color": "#8A929C"}
        middle = {"align": "center"}
        fill = cell | {"bg_color": "#FFFDF2", "locked": False}
        self.cell, self.middle = book.add_format(cell), book.add_format(cell | middle)
        literal = {"quote_prefix": True}  # stays text when somebody edits the cell, or saves it as CSV
        self._literal = {
            self.cell: book.add_format(cell | literal),
            self.middle: book.add_format(cell | middle | literal),
        }
        self._filled = {
            form: book.add_format(fill | ({"num_format": form} if form else {}))
            for form in dict.fromkeys(column.form for column in COLUMNS if not column.cell)
        }
        self._numbers = {
            form: book.add_format(cell | middle | {"num_format": form})
            for form in dict.fromkeys(column.form for column in COLUMNS if column.cell and column.form)
        }
        self.head = book.add_format(cell | middle | {"font_name": "黑体", "bg_color": "#E7EAEE"})
        self.title = book.add_format({"font_name": "黑体", "font_size": 15, "valign": "vcenter"})
        self.mark = book.add_format({"font_name": "黑体", "font_size": 11, "font_color": "#B3261E"})
        self.note = book.add_format(body | {"text_wrap": False, "font_color": "#5B6675"})

    def of(self, column: Column) -> Format:
        """That of a column's cells."""
        if column.cell is None:
            return self._filled[column.form]
        if column.form:
            return self._numbers[column.form]
        return self.middle if column.width <= _NARROW else self.cell

    def literal(self, kind: Format) -> Format:
        """The same for text that would be a formula if somebody typed it."""
        return self._literal.get(kind, kind)


class _Pages:
    """Writes sheets."""

    def __init__(self, book: Workbook, result: RunResult, lang: Lang, title: str, draft: str) -> None:
        self._book, self._result, self._lang, self._name = book, result, lang, title
        self._marks = [INTERNAL.of(lang), *([draft] if draft else [])]
        self._formats = _Formats(book)

    def summary(self, rows: Sequence[Sequence[Cell]]) -> None:
        """A row for each site: its conclusion, the verdict of each item, how much there is to do."""
        zh, lang = self._lang == "zh", self._lang
        items = self._result.texts.framework.items
        heads = [
            *(
                ("序号", "网站", "责任部门", "检查结论", "人工复核")
                if zh
                else ("No.", "Site", "Department", "Conclusion", "Review")
            ),
            *(f"{item.id} {item.title.of(lang)}" for item in items),
            *(label("status", status, lang) for status in _COUNTED),
            "要做的事" if zh else "Tasks",
        ]
        widths = [5, 18, 14, 8, 8, *(7 for _ in items), *(6 for _ in _COUNTED), 6]
        sheet = self._sheet("汇总" if zh else "Summary", heads, widths, len(heads))
        cell, middle = self._formats.cell, self._formats.middle
        formats = [middle, cell, cell, *[middle] * (len(heads) - 3)]
        for at, row in enumerate(rows, _FIRST):
            self._row(sheet, at, row, widths, formats)
        self._finish(sheet, len(rows), len(heads), len(heads))

    def ledger(self, name: str, rows: _Waiting) -> None:
        """A sheet of tasks, with columns for what is done about them."""
        heads = [self._number(), *(column.title.of(self._lang) for column in COLUMNS)]
        widths, printed = [5, *(column.width for column in COLUMNS)], 1 + sum(column.printed for column in COLUMNS)
        sheet = self._sheet(name, heads, widths, printed)
        formats = [self._formats.middle, *map(self._formats.of, COLUMNS)]
        for at, row in enumerate(rows, _FIRST):
            self._row(sheet, at, [at - _FIRST + 1, *row], widths, formats)
        for place, column in enumerate(COLUMNS, 1):
            self._choices(sheet, place, column, len(rows))
        self._finish(sheet, len(rows), len(heads), printed)

    def requirements(self, advised: Sequence[Advice]) -> None:
        """What is to be done, once for each check, by the numbers that the rows of tasks name."""
        lang = self._lang
        heads = [self._number(), *(column.title.of(lang) for column in REQUIREMENTS)]
        widths = [5, *(column.width for column in REQUIREMENTS)]
        sheet = self._sheet("整改要求" if lang == "zh" else "What to do", heads, widths, len(widths))
        formats = [self._formats.middle, *[self._formats.cell] * len(REQUIREMENTS)]
        for number, one in enumerate(advised, 1):
            row: list[Cell] = [number, *(column.cell(one, lang) for column in REQUIREMENTS)]
            self._row(sheet, _FIRST + number - 1, row, widths, formats)
        self._finish(sheet, len(advised), len(widths), len(widths))

    def _number(self) -> str:
        return "序号" if self._lang == "zh" else "No."

    def _sheet(self, name: str, heads: Sequence[str], widths: Sequence[int], printed: int) -> Worksheet:
        sheet = self._book.add_worksheet(sheet_name(name, {one.get_name().lower() for one in self._book.worksheets()}))
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        self._paper(sheet)
        sheet.set_row(_TITLE, 28)
        self._title(sheet)
        sheet.set_row(_NOTE, 16)
        sheet.write_string(_NOTE, 0, self._said(everything=printed == len(heads)), self._formats.note)
        sheet.set_row(_HEAD, _LINE * max(_lines(head, width) for head, width in zip(heads, widths, strict=True)) + 8)
        for place, head in enumerate(heads):
            sheet.write_string(_HEAD, place, head, self._formats.head)
        sheet.freeze_panes(_FIRST, 2)
        return sheet

    def _paper(self, sheet: Worksheet) -> None:
        """What all pages of a sheet have."""
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.35, 0.35, 0.6, 0.6)
        sheet.set_header("".join(f"{side}{mark}" for side, mark in zip(("&L", "&R"), self._marks, strict=False)))
        sheet.set_footer("&C&P / &N")
        sheet.repeat_rows(_HEAD)

    def _title(self, sheet: Worksheet) -> None:
        parts = [part for mark in self._marks for part in (self._formats.mark, f"　{mark}")]
        sheet.write_rich_string(_TITLE, 0, self._formats.title, self._name, *parts, self._formats.title)

    def _said(self, *, everything: bool) -> str:
        run, started = self._result.run, moment(self._result.run.started)
        if self._lang == "zh":
            told = "程序检查结果以“人工复核”一栏为准；浅黄色各栏由责任部门和复查人填写。"
            more = "" if everything else "打印到“状态”一栏为止，其后各栏供查阅、筛选。"
            return f"检查编号 {run.id}，检查时间 {started}。{told}{more}"
        told = "See the column Review for what people have confirmed; pale cells are to be filled in."
        more = "" if everything else " Printed up to State; the columns after it are for the screen."
        return f"Run {run.id}, {started}. {told}{more}"

    def _row(
        self, sheet: Worksheet, at: int, cells: Sequence[Cell], widths: Sequence[int], formats: Sequence[Format]
    ) -> None:
        texts = [_safe(cell) if isinstance(cell, str) else "" for cell in cells]
        lines = max(_lines(text, width) for text, width in zip(texts, widths, strict=True))
        sheet.set_row(at, _LINE * min(lines, _MOST_LINES) + 6)
        for place, (cell, text, kind) in enumerate(zip(cells, texts, formats, strict=True)):
            if text:
                live = text.startswith(BEGINS_A_FORMULA)
                sheet.write_string(at, place, text, self._formats.literal(kind) if live else kind)
            elif isinstance(cell, str):
                sheet.write_blank(at, place, None, kind)
            else:
                sheet.write_number(at, place, cell, kind)

    def _choices(self, sheet: Worksheet, place: int, column: Column, rows: int) -> None:
        if column.choices:
            choices = column.choices.of(self._lang).split(",")
            sheet.data_validation(_FIRST, place, _FIRST + rows - 1, place, {"validate": "list", "source": choices})

    def _finish(self, sheet: Worksheet, rows: int, columns: int, printed: int) -> None:
        last = _FIRST + max(rows, 1) - 1
        sheet.autofilter(_HEAD, 0, last, columns - 1)
        sheet.print_area(0, 0, last, printed - 1)


@lru_cache(maxsize=4096)
def _safe(text: str) -> str:
    """Text of a cell, line by line without what the eye can't see."""
    return "\n".join(visible(line) for line in text.split("\n"))[:MAX_CELL]


@lru_cache(maxsize=4096)  # names, advice and clauses stand in many rows
def _lines(text: str, width: int) -> int:
    return sum(_folds(line, width) for line in text.split("\n"))


def _folds(line: str, width: int) -> int:
    """Even of two cells each, so few characters go on one line."""
    return 1 if 2 * len(line) <= width else max(len(list(folded(line, width))), 1)


def sheet_name(name: str, taken: set[str]) -> str:
    """A name that workbooks admit, and that no other sheet has."""
    plain = _NO_TITLE.sub("", visible(name))[:31].strip() or "-"
    number = 2
    while plain.lower() in taken:
        plain = f"{plain[:28]} {number}"
        number += 1
    return plain
