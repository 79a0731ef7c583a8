"""Evidence as offices write it: made by LibreOffice, read and judged by us."""

import asyncio
import shutil
import subprocess
from datetime import date

import pytest

from xuncha.documents.reader import DocumentReader
from xuncha.evidence.gathering import evidence_of
from xuncha.model.documents import DocumentKind, DocumentText
from xuncha.model.evidence import Fault, Piece
from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason

pytestmark = pytest.mark.acceptance

PLAN = """区民政局网站网络安全事件应急预案

一、总则
为提高处置网站安全事件的能力，制定本预案。
二、组织机构
由分管局长任组长，办公室负责日常工作。
"""
LOCKED = (
    'pdf:writer_pdf_Export:{"EncryptFile":{"type":"boolean","value":"true"},'
    '"DocumentOpenPassword":{"type":"string","value":"secret"}}'
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A text as LibreOffice turns it into another format; the file."""
    if shutil.which("soffice") is None:
        pytest.fail("this test needs soffice (apt-get install libreoffice)")
    folder = tmp_path_factory.mktemp("made")

    def convert(text, to, name="plan"):
        given = folder / f"{name}.txt"
        given.write_text(text, encoding="utf-8-sig")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        order = ["--infilter=Text (encoded):UTF8", "--convert-to", to, "--outdir", str(folder), str(given)]
        subprocess.run(["soffice", profile, "--headless", *order], check=True, capture_output=True, timeout=120)
        return folder / f"{name}.{to.partition(':')[0]}"

    return convert


def asked(question):
    async def ask():
        reader = DocumentReader()
        try:
            return await question(reader)
        finally:
            await reader.aclose()

    return asyncio.run(ask())


def read(path):
    return asked(lambda reader: reader.text(path.read_bytes(), path.name))


@pytest.mark.parametrize(
    ("to", "kind"),
    [
        ("docx", DocumentKind.DOCX),
        ("doc:MS Word 97", DocumentKind.DOC),
        ("odt", DocumentKind.ODT),
        ("rtf", DocumentKind.RTF),
        ("pdf", DocumentKind.PDF),
    ],
)
def test_a_plan_is_read_paragraph_by_paragraph_in_whatever_format(made, to, kind):
    found = read(made(PLAN, to))
    assert isinstance(found, DocumentText)
    assert found.kind is kind
    assert "由分管局长任组长，办公室负责日常工作。" in found.text.split("\n")


def test_a_pdf_with_a_password_says_so(made):
    found = read(made(PLAN, LOCKED, "locked"))
    assert isinstance(found, Gap)
    assert found.reason is Reason.DOCUMENT_ENCRYPTED


def gathered(folder):
    return asked(lambda reader: evidence_of(folder, reader, {}, date(2026, 11, 2)))


def test_a_folder_of_real_documents_is_listed_and_what_must_not_be_there_refused(made, tmp_path):
    (tmp_path / "evidence.yaml").write_text("emergency: {plan: {files: [plan.docx]}}")
    shutil.copy(made(PLAN, "docx"), tmp_path)
    shutil.copy(made("某网站\n网络安全等级测评报告\n报告编号：P1\n", "docx", "证明"), tmp_path)
    shutil.copy(made("姓名 身份证\n张三 11010519491231002X\n", "pdf", "名册"), tmp_path)
    evidence = gathered(tmp_path)
    assert [one.path for one in evidence.of(Piece.EMERGENCY_PLAN)] == ["plan.docx"]
    assert {(one.path, one.fault) for one in evidence.problems} == {
        ("证明.docx", Fault.WORK_SECRET),
        ("名册.pdf", Fault.RESIDENT_ID),
    }


def test_a_cut_document_is_damaged_and_a_renamed_one_told(made, tmp_path):
    body = made(PLAN, "docx").read_bytes()
    (tmp_path / "cut.docx").write_bytes(body[: len(body) // 2])
    (tmp_path / "renamed.pdf").write_bytes(body)
    assert {(one.path, one.fault) for one in gathered(tmp_path).problems} == {
        ("cut.docx", Fault.DAMAGED),
        ("renamed.pdf", Fault.WRONG_EXTENSION),
    }
