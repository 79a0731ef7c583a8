"""A page once a browser has run its scripts."""

import pytest

from xuncha.page import parse_page, rendered_page

URL = "http://www.example.gov.cn/tzgg/"
SHELL = b"<h1>\xe9\x80\x9a\xe7\x9f\xa5</h1><ul id=news-list></ul><script>fill('news-list')</script>"
EMPTY = "<p>通知公告</p><ul id=news-list></ul><script>x.html('news-list')</script>"
FILLED = "<h1>通知</h1><ul id=news-list><li><a href=a.html>关于某项工作的通知</a></li></ul>"


@pytest.fixture
def answered():
    return parse_page(SHELL, url=URL, headers=(("Content-Type", "text/html; charset=utf-8"),), seconds=0.5)


def test_shows_what_scripts_wrote(answered):
    shown = rendered_page(answered, FILLED, whole=True)
    assert (shown.rendered, shown.html, [link.target for link in shown.links]) == (True, FILLED, [f"{URL}a.html"])


def test_is_else_as_it_was_answered(answered):
    shown = rendered_page(answered, FILLED, whole=True)
    for name in ("url", "status", "headers", "sha256", "body_bytes", "seconds", "encoding"):
        assert getattr(shown, name) == getattr(answered, name)


def test_knows_the_page_as_it_was_answered(answered):
    assert rendered_page(answered, FILLED, whole=True).fetched is answered
    assert answered.fetched is answered


def test_names_no_lines_which_would_be_those_of_another_text(answered):
    assert {link.line for link in rendered_page(answered, FILLED, whole=True).links} == {None}


def test_what_is_empty_in_a_whole_page_is_empty(answered):
    shown = rendered_page(answered, EMPTY, whole=True)
    assert (shown.scripted, shown.scripted_regions, shown.filled_boxes) == (False, (), ())
    assert shown.empty_regions


def test_what_is_empty_in_a_page_that_lacks_something_may_be_filled(answered):
    shown = rendered_page(answered, EMPTY, whole=False)
    assert (shown.scripted_regions, shown.filled_boxes) == (("ul#news-list",), ("ul#news-list",))


def test_a_page_beyond_the_caps_is_none(answered):
    assert rendered_page(answered, "<div>" * 50_000, whole=True) is None
