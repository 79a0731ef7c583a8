import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.page.encoding import decode, standard_name

SENTENCE = "市人民政府办公室关于做好网站检查工作的通知，请各部门按时报送自查情况。"
TRADITIONAL = "臺北市政府全球資訊網，市政新聞，為民服務，線上申辦，本府各機關網站，歡迎使用。"


def html(text, meta=""):
    return f"<html><head>{meta}<title>{text}</title></head><body><p>{text}</p></body></html>"


def test_a_byte_order_mark_beats_the_header():
    text, encoding = decode("\ufeff通知".encode(), "text/html; charset=gbk")
    assert (text, encoding.name, encoding.source) == ("通知", "UTF-8", "bom")


def test_utf16_is_read_by_its_mark():
    text, encoding = decode("\ufeff通知".encode("utf-16-le"))
    assert (text, encoding.name) == ("通知", "UTF-16LE")


def test_the_header_beats_the_meta_element():
    body = html(SENTENCE, '<meta charset="utf-8">').encode("gb18030")
    text, encoding = decode(body, 'text/html; charset="GB2312"')
    assert SENTENCE in text
    assert (encoding.name, encoding.source, encoding.conflict) == ("GBK", "header", "")


@pytest.mark.parametrize(
    "meta",
    [
        "<meta charset=gb2312>",
        "<META CHARSET='GB2312'>",
        '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">',
        '<meta content="text/html;charset=gb2312" http-equiv=content-type />',
        '<!-- <meta charset="utf-8"> --><meta charset="gb2312">',
        '<link title="<meta charset=utf-8>" rel=x><meta charset="gb2312">',
        '<meta charset="no-such"><meta charset="gb2312">',
        '<meta name="keywords" content="charset=utf-8"><meta charset="gb2312">',
    ],
)
def test_the_meta_element_declares_what_a_browser_would_take(meta):
    text, encoding = decode(html(SENTENCE, meta).encode("gb18030"))
    assert SENTENCE in text
    assert (encoding.name, encoding.source) == ("GBK", "meta")


def test_a_late_meta_element_still_counts():
    body = html(SENTENCE, f"<style>{'a{}' * 600}</style><meta charset=gb2312>").encode("gb18030")
    assert decode(body)[1].source == "meta"


def test_a_meta_element_in_the_body_does_not_count():
    body = f"<body><p>{SENTENCE}</p><meta charset=big5>".encode("gb18030")
    assert decode(body)[1].name == "gb18030"


def test_utf16_declared_in_readable_ascii_means_utf8():
    assert decode(b"<meta charset=utf-16><p>x")[1].name == "UTF-8"


@pytest.mark.parametrize(
    ("sent", "text", "name"),
    [("utf-8", SENTENCE, "UTF-8"), ("gb18030", SENTENCE, "gb18030"), ("big5", TRADITIONAL, "Big5")],
)
def test_an_undeclared_encoding_is_detected(sent, text, name):
    found, encoding = decode(html(text).encode(sent))
    assert text in found
    assert (encoding.name, encoding.source) == (name, "detected")
    assert encoding.confidence > 0.5


@pytest.mark.parametrize("title", ["首页", "通知公告", "政务公开", "海淀区人民政府"])
def test_a_few_words_of_gbk_are_enough(title):
    text, encoding = decode(html(title).encode("gbk"))
    assert (title in text, encoding.name) == (True, "gb18030")


def test_a_character_cut_in_half_leaves_utf8_utf8():
    body = html(SENTENCE * 3).encode()
    cut = body.replace("通知".encode(), "通知".encode()[:-1], 1)
    encoding = decode(cut)[1]
    assert (encoding.name, encoding.source) == ("UTF-8", "detected")
    assert 0.9 < encoding.confidence < 1


def test_plain_ascii_is_assumed_to_be_utf8():
    encoding = decode(b"<p>hello")[1]
    assert (encoding.name, encoding.source, encoding.confidence) == ("UTF-8", "assumed", 1)


def test_gbk_declared_as_utf8_stays_garbled_as_in_browsers_and_is_noted():
    text, encoding = decode(html(SENTENCE).encode("gbk"), "text/html; charset=utf-8")
    assert "\ufffd" in text
    assert (encoding.name, encoding.conflict) == ("UTF-8", "gb18030")


def test_utf8_declared_as_gbk_is_noted():
    assert decode(html(SENTENCE).encode(), "text/html; charset=gb2312")[1].conflict == "UTF-8"


def test_gbk_behind_a_latin_header_is_noted():
    assert decode(html(SENTENCE).encode("gbk"), "text/html; charset=ISO-8859-1")[1].conflict == "gb18030"


def test_one_broken_character_is_no_conflict():
    body = html(SENTENCE).encode() + b"\xff"
    assert decode(body, "text/html; charset=utf-8")[1].conflict == ""


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("gb2312", "GBK"),
        (" GBK ", "GBK"),
        ("utf8", "UTF-8"),
        ("big5-hkscs", "Big5"),
        ("latin1", "windows-1252"),
        ("x", ""),
    ],
)
def test_labels_mean_what_the_encoding_standard_says(label, name):
    assert standard_name(label) == name


def test_the_euro_sign_and_stray_bytes_are_read_as_browsers_do():
    assert decode(b"\x80\xff<p>", "text/html; charset=gbk")[0] == "€\ufffd<p>"


@given(
    st.binary(max_size=3000),
    st.sampled_from(["", "utf-8", "gbk", "big5", "utf-16le", "hz-gb-2312", "x-user-defined", "\x00"]),
)
def test_any_bytes_become_text_without_lone_surrogates(body, label):
    text, encoding = decode(body, f"text/html; charset={label}")
    text.encode()
    assert 0 <= encoding.confidence <= 1


@given(st.binary(max_size=2000))
def test_any_head_is_searched_for_a_declaration(head):
    decode(b"<meta " + head + b"<meta charset=gbk>")


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5) | st.sampled_from("<p>a1 ，。"), max_size=200))
def test_declared_chinese_is_read_back_unchanged(text):
    assert decode(text.encode("gb18030"), "text/html; charset=gb18030")[0] == text
