"""Turns facts into outcomes: calls checks, holds them to their contract, folds what they yield.

Nothing here does I/O or reads a clock. The same facts give the same outcomes, in the same order.
"""

import heapq
import inspect
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Any, get_args

from xuncha.declare import Answer, Ask, Awaited, CheckSpec, NotApplicable, Params, Unsure
from xuncha.errors import CallTimeoutError
from xuncha.model.crawl import Crawl
from xuncha.model.fact import Gap
from xuncha.model.locator import DocumentLocator, Locator
from xuncha.model.outcome import FULL, NOTHING, Answered, Because, Coverage, Finding, Note, Outcome, Recorded, Status
from xuncha.model.reasons import Reason
from xuncha.model.site import Site
from xuncha.page import Page
from xuncha.store.mask import mask_name

OUR_FAULT = frozenset({Reason.RAISED, Reason.BROKE_CONTRACT, Reason.MEMORY, Reason.QUARANTINED, Reason.WORKER_KILLED})
"""Reasons that say nothing about the site: a probe or check failed, not its conversation."""

MAX_FINDINGS = 1000
MAX_EXCERPT = 256
BY_OCR = "[OCR] "
"""Before words that OCR read."""

MAX_PARAMS = 12
MAX_NOTES = 20
_ERROR = 400
LOCATORS = get_args(Locator)

Facts = Mapping[type, object]
Watch = Callable[[str], AbstractContextManager[None]]


def unwatched(_check: str) -> AbstractContextManager[None]:
    """No deadline: for tests and for places that already run under one."""
    return nullcontext()


class ContractError(Exception):
    """A check yielded something that the contract does not know."""


@dataclass(frozen=True, slots=True)
class BoundCheck:
    """A check with everything the judge needs to call it on a site.

    ``messages`` are the keys its texts have; ``unverified`` says that a parameter rests on an unverified value;
    ``over_pages`` that a page probe gathered what it judges, so that the crawl's coverage is its own. ``recorded`` are
    the answers in force that people gave to its questions about this site, by the question's fingerprint.
    """

    spec: CheckSpec
    params: Params
    version: str = "1"
    min_coverage: float = 0.8
    messages: frozenset[str] | None = None
    unverified: bool = False
    over_pages: bool = False
    recorded: Mapping[str, Recorded] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.spec.id


@dataclass(slots=True)
class Tally:
    """What one check has said of one site so far; keeps the smallest findings in their order and counts the rest."""

    limit: int = MAX_FINDINGS
    findings: list[Finding] = field(default_factory=list)
    total: int = 0
    worst: dict[Status, int] = field(default_factory=dict)
    unsure: Unsure | None = None
    not_applicable: NotApplicable | None = None
    coverage: Coverage | None = None
    notes: list[Note] = field(default_factory=list)
    awaited: Awaited | None = None
    answered: list[Answered] = field(default_factory=list)

    def add(self, answer: Answer | Answered) -> None:
        match answer:
            case Finding():
                self._keep(answer)
            case Ask():
                self._keep(answer.finding)
            case Answered():
                self._settle(answer)
            case Unsure():
                self.unsure = self.unsure or answer
            case NotApplicable():
                self.not_applicable = self.not_applicable or answer
            case Awaited():
                self.awaited = self.awaited or answer
            case Coverage():
                self.coverage = answer
            case Note():
                self.notes.append(answer)
                del self.notes[MAX_NOTES:]

    def _settle(self, said: Answered) -> None:
        """What a person decided: a question that is not met is a failure now."""
        if len(self.answered) < self.limit:
            self.answered.append(said)
        if not said.answer.met:
            self._keep(replace(said.question, status=Status.FAIL))

    def _keep(self, found: Finding) -> None:
        self.total += 1
        self.worst[found.status] = self.worst.get(found.status, 0) + 1
        self.findings.append(found)
        if len(self.findings) >= 2 * self.limit:
            self.findings = self._smallest()

    def _smallest(self) -> list[Finding]:
        """Failures before hints: what an item is judged by must not be crowded out."""
        return heapq.nsmallest(
            self.limit, self.findings, key=lambda found: (found.status is not Status.FAIL, found.sort_key())
        )

    def sorted_findings(self) -> tuple[Finding, ...]:
        return tuple(sorted(self._smallest(), key=Finding.sort_key))


