"""What is read of honest documents, made by LibreOffice, openpyxl and by hand."""

import zipfile
from contextlib import suppress
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from pypdf import PdfWriter

from xuncha.documents.limits import Limits
from xuncha.documents.reading import read
from xuncha.documents.refusal import RefusedError
from xuncha.model.documents import DocumentKind, Where, as_document
from xuncha.model.reasons import Reason


def refused(body):
    with pytest.raises(RefusedError) as caught:
        read(body)
    return caught.value.reason


ROW = "李四\t370203197505150051\t13964202588"


@pytest.mark.parametrize("name", ["list.docx", "list.xlsx", "list.xls"])
def test_a_table_of_libreoffice_comes_row_by_row(sample, name):
    assert ROW in read(sample(name)).text


def test_a_pdf_of_libreoffice_comes_line_by_line(sample):
    found = read(sample("list.pdf"))
    assert ROW.replace("\t", " ") in found.text
    assert found.parts[0].where is Where.PAGE


@pytest.mark.parametrize("name", ["list.xlsx", "list.xls"])
def test_hidden_sheets_are_read_and_named(sample, name):
    assert [(part.name, part.hidden) for part in read(sample(name)).parts] == [("名单", False), ("底表", True)]


@pytest.mark.parametrize("name", ["list.xlsx", "list.xls"])
def test_dates_of_a_sheet_are_read_as_dates(sample, name):
    assert "\t2021-06-24" in read(sample(name)).parts[0].text


def test_numbers_keep_their_digits(workbook):
    assert read(workbook([[13812345678, 1.5, 0.1 + 0.2, True]])).text == "13812345678\t1.5\t0.3\tTRUE"


def test_a_paragraph_is_a_line_also_where_runs_divide_it(docx):
    assert (
        read(docx("<w:p><w:r><w:t>政务</w:t></w:r><w:r><w:t>公开</w:t></w:r></w:p><w:p><w:t>二</w:t></w:p>")).text
        == "政务公开\n二"
    )


def test_deleted_words_and_field_codes_are_no_text(docx):
    markup = "<w:p><w:t>有</w:t><w:instrText>HYPERLINK</w:instrText><w:delText>无</w:delText></w:p>"
    found = read(docx(markup))
    assert (found.text, found.unseen) == ("有", "无")


def test_properties_are_kept_apart_from_the_text(docx):
    properties = "<p:coreProperties xmlns:p='p'><p:title>封面</p:title><p:keywords>机密</p:keywords></p:coreProperties>"
    found = read(docx("<w:p><w:t>正文</w:t></w:p>", **{"docProps/core.xml": properties}))
    assert (found.text, found.unseen) == ("正文", "封面\n机密")


def test_comments_on_cells_and_headers_of_sheets_are_kept_apart_from_the_text():
    book = openpyxl.Workbook()
    book.active["A1"] = "备份"
    book.active["A1"].comment = Comment("证件号从略", "甲")
    book.active.oddHeader.right.text = "机密★1年"
    body = BytesIO()
    book.save(body)
    found = read(body.getvalue())
    assert found.text == "备份"
    assert {"证件号从略", "机密★1年"} <= set(found.unseen.splitlines())


def test_the_properties_of_a_pdf_are_kept_apart_from_the_text():
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Keywords": "机密"})
    body = BytesIO()
    writer.write(body)
    assert "机密" in read(body.getvalue()).unseen


def test_a_text_box_is_read_once(docx):
    box = "<w:txbxContent><w:p><w:t>框内</w:t></w:p></w:txbxContent>"
    assert read(docx(f"<w:p><x><Choice>{box}</Choice><Fallback>{box}</Fallback></x></w:p>")).text == "框内"


def test_notes_headers_and_comments_follow_the_body(docx):
    note = '<w:footnotes xmlns:w="w"><w:p><w:t>注</w:t></w:p></w:footnotes>'
    parts = read(docx("<w:p><w:t>正文</w:t></w:p>", **{"word/footnotes.xml": note})).parts
    assert [(part.where, part.text) for part in parts] == [(Where.BODY, "正文"), (Where.NOTE, "注")]


