"""Links that open something else than they promise."""

import hashlib
from dataclasses import replace

import pytest

from xuncha.model.crawl import Hop, LinkUse
from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason
from xuncha.testing import judge
from xuncha.testing.net import page, redirect, status
from xuncha_plugins.links.target_checks import broken_attachment, wrong_target

HOME = "http://www.a.gov.example/"
OTHER = "http://www.b.example/x/1.html"
NOTE = ("soft-404:missing-zh",)


@pytest.fixture
def judged(asked):
    def run(crawl, pages=None):
        return judge(wrong_target, crawl, asked(crawl, pages)[0])

    return run


@pytest.fixture
def sent(crawled, target, record):
    """A crawl in which a link of the site ended somewhere else."""

    def make(path, landing=HOME, **link):
        there = record(path, final_url=landing, hops=(Hop(HOME + path, 302, landing),), sha256="", title="")
        return crawled(target(path, **link), pages=(there,))

    return make


def said(outcome):
    return (outcome.status, [found.key for found in outcome.findings])


def test_a_page_that_is_what_it_promises_passes(judged, crawled, target, record):
    assert judged(crawled(target("/a/1.html"), pages=(record("/a/1.html"),))).status is Status.PASS


def test_a_note_that_there_is_no_such_page_is_a_wrong_target(judged, crawled, target, record, html):
    crawl = crawled(target("/a/1.html"), pages=(record("/a/1.html", marks=NOTE),))
    note = replace(html("页面不存在"), marks=NOTE)
    assert said(judged(crawl, {f"{HOME}a/1.html": note})) == (Status.FAIL, ["missing-note"])


def test_a_note_that_is_gone_at_the_second_visit_is_no_finding(judged, crawled, target, record, html):
    crawl = crawled(target("/a/1.html"), pages=(record("/a/1.html", marks=NOTE),))
    assert judged(crawl, {f"{HOME}a/1.html": html("通知")}).status is Status.PASS


def test_a_note_that_nobody_saw_twice_is_only_suspected(crawled, target, record, nothing_asked):
    crawl = crawled(target("/a/1.html"), pages=(record("/a/1.html", marks=NOTE),))
    assert said(judge(wrong_target, crawl, nothing_asked)) == (Status.WARN, ["missing-note-maybe"])


def test_what_comes_for_impossible_addresses_is_only_suspected(judged, crawled, target, record, html):
    odd = html("示例局提示")
    sha = hashlib.sha256(odd.body).hexdigest()
    crawl = crawled(target("/a/1.html"), pages=(record("/a/1.html", sha256=sha),))
    assert said(judged(crawl, {f"{HOME}*": odd})) == (Status.WARN, ["like-an-error-maybe"])


def test_one_shell_for_every_address_accuses_no_route_of_the_application(judged, crawled, target, record, html):
    shell = html("办事大厅")
    sha = hashlib.sha256(shell.body).hexdigest()
    routes = [record(path, sha256=sha) for path in ("/app/1", "/app/2")]
    outcome = judged(crawled(*(target(route.url) for route in routes), pages=routes), {f"{HOME}*": shell})
    assert (said(outcome), outcome.reason.code) == ((Status.INCONCLUSIVE, []), Reason.NEEDS_BROWSER)


def test_one_notice_for_every_address_is_no_site_yet(judged, crawled, record):
    notice = page("<h1>维护中</h1>")
    home = replace(record("", sha256=hashlib.sha256(notice.body).hexdigest()), depth=0, words=3)
    outcome = judged(crawled(home=home), {f"{HOME}*": notice})
    assert (said(outcome), outcome.reason.code) == ((Status.INCONCLUSIVE, []), Reason.TOO_FEW_PAGES)


def test_a_shell_that_differs_a_little_each_time_is_one_all_the_same(judged, crawled, target, record, html):
    shell = html("办事大厅")
    size = len(shell.body)
    routes = [record(path, title="办事大厅", bytes=size + extra) for extra, path in enumerate(("/app/1", "/app/2"))]
    outcome = judged(crawled(*(target(route.url) for route in routes), pages=routes), {f"{HOME}*": shell})
    assert said(outcome) == (Status.INCONCLUSIVE, [])


