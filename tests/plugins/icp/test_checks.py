"""Each element: there, missing, wrong, and where it can't be told."""

from dataclasses import replace

import pytest

from xuncha.api import Crawl, PageRecord, Reason, SiteKind, Status
from xuncha.page import rendered_page
from xuncha_plugins.icp.consistency import consistent
from xuncha_plugins.icp.filing_checks import filing_format, filing_linked, filing_shown
from xuncha_plugins.icp.mark_checks import conac_mark, report_error, site_code
from xuncha_plugins.icp.police_checks import police_format, police_linked, police_shown

SHOWN = {"filing": filing_shown, "police": police_shown, "code": site_code, "mark": conac_mark, "report": report_error}
FORMS = [filing_format, filing_linked, police_format, police_linked]
FILING = '<a href="https://beian.miit.gov.cn/">鲁ICP备12345678号-1</a>'
NO_CODE = '<meta name="SiteName" content="示例局">'
each_element = pytest.mark.parametrize(("element", "check"), SHOWN.items())


def keys(outcome):
    return outcome.status, [found.key for found in outcome.findings]


@pytest.mark.parametrize("check", [*SHOWN.values(), *FORMS])
def test_a_whole_footer_passes(judged, home, check):
    assert judged(check, home()).status is Status.PASS


@each_element
def test_what_a_department_must_show_and_does_not_is_missing(judged, home, element, check):
    assert keys(judged(check, home(head=NO_CODE, **{element: ""}))) == (Status.FAIL, ["missing"])


@each_element
def test_of_a_site_of_unknown_kind_nothing_is_demanded(judged, home, of_kind, element, check):
    outcome = judged(check, home(head=NO_CODE, **{element: ""}), on=of_kind(None))
    assert keys(outcome) == (Status.WARN, ["missing"])


@each_element
def test_a_topic_may_be_part_of_another_site(judged, home, of_kind, element, check):
    outcome = judged(check, home(head=NO_CODE, **{element: ""}), on=of_kind(SiteKind.TOPIC))
    assert keys(outcome) == (Status.MANUAL, ["to-confirm"])


@pytest.mark.parametrize(
    ("element", "status"),
    [
        ("filing", Status.FAIL),
        ("police", Status.FAIL),
        ("code", Status.NOT_APPLICABLE),
        ("mark", Status.WARN),
        ("report", Status.NOT_APPLICABLE),
    ],
)
def test_what_a_hospital_must_show(judged, home, of_kind, element, status):
    page = home(head=NO_CODE, **{element: ""})
    assert judged(SHOWN[element], page, on=of_kind(SiteKind.SCHOOL_OR_HOSPITAL)).status is status


@each_element
def test_a_sub_site_that_leads_to_its_parent_is_carried_by_it(judged, page, site, element, check):
    home = page('<a href="http://www.a.gov.cn/">主站</a>主办单位：街道', url="http://jd.a.gov.cn/", head="")
    outcome = judged(check, home, on=replace(site, parent_site="portal"))
    assert (outcome.status, outcome.reason.code) == (Status.NOT_APPLICABLE, Reason.CARRIED_BY_PARENT)


@each_element
def test_a_sub_site_that_leads_nowhere_is_asked_about(judged, home, site, element, check):
    outcome = judged(check, home(head=NO_CODE, **{element: ""}), on=replace(site, parent_site="portal"))
    assert keys(outcome) == (Status.MANUAL, ["to-confirm"])


@each_element
def test_a_site_of_a_private_network_is_asked_about(judged, home, site, element, check):
    outcome = judged(check, home(head=NO_CODE, **{element: ""}), on=replace(site, network=("10.0.0.0/8",)))
    assert keys(outcome) == (Status.MANUAL, ["to-confirm"])


@pytest.mark.parametrize(
    "extra",
    [
        '<script src="/js/footer.js"></script>',
        '<div id="footer"></div><script src="/js/app.js"></script>',
        '<div id="x"></div><script>$("#x").load("/inc/foot.html")</script>',
    ],
)
@each_element
def test_what_only_a_browser_shows_is_not_missing(judged, home, extra, element, check):
    outcome = judged(check, home(extra, head=NO_CODE, **{element: ""}))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.NEEDS_BROWSER)


