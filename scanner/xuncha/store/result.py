"""The read model (运行结果): one stored run with verdicts, words and numbers, as every report and the JSON show it.

Everything comes from the bundle, and from the workspace what people have said of its findings since: no plugin, profile
or framework of this installation is asked.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from xuncha.aggregate import ItemVerdict, SiteVerdict, aggregate_site, conclusion
from xuncha.framework import Item
from xuncha.model.fact import Gap
from xuncha.model.history import Concluded
from xuncha.model.message import Params
from xuncha.model.outcome import NOTHING, Answered, Because, Finding, Outcome, Review, Status, Verdict, Weight
from xuncha.model.prints import Seal
from xuncha.model.reasons import Reason
from xuncha.model.review import NO_REVIEWS, ReviewCount, Reviewed, Reviews, reviewable
from xuncha.model.selfcheck import Declared, SelfCheck
from xuncha.model.site import Site, SiteKind
from xuncha.model.text import Text
from xuncha.review.settling import Verdicts, as_confirmed, confirmed_only, settled
from xuncha.selfcheck.compare import compare, facts_asked
from xuncha.store.bundle import Bundle, RunMeta, SiteStats, folder_name
from xuncha.store.codec import Json, decode, dump, dump_text, load
from xuncha.store.errors import StoreError, naming
from xuncha.store.format import render_text
from xuncha.store.gallery import Hanging, Shown, compared, hang
from xuncha.store.guiding import guided
from xuncha.store.harmful import Harmful
from xuncha.store.pictures import is_picture
from xuncha.store.seen import Seen, seal_found
from xuncha.store.snapshot import CheckWords, Snapshot, read_snapshot
from xuncha.store.views import (
    AnsweredView,
    FindingView,
    GapView,
    ItemResult,
    MessageView,
    OutcomeView,
    ReasonView,
    RunInfo,
    RunResult,
    SiteResult,
    StatsView,
    Texts,
)

__all__ = (
    "SCHEMA",
    "AnsweredView",
    "FindingView",
    "GapView",
    "ItemResult",
    "MessageView",
    "OutcomeView",
    "ReasonView",
    "RunInfo",
    "RunResult",
    "SiteResult",
    "StatsView",
    "Stored",
    "Texts",
    "build_result",
    "to_json",
    "to_json_text",
)

SCHEMA = 1


def to_json_text(result: SiteResult) -> str:
    """The same of a site as compact JSON; quicker, since a run has many."""
    return dump_text(result)


def to_json(result: RunResult | RunInfo | SiteResult) -> Json:
    """The result, or one part of it, as JSON-able data, as ``result.schema.json`` describes it."""
    return dump(result)


def build_result(
    bundle: Bundle, reviews: Reviews = NO_REVIEWS, declared: Declared | None = None, *, official: bool = False
) -> RunResult:
    """The result of a stored run, finished or not.

    Args:
        bundle: the run.
        reviews: what people said of findings, of this run or an earlier one.
        declared: what units declare, in place of what the run keeps of it.
        official: only what people have confirmed; where that leaves something open, it is to be verified or pending.

    Raises:
        StoreError: a file of the bundle is missing, damaged or of a newer program.
    """
    stored = Stored(bundle, reviews, official=official, declared=declared)
    sites = tuple(stored.sites())
    return replace(stored.closing(), sites=sites)


class Stored:
    """A stored run read site by site, for those who need not hold all of it. Raises StoreError as ``build_result``."""

    def __init__(
        self,
        bundle: Bundle,
        reviews: Reviews = NO_REVIEWS,
        *,
        official: bool = False,
        declared: Declared | None = None,
        draft: Text | None = None,
    ) -> None:
        self._bundle = bundle
        self._reviews = reviews
        self._official = official
        self._draft = draft
        self.meta = bundle.meta()
        with naming(bundle.folder / "catalogue.json"):
            self.snapshot = read_snapshot(bundle.read_catalogue())
        with naming(bundle.folder / "plan.json"):
            self._plan = load(_Plan, decode(bundle.read_plan()))
        self._declared = declared or bundle.read_declared()
        self._seen = Seen()

    @property
    def planned(self) -> tuple[Site, ...]:
        """The sites as the inventory had them."""
        return tuple(planned.site for planned in self._plan.sites)

    def opening(self) -> RunResult:
        """All that is known of the run before its sites are read; with the words of all checks."""
        return self._result(self.meta.seal, self.snapshot.checks, ReviewCount())

    def sites(self, wanted: Callable[[Site], bool] = lambda _site: True) -> Iterator[SiteResult]:
        """The sites in the order of the plan; only those that are ``wanted``."""
        self._seen = Seen()
        reader = self._reader()
        for planned in self._plan.sites:
            if wanted(planned.site):
                site = reader.site(planned)
                self._seen.note(site)
                yield replace(site, selfcheck=self._selfcheck(site)) if self._declared else site

    def concluded(self) -> Iterator[tuple[int, Concluded]]:
        """What each site came to, by its number, without putting into words what was found."""
        reader = self._reader()
        yield from ((planned.number, reader.concluded(planned)) for planned in self._plan.sites)

    def _reader(self) -> "_Reader":
        return _Reader(self._bundle, self.meta, self.snapshot, self._reviews, official=self._official)

    def closing(self) -> RunResult:
        """The run without its sites, after they were read: how far the review is, and the checks that were used."""
        checks = {check: words for check, words in self.snapshot.checks.items() if check in self._seen.checks}
        return self._result(seal_found(self.meta.seal, self._seen.lost), checks, self._seen.review)

    def _result(self, seal: Seal | None, checks: dict[str, CheckWords], review: ReviewCount) -> RunResult:
        words, run = self.snapshot, replace(_run_info(self.meta), seal=seal)
        texts = Texts(checks, words.reasons, words.framework, words.profile, words.ready(checks.values()))
        folder, history = str(self._bundle.folder), self._bundle.read_history()
        return RunResult(SCHEMA, run, (), texts, folder, review, self._reviews.problem, history, self._draft)

    def _selfcheck(self, site: SiteResult) -> SelfCheck | None:
        """What the unit declares of a site against what was seen."""
        assert self._declared
        asked = facts_asked(self._declared) if site.id in self._declared.sites else frozenset()
        facts = {name: fact for name, fact in self._bundle.read_facts(site.number) if name in asked} if asked else {}
        titles = {check: words.meta.text.title for check, words in self.snapshot.checks.items()}
        return compare(self._declared, site.id, site.outcomes, titles, facts)


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


@dataclass(frozen=True, slots=True)
class _Said:
    """An outcome with what people said of its findings.

    ``shown`` has the findings that are shown, ``prints`` their fingerprints, ``reviewed`` who said what of each,
    ``counts`` the status that is shown.
    ``settled`` is what the outcome comes to by all that was said, ``confirmed`` by what was confirmed alone.
    """

    shown: Outcome
    prints: tuple[str, ...]
    reviewed: tuple[Reviewed | None, ...]
    counts: Outcome
    settled: Outcome
    confirmed: Outcome
    count: ReviewCount = field(default_factory=ReviewCount)

    def official(self) -> "_Said":
        """With nothing but what people have confirmed; what awaits review is neither good nor bad."""
        kept = [place for place, said in enumerate(self.reviewed) if _confirms(said)]
        findings = tuple(self.shown.findings[place] for place in kept)
        prints, reviewed = tuple(self.prints[place] for place in kept), tuple(self.reviewed[place] for place in kept)
        shown = replace(self.shown, findings=findings, findings_total=len(findings))
        counts = self.confirmed
        if not findings and self.settled.status in _FOUND:
            counts = replace(counts, status=Status.MANUAL, reason=None)
        return replace(self, shown=shown, prints=prints, reviewed=reviewed, counts=counts)


_FOUND = frozenset({Status.FAIL, Status.WARN, Status.MANUAL})


def _confirms(said: Reviewed | None) -> bool:
    return said is not None and said.verdict is Review.CONFIRMED


def _counted(outcome: Outcome, reviewed: Sequence[Reviewed | None]) -> ReviewCount:
    """How far the review of an outcome has come; findings beyond the kept ones nobody can review."""
    pairs = zip(outcome.findings, reviewed, strict=True)
    mine = [said for found, said in pairs if reviewable(found.status, found.locator)]
    more = max(outcome.findings_total - len(outcome.findings), 0)
    return ReviewCount(len(mine) + more, dict(Counter(said.verdict for said in mine if said)))


class _Reader:
    """Reads the sites of one run; holds what is the same for all of them."""

    def __init__(self, bundle: Bundle, meta: RunMeta, snapshot: Snapshot, reviews: Reviews, *, official: bool) -> None:
        self._bundle = bundle
        self._official = official
        self._unsettled = Reason.WORKER_KILLED if meta.state == "finished" else Reason.INTERRUPTED
        self._snapshot = snapshot
        self._reviews = reviews.said
        self._places: dict[tuple[str, SiteKind | None], tuple[list[Item], Weight]] = {}

    def concluded(self, planned: _PlannedSite) -> Concluded:
        """The verdicts alone."""
        stored = self._bundle.read_settled(planned.number)
        items = self._items([self._said(one) for one in self._outcomes(planned, stored.outcomes)], planned.site.kind)
        verdict = conclusion(item.verdict for item in items if item.concludes)
        return Concluded(verdict, {item.id: item.verdict for item in items})

    def site(self, planned: _PlannedSite) -> SiteResult:
        site = planned.site
        stored = self._bundle.read_settled(planned.number)
        outcomes = [self._said(outcome) for outcome in self._outcomes(planned, stored.outcomes)]
        own = (urlsplit(url).hostname or "" for url in site.urls)
        harmful = Harmful((found.params for outcome in outcomes for found in outcome.shown.findings), own)
        items = self._items(outcomes, site.kind)
        hanging = self._hanging(planned, harmful)
        views = tuple(self._outcome(outcome, site.kind, harmful, hanging) for outcome in outcomes)
        return SiteResult(
            number=planned.number,
            id=site.id,
            name=site.name,
            url=site.home,
            department=site.department,
            verdict=conclusion(item.verdict for item in items if item.concludes),
            items=items,
            outcomes=views,
            gaps=tuple(self._gap(fact, gap) for fact, gap in stored.gaps.items()),
            stats=_stats(self._bundle.read_stats(planned.number)),
            kind=site.kind,
            sponsor=site.sponsor,
            undertaker=site.undertaker,
            operator=site.operator,
            site_code=site.site_code,
            authorisation=site.authorisation.id if site.authorisation else "",
            availability=self._bundle.read_availability(planned.number),
            gallery=hanging.gallery,
            tasks=guided(site, zip((outcome.shown for outcome in outcomes), views, strict=True), self._snapshot),
            official=conclusion(item.official for item in items if item.concludes),
            review=sum((outcome.count for outcome in outcomes), ReviewCount()),
        )

    def _said(self, outcome: Outcome) -> _Said:
        """An outcome with its reviews. A question that somebody answered with "not met" is confirmed by that."""
        if not outcome.findings:
            return _Said(outcome, (), (), outcome, outcome, outcome)
        answered = {
            one.question.fingerprint(outcome.check, outcome.site): _confirmation(one)
            for one in outcome.answered
            if not one.answer.met
        }
        prints = tuple(found.fingerprint(outcome.check, outcome.site) for found in outcome.findings)
        reviewed = tuple(self._reviews.get(one) or answered.get(one) for one in prints)
        verdicts: Verdicts = [said.verdict if said else None for said in reviewed]
        least = self._words(outcome.check).meta.min_coverage
        counts, certain = settled(outcome, verdicts, least), confirmed_only(outcome, verdicts, least)
        said = _Said(outcome, prints, reviewed, counts, counts, certain, _counted(outcome, reviewed))
        return said.official() if self._official else said

    def _hanging(self, planned: _PlannedSite, harmful: Harmful) -> Hanging:
        """The site's pictures."""
        folder = f"sites/{folder_name(planned.number, planned.site.id)}"
        album = self._bundle.read_album(planned.number)
        hanging = hang(album, folder, lambda code, params: self._means(Because(code, params)), harmful.text)
        pages = compared(self._bundle.read_comparisons(planned.number), folder)
        return replace(hanging, gallery=replace(hanging.gallery, compared=pages)) if pages else hanging

    def _outcomes(self, planned: _PlannedSite, judged: Iterable[Outcome]) -> list[Outcome]:
        """One outcome per planned check, in the plan's order (law 2); then what was judged besides."""
        stored = {outcome.check: outcome for outcome in judged}
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

    def _items(self, outcomes: Sequence[_Said], kind: SiteKind | None) -> tuple[ItemResult, ...]:
        counting = [outcome for outcome in outcomes if self._words(outcome.shown.check).admitted]
        confirmed = {
            found.fingerprint(outcome.shown.check, outcome.shown.site)
            for outcome in counting
            for found in outcome.confirmed.findings
        }
        standing = self._verdict([outcome.settled for outcome in counting], kind, confirmed)
        official = self._verdict([outcome.confirmed for outcome in counting], kind, confirmed)
        return tuple(self._item(*pair) for pair in zip(standing.items, official.items, strict=True))

    def _verdict(self, outcomes: Sequence[Outcome], kind: SiteKind | None, confirmed: Collection[str]) -> SiteVerdict:
        return aggregate_site(self._snapshot.framework, outcomes, kind, confirmed)

    def _item(self, verdict: ItemVerdict, official: ItemVerdict) -> ItemResult:
        item = self._snapshot.framework.item(verdict.item)
        assert item is not None
        certain = official.verdict in (Verdict.UNQUALIFIED, verdict.verdict)
        sure = official.verdict if certain else Verdict.PENDING
        return ItemResult(
            id=item.id,
            number=item.number,
            title=item.title,
            clause=item.clause,
            verdict=sure if self._official else verdict.verdict,
            coverage=verdict.coverage,
            checks={status: verdict.counts.get(status, 0) for status in Status},
            grounds=official.grounds if self._official else verdict.grounds,
            lacking=verdict.lacking,
            live=item.live,
            concludes=item.concludes,
            official=sure,
            official_grounds=official.grounds,
        )

    def _outcome(self, said: _Said, kind: SiteKind | None, harmful: Harmful, hanging: Hanging) -> OutcomeView:
        outcome, counts = said.shown, said.counts
        words = self._words(outcome.check)
        messages = words.meta.text.messages
        items, weight = self._place(outcome.check, kind)
        return OutcomeView(
            check=outcome.check,
            version=outcome.version,
            items=tuple(item.id for item in items),
            status=counts.status,
            reason=self._reason(counts.reason) if counts.reason else None,
            severity=words.meta.severity,
            weight=weight if words.admitted else Weight.ADVISORY,
            coverage=outcome.coverage,
            findings_total=outcome.findings_total,
            findings=tuple(
                self._finding(found, fingerprint, one, messages, harmful, hanging.findings.get(fingerprint))
                for found, fingerprint, one in zip(outcome.findings, said.prints, said.reviewed, strict=True)
            ),
            review=_review_of(said),
            admitted=words.admitted,
            unverified=counts.unverified,
            error=outcome.error,
            notes=tuple(_message(one.key, harmful.params(one.params), messages) for one in outcome.notes),
            answered=tuple(_answered(one, outcome, messages, harmful) for one in outcome.answered),
            found=outcome.status,
            dismissed=outcome.findings_total - counts.findings_total,
        )

    def _place(self, check: str, kind: SiteKind | None) -> tuple[list[Item], Weight]:
        if (check, kind) not in self._places:
            places = [(item, rule) for item, rule in self._snapshot.framework.places(check) if item.suits(kind)]
            weight = places[0][1].weight if places else Weight.ADVISORY
            self._places[check, kind] = [item for item, _ in places], weight
        return self._places[check, kind]

    @staticmethod
    def _finding(
        found: Finding, fingerprint: str, said: Reviewed | None, messages: Mapping[str, Text], harmful: Harmful,
        shown: Shown | None,
    ) -> FindingView:  # fmt: skip
        shown = shown or Shown()
        return FindingView(
            fingerprint=fingerprint,
            status=as_confirmed(found.status) if said and said.verdict is Review.CONFIRMED else found.status,
            locator=harmful.locator(found.locator),
            message=_message(found.key, harmful.params(found.params), messages),
            excerpt=harmful.text(found.excerpt),
            evidence=found.evidence,
            unverified=found.unverified,
            review=said.verdict if said else None,
            picture=found.evidence if is_picture(found.evidence) else shown.picture,
            shown=shown.mark,
            reviewed=said,
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


def _confirmation(answered: Answered) -> Reviewed:
    """An answer "not met" as what it says of the failure that it made of the question."""
    answer = answered.answer
    return Reviewed(Review.CONFIRMED, answer.by, answer.at, answer.reason)


def _review_of(said: _Said) -> Review | None:
    """What people said of an outcome as a whole: the same of every finding, else nothing."""
    verdicts = {one.verdict if one else None for one in said.reviewed}
    complete = said.shown.findings_total <= len(said.reviewed)
    return verdicts.pop() if len(verdicts) == 1 and complete else None


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
