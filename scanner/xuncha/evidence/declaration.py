"""``evidence.yaml`` → ``Declaration``: strict, bounded, every fault with file, line and column."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from xuncha.config.errors import InvalidError, Problem
from xuncha.config.validation import dotted, validate
from xuncha.config.yaml import At, Limits, Located, Source, load_yaml
from xuncha.evidence.identity import holds_resident_id
from xuncha.model.evidence import Backup, Declaration, Emergency, Protection, Staffing
from xuncha.model.text import Text

LIMITS = Limits(bytes=200_000, depth=8, values=5_000)
LONGEST = 500
"""Characters of one value."""

_YES_OR_NO = {"是": True, "有": True, "否": False, "无": False, "没有": False}
_ASKED = frozenset({"full_time", "backed_up", "outsourced"})


class _File(BaseModel):
    """The sections are the model's own dataclasses, to which this configuration reaches down."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        str_max_length=LONGEST,
        str_strip_whitespace=True,
        coerce_numbers_to_str=True,
        allow_inf_nan=False,
    )

    filled_by: str = ""
    filled: date | None = None
    backup: Backup = Field(default_factory=Backup)
    emergency: Emergency = Field(default_factory=Emergency)
    protection: Protection = Field(default_factory=Protection)
    staffing: Staffing = Field(default_factory=Staffing)


def read_declaration(source: Source) -> Declaration:
    """What a unit declares; an empty file declares nothing.

    Raises:
        ConfigError: every fault with its place: unknown names, wrong types, resident ID numbers.
    """
    located = load_yaml(source, LIMITS)
    if located.value is None:
        return Declaration()
    problems = list(_personal(located, located.value, ()))
    if problems:
        raise InvalidError(problems)
    file = validate(_File, replace(located, value=_as_meant(located.value)))
    return Declaration(file.filled_by, file.filled, file.backup, file.emergency, file.protection, file.staffing)


def _as_meant(value: Any, name: str = "") -> Any:
    """Without names that stand there empty, as the template leaves them, and with 是 and 否 understood."""
    match value:
        case dict():
            return {key: _as_meant(one, key) for key, one in value.items() if one is not None}
        case list():
            return [_as_meant(one) for one in value]
        case str() if name in _ASKED:
            return _YES_OR_NO.get(value.strip(), value)
        case _:
            return value


def _personal(located: Located, value: Any, at: At) -> Iterator[Problem]:
    """Resident ID numbers, which nobody asked for; the number itself is not repeated."""
    if isinstance(value, dict | list):
        for step, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _personal(located, one, (*at, step))
    elif isinstance(value, str | int) and holds_resident_id(str(value)):
        text = Text("含有居民身份证号码", "holds a resident ID number")
        hint = Text("佐证材料不需要身份证号码，请删除", "evidence needs none; remove it")
        yield Problem(located.place(at), text, dotted(at), hint)
