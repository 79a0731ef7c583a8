"""Sponsor, contact and the rest of the footer: there in many forms, missing, and where it can't be told."""

from dataclasses import replace

import pytest

from xuncha.api import Reason, SiteKind, Status
from xuncha_plugins.icp.elements import Element
from xuncha_plugins.icp.footer import said, sponsor
from xuncha_plugins.icp.footer_checks import accessibility, contact, copyright_notice, site_map, undertaker
from xuncha_plugins.icp.footer_checks import sponsor as sponsor_check

DEMANDED = {Element.SPONSOR: sponsor_check, Element.CONTACT: contact}
HINTED = {
    Element.UNDERTAKER: undertaker,
    Element.COPYRIGHT: copyright_notice,
    Element.SITE_MAP: site_map,
    Element.ACCESSIBILITY: accessibility,
}
NEWS = f"<p>{'<br>'.join(['全区工作会议召开，要求抓好落实'] * 130)}</p>"
LINKS = "".join(f'<a href="/{number}.html">第{number}条消息</a>' for number in range(8))
BARE = f'{NEWS}{LINKS}<div class="foot"><p>鲁ICP备12345678号</p></div>'
WHOLE = (
    f'<a href="/wza.html">无障碍浏览</a>{NEWS}{LINKS}<table class="foot"><tr><td>'
    '<a href="/sitemap.html">网站地图</a> | <a href="/lxwm/">联系我们</a></td></tr><tr><td>'
    "主办单位：示例市示例区教育局　承办单位：示例区教育信息中心　地址：示例路 1 号　电话：0532-12345678</td></tr>"
    "<tr><td>版权所有　鲁ICP备12345678号</td></tr></table>"
)


@pytest.fixture
def department(site):
    return replace(site, sponsor="示例区教育局", kind=SiteKind.DEPARTMENT)


@pytest.mark.parametrize("check", [*DEMANDED.values(), *HINTED.values()])
def test_a_whole_footer_has_every_element(judged, page, department, check):
    assert judged(check, page(WHOLE), on=department).status is Status.PASS


@pytest.mark.parametrize("check", DEMANDED.values())
def test_sponsor_and_contact_are_demanded_of_a_department(judged, page, department, check):
    assert judged(check, page(BARE), on=department).status is Status.FAIL


@pytest.mark.parametrize("check", HINTED.values())
def test_what_footers_usually_carry_is_only_hinted_at(judged, page, department, check):
    assert judged(check, page(BARE), on=department).status is Status.WARN


@pytest.mark.parametrize("check", [*DEMANDED.values(), *HINTED.values()])
def test_a_footer_that_script_fills_is_not_called_incomplete(judged, page, department, check):
    html = f'{NEWS}{LINKS}<div id="footer"></div><script src="/js/footer.js"></script>'
    assert judged(check, page(html), on=department).reason.code is Reason.NEEDS_BROWSER


def test_a_sub_site_that_leads_to_its_parent_may_leave_the_sponsor_to_it(judged, page, department):
    below = replace(department, parent_site="portal", urls=("http://edu.a.gov.cn/",))
    html = BARE + '<a href="http://www.a.gov.cn/">示例区政府</a>'
    outcome = judged(sponsor_check, page(html, url="http://edu.a.gov.cn/"), on=below)
    assert outcome.reason.code is Reason.CARRIED_BY_PARENT


def test_a_sponsor_other_than_the_inventorys_is_a_question(judged, page, department):
    outcome = judged(sponsor_check, page(WHOLE), on=replace(department, sponsor="示例区水务局"))
    assert (outcome.status, outcome.findings[0].key) == (Status.MANUAL, "another")


@pytest.mark.parametrize("listed", ["示例市示例区教育局", "示例区教育局", "区教育局"])
def test_short_and_long_names_of_one_organisation_agree(judged, page, department, listed):
    assert judged(sponsor_check, page(WHOLE), on=replace(department, sponsor=listed)).status is Status.PASS


@pytest.mark.parametrize(
    ("foot", "element"),
    [
        ("Copyright © 2008-2026 示例县人民政府 All Rights Reserved", Element.SPONSOR),
        ("版权所有：示例市水利局", Element.SPONSOR),
        ("主 管：示例县卫生局　主办：县卫生信息中心", Element.SPONSOR),
        ("Tel：0532-12345678", Element.CONTACT),
        ("邮编：266000", Element.CONTACT),
        ("网站管理：信息科", Element.UNDERTAKER),
        ("技术支持：某公司", Element.UNDERTAKER),
        ('<a href="/nav.html">站点地图</a>', Element.SITE_MAP),
        ('<a href="#"><img src="a.png" alt="长者助手"></a>', Element.ACCESSIBILITY),
        ('<script src="/esd_toolbar/load.js"></script>', Element.ACCESSIBILITY),
    ],
)
def test_forms_that_footers_use(page, foot, element):
    shown = page(NEWS + foot)
    assert element in said(shown, shown.text)


def test_an_office_that_manages_something_is_not_the_undertaker(page):
    shown = page("<p>市场监督管理局开展电梯维护检查</p><div>鲁ICP备12345678号</div>")
    assert Element.UNDERTAKER not in said(shown, shown.text)


def test_news_about_a_sponsor_high_on_the_page_is_not_the_footer(page):
    shown = page("<p>活动由示例大学主办</p>" + NEWS + "<div>鲁ICP备12345678号</div>")
    assert Element.SPONSOR not in said(shown, shown.text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("主办单位：示例区教育局 承办", "示例区教育局"),
        ("主办:示例县人民政府办公室", "示例县人民政府办公室"),
        ("欢迎光临", ""),
    ],
)
def test_the_sponsors_name_is_read(text, name):
    assert sponsor(text) == name


@pytest.mark.parametrize(
    "name", ["示例市第一中学", "示例区实验小学", "示例市机关幼儿园", "示例市博物馆", "中共示例市委党校"]
)
def test_a_school_or_museum_that_holds_the_copyright_is_a_sponsor(page, name):
    shown = page(f'{NEWS}<div class="foot">地址：示例路 8 号 版权所有 {name}</div>')
    assert Element.SPONSOR in said(shown, shown.text)


@pytest.mark.parametrize("check", DEMANDED.values())
def test_a_footer_in_a_frame_of_the_portal_is_not_called_missing(judged, page, department, check):
    html = f'{NEWS}{LINKS}<iframe src="http://www.city.gov.cn/common/1.html"></iframe>'
    assert judged(check, page(html), on=department).reason.code is Reason.NEEDS_BROWSER


@pytest.mark.parametrize(
    "footer",
    [
        '<img src="/images/bottom.jpg" width="1000" usemap="#m">',
        '<div style="background:url(/images/footer_bg.png);height:150px"></div>',
        '<table><tr><td background="/images/bottom.gif" height="120"></td></tr></table>',
    ],
)
@pytest.mark.parametrize("check", DEMANDED.values())
def test_a_footer_that_is_a_picture_is_for_people_to_read(judged, page, department, check, footer):
    assert judged(check, page(NEWS + LINKS + footer), on=department).reason.code is Reason.IN_PICTURE


@pytest.mark.parametrize("check", DEMANDED.values())
def test_a_picture_behind_a_written_footer_hides_nothing(judged, page, department, check):
    html = f'{BARE}<img src="/images/bottom.jpg">'
    assert judged(check, page(html), on=department).status is Status.FAIL
