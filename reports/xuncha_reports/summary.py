"""What reports show, drawn from the read model: what could not be judged, what to do, how things are grouped."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from xuncha.model.message import Params
from xuncha.model.outcome import Severity, Status, Verdict, Weight
from xuncha.model.reasons import Reason
from xuncha.model.text import Lang
from xuncha.store.gallery import Gallery
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


class Overview:
    """What is told of all sites, which may come one by one; ``sites`` are kept without what was found."""

    def __init__(self, sites: Iterable[SiteResult] = ()) -> None:
        self.sites: list[SiteResult] = []
        self._outcomes: Counter[Status] = Counter()
        self._findings: Counter[Severity] = Counter()
        self._open: dict[tuple[Status, Reason | None], _Group] = {}
        for site in sites:
            self.add(site)

    def add(self, site: SiteResult) -> None:
        """Count a site."""
        bare = replace(site, outcomes=(), gaps=(), gallery=Gallery(), tasks=(), selfcheck=None, availability=None)
        self.sites.append(bare)
        for outcome in site.outcomes:
            self._outcomes[outcome.status] += 1
            if outcome.status is Status.FAIL:
                self._findings[outcome.severity] += outcome.findings_total - outcome.dismissed
            if outcome.status in OPEN:
                why = outcome.reason.code if outcome.reason else None
                self._open.setdefault((outcome.status, why), _Group()).add(bare, outcome)

    def totals(self) -> Totals:
        """Verdicts of sites, outcomes by status, failures by severity."""
        verdicts = Counter(site.verdict for site in self.sites)
        return Totals(_in_order(verdicts), dict(self._outcomes), dict(self._findings))

    def conclusions(self) -> dict[Verdict, int]:
        """Sites by what they come to."""
        return _in_order(Counter(map(concluded, self.sites)))

    def by_program(self) -> int:
        """How many of these conclusions nobody has reviewed who could change them."""
        return sum(map(_by_program, self.sites))

    def unjudged(self) -> list[Unjudged]:
        """What could not be judged, by reason, the most frequent first."""
        found = [group.told(status, reason) for (status, reason), group in self._open.items()]
        return sorted(found, key=lambda group: (-group.pairs, str(group.reason)))


@dataclass(slots=True)
class _Group:
    """Outcomes that could not be judged for one reason."""

    pairs: int = 0
    sites: dict[str, SiteResult] = field(default_factory=dict)
    checks: dict[str, None] = field(default_factory=dict)
    params: Params = field(default_factory=dict)

    def add(self, site: SiteResult, outcome: OutcomeView) -> None:
        if not self.pairs and outcome.reason:
            self.params = outcome.reason.params
        self.pairs += 1
        self.sites[site.id] = site
        self.checks[outcome.check] = None

    def told(self, status: Status, reason: Reason | None) -> Unjudged:
        return Unjudged(status, reason, self.pairs, tuple(self.sites.values()), tuple(self.checks), self.params)


def concluded(site: SiteResult) -> Verdict:
    """What a site comes to: officially, once people have begun to review it; till then as the program found."""
    return site.official if site.review.reviewed else site.verdict


def concluded_of(site: SiteResult, item: ItemResult) -> Verdict:
    """The same of one item."""
    return item.official if site.review.reviewed else item.verdict


def rests_on(site: SiteResult, lang: Lang) -> str:
    """Whose conclusion that is: the machine's alone, or how much of it people have reviewed; empty where all agree."""
    count = site.review
    if count.reviewed:
        done = f"{count.reviewed}/{count.findings}"
        return f"已复核 {done}" if lang == "zh" else f"reviewed {done}"
    if not _by_program(site):
        return ""
    return "机检，未复核" if lang == "zh" else "unreviewed"


def _by_program(site: SiteResult) -> bool:
    """Whether people could still change what a site or one of its items comes to, and have not begun to."""
    pairs = [(site.official, site.verdict), *((item.official, item.verdict) for item in site.items)]
    return not site.review.reviewed and any(official is not found for official, found in pairs)


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
