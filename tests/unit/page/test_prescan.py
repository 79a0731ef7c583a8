import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.page import prescan
from xuncha.page.prescan import excess, is_noise


@pytest.fixture
def low_caps(monkeypatch):
    monkeypatch.setattr(prescan, "MAX_DEPTH", 20)
    monkeypatch.setattr(prescan, "MAX_ATTRIBUTES", 60)


def test_an_ordinary_page_passes():
    assert excess("<html><body>" + "<div><p>文字</p></div>" * 5000) == ""


def test_a_page_longer_than_the_cap_is_refused():
    assert "characters" in excess("x" * (prescan.MAX_CHARS + 1))


def test_too_many_tags_are_refused():
    assert "tags" in excess("<p>" * (prescan.MAX_TAGS + 1))


def test_100_000_nested_tags_are_refused():
    assert "deep" in excess("<div>" * 100_000)


def test_a_million_attributes_are_refused():
    assert "attributes" in excess("<a " + "b " * 1_000_000 + ">")


def test_a_million_words_are_not_attributes():
    assert excess("<p>" + "b " * 1_000_000) == ""


@pytest.mark.usefixtures("low_caps")
@pytest.mark.parametrize(
    "markup",
    ["<div>" * 30, "<div><table></div>" * 30, "<B>" * 30, "<a/>" * 30, "<x title='>'>" * 30, "</b></b><i>" * 30],
)
def test_nesting_is_seen_through_tricks(markup):
    assert "deep" in excess(markup)


@pytest.mark.usefixtures("low_caps")
@pytest.mark.parametrize(
    "markup",
    [
        "<p>" * 50,
        "<ul>" + "<li>x" * 50 + "</ul>",
        "<br>" * 50,
        "<div>x</div>" * 50,
        "<svg>" + "<path/>" * 50 + "</svg>",
    ],
)
def test_what_does_not_nest_is_not_counted_as_depth(markup):
    assert excess(markup) == ""


@pytest.mark.usefixtures("low_caps")
@pytest.mark.parametrize("rest", ["a " * 70, "a/" * 70, "a=''" * 70, '" ' + "a " * 70, "b='>' " * 70])
def test_attributes_are_counted_however_they_are_separated(rest):
    assert "attributes" in excess(f"<a {rest}>" + " " * 200)


@pytest.mark.usefixtures("low_caps")
@given(st.text(alphabet="<>/ ab='\"\n", max_size=400))
def test_any_text_gets_an_answer(text):
    assert isinstance(excess(text), str)


@pytest.mark.parametrize("body", [bytes(range(256)) * 20, b"\0" * 50, b"\x78\x9c\x01\x02\x03\x04\x05 packed"])
def test_bytes_that_are_no_text_are_noise(body):
    assert is_noise(body)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs", "iso2022_jp"])
def test_text_is_no_noise_in_any_encoding(encoding):
    assert not is_noise("<p>\t一二三\r\n</p>".encode(encoding) * 50)


@pytest.mark.parametrize("body", [b"", b"\0", b"<p>" + "政".encode() * 500 + b"\0\0\0\x08</p>"])
def test_a_few_slips_of_an_editor_are_no_noise(body):
    assert not is_noise(body)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_no_text_without_control_characters_is_noise(text):
    assert not is_noise(text.encode())
