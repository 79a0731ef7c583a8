"""The ledger as spreadsheet programs see it."""

import io

import openpyxl
import pytest

from xuncha_reports import xlsx
from xuncha_reports.ledger import COLUMNS


@pytest.fixture(scope="module")
def book(result):
    return openpyxl.load_workbook(io.BytesIO(xlsx.render(result, "zh")))


def titles(sheet):
    return [cell.value for cell in sheet[3]]


def test_a_summary_comes_first_and_a_sheet_for_each_item_that_has_tasks(book, result):
    tasks = {task.items[0] if task.items else "其他" for site in result.sites for task in site.tasks}
    assert book.sheetnames[0] == "汇总"
    assert {name.split(" ")[0] for name in book.sheetnames[1:]} == tasks


def test_every_task_has_one_row(book, result):
    rows = sum(sheet.max_row - 3 for sheet in book.worksheets[1:])
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
