"""The account of what was sampled."""

from datetime import datetime, timedelta

import pytest

from xuncha.model.availability import availability
from xuncha.model.clock import SHANGHAI
from xuncha.model.reasons import Reason
from xuncha.model.sampling import HomeSamples, Sample

BEGUN = datetime(2026, 11, 16, 0, 10, tzinfo=SHANGHAI)
OPEN, SLOW = {"status": 200, "seconds": 0.3}, {"status": 200, "seconds": 15.0}
DOWN, TIMEOUT = {"status": 503}, {"reason": Reason.TIMEOUT, "seconds": 20.0}
BLOCKED, CHALLENGED = {"status": 403, "filing_block": "aliyun"}, {"status": 521, "challenge": "jsl"}


@pytest.fixture
def seen():
    """One visit an hour."""

    def of(*visits):
        samples = (Sample(BEGUN + timedelta(hours=hour), **visit) for hour, visit in enumerate(visits))
        return availability(HomeSamples("http://a.example/", tuple(samples)))

    return of


def test_without_samples_there_is_no_account(seen):
    assert seen() is None


def test_visits_are_counted_by_what_they_tell(seen):
    found = seen(OPEN, SLOW, DOWN, CHALLENGED)
    assert (found.counted, found.in_time, found.late, found.closed) == (3, 1, 1, 1)


def test_the_share_is_of_those_that_tell(seen):
    assert seen(OPEN, SLOW, DOWN, OPEN, CHALLENGED).share == 0.5


def test_what_is_left_out_is_counted_by_reason(seen):
    assert seen(OPEN, BLOCKED, CHALLENGED, BLOCKED).left_out == {Reason.FILING_BLOCK: 2, Reason.CHALLENGED: 1}


def test_an_outage_lasts_until_the_next_visit_that_opened(seen):
    (found,) = seen(OPEN, DOWN, TIMEOUT, OPEN).outages
    assert (found.ended - found.begun, found.visits) == (timedelta(hours=2), 2)


def test_an_outage_names_what_came_instead(seen):
    (found,) = seen(DOWN, TIMEOUT, DOWN, OPEN).outages
    assert found.reasons == {"http-503": 2, "timeout": 1}


def test_an_outage_that_goes_on_has_no_end(seen):
    assert seen(OPEN, DOWN).outages[0].ended is None


def test_a_challenge_within_an_outage_does_not_end_it(seen):
    assert len(seen(OPEN, DOWN, CHALLENGED, DOWN, OPEN).outages) == 1


def test_blocks_and_challenges_are_listed_apart(seen):
    found = seen(OPEN, BLOCKED, BLOCKED, OPEN)
    assert (len(found.outages), len(found.hindrances), found.hindrances[0].visits) == (0, 1, 2)


def test_a_day_shows_the_worst_visit_of_each_hour(seen):
    found = seen(OPEN, SLOW, DOWN, CHALLENGED)
    assert found.days[0].hours == "osxu" + "." * 20


def test_days_are_those_of_shanghai(seen):
    assert [day.date.day for day in seen(*[OPEN] * 25).days] == [16, 17]