def judge(check: BoundCheck, site: Site, facts: Facts, watch: Watch = unwatched) -> Outcome:
    """The outcome of a check over facts."""
    tally = Tally()
    try:
        arguments = _arguments(check, site, facts)
    except MissingFactError as missing:
        return missed(check, site, missing.gap)
    try:
        with watch(check.id):
            for answer in check.spec.function(**arguments) or ():
                tally.add(_decided(check, site, _checked(check, answer)))
    except Exception as error:  # noqa: BLE001 - whatever a plugin raises ends in a named outcome
        return failed(check, site, error)
    crawl = facts.get(Crawl) if check.over_pages or Crawl in check.spec.wants.values() else None
    seen = _crawl_coverage(crawl) if isinstance(crawl, Crawl) else FULL
    if any(getattr(facts.get(kind), "complete", True) is False for kind in check.spec.wants.values()):
        seen = replace(seen, complete=False) if seen is not FULL else Coverage(0, 1, complete=False)
    return conclude(check, site, tally, seen, _hindrance(crawl) if isinstance(crawl, Crawl) else None)


class PageJudge:
    """One page check on one site: sees every page, answers when the crawl has ended."""

    def __init__(self, check: BoundCheck, site: Site, watch: Watch = unwatched) -> None:
        self.check = check
        self.pages = 0
        self._site = site
        self._watch = watch
        self._tally = Tally()
        self._failure: Outcome | None = None
        self._visit, self._conclude = self._start()

    def _start(self) -> tuple[Callable[[Page], Any], Callable[[], Any]]:
        spec, function = self.check.spec, self.check.spec.function
        extra = _page_arguments(self.check, self._site)
        if not inspect.isclass(function):
            if not extra:
                return function, lambda: ()
            page_argument = next(name for name, kind in spec.wants.items() if kind is Page)
            return (lambda page: function(**{page_argument: page}, **extra)), lambda: ()
        try:
            with self._watch(self.check.id):
                state: Any = function(**extra)
        except Exception as error:  # noqa: BLE001
            self._failure = failed(self.check, self._site, error)
            return (lambda _page: ()), lambda: ()
        return state.visit, getattr(state, "conclude", lambda: ())

    @property
    def failed(self) -> bool:
        return self._failure is not None

    def visit(self, page: Page) -> None:
        """Show the check one page. After a failure it sees no more: its outcome is settled."""
        if self._failure is None:
            self.pages += 1
            self._take(lambda: self._visit(page))

    def outcome(self, crawl: Crawl | Gap) -> Outcome:
        """The outcome after the last page."""
        if self._failure is None:
            self._take(self._conclude)
        if self._failure is not None:
            return self._failure
        if isinstance(crawl, Gap):
            return missed(self.check, self._site, crawl)
        return conclude(self.check, self._site, self._tally, _crawl_coverage(crawl), _hindrance(crawl))

    def _take(self, call: Callable[[], Iterable[Answer] | None]) -> None:
        try:
            with self._watch(self.check.id):
                for answer in call() or ():
                    self._tally.add(_decided(self.check, self._site, _checked(self.check, answer)))
        except Exception as error:  # noqa: BLE001
            self._failure = failed(self.check, self._site, error)


