"""What people answer to questions, and what becomes of the outcome."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from xuncha.api import DocumentLocator, Evidence, ask, check
from xuncha.baseline import acts
from xuncha.baseline.approved import standing
from xuncha.baseline.book import Baselines
from xuncha.baseline.entries import Act, Draft
from xuncha.declare import understood
from xuncha.evidence.answers import answers, draft, in_force, with_answers
from xuncha.judge import BoundCheck, judge
from xuncha.model.clock import SHANGHAI
from xuncha.model.outcome import Recorded, Status
from xuncha.plan import Plan, SitePlan
from xuncha.profile import Budgets
from xuncha.testing import SITE, evidence

NOW = datetime(2026, 11, 2, 9, tzinfo=SHANGHAI)
PLACE = DocumentLocator("drill.pdf", "emergency.drill", page_number=1, sha256="a" * 64)


@check("unit-test.signed")
def signed(evidence: Evidence):
    yield ask(PLACE, "is-it-signed")


ASKED = ask(PLACE, "is-it-signed").finding.fingerprint("unit-test.signed", SITE.id)
YES = Recorded(ASKED, "unit-test.signed", met=True, by="李四", at=NOW, reason="已看原件", sha256="a" * 64)


def judged(*recorded):
    bound = BoundCheck(understood(signed.__xuncha__), signed.__xuncha__.params())
    return judge(replace(bound, recorded={said.asked: said for said in recorded}), SITE, {Evidence: evidence()})


def test_without_an_answer_the_question_is_open():
    assert judged().status is Status.MANUAL


def test_a_question_that_is_met_passes_and_says_who_said_so():
    outcome = judged(YES)
    assert (outcome.status, outcome.findings) == (Status.PASS, ())
    assert [(said.answer.by, said.answer.reason) for said in outcome.answered] == [("李四", "已看原件")]


def test_a_question_that_is_not_met_is_a_failure_and_says_who_said_so():
    outcome = judged(replace(YES, met=False))
    assert (outcome.status, outcome.failures_total, len(outcome.answered)) == (Status.FAIL, 1, 1)


def test_an_answer_about_another_document_does_not_count():
    assert judged(replace(YES, sha256="b" * 64)).status is Status.MANUAL


def test_an_answer_counts_on_its_last_day_and_no_longer():
    said = replace(YES, until=date(2026, 11, 2))
    assert [in_force(said, date(2026, 11, day)) for day in (1, 2, 3)] == [True, True, False]


@pytest.fixture
def baselines(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "w").mkdir()
    return Baselines(tmp_path / "w")


def written(baselines, *drafts):
    return acts.add(baselines, drafts, baselines.look(), NOW)


def plan_of(recorded=()):
    return Plan("p", "f", (), (SitePlan(0, SITE, (), recorded=recorded),), Budgets(1, 1, 1, 1, 1, 1, 1, 1))


def test_an_answer_is_read_back_from_the_sealed_log(baselines):
    written(baselines, draft(SITE.id, YES, "drill.pdf", "run"))
    found = answers(baselines.look().chain.entries)
    assert found == {(SITE.id, ASKED): YES}


def test_the_later_answer_counts_and_one_that_was_taken_back_does_not(baselines):
    written(baselines, draft(SITE.id, YES, "drill.pdf", "run"))
    written(baselines, draft(SITE.id, replace(YES, met=False), "drill.pdf", "run"))
    assert not answers(baselines.look().chain.entries)[SITE.id, ASKED].met
    written(baselines, Draft(Act.RETRACT, "李四", SITE.id, asked=ASKED))
    assert answers(baselines.look().chain.entries) == {}


def test_answers_are_no_baselines(baselines):
    book = written(baselines, draft(SITE.id, YES, "drill.pdf", "run"))
    assert standing(book.chain.entries) == {}


def test_a_plan_gets_the_answers_in_force(baselines):
    book = written(baselines, draft(SITE.id, replace(YES, until=date(2026, 11, 5)), "drill.pdf", "run"))
    assert with_answers(plan_of(), book, date(2026, 11, 5)).sites[0].recorded[0].by == "李四"
    assert with_answers(plan_of(), book, date(2026, 11, 6)).sites[0].recorded == ()


def test_from_a_log_that_was_tampered_with_no_answer_counts(baselines):
    written(baselines, draft(SITE.id, replace(YES, met=False), "drill.pdf", "run"))
    log = baselines.log.read_bytes()
    baselines.log.write_bytes(log.replace(b'"unmet"', b'"met"'))
    assert with_answers(plan_of((YES,)), baselines.look(), NOW.date()).sites[0].recorded == ()
