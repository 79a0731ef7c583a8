"""自查表: what a unit is asked about its own websites, what it declared, and how that compares with what was seen."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from xuncha.model.text import Text


class Answering(StrEnum):
    """What an answer is. NUMBER identifies something (a filing number); COUNT counts."""

    CHOICE = "choice"
    COUNT = "count"
    DATE = "date"
    TEXT = "text"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice; ``also`` are other ways in which people write it."""

    code: str
    title: Text
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """What of a run tells about a question.

    ``checks`` (ids or globs) answer it: for a choice ``passed`` and ``failed`` are the options that stand for their
    outcomes (empty: tells nothing), for a count their findings are counted. ``fact`` and ``path`` name stored values
    that a number is compared with: ``home[].filings[].written``. ``needs`` are those of the checks without whose
    answers nothing can be told of a choice: the home page alone says nothing of all columns.
    """

    checks: tuple[str, ...] = ()
    passed: str = ""
    failed: str = ""
    fact: str = ""
    path: str = ""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``title`` heads its column, ``ask`` is the full question, ``hint`` says how to answer.

    ``also`` are other headings under which its column is found again. ``prefill`` names the field of the inventory
    that is filled in beforehand; ``width`` is that of the column, in characters. ``item`` is the framework's.
    """

    id: str
    title: Text
    ask: Text
    hint: Text
    kind: Answering
    item: str = ""
    options: tuple[Option, ...] = ()
    also: tuple[str, ...] = ()
    prefill: str = ""
    width: int = 12
    observed: Observation | None = None

    def option(self, code: str) -> Option | None:
        """The option with this code."""
        return next((one for one in self.options if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that stand on one sheet."""

    id: str
    title: Text
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A self-check form. ``items`` are the questions of the source by item, ``cover`` is asked once per file."""

    id: str
    title: Text
    source: str
    cover: tuple[Question, ...]
    sections: tuple[Section, ...]
    items: dict[str, Text] = field(default_factory=dict)
    guidance: tuple[Text, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question that is asked of a site, in order."""
        return tuple(question for section in self.sections for question in section.questions)


@dataclass(frozen=True, slots=True)
class Answer:
    """``value``: a code of an option, digits, an ISO day or month, or text; ``written`` as it stood in ``place``."""

    value: str
    written: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What was declared of one site: by whom, when, taken in when and from which file."""

    site: str
    answers: dict[str, Answer]
    filled_by: str
    filled_on: date
    taken_at: datetime
    sha256: str
    unit: str = ""
    reviewer: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """What stood declared when a run was made, with the form that asked for it, by the ids of sites."""

    form: Form
    sites: dict[str, Declaration] = field(default_factory=dict)


class Relation(StrEnum):
    """How a declared answer stands to what was seen. NEITHER: nobody answered, and nothing was seen."""

    AGREE = "agree"
    DISAGREE = "disagree"
    DECLARED_ONLY = "declared-only"
    OBSERVED_ONLY = "observed-only"
    UNCLEAR = "unclear"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Compared:
    """One question of one site: what was declared, what ``checks`` saw, and ``why`` that is so."""

    question: str
    item: str
    title: Text
    relation: Relation
    declared: Text
    observed: Text
    why: Text
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """自查与检查对照 of one site; ``filled_by`` empty and no rows: nothing was declared when the run was made."""

    title: Text
    filled_by: str = ""
    filled_on: date | None = None
    unit: str = ""
    reviewer: str = ""
    taken_at: datetime | None = None
    file: str = ""
    sha256: str = ""
    rows: tuple[Compared, ...] = ()
    items: dict[str, Text] = field(default_factory=dict)
