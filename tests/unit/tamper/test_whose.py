"""Whose an address is."""

import pytest

from xuncha.tamper.whose import is_shared, owner_of, owner_of_host


def test_names_of_one_registration_are_one_owners():
    assert owner_of("https://img.a.gov.cn/x.js") == owner_of_host("www.a.gov.cn") == "a.gov.cn"


@pytest.mark.parametrize("host", ["a.github.io", "a.oss-cn-beijing.aliyuncs.com", "a-1.cos.ap-beijing.myqcloud.com"])
def test_where_anybody_places_files_each_name_is_another_owners(host):
    assert is_shared(host)
    assert owner_of(f"https://{host}/a.js") == host


def test_files_of_everybody_under_one_name_are_told_by_their_path():
    assert owner_of("https://cdn.jsdelivr.net/npm/jquery@3.6/a.js") == "cdn.jsdelivr.net/npm/jquery"
    assert owner_of("https://cdn.jsdelivr.net/gh/x/y@1/a.js") == "cdn.jsdelivr.net/gh/x"


@pytest.mark.parametrize("text", ["", "about:blank", "http://", "//"])
def test_what_names_no_host_is_nobodys(text):
    assert owner_of(text) == ""
