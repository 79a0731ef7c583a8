"""Values with their basis: read from YAML, and held against the parameters that someone declares.

A number, also one inside a list, is written ``{value: 15, basis: indicators-2019}``; anything else may stand bare.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from xuncha.config.errors import Problem, nearest, quoted
from xuncha.config.schema import Schema, fault, options
from xuncha.config.validation import dotted
from xuncha.config.words import words_for
from xuncha.config.yaml import At, Located
from xuncha.model.basis import Basis
from xuncha.model.text import Text
from xuncha.profile import Setting, Settings

Declared = Schema | type[BaseModel]
"""What a check or probe says of its parameters: a pydantic model, or the JSON Schema of one from the catalogue."""

_WANTS_BASIS = Text("数字必须写明依据", "a number needs its basis")
_HOW = Text("写成 {value: 15, basis: tool}", "write {value: 15, basis: tool}")


def read_settings(
    located: Located, at: At, bases: Mapping[str, Basis], problems: list[Problem], only: tuple[str, ...] = ()
) -> Settings:
    """The settings of the mapping at the path ``at`` (``only`` these names); faults are added to ``problems``."""
    raw = _value_at(located, at)
    if not isinstance(raw, dict):
        if raw is not None:
            problems.append(
                Problem(located.place(at), Text("应写成“名称: 取值”的形式", "should be a mapping"), dotted(at))
            )
        return {}
    names = [name for name in raw if not only or name in only]
    read = {name: _setting(raw[name], located, (*at, name), bases, problems) for name in names}
    return {name: setting for name, setting in read.items() if setting is not None}


def _value_at(located: Located, at: At) -> Any:
    value = located.value
    for step in at:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _setting(raw: Any, located: Located, at: At, bases: Mapping[str, Basis], problems: list[Problem]) -> Setting | None:
    if not isinstance(raw, dict):
        if not _holds_number(raw):
            return Setting(raw, None, located.place(at), located.place(at, key=True))
        problems.append(Problem(located.place(at), _WANTS_BASIS, dotted(at), _HOW))
        return None
    faults = list(_measure_faults(raw, located, at, bases))
    problems.extend(faults)
    if faults:
        return None
    basis = bases[raw["basis"]] if "basis" in raw else None
    return Setting(raw["value"], basis, located.place((*at, "value")), located.place(at, key=True))


def _measure_faults(raw: dict[str, Any], located: Located, at: At, bases: Mapping[str, Basis]) -> Iterator[Problem]:
    unknown = raw.keys() - {"value", "basis"}
    for name in unknown:
        place = located.place((*at, name), key=True)
        yield Problem(place, Text("未知的名称", "unknown name"), dotted((*at, name)), nearest(name, ["value", "basis"]))
    if "value" not in raw and not unknown:
        yield Problem(located.place(at), Text("缺少 value", "value is missing"), dotted(at), _HOW)
    basis = raw.get("basis")
    if basis is None and not unknown and _holds_number(raw.get("value")):
        yield Problem(located.place(at), _WANTS_BASIS, dotted(at), _HOW)
    elif basis is not None and (not isinstance(basis, str) or basis not in bases):
        shown = quoted(basis)
        text = Text(f"bases 中没有依据 {shown}", f"bases has no {shown}")
        yield Problem(located.place((*at, "basis")), text, dotted(at), nearest(str(basis), bases))


def _holds_number(value: Any) -> bool:
    if isinstance(value, list):
        return any(_holds_number(item) for item in value)
    return isinstance(value, int | float) and not isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Bound:
    """Settings held against a declaration.

    ``missing`` must be given and are not; ``defaults`` are numbers left to the declaration, hence without a basis.
    """

    values: dict[str, Any]
    problems: tuple[Problem, ...] = ()
    unverified: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    defaults: tuple[str, ...] = ()


def bound(settings: Settings, declared: Declared, what: str) -> Bound:
    """``settings`` as the values of declared parameters; ``what`` names their owner in problems."""
    values = {name: setting.value for name, setting in settings.items()}
    unverified = tuple(name for name, setting in settings.items() if setting.unverified)
    schema = declared if isinstance(declared, Mapping) else declared.model_json_schema()
    if not schema:  # of a plugin that did not load, nothing is known
        return Bound(values, unverified=unverified)
    problems = [found for name in settings if (found := _problem(name, settings[name], schema, what))]
    missing = [f"{what}.{name}" for name in schema.get("required", ()) if name not in settings]
    if not (problems or missing or isinstance(declared, Mapping)):
        problems = list(_deep_problems(declared, values, settings, what))
    left = _numbers(schema) - settings.keys()
    return Bound(values, tuple(problems), unverified, tuple(missing), tuple(sorted(left)))


def _problem(name: str, setting: Setting, schema: Schema, what: str) -> Problem | None:
    properties: Mapping[str, Any] = schema.get("properties", {})
    if name not in properties:
        text = Text("没有这个参数", "no such parameter")
        return Problem(setting.name_place or setting.place, text, f"{what}.{quoted(name)}", nearest(name, properties))
    found = fault(setting.value, properties[name], schema)
    return Problem(setting.place, found[0], f"{what}.{name}", found[1]) if found else None


def _deep_problems(model: type[BaseModel], values: dict[str, Any], settings: Settings, what: str) -> Iterator[Problem]:
    """What only the model's own validators know."""
    try:
        model.model_validate(values)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            name = str(details["loc"][0]) if details["loc"] else ""
            place = settings[name].place if name in settings else next(iter(settings.values())).place
            yield Problem(place, words_for(dict(details)), f"{what}.{name}".rstrip("."))


def _numbers(schema: Schema) -> set[str]:
    """The parameters that are numbers."""
    properties: Mapping[str, Any] = schema.get("properties", {})
    numeric = {"integer", "number"}
    return {name for name, place in properties.items() if any(o.get("type") in numeric for o in options(place, schema))}
