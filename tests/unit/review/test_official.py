"""What an office may send: what is confirmed and nothing else, or everything as a draft."""

import pytest

from xuncha.model.outcome import Review, Status, Verdict
from xuncha.review.official import DRAFT, confirmed


@pytest.fixture
def half(office, link, failed, asked):
    """One of two failures is confirmed; nobody has looked at a question."""
    made = office(failed(link(1), link(2)), asked)
    return made, link(1)


def test_only_what_is_confirmed_is_in_it(half, said):
    made, one = half
    outcome = confirmed(made.bundle, said(Review.CONFIRMED, one)).sites[0].outcomes[0]
    assert [found.review for found in outcome.findings] == [Review.CONFIRMED]
    assert (outcome.status, outcome.findings_total) == (Status.FAIL, 1)


def test_tasks_are_made_of_what_is_confirmed(half, said):
    made, one = half
    tasks = confirmed(made.bundle, said(Review.CONFIRMED, one)).sites[0].tasks
    assert [(task.findings, task.places) for task in tasks] == [(1, (one.fingerprint("links.dead", "a"),))]


def test_what_nobody_has_reviewed_is_neither_good_nor_bad(half, said):
    made, one = half
    outcome = confirmed(made.bundle, said(Review.CONFIRMED, one)).sites[0].outcomes[1]
    assert (outcome.status, outcome.findings) == (Status.MANUAL, ())


def test_without_any_review_nothing_is_official(half, said):
    site = confirmed(half[0].bundle, said(Review.CONFIRMED)).sites[0]
    assert (site.verdict, [outcome.findings for outcome in site.outcomes]) == (Verdict.PENDING, [(), ()])


def test_the_official_verdict_is_that_of_the_confirmed(half, said):
    made, one = half
    site = confirmed(made.bundle, said(Review.CONFIRMED, one)).sites[0]
    assert (site.verdict, site.items[0].grounds[0].findings) == (Verdict.UNQUALIFIED, 1)


def test_the_count_tells_what_was_left_out(half, said):
    made, one = half
    count = confirmed(made.bundle, said(Review.CONFIRMED, one)).review
    assert (count.findings, count.reviewed) == (3, 1)


def test_a_draft_says_that_it_is_one():
    assert DRAFT.zh == "机检初稿，未经人工复核，不得外发"
