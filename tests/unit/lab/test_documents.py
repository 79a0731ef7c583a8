import struct
import zlib

import pytest

from xuncha.documents.kinds import kind_of
from xuncha.lab import documents
from xuncha.model.documents import DocumentKind


def test_a_pdf_ends_with_the_offset_of_its_table():
    data = documents.pdf("申请表")
    offset = int(data.split(b"startxref\n")[1].split(b"\n")[0])
    assert data.startswith(b"%PDF-1.")
    assert data[offset:].startswith(b"xref\n0 8\n")


def test_every_object_of_a_pdf_is_where_the_table_says():
    data = documents.pdf("申请表")
    table = data[data.index(b"xref\n") :].split(b"\n")[3:10]
    for number, line in enumerate(table, 1):
        assert data[int(line[:10]) :].startswith(b"%d 0 obj" % number)


def test_office_files_are_compound_files_of_whole_sectors():
    for data in (documents.xls("附表"), documents.doc("附表")):
        assert data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
        assert len(data) % 512 == 0


def test_a_workbook_says_where_its_sheet_begins():
    stream = documents.xls("附表")[3 * 512 :]
    (offset,) = struct.unpack_from("<I", stream, 4 + 16 + 4)
    assert stream[offset : offset + 2] == b"\x09\x08"


@pytest.mark.parametrize("title", ["附表", "示" * 60])
def test_a_doc_is_words_own_and_has_the_title_in_it(title):
    data = documents.doc(title)
    assert len(data) == len(documents.doc(""))
    assert kind_of(data) is DocumentKind.DOC
    assert title[:40].encode("utf-16-le") in data


def test_a_picture_has_as_many_rows_as_it_says():
    data = documents.png(30, 10, "#b5121b", skyline=True)
    packed = data[data.index(b"IDAT") + 4 : data.index(b"IEND") - 8]
    assert len(zlib.decompress(packed)) == 10 * (1 + 3 * 30)
