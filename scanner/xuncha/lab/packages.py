"""Attachments of the newer office formats (ECMA-376): .docx and .xlsx, with what a reader needs and no more."""

import io
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORMATS = "http://schemas.openxmlformats.org"
_OFFICE = f"{_FORMATS}/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument"
DOCX, XLSX = f"{_TYPE}.wordprocessingml.document", f"{_TYPE}.spreadsheetml.sheet"


def docx(paragraphs: Iterable[str]) -> bytes:
    """A document with these paragraphs."""
    body = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in paragraphs)
    main = f'<w:document xmlns:w="{_FORMATS}/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
    return _package({"word/document.xml": main}, "word/document.xml", {"/word/document.xml": f"{DOCX}.main+xml"})


def xlsx(rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of one sheet; every cell is a text."""
    cells = ("".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row) for row in rows)
    data = "".join(f'<row r="{number}">{row}</row>' for number, row in enumerate(cells, 1))
    space = f'xmlns="{_FORMATS}/spreadsheetml/2006/main"'
    sheets = '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets>'
    parts = {
        "xl/workbook.xml": f'<workbook {space} xmlns:r="{_OFFICE}">{sheets}</workbook>',
        "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{data}</sheetData></worksheet>",
    }
    types = {
        "/xl/workbook.xml": f"{XLSX}.main+xml",
        "/xl/worksheets/sheet1.xml": f"{_TYPE}.spreadsheetml.worksheet+xml",
    }
    return _package(parts, "xl/workbook.xml", types)


def _package(parts: Mapping[str, str], main: str, types: Mapping[str, str]) -> bytes:
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in types.items())
    relations = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    space = f'xmlns="{_FORMATS}/package/2006/content-types"'
    frame = {
        "[Content_Types].xml": f"<Types {space}>{relations}{overrides}</Types>",
        "_rels/.rels": _relation("officeDocument", main),
    }
    file = io.BytesIO()
    with ZipFile(file, "w") as package:
        for name, text in {**frame, **parts}.items():
            package.writestr(ZipInfo(name), _HEAD + text, ZIP_DEFLATED)
    return file.getvalue()


def _relation(kind: str, target: str) -> str:
    one = f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_FORMATS}/package/2006/relationships">{one}</Relationships>'
