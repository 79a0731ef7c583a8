import pytest

from xuncha.api import Crawl, Gap, Reason, Status
from xuncha.testing import judge
from xuncha_plugins.availability.facts import HomeVisits
from xuncha_plugins.availability.home_checks import not_blocked

NO_CRAWL = (Crawl, Gap(Reason.RESET))


@pytest.mark.parametrize("mark", ["aliyun", "tencent"])
def test_the_providers_page_is_a_finding(home, visit, mark):
    outcome = judge(not_blocked, home(visit(status=403, filing_block=mark)), NO_CRAWL)
    assert (outcome.status, outcome.findings[0].key) == (Status.FAIL, mark)


@pytest.mark.parametrize(
    ("mark", "key"), [("aliyun-front", "aliyun-front"), ("unknown-provider", "other"), ("new", "other")]
)
def test_a_page_that_leaves_the_cause_open_is_a_hint(home, visit, mark, key):
    outcome = judge(not_blocked, home(visit(status=403, filing_block=mark)), NO_CRAWL)
    assert (outcome.status, outcome.findings[0].key) == (Status.WARN, key)


def test_cut_https_and_a_block_page_over_http_are_one_finding(home, visit):
    block = visit(url="http://www.a.gov.example/", status=403, filing_block="aliyun")
    outcome = judge(not_blocked, home(*[visit(reason=Reason.RESET)] * 3, asides=(block,)), NO_CRAWL)
    assert (outcome.status, outcome.findings_total) == (Status.FAIL, 1)


def test_a_block_that_only_the_crawl_met_is_found(crawl, page):
    blocked = page("", 0, status=403, problem=Reason.FILING_BLOCK, marks=("filing-block:tencent",))
    outcome = judge(not_blocked, (HomeVisits, Gap(Reason.DEADLINE)), crawl(front=blocked))
    assert outcome.status is Status.FAIL


def test_an_open_site_passes(home, visit, crawl):
    assert judge(not_blocked, home(visit()), crawl()).status is Status.PASS


def test_a_server_error_is_no_block(home, visit, crawl):
    assert judge(not_blocked, home(visit(status=503)), crawl()).status is Status.PASS


def test_a_challenge_hides_what_stands_behind(home, visit):
    outcome = judge(not_blocked, home(visit(status=521, challenge="jiasule")), NO_CRAWL)
    assert outcome.reason.code is Reason.CHALLENGED


def test_cut_connections_alone_prove_no_block(home, visit):
    outcome = judge(not_blocked, home(visit(reason=Reason.RESET)), NO_CRAWL)
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.RESET)
