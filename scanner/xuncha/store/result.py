"""The read model (运行结果): one stored run with verdicts, words and numbers, as every report and the JSON show it.

The dataclasses have the shape of the JSON; ``result.schema.json`` beside this module describes it. Everything comes
from the bundle: no plugin, profile or framework of this installation is asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field

from xuncha.aggregate import Ground, ItemVerdict, Reviews, SiteVerdict, aggregate_site
from xuncha.framework import Framework, Item
from xuncha.guidance.configuration import Configuration
from xuncha.guidance.task import Task
from xuncha.model.availability import Availability
from xuncha.model.fact import Gap
from xuncha.model.locator import Locator
from xuncha.model.message import Params
from xuncha.model.outcome import (
    NOTHING,
    Answered,
    Because,
    Coverage,
    Finding,
    Outcome,
    Review,
    Severity,
    Status,
    Verdict,
    Weight,
)
from xuncha.model.prints import Seal, SealState
from xuncha.model.reasons import Reason
from xuncha.model.selfcheck import Declared, SelfCheck
from xuncha.model.site import Authorisation, Site, SiteKind
from xuncha.model.text import Text
from xuncha.selfcheck.compare import compare, facts_asked
from xuncha.store.bundle import Bundle, RunMeta, SiteStats, folder_name
from xuncha.store.codec import Json, decode, dump, load
from xuncha.store.errors import StoreError, naming
from xuncha.store.format import render_text
from xuncha.store.gallery import Gallery, Hanging, Shown, compared, hang
from xuncha.store.guiding import guided
from xuncha.store.harmful import Harmful
from xuncha.store.pictures import Mark, is_picture
from xuncha.store.snapshot import CheckWords, ProfileWords, ReasonWords, Snapshot, read_snapshot

SCHEMA = 1
_NAMED = 10


@dataclass(frozen=True, slots=True)
class RunInfo:
    """The run itself; ``authorisations`` are those under which it was made.

    ``seal`` is how the baselines were found when it began; None where nobody has ever approved any.
    """

    id: str
    state: str
    profile: str
    framework: str
    started: datetime
    finished: datetime | None
    versions: dict[str, str]
    seed: int
    vantage: dict[str, Any]
    authorisations: tuple[Authorisation, ...] = ()
    seal: Seal | None = None


@dataclass(frozen=True, slots=True)
class ReasonView:
    """A reason with its words; what to do about it stands in ``Texts.reasons``."""

    code: Reason
    params: Params
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message with its parameters and its words."""

    key: str
    params: Params
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """One instance of a problem. ``review`` None: nobody has looked at it yet.

    ``picture`` is the evidence id of a picture of its page, and ``shown`` how it is to be seen there.
    """

    fingerprint: str
    status: Status
    locator: Locator
    message: MessageView
    excerpt: str = ""
    evidence: str = ""
    unverified: bool = False
    review: Review | None = None
    picture: str = ""
    shown: Mark | None = None


