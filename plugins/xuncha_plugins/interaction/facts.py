"""What is known of a site's interaction: letters with replies, addresses for questions, activities. Plain values."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """How far a letter is: ``INVALID`` ones (not accepted, duplicates, withdrawn) ask for no reply.

    ``PENDING``: it is shown that there is no reply. Lists call letters ``ACCEPTED`` (已受理、已转办) or ``WORKING``
    (办理中) whose reply may stand on their own page, which was not read. ``HIDDEN``: that page was read, and its reply
    may be where only a browser or a person sees it: filled in by script, in a frame, a picture, an attachment.
    """

    UNKNOWN = "unknown"
    ACCEPTED = "accepted"
    WORKING = "working"
    HIDDEN = "hidden"
    PENDING = "pending"
    ANSWERED = "answered"
    INVALID = "invalid"

    @property
    def waits(self) -> bool:
        """Whether somebody said that the letter is still in hand."""
        return self in (State.ACCEPTED, State.WORKING, State.PENDING)


class Hollow(StrEnum):
    """Why a reply seems to say nothing: there is none, it only confirms receipt, or it only sends elsewhere."""

    EMPTY = "empty"
    RECEIPT = "receipt"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as far as judging needs it: ``length`` in characters, a ``digest`` of its words.

    ``excerpt`` holds its masked first words, only where it is ``hollow``.
    """

    length: int = 0
    digest: str = ""
    hollow: Hollow | None = None
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A published letter (公开留言). Dates are those shown, Asia/Shanghai; ``title`` is masked and cut.

    ``url`` is its own page, or one ``shared`` with others: a guestbook, a list whose rows script opens. ``column`` and
    ``column_url`` say where it is listed. ``listed`` is a date beside it that nothing explains. ``reply`` is set where
    its text was read. ``read``: its own page, or its block of a guestbook, was; ``empty``: it has a place for the reply
    in which nothing stands, nor could be out of sight.
    """

    url: str
    title: str
    column: str
    column_url: str
    state: State = State.UNKNOWN
    asked: date | None = None
    answered: date | None = None
    listed: date | None = None
    reply: Reply | None = None
    depth: int | None = None
    shared: bool = False
    read: bool = False
    empty: bool = False

    @property
    def day(self) -> date | None:
        """The day that tells how old it is."""
        return self.asked or self.listed or self.answered


@dataclass(frozen=True, slots=True)
class Letters:
    """The published letters of a site, as seen on the day ``observed``.

    ``scripted`` are pages of letters that only a browser shows; ``unread`` those that show letters in a form that was
    not understood. ``unlisted`` estimates the letters on further pages of
    lists that were not seen; ``dropped`` counts letters beyond the cap.
    """

    observed: date
    letters: tuple[Letter, ...] = ()
    scripted: tuple[str, ...] = ()
    unlisted: int = 0
    dropped: int = 0
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MailOnly:
    """A page that offers an e-mail address for questions; ``named``: it is called a channel and offers nothing else."""

    url: str
    depth: int
    named: bool


@dataclass(frozen=True, slots=True)
class WritingForm:
    """A page with a form to write in; ``named``: it is called a channel; ``asks``: who writes, and what about."""

    url: str
    named: bool
    asks: bool


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where citizens are told to write e-mails, and pages with a form to write in, whatever they are called.

    ``hidden``: script builds a menu, an entry or what lies behind it. ``mobile``: pages of interaction that tell how to
    ask by telephone, in an app or by a code.
    """

    pages: tuple[MailOnly, ...] = ()
    hidden: bool = False
    forms: tuple[WritingForm, ...] = ()
    mobile: tuple[str, ...] = ()


class Activity(StrEnum):
    """在线访谈、意见征集、网上调查."""

    INTERVIEW = "interview"
    OPINION = "opinion"
    SURVEY = "survey"


@dataclass(frozen=True, slots=True)
class ActivityColumn:
    """A column of interviews, calls for opinions or surveys: ``rows`` in its lists, the ``newest`` day among them."""

    name: str
    url: str
    kind: Activity
    rows: int = 0
    newest: date | None = None
    scripted: bool = False


@dataclass(frozen=True, slots=True)
class Activities:
    """Activities as seen on the day ``observed``; ``elsewhere`` is the newest that another column announces."""

    observed: date
    columns: tuple[ActivityColumn, ...] = ()
    elsewhere: date | None = None
    home_scripted: bool = False
    dropped: int = 0

    @property
    def newest(self) -> date | None:
        """The newest day in the columns of activities."""
        return max((column.newest for column in self.columns if column.newest), default=None)

    @property
    def complete(self) -> bool:
        """Whether all columns that were met were kept."""
        return not self.dropped
