"""Emergency plans as offices hand them in, made by LibreOffice and python-docx, read from a folder by the program."""

import asyncio
import shutil
import subprocess
import zipfile
from datetime import date
from html import escape
from pathlib import Path

import docx
import pytest

from xuncha.documents.reader import DocumentReader
from xuncha.evidence.gathering import evidence_of
from xuncha.model.evidence import Piece
from xuncha.model.files import FolderFiles
from xuncha.testing import judge
from xuncha_plugins.emergency import checks, reporting_checks
from xuncha_plugins.emergency.facts import Held, PlanRead
from xuncha_plugins.emergency.probes import drill_read, plan_read

pytestmark = pytest.mark.acceptance

DATA = Path(__file__).parents[1] / "plugins/emergency"
LOOKED = date(2026, 11, 23)
DECLARED = "emergency: {{plan: {{files: [{plan}]}}, drill: {{files: [{drill}]}}}}"


def text_of(name):
    """A plan or record of the tests, without what is expected of it."""
    return (DATA / f"{name}.txt").read_text("utf-8").partition("----\n")[2]


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """A text as LibreOffice turns it into another format; the file."""
    if shutil.which("soffice") is None:
        pytest.fail("this test needs soffice (apt-get install libreoffice)")
    folder = tmp_path_factory.mktemp("made")

    def convert(text, to, name):
        given = folder / f"{name}.txt"
        given.write_text(text, encoding="utf-8-sig")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        order = ["--infilter=Text (encoded):UTF8", "--convert-to", to, "--outdir", str(folder), str(given)]
        subprocess.run(["soffice", profile, "--headless", *order], check=True, capture_output=True, timeout=120)
        return folder / f"{name}.{to.partition(':')[0]}"

    return convert


def with_tables(text, path):
    """A DOCX with real headings and with rows as a real table."""
    document = docx.Document()
    table = None
    for line in text.splitlines():
        cells = line.split("\t")
        if len(cells) > 1:
            table = table or document.add_table(rows=0, cols=len(cells))
            for cell, words in zip(table.add_row().cells, cells, strict=False):
                cell.text = words
            continue
        table = None
        document.add_heading(line, level=1) if line.startswith(("一、", "二、", "三、")) else document.add_paragraph(
            line
        )
    document.save(path)


def read_folder(folder):
    """The evidence of a folder, the plan and the drill records in it."""

    async def read():
        reader = DocumentReader()
        try:
            given = await evidence_of(folder, reader, {}, LOOKED)
            files = FolderFiles(folder)
            return given, await plan_read(given, files, reader), await drill_read(given, files, reader)
        finally:
            await reader.aclose()

    return asyncio.run(read())


def held(plan: PlanRead):
    return {section.name for section in plan.sections if section.held is Held.HELD}


@pytest.fixture
def handed_in(tmp_path):
    """A folder with this plan and record, as read."""

    def put(plan, drill=None):
        for one in filter(None, (plan, drill)):
            if one.parent != tmp_path:
                shutil.copy(one, tmp_path)
        names = DECLARED.format(plan=plan.name, drill=drill.name if drill else "")
        (tmp_path / "evidence.yaml").write_text(names, "utf-8")
        return read_folder(tmp_path)

    return put


@pytest.mark.parametrize("to", ["pdf", "docx", "doc:MS Word 97", "odt"])
def test_a_plan_reads_the_same_in_whatever_format(converted, handed_in, to):
    given, plan, _ = handed_in(converted(text_of("plans/01-bureau"), to, "plan"))
    asked = (checks.plan_complete, reporting_checks.reporting)
    assert {str(judge(check, given, plan).status) for check in asked} == {"pass"}
    assert len(held(plan)) == len(plan.sections)
    assert all(quote.locator.sha256 for section in plan.sections for quote in section.quotes)


@pytest.mark.parametrize("ending", ["docx", "odt", "rtf"])
def test_so_it_does_as_pandoc_writes_it(tmp_path, handed_in, ending):
    if shutil.which("pandoc") is None:
        pytest.fail("this test needs pandoc (apt-get install pandoc)")
    made, text = tmp_path / f"plan.{ending}", "\n\n".join(text_of("plans/01-bureau").splitlines())
    order = ["pandoc", "--from", "commonmark", "--standalone", "--output", str(made)]
    subprocess.run(order, input=text.encode(), check=True, capture_output=True, timeout=60)
    given, plan, _ = handed_in(made)
    assert str(judge(checks.plan_complete, given, plan).status) == "pass"
    assert len(held(plan)) == len(plan.sections)


