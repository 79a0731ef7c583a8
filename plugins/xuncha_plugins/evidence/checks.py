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
    Reason,
    Unsure,
    ask,
    check,
    finding,
    not_handed_in,
    note,
    unsure,
    warning,
)

REFUSED = frozenset({Fault.WORK_SECRET, Fault.STATE_SECRET, Fault.RESIDENT_ID, Fault.LOGIN})
DECLARED_IN = "evidence.yaml"
MOST_ASKED = 30
"""Files that a person is asked to look through; of more nothing can be told."""

_UNVETTED = {Reason.DOCUMENT_TOO_LARGE: "read-in-part", Reason.READ_BY_OCR: "read-by-ocr"}
"""Questions about a file that was read after all, but not in a way to rely on."""

_CALLED = {"pdf": "PDF", "rtf": "RTF", "zip": "ZIP（docx、xlsx、ofd）", "ole": "Office 97–2003（doc、xls、ppt）"}
"""Kinds that bear a name in both languages; the rest are called as they call themselves."""

_IN_WORDS = ("text", "image", "empty", "other")
"""Kinds of files that have no name of their own: the message says what they are."""


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
            yield _hint(problem)
    unopened = {one.path for one in evidence.problems if one.fault in REFUSED and one.path != DECLARED_IN}
    if unopened:
        yield note("refused", count=len(unopened))


def _hint(problem: EvidenceProblem) -> Finding:
    said, _, found = problem.detail.partition(": ")
    worded = problem.fault is Fault.WRONG_EXTENSION and found in _IN_WORDS
    key = f"{problem.fault}-{found}" if worded else str(problem.fault)
    return warning(_at(problem), key, distinct=problem.fault, said=said, found=_CALLED.get(found, found))


def _mistakes(evidence: Evidence) -> Finding:
    """A list with mistakes: a hint while there is time to mend it, then a failure."""
    late = any(map(evidence.is_overdue, evidence.deadlines))
    count, lines = len(evidence.mistaken), "、".join(str(line) for line in evidence.mistaken[:MOST_ASKED] if line)
    key = "list-mistakes" if lines else "list-unreadable"
    return (finding if late else warning)(DocumentLocator(DECLARED_IN), key, distinct="list", count=count, lines=lines)


@check("evidence.refused")
def refused(evidence: Evidence) -> Iterator[object]:
    """Nobody hands in work secrets, state secrets, resident ID numbers or passwords; what was not read stays open."""
    if not evidence.present and not evidence.files and not evidence.problems:
        yield not_handed_in(evidence)
        return
    for problem in evidence.problems:
        if problem.fault in REFUSED:
            yield finding(_at(problem), problem.fault, distinct=problem.fault)
    yield from _unvetted(evidence)
    missed = sum(one.reason is Reason.OCR_MISSING for one in evidence.unvetted)
    if missed:
        yield note("ocr-missing", count=missed)


def _unvetted(evidence: Evidence) -> Iterator[Ask | Unsure]:
    """Questions about what eyes can read, and nothing told of the rest."""
    for number, one in enumerate(evidence.unvetted):
        if number >= MOST_ASKED or one.reason not in FOR_EYES:
            yield unsure(one.reason)
        else:
            file = evidence.file(one.path)
            key = _UNVETTED.get(one.reason, "unread")
            yield ask(DocumentLocator(one.path, sha256=file.sha256 if file else ""), key, distinct="unread")


def _at(problem: EvidenceProblem) -> DocumentLocator:
    return DocumentLocator(problem.path, problem.piece or "", ocr=problem.ocr)
