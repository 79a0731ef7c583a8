"""Reviews in the sealed log: the latest stands, and none does where the seal is broken."""

import pytest

from xuncha.baseline.book import Baselines
from xuncha.model.outcome import Review
from xuncha.review.log import MOST_IN_ENTRY, Decision, drafts, read_reviews

CONFIRMED, FALSE, OPEN = Review.CONFIRMED, Review.FALSE_POSITIVE, Review.UNDECIDED


@pytest.fixture
def reviewed(office, link, failed):
    """An office where one of two findings was called a false alarm."""
    one, other = link(1), link(2)
    made = office(failed(one, other))
    made.say(FALSE, one)
    return made, one, other


def stands(made, found):
    said = read_reviews(made.folder).said
    return said.get(found.fingerprint("links.dead", "a"))


def test_a_review_says_who_what_when_and_why(reviewed):
    made, one, other = reviewed
    said = stands(made, one)
    assert (said.verdict, said.by, said.reason) == (FALSE, "王某某", "理由")
    assert said.at.utcoffset() is not None
    assert stands(made, other) is None


def test_the_next_run_knows_a_false_alarm(reviewed, office, link, failed):
    later = office(failed(link(1, words="别的文字")), run="20260805-090000-cd34")
    found = later.result().sites[0].outcomes[0].findings[0]
    assert (found.review, found.reviewed.run) == (FALSE, "20260804-090000-ab12")


def test_a_later_review_takes_the_place_of_the_earlier(reviewed):
    made, one, _ = reviewed
    made.say(CONFIRMED, one, by="李某")
    assert (stands(made, one).verdict, stands(made, one).by) == (CONFIRMED, "李某")


def test_what_is_taken_back_no_longer_stands(reviewed):
    made, one, _ = reviewed
    made.say(None, one)
    assert stands(made, one) is None


def test_with_a_broken_seal_no_review_counts_and_it_is_said(reviewed):
    made = reviewed[0]
    log = made.folder / "baselines" / "log.txt"
    log.write_text(log.read_text().replace("false-positive", "false-positivE"))
    found = read_reviews(made.folder)
    assert found.said == {}
    assert "不计" in found.problem.zh
    assert made.result().unreviewed == found.problem


def test_without_the_key_no_review_counts(reviewed, tmp_path, monkeypatch):
    made, _, _ = reviewed
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "elsewhere"))
    assert (read_reviews(made.folder).said, made.result().review.reviewed) == ({}, 0)


def test_reviews_are_no_baselines(reviewed):
    assert Baselines(reviewed[0].folder).look().sites == {}


def test_one_decision_about_many_findings_is_one_entry():
    prints = [f"v1:{number:032x}" for number in range(MOST_IN_ENTRY + 1)]
    entries = drafts([Decision(one, "a", "c", CONFIRMED, "王某某") for one in prints], "run")
    assert [len(entry.findings) for entry in entries] == [MOST_IN_ENTRY, 1]
    assert max(len(entry.findings) * 36 for entry in entries) < 65_536


def test_decisions_that_differ_are_entries_of_their_own():
    one, other = Decision("v1:1", "a", "c", FALSE, "王某某", "甲"), Decision("v1:2", "a", "c", FALSE, "王某某", "乙")
    assert len(drafts([one, other], "run")) == 2


def test_personal_numbers_in_a_reason_are_masked(reviewed):
    made, one, _ = reviewed
    made.say(FALSE, one, reason="已电话核实 13812345678")
    assert "13812345678" not in stands(made, one).reason
