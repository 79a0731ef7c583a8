"""The workbook for review through LibreOffice, as an office without Excel would fill it in, save it and print it."""

import subprocess

import openpyxl
import pytest

from xuncha.model.locator import LinkLocator
from xuncha.model.outcome import Review, Severity, Status
from xuncha.model.text import Text
from xuncha.review.columns import COLUMNS, PRINTED
from xuncha.review.filled import read_filled
from xuncha.review.rows import Row
from xuncha.review.taking import take
from xuncha.review.workbook import write_workbooks
from xuncha.store.result import FindingView, MessageView

pytestmark = pytest.mark.acceptance

RUN = "20260804-090000-ab12"
WORDS = "链接“关于印发2026年度政务公开工作要点的通知”指向的页面打不开（返回 404）"
SAID = {
    2: ("属实", "王某某", None),
    3: ("误报", "李某", "=对方网站当时停电，8月5日复查能打开"),
    5: ("待进一步核实", "李某", None),
}


def row(number):
    page = f"http://mzj.example.gov.cn/zwgk/tzgg/2026/08/t20260804_{number:06d}.html"
    place = LinkLocator(page, f"http://www.example.gov.cn/gk/{number}.html", "政务公开工作要点", 12, 1)
    message = MessageView("k", {}, WORDS, "does not open")
    found = FindingView(f"v1:{number:032x}", Status.FAIL, place, message, excerpt='=HYPERLINK("http://x/","@SUM(1)")')
    about = ("civil", "区民政局", "区民政局", "links.broken-internal", Text("站内链接都能打开", "links open"))
    return Row(*about, ("2.3",), Severity.MEDIUM, f"c1:{number:032x}", found)


ROWS = [row(number) for number in range(40)]
KNOWN = {RUN: {one.finding.fingerprint: (one.site, one.check) for one in ROWS}}


@pytest.fixture
def filled(tmp_path):
    """The exported workbook with some verdicts in it."""
    ((path, _),) = write_workbooks(ROWS, RUN, tmp_path / "review.xlsx", "zh")
    book = openpyxl.load_workbook(path)
    for number, said in SAID.items():
        for column, text in enumerate(said, 2):
            cell = book.worksheets[0].cell(number, column)
            cell.value = text
            cell.data_type = "s" if text else "n"
    book.save(path)
    return path


def decided(path):
    found = take(read_filled(path), KNOWN, {}).decisions[RUN]
    return {one.fingerprint: (one.verdict, one.by, one.reason) for one in found}


MEANT = {
    ROWS[0].finding.fingerprint: (Review.CONFIRMED, "王某某", ""),
    ROWS[1].finding.fingerprint: (Review.FALSE_POSITIVE, "李某", "=对方网站当时停电，8月5日复查能打开"),
    ROWS[3].finding.fingerprint: (Review.UNDECIDED, "李某", ""),
}


@pytest.mark.parametrize("into", ["xlsx:Calc MS Excel 2007 XML", "ods"])
def test_what_libreoffice_saved_is_taken_as_it_was_meant(filled, libreoffice, into):
    assert decided(libreoffice(filled, into)) == MEANT


def test_sorted_and_moved_and_saved_by_libreoffice_it_says_the_same(filled, libreoffice, tmp_path):
    book = openpyxl.load_workbook(libreoffice(filled, "xlsx:Calc MS Excel 2007 XML"))
    head, *body = [[cell.value for cell in reversed(line)] for line in book.worksheets[0].iter_rows()]
    book.remove(book.worksheets[0])
    fresh = book.create_sheet("复核", 0)
    for line in (head, *sorted(body, key=lambda line: str(line[0]), reverse=True)):
        fresh.append([f"'{value}" if str(value or "").startswith("=") else value for value in line])
    book.save(tmp_path / "moved.xlsx")
    again = decided(libreoffice(tmp_path / "moved.xlsx", "xlsx:Calc MS Excel 2007 XML"))
    assert {name: said[:2] for name, said in again.items()} == {name: said[:2] for name, said in MEANT.items()}


def test_libreoffice_computes_nothing_and_keeps_lock_drop_down_and_filter(filled, libreoffice):
    sheet = openpyxl.load_workbook(libreoffice(filled, "xlsx:Calc MS Excel 2007 XML")).worksheets[0]
    assert not any(cell.data_type == "f" or cell.hyperlink for line in sheet.iter_rows() for cell in line)
    assert (sheet.protection.sheet, sheet["B2"].protection.locked, sheet["E2"].protection.locked) == (True, False, True)
    assert sheet.auto_filter.ref
    assert "待进一步核实" in sheet.data_validations.dataValidation[0].formula1


def test_on_paper_every_printed_column_is_there_and_nothing_is_cut_off(filled, libreoffice, program):
    order = [program("pdftotext"), "-layout", libreoffice(filled, "pdf"), "-"]
    text = "".join(subprocess.run(order, check=True, capture_output=True, text=True).stdout.split())
    assert all(column.title.zh in text for column in COLUMNS[:PRINTED])
    assert "t20260804_000039.html" in text.replace("\n", "")
    assert "返回404" in text
