import pytest

from xuncha.crawl.breaker import LIMIT, PAUSE, Breaker, Recheck, odd
from xuncha.model.reasons import Reason

ADDRESS = "192.0.2.1"


@pytest.fixture
def breaker():
    breaker = Breaker()
    breaker.good(ADDRESS, "/good")
    return breaker


def anomalies(breaker, count, first=0, address=ADDRESS):
    return [breaker.odd(address, first + number) for number in range(count)]


@pytest.mark.parametrize(
    ("problem", "status", "expected"),
    [
        (Reason.CHALLENGED, 200, True),
        (Reason.RESET, 0, True),
        (Reason.TIMEOUT, 0, True),
        (None, 403, True),
        (None, 429, True),
        (None, 503, True),
        (None, 404, False),
        (None, 500, False),
        (Reason.NO_SUCH_NAME, 0, False),
        (None, 200, False),
    ],
)
def test_what_counts_as_an_anomaly(problem, status, expected):
    assert odd(problem, status) is expected


def test_the_fifth_anomaly_in_a_row_asks_for_a_page_that_was_good(breaker):
    assert anomalies(breaker, LIMIT) == [None] * (LIMIT - 1) + [Recheck(ADDRESS, "/good")]


def test_any_other_answer_begins_the_row_anew(breaker):
    anomalies(breaker, LIMIT - 1)
    breaker.answered(ADDRESS)
    assert anomalies(breaker, LIMIT - 1) == [None] * (LIMIT - 1)


def test_addresses_are_counted_apart(breaker):
    assert not any(anomalies(breaker, 4))
    assert not any(anomalies(breaker, 4, address="192.0.2.2"))


def test_a_page_that_is_still_good_blames_nobody(breaker):
    recheck = anomalies(breaker, LIMIT)[-1]
    assert breaker.rechecked(recheck, good=True) is None
    assert breaker.blocked == []
    assert not breaker.shut(ADDRESS)


def test_a_page_that_is_no_longer_good_blocks_the_row_and_makes_a_pause(breaker):
    recheck = anomalies(breaker, LIMIT, first=10)[-1]
    assert breaker.rechecked(recheck, good=False) == Recheck(ADDRESS, "/good", PAUSE)
    assert breaker.blocked == [10, 11, 12, 13, 14]


def test_after_a_pause_that_helped_the_crawl_goes_on(breaker):
    again = breaker.rechecked(anomalies(breaker, LIMIT)[-1], good=False)
    assert breaker.rechecked(again, good=True) is None
    assert not breaker.shut(ADDRESS)


def test_after_a_pause_that_did_not_the_address_is_left_in_peace(breaker):
    again = breaker.rechecked(anomalies(breaker, LIMIT)[-1], good=False)
    assert breaker.rechecked(again, good=False) is None
    assert breaker.shut(ADDRESS)
    assert not breaker.shut("192.0.2.2")


def test_there_is_one_pause_for_each_address(breaker):
    again = breaker.rechecked(anomalies(breaker, LIMIT)[-1], good=False)
    breaker.rechecked(again, good=True)
    assert breaker.rechecked(anomalies(breaker, LIMIT, first=20)[-1], good=False) is None
    assert breaker.shut(ADDRESS)
    assert breaker.blocked == [0, 1, 2, 3, 4, 20, 21, 22, 23, 24]


def test_an_address_that_never_answered_is_given_up_and_nobody_is_called_blocked():
    breaker = Breaker()
    assert not any(anomalies(breaker, LIMIT))
    assert breaker.shut(ADDRESS)
    assert breaker.blocked == []
