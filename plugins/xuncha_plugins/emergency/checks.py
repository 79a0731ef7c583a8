"""Whether there is an emergency plan that holds what it is to hold, and whether it is practised.

What clearly lacks is a failure; what is there but thin, or said in words we are not sure of, is put to a person. Where
pages or files could not be read nothing is said to lack: it may stand there.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from xuncha.api import (
    FOR_EYES,
    Evidence,
    Params,
    Piece,
    Reason,
    Site,
    ask,
    check,
    finding,
    not_handed_in,
    note,
    unsure,
    warning,
)
from xuncha_plugins.emergency.facts import (
    AMISS,
    Contact,
    Dated,
    DrillRead,
    Fault,
    Held,
    Limit,
    PlanRead,
    Quote,
    Receiver,
    Reporting,
    Section,
    Subject,
    Topic,
    Unread,
)
from xuncha_plugins.emergency.reporting import is_lesser, is_summary, receivers_in
from xuncha_plugins.emergency.words import WORDS
from xuncha_plugins.evidence.denials import to_ask
from xuncha_plugins.evidence.doubts import Doubt
from xuncha_plugins.evidence.doubts import to_ask as doubtful
from xuncha_plugins.evidence.reading import Shown, rests_on

_OUTSIDE = frozenset(Receiver) - {Receiver.INSIDE, Receiver.POLICE}
"""Whom the rules set a limit for, or who may pass a report on in time."""
_HOUR = 60
_DAY = 24 * _HOUR
_DAYS_A_YEAR = 365.25


class SectionParams(Params):
    """``understood``: the share of a text that we must know the meaning of, to say that something lacks in it."""

    understood: float = 0.8


class ReportingParams(SectionParams):
    """``hours``: within which incidents of 较大 and above are reported; ``state_hours``: by central and state organs.

    ``summary_days``: within which the final report follows.
    """

    hours: float = 4
    state_hours: float = 2
    summary_days: float = 30


class CurrentParams(Params):
    """``years``: how old a plan may be since its last revision."""

    years: float = 3


class ApprovedParams(Params):
    """``blanks``: from how many blanks on a plan counts as a copied template; below, a person is asked."""

    blanks: int = 3


class DrillParams(SectionParams):
    """``days``: how long ago the last drill may be."""

    days: int = 366
    understood: float = 0.5


@check("emergency.plan-complete", params=SectionParams)
def plan_complete(evidence: Evidence, plan: PlanRead, params: SectionParams, site: Site) -> Iterator[object]:
    """The plan holds every section that the rules ask for, each with something in it."""
    level = site.protection_level or 0
    asked = [section for section in plan.sections if level >= WORDS.plan[Topic(section.name)].level]
    yield from _first(evidence, plan, of_all=True, found=all(section.held is Held.HELD for section in asked))
    if not _is_there(evidence, plan):
        return
    yield from to_ask(plan.denied)
    for section in asked:
        words = WORDS.plan[Topic(section.name)]
        yield from _judged(plan, section, params.understood, optional=words.level > 0, unverified=words.unverified)


@check("emergency.reporting", params=ReportingParams)
def reporting(evidence: Evidence, plan: PlanRead, params: ReportingParams, site: Site) -> Iterator[object]:
    """Incidents of 较大 and above go to the cyberspace office in time (国家网络安全事件报告管理办法, 2025)."""
    yield from _first(evidence, plan)
    if not _is_there(evidence, plan):
        return
    said = plan.reporting
    yield from _rests(*(quote for _, quote in said.receivers[:1]), *(one.quote for one in said.limits[:1]))
    whole = _is_whole(plan) and plan.understood >= params.understood
    if said.averse:
        yield ask(said.averse.locator, "averse", distinct="averse", excerpt=said.averse.text, words=said.averse.text)
    if not said.receivers and not said.limits:
        if said.averse:
            return
        say = finding if whole else ask
        yield say(plan.main, "none" if whole else "not-found", distinct="reporting")
        return
    if said.blank:
        yield ask(said.blank.locator, "blank", distinct="blank", excerpt=said.blank.text, words=said.blank.text)
    yield from _receivers(plan, said, certain=whole and not said.averse)
    hours = params.state_hours if _is_state(site) else params.hours
    yield from _limits(plan, said, hours, certain=whole and not said.averse)
    yield from _summaries(said, params.summary_days)
    if not said.hotline and whole:
        yield note("no-hotline")


@check("emergency.plan-current", params=CurrentParams)
def plan_current(evidence: Evidence, plan: PlanRead, params: CurrentParams) -> Iterator[object]:
    """The plan was issued or revised within the period."""
    yield from _first(evidence, plan)
    if not _is_there(evidence, plan):
        return
    yield from doubtful(plan.repealed)
    entry = evidence.emergency.plan
    declared = max((day for day in (entry.issued, entry.revised) if day), default=None)
    past = [one for one in plan.standing.dates if one.day <= evidence.looked]
    oldest = date.fromordinal(evidence.looked.toordinal() - round(params.years * _DAYS_A_YEAR))
    if not past:
        yield from _undated(plan, declared)
        return
    newest = max(past, key=lambda one: one.day)
    yield from _rests(newest.quote)
    if newest.until >= oldest:
        return
    at, day, years = newest.quote, _as_written(newest), params.years
    if declared and declared >= oldest:
        yield ask(
            at.locator, "declared-newer", distinct="old", excerpt=at.text, declared=declared, day=day, years=years
        )
    elif _is_whole(plan):
        yield finding(at.locator, "old", distinct="old", excerpt=at.text, day=day, years=years)


@check("emergency.plan-approved", params=ApprovedParams)
def plan_approved(evidence: Evidence, plan: PlanRead, params: ApprovedParams) -> Iterator[object]:
    """The plan is a formal paper: unit, number or approval, date; no draft, no blanks."""
    yield from _first(evidence, plan)
    if not _is_there(evidence, plan):
        return
    paper = plan.standing
    yield from doubtful(plan.repealed)
    for draft in paper.drafts[:1]:
        yield finding(draft.locator, "draft", distinct="draft", excerpt=draft.text)
    if paper.blanks:
        first, count = paper.blanks[0], len(paper.blanks)
        say, key = (finding, "blanks") if count >= params.blanks else (ask, "maybe-blanks")
        yield say(first.locator, key, distinct="blanks", excerpt=first.text, count=count)
    if _is_whole(plan):
        yield from _signed(plan, evidence.emergency.plan.approved_by)


@check("emergency.contacts")
def contacts(evidence: Evidence, plan: PlanRead) -> Iterator[object]:
    """The plan names people who can be reached: numbers that could be real, no placeholders."""
    yield from _first(evidence, plan)
    if not _is_there(evidence, plan):
        return
    found = plan.contacts
    yield from _rests(*(one.quote for one in found.numbers[:1]))
    if not found.numbers and not found.names and _is_whole(plan):
        yield from _no_numbers(plan)
    yield from _faults((*found.numbers, *found.names))
    if found.same:
        at = found.numbers[0].quote
        yield ask(at.locator, "same-number", distinct="same", excerpt=at.text, count=found.same)


@check("emergency.drill", params=DrillParams)
def drill(evidence: Evidence, record: DrillRead, params: DrillParams) -> Iterator[object]:
    """A drill was held within a year; its record tells when, who, what and how it ended."""
    if not evidence.handed_in(Piece.EMERGENCY_DRILL):
        yield not_handed_in(evidence, Piece.EMERGENCY_DRILL)
        return
    yield from _not_read(record)
    if record.empty:
        return
    if record.subject in AMISS:
        yield from _other_subject(record)
        return
    yield from to_ask(record.denied)
    yield from _when(evidence, record, params.days)
    held = {section.name: section for section in record.sections}
    no_record = record.scheme and _is_whole(record) and held["result"].held is not Held.HELD
    yield from doubtful(one for one in record.doubts if not (no_record and one[0] is Doubt.PLANNED))
    if no_record:
        yield finding(record.main, "scheme-only", distinct="result", excerpt=record.title.text if record.title else "")
        held.pop("result")
    for section in held.values():
        yield from _judged(record, section, params.understood)


# What is not there, what could not be read


def _first(evidence: Evidence, plan: PlanRead, *, of_all: bool = False, found: bool = False) -> Iterator[object]:
    """What is to be said before a plan is judged; that it is another plan is told once, by the check ``of_all``.

    ``found``: every word that is asked for was found; then it matters no more that OCR may have missed some.
    """
    if not evidence.handed_in(Piece.EMERGENCY_PLAN):
        yield not_handed_in(evidence, Piece.EMERGENCY_PLAN)
        return
    yield from _not_read(plan, found=found)
    if of_all and plan.subject is not Subject.SITE and not plan.empty:
        yield from _other_subject(plan)
    elif plan.subject in AMISS:
        yield unsure(Reason.NOT_HANDED_IN, piece=str(Piece.EMERGENCY_PLAN))


def _is_there(evidence: Evidence, plan: PlanRead) -> bool:
    """Whether there are words of a plan that can be judged."""
    return evidence.handed_in(Piece.EMERGENCY_PLAN) and not plan.empty and plan.subject not in AMISS


def _is_whole(document: PlanRead | DrillRead) -> bool:
    return document.complete and not document.unread


def _not_read(document: PlanRead | DrillRead, *, found: bool = False) -> Iterator[object]:
    """Files and pages that only eyes can read, and what nobody can; ``found``: but for those that OCR read."""
    for one in document.unread:
        if not (found and one.reason is Reason.READ_BY_OCR):
            yield from _for_eyes(one)
    if not document.complete:
        yield unsure(Reason.DOCUMENT_TOO_LARGE)
    if document.empty and _is_whole(document):
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


def _rests(*quotes: Quote) -> Iterator[object]:
    """What a judgement rests on."""
    for one in dict.fromkeys(quotes):
        yield from rests_on(Shown(one.text, one.locator))


def _as_written(one: Dated) -> str:
    """A date in the words of the document: a month is no day."""
    return one.shown or one.day.isoformat()


def _other_subject(document: PlanRead | DrillRead) -> Iterator[object]:
    at = document.title.locator if document.title else document.main
    title = document.title.text if document.title else ""
    if isinstance(document, DrillRead) and document.subject is Subject.NO_PLAN:
        yield ask(at, "no-plan", distinct="kind", excerpt=title)
    elif document.subject in AMISS and _is_whole(document):
        yield finding(
            at, "other-kind" if document.subject is Subject.OTHER else "no-plan", distinct="kind", excerpt=title
        )
    else:
        yield ask(at, "general", distinct="kind", excerpt=title)


# Sections


def _judged(
    document: PlanRead | DrillRead,
    section: Section,
    understood: float,
    *,
    optional: bool = False,
    unverified: bool = False,
) -> Iterator[object]:
    """Held is noted with its words, thin is asked about, and what lacks fails in a document that is whole and clear."""
    at = section.quotes[0].locator if section.quotes else document.main
    words = " … ".join(one.text for one in section.quotes)
    match section.held:
        case Held.HELD:
            yield note(f"holds-{section.name}", at=at, words=words)
        case Held.THIN if not optional:
            yield ask(at, f"thin-{section.name}", distinct=section.name, excerpt=words)
        case Held.ABSENT if _is_whole(document) and document.understood < understood:
            if not optional:
                yield ask(document.main, f"unseen-{section.name}", distinct=section.name)
        case Held.ABSENT | Held.BARE if _is_whole(document):
            say = warning if optional else finding
            if section.held is Held.BARE and section.quotes:
                yield say(at, "bare", distinct=section.name, excerpt=words, heading=section.quotes[0].text)
            else:
                yield say(at, f"lacks-{section.name}", distinct=section.name, excerpt=words, unverified=unverified)
        case _:
            return


# Reporting


def _is_state(site: Site) -> bool:
    return any(word in site.level for word in ("中央", "国家", "部委", "国务院"))


def _receivers(plan: PlanRead, said: Reporting, *, certain: bool) -> Iterator[object]:
    named = dict(said.receivers)
    if Receiver.CYBERSPACE in named:
        if not said.province:
            yield note("local-office", at=named[Receiver.CYBERSPACE].locator, words=named[Receiver.CYBERSPACE].text)
        return
    if said.averse and Receiver.CYBERSPACE in receivers_in(said.averse.text):
        return  # it is named, and what is said of it is asked about
    outside = next((quote for receiver, quote in said.receivers if receiver is not Receiver.INSIDE), None)
    if Receiver.SUPERIOR in named or Receiver.GOVERNMENT in named or not named or not certain:
        at = named.get(Receiver.SUPERIOR) or outside
        place, words = (at.locator, at.text) if at else (plan.main, "")
        yield ask(place, "office-unnamed", distinct="receiver", excerpt=words)
    else:
        first = outside or named.get(Receiver.INSIDE)
        place, words = (first.locator, first.text) if first else (plan.main, "")
        yield finding(place, "office-missing", distinct="receiver", excerpt=words)


def _limits(plan: PlanRead, said: Reporting, hours: float, *, certain: bool) -> Iterator[object]:
    """The first report outside is in time; what is only for 一般 incidents, or for a later report, has no limit."""
    outside = [one for one in said.limits if _is_first(one)] or [one for one in said.limits if _is_only(one)]
    late = sorted((one for one in outside if one.minutes > hours * _HOUR), key=lambda one: not _to_office(one))
    timely = [one for one in outside if one.minutes <= hours * _HOUR]
    for one in late[:1]:
        limit, at = one.minutes / _HOUR, one.quote
        others = any(map(_to_office, timely)) if _to_office(one) else bool(timely)
        clear = (_to_office(one) or not one.receivers) and (_is_grave(one) or not others)
        say, key = (finding, "too-late") if clear and _is_whole(plan) else (ask, "maybe-late")
        yield say(at.locator, key, distinct="limit", excerpt=at.text, limit=limit, hours=hours)
    if late or any(map(_names_outside, timely)):
        return
    if timely:
        at = timely[0].quote
        yield ask(at.locator, "limit-to-nobody", distinct="limit", excerpt=at.text, words=at.text, hours=hours)
        return
    near = said.vague or next((one.quote for one in said.limits), None)
    if near or not certain:
        place, words = (near.locator, near.text) if near else (plan.main, "")
        yield ask(place, "limit-unclear", distinct="limit", excerpt=words, hours=hours)
    else:
        yield finding(plan.main, "no-limit", distinct="limit", hours=hours)


def _is_grave(one: Limit) -> bool:
    return any(grade in ("特别重大", "重大", "较大") for grade in one.grades)


def _names_outside(one: Limit) -> bool:
    """Whether a limit, or the sentence it stands in, says that it is for somebody outside."""
    return bool(_OUTSIDE & {*one.receivers, *receivers_in(one.quote.text)})


def _to_office(one: Limit) -> bool:
    return Receiver.CYBERSPACE in one.receivers


def _is_first(one: Limit) -> bool:
    elsewhere = bool(one.receivers) and not _OUTSIDE & set(one.receivers)
    return not (one.later or elsewhere or is_lesser(one.grades))


def _is_only(one: Limit) -> bool:
    """Where no first report has a limit, the written one stands for it."""
    return one.written and _is_first(replace(one, later=False))


def _summaries(said: Reporting, days: float) -> Iterator[object]:
    for one in said.limits:
        if one.later and one.minutes > days * _DAY and is_summary(one.quote.text):
            limit, at = one.minutes / _DAY, one.quote
            yield warning(
                at.locator, "summary-late", distinct="summary", excerpt=at.text, unverified=True, limit=limit, days=days
            )
            return


# Dates and approval


def _undated(plan: PlanRead, declared: date | None) -> Iterator[object]:
    if declared:
        yield ask(plan.main, "date-declared", distinct="undated", declared=declared)
    elif plan.standing.dates:
        future: Dated = plan.standing.dates[0]
        yield ask(
            future.quote.locator, "future", distinct="undated", excerpt=future.quote.text, day=_as_written(future)
        )
    else:
        yield ask(plan.main, "undated", distinct="undated")


def _signed(plan: PlanRead, declared: str) -> Iterator[object]:
    paper = plan.standing
    official = paper.number or paper.approval
    yield from _rests(*(one for one in (official, paper.unit) if one))
    blank: Quote | None = paper.unfilled_date
    if not (official or paper.unit or paper.dates):
        yield finding(plan.main, "unsigned", distinct="unsigned")
        return
    if not official:
        if declared:
            yield ask(plan.main, "approval-declared", distinct="approval", by=declared)
        else:
            yield ask(plan.main, "no-approval", distinct="approval")
    if not paper.unit:
        yield ask(plan.main, "no-unit", distinct="unit")
    if not paper.dates and blank:
        yield finding(blank.locator, "date-blank", distinct="date", excerpt=blank.text)
    elif not paper.dates:
        yield ask(plan.main, "no-date", distinct="date")


# Contacts


def _no_numbers(plan: PlanRead) -> Iterator[object]:
    other = plan.contacts.elsewhere
    if other:
        yield ask(other.locator, "elsewhere", distinct="none", excerpt=other.text)
    else:
        yield finding(plan.main, "none", distinct="none")


def _faults(found: Iterable[Contact]) -> Iterator[object]:
    """One finding for each kind of fault, at its first place."""
    by_fault: dict[Fault, list[Contact]] = {}
    for one in found:
        if one.fault:
            by_fault.setdefault(one.fault, []).append(one)
    for fault, those in by_fault.items():
        shown = "、".join(dict.fromkeys(one.shown for one in those[:5]))
        at = those[0].quote
        say = _SAYS[fault]
        yield say(at.locator, str(fault), distinct=str(fault), excerpt=at.text, count=len(those), shown=shown)


_SAYS: dict[Fault, Callable[..., object]] = {
    Fault.PLACEHOLDER: finding,
    Fault.MALFORMED: warning,
    Fault.MASKED: ask,
}


# Drills


def _when(evidence: Evidence, record: DrillRead, days: int) -> Iterator[object]:
    declared = evidence.emergency.drill.held
    past = [one for one in record.dates if one.day <= evidence.looked]
    if not past:
        if record.dates:
            future = record.dates[0]
            yield ask(
                future.quote.locator, "future", distinct="date", excerpt=future.quote.text, day=_as_written(future)
            )
        elif record.paper_dates:
            paper = record.paper_dates[-1]
            yield ask(
                paper.quote.locator, "paper-date", distinct="date", excerpt=paper.quote.text, day=_as_written(paper)
            )
        elif declared:
            yield ask(record.main, "date-declared", distinct="date", declared=declared)
        elif _is_whole(record):
            yield finding(record.main, "no-date", distinct="date")
        return
    newest = max(past, key=lambda one: one.day)
    yield from _rests(newest.quote)
    if (evidence.looked - newest.until).days <= days:
        return
    at, day = newest.quote, _as_written(newest)
    if declared and declared != newest.day and (evidence.looked - declared).days <= days:
        yield ask(at.locator, "declared-newer", distinct="date", excerpt=at.text, declared=declared, day=day, days=days)
    elif _is_whole(record):
        yield finding(at.locator, "old", distinct="date", excerpt=at.text, unverified=True, day=day, days=days)
