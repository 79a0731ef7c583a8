"""Pictures and scanned pages: what an engine tells becomes lines with their confidence, within bounds."""

import asyncio
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter

from xuncha.documents import ocr, reader, scans
from xuncha.documents.kinds import kind_of
from xuncha.documents.layout import Line, lines
from xuncha.documents.ocr import cleaned, lies, pieces
from xuncha.documents.ration import Ration
from xuncha.documents.reading import read
from xuncha.documents.refusal import OutOfTimeError, RefusedError
from xuncha.documents.scanned import better, is_scan
from xuncha.model.documents import CLEAR, SURE, DocumentKind, DocumentText, Part, Where, as_document
from xuncha.model.evidence import EvidenceFile, FileKind
from xuncha.model.fact import Gap
from xuncha.model.passages import passages
from xuncha.model.reasons import Reason
from xuncha.testing import FakeDocuments

SCANNED = Gap(Reason.DOCUMENT_SCANNED)
DRAWN = b"0 0 m 100 100 l S " * 300


def page(text="预案", sure=97, name="1"):
    return Part(Where.PAGE, name, text, confidence=(sure,) * (text.count("\n") + 1))


def document(*parts, **more):
    return DocumentText(DocumentKind.PDF, parts, **more)


def box(left, top, width=100, height=20, fall=0.0):
    right, below = left + width, top + width * fall
    return [[left, top], [right, below], [right, below + height], [left, top + height]]


def picture(*sizes, form="TIFF"):
    frames = [Image.new("L", size, "white") for size in sizes or [(40, 30)]]
    body = BytesIO()
    frames[0].save(body, form, **({"save_all": True, "append_images": frames[1:]} if form == "TIFF" else {}))
    return body.getvalue()


@pytest.fixture(autouse=True)
def eyes(monkeypatch):
    """An engine that tells these lines of each page, in turn; the sizes that it saw."""
    planned, seen = [[Line("应急预案", 98)]] * 50, []

    class Planned:
        def read(self, array):
            seen.append(array.shape)
            return planned[len(seen) - 1]

    monkeypatch.setattr(scans, "Eyes", Planned)
    return planned, seen


def refused(body, **more):
    with pytest.raises(RefusedError) as caught:
        read(body, scans=True, **more)
    return caught.value.reason


# What an engine tells


def test_a_table_on_a_page_that_lies_askew_is_read_row_by_row():
    told = [(box(x, y + x * 0.02, fall=0.02), f"{x}/{y}", 0.99) for y in (100, 130) for x in (1400, 0, 700)]
    assert [line.text for line in lines(pieces(told))] == ["0/100\t700/100\t1400/100", "0/130\t700/130\t1400/130"]


def test_a_line_is_as_sure_as_its_least_certain_piece():
    assert [line.sure for line in lines(pieces([(box(0, 0), "a", 0.999), (box(200, 0), "b", 0.71)]))] == [71]


def test_size_in_pixels_does_not_matter():
    small = [(box(0, 0), "a", 1), (box(102, 0), "b", 1), (box(0, 24), "c", 1)]
    large = [([[10 * x, 10 * y] for x, y in corners], text, sure) for corners, text, sure in small]
    assert list(lines(pieces(small))) == list(lines(pieces(large)))


@given(st.lists(st.tuples(*[st.floats(-1e4, 1e4)] * 8), max_size=8))
def test_boxes_of_any_form_lose_no_words(corners):
    told = [([[*one[:2]], [*one[2:4]], [*one[4:6]], [*one[6:]]], "字", 0.5) for one in corners]
    assert sum(line.text.count("字") for line in lines(pieces(told))) == len(told)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("林晓0300-812340216600003307", "林晓0300-8123402\t16600003307"),
        (" 张伟\n 安全员 ", "张伟 安全员"),
        ("370203197505150051", "370203197505150051"),
    ],
)
def test_numbers_that_ran_together_are_parted(read, meant):
    assert cleaned(read) == meant


