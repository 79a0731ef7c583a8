"""What a JSON Schema (as pydantic writes it) says of names, types and ranges. Minimal, for our own models only.

The parent process imports no plugin, so a check's parameters are known to it as a JSON Schema from the catalogue;
this module checks a profile's values against that, and finds the names that would have been allowed at a place.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from xuncha.config.errors import nearest, one_of, quoted
from xuncha.model.text import Text

Schema = Mapping[str, Any]
Fault = tuple[Text, Text | None]


def names_at(schema: Schema, at: tuple[str | int, ...]) -> list[str]:
    """The names of the fields of the object at this path of a document; empty where any name is allowed."""
    places = [schema]
    for step in at:
        places = [below for place in places for below in _below(place, step, schema)]
    return sorted({name for place in places for option in options(place, schema) for name in _properties(option)})


def options(place: Schema, root: Schema) -> Iterator[Schema]:
    """The alternatives that a schema allows, references followed."""
    if "$ref" in place:
        yield from options(_resolve(str(place["$ref"]), root), root)
        return
    branches = [branch for key in ("anyOf", "oneOf", "allOf") for branch in place.get(key, ())]
    for branch in branches:
        yield from options(branch, root)
    if not branches:
        yield place


def _resolve(reference: str, root: Schema) -> Schema:
    place: Any = root
    for step in reference.removeprefix("#/").split("/"):
        place = place.get(step, {})
    return place if isinstance(place, Mapping) else {}


def _properties(place: Schema) -> Schema:
    found: Schema = place.get("properties", {})
    return found


def _below(place: Schema, step: str | int, root: Schema) -> Iterator[Schema]:
    for option in options(place, root):
        found = option.get("items") if isinstance(step, int) else _properties(option).get(step, _any_name(option))
        if isinstance(found, Mapping):
            yield found


def _any_name(option: Schema) -> Any:
    """The schema of entries whose name is free; constrained names stand under ``patternProperties``."""
    return next(iter(option.get("patternProperties", {}).values()), option.get("additionalProperties"))


def fault(value: Any, place: Schema, root: Schema) -> Fault | None:
    """What is wrong with ``value``, with a hint; None when one of the alternatives allows it."""
    faults = [_fault(value, option, root) for option in options(place, root)]
    if not faults or None in faults:
        return None
    told = [found for found in faults if found is not None]
    return next((found for found in told if found[0] is not _WRONG_TYPE), told[0])


_WRONG_TYPE = Text("类型不对", "wrong type")
_TYPES: dict[str, tuple[tuple[type, ...], Text]] = {
    "integer": ((int,), Text("应为整数", "should be a whole number")),
    "number": ((int, float), Text("应为数字", "should be a number")),
    "string": ((str,), Text("应为文字", "should be text")),
    "boolean": ((bool,), Text("应为 true 或 false", "should be true or false")),
    "array": ((list,), Text("应为列表", "should be a list")),
    "object": ((dict,), Text("应写成“名称: 取值”的形式", "should be a mapping")),
    "null": ((type(None),), Text("应为空", "should be empty")),
}


def _fault(value: Any, option: Schema, root: Schema) -> Fault | None:
    allowed = option.get("enum", [option["const"]] if "const" in option else None)
    if allowed is not None:
        return None if value in allowed else _not_allowed(value, [str(choice) for choice in allowed])
    kind = option.get("type")
    if kind == "integer" and isinstance(value, float) and value.is_integer():
        value = int(value)
    if option.get("format") == "duration":  # pydantic takes seconds as well
        kind = "number" if isinstance(value, int | float) else kind
    if kind in _TYPES and not _is(value, *_TYPES[kind][0]):
        return _WRONG_TYPE, _TYPES[kind][1]
    if isinstance(value, list):
        return _list_fault(value, option, root)
    return _range_fault(value, option)


def _is(value: Any, *types: type) -> bool:
    return isinstance(value, types) and (bool in types or not isinstance(value, bool))


def _not_allowed(value: Any, allowed: list[str]) -> Fault:
    shown = quoted(value)
    return Text(f"{shown} 不是允许的取值", f"{shown} is not allowed"), nearest(str(value), allowed) or one_of(allowed)


def _list_fault(value: list[Any], option: Schema, root: Schema) -> Fault | None:
    items = option.get("items", {})
    return next((found for item in value if (found := fault(item, items, root))), None)


_RANGES: tuple[tuple[str, Callable[[Any, Any], bool], Text], ...] = (
    ("minimum", operator.ge, Text("不能小于 {}", "at least {}")),
    ("exclusiveMinimum", operator.gt, Text("必须大于 {}", "more than {}")),
    ("maximum", operator.le, Text("不能大于 {}", "at most {}")),
    ("exclusiveMaximum", operator.lt, Text("必须小于 {}", "less than {}")),
)


def _range_fault(value: Any, option: Schema) -> Fault | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    for key, holds, words in _RANGES:
        limit = option.get(key)
        if limit is not None and not holds(value, limit):
            text = Text(f"{value} 超出范围", f"{value} is out of range")
            return text, Text(words.zh.format(limit), words.en.format(limit))
    return None