@pytest.mark.parametrize(
    "extra",
    [
        '<iframe src="/foot.html"></iframe>',
        '<object data="/foot.html"></object>',
        '<embed src="/foot.html">',
        '<iframe src="http://static.a.gov.cn/bottom.html"></iframe>',
    ],
)
@each_element
def test_what_a_frame_may_hold_that_was_not_read_is_not_missing(judged, home, extra, element, check):
    outcome = judged(check, home(extra, head=NO_CODE, **{element: ""}))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.FRAME_UNREAD)


@pytest.mark.parametrize(
    "extra",
    [
        '<script src="/js/footer.js"></script>',
        '<div id="x"></div><script>$("#x").load("/inc/foot.html")</script>',
        "<script>var note='网站标识码 主办单位 ICP备 公网安备'</script>",
    ],
)
@each_element
def test_what_a_browser_did_not_show_either_is_missing(judged, home, extra, element, check):
    answered = home(extra, head=NO_CODE, **{element: ""})
    outcome = judged(check, rendered_page(answered, answered.html, whole=True))
    assert outcome.status is not Status.INCONCLUSIVE


@pytest.mark.parametrize("check", [*SHOWN.values(), *FORMS])
def test_without_any_footer_scripts_may_build_one(judged, page, check):
    outcome = judged(check, page(f"<p>{'今日要闻' * 200}</p><script src='/app.js'></script>", head=""))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.NEEDS_BROWSER)


LINKS = "".join(f'<a href="/{name}/">栏目</a>' for name in ("zw", "bs", "hd"))


def test_without_any_footer_and_any_script_it_is_missing(judged, page):
    assert judged(filing_shown, page(f"<p>{'今日要闻' * 200}</p>{LINKS}", head="")).status is Status.FAIL


@pytest.mark.parametrize(
    "body",
    ["", "<h1>It works!</h1>", "网站升级维护中，暂停访问。<p>联系电话：0532-88888888", "系统维护<p>版权所有：示例局"],
)
@pytest.mark.parametrize("check", [*SHOWN.values(), *FORMS])
def test_of_a_placeholder_nothing_is_demanded(judged, page, body, check):
    outcome = judged(check, page(body))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.TOO_FEW_PAGES)


@each_element
def test_a_notice_of_maintenance_on_a_real_home_page_excuses_nothing(judged, home, element, check):
    page = home(f"<p>系统维护公告</p>{LINKS}", head=NO_CODE, **{element: ""})
    assert keys(judged(check, page)) == (Status.FAIL, ["missing"])


def test_a_frame_of_somebody_else_hides_nothing(judged, home):
    weather = '<iframe src="http://i.tianqi.com/index.php?c=code"></iframe>'
    assert judged(filing_shown, home(weather, filing="")).status is Status.FAIL


@pytest.mark.parametrize(
    "part", ['<iframe src="/foot.html"></iframe>', '<div id="f"></div><script>$("#f").load("/foot.html")</script>']
)
def test_a_footer_in_a_frame_or_fragment_counts(judged, page, home, part):
    outer = page(f"<p>{'今日要闻' * 200}</p>{part}")
    inner = page(home().html.partition("<footer>")[2], url="http://www.a.gov.cn/foot.html", head="")
    assert {judged(check, outer, inner).status for check in SHOWN.values()} == {Status.PASS}


def test_what_a_frame_does_not_show_either_is_missing(judged, page, home):
    outer = page(f'<p>{"今日要闻" * 200}</p><div id="foot"></div><script>$("#foot").load("/foot.html")</script>')
    inner = page(home(filing="").html.partition("<footer>")[2], url="http://www.a.gov.cn/foot.html", head="")
    assert judged(filing_shown, outer, inner).status is Status.FAIL


@pytest.mark.parametrize("check", [*SHOWN.values(), *FORMS])
def test_without_the_home_page_its_own_reason_answers(judged, check):
    record = PageRecord("http://www.a.gov.cn/", "http://www.a.gov.cn/", 0, 202, problem=Reason.CHALLENGED)
    crawl = Crawl(record.url, (record,), (), 1, complete=False, stopped=Reason.ROBOTS_UNKNOWN)
    outcome = judged(check, crawl=crawl)
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.CHALLENGED)


def test_a_home_page_that_answered_with_an_error_is_no_pass(judged):
    record = PageRecord("http://www.a.gov.cn/", "http://www.a.gov.cn/", 0, 503)
    assert judged(filing_shown, crawl=Crawl(record.url, (record,), (), 1, complete=False)).status is Status.INCONCLUSIVE