def conclude(check: BoundCheck, site: Site, tally: Tally, seen: Coverage, stopped: Reason | None = None) -> Outcome:
    """Fold what a check said into its outcome.

    The worst finding decides; without findings an incomplete look passes only from ``min_coverage`` on (law 1).
    """
    coverage = tally.coverage or (tally.unsure and tally.unsure.coverage) or seen
    if tally.total:
        if tally.unsure or tally.awaited:
            coverage = replace(coverage, complete=False)
        return _outcome(check, site, _worst(tally), coverage, tally, None)
    if tally.awaited:
        because = Because(Reason.NOT_HANDED_IN, tally.awaited.params)
        return _outcome(check, site, Status.NOT_RUN, NOTHING, tally, because)
    if tally.not_applicable and not tally.unsure:
        because = Because(tally.not_applicable.reason, tally.not_applicable.params)
        return _outcome(check, site, Status.NOT_APPLICABLE, coverage, tally, because)
    if tally.unsure:
        because = Because(tally.unsure.reason, tally.unsure.params)
        status = Status.ERROR if because.code in OUR_FAULT else Status.INCONCLUSIVE
        return _outcome(check, site, status, replace(coverage, complete=False), tally, because)
    if coverage.share < check.min_coverage or coverage.seen == 0:
        return _outcome(check, site, Status.INCONCLUSIVE, coverage, tally, Because(stopped or Reason.LOW_COVERAGE))
    return _outcome(check, site, Status.PASS, coverage, tally, None)


def _worst(tally: Tally) -> Status:
    return next(status for status in (Status.FAIL, Status.WARN, Status.MANUAL) if tally.worst.get(status))


def _outcome(
    check: BoundCheck, site: Site, status: Status, coverage: Coverage, tally: Tally, because: Because | None
) -> Outcome:
    findings = tally.sorted_findings()
    decisive = [found for found in findings if found.status is status]
    counts = status in {Status.FAIL, Status.WARN}
    unverified = counts and (check.unverified or all(found.unverified for found in decisive))
    return Outcome(
        site.id,
        check.id,
        check.version,
        status,
        because,
        coverage,
        findings,
        findings_total=tally.total,
        failures_total=tally.worst.get(Status.FAIL, 0),
        unverified=unverified,
        notes=tuple(tally.notes),
        answered=tuple(sorted(tally.answered, key=lambda said: said.question.sort_key())),
    )


_OF_GAPS = {Reason.NO_BASELINE: Status.NOT_RUN, Reason.NO_DOMAIN_NAME: Status.NOT_APPLICABLE}


def settled(check: BoundCheck, site: Site, status: Status, reason: Reason, gap: Gap | None = None) -> Outcome:
    """An outcome decided without calling the check."""
    because = Because(reason, gap.params if gap else {})
    return Outcome(site.id, check.id, check.version, status, because, Coverage(0, 1, complete=False))


def missed(check: BoundCheck, site: Site, gap: Gap) -> Outcome:
    """The outcome where a fact is missing: ``error`` if our program failed, else ``inconclusive``.

    Nobody has approved a baseline: then nobody has asked to compare with one, and it is ``not_run``. What is asked of a
    domain name is ``not_applicable`` where the site has none.
    """
    if gap.reason not in OUR_FAULT:
        return settled(check, site, _OF_GAPS.get(gap.reason, Status.INCONCLUSIVE), gap.reason, gap)
    return replace(settled(check, site, Status.ERROR, gap.reason, gap), error=gap.detail[:300])


def failed(check: BoundCheck, site: Site, error: BaseException) -> Outcome:
    """The ``error`` outcome for what a check raised: the program's fault, never the site's."""
    outcome = settled(check, site, Status.ERROR, _why(error))
    return replace(outcome, error=describe(error))


def _why(error: BaseException) -> Reason:
    match error:
        case ContractError():
            return Reason.BROKE_CONTRACT
        case CallTimeoutError():
            return Reason.DEADLINE
        case MemoryError():
            return Reason.MEMORY
        case _:
            return Reason.RAISED


