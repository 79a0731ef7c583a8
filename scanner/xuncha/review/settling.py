"""What an outcome comes to once people have looked at its findings. Pure.

误报 and 不作为问题 leave it; a question that is 属实 is a failure; 待进一步核实 changes nothing. An outcome that loses
all of its findings passes only if enough was seen: that says nothing of what was not looked at (law 1).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from xuncha.model.outcome import Because, Coverage, Finding, Outcome, Review, Status
from xuncha.model.reasons import Reason
from xuncha.model.review import DISMISSED

Verdicts = Sequence[Review | None]
"""What was said of each finding of an outcome, in their order."""


def settled(outcome: Outcome, verdicts: Verdicts, min_coverage: float) -> Outcome:
    """The outcome as it counts: without what was dismissed. Findings beyond the kept ones stay as they are."""
    if not any(verdicts):
        return outcome
    pairs = zip(outcome.findings, verdicts, strict=True)
    kept = [_as_said(found, said) for found, said in pairs if said not in DISMISSED]
    kept_before = _failures(outcome.findings)
    failures = max(outcome.failures_total - kept_before, 0)
    hints = max(outcome.findings_total - outcome.failures_total - (len(outcome.findings) - kept_before), 0)
    return _concluded(outcome, kept, failures, hints, min_coverage)


def confirmed_only(outcome: Outcome, verdicts: Verdicts, min_coverage: float) -> Outcome:
    """The outcome with what people have confirmed and nothing else."""
    if not outcome.findings:
        return outcome
    pairs = zip(outcome.findings, verdicts, strict=True)
    kept = [_as_said(found, said) for found, said in pairs if said is Review.CONFIRMED]
    return _concluded(outcome, kept, 0, 0, min_coverage)


def as_confirmed(status: Status) -> Status:
    """What a finding is once it was confirmed: a question has become a failure, a hint stays one."""
    return Status.FAIL if status is Status.MANUAL else status


def _as_said(found: Finding, said: Review | None) -> Finding:
    return replace(found, status=as_confirmed(found.status)) if said is Review.CONFIRMED else found


def _concluded(outcome: Outcome, kept: list[Finding], failures: int, hints: int, min_coverage: float) -> Outcome:
    """The outcome with these findings, and so many more that were not kept."""
    failures += _failures(kept)
    status = _worst(outcome, kept, failures, hints)
    if status is Status.PASS and not _enough(outcome.coverage, min_coverage):
        status = Status.INCONCLUSIVE
    because = Because(Reason.LOW_COVERAGE) if status is Status.INCONCLUSIVE else None
    return replace(
        outcome,
        status=status,
        reason=because,
        findings=tuple(kept),
        findings_total=len(kept) + failures - _failures(kept) + hints,
        failures_total=failures,
        unverified=_unverified(outcome, kept, status),
    )


def _worst(outcome: Outcome, kept: Iterable[Finding], failures: int, hints: int) -> Status:
    """The status that what is left decides."""
    statuses = {found.status for found in kept}
    if failures:
        return Status.FAIL
    if hints and not statuses:
        return Status.WARN if outcome.status is Status.FAIL else outcome.status
    return next((one for one in (Status.WARN, Status.MANUAL) if one in statuses), Status.PASS)


def _unverified(outcome: Outcome, kept: Iterable[Finding], status: Status) -> bool:
    """Whether what is left rests on unverified values alone."""
    decisive = [found for found in kept if found.status is status]
    return bool(decisive) and (outcome.unverified or all(found.unverified for found in decisive))


def _enough(seen: Coverage, least: float) -> bool:
    """An incomplete look at all that is known was uncertain beside what it found, and still is."""
    if seen.complete:
        return True
    return 0 < seen.seen < seen.known and seen.share >= least


def _failures(findings: Iterable[Finding]) -> int:
    return sum(found.status is Status.FAIL for found in findings)
