"""What departments get: the workbook and the paper."""

import zipfile
from io import BytesIO

import openpyxl
import pytest
from docx import Document

from xuncha.model.selfcheck import Answer
from xuncha.model.site import Site
from xuncha.selfcheck.departments import EVERYBODY, packets
from xuncha.selfcheck.paper import paper
from xuncha.selfcheck.sheets import FIRST_ROW, HINT_ROW, workbook

INJECTIONS = ("=cmd|' /C calc'!A0", "+1+cmd", "-2+3", "@SUM(A1)", "\t=1+1", "＝1+1", "\x00=1", "\u202e=1")


@pytest.fixture(scope="module")
def packet(form):
    sites = [Site("a", "甲网站", ("http://a.example/",), department="甲局", icp="鲁ICP备12345678号", hosting="政务云")]
    return packets(sites, form, "zh")[0]


@pytest.fixture(scope="module")
def made(form, packet):
    return openpyxl.load_workbook(BytesIO(workbook(form, packet, {}, "zh")))


def words(body):
    document = Document(BytesIO(body))
    tables = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *tables]


def test_every_department_gets_its_own_and_there_is_one_for_all(form):
    sites = [Site("a", "甲", (), department="甲局"), Site("b", "乙", (), department="乙局"), Site("c", "丙", ())]
    assert [packet.name for packet in packets(sites, form, "zh")] == ["甲局", "乙局", "未登记责任部门", EVERYBODY.zh]


def test_file_names_are_safe_and_no_two_are_the_same(form):
    names = ["../../etc", "甲/局", "甲\\局", "CON:<>|", "全部部门", "x" * 300, "  "]
    sites = [Site(str(number), "网", (), department=name) for number, name in enumerate(names)]
    files = [packet.file for packet in packets(sites, form, "zh")]
    assert len(set(files)) == len(files)
    assert not any(set(file) & set('/\\:<>|"*?') for file in files)
    assert max(map(len, files)) < 90


def test_headings_are_locked_and_answers_are_not(made, form):
    for sheet, section in zip(made.worksheets[1:], form.sections, strict=True):
        assert sheet.protection.sheet
        row = sheet[FIRST_ROW]
        assert sum(not cell.protection.locked for cell in row) == len(section.questions)
        assert all(cell.protection.locked for number in range(1, FIRST_ROW) for cell in sheet[number])


def test_every_question_has_a_hint_and_every_choice_its_list(made, form):
    for sheet, section in zip(made.worksheets[1:], form.sections, strict=True):
        rules = sheet.data_validations.dataValidation
        assert len(rules) == len(section.questions)
        assert all(rule.prompt and rule.showInputMessage for rule in rules)
        lists = [rule.formula1 for rule in rules if rule.type == "list"]
        assert len(lists) == sum(bool(question.options) for question in section.questions)


def test_pages_are_a4_across_as_wide_as_the_sheet_with_headings_repeated(made):
    for sheet in made.worksheets[1:]:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == f"$1:${HINT_ROW}"
        assert sheet.oddFooter.right.text == "&P / &N"
        assert sheet.freeze_panes == f"C{FIRST_ROW}"


def test_rows_grow_with_what_is_written(made, form, packet):
    with zipfile.ZipFile(BytesIO(workbook(form, packet, {}, "zh"))) as archive:
        rows = archive.read("xl/worksheets/sheet2.xml").decode().split("<row ")
    assert 'customHeight="1"' not in next(row for row in rows if row.startswith(f'r="{FIRST_ROW}"'))


def test_what_the_inventory_knows_is_filled_in_if_it_is_an_answer(form):
    sites = [Site("a", "甲", (), department="甲局", hosting="阿里云", protection_level=2)]
    text = " ".join(words(paper(form, packets(sites, form, "zh")[0], {}, "", "zh")))
    assert "☑二级" in text
    assert "阿里云" not in text
    assert "☑政务云" not in text


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_text_of_an_inventory_becomes_a_formula(form, text):
    sites = [Site("a", text, ("http://a.example/",), department=text, sponsor=text, operator=text, icp=text)]
    for packet in packets(sites, form, "zh"):
        book = openpyxl.load_workbook(BytesIO(workbook(form, packet, {"a": {"measures": Answer(text)}}, "zh")))
        cells = [
            cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None
        ]
        assert all(cell.data_type != "f" for cell in cells)
        assert not any(str(cell.value).startswith(("=", "+", "@", "\t")) for cell in cells)


@pytest.mark.parametrize("text", INJECTIONS)
def test_paper_takes_any_text(form, text):
    sites = [Site("a", text, (), department=text, sponsor=text)]
    assert words(paper(form, packets(sites, form, "zh")[0], {}, text, "zh"))


def test_paper_asks_the_notices_questions_and_leaves_room_to_sign(form, packet):
    found = words(paper(form, packet, {}, "区电政办", "zh"))
    assert "1．网站是否正常发布，各级页面能否正常访问。" in found
    assert "发表单位：区电政办　　填报单位：甲局" in found
    assert {"填表人（签名）：", "填报单位（盖章）："} <= set(found)


def test_paper_leaves_blank_what_nobody_said(form, packet):
    assert any(text.startswith("发表单位：　　") for text in words(paper(form, packet, {}, "", "zh")))


def test_paper_ticks_what_was_declared(form, packet):
    said = {"a": {"plan": Answer("yes"), "plan-date": Answer("2026-03")}}
    found = words(paper(form, packet, said, "", "zh"))
    assert "☑有　□无" in found
    assert "2026年3月" in found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_both_languages_are_read_back(form, packet, lang, taken, filled):
    book = openpyxl.load_workbook(BytesIO(workbook(form, packet, {"a": {"plan": Answer("yes")}}, lang)))
    headings = {cell.value for sheet in book.worksheets[1:] for row in sheet.iter_rows(max_row=3) for cell in row}
    assert {question.title.of(lang) for question in form.questions} <= headings
