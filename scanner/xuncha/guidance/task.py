"""A task (要做的事): what has one cause on one site, and is mended in one go."""

from dataclasses import dataclass, field
from enum import StrEnum

from xuncha.model.outcome import Severity, Status, Weight
from xuncha.model.text import Text

NO_WORDS = Text("", "")


class Effort(StrEnum):
    """工作量 of mending what a check finds: hours, days or weeks."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Due:
    """The deadline that is suggested, in working days from receipt; ``basis`` is a key of the framework's bases."""

    days: int
    basis: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What another check tells of the same cause, which is settled along with a task (一并解决).

    ``tasks`` are the ids of the tasks that it would be by itself, ``places`` the fingerprints of the first findings.
    """

    check: str
    status: Status
    severity: Severity
    weight: Weight
    items: tuple[str, ...]
    findings: int
    places: tuple[str, ...]
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """Findings of one check with one cause, for the department that has to mend them.

    ``id`` stays the same from round to round: it knows check, site, message and what tells the cause from others, and
    neither counts nor times. ``title`` says what was seen. ``findings`` and ``pages`` are counted, of ``places`` (the
    fingerprints of findings) and ``pictures`` (ids of evidence) only the first are named. ``order`` tells why the task
    stands where it does. Why it matters, the steps and how it is re-checked are the check's, in the result's
    ``texts``.

    ``settles`` is what other checks tell of the same cause: the task is as urgent as the gravest of it, and under its
    items, too.
    """

    id: str
    check: str
    status: Status
    severity: Severity
    weight: Weight
    items: tuple[str, ...]
    title: Text
    findings: int
    pages: int
    places: tuple[str, ...]
    pictures: tuple[str, ...] = ()
    department: str = ""
    effort: Effort | None = None
    due: Due | None = None
    order: Text = field(default=NO_WORDS)
    settles: tuple[Settled, ...] = ()
