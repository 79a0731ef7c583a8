"""What an outcome, its item and the exit code come to once people have looked."""

import pytest

from xuncha.exit_codes import exit_code
from xuncha.model.outcome import Coverage, Review, Severity, Status, Verdict
from xuncha.model.reasons import Reason

CONFIRMED, FALSE, ACCEPTED, OPEN = Review.CONFIRMED, Review.FALSE_POSITIVE, Review.ACCEPTED, Review.UNDECIDED


def item(result):
    return result.sites[0].items[0]


@pytest.mark.parametrize("verdict", [FALSE, ACCEPTED])
def test_what_is_dismissed_counts_in_no_verdict(office, said, link, failed, verdict):
    result = office(failed(link(1))).result(said(verdict, link(1)))
    outcome = result.sites[0].outcomes[0]
    assert (outcome.status, outcome.found, outcome.dismissed) == (Status.PASS, Status.FAIL, 1)
    assert item(result).verdict is Verdict.QUALIFIED


@pytest.mark.parametrize("verdict", [CONFIRMED, OPEN])
def test_what_is_not_dismissed_counts_as_before(office, said, link, failed, verdict):
    result = office(failed(link(1))).result(said(verdict, link(1)))
    assert (result.sites[0].outcomes[0].status, item(result).verdict) == (Status.FAIL, Verdict.UNQUALIFIED)


def test_a_dismissed_finding_stays_in_the_result_with_its_review(office, said, link, failed):
    found = office(failed(link(1), link(2))).result(said(FALSE, link(1))).sites[0].outcomes[0].findings
    assert [(one.review, one.dismissed) for one in found] == [(FALSE, True), (None, False)]
    assert found[0].reviewed.by == "王某某"


def test_to_dismiss_all_does_not_pass_what_was_hardly_seen(office, said, link, failed):
    seen = Coverage(2, 10, complete=False)
    outcome = office(failed(link(1), coverage=seen)).result(said(FALSE, link(1))).sites[0].outcomes[0]
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.LOW_COVERAGE)


def test_an_uncertain_look_stays_uncertain_once_its_findings_are_gone(office, said, link, failed):
    seen = Coverage(1, 1, complete=False)
    assert office(failed(link(1), coverage=seen)).result(said(FALSE, link(1))).sites[0].outcomes[0].status is (
        Status.INCONCLUSIVE
    )


def test_dismissing_every_failure_leaves_only_the_hints(office, said, link, failed):
    outcome = failed(link(1), link(2, status=Status.WARN))
    result = office(outcome).result(said(FALSE, link(1)))
    assert result.sites[0].outcomes[0].status is Status.WARN
    assert item(result).verdict is Verdict.BASICALLY_QUALIFIED


def test_findings_beyond_those_kept_still_count(office, said, link, failed):
    result = office(failed(link(1), more=5)).result(said(FALSE, link(1)))
    assert result.sites[0].outcomes[0].status is Status.FAIL
    assert item(result).grounds[0].findings == 5


def test_a_question_that_is_confirmed_is_a_failure(office, said, asked):
    result = office(asked).result(said(CONFIRMED, *asked.findings, check=asked.check))
    outcome = result.sites[0].outcomes[0]
    assert (outcome.status, outcome.findings[0].status, outcome.found) == (Status.FAIL, Status.FAIL, Status.MANUAL)


def test_a_question_that_is_a_false_alarm_is_answered(office, said, asked):
    result = office(asked).result(said(FALSE, *asked.findings, check=asked.check))
    assert result.sites[0].outcomes[0].status is Status.PASS


def test_a_known_false_alarm_does_not_make_a_run_end_with_1(office, said, link, failed):
    made = office(failed(link(1)))
    assert exit_code(made.result(said(OPEN, link(1))), Severity.HIGH, 0.1) == 1
    assert exit_code(made.result(said(FALSE, link(1))), Severity.HIGH, 0.1) == 0


def test_the_count_says_how_far_the_review_has_come(office, said, link, failed):
    count = office(failed(link(1), link(2), more=3)).result(said(FALSE, link(1))).review
    assert (count.findings, count.reviewed, count.dismissed) == (5, 1, 1)


def test_an_item_is_officially_pending_as_long_as_the_unreviewed_could_change_it(office, said, link, failed):
    assert item(office(failed(link(1))).result(said(OPEN, link(1)))).official is Verdict.PENDING


def test_what_is_confirmed_makes_an_item_officially_unqualified(office, said, link, failed):
    assert item(office(failed(link(1), link(2))).result(said(CONFIRMED, link(1)))).official is Verdict.UNQUALIFIED


def test_an_item_whose_problems_are_all_dismissed_is_officially_good(office, said, link, failed):
    assert item(office(failed(link(1))).result(said(FALSE, link(1)))).official is Verdict.QUALIFIED
