"""What a check says of evidence that is not there, and what becomes of it."""

from datetime import date

from xuncha.api import Declaration, Emergency, EmergencyPlan, Evidence, Piece, check, not_handed_in
from xuncha.model.locator import DocumentLocator
from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason
from xuncha.testing import evidence, judge


@check("unit-test.plan")
def plan(evidence: Evidence):
    if not evidence.handed_in(Piece.EMERGENCY_PLAN):
        yield not_handed_in(evidence, Piece.EMERGENCY_PLAN)


def test_before_its_deadline_missing_evidence_is_not_run():
    outcome = judge(plan, evidence(due=date(2026, 11, 2)))
    assert (outcome.status, outcome.reason.code) == (Status.NOT_RUN, Reason.NOT_HANDED_IN)
    assert outcome.reason.params["due"].value == "2026-11-02"


def test_without_a_deadline_it_is_never_a_failure():
    assert judge(plan, evidence()).status is Status.NOT_RUN


def test_after_its_deadline_it_is_a_failure_at_the_declaration():
    outcome = judge(plan, evidence(due=date(2026, 11, 1)))
    assert outcome.status is Status.FAIL
    assert outcome.findings[0].locator == DocumentLocator("evidence.yaml", "emergency.plan")


def test_what_was_handed_in_passes():
    said = Declaration(emergency=Emergency(EmergencyPlan(files=("plan.docx",))))
    assert judge(plan, evidence(said, {"plan.docx": "总则"})).status is Status.PASS
