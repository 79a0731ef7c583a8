"""Sponsor, contact and the rest of the footer: there in many forms, missing, and where it can't be told."""

from dataclasses import replace

import pytest

from xuncha.api import Reason, SiteKind, Status
from xuncha_plugins.icp.elements import Element
from xuncha_plugins.icp.filing_checks import filing_shown
from xuncha_plugins.icp.footer import said, sponsor
from xuncha_plugins.icp.footer_checks import accessibility, contact, copyright_notice, site_map, undertaker
from xuncha_plugins.icp.footer_checks import sponsor as sponsor_check
from xuncha_plugins.icp.formats import plain
from xuncha_plugins.icp.mark_checks import conac_mark, site_code
from xuncha_plugins.icp.police_checks import police_shown

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
    assert judged(check, page(html), on=department).reason.code is Reason.FRAME_UNREAD


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


# ---------------------------------------------------------------- labels set wide, numbers in every form, other words
def foot(words):
    """A home page in the manner of TRS that ends with these words."""
    return f'{NEWS}{LINKS}<div class="footer"><p>{words}</p><p>鲁ICP备12345678号</p></div>'


@pytest.mark.parametrize("blank", ["　", "　　", "&nbsp;", "&nbsp;&nbsp;", " ", "&emsp;", "&#8203;"])
@pytest.mark.parametrize("check", [*DEMANDED.values(), undertaker])
def test_labels_may_be_set_wide(judged, page, department, check, blank):
    words = f"主{blank}办：示例区教育局　承{blank}办：示例区教育信息中心　总{blank}机：5881234"
    assert judged(check, page(foot(words)), on=department).status is Status.PASS


@pytest.mark.parametrize("label", ["主　办　单　位", "主 办单位", "主办 单位", "主 办", "开&nbsp;办&nbsp;单&nbsp;位"])
def test_the_sponsor_behind_a_label_set_wide_is_the_inventorys(judged, page, department, label):
    whole = page(foot(f"{label}：示例区教育局　承　办：示例区大数据中心"))
    assert judged(sponsor_check, whole, on=department).status is Status.PASS
    other = judged(sponsor_check, whole, on=replace(department, sponsor="示例区水务局"))
    assert other.findings[0].params["shown"].value == "示例区教育局"


@pytest.mark.parametrize(
    ("label", "element"),
    [
        ("版　权　所　有", Element.COPYRIGHT),
        ("版权 所有", Element.COPYRIGHT),
        ("邮　　编：363400", Element.CONTACT),
        ("联 系 电 话：5881234", Element.CONTACT),
        ("技 术 支 持：某公司", Element.UNDERTAKER),
        ('<a href="/m.html">网 站 地 图</a>', Element.SITE_MAP),
        ('<a href="/w.html">无 障 碍 浏 览</a>', Element.ACCESSIBILITY),
    ],
)
def test_blanks_inside_a_label_count_for_nothing(page, label, element):
    shown = page(foot(label))
    assert element in said(shown, plain(shown.text))


@pytest.mark.parametrize(
    "number",
    [
        "（0596）5881234", "(0596)5881234", "0596－5881234", "0596—5881234", "0596–5881234", "0596 588 1234",
        "０５９６－５８８１２３４", "0596/5881234", "010-6608 1234", "+86-596-5881234", "＋86 （0596） 5881234",
        "0086 596 588 1234", "+86 13800001234", "0596-5881234转801", "400-812-3456", "4008123456", "800 820 1234",
        "12345", "0596-12345", "总机：5881234", "值班室 5881234", "福建省漳州市东山县西埔镇白石街12号", "dsslj@163.com",
    ],
)  # fmt: skip
def test_how_offices_write_where_they_are_reached(judged, page, department, number):
    assert judged(contact, page(foot(f"示例区教育局主办 {number}")), on=department).status is Status.PASS


@pytest.mark.parametrize(
    "number",
    [
        "网站标识码3702020012", "鲁公网安备37020202000012号", "鲁ICP备05012345号-1", "鲁ICP备0501234567号", "2009-2026",
        "1024*768", "访问量 0000123456789", "第5881234位访客", "20261123",
    ],
)  # fmt: skip
def test_other_numbers_of_a_footer_reach_nobody(judged, page, department, number):
    assert judged(contact, page(foot(f"示例区教育局主办 {number}")), on=department).status is Status.FAIL


@pytest.mark.parametrize(
    "words",
    [
        "示例区教育局信息中心维护 5881234",
        "示例区政府办公室负责日常维护",
        "网站由示例区大数据中心负责管理。",
        "技术支持：某公司",
        "运维单位：某公司",
        "运维：示例区大数据中心",
        "日常维护：局办公室",
        "内容更新：局办公室",
        "承建：某公司",
        "技术支撑：某公司",
        "Powered by 某公司",
    ],
)
def test_an_undertaker_goes_by_many_names(judged, page, department, words):
    assert judged(undertaker, page(foot(f"示例区教育局主办 {words}")), on=department).status is Status.PASS


