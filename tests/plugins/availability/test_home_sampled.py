from datetime import timedelta

import pytest

from xuncha.api import Reason, Status
from xuncha.testing import judge
from xuncha_plugins.availability.facts import Visit
from xuncha_plugins.availability.home_checks import home_sampled

HOME = "http://www.a.gov.example/"
WEEK = 7 * 20


@pytest.fixture
def week(home, clock):
    """Twenty visits a day for seven days, the first ``bad`` of them as ``what`` says."""

    def make(bad: int = 0, days: int = 7, **what):
        moments = [clock() + timedelta(days=day, minutes=10 * number) for day in range(days) for number in range(20)]
        visits = [
            Visit(HOME, moment, **({"status": 200, "seconds": 1.0} | (what if number < bad else {})))
            for number, moment in enumerate(moments)
        ]
        return home(*visits)

    return make


def test_a_single_scan_is_too_little_and_its_tries_are_one_visit(home, visit):
    outcome = judge(home_sampled, home(visit(), visit(0.002), visit(0.004)))
    assert (outcome.reason.code, outcome.reason.params["have"].value) == (Reason.TOO_FEW_VISITS, 1)


def test_visits_of_earlier_runs_count(week, home, visit):
    outcome = judge(home_sampled, home(visit(24 * 7), earlier=week(7, status=503).visits))
    assert (outcome.status, outcome.findings[0].params["total"].value) == (Status.FAIL, WEEK)


def test_six_days_are_too_little(week):
    assert judge(home_sampled, week(days=6)).reason.code is Reason.TOO_FEW_VISITS


def test_a_good_week_passes(week):
    assert judge(home_sampled, week()).status is Status.PASS


def test_below_five_in_a_hundred_passes(week):
    assert judge(home_sampled, week(6, status=0, reason=Reason.TIMEOUT)).status is Status.PASS


def test_five_in_a_hundred_are_a_veto(week):
    outcome = judge(home_sampled, week(7, status=0, reason=Reason.TIMEOUT))
    assert (outcome.status, outcome.findings[0].params["late"].value) == (Status.FAIL, 7)


def test_fifteen_seconds_count_as_not_open(week):
    assert judge(home_sampled, week(7, seconds=15.0)).status is Status.FAIL
    assert judge(home_sampled, week(7, seconds=14.9)).status is Status.PASS


def test_visits_that_tell_nothing_do_not_count(week):
    outcome = judge(home_sampled, week(7, status=521, challenge="jiasule"))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.TOO_FEW_VISITS)


def test_a_day_without_visits_breaks_the_week(week, home):
    visits = [visit for visit in week(days=8).visits if visit.moment.day != 25]
    assert judge(home_sampled, home(*visits)).reason.code is Reason.TOO_FEW_VISITS


def test_the_newest_full_week_is_judged(week, home):
    visits = week(20, days=9, status=503).visits  # the first day was bad, and is more than a week ago
    assert judge(home_sampled, home(*visits)).status is Status.PASS
