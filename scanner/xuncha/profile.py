"""检查方案: which checks run, with which parameters and budgets, under which framework.

Values only; ``xuncha.config.profiles`` reads them from YAML, ``xuncha.config.binding`` holds them against what the
installed checks declare.
"""

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from xuncha.config.errors import Place
from xuncha.model.basis import Basis
from xuncha.model.outcome import Severity
from xuncha.model.site import Mode
from xuncha.model.text import Text


@dataclass(frozen=True, slots=True)
class Setting:
    """A value with what it rests on (None only where it holds no number); where it was written, and where its name."""

    value: Any
    basis: Basis | None
    place: Place
    name_place: Place | None = None

    @property
    def unverified(self) -> bool:
        """Whether it rests on an unverified value (law 12)."""
        return self.basis is not None and self.basis.unverified


Settings = dict[str, Setting]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A check's id or a glob over ids, and where it was written."""

    glob: str
    place: Place

    def covers(self, check: str) -> bool:
        """Whether ``check`` is meant."""
        return fnmatchcase(check, self.glob)


@dataclass(frozen=True, slots=True)
class Budgets:
    """What one site may cost.

    ``depth`` counts levels below the home page; ``seconds`` are for the whole site; ``bytes`` and ``page_bytes`` are
    counted after decoding; ``external_links`` is how many distinct targets outside the site are asked.
    ``service_seconds`` lie between two questions to one registry, whichever sites they are about. ``renders`` is how
    many pages are opened in a browser, where they need one; 0 for none. ``pictures`` (截图) are taken of the home page
    and of pages with findings, beside them.
    """

    pages: int
    depth: int
    seconds: float
    bytes: int
    page_bytes: int
    requests_per_second: float
    concurrency: int
    external_links: int
    service_seconds: float = 5.0
    renders: int = 0
    pictures: int = 0

    @property
    def in_browser(self) -> int:
        """How many times at most a page of the site is opened in a browser."""
        return self.renders + self.pictures


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile with everything it extends folded in.

    ``requires`` is the most that its checks may need of an authorisation. ``fail_on`` and ``max_unassessed`` (a
    fraction of 1) decide the exit code. ``params`` are by check id, ``probes`` by probe name (``plugin.function``);
    ``measures`` are the budgets and ``max_unassessed`` with their bases. ``places`` tells where the checks and probes
    that it gives parameters are named. ``lineage``: its id, then those it extends.
    """

    id: str
    title: Text
    description: Text
    framework: str
    include: tuple[Pattern, ...]
    budgets: Budgets
    exclude: tuple[Pattern, ...] = ()
    requires: Mode = Mode.PASSIVE
    fail_on: Severity = Severity.HIGH
    max_unassessed: float = 0.1
    params: dict[str, Settings] = field(default_factory=dict)
    probes: dict[str, Settings] = field(default_factory=dict)
    measures: Settings = field(default_factory=dict)
    bases: dict[str, Basis] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    lineage: tuple[str, ...] = ()

    def allows(self, mode: Mode) -> bool:
        """Whether the profile goes as far as ``mode``: passive, then probe, then disguise."""
        return list(Mode).index(mode) <= list(Mode).index(self.requires)

    def selects(self, check: str) -> bool:
        """Whether the profile asks for ``check``: included and not excluded."""
        return _any_covers(self.include, check) and not _any_covers(self.exclude, check)


def _any_covers(patterns: tuple[Pattern, ...], check: str) -> bool:
    return any(pattern.covers(check) for pattern in patterns)
