"""The form as a workbook: a cover, and a sheet for each section with a row per website."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from xuncha.model.folding import folded
from xuncha.model.selfcheck import Answer, Answering, Form, Question, Section
from xuncha.model.site import Site
from xuncha.model.text import Lang, Text
from xuncha.selfcheck.columns import ADDRESS, DEPARTMENT, HOW, NAME, ORDER, SITE
from xuncha.selfcheck.departments import Packet, filled_in, harmless

BODY, HEAD = "宋体", "黑体"
TITLE_ROW, ITEM_ROW, HEADER_ROW, HINT_ROW, FIRST_ROW = 1, 2, 3, 4, 5
A4 = 9
COVER = Text("填报说明", "How to")
_GREY, _LIGHT = "E7EAEE", "F5F6F8"
_THIN = Side(style="thin", color="8A929C")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_LINE = 15
"""Points of a line of ten-point text."""

_LEAST = 36
"""Points of a row that is filled in."""


class _Growing(RowDimension):
    """A row that has a height to begin with and grows with what people write into it."""

    @property
    def customHeight(self) -> bool:  # noqa: N802 - the format's own word
        return False


@dataclass(frozen=True, slots=True)
class _Fixed:
    """A column that is not answered: what stands in it for a site."""

    title: Text
    width: int
    field: str


_FRONT = (_Fixed(ORDER, 5, ""), _Fixed(NAME.title, 18, "name"))
_ADDRESS = _Fixed(ADDRESS.title, 22, "home")
_DEPARTMENT = _Fixed(DEPARTMENT, 12, "department")
_BACK = (_Fixed(SITE.title, 14, "id"),)


def workbook(form: Form, packet: Packet, said: Mapping[str, Mapping[str, Answer]], lang: Lang) -> bytes:
    """The workbook of one department, or of all.

    Args:
        form: what is asked.
        packet: who is asked, about which sites.
        said: answers to fill in beforehand, by site and question.
        lang: of the headings; either is read back.
    """
    book = Workbook()
    book.properties.title = form.title.of(lang)
    book.properties.creator = "Xuncha"
    first = book.active
    assert isinstance(first, Worksheet)
    _cover(first, form, packet, lang)
    for section in form.sections:
        _Sheet(book.create_sheet(_sheet_title(section.title.of(lang))), form, section, lang).write(packet, said)
    body = BytesIO()
    book.save(body)
    return body.getvalue()


def _sheet_title(title: str) -> str:
    return "".join(char for char in title if char not in r"\/*?:[]")[:31]


class _Sheet:
    """One section: title, the notice's questions, headings, hints, a row per site."""

    def __init__(self, sheet: Worksheet, form: Form, section: Section, lang: Lang) -> None:
        self._sheet = sheet
        self._form = form
        self._section = section
        self._lang = lang

    def write(self, packet: Packet, said: Mapping[str, Mapping[str, Answer]]) -> None:
        front = [*_FRONT, *([_ADDRESS] if self._section is self._form.sections[0] else [])]
        front += [_DEPARTMENT] if packet.all else []
        first = len(front) + 1
        last = len(front) + len(self._section.questions) + len(_BACK)
        self._title(last, packet)
        self._heads(front, first)
        for number, site in enumerate(packet.sites, 1):
            self._site(number, site, front, said.get(site.id, {}))
        self._widths(front)
        self._validate(first, len(packet.sites))
        self._sheet.freeze_panes = f"{get_column_letter(len(_FRONT) + 1)}{FIRST_ROW}"
        end = FIRST_ROW + len(packet.sites) - 1
        _print_setup(self._sheet, self._form.title.of(self._lang), last, end)

    def _title(self, last: int, packet: Packet) -> None:
        text = f"{self._form.title.of(self._lang)}　{self._section.title.of(self._lang)}"
        text += f"（{packet.name}）" if self._lang == "zh" else f" ({packet.name})"
        _put(self._sheet, TITLE_ROW, 1, text, Font(name=HEAD, size=15), horizontal="left")
        self._sheet.merge_cells(start_row=TITLE_ROW, end_row=TITLE_ROW, start_column=1, end_column=last)
        self._sheet.row_dimensions[TITLE_ROW].height = 28

    def _heads(self, front: Sequence[_Fixed], first: int) -> None:
        questions = self._section.questions
        titles = [*(one.title for one in front), *(one.title for one in questions), *(one.title for one in _BACK)]
        for column, title in enumerate(titles, 1):
            asks = first <= column < first + len(questions)
            hint = questions[column - first].hint.of(self._lang) if asks else ""
            for row in (ITEM_ROW, HEADER_ROW):
                _head(self._sheet, row, column, title.of(self._lang) if row == HEADER_ROW else "")
            _put(self._sheet, HINT_ROW, column, hint, _font(9, "5B6675"), fill=_LIGHT, border=True)
        _put(self._sheet, HINT_ROW, 2, HOW.of(self._lang), _font(9, "5B6675"), fill=_LIGHT, border=True)
        self._items(first)
        for column in (*range(1, first), first + len(questions)):
            self._over_both(column)
        for row in (HEADER_ROW, HINT_ROW):
            self._sheet.row_dimensions[row].height = self._tallest(row, front) * _LINE + 8

    def _tallest(self, row: int, front: Sequence[_Fixed]) -> int:
        """Lines of the cell that needs most of them."""
        widths = self._all_widths(front)
        return max(_lines(str(self._sheet.cell(row, column).value or ""), w) for column, w in enumerate(widths, 1))

    def _over_both(self, column: int) -> None:
        """A heading that belongs to no question of the notice takes both rows."""
        title = str(self._sheet.cell(HEADER_ROW, column).value)
        self._sheet.cell(HEADER_ROW, column).value = None
        _head(self._sheet, ITEM_ROW, column, title)
        self._sheet.merge_cells(start_row=ITEM_ROW, end_row=HEADER_ROW, start_column=column, end_column=column)

    def _items(self, first: int) -> None:
        """The notice's own questions, over the columns that answer them."""
        height, column = 1, first
        for item, group in groupby(self._section.questions, key=lambda question: question.item):
            asked = list(group)
            text = self._form.items.get(item, Text("", "")).of(self._lang)
            if text:
                _head(self._sheet, ITEM_ROW, column, text)
                self._sheet.merge_cells(
                    start_row=ITEM_ROW, end_row=ITEM_ROW, start_column=column, end_column=column + len(asked) - 1
                )
            else:
                for one in range(column, column + len(asked)):
                    self._over_both(one)
            height = max(height, _lines(text, sum(question.width for question in asked)))
            column += len(asked)
        self._sheet.row_dimensions[ITEM_ROW].height = height * _LINE + 8

    def _site(self, number: int, site: Site, front: Sequence[_Fixed], said: Mapping[str, Answer]) -> None:
        row = FIRST_ROW + number - 1
        fixed = [str(number), *(harmless(str(getattr(site, one.field))) for one in front[1:])]
        for column, text in enumerate(fixed, 1):
            middle = "center" if column == 1 else "left"
            _put(self._sheet, row, column, text, _font(), fill=_LIGHT, border=True, horizontal=middle)
        for column, question in enumerate(self._section.questions, len(front) + 1):
            _answer_cell(self._sheet, row, column, question, filled_in(question, site, said, self._lang))
        end = len(front) + len(self._section.questions)
        for column, one in enumerate(_BACK, end + 1):
            _put(self._sheet, row, column, str(getattr(site, one.field)), _font(8, "5B6675"), fill=_LIGHT, border=True)
        height = max(self._tallest(row, front) * _LINE + 8, _LEAST)
        self._sheet.row_dimensions[row] = _Growing(self._sheet, index=row, ht=height)

    def _all_widths(self, front: Sequence[_Fixed]) -> list[int]:
        asked = [question.width for question in self._section.questions]
        return [*(one.width for one in front), *asked, *(one.width for one in _BACK)]

    def _widths(self, front: Sequence[_Fixed]) -> None:
        for column, width in enumerate(self._all_widths(front), 1):
            self._sheet.column_dimensions[get_column_letter(column)].width = width + 0.7

    def _validate(self, first: int, sites: int) -> None:
        for column, question in enumerate(self._section.questions, first):
            letter = get_column_letter(column)
            rule = _validation(question, self._lang)
            rule.add(f"{letter}{FIRST_ROW}:{letter}{FIRST_ROW + max(sites, 1) - 1}")
            self._sheet.add_data_validation(rule)


