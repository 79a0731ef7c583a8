"""Reads profiles. A profile may extend another: lists given again replace the parent's, the rest goes name by name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field

from xuncha.config.errors import ConfigError, InvalidError, Place, Problem
from xuncha.config.library import find, is_path
from xuncha.config.models import BasisModel, Strict, TextModel
from xuncha.config.settings import bound, read_settings
from xuncha.config.validation import validate
from xuncha.config.yaml import Located, Source, load_yaml
from xuncha.model.basis import Basis
from xuncha.model.outcome import Severity
from xuncha.model.site import Mode
from xuncha.model.text import Text
from xuncha.profile import Budgets, Pattern, Profile, Settings


def load_profile(name: str | Path, search: Sequence[Source]) -> Profile:
    """The profile that a name or a path stands for.

    Args:
        name: ``notice``, or the path of a YAML file.
        search: roots as ``xuncha.config.library.roots`` gives them.

    Raises:
        ConfigError: every fault with its place; a name that nobody offers; profiles that extend each other in a ring.
    """
    problems: list[Problem] = []
    try:
        layers = list(_layers(find("profiles", str(name), search), search, problems))
    except ConfigError as error:
        raise type(error)([*problems, *error.problems]) from None
    fold = _Fold(problems=problems)
    for layer in reversed(layers):
        fold.take(layer)
    return fold.profile(layers)


class _Budgets(BaseModel, defer_build=True):
    pages: int = Field(ge=1, le=1_000_000)
    depth: int = Field(ge=0, le=100)
    seconds: float = Field(gt=0, le=604_800)
    bytes: int = Field(ge=1)
    page_bytes: int = Field(ge=1_000, le=64_000_000)
    requests_per_second: float = Field(gt=0, le=100)
    concurrency: int = Field(ge=1, le=64)
    external_links: int = Field(ge=0, le=1_000_000)
    service_seconds: float = Field(5.0, ge=0.01, le=600)
    renders: int = Field(0, ge=0, le=10_000)
    pictures: int = Field(0, ge=0, le=1_000)


class _Exit(BaseModel, defer_build=True):
    max_unassessed: float = Field(0.1, ge=0, le=1)


class _File(Strict):
    extends: str | None = None
    title: TextModel
    description: TextModel | None = None
    framework: str | None = None
    requires: Mode | None = None
    bases: dict[str, BasisModel] | None = None
    include: tuple[str, ...] | None = None
    exclude: tuple[str, ...] | None = None
    fail_on: Severity | None = None
    max_unassessed: Any = None
    budgets: dict[str, Any] | None = None
    params: dict[str, Any] | None = None
    probes: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class _Layer:
    """One file of the chain."""

    id: str
    file: _File
    located: Located


def _layers(source: Source, search: Sequence[Source], problems: list[Problem]) -> Iterator[_Layer]:
    """The file and those it extends, the most basic last; faults are added to ``problems``."""
    chain: list[Source] = []
    while True:
        chain.append(source)
        located = load_yaml(source)
        file = _file(located, problems)
        yield _Layer(_stem(source), file, located)
        if file.extends is None:
            return
        place = located.place(("extends",))
        source = _parent(file.extends, source, search, place)
        if str(source) in map(str, chain):
            ring = " → ".join(_stem(link) for link in [*chain, source])
            raise InvalidError([Problem(place, Text(f"循环继承：{ring}", f"extends in a ring: {ring}"), "extends")])


_UNTITLED = {"title": {"zh": "-", "en": "-"}}
_BEARING = frozenset({"", "extends", "bases"})
"""Without these, what is sound in the rest would look faulty."""


def _file(located: Located, problems: list[Problem]) -> _File:
    """What is sound in a file; its faults are told, and do not hide those that only a second look finds."""
    try:
        return validate(_File, located)
    except InvalidError as error:
        faulty = {problem.what.partition(".")[0].partition("[")[0] for problem in error.problems}
        if faulty & _BEARING:
            raise
        problems += error.problems
    sound = {name: located.value[name] for name in _File.model_fields.keys() & located.value.keys() - faulty}
    return _File.model_validate(_UNTITLED | sound)


def _parent(name: str, child: Source, search: Sequence[Source], place: Place) -> Source:
    """A path counts from the folder of the file that names it."""
    if is_path(name) and isinstance(child, Path):
        return (child.parent / name).resolve()
    return find("profiles", name, search, place)


def _stem(source: Source) -> str:
    return source.name.removesuffix(".yaml").removesuffix(".yml")


@dataclass(slots=True)
class _Fold:
    """Takes layers from the most basic to the one asked for; each setting keeps the basis of its own layer."""

    values: dict[str, Any] = field(default_factory=dict)
    bases: dict[str, Basis] = field(default_factory=dict)
    measures: Settings = field(default_factory=dict)
    budgets: Settings = field(default_factory=dict)
    params: dict[str, Settings] = field(default_factory=dict)
    probes: dict[str, Settings] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def take(self, layer: _Layer) -> None:
        """Lay one file over what is there."""
        file, located = layer.file, layer.located
        self.bases |= {name: model.basis(name) for name, model in (file.bases or {}).items()}
        for name in ("description", "framework", "requires", "fail_on"):
            value = getattr(file, name)
            if value is not None:
                self.values[name] = value
        for name in ("include", "exclude"):
            globs = getattr(file, name)
            if globs is not None:
                self.values[name] = tuple(
                    Pattern(glob, located.place((name, index))) for index, glob in enumerate(globs)
                )
        self.measures |= read_settings(located, (), self.bases, self.problems, only=("max_unassessed",))
        self.budgets |= read_settings(located, ("budgets",), self.bases, self.problems)
        self._lay(self.params, "params", file.params, located)
        self._lay(self.probes, "probes", file.probes, located)

    def _lay(self, over: dict[str, Settings], name: str, given: Mapping[str, Any] | None, located: Located) -> None:
        for owner in given or {}:
            self.places[owner] = located.place((name, owner), key=True)
            over.setdefault(owner, {}).update(read_settings(located, (name, owner), self.bases, self.problems))

    def profile(self, layers: Sequence[_Layer]) -> Profile:
        """The profile, or every fault found on the way."""
        own = layers[0]
        budgets = bound(self.budgets, _Budgets, "budgets")
        measures = bound(self.measures, _Exit, own.id)
        problems = [*self.problems, *budgets.problems, *measures.problems]
        problems += [_missing(own, name) for name in budgets.missing]
        problems += [_missing(own, name) for name in ("framework",) if name not in self.values]
        if problems:
            raise InvalidError(problems)
        return Profile(
            id=own.id,
            title=own.file.title.text(),
            description=self._description(),
            framework=self.values["framework"],
            include=self.values.get("include", (Pattern("*", Place(own.located.file)),)),
            exclude=self.values.get("exclude", ()),
            requires=self.values.get("requires", Mode.PASSIVE),
            fail_on=self.values.get("fail_on", Severity.HIGH),
            max_unassessed=measures.values.get("max_unassessed", 0.1),
            budgets=Budgets(**_Budgets(**budgets.values).model_dump()),
            params=self.params,
            probes=self.probes,
            measures=self.budgets | self.measures,
            bases=self.bases,
            places=self.places,
            lineage=tuple(layer.id for layer in layers),
        )

    def _description(self) -> Text:
        given: TextModel | None = self.values.get("description")
        return given.text() if given else Text("", "")


def _missing(layer: _Layer, name: str) -> Problem:
    return Problem(layer.located.place(), Text("缺少必填项", "is missing"), name)
