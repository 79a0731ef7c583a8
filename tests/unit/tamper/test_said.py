"""What is said to those who run no scripts, and to search engines."""

import pytest

from xuncha.page import parse_page
from xuncha.tamper.said import canonical, without_script

URL = "http://www.a.gov.example/"


def page_of(html):
    return parse_page(html.encode(), url=URL, depth=0, status=200)


@pytest.mark.parametrize(
    ("held", "url"),
    [
        ('<meta http-equiv="refresh" content="0; URL=//b.example/x">', "http://b.example/x"),
        ("<p>x</p><meta content=\"1;url='https://b.example/'\" http-equiv=Refresh>", "https://b.example/"),
        ('<meta http-equiv="refresh" content="0;url=/plain.html">', ""),
        ('<img src="https://b.example/count.gif">', ""),
    ],
)
def test_where_those_without_scripts_are_sent(held, url):
    page = page_of(f"<noscript>{held}</noscript><p>x")
    assert without_script(page, page.markup) == url


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ('<link rel="canonical" href="https://b.example/">', "https://b.example/"),
        ('<link href="//b.example/a" rel="Canonical">', "http://b.example/a"),
        ('<link rel="canonical" href="/index.html">', ""),
        ('<link rel="stylesheet" href="https://b.example/canonical.css">', ""),
    ],
)
def test_the_address_that_search_engines_are_told(link, url):
    page = page_of(f"<head>{link}</head><body>x")
    assert canonical(page, page.markup) == url
