import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.crawl.keys import digest, host_of, origin_of, page_key, sibling, twin

HOME = "http://www.example.gov.cn"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("/a#part", "/a"),
        ("/a;jsessionid=0A1B2C?id=1", "/a?id=1"),
        ("/(S(abcdefghij0123456789abcd))/a.aspx", "/a.aspx"),
        ("/a?PHPSESSID=1&id=2", "/a?id=2"),
        ("/a?utm_source=x&spm=1.2", "/a"),
        ("/a?_=1700000000123", "/a"),
        ("/a?t=0.48151623421", "/a"),
        ("/a?id=2&b=1", "/a?b=1&id=2"),
        ("/a?", "/a"),
    ],
)
def test_what_changes_with_every_visit_is_no_part_of_the_key(url, key):
    assert page_key(HOME + url) == HOME + key


@pytest.mark.parametrize(
    "url", ["/index.html", "/a?sid=12", "/a?t=3", "/a?v=2", "/a?id=1&id=2", "/关于/", "/a(1).html"]
)
def test_everything_else_is(url):
    assert page_key(HOME + url) == HOME + url


def test_equal_names_keep_their_order():
    assert page_key(f"{HOME}/a?x=2&x=1") != page_key(f"{HOME}/a?x=1&x=2")


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_key_is_its_own_key(path, query):
    key = page_key(f"{HOME}/{path}?{query}")
    assert page_key(key) == key


@given(st.permutations(["a=1", "b=2", "c=3", "d"]))
def test_the_order_of_parameters_makes_no_other_page(pairs):
    assert page_key(f"{HOME}/?{'&'.join(pairs)}") == f"{HOME}/?a=1&b=2&c=3&d"


def test_digests_are_eight_bytes_and_the_same_in_every_process():
    assert digest("http://www.example.gov.cn/") == 0x480810084F5ED22F
    assert digest("") < 2**64


def test_a_twin_is_the_same_content_under_another_scheme_or_with_www():
    one = twin("http://example.gov.cn/a", "abc")
    assert one == twin("https://www.example.gov.cn/a", "abc")
    assert one != twin("https://www.example.gov.cn/a", "abd")
    assert one != twin("https://m.example.gov.cn/a", "abc")


@pytest.mark.parametrize("url", [f"{HOME}:8080/a", f"{HOME}:8080/", f"{HOME}:8080/a?b=c://d/"])
def test_host_and_origin_of_a_url(url):
    assert host_of(url) == "www.example.gov.cn:8080"
    assert origin_of(url) == f"{HOME}:8080"


def test_a_sibling_differs_in_scheme_and_www_only():
    origin = "https://www.example.gov.cn"
    assert sibling("http://example.gov.cn/a?b", origin) == f"{origin}/a?b"
    assert sibling(f"{origin}/a", origin) == ""
    assert sibling("http://m.example.gov.cn/a", origin) == ""
    assert sibling("http://example.gov.cn:8080/a", origin) == ""
