"""Notices and bulletin as Word sees them."""

import importlib.util
import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import docx as word
import pytest

from xuncha.model.outcome import Weight
from xuncha_reports import docx
from xuncha_reports.papers.departments import departments, folder_name
from xuncha_reports.papers.notice import OBJECT_WITHIN

ROOT = Path(__file__).parents[2]
DRAFT = "机检初稿，未经人工复核，不得外发"
HOSTILE = [
    "{{ 7*7 }}{% for x in y %}",
    "<w:p><w:r><w:t>x</w:t></w:r></w:p>",
    "</w:t></w:r><w:hyperlink>",
    '=HYPERLINK("http://evil.example/")',
    "\x0b\ufffe\ud800",
    "../../etc/passwd",
    "CON",
]


@pytest.fixture(scope="module")
def papers(result):
    return dict(docx.parts(result, "zh", DRAFT))


@pytest.fixture(scope="module")
def notice(papers):
    return next(body for name, body in papers.items() if name.endswith("整改通知书.docx"))


def words(body):
    """Everything a document says, cell by cell."""
    document = word.Document(io.BytesIO(body))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_bulletin_and_a_folder_for_each_department(papers, result):
    folders = {name.partition("/")[0] for name in papers if "/" in name}
    assert "通报.docx" in papers
    assert len(folders) == len(departments(result, "zh"))


def test_the_notice_names_who_gets_it_why_and_from_which_run(notice, result):
    said = words(notice)
    assert result.texts.framework.title.zh in said
    assert result.run.id in said
    assert "检查依据" not in said


def test_number_and_seal_are_left_blank(notice):
    said = words(notice)
    assert "〔　　　　〕　　号" in said
    assert "（单位印章）" in said


def test_every_problem_under_an_item_has_a_row(notice, result):
    (table,) = [one for one in word.Document(io.BytesIO(notice)).tables if one.cell(0, 2).text == "问题描述"]
    cited = [task for task in result.sites[0].tasks if task.items]
    assert len(table.rows) - 1 == len(cited) > 0
    assert [cell.text for cell in table.rows[0].cells] == [
        "序号", "检查项", "问题描述", "网址", "父页面·位置", "发现时间", "截图编号", "依据", "整改要求", "期限"
    ]  # fmt: skip


def test_what_could_not_be_inspected_is_listed_with_its_reason(notice):
    (table,) = [one for one in word.Document(io.BytesIO(notice)).tables if one.cell(0, 1).text == "原因"]
    assert len(table.rows) > 1


def test_who_disagrees_is_told_until_when(notice):
    assert f"{OBJECT_WITHIN} 个工作日内书面说明理由" in words(notice)


def test_feedback_and_receipt_are_in_it(notice):
    said = words(notice)
    assert all(word in said for word in ("整改情况反馈表", "整改措施", "佐证", "送达回执", "内部资料　注意保管"))


@pytest.mark.parametrize("draft", [DRAFT, ""])
def test_a_draft_says_so_on_every_page(result, draft):
    for name, body in docx.parts(result, "zh", draft):
        if name.endswith(".docx"):
            heads = [part.header.paragraphs[0].text for part in word.Document(io.BytesIO(body)).sections]
            assert set(heads) == {draft}


def test_the_bulletin_tells_no_addresses(papers):
    assert not re.search(r"https?:|www\.|example", words(papers["通报.docx"]))


def test_the_bulletin_says_what_is_wrong_not_what_should_be_so(papers):
    said = words(papers["通报.docx"])
    assert re.search(r"1．问题 \S+，\d+ 个网站，共 \d+ 处。", said)
    assert "标题 " not in said


def test_what_is_only_advised_is_no_problem_in_the_bulletin(result):
    advised = replace(
        result,
        sites=tuple(
            replace(site, tasks=tuple(replace(task, weight=Weight.ADVISORY) for task in site.tasks))
            for site in result.sites
        ),
    )
    assert any(site.tasks for site in result.sites)
    assert "需要整改的问题 0 项" in words(dict(docx.parts(advised, "zh", DRAFT))["通报.docx"])