@dataclass(frozen=True, slots=True)
class AnsweredView:
    """A question that a named person has decided; ``until`` is the last day on which the answer counts."""

    fingerprint: str
    locator: Locator
    message: MessageView
    met: bool
    by: str
    at: datetime
    reason: str
    until: date | None = None
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """The one result of a check on a site, with the items that cite it.

    ``weight`` is that under the first of ``items``; advisory where there is none and for checks that are not
    ``admitted``. ``unverified``: rests on a value that is marked so. ``error`` is for the expert's eye. ``notes``
    tell what is worth knowing and no problem; ``answered`` are questions that people have decided.
    """

    check: str
    version: str
    items: tuple[str, ...]
    status: Status
    reason: ReasonView | None
    severity: Severity
    weight: Weight
    coverage: Coverage
    findings_total: int
    findings: tuple[FindingView, ...]
    review: Review | None = None
    admitted: bool = True
    unverified: bool = False
    error: str = ""
    notes: tuple[MessageView, ...] = ()
    answered: tuple[AnsweredView, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemResult:
    """判定 of an item. ``checks`` counts outcomes by status.

    ``grounds`` say why the item is not 合格, ``lacking`` which required checks and evidence are open.
    ``live`` False: not yet covered by any check. ``concludes`` False: stays out of the site's verdict.
    """

    id: str
    number: str
    title: Text
    clause: str
    verdict: Verdict
    coverage: float
    checks: dict[Status, int]
    grounds: tuple[Ground, ...] = ()
    lacking: tuple[str, ...] = ()
    live: bool = True
    concludes: bool = True


@dataclass(frozen=True, slots=True)
class GapView:
    """What was not gathered, and why."""

    fact: str
    reason: ReasonView
    detail: str = ""


@dataclass(frozen=True, slots=True)
class StatsView:
    """What looking at the site took; ``bytes`` came over the wire.

    ``by_asker`` shares out the requests: crawl, robots.txt, the browser, and probes by their names. ``rendered`` pages
    were seen in a browser; ``unrendered`` counts by reason code those that were not though they need one.
    """

    pages: int
    requests: int
    bytes: int
    seconds: float
    cpu_seconds: float
    by_asker: dict[str, int] = field(default_factory=dict)
    rendered: int = 0
    unrendered: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SiteResult:
    """Everything about one site.

    ``disposition`` (处置建议) is not advised yet; ``authorisation`` is the id of one in ``run``.
    ``availability`` is what ``xuncha monitor`` had seen of the home page before; None where nobody had monitored it.
    ``selfcheck`` holds what the unit had declared against what was seen; None where no unit had declared anything.
    ``tasks`` are what there is to do, what closes most risk for least effort first.
    """

    number: int
    id: str
    name: str
    url: str
    department: str
    verdict: Verdict
    items: tuple[ItemResult, ...]
    outcomes: tuple[OutcomeView, ...]
    gaps: tuple[GapView, ...]
    stats: StatsView
    disposition: None = None
    kind: SiteKind | None = None
    sponsor: str = ""
    undertaker: str = ""
    operator: str = ""
    authorisation: str = ""
    availability: Availability | None = None
    selfcheck: SelfCheck | None = None
    gallery: Gallery = field(default_factory=Gallery)
    tasks: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """The words that outcomes, reasons and verdicts refer to, as they were when the run was made.

    ``configurations`` are the ready texts that checks name, by ``plugin/name``.
    """

    checks: dict[str, CheckWords]
    reasons: dict[str, ReasonWords]
    framework: Framework
    profile: ProfileWords
    configurations: dict[str, Configuration] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunResult:
    """A stored run, ready to be shown. ``folder`` is where it is stored, for ``thumbnail``; no part of the JSON."""

    schema: int
    run: RunInfo
    sites: tuple[SiteResult, ...]
    texts: Texts
    folder: Annotated[str, Field(exclude=True)] = ""


def to_json(result: RunResult) -> Json:
    """The result as JSON-able data, as ``result.schema.json`` describes it."""
    return dump(result)


def build_result(bundle: Bundle, reviews: Reviews | None = None, declared: Declared | None = None) -> RunResult:
    """The result of a stored run, finished or not.

    Args:
        bundle: the run.
        reviews: what people said of its findings, by fingerprint.
        declared: what units declare, in place of what the run keeps of it.

    Raises:
        StoreError: a file of the bundle is missing, damaged or of a newer program.
    """
    meta = bundle.meta()
    with naming(bundle.folder / "catalogue.json"):
        snapshot = read_snapshot(bundle.read_catalogue())
    with naming(bundle.folder / "plan.json"):
        plan = load(_Plan, decode(bundle.read_plan()))
    reader = _Reader(bundle, meta, snapshot, reviews or {})
    sites = tuple(reader.site(planned) for planned in plan.sites)
    if kept := declared or bundle.read_declared():
        sites = tuple(replace(site, selfcheck=_selfcheck(site, kept, bundle, snapshot)) for site in sites)
    used = {outcome.check for site in sites for outcome in site.outcomes}
    checks = {check: words for check, words in snapshot.checks.items() if check in used}
    texts = Texts(checks, snapshot.reasons, snapshot.framework, snapshot.profile, snapshot.ready(checks.values()))
    return RunResult(
        SCHEMA, replace(_run_info(meta), seal=_seal_found(meta.seal, sites)), sites, texts, str(bundle.folder)
    )


def _selfcheck(site: SiteResult, declared: Declared, bundle: Bundle, snapshot: Snapshot) -> SelfCheck:
    """What the unit declares of a site against what was seen."""
    asked = facts_asked(declared) if site.id in declared.sites else frozenset()
    facts = {name: fact for name, fact in bundle.read_facts(site.number) if name in asked} if asked else {}
    titles = {check: words.meta.text.title for check, words in snapshot.checks.items()}
    return compare(declared, site.id, site.outcomes, titles, facts)


def _seal_found(seal: Seal | None, sites: Sequence[SiteResult]) -> Seal | None:
    """How the baselines were found, with regard to what became of them when they were read for each site."""
    if seal is None or seal.state is not SealState.INTACT:
        return seal
    lost = [site for site in sites if any(_is_lost(outcome) for outcome in site.outcomes)]
    if not lost:
        return seal
    names = [site.name or site.id for site in lost[:_NAMED]]
    problem = Text(
        f"{len(lost)} 个网站核准时的页面内容缺失或被改动，没能比对：{'、'.join(names)}",
        f"what was approved is missing or was changed, and not compared: {', '.join(names)} ({len(lost)} in all)",
    )
    return replace(seal, state=SealState.DAMAGED, problem=problem)


def _is_lost(outcome: OutcomeView) -> bool:
    return outcome.reason is not None and outcome.reason.code is Reason.BASELINE_BROKEN


@dataclass(frozen=True, slots=True)
class _PlannedCheck:
    """Of the plan only what is needed here; plans may grow."""

    check: str
    version: str
    status: Status | None = None
    reason: Reason | None = None
    reason_params: Params = field(default_factory=dict)
    error: str = ""


@dataclass(frozen=True, slots=True)
class _PlannedSite:
    number: int
    site: Site
    checks: tuple[_PlannedCheck, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    sites: tuple[_PlannedSite, ...]


class _Reader:
    """Reads the sites of one run; holds what is the same for all of them."""

    def __init__(self, bundle: Bundle, meta: RunMeta, snapshot: Snapshot, reviews: Reviews) -> None:
        self._bundle = bundle
        self._unsettled = Reason.WORKER_KILLED if meta.state == "finished" else Reason.INTERRUPTED
        self._snapshot = snapshot
        self._reviews = reviews

    def site(self, planned: _PlannedSite) -> SiteResult:
        site = planned.site
        outcomes = self._outcomes(planned)
        own = (urlsplit(url).hostname or "" for url in site.urls)
        harmful = Harmful((found.params for outcome in outcomes for found in outcome.findings), own)
        verdict = self._verdict(outcomes, site.kind)
        gaps = self._bundle.read_gaps(planned.number)
        hanging = self._hanging(planned, harmful)
        views = tuple(self._outcome(outcome, site.kind, harmful, hanging) for outcome in outcomes)
        return SiteResult(
            number=planned.number,
            id=site.id,
            name=site.name,
            url=site.home,
            department=site.department,
            verdict=verdict.verdict,
            items=tuple(self._item(item) for item in verdict.items),
            outcomes=views,
            gaps=tuple(self._gap(fact, gap) for fact, gap in gaps.items()),
            stats=_stats(self._bundle.read_stats(planned.number)),
            kind=site.kind,
            sponsor=site.sponsor,
            undertaker=site.undertaker,
            operator=site.operator,
            authorisation=site.authorisation.id if site.authorisation else "",
            availability=self._bundle.read_availability(planned.number),
            gallery=hanging.gallery,
            tasks=guided(site, zip(outcomes, views, strict=True), self._snapshot),
        )

    def _hanging(self, planned: _PlannedSite, harmful: Harmful) -> Hanging:
        """The site's pictures."""
        folder = f"sites/{folder_name(planned.number, planned.site.id)}"
        album = self._bundle.read_album(planned.number)
        hanging = hang(album, folder, lambda code, params: self._means(Because(code, params)), harmful.text)
        pages = compared(self._bundle.read_comparisons(planned.number), folder)
        return replace(hanging, gallery=replace(hanging.gallery, compared=pages)) if pages else hanging

    def _outcomes(self, planned: _PlannedSite) -> list[Outcome]:
        """One outcome per planned check, in the plan's order (law 2); then what was judged besides."""
        stored = {outcome.check: outcome for outcome in self._bundle.read_outcomes(planned.number)}
        asked = [stored.get(check.check, self._open(planned, check)) for check in planned.checks]
        names = {check.check for check in planned.checks}
        return asked + [outcome for check, outcome in stored.items() if check not in names]

    def _open(self, planned: _PlannedSite, check: _PlannedCheck) -> Outcome:
        """A check without a stored outcome: settled by the plan, or not come to before the run ended."""
        because = Because(check.reason, check.reason_params) if check.reason else None
        status = check.status
        if status is None:
            status = Status.NOT_RUN if self._unsettled is Reason.INTERRUPTED else Status.ERROR
            because = Because(self._unsettled)
        return Outcome(planned.site.id, check.check, check.version, status, because, NOTHING, error=check.error)

    def _verdict(self, outcomes: Sequence[Outcome], kind: SiteKind | None) -> SiteVerdict:
        counting = [outcome for outcome in outcomes if self._words(outcome.check).admitted]
        return aggregate_site(self._snapshot.framework, counting, kind, self._reviews)

    def _item(self, verdict: ItemVerdict) -> ItemResult:
        item = self._snapshot.framework.item(verdict.item)
        assert item is not None
        return ItemResult(
            id=item.id,
            number=item.number,
            title=item.title,
            clause=item.clause,
            verdict=verdict.verdict,
            coverage=verdict.coverage,
            checks={status: verdict.counts.get(status, 0) for status in Status},
            grounds=verdict.grounds,
            lacking=verdict.lacking,
            live=item.live,
            concludes=item.concludes,
        )

    def _outcome(self, outcome: Outcome, kind: SiteKind | None, harmful: Harmful, hanging: Hanging) -> OutcomeView:
        words = self._words(outcome.check)
        messages = words.meta.text.messages
        items, weight = self._place(outcome.check, kind)
        return OutcomeView(
            check=outcome.check,
            version=outcome.version,
            items=tuple(item.id for item in items),
            status=outcome.status,
            reason=self._reason(outcome.reason) if outcome.reason else None,
            severity=words.meta.severity,
            weight=weight if words.admitted else Weight.ADVISORY,
            coverage=outcome.coverage,
            findings_total=outcome.findings_total,
            findings=tuple(self._finding(found, outcome, harmful, hanging) for found in outcome.findings),
            review=_review_of(outcome, self._reviews),
            admitted=words.admitted,
            unverified=outcome.unverified,
            error=outcome.error,
            notes=tuple(_message(said.key, harmful.params(said.params), messages) for said in outcome.notes),
            answered=tuple(_answered(said, outcome, messages, harmful) for said in outcome.answered),
        )

    def _place(self, check: str, kind: SiteKind | None) -> tuple[list[Item], Weight]:
        places = [(item, rule) for item, rule in self._snapshot.framework.places(check) if item.suits(kind)]
        return [item for item, _ in places], places[0][1].weight if places else Weight.ADVISORY

    def _finding(self, found: Finding, outcome: Outcome, harmful: Harmful, hanging: Hanging) -> FindingView:
        fingerprint = found.fingerprint(outcome.check, outcome.site)
        messages = self._words(outcome.check).meta.text.messages
        shown = hanging.findings.get(fingerprint, Shown())
        return FindingView(
            fingerprint=fingerprint,
            status=found.status,
            locator=harmful.locator(found.locator),
            message=_message(found.key, harmful.params(found.params), messages),
            excerpt=harmful.text(found.excerpt),
            evidence=found.evidence,
            unverified=found.unverified,
            review=self._reviews.get(fingerprint),
            picture=found.evidence if is_picture(found.evidence) else shown.picture,
            shown=shown.mark,
        )

    def _means(self, because: Because) -> Text:
        known = self._snapshot.reasons.get(because.code)
        return render_text(known.means if known else Text(because.code, because.code), because.params)

    def _reason(self, because: Because) -> ReasonView:
        words = self._means(because)
        return ReasonView(because.code, because.params, words.zh, words.en)

    def _gap(self, fact: str, gap: Gap) -> GapView:
        return GapView(fact, self._reason(Because(gap.reason, gap.params)), gap.detail)

    def _words(self, check: str) -> CheckWords:
        found = self._snapshot.checks.get(check)
        if found is None:
            path = self._bundle.folder / "catalogue.json"
            raise StoreError(f"{path}: does not describe the check {check}", f"{path}：没有检查点 {check} 的说明")
        return found


def _answered(said: Answered, outcome: Outcome, messages: Mapping[str, Text], harmful: Harmful) -> AnsweredView:
    question, answer = said.question, said.answer
    return AnsweredView(
        question.fingerprint(outcome.check, outcome.site),
        harmful.locator(question.locator),
        _message(question.key, harmful.params(question.params), messages),
        answer.met,
        answer.by,
        answer.at,
        answer.reason,
        answer.until,
        harmful.text(question.excerpt),
    )


def _message(key: str, params: Params, messages: Mapping[str, Text]) -> MessageView:
    words = render_text(messages.get(key, Text(key, key)), params)
    return MessageView(key, params, words.zh, words.en)


def _review_of(outcome: Outcome, reviews: Reviews) -> Review | None:
    """What people said of an outcome as a whole: the same of every finding, else nothing."""
    said = {reviews.get(found.fingerprint(outcome.check, outcome.site)) for found in outcome.findings}
    return said.pop() if len(said) == 1 else None


def _stats(stats: SiteStats) -> StatsView:
    spent = (stats.requests, stats.bytes, stats.seconds, stats.cpu_seconds, stats.by_asker)
    return StatsView(stats.pages, *spent, stats.rendered, stats.unrendered)


def _run_info(meta: RunMeta) -> RunInfo:
    return RunInfo(
        id=meta.id,
        state=meta.state,
        profile=meta.profile,
        framework=meta.framework,
        started=meta.started,
        finished=meta.finished,
        versions=meta.versions,
        seed=meta.seed,
        vantage=meta.vantage,
        authorisations=meta.authorisations,
        seal=meta.seal,
    )
