"""What a result consists of: dataclasses in the shape of the JSON that ``result.schema.json`` describes."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from xuncha.aggregate import Ground
from xuncha.framework import Framework
from xuncha.guidance.configuration import Configuration
from xuncha.guidance.task import Task
from xuncha.model.availability import Availability
from xuncha.model.history import EarlierResult
from xuncha.model.locator import Locator
from xuncha.model.message import Params
from xuncha.model.outcome import Coverage, Review, Severity, Status, Verdict, Weight
from xuncha.model.prints import Seal
from xuncha.model.reasons import Reason
from xuncha.model.review import DISMISSED, ReviewCount, Reviewed
from xuncha.model.selfcheck import SelfCheck
from xuncha.model.site import Authorisation, SiteKind
from xuncha.model.text import Text
from xuncha.store.gallery import Gallery
from xuncha.store.pictures import Mark
from xuncha.store.snapshot import CheckWords, ProfileWords, ReasonWords


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
    """One instance of a problem. ``review`` None: nobody has looked at it yet; ``reviewed`` says who did, when and why.

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
    reviewed: Reviewed | None = None

    @property
    def dismissed(self) -> bool:
        """Whether somebody has said that it is a false alarm or no problem."""
        return self.review in DISMISSED


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

    ``status`` is what counts, after review; ``found`` what the program had found. ``dismissed`` of the findings are
    false alarms or no problem, as people said; they are shown and count nowhere.
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
    found: Status | None = None
    dismissed: int = 0


@dataclass(frozen=True, slots=True)
class ItemResult:
    """判定 of an item. ``checks`` counts outcomes by status.

    ``grounds`` say why the item is not 合格, ``lacking`` which required checks and evidence are open.
    ``live`` False: not yet covered by any check. ``concludes`` False: stays out of the site's verdict.
    ``official`` is the verdict as far as people have confirmed it: pending where what nobody has reviewed could still
    change it; ``official_grounds`` rest on confirmed findings alone.
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
    official: Verdict = Verdict.PENDING
    official_grounds: tuple[Ground, ...] = ()


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
    ``official`` is the verdict as far as people have confirmed it, and ``review`` how far they have come.
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
    site_code: str = ""
    authorisation: str = ""
    availability: Availability | None = None
    selfcheck: SelfCheck | None = None
    gallery: Gallery = field(default_factory=Gallery)
    tasks: tuple[Task, ...] = ()
    official: Verdict = Verdict.PENDING
    review: ReviewCount = field(default_factory=ReviewCount)


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
    """A stored run, ready to be shown. ``folder`` is where it is stored, for ``thumbnail``; no part of the JSON.

    ``review`` says how far the review has come. ``unreviewed``: why what people have said does not count.
    ``history`` is what earlier runs by the same profile had come to, the oldest first.
    ``draft`` stands on every page of what is written without anybody having to have reviewed it; None of no draft.
    """

    schema: int
    run: RunInfo
    sites: tuple[SiteResult, ...]
    texts: Texts
    folder: Annotated[str, Field(exclude=True)] = ""
    review: ReviewCount = field(default_factory=ReviewCount)
    unreviewed: Text | None = None
    history: tuple[EarlierResult, ...] = ()
    draft: Text | None = None