@pytest.mark.parametrize("check", [filing_shown, filing_format])
def test_a_short_crawl_does_not_matter_where_the_home_page_was_seen(judged, home, check):
    page = home()
    crawl = Crawl(page.url, (PageRecord(page.url, page.url, 0, 200),), (), 900, complete=False)
    assert judged(check, page, crawl=crawl).status is Status.PASS


@pytest.mark.parametrize("check", FORMS)
def test_the_form_of_what_is_missing_is_not_judged(judged, home, check):
    assert judged(check, home(filing="", police="")).status is Status.NOT_APPLICABLE


# ---------------------------------------------------------------- ICP filing
@pytest.mark.parametrize(
    ("filing", "key"),
    [
        ('<a href="https://beian.miit.gov.cn/"><img src="/ba.png"></a>', "in-picture"),
        ("京ICP证030173号", "licence-only"),
    ],
)
def test_what_may_stand_for_the_number_is_asked_about(judged, home, filing, key):
    assert keys(judged(filing_shown, home(filing=filing))) == (Status.MANUAL, [key])


def test_a_number_on_inner_pages_only_is_hinted_at(judged, home, page):
    inner = page("鲁ICP备12345678号", url="http://www.a.gov.cn/zw/", depth=1)
    assert keys(judged(filing_shown, home(filing=""), inner)) == (Status.WARN, ["only-inside"])


@pytest.mark.parametrize(
    ("filing", "expected"),
    [
        ("沪ICP备12004267", (Status.FAIL, ["malformed"])),
        ("陇ICP备 05000593", (Status.FAIL, ["malformed"])),
        ("陇ICP备 05000593号", (Status.WARN, ["spaced"])),
        ("蜀ICP备2025143639号-12", (Status.PASS, [])),
    ],
)
def test_the_form_of_the_filing_number(judged, home, filing, expected):
    assert keys(judged(filing_format, home(filing=filing))) == expected


@pytest.mark.parametrize(
    ("filing", "expected"),
    [
        ("鲁ICP备12345678号", (Status.FAIL, ["unlinked"])),
        ('<a href="/">鲁ICP备12345678号</a>', (Status.FAIL, ["elsewhere"])),
        ('<a href="#">鲁ICP备12345678号</a>', (Status.FAIL, ["elsewhere"])),
        ('<a href="http://www.miibeian.gov.cn/">鲁ICP备12345678号</a>', (Status.WARN, ["older"])),
        ('<a href="http://beian.miit.gov.cn/#/Integrated/index">鲁ICP备12345678号</a>', (Status.PASS, [])),
        ('<a href="https://beian.miit.gov.cn/">鲁ICP备</a>12345678号', (Status.PASS, [])),
        ('鲁ICP备12345678号 <a href="https://beian.miit.gov.cn/">查询</a>', (Status.PASS, [])),
    ],
)
def test_the_link_of_the_filing_number(judged, home, filing, expected):
    assert keys(judged(filing_linked, home(filing=filing))) == expected


MAKERS = [
    '技术支持：<a href="http://c.example/">某公司 京ICP备2020036654号-3</a>',
    "网站建设：某公司 京ICP备2020036654",
    '<a href="http://c.example/">京ICP备2020036654号</a>',
]


@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize("check", [filing_format, filing_linked, consistent])
@pytest.mark.parametrize("icp", ["鲁ICP备12345678号", ""])
def test_beside_the_own_number_that_of_the_maker_is_no_fault(judged, home, site, maker, check, icp):
    assert judged(check, home(filing=f"{FILING} {maker}"), on=replace(site, icp=icp)).status is Status.PASS


@pytest.mark.parametrize("maker", MAKERS)
def test_where_the_makers_number_stands_alone_people_are_asked(judged, home, maker):
    assert keys(judged(filing_linked, home(filing=maker))) == (Status.MANUAL, ["by-maker"])
    assert judged(consistent, home(filing=maker)).status is Status.MANUAL


def test_the_inventorys_number_is_the_own_one_beside_a_maker_too(judged, home):
    filing = "技术支持：某公司 鲁ICP备12345678号"
    assert keys(judged(filing_linked, home(filing=filing))) == (Status.FAIL, ["unlinked"])


