"""``evidence.yaml`` → ``Declaration``: strict, bounded, every fault with file, line and column."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from xuncha.config.errors import InvalidError, Place, Problem, UnreadableError
from xuncha.config.validation import dotted, validate
from xuncha.config.yaml import At, Limits, Located, Source, parse_yaml, read_bytes
from xuncha.evidence.identity import holds_resident_id
from xuncha.evidence.meant import as_meant
from xuncha.model.evidence import Backup, Declaration, Emergency, Protection, Staffing
from xuncha.model.text import Text

LIMITS = Limits(bytes=200_000, depth=8, values=5_000)
_WIDE_COLON = re.compile(r"^([ -]*[a-z_]{2,20})[ \t]*：[ \t]*", re.MULTILINE)
LONGEST = 500
"""Characters of one value."""

HOLDS_ID = Text("含有居民身份证号码", "holds a resident ID number")


class ListFile(BaseModel):
    """The sections are the model's own dataclasses, to which this configuration reaches down."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        str_max_length=LONGEST,
        str_strip_whitespace=True,
        coerce_numbers_to_str=True,
        allow_inf_nan=False,
        defer_build=True,
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
    located = parse_yaml(text_of(source), str(source), LIMITS)
    if located.value is None:
        return Declaration()
    problems = [id_told(located, at) for at in personal(located.value)]
    if problems:
        raise InvalidError(problems)
    return declaration_of(validate(ListFile, replace(located, value=as_meant(located.value))))


def declaration_of(file: ListFile) -> Declaration:
    """The list as a value of the model."""
    return Declaration(file.filled_by, file.filled, file.backup, file.emergency, file.protection, file.staffing)


def text_of(source: Source) -> str:
    """The text of a list, with the colons behind names that a Chinese keyboard made wide as YAML has them."""
    return _WIDE_COLON.sub(r"\1: ", _decoded(source))


def _decoded(source: Source) -> str:
    """In UTF-8, in GB18030 as older editors save it, or in what Notepad calls Unicode. Raises UnreadableError."""
    data = read_bytes(source, LIMITS.bytes)
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        with suppress(UnicodeDecodeError):
            return data.decode("gb18030")
        text = Text("既不是 UTF-8 也不是 GBK 编码的文本", "neither UTF-8 nor GBK text")
        hint = Text("请用编辑器另存为 UTF-8", "save it as UTF-8")
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError([Problem(Place(str(source), line), text, hint=hint)]) from None


def personal(value: Any, at: At = ()) -> Iterator[At]:
    """Where resident ID numbers stand, which nobody asked for."""
    if isinstance(value, dict | list):
        for step, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from personal(one, (*at, step))
    elif isinstance(value, str | int) and holds_resident_id(str(value)):
        yield at


def id_told(located: Located, at: At) -> Problem:
    """The number itself is not repeated."""
    hint = Text("佐证材料不需要身份证号码，请删除", "evidence needs none; remove it")
    return Problem(located.place(at), HOLDS_ID, dotted(at), hint)
