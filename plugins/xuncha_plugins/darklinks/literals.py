"""String literals of JavaScript: where they stand in a script and what they say. The time grows with the length."""

import re
from collections.abc import Iterator

STRING = r"""(?:"[^"\\\n]*+(?:\\(?:\r\n|[\s\S])[^"\\\n]*+)*+"|'[^'\\\n]*+(?:\\(?:\r\n|[\s\S])[^'\\\n]*+)*+')"""
TEMPLATE = r"`[^`\\]*+(?:\\[\s\S][^`\\]*+)*+`"
_ELSE = r"|\\[\s\S]"
"""An escape outside of any literal, or in one that never ends. Searching must not begin again at the quote in it."""

_JOINED = re.compile(rf"{STRING}(?:\s*\+\s*{STRING})*+{_ELSE}")
_TEMPLATE = re.compile(TEMPLATE + _ELSE)
_ONE = re.compile(STRING)
_HOLE = re.compile(r"\$\{[^{}]{0,200}\}")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,5})\}|\r\n|([\s\S]))")
_SIMPLE = {"n": "\n", "r": "\n", "t": "\t", "b": "", "f": "", "v": "", "\n": ""}
_MOST_CODE = 0x10FFFF


def runs(script: str) -> Iterator[str]:
    """The literals between plain quotes as they are written, those with ``+`` between them as one."""
    return (found[0] for found in _JOINED.finditer(script) if found[0][0] != "\\")


def literals(run: str) -> list[str]:
    """Those that a run consists of."""
    return _ONE.findall(run)


def strings(script: str) -> Iterator[str]:
    """What the literals say, those with ``+`` between them as one. Then the template literals.

    These are looked for by themselves: a single such quote in a comment does not swallow the strings that follow.
    """
    for run in runs(script):
        yield "".join(map(read_literal, literals(run)))
    if "`" in script:
        yield from (read_literal(found[0]) for found in _TEMPLATE.finditer(script) if found[0][0] == "`")


def read_literal(literal: str) -> str:
    """What stands between the quotes of a literal, its escapes undone; without what a template puts into itself."""
    text = literal[1:-1]
    if literal[0] == "`":
        text = _HOLE.sub("", text)
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def by_code(code: int) -> str:
    """The character of this number; empty where there is none."""
    return chr(code) if code <= _MOST_CODE and not 0xD800 <= code < 0xE000 else ""  # noqa: PLR2004 - surrogates


def _character(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        return by_code(int(code, 16))
    return _SIMPLE.get(found[4], found[4]) if found[4] else ""
