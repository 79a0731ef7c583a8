import pytest

from xuncha.api import Crawl, Gap, Reason, Status
from xuncha.testing import judge
from xuncha_plugins.availability.facts import HomeVisits
from xuncha_plugins.availability.home_checks import home_opens


def test_an_open_home_page_passes(home, visit):
    assert judge(home_opens, home(visit())).status is Status.PASS


def test_a_page_that_opened_at_the_second_try_passes(home, visit):
    assert judge(home_opens, home(visit(reason=Reason.TIMEOUT), visit())).status is Status.PASS


@pytest.mark.parametrize(
    ("what", "key"),
    [
        ({"status": 503}, "status"),
        ({"status": 404}, "status"),
        ({"reason": Reason.NO_SUCH_NAME}, "no-such-name"),
        ({"reason": Reason.REFUSED}, "refused"),
        ({"reason": Reason.RESET}, "reset"),
        ({"reason": Reason.TIMEOUT}, "timeout"),
        ({"reason": Reason.TLS_FAILED}, "no-tls"),
        ({"reason": Reason.TOO_MANY_REDIRECTS}, "redirects"),
    ],
)
def test_one_scan_says_no_more_than_that_it_did_not_open_now(home, visit, what, key):
    outcome = judge(home_opens, home(visit(**what), visit(0.01, **what)))
    assert (outcome.status, outcome.findings[0].key) == (Status.WARN, key)


def test_failures_over_four_hours_are_a_finding(home, visit):
    visits = [visit(hours, reason=Reason.TIMEOUT) for hours in (0, 0.1, 2, 4)]
    outcome = judge(home_opens, home(*visits))
    assert (outcome.status, outcome.findings[0].params["count"].value) == (Status.FAIL, 3)


def test_an_opening_in_between_ends_the_failures(home, visit):
    visits = [visit(0, status=503), visit(2, status=503), visit(3), visit(4, status=503)]
    assert judge(home_opens, home(*visits)).status is Status.WARN


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ({"status": 521, "challenge": "jiasule"}, Reason.CHALLENGED),
        ({"status": 200, "challenge": "yunsuo"}, Reason.CHALLENGED),
        ({"status": 403, "filing_block": "aliyun"}, Reason.FILING_BLOCK),
        ({"status": 403}, Reason.VANTAGE_UNFIT),
        ({"status": 429}, Reason.RATE_LIMITED),
        ({"reason": Reason.DNS_FAILED}, Reason.DNS_FAILED),
        ({"reason": Reason.UNREACHABLE}, Reason.VANTAGE_UNFIT),
        ({"reason": Reason.ROBOTS_FORBIDDEN}, Reason.ROBOTS_FORBIDDEN),
        ({"reason": Reason.TLS_TOO_OLD}, Reason.TLS_TOO_OLD),
    ],
)
def test_what_may_be_about_us_is_never_the_sites_fault(home, visit, what, reason):
    visits = [visit(hours, **what) for hours in (0, 2, 4)]
    outcome = judge(home_opens, home(*visits))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, reason)


def test_a_challenge_among_resets_speaks_for_a_firewall(home, visit):
    visits = [visit(0, reason=Reason.RESET), visit(2, status=412, challenge="ruishu"), visit(4, reason=Reason.RESET)]
    assert judge(home_opens, home(*visits)).reason.code is Reason.CHALLENGED


def test_a_block_page_beside_cut_connections_is_not_counted_twice(home, visit):
    block = visit(status=403, filing_block="aliyun")
    outcome = judge(home_opens, home(visit(reason=Reason.RESET), asides=(block,)))
    assert outcome.reason.code is Reason.FILING_BLOCK


def test_where_no_name_resolves_the_vantage_is_unfit(home, visit):
    outcome = judge(home_opens, home(visit(reason=Reason.TIMEOUT), names_resolve=False))
    assert outcome.reason.code is Reason.VANTAGE_UNFIT


def test_a_gap_stays_inconclusive():
    outcome = judge(home_opens, (HomeVisits, Gap(Reason.OUTSIDE_HOURS)))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.OUTSIDE_HOURS)


def test_without_visits_nothing_is_told(home):
    assert judge(home_opens, home()).reason.code is Reason.TOO_FEW_VISITS


def test_the_same_failure_has_the_same_fingerprint_next_time(home, visit):
    first = judge(home_opens, home(visit(status=503))).findings[0]
    later = judge(home_opens, home(visit(30, reason=Reason.RESET))).findings[0]
    assert first.fingerprint("c", "s") == later.fingerprint("c", "s")


@pytest.mark.parametrize(
    ("mark", "key"),
    [
        ("maintenance:construction", "only-notice"),
        ("soft-404:default-page", "only-default"),
        ("soft-404:server-fault", "only-error"),
        ("parked-domain:expired", "only-parked"),
    ],
)
def test_a_notice_in_place_of_the_home_page_is_a_hint(home, visit, mark, key):
    outcome = judge(home_opens, home(visit(notice=mark)))
    assert (outcome.status, [found.key for found in outcome.findings]) == (Status.WARN, [key])


def test_a_notice_that_is_gone_at_the_next_visit_is_none(home, visit):
    assert judge(home_opens, home(visit(notice="maintenance:closed"), visit())).status is Status.PASS


@pytest.mark.parametrize(
    "what",
    [
        {"problem": Reason.PAGE_UNREADABLE},
        {"media_type": "application/octet-stream"},
        {"media_type": "image/png"},
        {"media_type": ""},
    ],
)
def test_what_cannot_be_read_is_no_open_home_page(home, visit, page, crawl, what):
    outcome = judge(home_opens, home(visit()), crawl(front=page("", 0, **what)))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.PAGE_UNREADABLE)


@pytest.mark.parametrize("what", [{}, {"words": 0, "scripted": True}, {"words": 20}, {"problem": Reason.TOO_LARGE}])
def test_a_page_of_its_own_passes_however_it_is_built(home, visit, page, crawl, what):
    assert judge(home_opens, home(visit()), crawl(front=page("", 0, **what))).status is Status.PASS


def test_an_empty_answer_is_a_blank_page(home, visit, page, crawl):
    outcome = judge(home_opens, home(visit()), crawl(front=page("", 0, bytes=0, words=0)))
    assert (outcome.status, outcome.findings[0].key) == (Status.WARN, "only-blank")


def test_visits_count_where_the_crawl_has_nothing(home, visit):
    assert judge(home_opens, home(visit()), (Crawl, Gap(Reason.RESET))).status is Status.PASS
