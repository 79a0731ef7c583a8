"""What is harmful can be read, and neither clicked nor pasted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.model.defang import defanged, defanged_text
from xuncha.model.message import Kind, Url, param


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://www.bad.example/a.html?b=c.d", "hxxp://www[.]bad[.]example/a.html?b=c.d"),
        ("HTTPS://bad.example:8443/", "hxxps://bad[.]example:8443/"),
        ("http://9.9.9.9/", "hxxp://9[.]9[.]9[.]9/"),
        ("//bad.example/x", "//bad[.]example/x"),
        ("bad.example", "bad[.]example"),
    ],
)
def test_an_address_is_made_harmless(url, shown):
    assert defanged(url) == shown


def test_it_is_still_shown_as_an_address():
    assert isinstance(defanged("http://bad.example/"), Url)
    assert param(defanged("http://bad.example/")).kind is Kind.URL


def test_words_lose_the_addresses_in_them():
    assert (
        defanged_text("皇冠www.bad.com登录 http://x.bad.vip/a.b") == "皇冠www[.]bad[.]com登录 hxxp://x[.]bad[.]vip/a.b"
    )


@pytest.mark.parametrize("text", ["第1.2节", "2023.10.01", "v3.12.1", "报告.", "a@b"])
def test_other_words_stay_as_they_are(text):
    assert defanged_text(text) == text


@given(st.text(max_size=200))
def test_once_is_as_good_as_twice(url):
    assert defanged(defanged(url)) == defanged(url)
    assert "http://" not in defanged_text(url).lower()