def test_a_page_built_by_script_that_comes_for_every_address_is_no_error(judged, crawled, target, record, html):
    shell = html("办事大厅")
    route = record("/app/1", sha256=hashlib.sha256(shell.body).hexdigest(), scripted=True)
    assert judged(crawled(target(route.url), pages=(route,)), {f"{HOME}*": shell}).findings == ()


def test_a_note_that_says_so_is_proof_however_many_links_lead_to_it(judged, crawled, target, record, html):
    note = replace(html("页面不存在"), marks=NOTE)
    sha = hashlib.sha256(note.body).hexdigest()
    lost = [record(path, sha256=sha, marks=NOTE) for path in ("/a/1.html", "/a/2.html")]
    outcome = judged(crawled(*(target(page.url) for page in lost), pages=lost), {f"{HOME}*": note})
    assert said(outcome) == (Status.FAIL, ["missing-note"] * 2)


def test_what_resembles_it_is_only_suspected(judged, crawled, target, record, html):
    crawl = crawled(target("/a/1.html"), pages=(record("/a/1.html", title="示例局提示", bytes=90),))
    replies = {f"{HOME}*": html("示例局提示"), f"{HOME}a/1.html": html("示例局提示", x_note="1")}
    replies[f"{HOME}a/1.html"] = replace(replies[f"{HOME}a/1.html"], body=html("示例局提示").body + b"<!-- 17 -->")
    assert said(judged(crawl, replies)) == (Status.WARN, ["like-an-error-maybe"])


def test_a_site_that_answers_everything_with_its_home_page_tells_nothing(judged, crawled, target, record, html):
    shell = html("示例局")
    sha = hashlib.sha256(shell.body).hexdigest()
    home = record("/", sha256=sha, title="示例局")
    crawl = crawled(target("/a/1.html"), home=home, pages=(record("/a/1.html", sha256=sha, title="示例局"),))
    assert judged(crawl, {f"{HOME}*": shell}).findings == ()


def test_a_deep_link_that_lands_on_the_home_page_is_only_suspected(judged, sent):
    answers = {f"{HOME}a/b/1.html": redirect(HOME), HOME: status(200)}
    assert said(judged(sent("a/b/1.html"), answers)) == (Status.WARN, ["sent-home-maybe"])


@pytest.mark.parametrize("path", ["index.html", "zwgk/index.html", "zwgk", "jump?url=http://www.a.gov.example/"])
def test_a_shallow_link_may_land_on_the_home_page(judged, sent, path):
    answers = {HOME + path: redirect(HOME), HOME: status(200)}
    assert judged(sent(path), answers).status is Status.PASS


def test_a_link_that_says_home_may_land_there(judged, sent):
    answers = {f"{HOME}a/b/1.html": redirect(HOME), HOME: status(200)}
    assert judged(sent("a/b/1.html", text="返回首页"), answers).status is Status.PASS


@pytest.mark.parametrize(
    "path", ["a/b/logout.do", "sso/a/b", "user/center/1", "zwfw/passport/index.do", "a/signOut?x=1"]
)
def test_addresses_of_accounts_may_lead_home(judged, sent, path):
    assert judged(sent(path), {HOME + path: redirect(HOME), HOME: status(200)}).status is Status.PASS


@pytest.mark.parametrize("text", ["退出", "注销", "用户登录", "个人中心", "用户中心", "Log out"])
def test_links_that_say_account_may_lead_home(judged, sent, text):
    answers = {f"{HOME}a/b/1.html": redirect(HOME), HOME: status(200)}
    assert judged(sent("a/b/1.html", text=text), answers).status is Status.PASS


def test_where_missing_pages_lead_home_shallow_links_are_suspected_too(judged, sent):
    answers = {f"{HOME}*": redirect(HOME), HOME: status(200)}
    assert said(judged(sent("zwgk"), answers)) == (Status.WARN, ["sent-home-maybe"])


