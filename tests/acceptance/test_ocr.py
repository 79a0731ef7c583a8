"""Scans as offices hand them in: pages printed by LibreOffice and WeasyPrint, made pictures of, read by the engine."""

import asyncio
import random
import struct
import subprocess
import zlib
from datetime import date
from html import escape
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import pytest

from xuncha.documents import ocr
from xuncha.documents.ration import Ration
from xuncha.documents.reader import DocumentReader
from xuncha.evidence.gathering import evidence_of
from xuncha.model.documents import SURE, DocumentText
from xuncha.model.evidence import Fault
from xuncha.model.files import FolderFiles
from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason
from xuncha.testing import judge
from xuncha_plugins.emergency import checks
from xuncha_plugins.emergency.facts import Held
from xuncha_plugins.emergency.probes import plan_read

pytestmark = [
    pytest.mark.acceptance,
    pytest.mark.skipif(not ocr.is_there(), reason=f"the OCR engine is not installed ({ocr.HOW})"),
]

PLANS = Path(__file__).parents[1] / "plugins/emergency/plans"
PLAN = (PLANS / "01-bureau.txt").read_text("utf-8").partition("----\n")[2]
PAPER = """@page{size:A4;margin:28mm 26mm}body{font:12pt/20pt "Noto Serif CJK SC"}h1{font-size:22pt;text-align:center}
td{border:1px solid;padding:2pt 6pt;font-size:12pt}p{margin:0;text-indent:2em}
.mark{font:bold 18pt "Noto Sans CJK SC"}"""
REGISTER = """<div class=mark>{mark}</div><h1>网站人员名册</h1><table><tr><td>姓名<td>职责<td>办公电话<td>是否专职
<tr><td>张伟<td>安全管理员<td>0319-8162233<td>是<tr><td>李娜<td>内容审核<td>0319-8162235<td>否</table>
<p>{more}</p><p>核对日期：2026年9月10日</p>"""
LOOKED = date(2026, 11, 23)


def printed(markup):
    """Pages of HTML as WeasyPrint lays them out."""
    weasyprint = pytest.importorskip("weasyprint")
    return weasyprint.HTML(string=f"<style>{PAPER}</style>{markup}").write_pdf()


def photographed(pdf, dpi, *, turn=0.0, noise=0.0):
    """The pages of a PDF as a scanner gives them back: grey, askew, with grain."""
    import pypdfium2  # noqa: PLC0415 - with the engine
    from PIL import Image  # noqa: PLC0415

    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            sheet = page.render(scale=dpi / 72).to_pil().convert("L")
            sheet = sheet.rotate(turn, resample=Image.Resampling.BICUBIC, fillcolor=255)
            yield Image.blend(sheet, Image.effect_noise(sheet.size, 60), noise)


def saved(sheets, form, **more):
    first, *others = sheets
    body = BytesIO()
    first.save(body, form, **({"save_all": True, "append_images": others} if others else {}), **more)
    return body.getvalue()


def asked(ask):
    async def run():
        reader = DocumentReader()
        try:
            return await ask(reader)
        finally:
            await reader.aclose()

    return asyncio.run(run())


def errors(read, written):
    """Insertions, deletions and changes between two texts, as a share of the second; blanks and widths do not count."""
    read, written = ("".join(normalize("NFKC", one).split()) for one in (read, written))
    before = list(range(len(read) + 1))
    for number, char in enumerate(written, 1):
        row = [number]
        for at, other in enumerate(read, 1):
            row.append(min(before[at] + 1, row[-1] + 1, before[at - 1] + (char != other)))
        before = row
    return before[-1] / len(written)


def markup(text):
    """Paragraphs and rows of a table."""
    rows = (line.split("\t") for line in text.splitlines())
    return "".join(
        f"<p>{escape(cells[0])}</p>"
        if len(cells) == 1
        else f"<table><tr>{''.join(f'<td width=140>{escape(cell)}</td>' for cell in cells)}</tr></table>"
        for cells in rows
    )


@pytest.fixture
def plan(tmp_path):
    """A plan as LibreOffice prints it."""
    folder = tmp_path / "print"
    folder.mkdir()
    (folder / "plan.html").write_text(f"<meta charset=utf-8><style>{PAPER}</style>{markup(PLAN)}", "utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    order = ["--convert-to", "pdf:writer_web_pdf_Export", "--outdir", str(folder), str(folder / "plan.html")]
    try:
        subprocess.run(["soffice", profile, "--headless", *order], check=True, capture_output=True, timeout=120)
    except FileNotFoundError:
        pytest.fail("this test needs soffice (apt-get install libreoffice-writer-nogui)")
    return (folder / "plan.pdf").read_bytes()


def test_a_scanned_plan_holds_the_sections_that_its_text_holds(plan, tmp_path):
    scan = saved(photographed(plan, 150, turn=0.7, noise=0.15), "PDF", resolution=150)
    handed_in = tmp_path / "a"
    handed_in.mkdir()
    (handed_in / "plan.pdf").write_bytes(scan)
    (handed_in / "evidence.yaml").write_text("emergency: {plan: {files: [plan.pdf]}}", "utf-8")

    async def read(reader):
        documents = Ration(reader)
        given = await evidence_of(handed_in, documents, {}, LOOKED)
        text = await documents.text(scan, scans=True)
        return given, await plan_read(given, FolderFiles(handed_in), documents), text.text

    given, found, text = asked(read)
    assert errors(text, PLAN) < 0.01
    assert {one.held for one in found.sections} == {Held.HELD}
    assert judge(checks.plan_complete, given, found).status is Status.PASS
    assert judge(checks.plan_current, given, found).status is Status.MANUAL
    assert given.file("plan.pdf").ocr is not None


def test_a_photographed_table_of_people_is_read_to_the_last_digit():
    body = saved(photographed(printed(REGISTER.format(mark="", more="")), 150, turn=-1.2, noise=0.1), "JPEG")
    found = asked(lambda reader: reader.text(body, scans=True))
    assert isinstance(found, DocumentText)
    assert "张伟\t安全管理员\t0319-8162233\t是" in found.text
    assert "核对日期：2026年9月10日" in found.text.replace(":", "：")
    assert found.confidence >= SURE


@pytest.mark.parametrize(
    ("mark", "more", "fault"),
    [("秘密★1年", "", Fault.STATE_SECRET), ("", "张伟身份证号：370203197505150051", Fault.RESIDENT_ID)],
)
def test_a_scan_with_what_must_not_be_here_is_not_kept(tmp_path, mark, more, fault):
    sheets = list(photographed(printed(REGISTER.format(mark=mark, more=more)), 120, noise=0.1))
    (tmp_path / "名册.tiff").write_bytes(saved(sheets, "TIFF"))
    given = asked(lambda reader: evidence_of(tmp_path, reader, {}, LOOKED))
    assert ([one.fault for one in given.problems], given.files) == ([fault], ())


def test_hostile_pictures_end_in_a_reason_and_cost_nothing():
    from PIL import Image  # noqa: PLC0415 - with the engine

    size = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one)) for one in (b"IHDR" + size, b"IDATx")
    )
    noise = random.Random(7).randbytes(40_000)
    broken = saved([Image.frombytes("L", (200, 200), noise)], "PNG")[:20_000]

    async def both(reader):
        return [await reader.read(body, scans=True) for body in (bomb, broken)]

    (first, one), (second, other) = asked(both)
    assert (first.reason, second.reason) == (Reason.DOCUMENT_TOO_LARGE, Reason.DOCUMENT_DAMAGED)
    assert one + other < 5