def test_words_of_the_website_end_those_of_its_maker(judged, home, site):
    filing = "技术支持：某公司 主办单位：示例局 鲁ICP备12345678号"
    assert judged(filing_linked, home(filing=filing), on=replace(site, icp="")).status is Status.FAIL


# ---------------------------------------------------------------- police filing
def test_a_police_number_in_a_picture_is_asked_about(judged, home):
    link = (
        '<a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=37020202000012"><img src="/g.png"></a>'
    )
    assert keys(judged(police_shown, home(police=link))) == (Status.MANUAL, ["in-picture"])


def test_a_police_number_has_fourteen_digits(judged, home):
    assert keys(judged(police_format, home(police="鲁公网安备3702020200001号"))) == (Status.FAIL, ["malformed"])


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=37020202000012", (Status.PASS, [])),
        ("https://beian.mps.gov.cn/#/query/webSearch?code=37020202000012", (Status.PASS, [])),
        ("https://beian.mps.gov.cn/#/query/webSearch?code=37020202000098", (Status.FAIL, ["other-number"])),
        ("http://www.beian.gov.cn/", (Status.WARN, ["no-number"])),
        ("/", (Status.FAIL, ["elsewhere"])),
    ],
)
def test_the_link_of_the_police_number(judged, home, href, expected):
    assert keys(judged(police_linked, home(police=f'<a href="{href}">鲁公网安备 37020202000012号</a>'))) == expected


def test_a_police_number_without_a_link(judged, home):
    assert keys(judged(police_linked, home(police="鲁公网安备 37020202000012号"))) == (Status.FAIL, ["unlinked"])


# ---------------------------------------------------------------- marks
@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("网站标识码：370202001", (Status.FAIL, ["malformed"])),
        ("网站标识码：440000", (Status.FAIL, ["organisation-code"])),
        ("网站标识码：440000 电话：0532-88888888", (Status.FAIL, ["organisation-code"])),
        ("网站标识码：440000 0532 88888888", (Status.FAIL, ["organisation-code"])),
        ("网站标识码：440000 2024年版权所有", (Status.FAIL, ["organisation-code"])),
        ("网站标识码：bm07000001", (Status.PASS, [])),
        ("网站标识码：370202 0012", (Status.PASS, [])),
        ("网站标识码：370202&nbsp;&nbsp;0012 2024", (Status.PASS, [])),
        ("网站标识码：<span>370202</span> <span>0012</span>", (Status.PASS, [])),
        ("<table><tr><td>网站标识码：<td>370202<td>0012</table>", (Status.PASS, [])),
        ("网站标识码：bm0700 0001", (Status.PASS, [])),
        ("", (Status.WARN, ["only-in-meta"])),
    ],
)
def test_the_site_code(judged, home, code, expected):
    assert keys(judged(site_code, home(code=code))) == expected


def test_a_code_that_is_written_with_a_blank_is_the_inventorys(judged, home):
    assert judged(consistent, home(code="网站标识码：370202 0012")).status is Status.PASS


def test_a_code_in_the_tags_does_not_make_up_for_a_footer_that_was_not_seen(judged, home):
    assert judged(site_code, home('<script src="/foot.js"></script>', code="")).reason.code is Reason.NEEDS_BROWSER


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ('<img src="/conac_red.png">', (Status.FAIL, ["unlinked"])),
        ('<a href="/"><img src="/red.png" alt="党政机关网站标识"></a>', (Status.FAIL, ["elsewhere"])),
        ('<a href="//bszs.conac.cn/"><img src="/red.png"></a>', (Status.FAIL, ["no-id"])),
        ('<script src="//dcs.conac.cn/js/14/CA140000000404451630001.js"></script>', (Status.PASS, [])),
    ],
)
def test_the_conac_mark(judged, home, mark, expected):
    assert keys(judged(conac_mark, home(mark=mark))) == expected


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        ('<a href="http://121.43.68.40/exposure/jiucuo.html?site_code=3702020012">找错</a>', (Status.WARN, ["older"])),
        ('<a href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html">找错</a>', (Status.WARN, ["no-code"])),
        ('<a href="/zc.html">我为政府网站找错</a>', (Status.FAIL, ["elsewhere"])),
        ('<a href="/jc.html">我要纠错</a>', (Status.MANUAL, ["own-entry"])),
    ],
)
def test_the_report_entry(judged, home, report, expected):
    assert keys(judged(report_error, home(report=report))) == expected
