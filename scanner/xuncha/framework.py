"""检查依据: the items of a rule set, and how outcomes of checks count under them. Data, not code.

A framework is read from ``frameworks/<id>.yaml``, checked, and stored in each run's bundle, so that an old run can
be read and judged again without the file it came from.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import lru_cache

from xuncha.model.basis import Basis
from xuncha.model.outcome import Severity, Weight
from xuncha.model.site import SiteKind
from xuncha.model.text import Text


@dataclass(frozen=True, slots=True)
class Threshold:
    """From where findings of a major rule make the item 不合格; below, they make it 基本合格.

    Exactly one of ``count`` (so many findings, of all the rule's checks together) and ``share`` (findings as a
    fraction of what the checks have seen, ``Coverage.seen``) is set. ``within_depth`` counts only findings whose
    locator lies at most so many levels below the home page (0: on the home page itself). ``at_least`` is the number
    of findings below which a share says nothing.
    """

    basis: str
    count: int | None = None
    share: float | None = None
    within_depth: int | None = None
    at_least: int = 1


@lru_cache(maxsize=1 << 16)  # asked for each outcome of each site
def names(patterns: tuple[str, ...], check: str) -> bool:
    """Whether one of the ``patterns``, ids or globs, names ``check``."""
    return any(fnmatchcase(check, pattern) for pattern in patterns)


@dataclass(frozen=True, slots=True)
class Rule:
    """How some checks count under an item. Their findings are counted together.

    ``checks`` are ids or globs (``links.*``). A ``required`` rule needs, for each of these, at least one check that it
    names, and all of them answered, before the item can be 合格. ``thresholds`` belong to major rules: the item is
    不合格 as soon as one is reached; a major rule without any is reached by a single finding. ``needs_review``: a
    person must confirm the findings first; until then they leave the item 待核实.
    """

    checks: tuple[str, ...]
    weight: Weight
    required: bool = False
    thresholds: tuple[Threshold, ...] = ()
    needs_review: bool = False
    title: Text | None = None

    def covers(self, check: str) -> bool:
        """Whether one of the rule's patterns names ``check``."""
        return names(self.checks, check)


@dataclass(frozen=True, slots=True)
class Proof:
    """佐证材料 that must have been handed in: ``checks`` (ids or globs) answer whether it was, ``title`` names it."""

    checks: tuple[str, ...]
    title: Text

    def covers(self, check: str) -> bool:
        """Whether one of the patterns names ``check``."""
        return names(self.checks, check)


@dataclass(frozen=True, slots=True)
class Item:
    """检查项. ``number`` is its place in the source, ``clause`` the quoted text.

    ``live`` False: shown as not yet covered, never passed. ``concludes`` False: has a verdict of its own that stays out
    of the site's conclusion. ``applies_to`` empty: every kind of site. ``evidence``: without each of these answered
    the item can't be 合格 (a network scan alone never settles it).
    """

    id: str
    number: str
    title: Text
    clause: str
    rules: tuple[Rule, ...] = ()
    live: bool = True
    concludes: bool = True
    applies_to: tuple[SiteKind, ...] = ()
    evidence: tuple[Proof, ...] = ()

    def rule_for(self, check: str) -> Rule | None:
        """The first rule that covers ``check``; a check counts once within an item."""
        place = _place_of_rule(self, check)
        return None if place is None else self.rules[place]

    def __hash__(self) -> int:
        """Quick, for looking up rules."""
        return hash(self.id)

    def suits(self, kind: SiteKind | None) -> bool:
        """Whether the item is asked of this kind of site; an unknown kind is asked everything."""
        return not self.applies_to or kind is None or kind in self.applies_to


@lru_cache(maxsize=8192)  # asked of every outcome of every site
def _place_of_rule(item: Item, check: str) -> int | None:
    return next((place for place, rule in enumerate(item.rules) if rule.covers(check)), None)


@dataclass(frozen=True, slots=True)
class Deadline:
    """整改期限, suggested: ``days`` are working days from receipt. ``severity`` and ``weight`` empty: any.

    ``what`` is to be done by then, where that is not yet the whole repair.
    """

    days: int
    basis: str
    severity: tuple[Severity, ...] = ()
    weight: tuple[Weight, ...] = ()
    what: Text | None = None

    def suits(self, severity: Severity, weight: Weight) -> bool:
        """Whether it is meant for such a problem."""
        return severity in (self.severity or (severity,)) and weight in (self.weight or (weight,))


@dataclass(frozen=True, slots=True)
class Framework:
    """A rule set. ``coverage_minimum`` is the share of answered checks below which no item is 合格.

    Of ``deadlines`` the first that suits a problem is suggested.
    """

    id: str
    title: Text
    items: tuple[Item, ...]
    source: str
    bases: dict[str, Basis] = field(default_factory=dict)
    coverage_minimum: float = 0.8
    coverage_basis: str = ""
    deadlines: tuple[Deadline, ...] = ()

    def deadline(self, severity: Severity, weight: Weight) -> Deadline | None:
        """Until when such a problem should be mended; None where the framework does not say."""
        return next((one for one in self.deadlines if one.suits(severity, weight)), None)

    def item(self, id: str) -> Item | None:  # noqa: A002 - the word of the field
        """The item with this id."""
        return next((item for item in self.items if item.id == id), None)

    def places(self, check: str) -> Iterator[tuple[Item, Rule]]:
        """Every live item that cites ``check``, with the rule it counts under; the first is where totals count it."""
        for item in self.items:
            rule = item.rule_for(check) if item.live else None
            if rule is not None:
                yield item, rule

    def unverified(self, threshold: Threshold) -> bool:
        """Whether the threshold rests on an unverified value; then it can't by itself make an item 不合格."""
        return self.bases[threshold.basis].unverified
