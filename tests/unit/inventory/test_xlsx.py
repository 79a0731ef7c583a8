import datetime as dt
import io
import zipfile

import pytest

HEADER = ["网站名称", "网址", "网站标识码", "状态截止日期"]


def test_numbers_and_dates_come_out_as_people_typed_them(read, workbook):
    rows = [HEADER, ["甲", "http://a.cn", 3702030001, dt.datetime(2026, 8, 5)]]  # noqa: DTZ001 - as Excel has it
    site = read(workbook(网站=rows), "a.xlsx").sites[0]
    assert (site.site_code, site.status_until) == ("3702030001", dt.date(2026, 8, 5))


def test_columns_come_from_their_own_sheet(read, workbook):
    columns = [["所属网站", "栏目名称", "栏目网址", "更新期限"], ["甲", "动态", "http://a.cn/dt/", "2周"]]
    site = read(workbook(网站=[HEADER, ["甲", "http://a.cn"]], 栏目=columns), "a.xlsx").sites[0]
    assert [(column.name, column.deadline_days) for column in site.columns] == [("动态", 14)]


def test_a_column_of_an_unknown_site_is_told(read, workbook):
    columns = [["所属网站", "栏目名称", "栏目网址"], ["乙局", "动态", "http://a.cn/dt/"]]
    inventory = read(workbook(网站=[HEADER, ["甲局", "http://a.cn"]], 栏目=columns), "a.xlsx")
    assert "a.xlsx[栏目]:2:1: 所属网站: the inventory has no site 乙局" in inventory.problems[0].of("en")


def test_a_bad_cell_is_named_by_sheet_row_and_column(read, workbook):
    inventory = read(workbook(名录=[HEADER, ["甲", "http://a.cn"], ["乙", "不是网址"]]), "a.xlsx")
    assert "a.xlsx[名录]:3:2: 网址: not a full host name" in inventory.problems[0].of("en")


def test_a_formula_is_never_run_nor_kept(read, workbook):
    site = read(workbook(网站=[HEADER, ['=HYPERLINK("http://evil.example/")', "http://a.cn"]]), "a.xlsx").sites[0]
    assert site.name == "a.cn"


def test_a_sheet_that_is_not_used_is_noted(read, workbook):
    inventory = read(workbook(网站=[HEADER, ["甲", "http://a.cn"]], 说明=[["请如实填写"]]), "a.xlsx")
    assert "a.xlsx[说明]: no known header; the sheet is not used" in inventory.notes[0].of("en")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html><table></table></html>", "no XLSX file, or a broken one"),
        (b"PK\x03\x04 broken", "no XLSX file, or a broken one"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old XLS or an encrypted file"),
        (b"", "no XLSX file, or a broken one"),
    ],
)
def test_what_is_no_workbook_is_told_what_to_do(refused, content, said):
    (line,) = refused(content, "a.xlsx")
    assert said in line
    assert "save it as .xlsx or CSV UTF-8" in line


def zipped(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return stream.getvalue()


def test_a_zip_that_is_no_workbook_is_refused(refused):
    assert "no Excel workbook" in refused(zipped(a="<a/>"), "a.xlsx")[0]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(refused, workbook):
    stream = io.BytesIO(workbook(网站=[HEADER]))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/bomb.xml", b"0" * 65_000_000)
    assert "unpacks to more than 64 MB" in refused(stream.getvalue(), "a.xlsx")[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_any_part(refused, workbook, encoding):
    stream = io.BytesIO(workbook(网站=[HEADER]))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/extra.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode(encoding))
    assert "XML declarations that are not allowed" in refused(stream.getvalue(), "a.xlsx")[0]


def test_a_workbook_is_known_without_its_suffix(read, workbook):
    assert read(workbook(网站=[HEADER, ["甲", "http://a.cn"]]), "名录").sites[0].name == "甲"


def test_a_broken_workbook_is_refused(refused, workbook):
    content = workbook(网站=[HEADER, ["甲", "http://a.cn"]])
    assert "no XLSX file, or a broken one" in refused(content[: len(content) // 2], "a.xlsx")[0]
