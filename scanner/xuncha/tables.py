"""Data tables: what a plugin knows of words, hosts or systems stands as YAML beside its logic and is read strictly.

A mistake in a table must become neither a silent skip nor a false accusation: unknown names are refused, and so are
empty words and empty patterns, which every text would match.
"""

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetPydanticSchema, field_validator

from xuncha.config.models import Strict
from xuncha.config.validation import refuse, validate
from xuncha.config.yaml import load_yaml

_T = TypeVar("_T", bound=BaseModel)


class Table(Strict):
    """Base of a table and of its entries; fields are declared as in any pydantic model, lists best as tuples.

    A text that may be empty says so: ``Annotated[str, Field(min_length=0)]``.
    """

    model_config = ConfigDict(str_min_length=1)

    @field_validator("*")
    @classmethod
    def _says_something(cls, value: object) -> object:
        if isinstance(value, re.Pattern) and not value.pattern:
            raise refuse("正则表达式不能为空", "an empty pattern matches everything")
        return value


def read_table(kind: type[_T], package: str, name: str) -> _T:
    """The table in the file ``name`` of ``package``; ``__package__`` is the folder of the module that asks.

    Read it once, best while the module is imported: checks may open no file. A file that holds a list is read as a
    ``pydantic.RootModel``.

    Raises:
        ConfigError: not there, not YAML, or not what ``kind`` says; every fault with file:line:column and a hint.
    """
    return validate(kind, load_yaml(files(package) / name))


def _one_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    try:
        return _joined(patterns)
    except re.error:
        number, why = next(found for found in enumerate(_faults(patterns), 1) if found[1])
        zh, en = f"第 {number} 项不是正则表达式：{why}", f"item {number} is not a regular expression: {why}"
        raise refuse(zh, en) from None


def _joined(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _faults(patterns: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with each pattern, alone or after those before it, which may have named the same group."""
    for end in range(1, len(patterns) + 1):
        try:
            _joined(patterns[:end])
        except re.error as error:
            yield error.msg
        else:
            yield ""


_Patterns = Annotated[tuple[str, ...], Field(min_length=1), AfterValidator(_one_of)]

OneOf = Annotated[re.Pattern[str], GetPydanticSchema(lambda _, handler: handler.generate_schema(_Patterns))]
"""A list of regular expressions in the file, a single one in the code: what any of them matches, in whatever case.

Groups are counted through the whole list, so a pattern that refers back names its group.
"""
