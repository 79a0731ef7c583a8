"""Text folded to the width of a terminal.

Chinese has no spaces, so whoever breaks lines at those alone leaves half-empty ones. Here a line ends after any Chinese
character, but neither before a mark that closes nor after one that opens.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

_OPENS, _CLOSES = "（《〈「『“‘【〔", "，。；：、！？）》〉」』”’】〕…"
_UNIT = re.compile(rf"[{_OPENS}]*(?:[!-\u2000]+|\S)?[{_CLOSES}]*|\s+")


def cells(text: str) -> int:
    """Columns of a terminal: a Chinese character takes two, a combining mark none."""
    return sum(map(_width, text))


def units(text: str) -> list[str]:
    """The parts of ``text`` that stay on one line, and the spaces between them; together they are ``text``."""
    return [unit for unit in _UNIT.findall(text) if unit]


def folded(text: str, width: int) -> Iterator[str]:
    """The lines of ``text``, each at most ``width`` cells wide."""
    line = ""
    for unit in units(text):
        if cells(line + unit.rstrip()) <= width:
            line += unit
            continue
        if line.strip():
            yield line.rstrip()
        *whole, line = _cut(unit.lstrip(), width)
        yield from whole
    if line.strip():
        yield line.rstrip()


def joined(parts: Iterable[str], width: int) -> Iterator[str]:
    """``parts`` two blanks apart, as many to a line as go on it; one that is wider than a line is folded."""
    line = ""
    for part in parts:
        if line and cells(f"{line}  {part}") > width:
            yield from folded(line, width)
            line = ""
        line = f"{line}  {part}" if line else part
    yield from folded(line, width)


def _cut(unit: str, width: int) -> list[str]:
    """A unit that is longer than a line, in pieces as long as a line."""
    pieces = [""]
    for char in unit:
        if pieces[-1] and cells(pieces[-1] + char) > width:
            pieces.append("")
        pieces[-1] += char
    return pieces


def _width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
