"""Notices and bulletin as Word sees them."""

import hashlib
import importlib.util
import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import docx as word
import openpyxl
import pytest
from docx.oxml.ns import qn
from lxml import etree

from xuncha.guidance.configuration import Configuration, Example, Server, Snippet
from xuncha.guidance.task import Effort, Settled
from xuncha.metadata import Reference
from xuncha.model.basis import Confidence
from xuncha.model.outcome import Severity, Status, Verdict, Weight
from xuncha.model.text import Text
from xuncha.store.format import visible
from xuncha.store.gallery import Gallery, PictureView
from xuncha_reports import docx
from xuncha_reports.papers import notice as notices
from xuncha_reports.papers.bulletin import PROBLEMS, bulletin
from xuncha_reports.papers.departments import cited, departments, folder_name, office_of
from xuncha_reports.papers.notice import OBJECT_WITHIN
from xuncha_reports.papers.unseen import NAMED, unseen

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "reports" / "xuncha_reports" / "templates" / "papers"
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


def heads(body):
    """What stands at the head of its pages, odd and even."""
    sections = word.Document(io.BytesIO(body)).sections
    return [part.paragraphs[0].text for one in sections for part in (one.header, one.even_page_header)]


def confirmed(result, **changes):
    """The result with what is as if people had confirmed it."""
    return replace(result, sites=tuple(replace(site, **changes) for site in result.sites))


def test_a_draft_has_a_bulletin_and_a_folder_for_each_department(papers, result):
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


def _guided(result, **changes):
    """The result whose checks say all that can be said of how they are met."""
    ready = Configuration(
        Text("跳转", "redirects"),
        (Snippet(Server.NGINX, Text("放进 server", "into server"), "if (a) {\n    return 301 old.example;\n}\n"),),
        (Example("old.example", Text("自己的域名", "your own name")),),
        Text("先备份", "back up first"),
    )
    checks = {
        name: replace(
            words,
            meta=replace(
                words.meta,
                configurations=("redirects",),
                text=replace(
                    words.meta.text,
                    references=(Reference("某规定", "某办〔2019〕1号", "第三条", confidence=Confidence.UNVERIFIED),),
                    recheck=Text("再访问一次", "visit again"),
                ),
            ),
        )
        for name, words in result.texts.checks.items()
    }
    names = {f"{words.plugin}/redirects": ready for words in checks.values()}
    tasks = tuple(replace(task, effort=Effort.SMALL) for task in result.sites[0].tasks)
    guided = replace(result, texts=replace(result.texts, checks=checks, configurations=names))
    return confirmed(guided, tasks=tasks, **changes)


def _notice_of(result, lang="zh"):
    return next(
        body for name, body in docx.parts(result, lang, DRAFT) if re.search(r"(整改通知书|notice)\.docx$", name)
    )


def test_the_annex_tells_of_each_check_all_that_is_needed_to_mend_it(result):
    said = words(_notice_of(_guided(result)))
    for told in (
        "理由", "运维单位：这样做", "工作量：小（几小时）", "期限：", "复查：再访问一次",
        "参照：某规定 某办〔2019〕1号 第三条（未核实）", "参考配置：附件6第 1 项“跳转”",
    ):  # fmt: skip
        assert told in said


def test_the_clauses_that_are_cited_stand_in_it_in_full_and_once(result):
    said = words(_notice_of(_guided(result)))
    (clause,) = [item.clause for item in result.texts.framework.items if item.id == "2.1"]
    assert said.count(visible(clause)) == 1


def test_a_configuration_stands_in_it_once_line_by_line_with_its_indent(result):
    body = _notice_of(_guided(result))
    lines = [one.text for one in word.Document(io.BytesIO(body)).paragraphs]
    at = lines.index("if (a) {")
    assert lines[at + 1 : at + 3] == ["    return 301 old.example;", "}"]
    assert lines.count("if (a) {") == 1
    assert "使用前替换：old.example 改为自己的域名。" in lines
    assert "先备份" in lines


def test_what_several_sites_have_is_told_once_with_their_names(result):
    site = result.sites[0]
    twins = tuple(replace(site, id=name, name=name, department="局") for name in ("甲网", "乙网"))
    (department,) = departments(replace(result, sites=twins), "zh")
    told = notices.notice(result, department, "zh", DRAFT)
    assert len(told["todo"]) == len({task.check for task in site.tasks if task.items})
    assert all(one["site"] == "甲网、乙网" for one in told["todo"])


def test_each_problem_names_the_entry_that_tells_how_it_is_mended(result):
    (department,) = departments(result, "zh")
    told = notices.notice(result, department, "zh", DRAFT)
    titles = [told["todo"][row["remedy"] - 1]["title"] for row in told["rows"]]
    checks = [task.check for task in cited(department.sites[0])]
    assert titles == [result.texts.checks[check].meta.text.wrong.zh for check in checks]


