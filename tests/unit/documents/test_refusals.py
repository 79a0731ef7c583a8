"""Hostile, broken and foreign documents end in a reason."""

import struct
import zipfile
from io import BytesIO

import pytest
from pypdf import PdfWriter

from xuncha.documents import archive, office
from xuncha.documents.reading import read
from xuncha.documents.refusal import RefusedError
from xuncha.model.documents import DocumentKind
from xuncha.model.reasons import Reason

LAUGHS = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>'


@pytest.fixture
def refused():
    def why(body):
        with pytest.raises(RefusedError) as caught:
            read(body)
        return caught.value.reason

    return why


def test_entities_are_not_expanded(docx, refused):
    assert refused(docx(LAUGHS)) is Reason.DOCUMENT_UNSAFE


def test_entities_of_a_workbook_are_not_expanded(packed, workbook, refused):
    members = dict(unpacked(workbook([["a"]])), **{"xl/evil.xml": LAUGHS})
    assert refused(packed(members)) is Reason.DOCUMENT_UNSAFE


def test_elements_may_not_lie_too_deep(docx, refused):
    assert refused(docx("<w:p>" * 100_000)) is Reason.DOCUMENT_UNSAFE


def test_what_unpacks_to_too_much_is_refused(docx, refused, monkeypatch):
    monkeypatch.setattr(archive, "MAX_UNPACKED", 100_000)
    assert refused(docx("".join(f"<w:t>{number}</w:t>" for number in range(10_000)))) is Reason.DOCUMENT_TOO_LARGE


def test_a_part_that_unpacks_to_what_no_honest_one_does_is_a_bomb_and_for_nobody_to_open(docx, refused, monkeypatch):
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1_000_000)
    assert refused(docx("<w:t>" + "A" * 4_000_000 + "</w:t>")) is Reason.DOCUMENT_UNSAFE


def test_too_many_members_are_refused(docx, refused, monkeypatch):
    monkeypatch.setattr(archive, "MAX_MEMBERS", 10)
    assert refused(docx("", **{f"x{number}": "" for number in range(10)})) is Reason.DOCUMENT_TOO_LARGE


@pytest.mark.parametrize("name", ["list.docx", "list.xlsx", "list.xls", "list.pdf", "list.doc"])
def test_a_file_cut_in_the_middle_is_damaged(sample, refused, name):
    body = sample(name)
    assert refused(body[: len(body) // 3]) is Reason.DOCUMENT_DAMAGED


def test_a_member_that_is_not_what_its_checksum_says_is_damaged(docx, refused):
    body = bytearray(docx("<w:p><w:t>政务公开</w:t></w:p>"))
    body[body.index(b"PK\x01\x02") - 20] ^= 0xFF
    assert refused(bytes(body)) is Reason.DOCUMENT_DAMAGED


def test_a_member_that_is_missing_is_damage(packed, docx, refused):
    members = dict(unpacked(docx("")))
    del members["word/document.xml"]
    assert refused(packed(members)) is Reason.DOCUMENT_DAMAGED


def test_a_pdf_with_a_password_is_encrypted(pdf, refused):
    assert refused(pdf(None, password="secret")) is Reason.DOCUMENT_ENCRYPTED


def test_a_pdf_protected_only_against_changes_is_read(pdf, sample):
    assert "37020319750515005" in read(pdf(None, onto=sample("list.pdf"), password="")).text


def test_an_office_document_with_a_password_is_encrypted(refused):
    assert refused(ole("EncryptedPackage", "EncryptionInfo")) is Reason.DOCUMENT_ENCRYPTED


def test_a_zip_with_a_password_is_encrypted(docx, refused):
    body = bytearray(docx(""))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := body.find(mark, place + 1)) >= 0:
            body[place + at] |= 1
    assert refused(bytes(body)) is Reason.DOCUMENT_ENCRYPTED


def test_pages_that_contain_themselves_are_damage(pdf, refused):
    writer = PdfWriter(clone_from=BytesIO(pdf(None)))
    root = writer._root_object
    root["/Pages"]["/Kids"].append(root.raw_get("/Pages"))
    body = BytesIO()
    writer.write(body)
    assert refused(body.getvalue()) is Reason.DOCUMENT_DAMAGED


@pytest.mark.parametrize(
    "head", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\x00", b"BM\x00\x10\x00\x00\x00\x00\x00\x00"]
)
def test_a_picture_is_a_scan(refused, head):
    assert refused(head + bytes(20)) is Reason.DOCUMENT_SCANNED


@pytest.mark.parametrize("body", [b"Rar!\x1a\x07\x00", bytes(range(256))])
def test_other_files_are_not_supported(refused, body):
    assert refused(body) is Reason.DOCUMENT_UNSUPPORTED


def test_without_libreoffice_an_old_document_says_what_is_missing(sample, refused, monkeypatch):
    monkeypatch.setattr(office.shutil, "which", lambda _: None)
    assert refused(sample("list.doc")) is Reason.PROGRAM_MISSING


@pytest.mark.parametrize(("code", "reason"), [(0, Reason.DOCUMENT_DAMAGED), (127, Reason.PROGRAM_FAILED)])
def test_where_libreoffice_makes_nothing_its_exit_code_tells_whose_fault_it_is(
    sample, refused, monkeypatch, tmp_path, code, reason
):
    monkeypatch.setenv("PATH", stub(tmp_path, f"exit {code}"))
    assert refused(sample("list.doc")) is reason


def test_what_libreoffice_made_is_read(sample, monkeypatch, tmp_path, docx):
    (tmp_path / "made.docx").write_bytes(docx("<w:p><w:t>转换所得</w:t></w:p>"))
    order = f"/bin/mkdir -p out && /bin/cp {tmp_path}/made.docx out/document.docx"
    monkeypatch.setenv("PATH", stub(tmp_path, order))
    found = read(sample("list.doc"))
    assert (found.kind, found.text) == (DocumentKind.DOC, "转换所得")


def stub(folder, order):
    """A folder whose soffice is a script."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{order}\n")
    program.chmod(0o755)
    return str(folder)


def unpacked(body):
    with zipfile.ZipFile(BytesIO(body)) as container:
        return {name: container.read(name) for name in container.namelist()}


def ole(*streams):
    """The smallest OLE container that names these empty streams: header, allocation table, directory."""
    entries = [("Root Entry", 5, 1), *((name, 2, 0) for name in streams)]
    directory = b""
    for number, (name, kind, child) in enumerate(entries):
        raw = name.encode("utf-16-le") + b"\0\0"
        right = number + 1 if 0 < number < len(entries) - 1 else 0xFFFFFFFF
        directory += raw.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(raw), kind, 1, 0xFFFFFFFF, right, child or 0xFFFFFFFF
        )
        directory += b"\0" * 36 + struct.pack("<III", 0xFFFFFFFE, 0, 0)
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 16
        + struct.pack("<HHHHH6xIII4xIIIII", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    )
    header += struct.pack("<I", 0) + b"\xff" * 432
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    return header + table + directory.ljust(512, b"\0")
