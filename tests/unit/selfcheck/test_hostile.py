"""Workbooks that mean harm, read as they are in production: in a process of their own."""

import zipfile
from io import BytesIO

import openpyxl
import pytest

from xuncha.config.errors import UnreadableError
from xuncha.selfcheck.grid import Cell, Grid, Span, letters, read_grids

MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def rewritten(body, **members):
    """A workbook with some of its members replaced."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(body)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, members.get(name.rpartition("/")[2].partition(".")[0], old.read(name)))
    return made.getvalue()


@pytest.fixture
def read(tmp_path):
    def at(body):
        (tmp_path / "x.xlsx").write_bytes(body)
        return read_grids(tmp_path / "x.xlsx")[1]

    return at


@pytest.fixture
def refused(read):
    def why(body):
        with pytest.raises(UnreadableError) as error:
            read(body)
        return "".join(error.value.lines("zh"))

    return why


def test_cells_come_with_their_places_kinds_and_merges(read, filled):
    cover = read(filled.bytes())[0]
    assert cover.title == "填报说明"
    assert cover.rows[5][2] == Cell(5, 2, "2026-08-03", "date")
    assert Span(1, 1, 1, 2) in cover.spans


def test_a_formula_is_not_computed(read):
    book = openpyxl.Workbook()
    book.active["B2"] = "=1+1"
    body = BytesIO()
    book.save(body)
    assert read(body.getvalue())[0].cells == (Cell(2, 2, "", "text", formula=True),)


def test_the_stored_result_of_a_formula_is_what_is_read(read, filled):
    row = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'
    sheet = f'<worksheet xmlns="{SPACE}"><sheetData>{row}</sheetData></worksheet>'
    assert read(rewritten(filled.bytes(), sheet1=sheet))[0].cells == (Cell(1, 1, "2", "number", formula=True),)


def test_a_zip_bomb_is_refused(refused, filled):
    bomb = b"<worksheet>" + b" " * 150_000_000
    assert "不允许的内容" in refused(rewritten(filled.bytes(), sheet2=bomb))


def test_entities_are_refused(refused, filled):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet>&a;</worksheet>'
    assert "不允许的内容" in refused(rewritten(filled.bytes(), sheet1=bomb))


def test_a_cell_far_away_costs_nothing_much(read, filled):
    sheet = (
        f'<worksheet xmlns="{SPACE}"><dimension ref="A1:XFD1048576"/><sheetData>'
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c>'
        '<c r="A1048576" t="inlineStr"><is><t>y</t></is></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    )
    assert len(read(rewritten(filled.bytes(), sheet1=sheet))[0].cells) <= 2


def test_many_merges_fill_only_so_much():
    cells = tuple(Cell(row, 1, "x") for row in range(1, 3001))
    grid = Grid("x", cells, tuple(Span(1, 1, 3000, 200) for _ in range(50)))
    assert sum(map(len, grid.rows.values())) < 300_000


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"a,b\n1,2\n", b"%PDF-1.7"])
def test_what_is_no_workbook_is_refused_with_what_to_do(refused, body):
    assert ".xlsx" in refused(body)


def test_a_document_is_no_workbook(refused):
    body = BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert ".xlsx" in refused(body.getvalue())


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UnreadableError, match="no such file"):
        read_grids(tmp_path / "gone.xlsx")


@pytest.mark.parametrize(("number", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")])
def test_columns_are_called_as_in_a_spreadsheet(number, name):
    assert letters(number) == name
