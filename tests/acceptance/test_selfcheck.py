"""Forms through LibreOffice, as a department without Excel would fill them in, save them and print them."""

import shutil
import subprocess
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from xuncha.config.library import roots
from xuncha.model.clock import system_clock
from xuncha.model.site import Site
from xuncha.selfcheck.departments import packets
from xuncha.selfcheck.forms import FORM, load_form
from xuncha.selfcheck.known import Known
from xuncha.selfcheck.paper import paper
from xuncha.selfcheck.sheets import FIRST_ROW, workbook
from xuncha.selfcheck.taking import take

pytestmark = pytest.mark.acceptance

SITES = (
    Site("civil", "区民政局", ("http://mzj.example.gov.cn/",), "区民政局", "民政局", icp="鲁ICP备12345678号"),
    Site(
        "hall", "婚姻登记预约服务平台（含婚姻登记、收养登记、社会组织登记等事项）", ("http://hy.example.gov.cn:8080/",)
    ),
)
ANSWERS = {
    "网站是否正常发布": "是",
    "错链、断链数": 3,
    "采取的措施": "网页防篡改系统",
    "最近恢复测试日期": date(2026, 3, 1),
    "预案编制日期": "2026年3月",
    "应急预案": "√",
}


@pytest.fixture(scope="module")
def form():
    return load_form(FORM, roots())


@pytest.fixture
def filled(form, tmp_path):
    """A form that is filled in for the first site, saved by openpyxl."""
    book = openpyxl.load_workbook(BytesIO(workbook(form, packets(SITES, form, "zh")[-1], {}, "zh")))
    cover = book.worksheets[0]
    cover["B2"], cover["B3"], cover["B5"] = "区民政局", "张某某", date(2026, 8, 3)
    for sheet in book.worksheets[1:]:
        for cell in [*sheet[2], *sheet[3]]:
            if cell.value in ANSWERS:
                sheet.cell(FIRST_ROW, cell.column).value = ANSWERS[cell.value]
    book.save(tmp_path / "form.xlsx")
    return tmp_path / "form.xlsx"


def read(path, form):
    (said,) = take(path, form, Known(SITES), system_clock()).declarations
    return said.filled_by, said.filled_on, {name: answer.value for name, answer in said.answers.items()}


@pytest.mark.parametrize("into", ["xlsx:Calc MS Excel 2007 XML", "ods"])
def test_a_form_that_libreoffice_saved_says_the_same(filled, libreoffice, form, into):
    assert read(libreoffice(filled, into), form) == read(filled, form)


def test_a_form_with_its_columns_moved_and_saved_by_libreoffice_says_the_same(filled, libreoffice, form, tmp_path):
    before = read(filled, form)
    book = openpyxl.load_workbook(libreoffice(filled, "xlsx:Calc MS Excel 2007 XML"))
    for number, sheet in enumerate(book.worksheets[1:]):
        rows = [[cell.value for cell in reversed(row)] for row in sheet.iter_rows()]
        fresh = book.create_sheet(f"第{number}页")
        for row in rows:
            fresh.append(row)
        book.remove(sheet)
    book.save(tmp_path / "moved.xlsx")
    shutil.rmtree(tmp_path / "out")
    assert read(libreoffice(tmp_path / "moved.xlsx", "xlsx:Calc MS Excel 2007 XML"), form) == before


def test_a_formula_that_libreoffice_computed_is_read_as_it_showed(filled, libreoffice, form):
    book = openpyxl.load_workbook(filled)
    sheet = next(one for one in book.worksheets if "运行" in one.title)
    column = next(cell.column for cell in sheet[3] if cell.value == "错链、断链数")
    sheet.cell(FIRST_ROW, column).value = "=1+2"
    book.save(filled)
    assert read(libreoffice(filled, "xlsx:Calc MS Excel 2007 XML"), form)[2]["broken-links"] == "3"


def pages(program, path):
    said = subprocess.run([program("pdfinfo"), path], check=True, capture_output=True, text=True).stdout
    return int(next(line.split()[1] for line in said.splitlines() if line.startswith("Pages:")))


def text_of(program, path):
    order = [program("pdftotext"), "-layout", path, "-"]
    return subprocess.run(order, check=True, capture_output=True, text=True).stdout


def test_the_workbook_prints_a_page_to_a_sheet_with_nothing_cut_off(filled, libreoffice, program, form):
    printed = libreoffice(filled, "pdf")
    text = "".join(text_of(program, printed).split())
    assert pages(program, printed) == 1 + len(form.sections)
    assert all(question.title.zh.replace("、", "")[:4] in text.replace("、", "") for question in form.questions)
    assert "组织登记等事项）" in text


def test_a_long_form_repeats_its_headings_on_every_page(form, libreoffice, program, tmp_path):
    sites = [Site(str(number), f"第{number}个网站", (f"http://s{number}.example/",)) for number in range(40)]
    (tmp_path / "long.xlsx").write_bytes(workbook(form, packets(sites, form, "zh")[-1], {}, "zh"))
    printed = libreoffice(tmp_path / "long.xlsx", "pdf")
    assert text_of(program, printed).count("近一年访问量") >= 2


def test_the_paper_prints_two_pages_a_site_with_lines_to_sign(form, libreoffice, program, tmp_path):
    (tmp_path / "paper.docx").write_bytes(paper(form, packets(SITES, form, "zh")[-1], {}, "区电政办", "zh"))
    printed = libreoffice(tmp_path / "paper.docx", "pdf")
    assert pages(program, printed) <= 2 * len(SITES)
    assert "填报单位（盖章）" in text_of(program, printed)
