"""What a URL tells: its parts, what its path ends in, where it leads as an entry, its twin under the other scheme."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.api import ending_of, endpoint_of, host_of, other_scheme, url_parts


@pytest.mark.parametrize(
    ("url", "ending"),
    [
        ("http://a.gov.cn/b/%E8%A1%A8.XLSX?x=1.pdf", "xlsx"),
        ("http://a.gov.cn/b.d/c", ""),
        ("http://a.gov.cn", ""),
        ("http://[/c.pdf", ""),
    ],
)
def test_what_a_path_ends_in(url, ending):
    assert ending_of(url) == ending


@given(st.text(max_size=60) | st.text("[]:/@.%", max_size=20).map("http://".__add__))
def test_no_url_is_too_strange_to_be_taken_apart(url):
    assert len(url_parts(url)) == 5
    assert "/" not in ending_of(url)


@pytest.mark.parametrize(
    ("url", "endpoint"),
    [
        ("http://a.gov.cn/x/", ("a.gov.cn", 80)),
        ("https://a.gov.cn/", ("a.gov.cn", 443)),
        ("https://u@A.gov.cn.:8443/", ("a.gov.cn", 8443)),
        ("http://[2001:db8::1]:8080/", ("2001:db8::1", 8080)),
    ],
)
def test_an_entry_leads_to_a_host_and_a_port(url, endpoint):
    assert endpoint_of(url) == endpoint


@pytest.mark.parametrize("url", ["", "a.gov.cn", "ftp://a.gov.cn/", "http://", "http://a:x/", "https://a.gov.cn:0/"])
def test_what_is_no_web_address_leads_nowhere(url):
    assert endpoint_of(url) == ("", 0)
    assert other_scheme(url, ("http://a.gov.cn/",)) == ""


def test_the_declared_entry_of_the_same_host_is_the_twin():
    declared = ("http://b.gov.cn/", "https://a.gov.cn:1/", "http://a.gov.cn:8080/sy/")
    assert other_scheme("https://a.gov.cn:1/", declared) == "http://a.gov.cn:8080/sy/"


@pytest.mark.parametrize(
    ("url", "other"),
    [
        ("https://a.example:8443/x?y=1", "http://a.example/x?y=1"),
        ("http://[2001:db8::1]:81/", "https://[2001:db8::1]/"),
        ("http://u:p@a.example/", "https://a.example/"),
    ],
)
def test_else_it_is_at_the_other_schemes_own_port(url, other):
    assert other_scheme(url, (url,)) == other


@given(st.text(max_size=60) | st.text("htps:/\\@[]?#.%1aw-\t\n", max_size=40).map("https://".__add__))
def test_no_entry_is_too_strange_to_be_taken_apart(url):
    assert (endpoint_of(url) == ("", 0)) == (other_scheme(url, (url,)) == "")
    if twin := other_scheme(url, ()):
        assert host_of(twin) == endpoint_of(url)[0]
