"""What is read from a URL alone, and from a page's head."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha_plugins.links import urls


@pytest.mark.parametrize("url", ["http://a.example", "http://a.example/", "https://a.example:8443/index.html"])
def test_home_pages_look_so(url):
    assert urls.is_home(url)


@pytest.mark.parametrize("url", ["http://a.example/a.html", "http://a.example/?id=1", "", "nonsense"])
def test_other_pages_do_not(url):
    assert not urls.is_home(url)


@pytest.mark.parametrize(
    ("url", "depth"),
    [
        ("http://a.example/", 0),
        ("http://a.example/index.jsp", 0),
        ("http://a.example/zwgk/", 1),
        ("http://a.example/zwgk/2018.html", 2),
        ("http://a.example/show.asp?id=3", 2),
        ("http://a.example/a/jump?url=http://b.example/", 0),
    ],
)
def test_depth_counts_what_was_asked_for(url, depth):
    assert urls.depth_of(url) == depth


@given(st.text(max_size=80) | st.text("http:/[]@?#.%1a", max_size=40).map("http://".__add__))
def test_no_url_is_too_strange(url):
    urls.is_home(url), urls.depth_of(url), urls.origin_of(url)
    assert urls.same_site(url, url)