def test_what_could_not_be_inspected_is_listed_with_its_reason(notice):
    (table,) = [one for one in word.Document(io.BytesIO(notice)).tables if one.cell(0, 1).text == "原因"]
    assert len(table.rows) > 1


def test_every_cell_has_a_paragraph_without_which_word_opens_no_document(papers):
    for body in (body for name, body in papers.items() if name.endswith(".docx")):
        cells = etree.fromstring(zipfile.ZipFile(io.BytesIO(body)).read("word/document.xml")).iter(qn("w:tc"))
        assert all(cell.find(qn("w:p")) is not None for cell in cells)


def test_who_disagrees_is_told_until_when(notice):
    assert f"{OBJECT_WITHIN} 个工作日内书面说明理由" in words(notice)


def test_feedback_and_receipt_are_in_it(notice):
    said = words(notice)
    assert all(word in said for word in ("整改情况反馈表", "整改措施", "佐证", "送达回执"))


def test_the_feedback_form_names_the_problems(notice, result):
    (table,) = [one for one in word.Document(io.BytesIO(notice)).tables if one.cell(0, 5).text == "佐证"]
    assert len(table.rows) - 1 == len([task for task in result.sites[0].tasks if task.items])


def test_nobody_gets_a_notice_of_whom_nothing_is_confirmed(result):
    nothing = confirmed(result, tasks=())
    assert [name for name, _ in docx.parts(nothing, "zh")] == ["通报.docx"]
    (department,) = departments(nothing, "zh")
    assert visible(department.name) in docx.without(nothing, "zh")
    assert "尚有" in docx.without(nothing, "zh")


def test_of_what_is_under_no_item_there_is_a_ledger_and_no_notice(result):
    tasks = tuple(replace(task, items=()) for task in result.sites[0].tasks)
    names = [name.partition("/")[2] for name, _ in docx.parts(confirmed(result, tasks=tasks), "zh")]
    assert names == ["", "整改台账.xlsx"]


def test_what_is_under_no_item_is_counted_in_the_notice(result):
    first, *others = result.sites[0].tasks
    (department,) = departments(confirmed(result, tasks=(replace(first, items=()), *others)), "zh")
    before = sum(not task.items for task in others)
    assert notices.notice(result, department, "zh", "")["uncited"] == before + 1


def test_a_draft_leaves_nobody_out(result):
    assert docx.without(result, "zh", DRAFT) == ""


def test_only_a_notice_with_problems_says_that_they_were_confirmed(result):
    (department,) = departments(confirmed(result, tasks=()), "zh")
    said = notices.notice(result, department, "zh", "")
    body = docx.fill((TEMPLATES / "notice.zh.docx").read_bytes(), said)
    assert "均经人工复核属实" not in words(body)
    assert "没有需要限期整改的问题" in words(body)


def test_a_notice_without_authorisation_says_so(notice):
    assert "没有做须经书面授权的检查" in words(notice)


def test_what_is_for_one_department_is_marked_on_every_page(papers):
    for name, body in papers.items():
        if name.endswith(".docx"):
            assert {"内部资料" in head for head in heads(body)} == {"/" in name}


def test_the_office_signs_above_the_date(result):
    known = replace(result, run=replace(result.run, vantage={"office": "某某区数据局"}))
    paragraphs = words(dict(docx.parts(known, "zh", DRAFT))["通报.docx"]).split("\n")
    office = next(place for place, line in enumerate(paragraphs) if line.strip() == "某某区数据局")
    assert "年" in paragraphs[office + 2]


def test_of_runs_that_know_only_a_contact_the_office_is_its_name(result):
    run = replace(result.run, vantage={"contact": "某某 区数据局 0532-1"})
    assert office_of(run) == "某某 区数据局"


def test_what_could_not_be_inspected_is_told_by_item_with_a_count_and_few_names(result):
    site, (first, *_) = result.sites[0], [one for one in result.sites[0].outcomes if one.status is Status.INCONCLUSIVE]
    many = replace(site, outcomes=(first,) * 40)
    (row,) = unseen(result, many, "zh")
    assert (row["count"], len(row["checks"])) == (40, 1)
    assert row["checks"][0].count("“") == NAMED


def test_what_was_not_run_is_told_too(result):
    whys = {row["why"]: row["do"] for row in unseen(result, result.sites[0], "zh")}
    assert "书面授权" in whys["没有相应的检查授权，未检查"]


def test_a_department_is_asked_for_nothing_that_is_the_inspecting_offices(result):
    asked = [row["do"] for lang in ("zh", "en") for row in unseen(result, result.sites[0], lang)]
    assert not any("xuncha" in text for text in asked)


def test_a_row_that_may_grow_taller_than_a_page_may_break(notice):
    (table,) = [one for one in word.Document(io.BytesIO(notice)).tables if one.cell(0, 1).text == "原因"]
    assert b"cantSplit" not in etree.tostring(table._tbl)


