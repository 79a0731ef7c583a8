"""Broken links: what is certain, what is only suspected, and what nobody can tell."""

from dataclasses import replace

import pytest

from xuncha.model.crawl import LinkUse, PageRecord
from xuncha.model.fact import Gap
from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason
from xuncha.testing import judge
from xuncha.testing.net import page, status
from xuncha_plugins.links.facts import LinkAnswers
from xuncha_plugins.links.target_checks import (
    TargetParams,
    broken_asset,
    broken_attachment,
    broken_external,
    broken_internal,
)

HOME = "http://www.a.gov.example/"
OTHER = "http://www.b.example/x/1.html"
FINE = "http://www.fine.example/"
NOTICE = PageRecord(HOME, HOME, 0, 200, "text/html", 300, words=20)


@pytest.fixture
def judged(asked, crawled):
    """Ask, then judge; one more site outside always answers."""

    def run(check, crawl, pages=None, *, names=None, params=None):
        fact, _ = asked(crawl, {FINE: status(200), **(pages or {})}, names=names)
        return judge(check, crawl, fact, params=params)

    return run


def keys(outcome):
    return [found.key for found in outcome.findings]


@pytest.mark.parametrize("code", [404, 410])
def test_gone_twice_is_certain(judged, crawled, target, code):
    outcome = judged(broken_external, crawled(target(OTHER)), {OTHER: status(code)})
    assert (outcome.status, keys(outcome)) == (Status.FAIL, ["gone"])


def test_gone_once_and_there_again_is_no_finding(judged, crawled, target):
    outcome = judged(broken_external, crawled(target(OTHER)), {OTHER: [status(404), status(200)]})
    assert outcome.status is Status.PASS


def test_gone_once_and_then_silent_is_a_suspicion(judged, crawled, target):
    outcome = judged(broken_external, crawled(target(OTHER)), {OTHER: [status(404), Reason.TIMEOUT]})
    assert (outcome.status, keys(outcome)) == (Status.WARN, ["no-answer"])


def test_gone_without_a_second_visit_is_a_suspicion(crawled, target, record, nothing_asked):
    crawl = crawled(target("/a/1.html"), pages=(record("/a/1.html", 404),))
    outcome = judge(broken_internal, crawl, nothing_asked)
    assert (outcome.status, keys(outcome)) == (Status.WARN, ["gone-once"])


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        *((status(code), "refused") for code in (401, 403, 412, 429, 451)),
        *((status(code), "server-error") for code in (500, 503, 521)),
        (replace(status(200), challenge="cloudflare"), "blocked"),
        (replace(status(403), marks=("filing-block:aliyun",)), "blocked"),
        *((reason, "no-answer") for reason in (Reason.TIMEOUT, Reason.RESET, Reason.REFUSED, Reason.DNS_FAILED)),
        (Reason.TOO_MANY_REDIRECTS, "no-answer"),
        (Reason.TLS_FAILED, "no-tls"),
    ],
)
def test_other_sites_that_do_not_let_us_in_are_possibly_broken(judged, crawled, target, answer, key):
    outcome = judged(broken_external, crawled(target(OTHER), target(FINE)), {OTHER: answer})
    assert (outcome.status, keys(outcome)) == (Status.WARN, [key])


def test_a_denied_name_is_certain(judged, crawled, target):
    outcome = judged(broken_external, crawled(target(OTHER)), {OTHER: Reason.NO_SUCH_NAME})
    assert (outcome.status, keys(outcome)) == (Status.FAIL, ["no-such-name"])


def test_a_name_denied_where_all_names_are_proves_nothing(judged, crawled, target):
    outcome = judged(broken_external, crawled(target(OTHER)), {OTHER: Reason.NO_SUCH_NAME}, names={"www.gov.cn": None})
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.VANTAGE_UNFIT)


def test_a_name_that_came_back_is_only_suspected(judged, crawled, target):
    names = {"www.b.example": ["192.0.2.7"]}
    outcome = judged(broken_external, crawled(target(OTHER)), {OTHER: Reason.NO_SUCH_NAME}, names=names)
    assert (outcome.status, keys(outcome)) == (Status.WARN, ["no-answer"])


def test_a_private_answer_is_to_be_verified_there(judged, crawled, target):
    outcome = judged(broken_external, crawled(target(OTHER)), {OTHER: Reason.ADDRESS_FORBIDDEN})
    assert (outcome.status, keys(outcome)) == (Status.MANUAL, ["elsewhere"])


def test_the_sites_own_redirect_to_a_private_address_is_not_blamed_on_its_name(judged, crawled, target):
    image = target("/logo.png", use=LinkUse.IMAGE)
    outcome = judged(broken_asset, crawled(image), {image.url: Reason.ADDRESS_FORBIDDEN})
    assert (outcome.status, keys(outcome)) == (Status.MANUAL, ["leads-inside"])


