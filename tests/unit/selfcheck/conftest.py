"""Forms as an office sends them out, and what departments do to them before they come back."""

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest

from xuncha.config.library import roots
from xuncha.model.clock import SHANGHAI
from xuncha.model.site import Site
from xuncha.selfcheck.departments import packets
from xuncha.selfcheck.forms import FORM, load_form
from xuncha.selfcheck.grid import as_grid
from xuncha.selfcheck.known import Known
from xuncha.selfcheck.sheets import HEADER_ROW, workbook
from xuncha.selfcheck.taking import declared_in
from xuncha.selfcheck.workbook import sheets

NOW = datetime(2026, 8, 4, 10, 0, tzinfo=SHANGHAI)
SITES = (
    Site("civil", "区民政局", ("http://mzj.example.gov.cn/",), "区民政局", "民政局", icp="鲁ICP备12345678号"),
    Site("hall", "婚姻登记预约", ("http://hy.example.gov.cn:8080/",), "区民政局", "民政局", hosting="租用"),
    Site("homes", "区住建局", ("http://zjj.example.gov.cn/",), "区住建局", "住建局"),
)


@pytest.fixture(scope="session")
def form():
    return load_form(FORM, roots())


@pytest.fixture(scope="session")
def known():
    return Known(SITES)


@pytest.fixture(scope="session")
def question(form):
    """A question by its id."""
    return lambda name: next(one for one in (*form.questions, *form.cover) if one.id == name)


@dataclass
class Filled:
    """A form on its way back: an openpyxl workbook to be filled in and ill-treated."""

    book: openpyxl.Workbook

    def sheet_of(self, heading):
        return next(sheet for sheet in self.book.worksheets if self.column(sheet, heading))

    @staticmethod
    def column(sheet, heading):
        """The number of the column with a heading in one of the two rows of headings."""
        for row in (HEADER_ROW, HEADER_ROW - 1):
            for cell in sheet[row]:
                if cell.value == heading:
                    return cell.column
        return 0

    def say(self, name, heading, value):
        """Answer a question about the website of this name."""
        sheet = self.sheet_of(heading)
        names = self.column(sheet, "网站名称")
        row = next(row for row in range(1, 60) if sheet.cell(row, names).value == name)
        cell = sheet.cell(row, self.column(sheet, heading))
        cell.value = value
        return cell

    def cover(self, label, value):
        sheet = self.book.worksheets[0]
        row = next(row for row in range(1, 20) if sheet.cell(row, 1).value == label)
        sheet.cell(row, 2).value = value

    def bytes(self):
        body = BytesIO()
        self.book.save(body)
        return body.getvalue()

    def rearranged(self, change):
        """Every sheet but the cover rewritten by ``change``, as values: rows in, rows out."""
        for sheet in self.book.worksheets[1:]:
            rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
            for span in list(sheet.merged_cells.ranges):
                sheet.unmerge_cells(str(span))
            sheet.delete_rows(1, sheet.max_row)
            for number, row in enumerate(change(rows), 1):
                for column, value in enumerate(row, 1):
                    sheet.cell(number, column).value = value


@pytest.fixture(scope="session")
def blank(form):
    """The form of the civil affairs office, as it is sent out."""
    return workbook(form, packets(SITES, form, "zh")[0], {}, "zh")


@pytest.fixture
def filled(blank):
    """The same with its cover filled in."""
    made = Filled(openpyxl.load_workbook(BytesIO(blank)))
    made.cover("填表人", "张某某")
    made.cover("填表日期", date(2026, 8, 3))
    return made


@pytest.fixture
def taken(form, known):
    """What is taken of a form that came back, read within this process."""

    def take(came):
        grids = [as_grid(one) for one in sheets(came.bytes())]
        return declared_in(grids, "0" * 64, "back.xlsx", form, known, NOW)

    return take


@pytest.fixture
def answers(taken):
    """Of a form that came back: what one website's answers say, by question."""

    def read(came, site="civil"):
        said = next(one for one in taken(came).declarations if one.site == site)
        return {name: answer.value for name, answer in said.answers.items()}

    return read
