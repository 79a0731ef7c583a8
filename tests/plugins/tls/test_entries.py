import pytest

from xuncha.api import Site
from xuncha_plugins.tls.entries import Entry, entries


def of(*urls: str) -> list[Entry]:
    return list(entries(Site("a", "示例局", urls)))


def test_https_of_an_http_entry_is_expected_at_its_own_port():
    assert of("http://a.gov.cn:8080/x/") == [
        Entry("a.gov.cn", 443, https=False, plain_url="http://a.gov.cn:8080/x/", secure_url="https://a.gov.cn/x/"),
    ]


def test_http_of_an_https_entry_is_expected_at_its_own_port():
    assert of("https://a.gov.cn:8443/") == [
        Entry("a.gov.cn", 8443, https=True, plain_url="http://a.gov.cn/", secure_url="https://a.gov.cn:8443/"),
    ]


def test_both_schemes_of_a_host_are_one_entry():
    both = of("http://a.gov.cn:8080/", "https://a.gov.cn:8443/")
    assert both == [
        Entry("a.gov.cn", 8443, https=True, plain_url="http://a.gov.cn:8080/", secure_url="https://a.gov.cn:8443/")
    ]


def test_hosts_are_entries_of_their_own():
    assert [entry.host for entry in of("https://a.gov.cn/", "https://www.a.gov.cn/")] == ["a.gov.cn", "www.a.gov.cn"]


def test_addresses_keep_their_brackets():
    assert of("http://[2001:db8::1]/")[0].secure_url == "https://[2001:db8::1]/"


@pytest.mark.parametrize("url", ["", "ftp://a.gov.cn/", "http://", "http://a:x/", "http://[", "https://a.gov.cn:0/"])
def test_what_is_no_web_address_is_left_out(url):
    assert of(url) == []
