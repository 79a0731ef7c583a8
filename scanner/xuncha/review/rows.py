"""What there is to review of a stored run, by finding and by cause; read site by site, so that memory is bounded.

A cause is on one site, of one check, with one message about one thing that is mended. What guidance settles with
another check's task, or with other tags of a template, is reviewed by itself: one proves nothing of the other.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from xuncha.guidance.causes import cause_of
from xuncha.model.outcome import Review, Severity, Status
from xuncha.model.review import Reviewed, reviewable
from xuncha.model.site import Site
from xuncha.model.text import Text
from xuncha.store.result import FindingView, OutcomeView, SiteResult, Stored

_BY_STATUS = {Status.FAIL: 0, Status.WARN: 1, Status.MANUAL: 2}


@dataclass(frozen=True, slots=True)
class Row:
    """One finding with what tells where it belongs."""

    site: str
    name: str
    department: str
    check: str
    problem: Text
    items: tuple[str, ...]
    severity: Severity
    cause: str
    finding: FindingView

    @property
    def reviewed(self) -> Reviewed | None:
        return self.finding.reviewed


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which rows are wanted; what is empty excludes none. ``checks`` are patterns, ``named`` begins a fingerprint.

    ``open_only``: only what nobody has reviewed, or what is 待进一步核实.
    """

    sites: frozenset[str] = frozenset()
    checks: tuple[str, ...] = ()
    items: frozenset[str] = frozenset()
    statuses: frozenset[Status] = frozenset()
    open_only: bool = True
    cause: str = ""
    named: tuple[str, ...] = ()

    def site(self, site: Site) -> bool:
        return not self.sites or bool(self.sites & {site.id, site.name, *site.urls})

    def outcome(self, outcome: OutcomeView) -> bool:
        asked = not self.checks or any(fnmatchcase(outcome.check, one) for one in self.checks)
        return asked and (not self.items or bool(self.items & set(outcome.items)))

    def row(self, row: Row) -> bool:
        found = row.finding
        return (
            (not self.statuses or found.status in self.statuses)
            and (not self.open_only or is_open(found.review))
            and row.cause.startswith(self.cause)
            and (not self.named or found.fingerprint.startswith(self.named))
        )


def is_open(review: Review | None) -> bool:
    """Whether somebody has still to decide."""
    return review is None or review is Review.UNDECIDED


def rows(stored: Stored, chosen: Chosen) -> Iterator[Row]:
    """The findings that are wanted, each fingerprint once, in the order of the run. Raises StoreError."""
    problems = {check: words.meta.text.wrong for check, words in stored.snapshot.checks.items()}
    for site in stored.sites(chosen.site):
        yield from filter(chosen.row, _of_site(site, chosen.outcome, problems))


def _of_site(site: SiteResult, wanted: Callable[[OutcomeView], bool], problems: dict[str, Text]) -> Iterator[Row]:
    for outcome in filter(wanted, site.outcomes):
        problem = problems.get(outcome.check, Text(outcome.check, outcome.check))
        for found in _unique(outcome.findings):
            if reviewable(found.status, found.locator):
                cause = cause_of(outcome.check, site.id, found.message.key, found.locator)
                about = (site.id, site.name, site.department, outcome.check, problem)
                yield Row(*about, outcome.items, outcome.severity, cause, found)


def _unique(findings: Iterable[FindingView]) -> Iterable[FindingView]:
    """Two findings with one fingerprint are the same finding."""
    found: dict[str, FindingView] = {}
    for one in findings:
        found.setdefault(one.fingerprint, one)
    return found.values()


@dataclass(slots=True)
class Cause:
    """Rows with one cause: the first of them, how many there are, and what was said of them."""

    first: Row
    count: int = 0
    said: dict[Review | None, int] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        self.count += 1
        self.said[row.finding.review] = self.said.get(row.finding.review, 0) + 1


def by_cause(found: Iterable[Row]) -> list[Cause]:
    """The causes of rows: failures first, then by severity, then the most frequent."""
    causes: dict[str, Cause] = {}
    for row in found:
        causes.setdefault(row.cause, Cause(row)).add(row)
    return sorted(causes.values(), key=_urgency)


def _urgency(cause: Cause) -> tuple[int, int, int, str, str]:
    row = cause.first
    return (_BY_STATUS.get(row.finding.status, 3), -row.severity.rank, -cause.count, row.check, row.cause)
