"""What there is to review, by finding and by cause, and which of it is wanted."""

import pytest

from xuncha.model.locator import DocumentLocator
from xuncha.model.outcome import FULL, Finding, Outcome, Review, Status
from xuncha.review.rows import Chosen, by_cause, rows
from xuncha.review.words import as_data, place


@pytest.fixture
def found(office, link, failed):
    """The rows of a run with two dead links to one target, a third elsewhere, and a hint."""
    same = [link(number, target="http://gone.example/") for number in (1, 2)]
    made = office(failed(*same, link(3)), failed(link(4, status=Status.WARN), check="links.odd", status=Status.WARN))
    return lambda **chosen: list(rows(made.stored(), Chosen(**chosen)))


def test_every_finding_comes_once(found):
    assert len({row.finding.fingerprint for row in found()}) == len(found()) == 4


def test_a_row_says_what_is_wrong_not_what_should_be_so(found):
    assert found()[0].problem.zh == "未达到“标题 links.dead”"


def test_a_finding_that_is_there_twice_comes_once(office, link, failed):
    made = office(failed(link(1), link(1)))
    assert len(list(rows(made.stored(), Chosen()))) == 1


def test_findings_with_one_cause_are_together(found):
    causes = by_cause(found())
    assert [cause.count for cause in causes] == [2, 1, 1]
    assert causes[-1].first.finding.status is Status.WARN


def test_a_cause_has_the_id_of_its_task(office, link, failed):
    made = office(failed(link(1)))
    (row,) = rows(made.stored(), Chosen())
    assert row.cause == made.result().sites[0].tasks[0].id


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        ({"sites": frozenset({"区民政局"})}, 4),
        ({"sites": frozenset({"b"})}, 0),
        ({"checks": ("links.odd",)}, 1),
        ({"checks": ("links.*",)}, 4),
        ({"items": frozenset({"2.3"})}, 4),
        ({"items": frozenset({"2.5"})}, 0),
        ({"statuses": frozenset({Status.WARN})}, 1),
    ],
)
def test_filters_leave_what_they_name(found, chosen, count):
    assert len(found(**chosen)) == count


def test_what_is_decided_is_left_out_unless_all_is_asked_for(office, link, failed):
    one, other, third = link(1), link(2), link(3)
    made = office(failed(one, other, third))
    made.say(Review.CONFIRMED, one)
    made.say(Review.UNDECIDED, other)
    left = {row.finding.fingerprint for row in rows(made.stored(), Chosen())}
    assert left == {found.fingerprint("links.dead", "a") for found in (other, third)}
    assert len(list(rows(made.stored(), Chosen(open_only=False)))) == 3


def test_questions_about_documents_are_not_reviewed_here(office):
    asked = Finding(DocumentLocator("plan.pdf", "emergency.plan"), "k", status=Status.MANUAL)
    made = office(Outcome("a", "content.words", "1", Status.MANUAL, None, FULL, (asked,), 1))
    assert list(rows(made.stored(), Chosen())) == []
    assert made.result().review.findings == 0


def test_a_place_names_page_link_and_target(found):
    assert place(found()[0].finding, "zh") == "http://a.example/1  打不开 → http://gone.example/"


def test_as_data_a_finding_has_its_cause_and_its_review(found):
    data = as_data(found()[0])
    assert (data["site"], data["check"], data["reviewed"]) == ("a", "links.dead", None)
    assert data["cause"].startswith("c1:")
