"""OFD: text in the order of reading, and whatever may be wrong with such a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.documents.collected import Collected
from xuncha.documents.layout import Piece, lines
from xuncha.documents.limits import Limits
from xuncha.documents.ofd import read_ofd
from xuncha.documents.reading import read
from xuncha.documents.refusal import RefusedError
from xuncha.model.documents import DocumentKind
from xuncha.model.reasons import Reason

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def drawn(x, y, text, width=30):
    return (
        f'<ofd:TextObject Boundary="{x} {y} {width} 5"><ofd:TextCode X="0" Y="4">{text}</ofd:TextCode></ofd:TextObject>'
    )


@pytest.fixture
def ofd(packed):
    """A file with these pages; each is the markup within its layer."""

    def make(*pages, root="Doc_0/Document.xml", beneath="", **members):
        listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/{n}/Content.xml"/>' for n in range(len(pages)))
        under = '<ofd:CommonData><ofd:TemplatePage ID="t" BaseLoc="Tpls/t.xml"/></ofd:CommonData>' if beneath else ""
        use = '<ofd:Template TemplateID="t"/>' if beneath else ""
        made = {
            "OFD.xml": f"<ofd:OFD {NS}><ofd:DocBody><ofd:DocRoot>{root}</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f"<ofd:Document {NS}>{under}<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
            "Doc_0/Tpls/t.xml": f"<ofd:Page {NS}>{beneath}</ofd:Page>",
        }
        for number, page in enumerate(pages):
            content = f"<ofd:Page {NS}>{use}<ofd:Content><ofd:Layer>{page}</ofd:Layer></ofd:Content></ofd:Page>"
            made[f"Doc_0/Pages/{number}/Content.xml"] = content
        return packed(made | members)

    return make


def refusal(body):
    with pytest.raises(RefusedError) as caught:
        read(body)
    return caught.value.reason


def test_the_text_of_each_page_is_read(ofd):
    found = read(ofd(drawn(20, 20, "应急预案"), drawn(20, 20, "第二页")))
    assert found.kind is DocumentKind.OFD
    assert [(part.name, part.text) for part in found.parts] == [("1", "应急预案"), ("2", "第二页")]


def test_pieces_come_in_the_order_of_reading_wherever_they_stand_in_the_file(ofd):
    page = drawn(20, 40, "第三行") + drawn(50, 20.3, "民政局") + drawn(20, 20, "市北区") + drawn(20, 30, "第二行")
    assert read(ofd(page)).text.split("\n") == ["市北区民政局", "第二行", "第三行"]


def test_pieces_that_stand_apart_are_cells(ofd):
    assert read(ofd(drawn(20, 20, "姓名", 10) + drawn(60, 20, "职责", 10))).text == "姓名\t职责"


def test_what_lies_beneath_a_page_is_read_with_it(ofd):
    assert read(ofd(drawn(20, 30, "正文"), beneath=drawn(20, 10, "红头"))).text == "红头\n正文"


def test_a_root_may_begin_with_a_slash(ofd):
    assert read(ofd(drawn(1, 1, "字"), root="/Doc_0/Document.xml")).text == "字"


def test_pages_of_pictures_alone_are_a_scan(ofd):
    assert refusal(ofd('<ofd:ImageObject ResourceID="1"/>')) is Reason.DOCUMENT_SCANNED


def test_a_blank_page_is_not_taken_for_a_scan(ofd):
    assert read(ofd("")).parts == ()


@pytest.mark.parametrize("root", ["Doc_9/Document.xml", "../../etc/passwd", ""])
def test_a_root_that_is_not_there_is_damage(ofd, root):
    assert refusal(ofd(drawn(1, 1, "字"), root=root)) is Reason.DOCUMENT_DAMAGED


def test_a_file_without_a_document_is_damaged(packed):
    assert refusal(packed({"OFD.xml": "<ofd/>"})) is Reason.DOCUMENT_DAMAGED


def test_entities_are_not_expanded(ofd):
    evil = '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    assert refusal(ofd("", **{"Doc_0/Pages/0/Content.xml": evil})) is Reason.DOCUMENT_UNSAFE


def test_pages_beyond_the_limit_are_left_out_and_said(ofd):
    collected = Collected(Limits(pages=1))
    read_ofd(ofd(drawn(1, 1, "一"), drawn(1, 1, "二")), collected)
    assert (len(collected.parts), collected.complete) == (1, False)


def test_numbers_that_are_none_are_taken_for_nothing(ofd):
    assert read(ofd(drawn("nan", "1e999", "字") + drawn("x", "x", "符"))).text.replace("\t", "") in ("字符", "符字")


places = st.floats(0, 300)


@given(st.lists(st.builds(Piece, places, places, places, st.text(min_size=1, max_size=3).filter(str.strip))))
def test_no_piece_is_lost_or_told_twice(pieces):
    told = "".join(line.text for line in lines(pieces))
    assert sorted(told.replace("\t", "")) == sorted("".join(piece.text for piece in pieces).replace("\t", ""))
