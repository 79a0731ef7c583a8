"""Links that are wrong for certain before anything is fetched."""

import pickle

import pytest

from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason
from xuncha.model.site import Site
from xuncha.page import parse_page, rendered_page
from xuncha.testing import judge
from xuncha_plugins.links.page_checks import Empty, PrivateTarget

HOME = "http://www.a.gov.example/"


@pytest.mark.parametrize("href", ["#", "", "javascript:void(0)", "javascript:;", "##"])
def test_a_link_that_leads_nowhere_is_empty(shown, href):
    outcome = judge(Empty, shown(f'<p><a href="{href}">更多通知</a></p>'))
    assert outcome.status is Status.FAIL
    assert outcome.findings[0].params["text"].value == "更多通知"


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="/a.html">通知</a>',
        '<a href="#top">返回顶部</a><a href="#">返回顶部</a>',
        '<a href="#part2">第二部分</a><h2 id="part2">二</h2>',
        '<a href="#" onclick="show()">展开</a>',
        '<a href="javascript:void(0)" id="login">登录</a>',
        '<li><a href="#">政务公开</a><ul><li><a href="/a.html">文件</a></li></ul></li>',
        '<a href="#" data-toggle="tab">选项</a>',
    ],
)
def test_menus_handlers_and_anchors_are_not_empty(shown, markup):
    assert judge(Empty, shown(markup)).status is Status.PASS


def test_the_same_empty_link_on_every_page_is_one_finding(shown):
    pages = [shown('<a href="#">查看更多</a>', f"{HOME}{number}.html", 1) for number in range(3)]
    outcome = judge(Empty, *pages)
    assert outcome.findings_total == 1
    assert outcome.findings[0].params["sources"].value == 3
    assert outcome.findings[0].locator.page == f"{HOME}0.html"


def test_two_empty_links_of_one_page_are_told_apart(shown):
    outcome = judge(Empty, shown('<p><a href="#">通知</a></p><p><a href="#">公告</a></p>'))
    prints = {found.fingerprint("links.empty", "a") for found in outcome.findings}
    assert len(prints) == 2


def test_an_empty_link_is_shown_with_its_line(shown):
    found = judge(Empty, shown('\n\n<p><a href="#">通知</a></p>')).findings[0]
    assert found.locator.line == 3


@pytest.mark.parametrize(
    ("href", "key"),
    [
        ("http://192.168.10.25/oa/", "private-address"),
        ("http://10.1.1.1:8080/", "private-address"),
        ("http://[fd00::1]/", "private-address"),
        ("http://localhost:8080/bsdt/", "local-host"),
        ("http://127.0.0.1/", "local-host"),
        ("file:///D:/2019/tongzhi.doc", "local-file"),
        (r"C:\Users\wang\通知.doc", "local-file"),
    ],
)
def test_what_no_citizen_can_open_is_found(shown, href, key):
    outcome = judge(PrivateTarget, shown(f'<a href="{href}">业务系统</a>'))
    assert (outcome.status, [found.key for found in outcome.findings]) == (Status.FAIL, [key])


def test_a_picture_from_the_editors_disk_is_found(shown):
    assert judge(PrivateTarget, shown(r'<img src="file:///C:/tmp/1.png">')).status is Status.FAIL


@pytest.mark.parametrize("href", ["http://www.b.example/", "/a.html", "mailto:a@b.example", "http://8.8.8.8/"])
def test_public_targets_are_fine(shown, href):
    assert judge(PrivateTarget, shown(f'<a href="{href}">链接</a>')).status is Status.PASS


@pytest.mark.parametrize("site", [{"network": ("192.168.0.0/16",)}, {"serves_public": False}])
def test_a_site_of_an_inner_network_is_not_asked(shown, site):
    inner = Site("a", "示例局", (HOME,), **site)
    outcome = judge(PrivateTarget, shown('<a href="http://192.168.1.1/">系统</a>'), site=inner)
    assert (outcome.status, outcome.reason.code) == (Status.NOT_APPLICABLE, Reason.KIND_OF_SITE)


@pytest.mark.parametrize("check", [Empty, PrivateTarget])
def test_pages_built_by_script_need_a_browser(shown, check):
    page = shown("")
    vars(page)["scripted"] = True
    outcome = judge(check, page)
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.NEEDS_BROWSER)


@pytest.mark.parametrize("check", [Empty, PrivateTarget])
@pytest.mark.parametrize("link", ["", '<a href="https://beian.miit.gov.cn/">备案号</a>', '<a href="/">首页</a>'])
def test_of_a_notice_in_place_of_a_site_nothing_is_said(notice, check, link):
    outcome = judge(check, notice(link))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.TOO_FEW_PAGES)


@pytest.mark.parametrize("check", [Empty, PrivateTarget])
@pytest.mark.parametrize("link", ['<a href="/gk/">信息公开</a>', '<iframe src="/main.html"></iframe>'])
def test_few_words_that_lead_into_the_site_are_a_home_page(notice, check, link):
    assert judge(check, notice(link)).status is Status.PASS


def test_what_is_wrong_on_a_notice_is_found_all_the_same(notice):
    outcome = judge(Empty, notice('<p><a href="#">联系我们</a></p>'))
    assert (outcome.status, outcome.coverage.complete) == (Status.FAIL, False)


@pytest.mark.parametrize("check", [Empty, PrivateTarget])
def test_without_a_page_nothing_is_told(check):
    assert judge(check).status is Status.INCONCLUSIVE


def test_the_state_can_be_carried_to_another_process(shown):
    check = Empty()
    check.visit(shown('<a href="#">通知</a>'))
    assert list(pickle.loads(pickle.dumps(check)).conclude()) == list(check.conclude())


def test_a_link_that_a_script_wrote_is_not_called_empty(shown):
    answered = shown("<p>概况</p>")
    written = rendered_page(answered, shown('<p><a href="#">更多通知</a></p>').html, whole=True)
    assert judge(Empty, written).status is Status.PASS


def test_nor_is_it_known_where_script_builds_the_page(notice):
    answered = parse_page(b"<div id=app></div><script src=/app.js></script>", url=HOME)
    written = rendered_page(answered, notice('<a href="#">更多通知</a>').html, whole=True)
    assert judge(Empty, written).reason.code == Reason.NEEDS_BROWSER


def test_a_page_that_script_builds_is_judged_where_a_browser_saw_no_such_link(notice):
    answered = parse_page(b"<div id=app></div><script src=/app.js></script>", url=HOME)
    written = rendered_page(answered, notice('<a href="/more/">更多通知</a>').html, whole=True)
    assert judge(Empty, written).reason is None
