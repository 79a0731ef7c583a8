"""Rolls the outcomes of one site up into the items of a framework. Pure: data in, verdicts out.

Only ``fail`` and ``warn`` count against a site. What could not be answered lowers coverage and can keep an item from
being 合格, but never makes it 不合格. Advisory rules are shown and count nowhere.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from xuncha.framework import Framework, Item, Rule, Threshold, names
from xuncha.model.outcome import ANSWERED, Finding, Outcome, Status, Verdict, Weight
from xuncha.model.site import SiteKind

Confirmed = Collection[str]
"""The fingerprints of findings that people have confirmed; what they have dismissed has left the outcomes."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Why an item is not simply 合格: the checks, how many findings, the effect, and the threshold reached if any.

    ``effect`` is the worst verdict that this ground alone allows.
    """

    checks: tuple[str, ...]
    weight: Weight
    findings: int
    effect: Verdict
    threshold: Threshold | None = None
    unverified: bool = False
    awaits_review: bool = False


@dataclass(frozen=True, slots=True)
class ItemVerdict:
    """判定 of one item. ``coverage`` is answered over applicable checks, counting missing evidence as unanswered."""

    item: str
    verdict: Verdict
    coverage: float
    counts: dict[Status, int] = field(default_factory=dict)
    checks: tuple[str, ...] = ()
    grounds: tuple[Ground, ...] = ()
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteVerdict:
    """检查结论 of a site with the verdict of each item."""

    verdict: Verdict
    items: tuple[ItemVerdict, ...]


def aggregate_site(
    framework: Framework, outcomes: Sequence[Outcome], kind: SiteKind | None = None, confirmed: Confirmed = ()
) -> SiteVerdict:
    """Verdicts of every item of ``framework`` over the outcomes of one site."""
    items = tuple(_item_verdict(framework, item, outcomes, kind, confirmed) for item in framework.items)
    concluding = [verdict.verdict for item, verdict in zip(framework.items, items, strict=True) if item.concludes]
    return SiteVerdict(conclusion(concluding), items)


def conclusion(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst that is certain decides; what is pending keeps the rest from being good."""
    there = set(verdicts) - {Verdict.NOT_COVERED, Verdict.NOT_APPLICABLE}
    order = (Verdict.UNQUALIFIED, Verdict.PENDING, Verdict.BASICALLY_QUALIFIED, Verdict.QUALIFIED)
    return next((verdict for verdict in order if verdict in there), Verdict.NOT_APPLICABLE)


def _item_verdict(
    framework: Framework, item: Item, outcomes: Sequence[Outcome], kind: SiteKind | None, confirmed: Confirmed
) -> ItemVerdict:
    if not item.live:
        return ItemVerdict(item.id, Verdict.NOT_COVERED, 0.0)
    if not item.suits(kind):
        return ItemVerdict(item.id, Verdict.NOT_APPLICABLE, 0.0)
    cited = [(outcome, rule) for outcome in outcomes if (rule := item.rule_for(outcome.check))]
    found = (_grounds(framework, rule, _under(rule, cited), confirmed) for rule in item.rules)
    grounds = tuple(ground for part in found for ground in part)
    lacking = _lacking(item, cited)
    coverage, applicable = _coverage(item, cited)
    verdict = _verdict(framework, grounds, lacking, coverage)
    if not applicable and any(rule.weight is not Weight.ADVISORY for _, rule in cited):
        verdict = Verdict.NOT_APPLICABLE
    counts = Counter(outcome.status for outcome, _ in cited)
    checks = tuple(outcome.check for outcome, _ in cited)
    return ItemVerdict(item.id, verdict, coverage, dict(counts), checks, grounds, lacking)


def _verdict(framework: Framework, grounds: Sequence[Ground], lacking: Sequence[str], coverage: float) -> Verdict:
    if any(ground.effect is Verdict.UNQUALIFIED for ground in grounds):
        return Verdict.UNQUALIFIED
    if lacking or coverage < framework.coverage_minimum or any(ground.awaits_review for ground in grounds):
        return Verdict.PENDING
    return Verdict.BASICALLY_QUALIFIED if grounds else Verdict.QUALIFIED


def _under(rule: Rule, cited: Sequence[tuple[Outcome, Rule]]) -> list[Outcome]:
    return [outcome for outcome, its_rule in cited if its_rule is rule]


def _coverage(item: Item, cited: Sequence[tuple[Outcome, Rule]]) -> tuple[float, int]:
    """Answered over applicable checks that count, and how many are applicable."""
    counting = [outcome for outcome, rule in cited if rule.weight is not Weight.ADVISORY]
    applicable = [outcome for outcome in counting if outcome.status is not Status.NOT_APPLICABLE]
    answered = sum(outcome.status in ANSWERED for outcome in applicable)
    missing = sum(not any(proof.covers(outcome.check) for outcome in applicable) for proof in item.evidence)
    total = len(applicable) + missing
    return (answered / total if total else 0.0), total


