import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.crawl.sitemap import MAX_BYTES, MAX_URLS, is_index, listed, unpacked

HEAD = b'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'


def sitemap(*urls):
    return HEAD + b"".join(b"<url><loc>%s</loc></url>" % url for url in urls) + b"</urlset>"


def test_the_urls_come_in_their_order():
    assert list(listed(sitemap(b"http://a.example/1", b"http://a.example/0"))) == [
        "http://a.example/1",
        "http://a.example/0",
    ]


@pytest.mark.parametrize(
    "written",
    [
        b"http://a.example/?a=1&amp;b=2",
        b"\n  http://a.example/?a=1&amp;b=2\t",
        b"<![CDATA[http://a.example/?a=1&b=2]]>",
    ],
)
def test_the_ways_to_write_one(written):
    assert list(listed(sitemap(written))) == ["http://a.example/?a=1&b=2"]


def test_pictures_are_no_pages():
    assert list(listed(HEAD + b"<image:image><image:loc>http://a.example/1.jpg</image:loc></image:image>")) == []


def test_other_schemes_and_relative_urls_are_left_out():
    assert list(listed(sitemap(b"file:///etc/passwd", b"/a", b"javascript:alert(1)"))) == []


def test_a_plain_list_of_lines():
    lines = b"\xef\xbb\xbfhttp://a.example/1\r\n  http://a.example/2\n# x\nftp://a.example/3\n"
    assert list(listed(unpacked(lines))) == ["http://a.example/1", "http://a.example/2"]


def test_an_index_is_told_from_a_list_of_pages():
    assert is_index(
        b"<?xml version='1.0'?><sitemapindex><sitemap><loc>http://a.example/s.xml</loc></sitemap></sitemapindex>"
    )
    assert not is_index(sitemap(b"http://a.example/"))


def test_no_entity_is_expanded():
    bomb = b'<!DOCTYPE x [<!ENTITY a "http://a.example/">]><urlset><url><loc>&a;</loc></url></urlset>'
    assert list(listed(bomb)) == []


def test_no_more_urls_than_the_standard_allows():
    assert sum(1 for _ in listed(sitemap(*[b"http://a.example/"] * (MAX_URLS + 5)))) == MAX_URLS


def test_a_gzip_file_is_unpacked_and_cut():
    assert unpacked(gzip.compress(sitemap(b"http://a.example/"))) == sitemap(b"http://a.example/")
    assert len(unpacked(gzip.compress(bytes(MAX_BYTES + 1000), 1))) == MAX_BYTES


@pytest.mark.parametrize("body", [b"\x1f\x8b", b"\x1f\x8bnonsense", b"\x1f\x8b\x08" + b"\xff" * 50])
def test_a_broken_gzip_file_is_empty(body):
    assert unpacked(body) == b""


@pytest.mark.parametrize(
    "body", [b"<loc>" * 200_000, b"<loc>" + b" " * 1_000_000, b"\n" * 1_000_000, b"<loc" + b" " * 1_000_000]
)
def test_a_hostile_file_is_read_once(body):
    assert list(listed(body)) == []


@given(st.binary(max_size=300))
def test_anything_is_read_without_an_error(body):
    assert all(url.startswith("http") for url in listed(unpacked(body)))