def _cover(sheet: Worksheet, form: Form, packet: Packet, lang: Lang) -> None:
    """Who fills it in, when, and how."""
    sheet.title = COVER.of(lang)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 78
    _put(sheet, 1, 1, form.title.of(lang), Font(name=HEAD, size=18), horizontal="center")
    sheet.merge_cells("A1:B1")
    sheet.row_dimensions[1].height = 42
    row = 2
    for question in form.cover:
        _head(sheet, row, 1, question.ask.of(lang))
        known = packet.name if question.id == "unit" and not packet.all else ""
        _answer_cell(sheet, row, 2, question, known)
        rule = _validation(question, lang)
        rule.add(sheet.cell(row, 2).coordinate)
        sheet.add_data_validation(rule)
        sheet.row_dimensions[row].height = 26
        row += 1
    _put(
        sheet,
        row + 1,
        1,
        COVER.of(lang) if lang == "zh" else "How to fill it in",
        Font(name=HEAD, size=12),
        horizontal="left",
    )
    for number, text in enumerate(form.guidance, 1):
        line = f"{number}．{text.of(lang)}" if lang == "zh" else f"{number}. {text.of(lang)}"
        _put(sheet, row + 1 + number, 1, line, _font(11), horizontal="left")
        sheet.merge_cells(start_row=row + 1 + number, end_row=row + 1 + number, start_column=1, end_column=2)
        sheet.row_dimensions[row + 1 + number].height = _lines(line, 92) * 17 + 6
    last = row + 1 + len(form.guidance)
    _print_setup(sheet, form.title.of(lang), 2, last, landscape=False)