def _lacking(item: Item, cited: Sequence[tuple[Outcome, Rule]]) -> tuple[str, ...]:
    """Required checks and evidence that no outcome answers; each must be answered before the item can be 合格.

    A pattern that nothing in the run answers to is lacking by itself: what was not planned was not looked at.
    """
    statuses = {outcome.check: outcome.status for outcome, _ in cited}
    settled = ANSWERED | {Status.NOT_APPLICABLE}
    required = [rule.checks for rule in item.rules if rule.required] + [proof.checks for proof in item.evidence]
    lacking: list[str] = []
    for pattern in (one for patterns in required for one in patterns):
        covered = [check for check in statuses if names((pattern,), check)]
        lacking += [check for check in covered if statuses[check] not in settled]
        lacking += [] if covered else [pattern]
    return tuple(dict.fromkeys(lacking))


def _grounds(framework: Framework, rule: Rule, outcomes: Sequence[Outcome], confirmed: Confirmed) -> list[Ground]:
    if rule.weight is Weight.ADVISORY:
        return []
    failed = [outcome for outcome in outcomes if outcome.status is Status.FAIL]
    warned = [outcome for outcome in outcomes if _hints(outcome)]
    grounds = [_failure(framework, rule, failed, outcomes, confirmed)] if failed else []
    if warned:
        names = tuple(outcome.check for outcome in warned)
        count = sum(_count(outcome, Status.WARN) for outcome in warned)
        grounds.append(Ground(names, rule.weight, count, Verdict.BASICALLY_QUALIFIED))
    return grounds


def _failure(
    framework: Framework, rule: Rule, failed: Sequence[Outcome], outcomes: Sequence[Outcome], confirmed: Confirmed
) -> Ground:
    """What failures under one rule amount to."""
    names = tuple(outcome.check for outcome in failed)
    count = sum(_count(outcome, Status.FAIL) for outcome in failed)
    sound = [outcome for outcome in failed if not outcome.unverified]
    if rule.weight is Weight.MINOR:
        return Ground(names, rule.weight, count, Verdict.BASICALLY_QUALIFIED)
    if rule.needs_review and not any(_confirmed(outcome, confirmed) for outcome in failed):
        return Ground(names, rule.weight, count, Verdict.PENDING, awaits_review=True)
    reached = _reached(framework, rule, failed, outcomes)
    if rule.thresholds and reached is None:
        return Ground(names, rule.weight, count, Verdict.BASICALLY_QUALIFIED)
    firm = _reached(framework, rule, sound, outcomes) if rule.thresholds else None
    certain = bool(sound) and (not rule.thresholds or (firm is not None and not framework.unverified(firm)))
    effect = Verdict.UNQUALIFIED if certain else Verdict.BASICALLY_QUALIFIED
    return Ground(names, rule.weight, count, effect, firm or reached, unverified=not certain)


def _reached(
    framework: Framework, rule: Rule, failed: Sequence[Outcome], outcomes: Sequence[Outcome]
) -> Threshold | None:
    """The threshold that the failures reach; a verified one if there is any."""
    reached = [threshold for threshold in rule.thresholds if _reaches(threshold, failed, outcomes)]
    return min(reached, key=framework.unverified, default=None)


def _reaches(threshold: Threshold, failed: Sequence[Outcome], outcomes: Sequence[Outcome]) -> bool:
    count = sum(_count(outcome, Status.FAIL, threshold.within_depth) for outcome in failed)
    if threshold.count is not None:
        return count >= threshold.count
    seen = sum(outcome.coverage.seen for outcome in outcomes)
    return count >= threshold.at_least and count >= (threshold.share or 0.0) * max(seen, 1)


def _count(outcome: Outcome, status: Status, within_depth: int | None = None) -> int:
    """Findings of this status, also beyond the kept ones; those lie deeper, so not within a depth."""
    kept = [found for found in outcome.findings if found.status is status]
    if within_depth is not None:
        return sum(_depth(found) <= within_depth for found in kept)
    failures = outcome.failures_total
    total = failures if status is Status.FAIL else outcome.findings_total - failures
    return max(total, len(kept))


def _depth(found: Finding) -> int:
    """A place without a level is as deep as can be: it must not count as the home page."""
    depth = getattr(found.locator, "depth", None)
    return 1_000 if depth is None else int(depth)


def _hints(outcome: Outcome) -> bool:
    """Whether it has hints, be it beside failures."""
    return outcome.status is Status.WARN or any(found.status is Status.WARN for found in outcome.findings)


def _confirmed(outcome: Outcome, confirmed: Confirmed) -> bool:
    failures = (found for found in outcome.findings if found.status is Status.FAIL)
    return any(found.fingerprint(outcome.check, outcome.site) in confirmed for found in failures)
