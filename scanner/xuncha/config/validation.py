"""From YAML with positions to a validated model, or to every fault in it at its place."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from xuncha.config.errors import InvalidError, Problem, quoted
from xuncha.config.schema import names_at
from xuncha.config.words import hint_for, words_for
from xuncha.config.yaml import At, Located

_M = TypeVar("_M", bound=BaseModel)

# What pydantic calls otherwise where a part of a model is a dataclass.
_AS_IN_MODELS = {"unexpected_keyword_argument": "extra_forbidden"}


def validate(model: type[_M], located: Located, at: At = ()) -> _M:
    """The value at the path ``at`` of a document as a ``model``.

    Raises:
        InvalidError: with all faults, each with its place, zh and en words, and a hint.
    """
    value = located.value
    for step in at:
        value = value[step]
    try:
        return model.model_validate(value)
    except ValidationError as error:
        schema = model.model_json_schema()
        raise InvalidError(problem(details, located, at, schema) for details in _told(error)) from None


def _told(error: ValidationError) -> list[dict[str, Any]]:
    """All errors but that a list is too short only because its items are faulty."""
    found: list[dict[str, Any]] = [
        dict(details) | {"type": _AS_IN_MODELS.get(details["type"], details["type"])}
        for details in error.errors(include_url=False)
    ]
    inside = {details["loc"][:end] for details in found for end in range(len(details["loc"]))}
    return [details for details in found if details["type"] != "too_short" or details["loc"] not in inside]


def problem(details: Mapping[str, Any], located: Located, at: At, schema: Mapping[str, Any]) -> Problem:
    """One pydantic error as a problem at its place."""
    path = _path(details["loc"], located, at)
    kind, loc = details["type"], details["loc"]
    names = names_at(schema, path[len(at) : -1]) if kind == "extra_forbidden" else []
    missing = f".{loc[-1]}" if kind == "missing" else ""
    what = quoted(dotted(path) + missing, 120).lstrip(".")
    about_name = kind in {"extra_forbidden", "missing"} or "[key]" in loc
    return Problem(located.place(path, key=about_name), words_for(details), what, hint_for(details, names))


def _path(loc: tuple[str | int, ...], located: Located, at: At) -> At:
    """The part of pydantic's ``loc`` that exists in the document; it also holds names of union branches."""
    path = at
    for step in loc:
        if (*path, step) in located.values:
            path = (*path, step)
    return path


def dotted(path: At) -> str:
    """A path as people write it: ``items[2].rules``."""
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def refuse(zh: str, en: str) -> PydanticCustomError:
    """An error for validators of our models to raise: its words in both languages."""
    return PydanticCustomError("xuncha", "{en}", {"zh": zh, "en": en})
