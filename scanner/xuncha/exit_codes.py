"""The exit code of a run: the first that applies of 130, 4, 3, 1, 0 (2 is for errors before a run)."""

from xuncha.model.outcome import UNANSWERED, Severity, Status
from xuncha.model.reasons import Reason
from xuncha.store.result import OutcomeView, RunResult

INTERRUPTED = 130
PLUGIN_FAILED = 4
UNASSESSED = 3
FINDINGS = 1

_NOBODY_ASKED = frozenset({Reason.NOT_AUTHORISED, Reason.NOT_SELECTED, Reason.NO_BASELINE, Reason.NOT_HANDED_IN})


def exit_code(result: RunResult, fail_on: Severity, max_unassessed: float) -> int:
    """What a finished run tells the shell.

    What nobody asked for (no authorisation, not in the profile, no baseline) is no gap in the assessment, nor is
    evidence that need not be there yet.
    """
    outcomes = [outcome for site in result.sites for outcome in site.outcomes]
    if any(outcome.status is Status.ERROR for outcome in outcomes):
        return PLUGIN_FAILED
    if unassessed(outcomes) > max_unassessed:
        return UNASSESSED
    failed = (outcome for outcome in outcomes if outcome.status is Status.FAIL)
    return FINDINGS if any(outcome.severity.rank >= fail_on.rank for outcome in failed) else 0


def unassessed(outcomes: list[OutcomeView]) -> float:
    """The share of asked and applicable checks without an answer."""
    asked = [outcome for outcome in outcomes if outcome.status is not Status.NOT_APPLICABLE and not _not_asked(outcome)]
    return sum(outcome.status in UNANSWERED for outcome in asked) / len(asked) if asked else 0.0


def _not_asked(outcome: OutcomeView) -> bool:
    return outcome.status is Status.NOT_RUN and outcome.reason is not None and outcome.reason.code in _NOBODY_ASKED