def test_another_sites_home_page_instead_of_its_article_is_suspected(judged, crawled, target):
    answers = {OTHER: redirect("http://www.b.example/"), "http://www.b.example/": status(200)}
    assert said(judged(crawled(target(OTHER)), answers)) == (Status.WARN, ["sent-home-maybe"])


def test_a_move_to_another_host_is_no_wrong_target(judged, crawled, target):
    answers = {OTHER: redirect("http://www.c.example/"), "http://www.c.example/": status(200)}
    assert judged(crawled(target(OTHER)), answers).status is Status.PASS


def test_a_parked_host_of_the_sites_own_domain_is_wrong(judged, crawled, target, html):
    own = "http://old.a.gov.example/"
    parked = replace(html("域名出售"), marks=("parked-domain:for-sale-zh",))
    assert said(judged(crawled(target(own)), {own: parked})) == (Status.FAIL, ["parked"])


def test_a_parked_domain_of_others_is_told_by_another_check(judged, crawled, target, html):
    parked = replace(html("域名出售"), marks=("parked-domain:for-sale-zh",))
    assert judged(crawled(target(OTHER)), {OTHER: parked}).status is Status.PASS


def test_a_servers_default_page_is_suspected(judged, crawled, target, html):
    default = replace(html("Welcome to nginx!"), marks=("soft-404:default-page",))
    assert said(judged(crawled(target(OTHER)), {OTHER: default})) == (Status.WARN, ["like-an-error-maybe"])


def test_an_attachment_that_is_an_error_page_is_wrong(judged, crawled, target, html):
    note = replace(html("文件不存在"), marks=NOTE)
    crawl = crawled(target("/a.pdf", LinkUse.ATTACHMENT))
    assert said(judged(crawl, {f"{HOME}a.pdf": note})) == (Status.FAIL, ["file-is-note"])


def test_an_attachment_that_is_some_web_page_is_suspected(judged, crawled, target, html):
    crawl = crawled(target("/a.pdf", LinkUse.ATTACHMENT))
    assert said(judged(crawl, {f"{HOME}a.pdf": html("在线预览")})) == (Status.WARN, ["not-a-file-maybe"])


@pytest.mark.parametrize(
    "reply",
    [
        page(b"%PDF-1.7", media="text/html"),
        page(b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'>", media="text/html"),
        page(b"<html>", media="application/vnd.ms-excel"),
    ],
)
def test_a_file_under_a_wrong_type_is_a_file(judged, crawled, target, reply):
    crawl = crawled(target("/a.xls", LinkUse.ATTACHMENT))
    assert judged(crawl, {f"{HOME}a.xls": reply}).status is Status.PASS


def test_a_broken_attachment_is_not_also_a_wrong_target(asked, crawled, target):
    crawl = crawled(target("/a.pdf", LinkUse.ATTACHMENT))
    fact, _ = asked(crawl, {f"{HOME}a.pdf": replace(status(404), marks=NOTE)})
    assert judge(broken_attachment, crawl, fact).status is Status.FAIL
    assert judge(wrong_target, crawl, fact).status is Status.PASS


def test_a_challenge_is_no_wrong_target(judged, crawled, target):
    crawl = crawled(target("/a.pdf", LinkUse.ATTACHMENT))
    waf = replace(page(b"<html>"), challenge="ruishu")
    assert judged(crawl, {f"{HOME}a.pdf": waf}).findings == ()


def test_a_challenged_calibration_is_no_measure(judged, crawled, target, record):
    waf = replace(page(b"<html><title>x</title>"), challenge="ruishu")
    sha = hashlib.sha256(waf.body).hexdigest()
    crawl = crawled(target("/a/1.html"), pages=(record("/a/1.html", sha256=sha),))
    assert judged(crawl, {f"{HOME}*": waf}).findings == ()


def test_where_another_address_opened_it_is_named(crawled, target, record, nothing_asked):
    landing = f"{HOME}404.html"
    crawl = crawled(target("/a/1.html"), pages=(record("/a/1.html", marks=NOTE, final_url=landing),))
    (found,) = judge(wrong_target, crawl, nothing_asked).findings
    assert (found.key, found.params["landing"].value) == ("missing-note-maybe-at", landing)
