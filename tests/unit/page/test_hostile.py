"""Whatever a page holds, it is read without an exception, and nothing that comes out breaks later stages."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xuncha.page import parse_page

VIEWS = [
    *("base", "links", "forms", "scripts", "frames", "metas", "title", "lang", "text", "comments"),
    *("external_hosts", "scripted", "scripted_regions"),
]
SAMPLE = """<!doctype html><html lang=zh-CN><head><meta charset=gb2312><title>某市</title><base href=/a/>
<meta http-equiv=refresh content="5;url='b.html'"><style>@import "c.css";p{background:url(d.png)}</style>
<link rel=icon href=e.ico><script>$("#f").load("/f.html");location.href='g.html'</script></head><body background=h.png>
<a href="javascript:void(0)" onclick="window.open('i.html')">办事</a><a href=http://127.1/>x</a><a href=#>空</a>
<img src=j.png srcset="k.png 2x, l.png"><iframe src=m.html></iframe>
<form action=n.do><input type=password name=o></form>
<select onchange="location=this.value"><option value=/p>q</select><ul id=list></ul>
<noscript>r</noscript></body>""".encode("gb18030")


def strings(value):
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        yield from strings([getattr(value, field.name) for field in dataclasses.fields(value)])
    elif isinstance(value, tuple | list | frozenset):
        for item in value:
            yield from strings(item)


def read_everything(body, content_type=""):
    page = parse_page(body, url="http://www.example.gov.cn/a/", headers=[("Content-Type", content_type)])
    for view in VIEWS:
        for text in strings(getattr(page, view)):
            text.encode()
    for element in page.select("*"):
        assert element.tag


@given(st.binary(max_size=2000), st.sampled_from(["", "text/html; charset=utf-16", "text/html; charset=big5"]))
def test_any_bytes_can_be_read(body, content_type):
    read_everything(body, content_type)


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(SAMPLE)), st.integers(0, 60), st.binary(max_size=12)), max_size=8))
def test_any_mutation_of_a_page_can_be_read(edits):
    body = SAMPLE
    for at, length, replacement in edits:
        body = body[:at] + replacement + body[at + length :]
    read_everything(body)


@pytest.mark.parametrize(
    "body",
    [
        b"<a href=x><object>" * 9_000,
        b"<div onclick=\"location='x'\">" * 9_000 + b"t" * 100_000,
        b"<form><div></form>" * 9_000 + b"<input name=x>" * 9_000,
        b"<style>" + b"url(/*" * 100_000,
        b"<script>" + b"$('#a').load('x');" * 20_000,
        b"<script>$" + b" " * 500_000 + b".load('x')",
        b"<meta http-equiv=refresh content='0" + b" " * 500_000 + b"'>",
        b"<img srcset='" + b"a," * 200_000 + b"'>",
        b"<blockquote>" * 9_000 + b"<p>x" * 9_000,
        b"<meta " * 50_000 + b"charset",
        b"<" * 200_000,
        b"<script></script>" + b"<div>" * 20_000 + b"{{" * 50_000,
    ],
    ids=range(12),
)
def test_repetition_is_read_in_one_pass(body):
    read_everything(body)


def test_code_points_that_are_no_characters_are_replaced():
    page = parse_page(b"<p title='&#xD800;'>&#xDFFF;&#0;", url="http://www.example.gov.cn/")
    assert page.text == "\ufffd\ufffd"
    assert page.select("p")[0].attrs["title"] == "\ufffd"