@pytest.mark.parametrize("draft", [DRAFT, ""])
def test_a_draft_says_so_on_every_page(result, draft):
    for name, body in docx.parts(result, "zh", draft):
        if name.endswith(".docx"):
            assert {head.rpartition("\t")[2] for head in heads(body)} == {draft}


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


def test_the_gravest_problems_come_first_in_the_bulletin(result):
    site, (task, *_) = result.sites[0], [one for one in result.sites[0].tasks if one.items]
    checks = [check for check in result.texts.checks if check != task.check]
    slight = [replace(task, check=check, severity=Severity.LOW, findings=99) for check in checks]
    grave = replace(task, severity=Severity.CRITICAL, weight=Weight.DECISIVE, findings=1)
    told = bulletin(replace(result, sites=(replace(site, tasks=(*slight, grave)),)), "zh", "")["problems"]
    assert told[0]["kinds"][0]["count"] == 1
    assert told[0]["more"] == len(checks) + 1 - PROBLEMS


def test_what_goes_along_with_a_task_is_told_under_its_own_item_in_the_bulletin(result):
    site, (task, *_) = result.sites[0], [one for one in result.sites[0].tasks if one.items]
    other = next(check for check in result.texts.checks if check != task.check)
    along = Settled(other, task.status, task.severity, Weight.MINOR, ("2.3",), 18, (), ("c1:x",))
    both = replace(task, items=("2.1", "2.3"), settles=(along,))
    told = bulletin(replace(result, sites=(replace(site, tasks=(both,)),)), "zh", "")
    assert [[kind["count"] for kind in problem["kinds"]] for problem in told["problems"]] == [[task.findings], [18]]
    assert told["tasks"] == 1


def test_only_what_was_judged_is_ranked(result):
    site = result.sites[0]
    sites = [replace(site, id=verdict, verdict=verdict) for verdict in Verdict]
    told = bulletin(replace(result, sites=tuple(sites)), "zh", "")
    assert [row["verdict"] for row in told["ranking"]] == ["合格", "基本合格", "不合格"]
    assert told["unranked"][0]["verdict"] == "待核实"
    assert all(row["unreviewed"] == site.review.findings for row in told["unranked"])


def test_there_is_no_pass_rate_while_nothing_can_pass(result):
    assert bulletin(confirmed(result, verdict=Verdict.UNQUALIFIED), "zh", "")["rate"] == ""
    assert bulletin(confirmed(result, verdict=Verdict.QUALIFIED), "zh", "")["rate"] == "100%"


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


@pytest.fixture
def pictured(result, tmp_path):
    """The result with a picture of its first problem, kept as ``png``."""

    def of(png):
        path = tmp_path / "sites" / "00000-a" / "pictures" / "7.png"
        path.parent.mkdir(parents=True)
        path.write_bytes(png)
        digest = hashlib.sha256(b"\x89PNG as taken").hexdigest()
        picture = PictureView(
            "picture:0:7", "http://a/", "http://a/", result.run.started, "sites/00000-a/pictures/7.png", "", digest, "",
            1, 1, 0, True, False, 0, 1, 0, 0, False,
        )  # fmt: skip
        site = result.sites[0]
        tasks = tuple(replace(task, pictures=("picture:0:7",)) for task in site.tasks)
        shown = replace(site, gallery=Gallery((picture,)), tasks=tasks)
        return dict(docx.parts(replace(result, sites=(shown,), folder=str(tmp_path)), "zh", DRAFT))

    return of


def test_screenshots_go_with_the_notice_by_the_names_that_it_uses(pictured):
    papers = pictured(b"\x89PNG as taken")
    (png,) = [body for name, body in papers.items() if name.endswith("/截图/图1-8.png")]
    said = words(next(body for name, body in papers.items() if name.endswith("整改通知书.docx")))
    assert png == b"\x89PNG as taken"
    assert "图1-8" in said
    assert "picture:" not in said


def test_the_ledger_of_a_department_names_screenshots_alike(pictured):
    body = next(body for name, body in pictured(b"\x89PNG as taken").items() if name.endswith(".xlsx"))
    values = {cell.value for sheet in openpyxl.load_workbook(io.BytesIO(body)) for row in sheet for cell in row}
    assert "图1-8" in values
    assert not any(isinstance(value, str) and "picture:" in value for value in values)


def test_a_picture_that_was_changed_is_not_sent(pictured):
    papers = pictured(b"\x89PNG changed")
    assert not any(name.endswith(".png") for name in papers)
    assert "未留存" in words(next(body for name, body in papers.items() if name.endswith("整改通知书.docx")))


def test_the_file_says_of_itself_what_it_is(notice, result):
    told = word.Document(io.BytesIO(notice)).core_properties
    assert (told.title, told.subject, told.comments) == ("网站检查整改通知书", result.run.id, "")
    assert told.created == result.run.finished
    assert "docProps/thumbnail.jpeg" not in zipfile.ZipFile(io.BytesIO(notice)).namelist()


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
