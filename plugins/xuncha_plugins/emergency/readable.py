"""What keeps a plan or record from being judged, what is said of that, and what a judgement rests on."""

from collections.abc import Iterator

from xuncha.api import FOR_EYES, Evidence, Piece, Reason, ask, finding, not_handed_in, unsure
from xuncha_plugins.emergency.facts import AMISS, Dated, DrillRead, PlanRead, Quote, Subject, Unread
from xuncha_plugins.evidence.reading import Shown, rests_on


def before_a_plan(evidence: Evidence, plan: PlanRead, *, of_all: bool = False, found: bool = False) -> Iterator[object]:
    """What is to be said before a plan is judged; that it is another plan is told once, by the check ``of_all``.

    ``found``: every word that is asked for was found; then it matters no more that OCR may have missed some.
    """
    if not evidence.handed_in(Piece.EMERGENCY_PLAN):
        yield not_handed_in(evidence, Piece.EMERGENCY_PLAN)
        return
    yield from not_read(plan, found=found)
    if of_all and plan.subject is not Subject.SITE and not plan.empty:
        yield from other_subject(plan)
    elif plan.subject in AMISS:
        yield unsure(Reason.NOT_HANDED_IN, piece=str(Piece.EMERGENCY_PLAN))


def is_there(evidence: Evidence, plan: PlanRead) -> bool:
    """Whether there are words of a plan that can be judged."""
    return evidence.handed_in(Piece.EMERGENCY_PLAN) and not plan.empty and plan.subject not in AMISS


def is_whole(document: PlanRead | DrillRead) -> bool:
    return document.complete and not document.unread


def not_read(document: PlanRead | DrillRead, *, found: bool = False) -> Iterator[object]:
    """Files and pages that only eyes can read, and what nobody can; ``found``: but for those that OCR read."""
    for one in document.unread:
        if not (found and one.reason is Reason.READ_BY_OCR):
            yield from _for_eyes(one)
    if not document.complete:
        yield unsure(Reason.DOCUMENT_TOO_LARGE)
    if document.empty and is_whole(document):
        yield finding(document.main, "empty", distinct="empty")


def _for_eyes(one: Unread) -> Iterator[object]:
    if one.reason is None:
        yield ask(one.locator, "pages-unread", distinct="unread", pages=one.pages)
    elif one.reason is Reason.READ_BY_OCR:
        yield ask(one.locator, "read-by-ocr", distinct="unread", pages=one.pages)
    elif one.reason in FOR_EYES:
        yield ask(one.locator, "unreadable", distinct="unread")
    else:
        yield unsure(one.reason)


def rests(*quotes: Quote) -> Iterator[object]:
    """What a judgement rests on."""
    for one in dict.fromkeys(quotes):
        yield from rests_on(Shown(one.text, one.locator))


def as_written(one: Dated) -> str:
    """A date in the words of the document: a month is no day."""
    return one.shown or one.day.isoformat()


def other_subject(document: PlanRead | DrillRead) -> Iterator[object]:
    at = document.title.locator if document.title else document.main
    title = document.title.text if document.title else ""
    if isinstance(document, DrillRead) and document.subject is Subject.NO_PLAN:
        yield ask(at, "no-plan", distinct="kind", excerpt=title)
    elif document.subject in AMISS and is_whole(document):
        yield finding(
            at, "other-kind" if document.subject is Subject.OTHER else "no-plan", distinct="kind", excerpt=title
        )
    else:
        yield ask(at, "general", distinct="kind", excerpt=title)
