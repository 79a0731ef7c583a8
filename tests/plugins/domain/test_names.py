import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha_plugins.domain.names import (
    ascii_name,
    host,
    is_address,
    is_governmental,
    is_institutional,
    readable,
    registrable,
    shares_domain,
    upwards,
)


@pytest.mark.parametrize(
    ("name", "registered"),
    [
        ("www.shiliqu.gov.cn", "shiliqu.gov.cn"),
        ("slj.bd.gov.cn", "bd.gov.cn"),
        ("a.b.c.com.cn", "c.com.cn"),
        ("www.pudong.sh.cn", "pudong.sh.cn"),
        ("www.example.cn", "example.cn"),
        ("www.example.com", "example.com"),
        ("www.tax.gov.uk", "tax.gov.uk"),
        ("www.shili.gov.example", "shili.gov.example"),
        ("gov.cn", "gov.cn"),
        ("cn", "cn"),
        ("", ""),
    ],
)
def test_what_somebody_registered(name, registered):
    assert registrable(name) == registered


def test_chinese_names_are_compared_as_the_dns_has_them():
    name = host("http://示例区.政务/")
    assert name.isascii()
    assert readable(name) == "示例区.政务"
    assert is_governmental(name)
    assert is_institutional(host("http://示例医院.公益/"))


@pytest.mark.parametrize("name", ["www.shiliqu.gov.cn", "a.b.gov.cn", "www.shili.gov.example"])
def test_government_names(name):
    assert is_governmental(name)


@pytest.mark.parametrize("name", ["gov.cn.evil.com", "xgov.cn", "www.gov.com", "shili.com.cn", "gov.cn", ""])
def test_what_only_looks_so(name):
    assert not is_governmental(name)


def test_a_department_shares_the_governments_domain():
    assert shares_domain("slj.bd.gov.cn")
    assert not shares_domain("www.bd.gov.cn")
    assert not shares_domain("slj.bd.com")
    assert not shares_domain("www.gov.cn")


def test_names_above_end_at_what_was_registered():
    assert list(upwards("www.slj.bd.gov.cn")) == ["www.slj.bd.gov.cn", "slj.bd.gov.cn", "bd.gov.cn"]


@pytest.mark.parametrize("name", ["192.0.2.1", "2001:db8::1", "fe80::1%eth0"])
def test_addresses_are_no_names(name):
    assert is_address(name)


@given(st.text(max_size=80))
def test_any_text_has_a_registrable_part(text):
    name = ascii_name(text)
    assert name.endswith(registrable(name))
    assert list(upwards(name))[-1] == registrable(name)
