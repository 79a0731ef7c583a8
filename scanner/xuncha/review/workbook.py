"""The workbook for review: a row per finding, written row by row, so that memory is bounded."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from xuncha.model.outcome import Review
from xuncha.model.text import Lang, Text
from xuncha.review.columns import COLUMNS, FROZEN, PRINTED, VERDICT, last_words, verdict_words
from xuncha.review.rows import Row
from xuncha.review.words import address, within
from xuncha.selfcheck.departments import harmless
from xuncha.store.labels import label

MOST_ROWS = 20_000
"""Rows of one workbook, so that any office program opens it at once; the rest goes into further ones."""

TITLE = Text("问题复核表", "Findings to be reviewed")
HOW = Text("填写说明", "How to")
A4 = 9
_LINE, _LEAST = 14, 24
"""Points of a line of ten-point text, and of a row with one."""

_BODY, _HEAD = "宋体", "黑体"
_GUIDANCE = (
    Text(
        "只填前面的“复核结论”“复核人”“理由”三列；没有看过的行留空。结论从下拉列表中选择。",
        "Fill in only verdict, reviewer and reason; leave rows alone that you have not looked at.",
    ),
    Text(
        "属实：问题存在，写入整改通知书和通报。误报：程序判断有误。不作为问题：情况存在，但不需要整改。"
        "待进一步核实：现在还不能确定。",
        "Confirmed: it is so, and goes into notices. False positive: the program is wrong. Accepted as it is: it is "
        "so, and nothing need be done. Undecided: cannot be told yet.",
    ),
    Text(
        "认定误报、不作为问题的，必须写明理由。误报以后各次检查同样有效，不再计入结论。",
        "A false positive or what is accepted needs a reason. It counts in no verdict from then on, in later runs too.",
    ),
    Text(
        "可以筛选。工作表受保护但没有密码；要排序、改列宽或移动列的，先撤销工作表保护。不要改动“问题编号”“检查编号”。",
        "Filters work. The sheet is protected, without a password; unprotect it to sort or to move columns. Leave the "
        "ids of findings and runs as they are.",
    ),
    Text(
        "填好后运行 xuncha review import 文件名。文件有任何错误就整个不导入，改正后重新导入即可。",
        "When it is filled in: xuncha review import FILE. A file with any fault is not taken in at all.",
    ),
)


def write_workbooks(found: Iterable[Row], run: str, target: Path, lang: Lang) -> Iterator[tuple[Path, int]]:
    """Write the findings to ``target`` and, where they are too many for one file, to ``…-2`` and so on.

    Returns each file with how many findings it holds; the first one is written even where there are none.
    """
    rest, number = iter(found), 1
    part = list(islice(rest, MOST_ROWS))
    while part or number == 1:
        path = target if number == 1 else target.with_stem(f"{target.stem}-{number}")
        _write(part, run, path, lang)
        yield path, len(part)
        part, number = list(islice(rest, MOST_ROWS)), number + 1


def _write(found: list[Row], run: str, path: Path, lang: Lang) -> None:
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = TITLE.of(lang), "Xuncha"
    sheet = book.create_sheet(TITLE.of(lang))
    _set_up(sheet, len(found), lang)
    sheet.row_dimensions[1] = {"ht": str(_LEAST)}
    sheet.append([_cell(sheet, column.title.of(lang), _HEADING) for column in COLUMNS])
    cells = [_cell(sheet, "", _FILLED if column.filled else _FIXED) for column in COLUMNS]
    for number, row in enumerate(found, 1):
        texts = _texts(number, row, run, lang)
        for cell, text in zip(cells, texts, strict=True):
            _say(cell, text)
        # A row that is written needs its height no more; without ``customHeight`` it grows with what people write.
        sheet.row_dimensions[number + 1] = {"ht": str(_height(texts))}
        sheet.append(cells)
        del sheet.row_dimensions[number + 1]
    _guidance(book.create_sheet(HOW.of(lang)), lang)
    book.save(path)


def _texts(number: int, row: Row, run: str, lang: Lang) -> tuple[str, ...]:
    """The cells of a finding; harmful addresses come de-fanged from the read model."""
    found, said = row.finding, row.reviewed
    words = found.message.zh if lang == "zh" else found.message.en
    verdict = verdict_words(said.verdict if said else None, lang)
    by, reason = (harmless(said.by), harmless(said.reason)) if said else ("", "")
    return (
        str(number),
        verdict,
        by,
        reason,
        harmless(row.name or row.site),
        harmless(("、" if lang == "zh" else ", ").join(row.items)),
        harmless(row.problem.of(lang)),
        label("status", found.status, lang),
        label("severity", row.severity, lang),
        harmless(words),
        harmless(address(found.locator)),
        harmless(within(found.locator, lang)),
        harmless(found.excerpt),
        harmless(row.department),
        last_words(verdict, by, reason),
        row.cause[:11],
        run,
        found.fingerprint,
    )


def _height(texts: Iterable[str]) -> int:
    """Points that a row needs; what is not ASCII is taken for as wide as two letters."""
    lines = (
        -(-(len(text) + sum(not char.isascii() for char in text)) // (column.width - 1))
        for column, text in zip(COLUMNS, texts, strict=True)
    )
    return max(_LEAST, max(lines) * _LINE + 6)


class _Style:
    """How a kind of cell looks; made once, since there are a million of them."""

    def __init__(self, font: Font, fill: str = "", *, locked: bool = True, horizontal: Any = "left") -> None:
        side = Side(style="thin", color="B4BAC2")
        self.font = font
        self.fill = PatternFill("solid", fgColor=fill) if fill else None
        self.border = Border(left=side, right=side, top=side, bottom=side)
        self.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)
        self.protection = Protection(locked=locked)


_HEADING = _Style(Font(name=_HEAD, size=10), "E7EAEE", horizontal="center")
_FIXED = _Style(Font(name=_BODY, size=10, color="1C2430"), "F5F6F8")
_FILLED = _Style(Font(name=_BODY, size=10, color="1C2430"), locked=False)
_PLAIN = _Style(Font(name=_BODY, size=11))


def _cell(sheet: Any, text: str, style: _Style) -> Any:
    cell: Any = WriteOnlyCell(sheet)
    cell.font, cell.border, cell.alignment = style.font, style.border, style.alignment
    cell.protection = style.protection
    cell.number_format = "@"
    if style.fill:
        cell.fill = style.fill
    _say(cell, text)
    return cell


def _say(cell: Any, text: str) -> None:
    """Text and nothing else, whatever it begins with."""
    cell.value = text or None
    if text:
        cell.data_type = "s"


def _set_up(sheet: Any, rows: int, lang: Lang) -> None:
    """Frozen head, filter, drop-down, protection without a password, A4 landscape as wide as the page."""
    for number, column in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width + 0.7
    last = get_column_letter(len(COLUMNS))
    sheet.freeze_panes = f"{get_column_letter(FROZEN + 1)}2"
    sheet.auto_filter.ref = f"A1:{last}{rows + 1}"
    sheet.data_validations.append(_choices(rows, lang))
    for name in ("sort", "autoFilter", "formatColumns", "formatRows", "formatCells"):
        setattr(sheet.protection, name, False)
    sheet.protection.sheet = True
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.45
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.6, 0.8, 0.4
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{get_column_letter(PRINTED)}{rows + 1}"
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = TITLE.of(lang), "&P / &N"


def _choices(rows: int, lang: Lang) -> DataValidation:
    words = ",".join(verdict_words(one, lang) for one in Review)
    rule = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
    rule.errorTitle, rule.error = VERDICT.title.of(lang), Text("请从下拉列表中选择", "Choose from the list").of(lang)
    rule.showErrorMessage = True
    letter = get_column_letter(COLUMNS.index(VERDICT) + 1)
    rule.add(f"{letter}2:{letter}{max(rows, 1) + 1}")
    return rule


def _guidance(sheet: Any, lang: Lang) -> None:
    sheet.column_dimensions["A"].width = 100
    for number, text in enumerate(_GUIDANCE, 1):
        line = f"{number}．{text.of(lang)}" if lang == "zh" else f"{number}. {text.of(lang)}"
        sheet.append([_cell(sheet, line, _PLAIN)])