def test_a_page_on_its_side_is_known_by_its_lines():
    assert lies([(box(0, 0, 20, 300), "a", 1), (box(50, 0, 20, 200), "b", 1)])
    assert not lies([(box(0, 0), "a", 1)])


# Pictures


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"])
def test_pictures_of_common_formats_are_read(form):
    body = picture(form=form)
    found = read(body, scans=True)
    assert kind_of(body) is found.kind is DocumentKind.IMAGE
    assert (found.text, found.by_ocr, found.unread, found.confidence) == ("应急预案", 1, 0, 98)


def test_each_page_of_a_tiff_is_a_page(eyes):
    eyes[0][1] = []
    found = read(picture((40, 30), (50, 30), (60, 30)), scans=True)
    assert ([part.name for part in found.parts], found.unread) == (["1", "3"], 1)


def test_beyond_so_many_pages_the_rest_stays_unread(eyes):
    found = read(picture(*[(9, 9)] * (scans.MOST_PAGES + 5)), scans=True)
    assert (found.by_ocr, found.unread, len(eyes[1])) == (scans.MOST_PAGES, 5, scans.MOST_PAGES)


def test_when_the_clock_has_run_out_no_further_page_is_begun(monkeypatch, eyes):
    monkeypatch.setattr(scans, "CLOCK", -1.0)
    assert (read(picture((9, 9), (9, 9)), scans=True).unread, len(eyes[1])) == (1, 1)


def test_a_bomb_of_pixels_is_not_unpacked(monkeypatch, eyes):
    monkeypatch.setattr(scans, "MOST_PIXELS", 5_000)
    assert refused(picture((100, 51), form="PNG")) is Reason.DOCUMENT_TOO_LARGE
    assert not eyes[1]


def test_a_large_picture_is_made_small_before_it_is_read(eyes):
    read(picture((4_000, 1_000), form="PNG"), scans=True)
    assert eyes[1] == [(500, 2_000, 3)]


