"""Links to domains whose owner gave them up: the next one decides what citizens see."""

from dataclasses import replace

import pytest

from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason
from xuncha.testing import judge
from xuncha.testing.net import page as reply
from xuncha_plugins.links.target_checks import lapsed_domains

OTHER = "http://www.b.example/"


@pytest.fixture
def judged(asked):
    def run(crawl, pages=None, **asking):
        return judge(lapsed_domains, crawl, asked(crawl, pages, **asking)[0])

    return run


@pytest.fixture
def parked():
    return replace(reply("<title>域名出售</title>"), marks=("parked-domain:for-sale-zh",))


def said(outcome):
    return (outcome.status, [found.key for found in outcome.findings])


def test_a_domain_that_is_for_sale_fails(judged, crawled, target, parked):
    assert said(judged(crawled(target(OTHER)), {OTHER: parked})) == (Status.FAIL, ["parked"])


def test_a_domain_is_told_once_whatever_links_lead_there(judged, crawled, target, parked):
    links = [target(f"{OTHER}{number}.html") for number in range(3)]
    assert said(judged(crawled(*links), {f"{OTHER}*": parked})) == (Status.FAIL, ["parked"])


def test_a_domain_that_nobody_owns_any_more_is_a_hint(judged, crawled, target):
    outcome = judged(crawled(target(OTHER)), {OTHER: Reason.NO_SUCH_NAME})
    assert said(outcome) == (Status.WARN, ["gone"])
    assert outcome.findings[0].params["domain"].value == "b.example"


def test_a_host_that_is_gone_below_a_living_domain_is_only_broken(judged, crawled, target):
    names = {"b.example": ("192.0.2.1",)}
    outcome = judged(crawled(target(OTHER)), {OTHER: Reason.NO_SUCH_NAME}, names=names)
    assert outcome.status is Status.PASS


@pytest.mark.parametrize("url", ["http://www.b.gov.cn/", "http://b.gov.cn/x.html"])
def test_names_of_the_state_are_there_for_nobody(judged, crawled, target, url):
    assert judged(crawled(target(url)), {url: Reason.NO_SUCH_NAME}).status is Status.PASS


def test_a_domain_denied_where_all_names_are_has_not_lapsed(judged, crawled, target):
    outcome = judged(crawled(target(OTHER)), {OTHER: Reason.NO_SUCH_NAME}, names={"www.gov.cn": None})
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.VANTAGE_UNFIT)


def test_a_failed_lookup_proves_nothing(judged, crawled, target):
    names = dict.fromkeys(("www.b.example", "b.example"), Reason.DNS_FAILED)
    outcome = judged(crawled(target(OTHER)), {OTHER: Reason.NO_SUCH_NAME}, names=names)
    assert outcome.status is Status.PASS


def test_links_that_open_pass(judged, crawled, target):
    assert judged(crawled(target(OTHER)), {OTHER: reply("<h1>示例区旅游网</h1>")}).status is Status.PASS


def test_where_nothing_outside_answers_nothing_is_told(judged, crawled, target):
    urls = [f"http://www.{name}.example/" for name in "bcd"]
    outcome = judged(crawled(*map(target, urls)), dict.fromkeys(urls, Reason.TIMEOUT))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.VANTAGE_UNFIT)
