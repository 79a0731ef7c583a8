import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.api import host_of
from xuncha_plugins.domain.names import ascii_name, is_governmental, is_institutional, readable, shares_domain


def test_chinese_names_are_compared_as_the_dns_has_them():
    name = host_of("http://示例区.政务/")
    assert name.isascii()
    assert readable(name) == "示例区.政务"
    assert is_governmental(name)
    assert is_institutional(host_of("http://示例医院.公益/"))


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


@given(st.text(max_size=80))
def test_any_text_is_read_as_a_name(text):
    name = ascii_name(text)
    assert isinstance(readable(name), str)
    assert is_governmental(name) >= shares_domain(name)
