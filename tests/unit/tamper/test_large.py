"""Words that styles make large, and what lies behind the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from xuncha.page import parse_page
from xuncha.tamper.large import backdrop, sized
from xuncha.tamper.styles import Styled


def page_of(html):
    return parse_page(html.encode("utf-8", "surrogatepass"), url="http://www.a.gov.example/")


def large(html):
    page = page_of(html)
    return sized(page, Styled(page.markup))


@pytest.mark.parametrize(
    "html",
    [
        '<div style="font-size:60px">还我血汗钱</div>',
        '<p style="color:red; font-size : 4.5em !important">还我<b>血汗</b>钱</p>',
        '<div style="FONT-SIZE:30PT">还我血汗钱</div>',
        '<span style="font:italic bold 48px/1.2 serif">还我血汗钱</span>',
        '<h2 style="font-size:300%">还我血汗钱</h2>',
        "<style>p .k , #j{color:red;font-size:60px}</style><div class='b k'>还我血汗钱</div>",
        "<style>.a{color:red}\n#k{font-size:10vw}</style><div id=k>还我血汗钱</div>",
    ],
)
def test_words_that_a_style_makes_large_are_found(html):
    assert [" ".join(words.split()).replace(" ", "") for words in large(html)] == ["还我血汗钱"]


@pytest.mark.parametrize(
    "html",
    [
        '<div style="font-size:16px">还我血汗钱</div>',
        '<div style="font-size:1.160px">还我血汗钱</div>',
        '<div style="font-size:60px;display:none">还我血汗钱</div>',
        '<div style="font-size:60px"><a href="/a">还我血汗钱</a></div>',
        '<div style="font-size:60px">2026-11-23</div>',
        f'<div style="font-size:60px">{"还我血汗钱" * 20}</div>',
        "<style>.k{font-size:60px}</style><div id=k>还我血汗钱</div>",
        "<style>.k{font-size:60px}",
        "font-size:60px",
    ],
)
def test_words_that_none_makes_large_or_that_nobody_sees_are_not(html):
    assert large(html) == ()


@pytest.mark.parametrize(
    ("html", "host"),
    [
        ('<body style="background:url(http://x.example/h.jpg)">', "x.example"),
        ("<body class=a style=\"color:red;background-image: url('//x.example/h.jpg')\">", "x.example"),
        ('<html style="background:url(http://x.example/h.jpg)"><body>', "x.example"),
        ('<body style="background:url(/h.jpg)">', ""),
        ('<body><div style="background:url(http://x.example/h.jpg)">', ""),
    ],
)
def test_what_lies_behind_the_page_is_known_by_its_host(html, host):
    page = page_of(html)
    assert backdrop(page, page.markup) == host


@given(some.text('<div style="font-size:60px">#.k{}></dv ', max_size=200))
def test_any_markup_is_read(html):
    page = page_of(f"<style>{html}</style>{html}")
    assert len(sized(page, Styled(html + page.markup))) <= 6
    assert isinstance(backdrop(page, html), str)
