"""Checks of the evidence folder itself; what the documents say is judged by other plugins."""

from collections.abc import Iterator

from xuncha.api import (
    FOR_EYES,
    Ask,
    DocumentLocator,
    Evidence,
    EvidenceProblem,
    Fault,
    Finding,
    Unsure,
    ask,
    check,
    finding,
    not_handed_in,
    note,
    unsure,
    warning,
)

REFUSED = frozenset({Fault.WORK_SECRET, Fault.STATE_SECRET, Fault.RESIDENT_ID})
DECLARED_IN = "evidence.yaml"
MOST_ASKED = 30
"""Files that a person is asked to look through; of more nothing can be told."""


@check("evidence.files")
def files(evidence: Evidence) -> Iterator[object]:
    """Every file that the list names lies in the folder, opens, and is what its extension says."""
    if not evidence.present and not evidence.files and not evidence.problems:
        yield not_handed_in(evidence)
        return
    if evidence.mistaken:
        yield _mistakes(evidence)
    for problem in evidence.problems:
        if problem.fault is Fault.UNSAFE:
            yield finding(_at(problem), problem.fault, distinct=problem.fault)
        elif problem.fault not in REFUSED:
            said, _, found = problem.detail.partition(": ")
            yield warning(_at(problem), problem.fault, distinct=problem.fault, said=said, found=found)
    unopened = {one.path for one in evidence.problems if one.fault in REFUSED and one.path != DECLARED_IN}
    if unopened:
        yield note("refused", count=len(unopened))


def _mistakes(evidence: Evidence) -> Finding:
    """A list with mistakes: a hint while there is time to mend it, then a failure."""
    late = any(map(evidence.is_overdue, evidence.deadlines))
    count, lines = len(evidence.mistaken), "、".join(str(line) for line in evidence.mistaken[:MOST_ASKED] if line)
    key = "list-mistakes" if lines else "list-unreadable"
    return (finding if late else warning)(DocumentLocator(DECLARED_IN), key, distinct="list", count=count, lines=lines)


@check("evidence.refused")
def refused(evidence: Evidence) -> Iterator[object]:
    """Nobody hands in work secrets, state secrets or resident ID numbers; what was not read nobody can tell of."""
    if not evidence.present and not evidence.files and not evidence.problems:
        yield not_handed_in(evidence)
        return
    for problem in evidence.problems:
        if problem.fault in REFUSED:
            yield finding(_at(problem), problem.fault, distinct=problem.fault)
    yield from _unvetted(evidence)


def _unvetted(evidence: Evidence) -> Iterator[Ask | Unsure]:
    """Questions about what eyes can read, and nothing told of the rest."""
    for number, one in enumerate(evidence.unvetted):
        if number >= MOST_ASKED or one.reason not in FOR_EYES:
            yield unsure(one.reason)
        else:
            file = evidence.file(one.path)
            yield ask(DocumentLocator(one.path, sha256=file.sha256 if file else ""), "unread", distinct="unread")


def _at(problem: EvidenceProblem) -> DocumentLocator:
    return DocumentLocator(problem.path, problem.piece or "")
