"""Checks of the evidence folder itself; what the documents say is judged by other plugins."""

from collections.abc import Iterator

from xuncha.api import DocumentLocator, Evidence, EvidenceProblem, Fault, check, finding, not_handed_in, warning

REFUSED = frozenset({Fault.WORK_SECRET, Fault.STATE_SECRET, Fault.RESIDENT_ID})


@check("evidence.files")
def files(evidence: Evidence) -> Iterator[object]:
    """Every file that the list names lies in the folder, opens, and is what its extension says."""
    if not evidence.present and not evidence.files:
        yield not_handed_in(evidence)
        return
    for problem in evidence.problems:
        if problem.fault is Fault.UNSAFE:
            yield finding(_at(problem), problem.fault, distinct=problem.fault)
        elif problem.fault not in REFUSED:
            said, _, found = problem.detail.partition(": ")
            yield warning(_at(problem), problem.fault, distinct=problem.fault, said=said, found=found)


@check("evidence.refused")
def refused(evidence: Evidence) -> Iterator[object]:
    """Nobody hands in work secrets, state secrets or resident ID numbers."""
    if not evidence.present and not evidence.files and not evidence.problems:
        yield not_handed_in(evidence)
        return
    for problem in evidence.problems:
        if problem.fault in REFUSED:
            yield finding(_at(problem), problem.fault, distinct=problem.fault)


def _at(problem: EvidenceProblem) -> DocumentLocator:
    return DocumentLocator(problem.path, problem.piece or "")
