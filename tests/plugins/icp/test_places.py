"""Where links ought to lead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha_plugins.icp import places
from xuncha_plugins.icp.places import Place


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://beian.miit.gov.cn/", Place.RIGHT),
        ("https://beian.miit.gov.cn/#/Integrated/index", Place.RIGHT),
        ("http://beian.miit.gov.cn", Place.RIGHT),
        ("http://www.beian.miit.gov.cn/", Place.OLDER),
        ("http://www.miibeian.gov.cn/", Place.OLDER),
        ("http://www.miitbeian.gov.cn/state/outPortal/loginPortal.action", Place.OLDER),
        ("http://gdca.miit.gov.cn/", Place.OLDER),
        ("http://www.a.gov.cn/", Place.OTHER),
        ("http://beian.miit.gov.cn.evil.com/", Place.OTHER),
        ("", Place.OTHER),
    ],
)
def test_the_filing_system(url, place):
    assert places.filing_system(url) is place


@pytest.mark.parametrize(
    "raw",
    [
        "http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=37020202000012",
        "https://beian.mps.gov.cn/#/query/webSearch?code=37020202000012",
    ],
)
def test_links_to_police_filings_carry_their_number(raw):
    assert places.police_system(raw) is Place.RIGHT
    assert places.police_number(raw) == "37020202000012"


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=bm07000001", Place.RIGHT),
        ("http://121.43.68.40/exposure/jiucuo.html?site_code=bm07000001", Place.OLDER),
        ("http://121.40.115.217:9080/check_web/errorInfo/jcInfoNew?site_code=bm07000001", Place.OLDER),
        ("http://pucha.kaipuyun.cn/exposure/jiucuo.html?site_code=bm07000001", Place.OLDER),
        ("http://www.gov.cn/c125533/jbxxk.htm", Place.OLDER),
        ("http://www.a.gov.cn/jiucuo.html?site_code=bm07000001", Place.OTHER),
    ],
)
def test_the_report_platform(url, place):
    assert places.report_system(url) is place


def test_an_entry_carries_its_code():
    assert places.site_code("https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=bm07000001&url=x") == "bm07000001"


@pytest.mark.parametrize(("id_", "known"), [("ab" * 16, True), ("ab" * 17, False), ("xy" * 16, False), ("", False)])
def test_a_mark_is_known_by_32_hexadecimal_digits(id_, known):
    assert bool(places.mark_id(f"//bszs.conac.cn/sitename?method=show&id={id_}")) is known


@given(st.text(max_size=100))
def test_any_text_has_a_place(raw):
    for system in (places.filing_system, places.police_system, places.report_system, places.mark_system):
        assert isinstance(system(raw), Place)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www-beian-gov-cnx00aa111122223333xx.ipv6best.cn/portal/", "beian.gov.cn"),
        ("http://www.acas.org.cnx00aa111122223333.ipv6best.cn/", "acas.org.cn"),
        ("https://www.ipv6best.cn/", "ipv6best.cn"),
    ],
)
def test_behind_a_gateway_for_ipv6_stands_the_host_that_was_written(url, host):
    assert places.host(url) == host


def test_a_link_carries_an_older_number_whole():
    assert places.police_number("registerSystemInfo?recordcode=35012800001-19001") == "3501280000119001"
