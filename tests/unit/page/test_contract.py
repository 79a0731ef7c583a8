"""The parser against a second one: what one finds the other finds too, in the same order."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from xuncha.page import parse_page

TRICKY = [
    "<a href=1><a href=2>x</a><p><a href=3>y<p>z",
    "<table><a href=1>x<tr><td><a href=2>y<table><a href=3>z",
    "<b><a href=1><p>x</b><a href=2>y",
    "<A HREF=1 href=2>x</A><a/href=3>y<a href = '4'>z",
    "<a href='a&amp;b&copy=1&lt'>x<a href=\"it's\">y<a href=>z",
    "<select><a href=1>x<option><a href=2>y</select><a href=3>z",
    "<svg><a href=1>x<foreignObject><a href=2>y</svg><a href=3>z",
    "<math><mtext><a href=1>x</math><a href=2>y",
    "<textarea><a href=1></textarea><a href=2>x<title><a href=3></title><a href=4>y",
    "<script>'<a href=1>'</script><style><a href=2></style><a href=3>x",
    "<!-- <a href=1> --><!--> <a href=2>x<!-- --!> <a href=3>y<![CDATA[<a href=4>]]>",
    "<a href=1\x00>x<a \x00href=2>y<a href='\x003'>z",
    "<a href='1\r\n2'>x<a href='\t3'>y",
    "<button><a href=1><button><a href=2>x",
    "<a href=1><object><a href=2>x</object></a><marquee><a href=3>y",
    "<frameset><frame></frameset><a href=1>x",
    "<nobr><a href=1><nobr><a href=2><nobr>x",
    "<ul><li><a href=1><ul><li><a href=2></ul><li><a href=3>",
    "</a><a href=1></p></a></br><a href=2><//><?a href=3><a href=4",
    "<h1><a href=1><h2><a href=2></h1></h2><a href=3>",
    "<a href=1><plaintext><a href=2>",
    "<body><a href=1></body></html><a href=2>x<body><a href=3>",
]


def hrefs(markup):
    body, headers = markup.encode(), [("Content-Type", "text/html; charset=utf-8")]
    ours = [link.raw for link in parse_page(body, url="http://www.example.gov.cn/", headers=headers).links]
    theirs = [node.attributes["href"] or "" for node in LexborHTMLParser(markup).css("a[href]")]
    return ours, theirs


@pytest.mark.parametrize("markup", TRICKY)
def test_tricky_documents_yield_the_same_links(markup):
    ours, theirs = hrefs(markup)
    assert ours == theirs


NAMES = re.findall(
    r"\w+", "p b i div table tr td ul li span h1 form select option svg math mtext desc button object nobr dd font ruby"
)
STARTS, ENDS = [f"<{name}>" for name in NAMES], [f"</{name}>" for name in NAMES]
PIECES = ["<a href=1>", "<a href=2>", "</a>", "x", " ", "<br>", "<input>", *STARTS, *ENDS]


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_tag_soup_yields_the_same_links(markup):
    ours, theirs = hrefs(markup)
    assert ours == theirs