@pytest.mark.parametrize(
    "words",
    ["示例区教育局主办", "市场监督管理局", "法治政府建设", "城市管理办法", "公共服务中心建设项目", "电梯维护检查"],
)
def test_what_only_sounds_like_an_undertaker_is_none(judged, page, department, words):
    assert judged(undertaker, page(foot(words)), on=department).status is Status.WARN


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("示例区教育局主办 示例区教育局网络信息中心维护", "示例区教育局"),
        ("本网站由示例区人民政府主办，示例区政府办公室承办", "示例区人民政府"),
        ("示例县教育局 主管 示例县教育局办公室 主办 0596-5881234", "示例县教育局办公室"),
        ("主办\n示例区教育局\n承办", "示例区教育局"),
        ("主办单位\n示例区教育局", "示例区教育局"),
    ],
)
def test_the_sponsor_may_stand_before_the_word(text, name):
    assert sponsor(text) == name


@pytest.mark.parametrize("words", ["示例区教育局 版权所有", "示例区教育局版权所有", "Sponsor: 示例区教育局"])
def test_the_sponsor_may_be_named_otherwise(judged, page, department, words):
    assert judged(sponsor_check, page(foot(words)), on=department).status is Status.PASS


@pytest.mark.parametrize("written", ["主&nbsp;&nbsp;办：示例区教育局", "主　办：示例区教育局"])
def test_a_label_set_wide_that_script_writes_is_out_of_sight(judged, page, department, written):
    html = f"{BARE}<script>document.write('<p>{written}</p>')</script>"
    assert judged(sponsor_check, page(html), on=department).reason.code is Reason.NEEDS_BROWSER


# ---------------------------------------------------------------- pictures at the end of the page
SPONSOR_IN_ALT = '<map name="m"></map><img src="/red.png" usemap="#m" alt="主 办 单 位：示例区教育局">'
PICTURES = [
    SPONSOR_IN_ALT,
    '<img src="/images/x1.png" usemap="#Map" border="0">',
    '<img src="/images/x1.png" width="1000" height="120">',
    '<img src="/images/x1.png" style="width:100%;height:150px">',
    '<img src="/images/x1.png">',
    '<input type="image" src="/images/x1.png" width="980">',
]


@pytest.mark.parametrize("around", ["{}", '<div class="footer">{}</div>', "<table><tr><td>{}</td></tr></table>"])
@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("check", DEMANDED.values())
def test_a_picture_at_the_end_may_hold_the_footer(judged, page, department, check, picture, around):
    html = NEWS + LINKS + around.format(picture)
    assert judged(check, page(html), on=department).reason.code is Reason.IN_PICTURE


@pytest.mark.parametrize("around", ["{}", '<div class="footer">{}</div>'])
@pytest.mark.parametrize("check", [filing_shown, police_shown, site_code, conac_mark])
def test_the_numbers_and_marks_may_be_in_that_picture_too(judged, page, department, check, around):
    outcome = judged(check, page(NEWS + LINKS + around.format(SPONSOR_IN_ALT), head=""), on=department)
    assert outcome.reason.code is Reason.IN_PICTURE


@pytest.mark.parametrize(
    "picture",
    [
        '<img src="/images/conac_red.png">',
        '<a href="http://www.b.gov.cn/"><img src="/images/link1.jpg"></a>',
        '<img src="/images/x1.gif" width="88" height="31">',
        '<input type="text" width="980">',
    ],
)
def test_badges_and_links_of_friends_hold_no_footer(judged, page, department, picture):
    assert judged(sponsor_check, page(NEWS + LINKS + picture), on=department).status is Status.FAIL


def test_a_picture_above_the_text_holds_no_footer(judged, page, department):
    html = f'{LINKS}<img src="/images/x1.png" width="1000" height="200">{NEWS}'
    assert judged(sponsor_check, page(html), on=department).status is Status.FAIL


def test_a_picture_that_names_the_sponsor_is_read_beside_a_written_footer_too(judged, page, department):
    html = f"{BARE}{SPONSOR_IN_ALT}"
    assert judged(sponsor_check, page(html), on=department).reason.code is Reason.IN_PICTURE
    assert judged(contact, page(html), on=department).status is Status.FAIL


OTHERS = "<p>" + "".join(f"<option>示例省{number}市人民政府</option>" for number in range(300)) + "</p>"


@pytest.mark.parametrize("check", [*DEMANDED.values(), undertaker])
def test_labels_above_a_long_list_of_other_websites_are_read(judged, page, department, check):
    words = "主　办：示例区教育局　承 办：示例区教育信息中心　联系电话∶5881234"
    assert judged(check, page(f"{NEWS}{LINKS}<p>{words}</p>{OTHERS}"), on=department).status is Status.PASS


@pytest.mark.parametrize("check", DEMANDED.values())
def test_what_news_report_above_it_is_no_label(judged, page, department, check):
    html = f"<p>比赛由示例大学主办，电话咨询不断</p>{NEWS}{LINKS}{OTHERS}"
    assert judged(check, page(html), on=department).status is Status.FAIL
