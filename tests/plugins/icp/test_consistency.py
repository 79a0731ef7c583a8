"""Footer, tags, links and inventory against each other."""

from dataclasses import replace

import pytest

from xuncha.api import Reason, Site, SiteKind, Status
from xuncha_plugins.icp.consistency import consistent

BARE = Site("a", "", ("http://www.a.gov.cn/",), kind=SiteKind.DEPARTMENT)


def keys(outcome):
    return outcome.status, sorted(found.key for found in outcome.findings)


def tags(name="示例局", domain="www.a.gov.cn", code="3702020012"):
    pairs = {"SiteName": name, "SiteDomain": domain, "SiteIDCode": code}
    return "".join(f'<meta name="{key}" content="{value}">' for key, value in pairs.items() if value)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"code": "网站标识码：3702029999"}, "footer-code"),
        ({"head": tags(code="5001070012")}, "meta-code"),
        (
            {"report": '<a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=bm36000002">找错</a>'},
            "report-code",
        ),
        ({"filing": "鲁ICP备87654321号"}, "filing"),
        ({"police": "鲁公网安备 37020202000099号"}, "police"),
        ({"head": tags(domain="gxq.cq.gov.cn")}, "domain"),
    ],
)
def test_what_belongs_to_another_site(judged, home, changes, key):
    assert keys(judged(consistent, home(**changes))) == (Status.FAIL, [key])


def test_a_whole_copied_template(judged, home):
    outcome = judged(consistent, home(head=tags("齐齐哈尔", "gxq.cq.gov.cn", "5001070012")))
    assert keys(outcome) == (Status.FAIL, ["domain", "meta-code", "name"])


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"filing": "鲁ICP备12345678号-7"},
        {"filing": "鲁ICP备 12345678"},
        {"code": "网站标识码：370202001"},
        {"police": "鲁公网安备 3702020200001号"},
        {"police": "公安机关备案号：37020202000012"},
        {"head": tags(domain="http://a.gov.cn/")},
        {"head": tags(domain="示例.政务")},
        {"head": tags(name="")},
    ],
)
def test_spelling_and_form_are_no_contradiction(judged, home, changes):
    assert judged(consistent, home(**changes)).status is Status.PASS


def test_the_short_names_of_one_province_are_one(judged, home, site):
    on = replace(site, icp="川ICP备12345678号")
    assert judged(consistent, home(filing="蜀ICP备12345678号"), on=on).status is Status.PASS


def test_one_of_several_numbers_is_enough(judged, home):
    assert judged(consistent, home(filing="京ICP备11111111号 鲁ICP备12345678号")).status is Status.PASS


def test_a_neighbour_under_the_same_domain_is_only_hinted_at(judged, home):
    site = Site("a", "示例局", ("http://jtj.x.gov.cn/",), kind=SiteKind.DEPARTMENT)
    page = home(head=tags(domain="jyj.x.gov.cn", code=""))
    outcome = judged(consistent, replace(page, url="http://jtj.x.gov.cn/"), on=site)
    assert keys(outcome) == (Status.WARN, ["domain"])


def test_an_unknown_name_is_only_hinted_at(judged, home):
    assert keys(judged(consistent, home(head=tags(name="青山市水利局")))) == (Status.WARN, ["name"])


def test_without_an_inventory_the_page_is_held_against_itself(judged, home):
    outcome = judged(consistent, home(head=tags(code="5001070012")), on=BARE)
    assert keys(outcome) == (Status.FAIL, ["meta-code"])


def test_a_sub_site_may_show_its_parents_filings(judged, home, site):
    outcome = judged(consistent, home(filing="鲁ICP备87654321号"), on=replace(site, parent_site="portal"))
    assert keys(outcome) == (Status.MANUAL, ["filing-of-parent"])


def test_another_number_on_an_inner_page_is_asked_about(judged, home, page):
    inner = page("京ICP备11111111号", url="http://www.a.gov.cn/zw/", depth=1)
    assert keys(judged(consistent, home(), inner)) == (Status.MANUAL, ["filing-inside"])


def test_the_same_wrong_tag_on_many_pages_is_one_finding(judged, home, page):
    inner = [
        page("", url=f"http://www.a.gov.cn/{number}/", depth=1, head=tags(code="5001070012")) for number in range(5)
    ]
    assert keys(judged(consistent, home(), *inner)) == (Status.FAIL, ["meta-code"])


def test_nothing_to_compare_is_no_pass(judged, home):
    page = home(head="", filing="", police="", code="", report="", mark="")
    assert judged(consistent, page, on=BARE).reason.code is Reason.NOT_OFFERED


def test_a_footer_that_was_not_seen_leaves_it_open(judged, home):
    page = home('<script src="/foot.js"></script>', filing="", police="", code="")
    assert judged(consistent, page).reason.code is Reason.NEEDS_BROWSER


@pytest.mark.parametrize(("tag", "said"), [("www.b.gov.cn", ["domain-of-parent"]), ("www.a.gov.cn", [])])
def test_a_sub_site_may_carry_its_parents_tags(judged, page, site, tag, said):
    below = replace(site, urls=("http://edu.a.gov.cn/",), parent_site="portal")
    head = f'<meta name="SiteDomain" content="{tag}"><meta name="SiteName" content="示例市人民政府">'
    shown = page("<p>鲁ICP备12345678号</p>", head=head, url="http://edu.a.gov.cn/")
    assert keys(judged(consistent, shown, on=below))[1] == said
