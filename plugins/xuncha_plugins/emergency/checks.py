"""Whether there is an emergency plan that holds what it is to hold, and whether it is practised.

What clearly lacks is a failure; what is there but thin, or said in words we are not sure of, is put to a person. Where
pages or files could not be read nothing is said to lack: it may stand there.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from xuncha.api import (
    Evidence,
    Params,
    Piece,
    Site,
    ask,
    check,
    finding,
    not_handed_in,
    note,
    warning,
)
from xuncha_plugins.emergency.facts import (
    AMISS,
    Contact,
    Dated,
    DrillRead,
    Fault,
    Held,
    PlanRead,
    Quote,
    Section,
    Topic,
)
from xuncha_plugins.emergency.readable import (
    as_written,
    before_a_plan,
    is_there,
    is_whole,
    not_read,
    other_subject,
    rests,
)
from xuncha_plugins.emergency.words import WORDS
from xuncha_plugins.evidence.denials import to_ask
from xuncha_plugins.evidence.doubts import Doubt
from xuncha_plugins.evidence.doubts import to_ask as doubtful

_DAYS_A_YEAR = 365.25


class SectionParams(Params):
    """``understood``: the share of a text that we must know the meaning of, to say that something lacks in it."""

    understood: float = 0.8


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
    yield from before_a_plan(evidence, plan, of_all=True, found=all(section.held is Held.HELD for section in asked))
    if not is_there(evidence, plan):
        return
    yield from to_ask(plan.denied)
    for section in asked:
        words = WORDS.plan[Topic(section.name)]
        yield from _judged(plan, section, params.understood, optional=words.level > 0, unverified=words.unverified)


@check("emergency.plan-current", params=CurrentParams)
def plan_current(evidence: Evidence, plan: PlanRead, params: CurrentParams) -> Iterator[object]:
    """The plan was issued or revised within the period."""
    yield from before_a_plan(evidence, plan)
    if not is_there(evidence, plan):
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
    yield from rests(newest.quote)
    if newest.until >= oldest:
        return
    at, day, years = newest.quote, as_written(newest), params.years
    if declared and declared >= oldest:
        yield ask(
            at.locator, "declared-newer", distinct="old", excerpt=at.text, declared=declared, day=day, years=years
        )
    elif is_whole(plan):
        yield finding(at.locator, "old", distinct="old", excerpt=at.text, day=day, years=years)


@check("emergency.plan-approved", params=ApprovedParams)
def plan_approved(evidence: Evidence, plan: PlanRead, params: ApprovedParams) -> Iterator[object]:
    """The plan is a formal paper: unit, number or approval, date; no draft, no blanks."""
    yield from before_a_plan(evidence, plan)
    if not is_there(evidence, plan):
        return
    paper = plan.standing
    yield from doubtful(plan.repealed)
    for draft in paper.drafts[:1]:
        yield finding(draft.locator, "draft", distinct="draft", excerpt=draft.text)
    if paper.blanks:
        first, count = paper.blanks[0], len(paper.blanks)
        say, key = (finding, "blanks") if count >= params.blanks else (ask, "maybe-blanks")
        yield say(first.locator, key, distinct="blanks", excerpt=first.text, count=count)
    if is_whole(plan):
        yield from _signed(plan, evidence.emergency.plan.approved_by)


@check("emergency.contacts")
def contacts(evidence: Evidence, plan: PlanRead) -> Iterator[object]:
    """The plan names people who can be reached: numbers that could be real, no placeholders."""
    yield from before_a_plan(evidence, plan)
    if not is_there(evidence, plan):
        return
    found = plan.contacts
    yield from rests(*(one.quote for one in found.numbers[:1]))
    if not found.numbers and not found.names and is_whole(plan):
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
    yield from not_read(record)
    if record.empty:
        return
    if record.subject in AMISS:
        yield from other_subject(record)
        return
    yield from to_ask(record.denied)
    yield from _when(evidence, record, params.days)
    held = {section.name: section for section in record.sections}
    no_record = record.scheme and is_whole(record) and held["result"].held is not Held.HELD
    yield from doubtful(one for one in record.doubts if not (no_record and one[0] is Doubt.PLANNED))
    if no_record:
        yield finding(record.main, "scheme-only", distinct="result", excerpt=record.title.text if record.title else "")
        held.pop("result")
    for section in held.values():
        yield from _judged(record, section, params.understood)


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
        case Held.ABSENT if is_whole(document) and document.understood < understood:
            if not optional:
                yield ask(document.main, f"unseen-{section.name}", distinct=section.name)
        case Held.ABSENT | Held.BARE if is_whole(document):
            say = warning if optional else finding
            if section.held is Held.BARE and section.quotes:
                yield say(at, "bare", distinct=section.name, excerpt=words, heading=section.quotes[0].text)
            else:
                yield say(at, f"lacks-{section.name}", distinct=section.name, excerpt=words, unverified=unverified)
        case _:
            return


# Dates and approval


def _undated(plan: PlanRead, declared: date | None) -> Iterator[object]:
    if declared:
        yield ask(plan.main, "date-declared", distinct="undated", declared=declared)
    elif plan.standing.dates:
        future: Dated = plan.standing.dates[0]
        yield ask(future.quote.locator, "future", distinct="undated", excerpt=future.quote.text, day=as_written(future))
    else:
        yield ask(plan.main, "undated", distinct="undated")


def _signed(plan: PlanRead, declared: str) -> Iterator[object]:
    paper = plan.standing
    official = paper.number or paper.approval
    yield from rests(*(one for one in (official, paper.unit) if one))
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
                future.quote.locator, "future", distinct="date", excerpt=future.quote.text, day=as_written(future)
            )
        elif record.paper_dates:
            paper = record.paper_dates[-1]
            yield ask(
                paper.quote.locator, "paper-date", distinct="date", excerpt=paper.quote.text, day=as_written(paper)
            )
        elif declared:
            yield ask(record.main, "date-declared", distinct="date", declared=declared)
        elif is_whole(record):
            yield finding(record.main, "no-date", distinct="date")
        return
    newest = max(past, key=lambda one: one.day)
    yield from rests(newest.quote)
    if (evidence.looked - newest.until).days <= days:
        return
    at, day = newest.quote, as_written(newest)
    if declared and declared != newest.day and (evidence.looked - declared).days <= days:
        yield ask(at.locator, "declared-newer", distinct="date", excerpt=at.text, declared=declared, day=day, days=days)
    elif is_whole(record):
        yield finding(at.locator, "old", distinct="date", excerpt=at.text, unverified=True, day=day, days=days)
