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


@pytest.mark.parametrize(
    "host", ["localhost", "a.localhost", "10.0.0.1", "192.168.1.1", "169.254.1.1", "::1", "fd00::1"]
)
def test_private_hosts(host):
    assert urls.is_private(host)


@pytest.mark.parametrize("host", ["www.a.example", "8.8.8.8", "2400:3200::1", ""])
def test_public_hosts(host):
    assert not urls.is_private(host)


@given(st.text(max_size=80) | st.text("http:/[]@?#.%1a", max_size=40).map("http://".__add__))
def test_no_url_is_too_strange(url):
    urls.is_home(url), urls.depth_of(url), urls.origin_of(url), urls.same_site(url, url)
    assert isinstance(urls.is_private(urls.host_of(url)), bool)
