import contextlib
import datetime as dt
import unicodedata
from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.inventory import values
from xuncha.inventory.values import BadCell, clean
from xuncha.model.site import SiteKind, SiteStatus
from xuncha.net.addresses import PRIVATE, AddressPolicy


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("=cmd|' /C calc'!A0", "cmd|' /C calc'!A0"),
        ("@SUM(A1)", "SUM(A1)"),
        ("-1+2", "1+2"),
        ('="0532"', "0532"),
        ("-12", "-12"),
        ("+86 532-8591", "+86 532-8591"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("a\u202eb\u200bc", "abc"),
        ("a\tb", "a b"),
        ("  x ", "x"),
    ],
)
def test_what_a_spreadsheet_would_run_becomes_text(written, kept):
    assert clean(written) == kept


@given(st.text(max_size=50))
def test_cleaned_text_starts_no_formula_and_holds_no_controls(text):
    kept = clean(text)
    assert not kept.startswith(("=", "@"))
    assert all(char == "\n" or unicodedata.category(char) not in {"Cc", "Cf", "Cs"} for char in kept)


@given(st.text(max_size=50))
def test_cleaning_is_done_once(text):
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("written", "urls"),
    [
        ("www.a.example.cn", ("http://www.a.example.cn/",)),
        ("HTTPS://A.Example.CN:443/x#y", ("https://a.example.cn/x",)),
        ("http://a.cn、https://b.cn", ("http://a.cn/", "https://b.cn/")),
        ("http://a.cn,http://b.cn; www.c.cn", ("http://a.cn/", "http://b.cn/", "http://www.c.cn/")),
        ("http://a.cn/x,1.html", ("http://a.cn/x,1.html",)),
        ("ｈｔｔｐ：／／ａ．ｃｎ", ("http://a.cn/",)),
        ("a.cn\nhttp://a.cn/", ("http://a.cn/",)),
        ("10.1.2.3:8080/x", ("http://10.1.2.3:8080/x",)),
        ("网站.政务", ("http://xn--5tzm5g.xn--zfr164b/",)),
    ],
)
def test_addresses_come_in_their_one_spelling(written, urls):
    assert values.urls(written) == urls


@pytest.mark.parametrize("written", ["ftp://a.cn/", "javascript:alert(1)", "民政局", "http://", "file:///etc/passwd"])
def test_what_is_no_web_address_is_refused(written):
    with pytest.raises(BadCell):
        values.urls(written)


@pytest.mark.parametrize(
    ("parse", "written", "value"),
    [
        (values.kind, "部门网站", SiteKind.DEPARTMENT),
        (values.kind, "State Enterprise", SiteKind.STATE_ENTERPRISE),
        (values.status, "已关停", SiteStatus.CLOSED),
        (values.yes_or_no, "√", True),
        (values.yes_or_no, "无", False),
        (values.day, "2026年8月5日", dt.date(2026, 8, 5)),
        (values.day, "2026/8/5 00:00", dt.date(2026, 8, 5)),
        (values.count, "12,345", 12345),
        (values.count, "1.2万", 12000),
        (values.days, "6个月", 180),
        (values.days, "14", 14),
        (values.days, "2 weeks", 14),
        (values.protection_level, "第三级", 3),
        (values.protection_level, "未定级", None),
        (values.network, "公网", ()),
        (values.network, "10.20.1.1/16、fd00::/8", ("10.20.0.0/16", "fd00::/8")),
        (values.endpoint, "10.20.0.5:8080", "10.20.0.5:8080"),
        (values.folder, "民政局\\2026", "民政局/2026"),
    ],
)
def test_values_are_read_as_people_write_them(parse, written, value):
    assert parse(written) == value


@pytest.mark.parametrize("private", [str(each) for each in PRIVATE])
def test_what_the_guard_would_open_can_be_written_down(private):
    (written,) = values.network(private)
    assert AddressPolicy([written]).vet(str(ip_network(private)[1])) is None


@pytest.mark.parametrize(
    ("parse", "written"),
    [
        (values.kind, "市场"),
        (values.day, "2026-02-30"),
        (values.day, "明天"),
        (values.count, "很多"),
        (values.protection_level, "六级"),
        (values.code, "3.70203E+09"),
        (values.network, "8.8.8.0/24"),
        (values.network, "192.0.2.0/24"),
        (values.network, "0.0.0.0/8"),
        (values.network, "240.0.0.0/4"),
        (values.network, "2001:db8::/32"),
        (values.network, "10.0.0.0/7"),
        (values.network, "169.254.0.0/16"),
        (values.network, "127.0.0.0/8"),
        (values.network, "政务外网"),
        (values.endpoint, "http://a/"),
        (values.folder, "../secret"),
        (values.folder, "C:\\x"),
        (values.folder, "/etc"),
        (values.text, "x" * 3000),
    ],
)
def test_what_can_not_be_meant_is_refused(parse, written):
    with pytest.raises(BadCell):
        parse(written)


parsers = st.sampled_from(
    [values.urls, values.day, values.count, values.days, values.network, values.kind, values.folder]
)


@given(parsers, st.text(max_size=40))
def test_any_text_has_a_value_or_is_refused(parse, text):
    with contextlib.suppress(BadCell):
        parse(text)
