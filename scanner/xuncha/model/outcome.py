"""Results: one outcome per planned (site, check), with the findings under it."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from xuncha.model import locator as places
from xuncha.model.locator import Locator
from xuncha.model.message import Params
from xuncha.model.reasons import Reason


class Status(StrEnum):
    """检查结果. Only ``fail`` and ``warn`` count against a site."""

    PASS = "pass"  # noqa: S105 - a result, not a password
    FAIL = "fail"
    WARN = "warn"
    MANUAL = "manual"
    NOT_APPLICABLE = "not_applicable"
    INCONCLUSIVE = "inconclusive"
    ERROR = "error"
    NOT_RUN = "not_run"


ANSWERED = frozenset({Status.PASS, Status.FAIL, Status.WARN})
UNANSWERED = frozenset({Status.MANUAL, Status.INCONCLUSIVE, Status.ERROR, Status.NOT_RUN})


class Severity(StrEnum):
    """风险等级: the technical risk, the check's own."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for info up to 4 for critical."""
        return list(reversed(Severity)).index(self)


class Weight(StrEnum):
    """判定权重: the effect on an item's verdict, the framework's decision alone."""

    DECISIVE = "decisive"
    MAJOR = "major"
    MINOR = "minor"
    ADVISORY = "advisory"


class Verdict(StrEnum):
    """判定 of an item or a site."""

    QUALIFIED = "qualified"
    BASICALLY_QUALIFIED = "basically-qualified"
    UNQUALIFIED = "unqualified"
    PENDING = "pending"
    NOT_COVERED = "not-covered"
    NOT_APPLICABLE = "not-applicable"


class Review(StrEnum):
    """What a named person said of a finding."""

    CONFIRMED = "confirmed"
    FALSE_POSITIVE = "false-positive"
    ACCEPTED = "accepted"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Because:
    """A reason code with its typed parameters."""

    code: Reason
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much was seen of what is known to exist, counted in pages unless the check says otherwise."""

    seen: int
    known: int
    complete: bool

    @property
    def share(self) -> float:
        """Seen as a fraction of known; 1 where nothing is known to be missing."""
        return 1.0 if self.complete else self.seen / max(self.known, 1)


FULL = Coverage(seen=1, known=1, complete=True)
NOTHING = Coverage(seen=0, known=1, complete=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """One instance of a problem under an outcome.

    ``key`` names the message in the check's texts; ``distinct`` is what the check adds to the identity when one
    place can hold several findings; ``excerpt`` is masked page text; ``evidence`` names a capture in the bundle.
    """

    locator: Locator
    key: str
    params: Params = field(default_factory=dict)
    status: Status = Status.FAIL
    distinct: str = ""
    excerpt: str = ""
    evidence: str = ""
    unverified: bool = False

    def fingerprint(self, check: str, site: str) -> str:
        """Stable over rounds: check, site, place and what the check chose; never message, time or severity."""
        text = f"{check}\x1f{site}\x1f{self.locator.identity()}\x1f{self.distinct}"
        return "v1:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def sort_key(self) -> tuple[tuple[int, str, str], str, str]:
        """(depth, URL, place), then key, then what makes it distinct."""
        return (places.order(self.locator), self.key, self.distinct)


@dataclass(frozen=True, slots=True)
class Note:
    """What a check saw that is no problem but worth knowing, such as totals; ``key`` names the message."""

    key: str
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a named person answered to a question (待人工核实), as ``xuncha evidence review`` wrote it down.

    ``asked`` is the question's fingerprint, ``sha256`` the document that they looked at: another one is another
    question. ``met``: the requirement is met. ``until`` is the last day on which the answer counts; None: no end.
    """

    asked: str
    check: str
    met: bool
    by: str
    at: datetime
    reason: str
    until: date | None = None
    sha256: str = ""

    def answers(self, question: Finding, fingerprint: str) -> bool:
        """Whether it was said of just this."""
        shown = getattr(question.locator, "sha256", "")
        return self.asked == fingerprint and self.sha256 == shown


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and the answer that decided it: met, it left the outcome; not met, it became a failure there."""

    question: Finding
    answer: Recorded


@dataclass(frozen=True, slots=True)
class Outcome:
    """The one result of a check on a site. ``notes`` change nothing in it.

    ``answered`` are the questions that people have decided, which is always shown.
    ``findings_total`` counts all findings, ``failures_total`` those that are failures, also beyond the kept ones.
    """

    site: str
    check: str
    version: str
    status: Status
    reason: Because | None = None
    coverage: Coverage = FULL
    findings: tuple[Finding, ...] = ()
    findings_total: int = 0
    failures_total: int = 0
    unverified: bool = False
    error: str = ""
    notes: tuple[Note, ...] = ()
    answered: tuple[Answered, ...] = ()