@pytest.mark.parametrize("host", ["oa", "oa.lan", "portal.zw.example"])
def test_a_name_of_the_extranet_is_to_be_verified_there(judged, crawled, target, host):
    params = TargetParams(extranet=("zw.example",))
    url = f"http://{host}/"
    outcome = judged(broken_external, crawled(target(url)), {url: Reason.NO_SUCH_NAME}, params=params)
    assert (outcome.status, keys(outcome)) == (Status.MANUAL, ["elsewhere"])


@pytest.mark.parametrize("reason", [Reason.NO_SUCH_NAME, Reason.VANTAGE_UNFIT])
def test_where_no_other_site_answers_the_vantage_is_unfit(judged, crawled, target, reason):
    links = [target(f"http://h{number}.example/") for number in range(3)]
    outcome = judged(broken_external, crawled(*links), {link.url: reason for link in links})
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.VANTAGE_UNFIT)


def test_where_no_other_site_answers_its_pictures_are_not_blamed(judged, crawled, target):
    pictures = [target(f"http://h{number}.example/a.png", LinkUse.IMAGE) for number in range(3)]
    outcome = judged(broken_asset, crawled(*pictures), {one.url: Reason.TIMEOUT for one in pictures})
    assert outcome.status is Status.INCONCLUSIVE


def test_a_page_of_the_site_gone_twice_is_certain(judged, crawled, target, record):
    crawl = crawled(target("/a/1.html"), pages=(record("/a/1.html", 404),))
    assert judged(broken_internal, crawl).status is Status.FAIL


def test_a_page_of_the_site_that_came_back_is_fine(judged, crawled, target, record):
    crawl = crawled(target("/a/1.html"), pages=(record("/a/1.html", 404),))
    assert judged(broken_internal, crawl, {f"{HOME}a/1.html": status(200)}).status is Status.PASS


def test_a_server_error_of_the_site_is_only_suspected_however_often(judged, crawled, target, record):
    crawl = crawled(target("/a/1.html"), pages=(record("/a/1.html", 500),))
    outcome = judged(broken_internal, crawl, {f"{HOME}a/1.html": status(500)})
    assert (outcome.status, keys(outcome)) == (Status.WARN, ["server-error"])


def test_a_page_of_the_site_silent_twice_is_suspected(judged, crawled, target, record):
    crawl = crawled(target("/a/1.html"), pages=(record("/a/1.html", 0, problem=Reason.TIMEOUT),))
    outcome = judged(broken_internal, crawl, {f"{HOME}a/1.html": Reason.TIMEOUT})
    assert (outcome.status, keys(outcome)) == (Status.WARN, ["no-answer"])


@pytest.mark.parametrize("problem", [Reason.CHALLENGED, Reason.BLOCKED_DURING_RUN, Reason.RATE_LIMITED])
def test_a_page_that_we_were_not_let_in_to_is_unknown(judged, crawled, target, record, problem):
    crawl = crawled(target("/a/1.html"), pages=(record("/a/1.html", 403, problem=problem),), complete=False)
    outcome = judged(broken_internal, crawl)
    assert (outcome.status, outcome.findings) == (Status.INCONCLUSIVE, ())


def test_a_page_silent_once_is_unknown(crawled, target, record, nothing_asked):
    records = (record("/a/1.html", 0, problem=Reason.TIMEOUT),)
    outcome = judge(broken_internal, crawled(target("/a/1.html"), pages=records, complete=False), nothing_asked)
    assert outcome.status is Status.INCONCLUSIVE


def test_pages_beyond_the_budget_are_unknown(judged, crawled, target):
    crawl = crawled(target("/a/1.html"), known=10, stopped=Reason.BUDGET_REACHED)
    outcome = judged(broken_internal, crawl)
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.BUDGET_REACHED)
    assert (outcome.coverage.seen, outcome.coverage.known) == (1, 10)


def test_pages_that_nobody_opened_hold_links_that_nobody_saw(judged, crawled, target):
    outcome = judged(broken_external, crawled(target(FINE), known=10))
    assert (outcome.coverage.seen, outcome.coverage.known) == (1, 10)
    assert outcome.status is Status.INCONCLUSIVE


def test_few_links_are_covered_as_far_as_the_pages_are(judged, crawled, target, record):
    pages = tuple(record(f"/{number}.html") for number in range(8))
    outcome = judged(broken_external, crawled(target(FINE), pages=pages, known=10))
    assert (outcome.status, outcome.coverage.seen, outcome.coverage.known) == (Status.PASS, 9, 10)


def test_a_home_page_built_by_script_hides_links(judged, crawled, record, target):
    pages = tuple(record(f"/{number}.html") for number in range(20))
    crawl = crawled(target(FINE), home=record("/", scripted=True), pages=pages)
    assert judged(broken_external, crawl).reason.code is Reason.NEEDS_BROWSER