def describe(error: BaseException) -> str:
    """Type, message and the last frame, short enough for a report; no paths."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({frames[-1].name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {str(error)[:200]}{where}"


class MissingFactError(Exception):
    """A fact that the check needs is a gap."""

    def __init__(self, gap: Gap) -> None:
        super().__init__(gap.reason)
        self.gap = gap


def _arguments(check: BoundCheck, site: Site, facts: Facts) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, kind in check.spec.wants.items():
        if kind is Site:
            found[name] = site
        elif issubclass(kind, Params):
            found[name] = check.params
        else:
            fact = facts.get(kind, Gap(Reason.FACT_MISSING))
            if isinstance(fact, Gap) and name not in check.spec.accepts_gap:
                raise MissingFactError(fact)
            found[name] = fact
    return found


def _page_arguments(check: BoundCheck, site: Site) -> dict[str, object]:
    given: dict[str, object] = {}
    for name, kind in check.spec.wants.items():
        if kind is Site:
            given[name] = site
        elif issubclass(kind, Params):
            given[name] = check.params
    return given


def _crawl_coverage(crawl: Crawl) -> Coverage:
    """An error page is no page that was seen; what is gone is none that could be."""
    gone = sum(1 for page in crawl.pages if page.problem is None and page.is_gone)
    seen = sum(1 for page in crawl.pages if page.problem is None and 0 < page.status < _ERROR)
    complete = crawl.complete and seen == len(crawl.pages) - gone
    return Coverage(seen, max(crawl.known - gone, seen, 1), complete and seen > 0)


def _hindrance(crawl: Crawl) -> Reason | None:
    """Why little was seen: what kept the home page from us comes before what ended the crawl."""
    home = crawl.page(crawl.home)
    return (home and home.problem) or crawl.stopped


def _decided(check: BoundCheck, site: Site, answer: Answer) -> Answer | Answered:
    """``answer``, or the question with what a person has said to it."""
    if not isinstance(answer, Ask) or not check.recorded:
        return answer
    fingerprint = answer.finding.fingerprint(check.id, site.id)
    said = check.recorded.get(fingerprint)
    return Answered(answer.finding, said) if said and said.answers(answer.finding, fingerprint) else answer


def _checked(check: BoundCheck, answer: object) -> Answer:
    """``answer`` if the contract knows it, its excerpt cut; else ContractError."""
    if isinstance(answer, Ask):
        return Ask(_checked_finding(check, answer.finding))
    if isinstance(answer, Finding):
        found = _checked_finding(check, answer)
        return Ask(replace(found, status=Status.MANUAL)) if _was_read_by_ocr(found.locator) else found
    if isinstance(answer, Note):
        _check_message(check, answer.key, len(answer.params))
        return answer
    if isinstance(answer, Unsure | NotApplicable | Coverage | Awaited):
        return answer
    raise ContractError(f"yielded {type(answer).__name__}, expected a finding, a warning, a question or an uncertainty")


def _was_read_by_ocr(locator: Locator) -> bool:
    """Whether words are meant that OCR read: one wrong digit accuses the innocent, so only a person may."""
    return isinstance(locator, DocumentLocator) and locator.ocr is not None


def _checked_finding(check: BoundCheck, found: Finding) -> Finding:
    if not isinstance(found.locator, LOCATORS):
        raise ContractError(f"locator is {type(found.locator).__name__}, not one of the known kinds")
    _check_message(check, found.key, len(found.params))
    if isinstance(found.locator, DocumentLocator):  # before anybody takes its fingerprint
        found = replace(found, locator=replace(found.locator, path=mask_name(found.locator.path)))
    if found.excerpt and _was_read_by_ocr(found.locator):
        found = replace(found, excerpt=f"{BY_OCR}{found.excerpt}")
    if len(found.excerpt) > MAX_EXCERPT:
        return replace(found, excerpt=found.excerpt[:MAX_EXCERPT])
    return found


def _check_message(check: BoundCheck, key: str, count: int) -> None:
    if check.messages is not None and key not in check.messages:
        raise ContractError(f"message {key!r} is not in the texts of {check.id}")
    if count > MAX_PARAMS:
        raise ContractError(f"a message has at most {MAX_PARAMS} parameters")
