"""Which hosts belong to a site."""

import pytest

from xuncha.model.site import Authorisation, Site
from xuncha.net.scope import Scope, host_of
from xuncha.net.target import Target


def site(*urls, **authorised):
    paper = Authorisation("A1", "文", "区政务办", **authorised) if authorised else None
    return Site("s1", "示例", urls, authorisation=paper)


def contains(scope, url):
    return scope.contains(Target.parse(url))


@pytest.mark.parametrize(
    "url", ["https://www.example.gov.cn/x", "http://example.gov.cn:8080/", "HTTP://EXAMPLE.gov.cn./"]
)
def test_the_entry_host_and_its_sibling_belong_on_any_port(url):
    assert contains(Scope.of(site("http://www.example.gov.cn/")), url)


@pytest.mark.parametrize(
    "url",
    ["http://a.example.gov.cn/", "http://example.gov.cn.evil.example/", "http://xexample.gov.cn/", "http://127.0.0.1/"],
)
def test_other_hosts_do_not(url):
    assert not contains(Scope.of(site("http://example.gov.cn/")), url)


def test_hosts_named_by_the_authorisation_or_beside_it_belong():
    scope = Scope.of(
        site("http://example.gov.cn/", domains=("oa.example.gov.cn",)), extra=["http://live.example.gov.cn/x"]
    )
    assert contains(scope, "http://oa.example.gov.cn/")
    assert contains(scope, "http://live.example.gov.cn/")


def test_a_zone_is_authorised_but_not_part_of_the_site():
    scope = Scope.of(site("http://www.example.gov.cn/", domains=("*.district.gov.cn",)))
    assert scope.authorises("a.b.district.gov.cn")
    assert scope.authorises("district.gov.cn")
    assert not scope.authorises("xdistrict.gov.cn")
    assert not contains(scope, "http://a.district.gov.cn/")


def test_what_is_another_sites_entry_stays_there():
    shared = {"domains": ("www.a.gov.cn", "www.b.gov.cn")}
    scope = Scope.of(
        site("http://www.a.gov.cn/", **shared), elsewhere=["http://www.b.gov.cn/", "http://www.a.gov.cn/b"]
    )
    assert contains(scope, "http://a.gov.cn/")
    assert not contains(scope, "http://www.b.gov.cn/")


def test_an_address_can_be_what_is_authorised():
    scope = Scope.of(site("http://www.example.gov.cn/", addresses=("203.0.113.0/28",)))
    assert scope.authorises("other.example", "203.0.113.7")
    assert not scope.authorises("other.example", "203.0.113.77")
    assert not scope.authorises("other.example")


def test_a_site_known_by_name_only_has_no_hosts():
    assert Scope.of(site()).hosts == frozenset()


def test_a_host_is_read_from_a_url_or_a_bare_name():
    assert [host_of(text) for text in ("政务.cn", "http://A.cn:8/x", "::1", "[::2]:8", "a:b:c", "")] == [
        *("xn--zfr164b.cn", "a.cn", "::1", "::2", "", ""),
    ]
