"""How often a check was wrong, with the number that this rests on."""

import pytest

from xuncha.baseline.book import Baselines
from xuncha.model.outcome import Review
from xuncha.review.stats import statistics


@pytest.fixture
def counted(office, link, failed):
    """The statistics after each of these verdicts was given to a finding of its own."""

    def of(*verdicts):
        links = [link(number) for number in range(len(verdicts))]
        made = office(failed(*links))
        for found, verdict in zip(links, verdicts, strict=True):
            made.say(verdict, found)
        return statistics(Baselines(made.folder).look().chain.entries)

    return of


def test_the_rate_is_of_what_was_decided(counted):
    (one,) = counted(Review.CONFIRMED, Review.CONFIRMED, Review.FALSE_POSITIVE, Review.ACCEPTED, Review.UNDECIDED)
    assert (one.check, one.reviewed, one.decided, one.false_alarms) == ("links.dead", 5, 4, 0.25)


def test_without_a_decision_there_is_no_rate(counted):
    assert counted(Review.UNDECIDED)[0].false_alarms is None


def test_a_finding_that_was_reviewed_again_counts_once(office, link, failed):
    made = office(failed(link(1)))
    made.say(Review.FALSE_POSITIVE, link(1))
    made.say(Review.CONFIRMED, link(1))
    (one,) = statistics(Baselines(made.folder).look().chain.entries)
    assert (one.reviewed, one.false_alarms) == (1, 0.0)


def test_where_nothing_was_reviewed_there_are_no_statistics(office, link, failed):
    assert statistics(Baselines(office(failed(link(1))).folder).look().chain.entries) == []
