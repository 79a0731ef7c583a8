from xuncha.api import Reason, Status
from xuncha.lab.hosting import SLOW_SECONDS
from xuncha.testing import judge
from xuncha_plugins.availability.level_checks import SpeedParams, response_time
from xuncha_plugins.availability.probes import HomeParams


def test_fast_pages_pass(crawl, page, home, visit):
    assert judge(response_time, crawl(page("a")), home(visit())).status is Status.PASS


def test_a_slow_home_page_is_a_hint(crawl, page, home, visit):
    outcome = judge(response_time, crawl(front=page("", 0, seconds=4.0)), home(visit(seconds=4.2), visit(seconds=3.8)))
    assert (outcome.status, outcome.findings[0].params["took"].value) == (Status.WARN, 4.0)


def test_one_slow_visit_among_fast_ones_is_no_matter(crawl, page, home, visit):
    outcome = judge(response_time, crawl(front=page("", 0, seconds=9.0)), home(visit(), visit()))
    assert outcome.status is Status.PASS


def test_exactly_three_seconds_are_within_the_rule(crawl, page, home):
    assert judge(response_time, crawl(front=page("", 0, seconds=3.0)), home()).status is Status.PASS


def test_a_slow_level_is_named(crawl, page, home, visit):
    slow = [page(f"a{number}", 2, seconds=5.0) for number in range(5)]
    outcome = judge(response_time, crawl(*slow), home(visit()))
    assert (outcome.findings[0].key, outcome.findings[0].params["level"].value) == ("level-slow", 3)


def test_of_few_pages_no_median_is_taken(crawl, page, home, visit):
    slow = [page(f"a{number}", 2, seconds=5.0) for number in range(4)]
    assert judge(response_time, crawl(*slow), home(visit())).status is Status.PASS


def test_a_page_that_hung_is_named_on_its_own(crawl, page, home, visit):
    outcome = judge(response_time, crawl(page("a", seconds=16.0)), home(visit()))
    assert outcome.findings[0].locator.url == "http://www.a.gov.example/a"


def test_a_site_that_did_not_open_has_no_speed(crawl, page, home, visit):
    front = page("", 0, status=0, problem=Reason.CHALLENGED)
    outcome = judge(response_time, crawl(front=front, complete=False), home(visit(challenge="x")))
    assert outcome.reason.code is Reason.CHALLENGED


def test_how_fast_a_notice_comes_says_nothing_of_the_site(crawl, page, home, visit):
    outcome = judge(response_time, crawl(front=page("", 0, marks=("soft-404:default-page",))), home(visit()))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.TOO_FEW_PAGES)


def test_the_slow_home_page_of_the_lab_is_found_by_a_machine_that_stands_still_half_the_time():
    assert SpeedParams().seconds < SLOW_SECONDS / 2


def test_nobody_gives_the_slow_home_page_of_the_lab_up():
    assert HomeParams().seconds - 5 > SLOW_SECONDS
