"""Reads frameworks: items, rules, thresholds, required evidence."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, TypeAdapter, model_validator

from xuncha.config.errors import InvalidError, Problem, nearest, quoted
from xuncha.config.library import find
from xuncha.config.models import BasisModel, Strict, TextModel, Words
from xuncha.config.validation import dotted, refuse, validate
from xuncha.config.yaml import At, Located, Source, load_yaml
from xuncha.framework import Deadline, Framework, Item, Proof, Rule, Threshold
from xuncha.model.outcome import Severity, Weight
from xuncha.model.site import SiteKind
from xuncha.model.text import Text


@cache
def _adapter() -> TypeAdapter[Framework]:
    return TypeAdapter(Framework)


def to_json(framework: Framework) -> bytes:
    """For the bundle of a run."""
    return _adapter().dump_json(framework)


def from_json(data: bytes) -> Framework:
    """What ``to_json`` wrote. Raises pydantic.ValidationError."""
    return _adapter().validate_json(data)


def load_framework(name: str | Path, search: Sequence[Source]) -> Framework:
    """The framework that a name or a path stands for.

    Args:
        name: ``notice``, or the path of a YAML file.
        search: roots as ``xuncha.config.library.roots`` gives them.

    Raises:
        ConfigError: every fault with its place; a name that nobody offers.
    """
    source = find("frameworks", str(name), search)
    located = load_yaml(source)
    file = validate(_File, located)
    problems = list(_faults(file, located))
    if problems:
        raise InvalidError(problems)
    return file.framework(source.name.removesuffix(".yaml").removesuffix(".yml"))


_Patterns = Annotated[tuple[Words, ...], Field(min_length=1)]


class _Threshold(Strict):
    basis: str
    count: int | None = Field(None, ge=1)
    share: float | None = Field(None, gt=0, le=1)
    within_depth: int | None = Field(None, ge=0)
    at_least: int = Field(1, ge=1)

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        if (self.count is None) == (self.share is None):
            raise refuse("count 和 share 必须且只能写一个", "exactly one of count and share is needed")
        return self

    def threshold(self) -> Threshold:
        return Threshold(self.basis, self.count, self.share, self.within_depth, self.at_least)


class _Rule(Strict):
    checks: _Patterns
    weight: Weight
    required: bool = False
    thresholds: tuple[_Threshold, ...] = ()
    needs_review: bool = False
    title: TextModel | None = None

    @model_validator(mode="after")
    def _thresholds_are_for_major(self) -> Self:
        if self.thresholds and self.weight is not Weight.MAJOR:
            raise refuse("只有 major 规则可以写 thresholds", "only a major rule has thresholds")
        return self

    def rule(self) -> Rule:
        return Rule(
            self.checks,
            self.weight,
            self.required,
            tuple(model.threshold() for model in self.thresholds),
            self.needs_review,
            self.title.text() if self.title else None,
        )


class _Proof(Strict):
    checks: _Patterns
    title: TextModel


class _Item(Strict):
    id: Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z.-]*$")]
    number: Words
    title: TextModel
    clause: Words
    live: bool = True
    concludes: bool = True
    applies_to: tuple[SiteKind, ...] = ()
    evidence: tuple[_Proof, ...] = ()
    rules: tuple[_Rule, ...] = ()

    @model_validator(mode="after")
    def _live_has_rules(self) -> Self:
        if self.live and not self.rules:
            raise refuse("已启用的检查项至少需要一条规则", "a live item needs a rule")
        return self

    def item(self) -> Item:
        return Item(
            id=self.id,
            number=self.number,
            title=self.title.text(),
            clause=self.clause,
            rules=tuple(model.rule() for model in self.rules),
            live=self.live,
            concludes=self.concludes,
            applies_to=self.applies_to,
            evidence=tuple(Proof(model.checks, model.title.text()) for model in self.evidence),
        )


class _Share(Strict):
    value: float = Field(ge=0, le=1)
    basis: str


class _Deadline(Strict):
    days: int = Field(ge=1, le=250)
    basis: str
    severity: tuple[Severity, ...] = ()
    weight: tuple[Weight, ...] = ()
    what: TextModel | None = None

    def deadline(self) -> Deadline:
        what = self.what.text() if self.what else None
        return Deadline(self.days, self.basis, self.severity, self.weight, what)


class _File(Strict):
    title: TextModel
    source: Words
    bases: dict[str, BasisModel]
    coverage_minimum: _Share
    deadlines: tuple[_Deadline, ...] = ()
    items: tuple[_Item, ...] = Field(min_length=1)

    def framework(self, name: str) -> Framework:
        return Framework(
            id=name,
            title=self.title.text(),
            items=tuple(model.item() for model in self.items),
            source=self.source,
            bases={key: model.basis(key) for key, model in self.bases.items()},
            coverage_minimum=self.coverage_minimum.value,
            coverage_basis=self.coverage_minimum.basis,
            deadlines=tuple(model.deadline() for model in self.deadlines),
        )


def _faults(file: _File, located: Located) -> Iterator[Problem]:
    """What a model of one part can't see: bases that are not there, items and patterns that stand twice."""
    yield from _unknown_basis(file.coverage_minimum.basis, file.bases, located, ("coverage_minimum", "basis"))
    for index, deadline in enumerate(file.deadlines):
        yield from _unknown_basis(deadline.basis, file.bases, located, ("deadlines", index, "basis"))
    ids: set[str] = set()
    for index, item in enumerate(file.items):
        at: At = ("items", index)
        if item.id in ids:
            yield _twice(item.id, located, (*at, "id"))
        ids.add(item.id)
        yield from _rule_faults(item, file.bases, located, at)


def _rule_faults(item: _Item, bases: Mapping[str, BasisModel], located: Located, at: At) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, rule in enumerate(item.rules):
        here: At = (*at, "rules", index)
        for number, pattern in enumerate(rule.checks):
            if pattern in seen:  # the first rule that covers a check decides: this one would never be asked
                yield _twice(pattern, located, (*here, "checks", number))
            seen.add(pattern)
        for number, threshold in enumerate(rule.thresholds):
            yield from _unknown_basis(threshold.basis, bases, located, (*here, "thresholds", number, "basis"))


def _twice(name: str, located: Located, at: At) -> Problem:
    return Problem(located.place(at), Text(f"{quoted(name)} 重复", f"{quoted(name)} appears twice"), dotted(at))


def _unknown_basis(name: str, bases: Mapping[str, BasisModel], located: Located, at: At) -> Iterator[Problem]:
    if name not in bases:
        text = Text(f"bases 中没有依据 {quoted(name)}", f"bases has no {quoted(name)}")
        yield Problem(located.place(at), text, dotted(at), nearest(name, bases))
