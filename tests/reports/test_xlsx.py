"""The ledger as spreadsheet programs see it."""

import io
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest

from xuncha.review.official import DRAFT
from xuncha_reports import xlsx
from xuncha_reports.ledger import COLUMNS, REQUIREMENTS


@pytest.fixture(scope="module")
def book(result):
    return openpyxl.load_workbook(io.BytesIO(xlsx.render(result, "zh")))


def titles(sheet):
    return [cell.value for cell in sheet[3]]


def test_a_summary_comes_first_and_a_sheet_for_each_item_that_has_tasks(book, result):
    tasks = {task.items[0] if task.items else "其他" for site in result.sites for task in site.tasks}
    assert book.sheetnames[0] == "汇总"
    assert {name.split(" ")[0] for name in book.sheetnames[1:-1]} == tasks


def test_every_task_has_one_row(book, result):
    rows = sum(sheet.max_row - 3 for sheet in book.worksheets[1:-1])
    assert rows == sum(len(site.tasks) for site in result.sites) > 0


def test_a_site_has_a_row_with_its_conclusion(book):
    row = [cell.value for cell in book["汇总"][4]]
    assert row[3] == "待核实"


def test_the_header_stays_in_sight_on_screen_and_on_paper(book):
    for sheet in book:
        assert sheet.freeze_panes == "C4"
        assert sheet.print_title_rows == "$3:$3"


def test_every_sheet_can_be_filtered_and_is_printed_as_wide_as_a_page(book):
    for sheet in book:
        assert sheet.auto_filter.ref.startswith("A3:")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_area


def printed_columns(sheet):
    return sheet[sheet.print_area.split("!")[1].replace("$", "")][3]


def test_what_is_printed_is_legible_on_a4(book):
    """Nine points, on 279 mm between the margins, seven pixels to a character."""
    for sheet in book:
        last = len(printed_columns(sheet))
        groups = sheet.column_dimensions.values()
        widths = [one.width for one in groups for place in range(one.min, one.max + 1) if place <= last]
        wide = sum(7 * width for width in widths) * 25.4 / 96
        assert len(widths) == last
        assert sheet.page_setup.paperSize == 9
        assert 9 * min(279 / wide, 1) >= 8


def test_what_is_filled_in_is_printed(book):
    fill_in = {column.title.zh for column in COLUMNS if column.cell is None}
    sheet = book.worksheets[1]
    assert fill_in <= {sheet.cell(3, cell.column).value for cell in printed_columns(sheet)}


def test_numbers_and_times_sort_as_such(book):
    sheet = book.worksheets[1]
    row = dict(zip(titles(sheet), sheet[4], strict=True))
    assert all(isinstance(row[title].value, int) for title in ("序号", "处数", "整改要求\n条号"))
    assert row["发现时间"].value == datetime(2026, 8, 10, 9, 0)  # noqa: DTZ001 - as the workbook has it
    assert isinstance(book["汇总"][4][-1].value, int)


def test_a_row_names_what_is_to_be_done_by_its_number(book):
    sheet, wanted = book.worksheets[1], book["整改要求"]
    row = dict(zip(titles(sheet), (cell.value for cell in sheet[4]), strict=True))
    assert wanted.cell(3 + row["整改要求\n条号"], 2).value == row["检查点（应达到的状态）"]


@pytest.mark.parametrize("begins", "=+-@")
def test_what_looks_like_a_formula_stays_text_when_it_is_edited(poisoned_by, begins):
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(poisoned_by(f"{begins}1+1"), "zh")))
    cells = [cell for sheet in book for row in sheet for cell in row if str(cell.value).startswith(begins)]
    assert cells
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


@pytest.mark.parametrize("draft", [DRAFT, None])
def test_every_sheet_and_page_is_internal_and_a_draft_where_it_is_one(result, draft):
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(replace(result, draft=draft), "zh")))
    for sheet in book:
        for said in (sheet["A1"].value, sheet.oddHeader.left.text + (sheet.oddHeader.right.text or "")):
            assert "内部资料" in said
            assert (DRAFT.zh in said) is (draft is not None)


def test_state_and_re_check_are_chosen_from_a_list(book):
    sheet = book.worksheets[1]
    lists = {rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert lists == {'"通过,未通过"', '"未整改,整改中,已整改,已说明情况"'}


def test_what_people_fill_in_is_empty(book):
    sheet = book.worksheets[1]
    empty = [column.title.zh for column in COLUMNS if column.cell is None]
    values = {title: cell.value for title, cell in zip(titles(sheet), sheet[4], strict=True)}
    assert {values[title] for title in empty} == {None}


def test_names_of_sheets_are_such_as_workbooks_admit():
    taken = set()
    for _ in range(3):
        name = xlsx.sheet_name("[a]:*?/\\'" + "长" * 40, taken)
        assert len(name) <= 31
        assert name.lower() not in taken
        taken.add(name.lower())


def test_in_english_the_columns_are_english(result):
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(result, "en")))
    assert titles(book.worksheets[1])[1:] == [column.title.en for column in COLUMNS]


def test_pictures_go_by_the_numbers_that_notice_and_html_give_them(result):
    tasks = tuple(replace(task, pictures=("picture:0:7",)) for task in result.sites[0].tasks)
    shown = replace(result, sites=(replace(result.sites[0], tasks=tasks),))
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(shown, "zh")))
    values = {cell.value for sheet in book for row in sheet for cell in row}
    assert "图1-8" in values
    assert not any(isinstance(value, str) and "picture:" in value for value in values)


def test_each_check_has_one_row_that_tells_how_it_is_met(book, result):
    sheet = book["整改要求"]
    assert titles(sheet)[1:] == [column.title.zh for column in REQUIREMENTS]
    assert sheet.max_row - 3 == len({task.check for site in result.sites for task in site.tasks})