def test_so_it_does_as_weasyprint_prints_it(tmp_path, handed_in):
    from weasyprint import HTML  # noqa: PLC0415 - needs Pango of the system

    lines = "".join(f"<p>{escape(line)}</p>" for line in text_of("plans/01-bureau").splitlines())
    HTML(string=f"<!doctype html><html lang=zh><title>预案</title>{lines}").write_pdf(tmp_path / "plan.pdf")
    given, plan, _ = handed_in(tmp_path / "plan.pdf")
    assert str(judge(checks.plan_complete, given, plan).status) == "pass"
    assert len(held(plan)) == len(plan.sections)


def test_in_a_pdf_paragraphs_are_joined_and_pages_told(converted, handed_in):
    long = text_of("blind/04-oneparagraph") + "\n" + text_of("plans/12-numbered")
    _, plan, _ = handed_in(converted(long, "pdf", "long"))
    assert {"defacement", "recovery", "reporting", "levels"} <= held(plan)
    assert max(quote.locator.page_number for section in plan.sections for quote in section.quotes) > 1


@pytest.mark.parametrize("name", ["plans/03-commission", "plans/11-table", "blind/12-hospital-table"])
def test_real_tables_are_read(tmp_path, handed_in, name):
    with_tables(text_of(name), tmp_path / "plan.docx")
    given, plan, _ = handed_in(tmp_path / "plan.docx")
    assert {"levels", "defacement", "recovery", "reporting"} <= held(plan)
    assert str(judge(reporting_checks.reporting, given, plan).status) == "pass"


def test_a_template_in_a_header_is_found(tmp_path, handed_in):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "征求意见稿"
    for line in text_of("plans/01-bureau").splitlines():
        document.add_paragraph(line)
    document.save(tmp_path / "plan.docx")
    given, plan, _ = handed_in(tmp_path / "plan.docx")
    assert [one.key for one in judge(checks.plan_approved, given, plan).findings] == ["draft"]


def test_fire_drills_and_copied_templates_are_told_in_real_files(converted, handed_in):
    plan = converted(text_of("plans/05-template"), "pdf", "template")
    given, read, drills = handed_in(plan, converted(text_of("records/06-fire"), "docx", "fire"))
    told = {
        check: {one.key for one in judge(check, given, read).findings}
        for check in (checks.contacts, checks.plan_approved)
    }
    assert {"placeholder"} <= told[checks.contacts]
    assert {"draft", "blanks"} <= told[checks.plan_approved]
    assert [one.key for one in judge(checks.drill, given, drills).findings] == ["other-kind"]


@pytest.mark.parametrize("name", ["records/01-good", "records/02-table", "records/03-news"])
def test_drill_records_pass_in_real_files(converted, handed_in, name):
    plan = converted(text_of("plans/01-bureau"), "docx", "plan")
    given, _, record = handed_in(plan, converted(text_of(name), "pdf", "record"))
    assert given.handed_in(Piece.EMERGENCY_DRILL)
    assert str(judge(checks.drill, given, record).status) == "pass"


def as_ofd(text, path):
    """An OFD with 28 characters to the line and 25 lines to the page, as the national layout of documents has them."""
    lines = [line[at : at + 28] for line in text.splitlines() if line for at in range(0, len(line), 28)]
    pages = [lines[at : at + 25] for at in range(0, len(lines), 25)]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "OFD.xml", f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocRoot>D/D.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        )
        listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="P/{n}.xml"/>' for n in range(len(pages)))
        archive.writestr("D/D.xml", f"<ofd:Document {OFD}><ofd:Pages>{listed}</ofd:Pages></ofd:Document>")
        for number, page in enumerate(pages):
            drawn = "".join(OFD_LINE.format(y=20 + 10 * n, text=line) for n, line in enumerate(page))
            content = f"<ofd:Content><ofd:Layer>{drawn}</ofd:Layer></ofd:Content>"
            archive.writestr(f"D/P/{number}.xml", f"<ofd:Page {OFD}>{content}</ofd:Page>")


OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
OFD_LINE = '<ofd:TextObject Boundary="20 {y} 160 5"><ofd:TextCode X="0" Y="4">{text}</ofd:TextCode></ofd:TextObject>'


def test_an_ofd_is_read_with_its_pages(tmp_path, handed_in):
    as_ofd(text_of("plans/09-old"), tmp_path / "plan.ofd")
    given, plan, _ = handed_in(tmp_path / "plan.ofd")
    assert str(judge(checks.plan_complete, given, plan).status) == "pass"
    (old,) = judge(checks.plan_current, given, plan).findings
    assert (old.key, old.locator.page_number) == ("old", 2)
