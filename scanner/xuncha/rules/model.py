"""A rule as a value."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from xuncha.config.errors import Place
from xuncha.model.outcome import Severity
from xuncha.model.site import Mode
from xuncha.model.text import Text
from xuncha.rules.matching import Matcher, Part
from xuncha.rules.response import Response


class At(StrEnum):
    """What a rule's paths start from."""

    ROOT = "root"
    FOLDERS = "folders"
    PAGES = "pages"
    ASSETS = "assets"


class RuleConfidence(StrEnum):
    """``verified``: the positive test is an answer of the real program; ``synthetic``: it was written by hand."""

    VERIFIED = "verified"
    SYNTHETIC = "synthetic"


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask. ``paths`` are templates (see ``places``); ``suffixes`` narrow pages and assets; none means all."""

    paths: tuple[str, ...]
    at: At = At.ROOT
    headers: tuple[tuple[str, str], ...] = ()
    follow: bool = False
    suffixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extract:
    """Something to tell from the answer: the first group of the pattern, else what it found."""

    name: str
    pattern: re.Pattern[str]
    part: Part = "body"

    def words(self, text: str) -> str:
        """What is told; empty where there is nothing."""
        found = self.pattern.search(text)
        return (found[1] if self.pattern.groups else found[0]) or "" if found else ""


@dataclass(frozen=True, slots=True)
class Origin:
    """The public documentation that a rule follows; without a title it is our own."""

    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A test: a file with a raw answer, or the answer itself."""

    file: str = ""
    answer: Response | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One question about one kind of address. ``requests`` is the most it sends for each place that it starts from.

    ``manual``: what it finds is a question for a person.
    """

    id: str
    family: str
    severity: Severity
    title: Text
    request: Request
    proof: Matcher
    manual: bool = False
    requires: Mode = Mode.PROBE
    requests: int = 1
    advice: Text | None = None
    extract: tuple[Extract, ...] = ()
    licence: str = "Apache-2.0"
    origin: Origin = Origin()
    confidence: RuleConfidence = RuleConfidence.SYNTHETIC
    positive: tuple[Case, ...] = ()
    negative: tuple[Case, ...] = ()
    source: Path | None = field(default=None, compare=False)
    line: int = field(default=0, compare=False)
    family_place: Place | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """The id without its owner: ``git-head`` of ``exposure.git-head``."""
        return self.id.partition(".")[2]

    @property
    def check(self) -> str:
        """The check that judges it: ``exposure.version-control``."""
        return f"{self.id.partition('.')[0]}.{self.family}"