def _validation(question: Question, lang: Lang) -> DataValidation:
    """The drop-down or the bounds of a cell, with its hint."""
    match question.kind:
        case Answering.CHOICE:
            choices = ",".join(option.title.of(lang) for option in question.options)
            rule = DataValidation(type="list", formula1=f'"{choices}"')
            said = Text("请从下拉列表中选择", "Choose from the list")
        case Answering.COUNT:
            rule = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0")
            said = Text("只写数字，没有填 0，不清楚的留空", "Digits only; 0 for none")
        case Answering.DATE:
            # A month alone is text, and welcome: people may go on after the warning.
            rule = DataValidation(type="date", operator="greaterThan", formula1="32874", errorStyle="information")
            said = Text("日期写作 2026-03-01；只知道月份的写作 2026-03", "Write 2026-03-01, or 2026-03")
        case _:
            rule = DataValidation(type="textLength", operator="lessThanOrEqual", formula1="1000")
            said = Text("不超过 1000 字", "At most 1000 characters")
    rule.allow_blank = True
    rule.promptTitle, rule.prompt = (
        question.title.of(lang)[:32],
        f"{question.ask.of(lang)}\n{question.hint.of(lang)}"[:255],
    )
    rule.errorTitle, rule.error = question.title.of(lang)[:32], said.of(lang)
    rule.showInputMessage = rule.showErrorMessage = True
    return rule


_FORMATS = {Answering.DATE: "yyyy-mm-dd", Answering.COUNT: "0", Answering.CHOICE: "@"}
_LEFT = frozenset({Answering.TEXT, Answering.NUMBER})


def _answer_cell(sheet: Worksheet, row: int, column: int, question: Question, text: str) -> None:
    """A white cell that people may write into."""
    side = "left" if question.kind in _LEFT else "center"
    cell = _put(sheet, row, column, text, _font(), border=True, horizontal=side)
    cell.number_format = _FORMATS.get(question.kind, "@")
    if question.kind is Answering.COUNT and text.isdecimal():
        cell.value = int(text)
    cell.protection = Protection(locked=False)


def _head(sheet: Worksheet, row: int, column: int, text: str) -> None:
    _put(sheet, row, column, text, Font(name=HEAD, size=10), fill=_GREY, border=True)


def _font(size: int = 10, color: str = "1C2430") -> Font:
    return Font(name=BODY, size=size, color=color)


def _put(
    sheet: Worksheet,
    row: int,
    column: int,
    text: str,
    font: Font,
    *,
    fill: str = "",
    border: bool = False,
    horizontal: Any = "center",
) -> Any:
    """A cell that holds text and nothing else, whatever the text begins with."""
    cell: Any = sheet.cell(row, column)
    if text:
        cell.value = text
        cell.data_type = "s"
    cell.font = font
    cell.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
    if border:
        cell.border = _GRID
    return cell


def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a column, counted as people read it; never none."""
    return max(1, len(list(folded(text, max(width - 1, 2)))))


def _print_setup(sheet: Worksheet, title: str, columns: int, rows: int, *, landscape: bool = True) -> None:
    """A4, as wide as the page, headings on every page, page numbers; protected, but without a password."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.45
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.6, 0.8, 0.4
    sheet.print_area = f"A1:{get_column_letter(columns)}{rows}"
    if landscape:
        sheet.print_title_rows = f"{TITLE_ROW}:{HINT_ROW}"
    footer = HeaderFooterItem()
    footer.left.text, footer.right.text = title, "&P / &N"
    sheet.oddFooter = footer
    for name in _allowed():
        setattr(sheet.protection, name, False)
    sheet.protection.sheet = True


def _allowed() -> Iterator[str]:
    """What a protected sheet still lets people do."""
    yield from ("formatColumns", "formatRows", "formatCells", "sort", "autoFilter")
