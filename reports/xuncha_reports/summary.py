"""What reports show, drawn from the read model: what could not be judged, what to do, how things are grouped."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from xuncha.model.message import Params
from xuncha.model.outcome import Severity, Status, Verdict, Weight
from xuncha.model.reasons import Reason
from xuncha.model.text import Lang
from xuncha.store.result import FindingView, ItemResult, OutcomeView, RunResult, SiteResult, Texts

PROBLEMS = (Status.FAIL, Status.WARN)
OPEN = (Status.MANUAL, Status.INCONCLUSIVE, Status.ERROR, Status.NOT_RUN)
CRAWL, ROBOTS = "crawl", "robots.txt"
"""Who asks for pages beside the probes."""

_BY_WEIGHT = {weight: place for place, weight in enumerate(Weight)}


@dataclass(frozen=True, slots=True)
class Unjudged:
    """One reason why something could not be judged: how many (site, check) pairs, and on which sites."""

    status: Status
    reason: Reason | None
    pairs: int
    sites: tuple[SiteResult, ...]
    checks: tuple[str, ...]
    params: Params


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts over all sites. A finding cited under two items counts once."""

    sites: dict[Verdict, int]
    outcomes: dict[Status, int]
    findings: dict[Severity, int]

    @property
    def unassessed(self) -> float:
        """Share of applicable (site, check) pairs without an answer."""
        applicable = sum(self.outcomes.values()) - self.outcomes.get(Status.NOT_APPLICABLE, 0)
        return sum(self.outcomes.get(status, 0) for status in OPEN) / applicable if applicable else 0.0


def totals(result: RunResult) -> Totals:
    """Verdicts of sites, outcomes by status, failures by severity."""
    outcomes = [outcome for site in result.sites for outcome in site.outcomes]
    findings: Counter[Severity] = Counter()
    for outcome in outcomes:
        if outcome.status is Status.FAIL:
            findings[outcome.severity] += outcome.findings_total - outcome.dismissed
    return Totals(
        _in_order(Counter(site.verdict for site in result.sites)),
        dict(Counter(outcome.status for outcome in outcomes)),
        dict(findings),
    )


def failures(result: RunResult) -> list[tuple[tuple[str, str], int]]:
    """What our own program failed at: (check, error) with the number of sites, the most frequent first."""
    errors = Counter(
        (outcome.check, outcome.error or str(outcome.reason.code if outcome.reason else ""))
        for site in result.sites
        for outcome in site.outcomes
        if outcome.status is Status.ERROR
    )
    return sorted(errors.items(), key=lambda pair: (-pair[1], pair[0]))


def _in_order(counts: Counter[Verdict]) -> dict[Verdict, int]:
    return {verdict: counts[verdict] for verdict in Verdict if counts[verdict]}


def unjudged(result: RunResult) -> list[Unjudged]:
    """What could not be judged, by reason, the most frequent first."""
    groups: dict[tuple[Status, Reason | None], list[tuple[SiteResult, OutcomeView]]] = {}
    for site in result.sites:
        for outcome in site.outcomes:
            if outcome.status in OPEN:
                code = outcome.reason.code if outcome.reason else None
                groups.setdefault((outcome.status, code), []).append((site, outcome))
    found = [_unjudged(status, reason, pairs) for (status, reason), pairs in groups.items()]
    return sorted(found, key=lambda group: (-group.pairs, str(group.reason)))


def _unjudged(status: Status, reason: Reason | None, pairs: list[tuple[SiteResult, OutcomeView]]) -> Unjudged:
    sites = {site.id: site for site, _ in pairs}
    first = pairs[0][1].reason
    checks = tuple(dict.fromkeys(outcome.check for _, outcome in pairs))
    return Unjudged(status, reason, len(pairs), tuple(sites.values()), checks, first.params if first else {})


def requests_by_part(site: SiteResult) -> list[tuple[str, int]]:
    """Requests by plugin, beside those of the crawl and for robots.txt, the most first."""
    parts: Counter[str] = Counter()
    for asker, count in site.stats.by_asker.items():
        parts[asker if asker in (CRAWL, ROBOTS) else asker.partition(".")[0]] += count
    return parts.most_common()


def in_browser(sites: Iterable[SiteResult], texts: Texts, lang: Lang) -> str:
    """How many pages were seen in a browser, and why others were not that need one; empty where none does."""
    seen, unseen = 0, Counter[str]()
    for site in sites:
        seen += site.stats.rendered
        unseen.update(site.stats.unrendered)
    parts = [f"{seen} 页" if lang == "zh" else f"{seen} page{'' if seen == 1 else 's'}"] if seen else []
    for code, count in unseen.most_common():
        known = texts.reasons.get(code)
        means = known.means.of(lang) if known else code
        other = "另有 " if parts else ""
        parts.append(f"{other}{count} 页未渲染（{means}）" if lang == "zh" else f"{count} not rendered ({means})")
    return ("，" if lang == "zh" else "; ").join(parts)


def of_item(site: SiteResult, item: ItemResult) -> list[OutcomeView]:
    """The outcomes an item cites: what counts most first."""
    return sorted((outcome for outcome in site.outcomes if item.id in outcome.items), key=urgency)


@dataclass(frozen=True, slots=True)
class Lacking:
    """What keeps an item from being 合格: checks without an answer, evidence to hand in, what nothing looked at."""

    open: tuple[str, ...]
    evidence: tuple[str, ...]
    not_part: tuple[str, ...]


def lacking(item: ItemResult, texts: Texts, lang: Lang) -> Lacking:
    """The required checks and evidence of an item that are missing, in words; ids only where no words exist."""
    there = texts.framework.item(item.id)
    proofs = {name: proof.title for proof in (there.evidence if there else ()) for name in proof.checks}
    known = [name for name in item.lacking if name in texts.checks]
    return Lacking(
        tuple(texts.checks[name].meta.text.title.of(lang) for name in known),
        tuple(proofs[name].of(lang) for name in item.lacking if name in proofs and name not in known),
        tuple(
            dict.fromkeys(
                _called(name, item, texts, lang) for name in item.lacking if name not in proofs and name not in known
            )
        ),
    )


def _called(check: str, item: ItemResult, texts: Texts, lang: Lang) -> str:
    there = texts.framework.item(item.id)
    rule = there.rule_for(check) if there else None
    return rule.title.of(lang) if rule and rule.title else check


def outside(site: SiteResult) -> list[OutcomeView]:
    """Outcomes that no item cites."""
    return sorted((outcome for outcome in site.outcomes if not outcome.items), key=urgency)


def urgency(outcome: OutcomeView) -> tuple[int, int, int, str]:
    """Problems before open questions before the rest; then weight, severity, id."""
    place = [*PROBLEMS, *OPEN, Status.PASS, Status.NOT_APPLICABLE].index(outcome.status)
    return (place, _BY_WEIGHT[outcome.weight], -outcome.severity.rank, outcome.check)


def first_places(outcome: OutcomeView, most: int = 50) -> tuple[tuple[FindingView, ...], int]:
    """The findings to print, what people have dismissed left out, and how many more there are."""
    standing = tuple(found for found in outcome.findings if not found.dismissed)
    return standing[:most], outcome.findings_total - outcome.dismissed - len(standing[:most])
