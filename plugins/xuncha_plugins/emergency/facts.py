"""What was read of an emergency plan (应急预案) and of drill records (演练记录): passages and judgements."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xuncha.api import DocumentLocator, Reason
from xuncha_plugins.evidence.doubts import Doubt
from xuncha_plugins.evidence.reading import Shown


class Topic(StrEnum):
    """What a plan is to hold; the last three are asked of systems at level 3 only."""

    SCOPE = "scope"
    ORGANISATION = "organisation"
    LEVELS = "levels"
    REPORTING = "reporting"
    HANDLING = "handling"
    DEFACEMENT = "defacement"
    RECOVERY = "recovery"
    CONTACTS = "contacts"
    DRILLS = "drills"
    START = "start"
    RESOURCES = "resources"
    TRAINING = "training"


class Part(StrEnum):
    """What a drill record is to hold besides its date."""

    PARTICIPANTS = "participants"
    SCENARIO = "scenario"
    RESULT = "result"


class Held(StrEnum):
    """How much of a topic there is."""

    HELD = "held"
    THIN = "thin"
    """Touched, but so briefly or in such words that only a person can tell."""
    BARE = "bare"
    """A heading and nothing below it."""
    ABSENT = "absent"


class Subject(StrEnum):
    """What a document is about."""

    SITE = "site"
    GENERAL = "general"
    """Something wider or other that also speaks of networks."""
    OTHER = "other"
    NO_PLAN = "no-plan"
    """It speaks of networks, but never of incidents or drills."""


AMISS = frozenset({Subject.OTHER, Subject.NO_PLAN})
"""Not what was asked for."""


class Receiver(StrEnum):
    """Who is reported to (报告对象)."""

    CYBERSPACE = "cyberspace"
    POLICE = "police"
    GOVERNMENT = "government"
    SUPERIOR = "superior"
    """主管部门, 有关部门, 上级: the cyberspace office may be meant."""
    INSIDE = "inside"


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a document, masked and cut, and where it stands."""

    text: str
    locator: DocumentLocator


@dataclass(frozen=True, slots=True)
class Section:
    """How much there is of a topic (``Topic``) or part (``Part``): the heading, if it has one, and sentences."""

    name: str
    held: Held
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A file without text for us, and why; with ``reason`` None some of its ``pages`` are pictures.

    With ``read-by-ocr`` so many pages were read by OCR: what it did not find may stand there all the same.
    """

    locator: DocumentLocator
    reason: Reason | None = None
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Limit:
    """报告时限 in minutes, counted from finding out; 0 is 立即.

    ``grades`` are the grades of incidents it is said for, as written, empty for all; ``later`` marks written,
    continued and final reports, ``written`` those of them that are only said to be in writing.
    """

    minutes: float
    receivers: tuple[Receiver, ...]
    grades: tuple[str, ...]
    later: bool
    quote: Quote
    written: bool = False


@dataclass(frozen=True, slots=True)
class Reporting:
    """``receivers``: the first sentence that names each; ``vague``: 及时 and the like without a limit.

    ``blank``: where a limit was left to be filled in. ``averse``: where it is left open whether those outside are told
    at all; whom such words name is no receiver.
    """

    receivers: tuple[tuple[Receiver, Quote], ...] = ()
    limits: tuple[Limit, ...] = ()
    vague: Quote | None = None
    hotline: bool = False
    province: bool = False
    blank: Quote | None = None
    averse: Quote | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that a document gives as its own: of issue, revision or signature; the first of a month without a day.

    ``shown`` is how it is written, ``last`` the last day that it may mean.
    """

    day: date
    quote: Quote
    shown: str = ""
    last: date = date.min

    @property
    def until(self) -> date:
        """The last day that it may mean."""
        return max(self.day, self.last)


@dataclass(frozen=True, slots=True)
class Standing:
    """What makes a plan a formal one (正式文本), and what shows that it is none yet."""

    unit: Quote | None = None
    number: Quote | None = None
    approval: Quote | None = None
    dates: tuple[Dated, ...] = ()
    drafts: tuple[Quote, ...] = ()
    blanks: tuple[Quote, ...] = ()
    unfilled_date: Quote | None = None


class Fault(StrEnum):
    """What is wrong with a telephone number or a name."""

    PLACEHOLDER = "placeholder"
    MALFORMED = "malformed"
    MASKED = "masked"


@dataclass(frozen=True, slots=True)
class Contact:
    """A telephone number or name; ``shown`` has the middle of every number starred."""

    shown: str
    fault: Fault | None
    quote: Quote


@dataclass(frozen=True, slots=True)
class Contacts:
    """``same``: how often the most frequent number stands, where at least three persons share it alone."""

    numbers: tuple[Contact, ...] = ()
    names: tuple[Contact, ...] = ()
    elsewhere: Quote | None = None
    same: int = 0


@dataclass(frozen=True, slots=True)
class PlanRead:
    """An emergency plan with its annexes, read as one.

    ``understood``: the share of its text of which we know what it is about. ``empty``: no words in what could be read.
    """

    main: DocumentLocator
    subject: Subject = Subject.SITE
    title: Quote | None = None
    sections: tuple[Section, ...] = ()
    reporting: Reporting = Reporting()
    standing: Standing = Standing()
    contacts: Contacts = Contacts()
    understood: float = 1.0
    unread: tuple[Unread, ...] = ()
    empty: bool = False
    complete: bool = True
    denied: tuple[Shown, ...] = ()
    repealed: tuple[tuple[Doubt, Shown], ...] = ()


@dataclass(frozen=True, slots=True)
class DrillRead:
    """Drill records, read as one. ``dates``: those labelled as the drill's, or all where none is."""

    main: DocumentLocator
    subject: Subject = Subject.SITE
    title: Quote | None = None
    sections: tuple[Section, ...] = ()
    dates: tuple[Dated, ...] = ()
    scheme: bool = False
    """By its title it tells what is to be done (方案, 计划, 通知)."""
    understood: float = 1.0
    unread: tuple[Unread, ...] = ()
    empty: bool = False
    complete: bool = True
    denied: tuple[Shown, ...] = ()
    doubts: tuple[tuple[Doubt, Shown], ...] = ()
    paper_dates: tuple[Dated, ...] = ()
    """When the paper was filled in, printed or filed."""
