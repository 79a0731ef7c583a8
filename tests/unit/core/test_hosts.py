"""What the name of a host tells by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.api import (
    host_of,
    is_address,
    is_inside,
    is_private,
    public_suffix,
    registrable,
    same_registrable,
    site_host,
    upwards,
    without_www,
)
from xuncha.model.hosts import LONGEST_NAME
from xuncha.net.target import BadUrl, Target

STRANGE = st.text(max_size=60) | st.text("htps:/\\@[]?#.%1aw-\t\n ：。文", max_size=40).map("http://".__add__)
KNOWN = "www a slj gov com cn sh sd go jp uk co example xn--zfr164b 1 github io"
LABELS = st.sampled_from(KNOWN.split()) | st.text("az9-", max_size=5)
NAMES = st.lists(LABELS, max_size=6).map(".".join)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.shiliqu.gov.cn/zwgk/", "www.shiliqu.gov.cn"),
        ("HTTP://User:x@WWW.A.cn.:8443?a=//b.cn/", "www.a.cn"),
        ("//a.cn/x.js", "a.cn"),
        ("http://示例区.政务/", "xn--fsqr3g1x9b.xn--zfr164b"),
        ("http://www。a。cn/", "www.a.cn"),
        ("http://[2400:3200::1]:80/", "2400:3200::1"),
        ("http://0x7f.1/", "127.0.0.1"),
        ("http:\\\\a.cn\\@b.cn/", "a.cn"),
        ("http:/a.cn//b/c", "a.cn"),
        ("http:///a.cn/", "a.cn"),
    ],
)
def test_the_host_is_the_one_that_a_browser_asks(url, host):
    assert host_of(url) == host


@pytest.mark.parametrize(
    "url", ["", "a.cn", "/zwgk/", "javascript:void(0)", "http://", "http://[::1", "http://a b.cn/", "http://\ud800/"]
)
def test_where_there_is_no_host_there_is_none(url):
    assert host_of(url) == ""


@given(st.text("abn0x1-.:8_%A", max_size=24))
def test_a_name_that_is_not_parsed_is_read_as_if_it_were(authority):
    # With one slash it is always parsed.
    assert host_of(f"http://{authority}/") == host_of(f"http:/{authority}/")


@given(STRANGE)
def test_every_url_has_the_host_that_is_asked(url):
    try:
        expected = Target.parse(url).host
    except BadUrl:
        expected = host_of(url) if not url.startswith(("http:", "https:")) else ""
    assert host_of(url) == expected


def test_a_very_long_authority_is_read_and_not_kept():
    name = "a" * 2 * LONGEST_NAME
    assert host_of(f"http://{name}@b.cn/") == "b.cn"
    assert registrable(f"{name}.cn") == f"{name}.cn"


@pytest.mark.parametrize(
    ("host", "registered"),
    [
        ("www.shiliqu.gov.cn", "shiliqu.gov.cn"),
        ("slj.bd.gov.cn", "bd.gov.cn"),
        ("a.b.c.com.cn", "c.com.cn"),
        ("www.pudong.sh.cn", "pudong.sh.cn"),
        ("a.xx.sd.cn", "xx.sd.cn"),
        ("www.gov.cn", "www.gov.cn"),
        ("www.example.cn", "example.cn"),
        ("www.xn--fsqr3g1x9b.xn--zfr164b", "xn--fsqr3g1x9b.xn--zfr164b"),
        ("www.a.xn--55qx5d.cn", "a.xn--55qx5d.cn"),
        ("www.example.com", "example.com"),
        ("a.sd.com", "sd.com"),
        ("www.tax.gov.uk", "tax.gov.uk"),
        ("www.soumu.go.jp", "soumu.go.jp"),
        ("www.go.com", "go.com"),
        ("www.shili.gov.example", "shili.gov.example"),
        ("10.1.2.3", "10.1.2.3"),
        ("2400:3200::1", "2400:3200::1"),
        ("gov.cn", "gov.cn"),
        ("sh.cn", "sh.cn"),
        ("cn", "cn"),
        ("localhost", "localhost"),
        ("", ""),
    ],
)
def test_what_somebody_registered(host, registered):
    assert registrable(host) == registered


@given(NAMES | st.text(max_size=40))
def test_what_was_registered_ends_the_name_and_stands_for_itself(host):
    last = registrable(host)
    assert host == last or host.endswith(f".{last}")
    assert registrable(last) == last


@given(NAMES)
def test_one_label_at_the_most_stands_before_the_suffix(host):
    if not is_address(host):
        assert registrable(host).removesuffix(public_suffix(host)).count(".") <= 1


@given(NAMES | st.text(max_size=40))
def test_the_way_upwards_ends_at_what_was_registered(host):
    way = list(upwards(host))
    assert (way[0], way[-1]) == (host, registrable(host))
    assert len(way) == len(set(way))


def test_names_above_are_those_of_one_registration():
    assert list(upwards("www.slj.bd.gov.cn")) == ["www.slj.bd.gov.cn", "slj.bd.gov.cn", "bd.gov.cn"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("www.bd.gov.cn", "slj.bd.gov.cn", True),
        ("a.sd.cn", "b.sd.cn", False),
        ("a.gov.cn", "b.gov.cn", False),
        ("10.1.2.3", "10.1.2.3", True),
        ("9.1.2.3", "10.1.2.3", False),
        ("", "", False),
    ],
)
def test_hosts_of_one_registration(one, other, same):
    assert same_registrable(one, other) is same


def test_www_makes_no_difference():
    assert without_www("www.a.gov.cn") == without_www("a.gov.cn") == "a.gov.cn"
    assert site_host("https://www.a.gov.cn/") == site_host("http://A.gov.cn:80") == "a.gov.cn"


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "fe80::1%eth0"])
def test_addresses_are_no_names(host):
    assert is_address(host)


@pytest.mark.parametrize("host", ["a1", "1.2.3", "a:b", "v1.2.3.4", ""])
def test_what_only_looks_like_an_address(host):
    assert not is_address(host)


@pytest.mark.parametrize(
    "host", ["localhost", "a.localhost", "10.0.0.1", "192.168.1.1", "169.254.1.1", "100.64.0.1", "::1", "fd00::1"]
)
def test_private_hosts(host):
    assert is_private(host)
    assert is_inside(host)


@pytest.mark.parametrize("host", ["www.a.example", "8.8.8.8", "2400:3200::1"])
def test_public_hosts(host):
    assert not is_private(host)
    assert not is_inside(host)


@pytest.mark.parametrize("host", ["oa", "oa.lan", "oa.home.arpa", "oa.zw.bd.gov.cn", "zw.bd.gov.cn"])
def test_names_that_only_an_inner_network_knows(host):
    assert is_inside(host, ("ZW.bd.gov.cn",))
    assert not is_private(host)
