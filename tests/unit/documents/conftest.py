"""Documents made by LibreOffice (``data``), by the libraries, and by hand."""

import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, StreamObject

DATA = Path(__file__).with_name("data")
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/{main}" ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
)


@pytest.fixture
def sample():
    """The bytes of one of the samples."""
    return lambda name: (DATA / name).read_bytes()


@pytest.fixture
def packed():
    """A ZIP container of these members."""

    def pack(members):
        body = BytesIO()
        with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return body.getvalue()

    return pack


@pytest.fixture
def docx(packed):
    """A DOCX with this markup as its body, and further members."""

    def make(markup, **members):
        types = TYPES.format(main="word/document.xml", kind="wordprocessingml.document")
        body = markup if markup.startswith("<?") else f'<w:document xmlns:w="w">{markup}</w:document>'
        return packed({"[Content_Types].xml": types, "word/document.xml": body, **members})

    return make


@pytest.fixture
def pdf():
    """A PDF whose pages hold these drawings, ``None`` a blank one; after the pages of ``onto``, if it is given."""

    def make(*drawings, password=None, onto=None):
        writer = PdfWriter(clone_from=BytesIO(onto)) if onto else PdfWriter()
        for drawing in drawings:
            page = writer.add_blank_page(200, 200)
            if drawing is not None:
                stream = StreamObject()
                stream.set_data(drawing)
                page[NameObject("/Contents")] = writer._add_object(stream)
        if password is not None:
            writer.encrypt(password, owner_password="owner", algorithm="AES-256")
        body = BytesIO()
        writer.write(body)
        return body.getvalue()

    return make


@pytest.fixture
def workbook():
    """An XLSX with these rows on its only sheet."""

    def make(rows, title="Sheet"):
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        body = BytesIO()
        book.save(body)
        return body.getvalue()

    return make
