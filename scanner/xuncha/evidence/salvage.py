"""A list with mistakes: what can be read of it counts, and what can't is told, line by line.

Else one wrong character would turn a late folder into one of which nothing can be said, which is better than an empty
one; and an office that mistyped a date would have all its papers put aside.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from xuncha.config.errors import ConfigError, InvalidError, Problem
from xuncha.config.validation import validate
from xuncha.config.yaml import At, Located, Source, parse_yaml
from xuncha.evidence.declaration import LIMITS, ListFile, declaration_of, id_told, personal, read_declaration, text_of
from xuncha.evidence.meant import as_meant
from xuncha.model.evidence import Declaration

_MOST_LINES = 20
"""Faulty lines that are left out before a file is given up."""

_ROUNDS = 5
_UNCLOSED = re.compile(r"""[:\-]\s*(?:\[[^\]]*|\{[^}]*|"[^"]*|'[^']*)\s*$""")
_BLANKS = " \t\u3000-"


def salvaged(source: Source) -> tuple[Declaration, tuple[Problem, ...]]:
    """What can be read of a list, and what is wrong with it. Raises nothing for what a list does."""
    try:
        return read_declaration(source), ()
    except ConfigError as error:
        told = error.problems
    try:
        located, broken = _parsed(text_of(source), str(source))
    except ConfigError as error:
        return Declaration(), error.problems
    if not isinstance(located.value, dict):
        return Declaration(), told
    ids = list(personal(located.value))
    problems = [*broken, *(id_told(located, at) for at in ids)]
    declaration, more = _validated(replace(located, value=as_meant(_without(located.value, ids))))
    return declaration, (*problems, *more)


def _parsed(text: str, name: str) -> tuple[Located, tuple[Problem, ...]]:
    """The document without the lines that are no YAML. Raises ConfigError where too much would have to go."""
    lines, left_out = text.splitlines(), list[Problem]()
    while True:
        try:
            return parse_yaml("\n".join(lines), name, LIMITS), tuple(left_out)
        except ConfigError as error:
            number = _faulty_line(lines, (error.problems[0].place.line or 0) - 1)
            if len(left_out) == _MOST_LINES or number is None:
                raise
            place = replace(error.problems[0].place, line=number + 1)
            left_out.append(replace(error.problems[0], place=place, what=_key(lines[number])))
            lines[number] = ""


def _faulty_line(lines: list[str], told: int) -> int | None:
    """The line to leave out: a bracket or quote that is not closed is told of only where the next thing can't be."""
    opened = (number for number, line in enumerate(lines[: told + 1]) if _UNCLOSED.search(line.partition("#")[0]))
    return next((number for number in (*opened, told) if _is_leaf(lines, number)), None)


def _is_leaf(lines: list[str], number: int) -> bool:
    """Whether a line stands for itself: without those deeper below it, which would come under another name."""
    if not 0 <= number < len(lines) or not lines[number].strip():
        return False
    following = next((line for line in lines[number + 1 :] if line.strip()), "")
    return _indent(following) <= _indent(lines[number])


def _key(line: str) -> str:
    """The name that a line begins with."""
    name, colon, _ = line.strip(_BLANKS).partition(":")
    return name if colon and name.isidentifier() else ""


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(_BLANKS))


def _validated(located: Located) -> tuple[Declaration, list[Problem]]:
    """What fits of a document: whatever is refused is left out, and the rest looked at again."""
    problems: list[Problem] = []
    for _ in range(_ROUNDS):
        try:
            return declaration_of(validate(ListFile, located)), problems
        except InvalidError as error:
            problems += [one for one in error.problems if one not in problems]
        faulty = _faulty(located.value)
        located = replace(located, value=_without(located.value, faulty))
    return Declaration(), problems


def _faulty(value: Any) -> set[At]:
    try:
        ListFile.model_validate(value)
    except ValidationError as error:
        return {_existing(value, details["loc"]) for details in error.errors(include_url=False)}
    return set()


def _existing(value: Any, loc: tuple[int | str, ...]) -> At:
    """The part of a path that exists; a list where something is missing counts by its entry."""
    path: At = ()
    for step in loc:
        inside = isinstance(value, dict) and step in value
        if not inside and not (isinstance(value, list) and isinstance(step, int) and step < len(value)):
            break
        value, path = value[step], (*path, step)
    return path


def _without(value: Any, faulty: Any, at: At = ()) -> Any:
    """A copy of a document without what stands at these paths."""
    match value:
        case dict():
            return {key: _without(one, faulty, (*at, key)) for key, one in value.items() if (*at, key) not in faulty}
        case list():
            return list(_kept(value, faulty, at))
        case _:
            return value


def _kept(items: list[Any], faulty: Any, at: At) -> Iterator[Any]:
    for number, one in enumerate(items):
        if (*at, number) not in faulty:
            yield _without(one, faulty, (*at, number))