def test_the_bulletin_keeps_what_is_pending_out_of_the_rate(papers):
    assert "待核实，未计入合格率" in words(papers["通报.docx"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_is_left_of_the_template(result, lang):
    for name, body in docx.parts(result, lang):
        if name.endswith(".docx"):
            assert not re.search(r"\{[{%]|[%}]\}", words(body).replace("{{7*7}}", ""))


@pytest.mark.parametrize("payload", HOSTILE)
def test_whatever_a_site_says_is_words(poisoned_by, payload):
    for name, body in docx.parts(poisoned_by(payload), "zh", DRAFT):
        assert not name.startswith(("/", "."))
        assert ".." not in name
        if name.endswith(".docx"):
            xml = zipfile.ZipFile(io.BytesIO(body)).read("word/document.xml")
            assert b"<w:hyperlink" not in xml
            assert "49" not in words(body)


def test_departments_that_fold_to_one_name_get_folders_of_their_own(result):
    taken = set()
    names = [folder_name(name, taken) for name in ("局/科", "局:科", "局_科", "", "..")]
    assert names == ["局_科", "局_科_2", "局_科_3", "_", "__2"]


def test_an_office_may_bring_its_own_template(result, tmp_path):
    document = word.Document()
    document.add_paragraph("致{{ to }}")
    document.save(str(tmp_path / "notice.zh.docx"))
    bodies = [body for name, body in docx.parts(result, "zh", DRAFT, tmp_path) if name.endswith("整改通知书.docx")]
    assert all(words(body).startswith("致") for body in bodies)


@pytest.mark.parametrize("text", ["{{ nothing }}", "{% for x %}", "{{ ''.__class__ }}"])
def test_a_template_that_asks_for_what_is_not_there_is_named(result, tmp_path, text):
    document = word.Document()
    document.add_paragraph(text)
    document.save(str(tmp_path / "notice.zh.docx"))
    with pytest.raises(ValueError, match=r"notice\.zh\.docx"):
        list(docx.parts(result, "zh", DRAFT, tmp_path))


def test_a_template_that_is_no_document_is_named(result, tmp_path):
    (tmp_path / "bulletin.zh.docx").write_bytes(b"no zip")
    with pytest.raises(ValueError, match=r"bulletin\.zh\.docx"):
        list(docx.parts(result, "zh", DRAFT, tmp_path))


@pytest.mark.parametrize("name", ["notice.zh", "notice.en", "bulletin.zh", "bulletin.en"])
def test_the_templates_are_those_of_their_words(name, tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("make_papers", ROOT / "docs" / "make_papers.py")
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    shipped = maker.FOLDER / f"{name}.docx"
    monkeypatch.setattr(maker, "FOLDER", tmp_path)
    getattr(maker, name.partition(".")[0])(name.partition(".")[2])
    made = zipfile.ZipFile(tmp_path / f"{name}.docx").read("word/document.xml")
    assert zipfile.ZipFile(shipped).read("word/document.xml") == made, "run: python docs/make_papers.py"


@pytest.mark.acceptance
@pytest.mark.parametrize("into", ["docx", "pdf"])
def test_libreoffice_reads_a_notice(notice, tmp_path, into):
    soffice = shutil.which("soffice") or pytest.skip("soffice is not installed")
    (tmp_path / "n.docx").write_bytes(notice)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    order = [soffice, profile, "--headless", "--convert-to", into, "--outdir", tmp_path / "out", tmp_path / "n.docx"]
    subprocess.run(order, check=True, capture_output=True, timeout=180)
    body = (tmp_path / "out" / f"n.{into}").read_bytes()
    if into == "docx":
        assert words(body).split() == words(notice).split()
    else:
        assert body.startswith(b"%PDF")
