import pytest

from xuncha.crawl.frontier import Entry
from xuncha.crawl.reading import media_type, read
from xuncha.model.reasons import Reason
from xuncha.testing.net import page

ENTRY = Entry("http://www.example.gov.cn/a", "k", 2, "http://www.example.gov.cn/", "甲")


@pytest.mark.parametrize(
    ("declared", "body", "expected"),
    [
        ("text/html; charset=gbk", b"<p>", "text/html"),
        ("TEXT/HTML", b"x", "text/html"),
        ("text/html", b"%PDF-1.7", "application/pdf"),
        ("text/html", b"PK\x03\x04", "application/zip"),
        ("application/pdf", b"<html>", "application/pdf"),
        ("text/plain", b"<html>", "text/plain"),
        ("", b"\xef\xbb\xbf\r\n <!DOCTYPE html>", "text/html"),
        ("", b"\x89PNG", "image/png"),
        ("", b"hello", ""),
    ],
)
def test_the_type_is_what_the_server_says_unless_the_bytes_prove_otherwise(declared, body, expected):
    assert media_type(page(body, media=declared)) == expected


@pytest.mark.parametrize("media", ["application/pdf", "image/png", "text/plain", "application/json"])
def test_only_html_is_parsed(media):
    result = read(ENTRY, page("<a href=/>x</a>", media=media))
    assert result.page is None
    assert (result.record.media_type, result.record.problem) == (media, None)


def test_a_page_that_was_cut_is_not_judged():
    reply = type(page())(
        "u", "http://www.example.gov.cn/a", 200, (("content-type", "text/html"),), b"<p>", truncated=True
    )
    assert read(ENTRY, reply).record.problem is Reason.TOO_LARGE


@pytest.mark.parametrize("body", [b"<div>" * 200_000, bytes(range(256)) * 20], ids=["nested", "noise"])
def test_a_page_that_cannot_be_read_has_its_hash_all_the_same(body):
    result = read(ENTRY, page(body, media="text/html"))
    assert (result.page, result.record.problem) == (None, Reason.PAGE_UNREADABLE)
    assert len(result.record.sha256) == 64


def test_too_many_requests_says_something_of_us_not_of_the_site():
    assert read(ENTRY, page("x", status=429)).record.problem is Reason.RATE_LIMITED


def test_where_the_page_was_found_stays_with_it():
    record = read(ENTRY, page("<p>你好")).record
    assert (record.depth, record.parent, record.link_text) == (2, "http://www.example.gov.cn/", "甲")