def test_links_that_were_not_asked_are_unknown(asked, crawled, target):
    crawl = crawled(*(target(f"http://h{number}.example/") for number in range(4)))
    fact, _ = asked(crawl, {"http://h*": status(200)}, external_links=2)
    outcome = judge(broken_external, crawl, fact)
    assert (outcome.status, outcome.coverage.seen, outcome.coverage.known) == (Status.INCONCLUSIVE, 2, 4)


def test_unasked_external_links_do_not_cloud_the_internal_ones(asked, crawled, target):
    crawl = crawled(*(target(f"http://h{number}.example/") for number in range(4)))
    fact, _ = asked(crawl, {"http://h*": status(200)}, external_links=2)
    outcome = judge(broken_internal, crawl, fact)
    assert (outcome.status, outcome.coverage.complete) == (Status.PASS, True)


def test_a_site_without_links_to_others_has_no_broken_ones(judged, crawled, record):
    assert judged(broken_external, crawled(pages=(record("/a.html"),))).status is Status.PASS


@pytest.mark.parametrize("check", [broken_internal, broken_external, broken_asset, broken_attachment])
def test_of_a_home_page_without_links_nothing_is_said(judged, crawled, check):
    assert judged(check, crawled()).reason.code is Reason.TOO_FEW_PAGES


@pytest.mark.parametrize("check", [broken_internal, broken_external, broken_asset, broken_attachment])
def test_of_a_notice_in_place_of_a_site_nothing_is_said(judged, crawled, target, record, check):
    filing = target("https://beian.miit.gov.cn/")
    crawl = crawled(filing, pages=(record("/gk/"),), home=NOTICE)
    outcome = judged(check, crawl, {filing.url: status(200)})
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.TOO_FEW_PAGES)


def test_lists_built_by_script_need_a_browser(judged, crawled, record):
    crawl = crawled(pages=(record("/a.html", scripted=True), record("/b.html", scripted=True)))
    outcome = judged(broken_external, crawl)
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.NEEDS_BROWSER)


def test_a_home_page_that_did_not_open_is_the_reason(crawled):
    outcome = judge(broken_internal, crawled(), (LinkAnswers, Gap(Reason.CHALLENGED)))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.CHALLENGED)


@pytest.mark.parametrize(
    ("check", "url", "use"),
    [
        (broken_asset, "/images/a.png", LinkUse.IMAGE),
        (broken_asset, "/a.css", LinkUse.STYLE),
        (broken_asset, "/a.js", LinkUse.SCRIPT),
        (broken_attachment, "/a.pdf", LinkUse.ATTACHMENT),
    ],
)
def test_a_missing_file_is_found_by_its_own_check(judged, crawled, target, check, url, use):
    crawl = crawled(target(url, use))
    found = {one: judged(one, crawl).status for one in (broken_asset, broken_attachment, broken_internal)}
    assert {one for one, result in found.items() if result is Status.FAIL} == {check}


def test_a_file_that_is_there_is_fine(judged, crawled, target):
    crawl = crawled(target("/a.pdf", LinkUse.ATTACHMENT))
    outcome = judged(broken_attachment, crawl, {f"{HOME}a.pdf": page(b"%PDF", media="application/pdf")})
    assert outcome.status is Status.PASS


def test_a_file_that_robots_txt_closes_is_unknown(judged, crawled, target):
    crawl = crawled(target("/a.pdf", LinkUse.ATTACHMENT))
    assert judged(broken_attachment, crawl, {f"{HOME}a.pdf": Reason.ROBOTS_FORBIDDEN}).status is Status.INCONCLUSIVE


def test_private_addresses_are_another_checks_affair(judged, crawled, target):
    outcome = judged(broken_external, crawled(target("http://10.1.2.3/"), target(FINE)))
    assert (outcome.status, outcome.coverage.known) == (Status.PASS, 1)


def test_a_target_is_one_finding_shown_on_the_home_page(judged, crawled, target):
    pages = (f"{HOME}a.html", HOME, *(f"{HOME}{number}.html" for number in range(8)))
    outcome = judged(broken_external, crawled(target(OTHER, pages=pages, total=40)), {OTHER: status(404)})
    found = outcome.findings[0]
    assert outcome.findings_total == 1
    assert (found.locator.page, found.locator.text, found.locator.line, found.locator.depth) == (HOME, "通知", 7, 0)
    assert found.params["sources"].value == 40
    named = [HOME, f"{HOME}a.html", *(f"{HOME}{number}.html" for number in range(4)), "…"]
    assert found.params["pages"].value.split() == named


def test_the_only_page_that_links_there_is_named(judged, crawled, target):
    found = judged(broken_external, crawled(target(OTHER)), {OTHER: status(404)}).findings[0]
    assert found.params["pages"].value == HOME


def test_pages_are_named_by_whole_urls_or_left_out(judged, crawled, target):
    pages = (HOME, f"{HOME}a.html", f"{HOME}{'x' * 300}.html")
    outcome = judged(broken_external, crawled(target(OTHER, pages=pages)), {OTHER: status(404)})
    assert outcome.findings[0].params["pages"].value == f"{HOME} {HOME}a.html …"