@pytest.mark.parametrize("form", ["PNG", "TIFF", "BMP"])
def test_half_a_picture_is_damaged(form):
    whole = picture((400, 300), form=form)
    assert refused(whole[: len(whole) // 2], kind=DocumentKind.IMAGE) is Reason.DOCUMENT_DAMAGED


def test_a_photograph_without_words_stays_for_eyes(eyes):
    eyes[0][0] = []
    assert refused(picture()) is Reason.DOCUMENT_SCANNED


def test_what_was_read_before_time_ran_out_is_kept(eyes):
    class Late(list):
        def __bool__(self):
            raise OutOfTimeError

    eyes[0][1] = Late()
    found = read(picture((9, 9), (9, 9)), scans=True)
    assert (found.text, found.complete, found.unread) == ("应急预案", False, 1)


# PDFs


def test_a_scanned_page_takes_its_place_among_the_others(pdf, sample):
    both = PdfWriter()
    for body in (pdf(DRAWN), sample("list.pdf"), pdf(DRAWN)):
        both.append(BytesIO(body))
    body = BytesIO()
    both.write(body)
    found = read(body.getvalue(), scans=True)
    assert [(part.name, bool(part.confidence)) for part in found.parts] == [("1", True), ("2", False), ("3", True)]
    assert (found.unread, found.by_ocr) == (0, 2)


def test_a_page_with_text_is_not_looked_at(sample, eyes):
    assert (read(sample("list.pdf"), scans=True).by_ocr, eyes[1]) == (0, [])


def test_without_being_asked_nobody_reads_scans(pdf, sample, eyes):
    assert (read(pdf(DRAWN, onto=sample("list.pdf"))).unread, eyes[1]) == (1, [])


# Without the extra


def test_without_the_engine_the_reason_says_so(pdf, sample, monkeypatch):
    monkeypatch.setattr(ocr, "PACKAGES", ("rapidocr_that_nobody_has",))
    assert (refused(picture()), refused(pdf(DRAWN))) == (Reason.OCR_MISSING, Reason.OCR_MISSING)
    assert read(pdf(DRAWN, onto=sample("list.pdf")), scans=True).unread == 1


# What is made of it


def test_lines_of_which_nobody_can_be_sure_are_no_text():
    guessed = Part(Where.PAGE, "1", "预案\n二零二六\n总则", confidence=(CLEAR, SURE - 1, 99))
    assert as_document(document(guessed)).text == "预案\n总则"
    assert "二零二六" in document(guessed).text


def test_a_page_that_is_not_clear_is_no_text_though_ocr_is_sure_of_some_lines():
    blurred = Part(Where.PAGE, "1", "预案\n总则\n附则", confidence=(99, CLEAR - 1, CLEAR - 1))
    assert as_document(document(blurred)).reason is Reason.DOCUMENT_SCANNED


def test_a_page_of_guesses_is_unread():
    found = as_document(document(page(), page("编号", 40, "2")))
    assert (found.text, found.unread) == ("预案", 1)
    assert as_document(document(page("编号", 40))).reason is Reason.DOCUMENT_SCANNED


def test_passages_keep_the_confidence_of_their_lines():
    text = document(Part(Where.PAGE, "2", "预案\n\n电话", confidence=(99, 98, 91)), Part(Where.PAGE, "3", "附件"))
    found = passages(EvidenceFile("plan.pdf", 1, FileKind.PDF), text)
    assert [(one.locator.page_number, one.locator.ocr) for one in found] == [(2, 99), (2, 91), (3, None)]


def test_an_answer_without_a_confidence_for_each_line_is_not_believed():
    said = b'{"text": {"kind": "pdf", "parts": [{"where": "page", "name": "1", "text": "a\\nb", "hidden": false,'
    said += b' "confidence": [1]}], "complete": true, "unread": 0}}'
    assert reader._understood(said, "a.pdf").reason is Reason.PROGRAM_FAILED


@pytest.mark.parametrize(
    ("found", "scan"),
    [
        (SCANNED, True),
        (Gap(Reason.DOCUMENT_DAMAGED), False),
        (document(unread=1), True),
        (document(page()), False),
        (DocumentText(DocumentKind.DOCX, (), unread=1), False),
    ],
)
def test_only_what_ocr_can_read_is_read_twice(found, scan):
    assert is_scan(found) is scan


def test_text_is_not_lost_by_a_second_reading_that_failed():
    text, late = document(unread=1), Gap(Reason.DOCUMENT_TOO_LARGE)
    assert (better(text, late), better(SCANNED, late)) == (text, late)


# What it may cost


class Seeing(FakeDocuments):
    """A reader that takes a second for text and a hundred for pictures."""

    async def read(self, body, name="", *, scans=False):
        self.asked.append(scans)
        return (document(page()), 100.0) if scans else (SCANNED, 1.0)


def asked(ration, *bodies):
    async def ask():
        return [await ration.text(body, scans=True) for body in bodies]

    return asyncio.run(ask())


def test_beyond_what_a_site_may_cost_scans_stay_unread():
    *read_, last = asked(Ration(Seeing(), by_ocr=150.0), b"1", b"2", b"3")
    assert ([one.by_ocr for one in read_], last.reason) == ([1, 1], Reason.DOCUMENT_SCANNED)


def test_the_same_scan_is_read_once():
    seeing = Seeing()
    asked(Ration(seeing), b"1", b"1")
    assert seeing.asked == [False, True]


def test_a_probe_that_does_not_ask_for_it_costs_no_ocr():
    seeing = Seeing()
    assert asyncio.run(Ration(seeing).text(b"1")).reason is Reason.DOCUMENT_SCANNED
    assert seeing.asked == [False]
