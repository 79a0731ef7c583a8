"""The exit codes: 4 a plugin failed, 3 too much left unassessed, 1 findings, 0."""

from types import SimpleNamespace

import pytest

from xuncha.exit_codes import FINDINGS, PLUGIN_FAILED, UNASSESSED, exit_code, unassessed
from xuncha.model.outcome import FULL, Severity, Status, Weight
from xuncha.model.reasons import Reason
from xuncha.store.result import OutcomeView, ReasonView

PASS, FAIL, WARN, MANUAL = Status.PASS, Status.FAIL, Status.WARN, Status.MANUAL
INCONCLUSIVE, ERROR, NOT_RUN, OUT = Status.INCONCLUSIVE, Status.ERROR, Status.NOT_RUN, Status.NOT_APPLICABLE


def outcome(status, severity=Severity.HIGH, reason=None):
    words = ReasonView(reason, {}, "", "") if reason else None
    return OutcomeView("demo.a", "1", ("2.1",), status, words, severity, Weight.MAJOR, FULL, 0, ())


def result(*outcomes):
    """Each outcome on a site of its own."""
    return SimpleNamespace(sites=[SimpleNamespace(outcomes=[one]) for one in outcomes])


def code(*statuses, fail_on=Severity.HIGH, most=0.1):
    return exit_code(result(*map(outcome, statuses)), fail_on, most)


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([], 0),
        ([PASS], 0),
        ([PASS, WARN], 0),
        ([PASS, FAIL], FINDINGS),
        ([PASS, INCONCLUSIVE], UNASSESSED),
        ([PASS, MANUAL], UNASSESSED),
        ([PASS, ERROR], PLUGIN_FAILED),
        ([FAIL, INCONCLUSIVE], UNASSESSED),
        ([FAIL, INCONCLUSIVE, ERROR], PLUGIN_FAILED),
        ([OUT], 0),
        ([OUT, OUT, OUT, INCONCLUSIVE], UNASSESSED),
        ([PASS] * 9 + [INCONCLUSIVE], 0),
        ([PASS] * 8 + [INCONCLUSIVE], UNASSESSED),
        ([PASS] * 8 + [FAIL, INCONCLUSIVE], FINDINGS),
    ],
)
def test_the_first_code_that_applies_is_given(statuses, expected):
    assert code(*statuses) == expected


@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("fail_on", Severity)
def test_findings_count_from_the_named_severity_on(severity, fail_on):
    order = [Severity.INFO, Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL]
    counts = order.index(severity) >= order.index(fail_on)
    assert exit_code(result(outcome(FAIL, severity)), fail_on, 1.0) == (FINDINGS if counts else 0)


@pytest.mark.parametrize(
    ("reason", "share"),
    [
        (Reason.NOT_AUTHORISED, 0),
        (Reason.NOT_SELECTED, 0),
        (Reason.NO_BASELINE, 0),
        (Reason.INTERRUPTED, 0.5),
        (None, 0.5),
    ],
)
def test_what_nobody_asked_for_is_no_gap(reason, share):
    assert unassessed([outcome(PASS), outcome(NOT_RUN, reason=reason)]) == share


def test_a_refusal_for_want_of_a_paper_at_run_time_is_a_gap():
    assert unassessed([outcome(INCONCLUSIVE, reason=Reason.NOT_AUTHORISED)]) == 1


def test_everything_may_be_left_unassessed_where_that_is_allowed():
    assert code(INCONCLUSIVE, most=1.0) == 0