def test_slides_come_in_the_order_of_their_numbers(packed):
    types = (
        '<Types><Override PartName="/ppt/presentation.xml" ContentType="'
        'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>'
    )
    slides = {f"ppt/slides/slide{number}.xml": f"<s><p><t>第{number}张</t></p></s>" for number in (10, 2)}
    found = read(packed({"[Content_Types].xml": types, **slides}))
    assert [part.name for part in found.parts] == ["2", "10"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_its_encoding(encoding):
    assert read("姓名,联系电话\n张三,0532-85801234\n".encode(encoding)).text.startswith("姓名,联系电话\n张三")


def test_a_web_page_that_calls_itself_a_workbook_is_read_as_what_it_is():
    found = read("<html><meta charset=utf-8><table><tr><td>姓名</td></tr></table></html>".encode())
    assert (found.kind, found.text) == (DocumentKind.HTML, "姓名")


def test_a_workbook_of_2003_in_xml_comes_row_by_row():
    body = (
        '<?xml version="1.0"?><Workbook><Row><Cell><Data>张三</Data></Cell><Cell><Data>1</Data></Cell></Row></Workbook>'
    )
    assert read(body.encode()).text.split() == ["张三", "1"]


def test_pages_without_a_text_layer_are_counted(pdf, sample):
    found = read(pdf(b"BI /W 1 /H 1 ID x EI", None, onto=sample("list.pdf")))
    assert (len(found.parts), found.unread) == (1, 1)


@pytest.mark.parametrize("drawing", [b"BI /W 1 /H 1 ID x EI", b"BT (\x01\x02) Tj ET", b"1 1 m 2 2 l S\n" * 300])
def test_a_pdf_of_pictures_or_curves_alone_is_refused_as_a_scan(pdf, drawing):
    assert refused(pdf(drawing)) is Reason.DOCUMENT_SCANNED


def test_a_text_document_of_pictures_alone_is_refused_as_a_scan(docx):
    assert refused(docx("<w:p/>", **{"word/media/image1.png": "x"})) is Reason.DOCUMENT_SCANNED


def picture(sides=(7_000_000, 9_000_000)):
    size = f'<wp:extent xmlns:wp="wp" cx="{sides[0]}" cy="{sides[1]}"/>'
    return f'<w:p><w:drawing>{size}<pic:pic xmlns:pic="p"><a:blip xmlns:a="a"/></pic:pic></w:drawing></w:p>'


VML = '<w:pict><v:shape xmlns:v="v" style="width:415pt;height:587pt"><v:imagedata/></v:shape></w:pict>'
CAPTION = "<w:p><w:t>数据备份管理制度（扫描件）</w:t></w:p>"


@pytest.mark.parametrize("markup", [picture(), VML])
def test_a_scanned_paper_with_a_caption_is_a_scan_whose_words_are_kept_for_refusing(docx, markup):
    found = read(docx(CAPTION + markup))
    assert (found.scanned, found.text) == (True, "数据备份管理制度（扫描件）")
    assert as_document(found).reason is Reason.DOCUMENT_SCANNED


def test_a_short_proof_with_a_seal_is_a_document(docx):
    found = read(docx(CAPTION + picture((1_600_000, 1_600_000))))
    assert (found.scanned, found.unread, as_document(found)) == (False, 0, found)


def test_of_a_document_with_some_words_and_many_scanned_pages_the_pages_are_unread(docx):
    found = read(docx(f"<w:p><w:t>{'一二三四五六七八九十' * 20}</w:t></w:p>" + picture() * 3))
    assert (found.scanned, found.unread) == (False, 3)


def test_a_plan_with_a_picture_in_it_is_read_as_ever(docx):
    found = read(docx(f"<w:p><w:t>{'一二三四五六七八九十' * 60}</w:t></w:p>" + picture()))
    assert (found.scanned, found.unread) == (False, 0)


def test_a_slide_and_a_sheet_that_hold_a_picture_of_a_paper_are_scans_too(packed, workbook):
    types = (
        '<Types><Override PartName="/ppt/presentation.xml" ContentType="'
        'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>'
    )
    inside = '<p:pic xmlns:p="p"><blip/><spPr><xfrm><ext cx="7000000" cy="9000000"/></xfrm></spPr></p:pic>'
    slide = f"<s><p><t>备份制度</t></p>{inside}</s>"
    assert read(packed({"[Content_Types].xml": types, "ppt/slides/slide1.xml": slide})).scanned
    with zipfile.ZipFile(body := BytesIO(workbook([["备份制度"]])), "a") as archive:
        archive.writestr("xl/drawings/drawing1.xml", f'<d><a><ext cx="7000000" cy="9000000"/>{inside}</a></d>')
    assert read(body.getvalue()).scanned


def test_a_long_number_in_a_sheet_keeps_the_digits_that_are_left_of_it(workbook):
    assert read(workbook([[110114198503070000.0, 1e15, 0.25]])).text == "110114198503070000\t1000000000000000\t0.25"


def test_a_blank_page_is_not_taken_for_a_scan(pdf):
    assert read(pdf(None)).unread == 0


def test_what_exceeds_the_characters_is_left_out_and_said(workbook):
    found = read(workbook([["政务公开"]] * 100), limits=Limits(characters=50))
    assert (len(found.text) <= 50, found.complete) == (True, False)


def test_pages_beyond_the_limit_are_left_out_and_said(pdf, sample):
    body = pdf(b"BI /W 1 /H 1 ID x EI", onto=sample("list.pdf"))
    found = read(body, limits=Limits(pages=1))
    assert (found.unread, found.complete) == (0, False)


@given(st.binary(max_size=400))
def test_any_bytes_end_in_text_or_a_reason(body):
    with suppress(RefusedError):
        assert read(body).kind in DocumentKind


def test_rows_beyond_the_bound_are_left_out_and_that_is_said(workbook):
    found = read(workbook([["甲"], ["乙"], ["丙"]]), limits=Limits(cells=4))
    assert (found.text, found.complete) == ("甲\n乙", False)


def test_rows_that_are_far_apart_are_not_filled_up(packed):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="900000"><c r="A900000"><v>2</v></c></row>'
    book = openpyxl.Workbook()
    book.active.append([1])
    body = BytesIO()
    book.save(body)
    members = {name: zipfile.ZipFile(body).read(name) for name in zipfile.ZipFile(body).namelist()}
    sheet = members["xl/worksheets/sheet1.xml"].decode()
    start, end = sheet.index("<sheetData>") + 11, sheet.index("</sheetData>")
    members["xl/worksheets/sheet1.xml"] = sheet[:start] + rows + sheet[end:]
    assert read(packed(members)).text == "1\n2"


def test_what_stands_beyond_the_widest_row_is_missed(workbook):
    assert not read(workbook([[1] * 1001])).complete


def test_a_page_that_unpacks_to_very_much_is_not_read(pdf):
    found = read(pdf(b"BT (x) Tj ET " * 100), limits=Limits(drawing=500))
    assert (found.text, found.complete, found.unread) == ("", False, 0)
