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
    return len(text) if text.isascii() else sum(map(_WIDTHS.__getitem__, text))


def units(text: str) -> list[str]:
    """The parts of ``text`` that stay on one line, and the spaces between them; together they are ``text``."""
    return [unit for unit in _UNIT.findall(text) if unit]


def folded(text: str, width: int) -> Iterator[str]:
    """The lines of ``text``, each at most ``width`` cells wide."""
    line, taken = "", 0
    for unit in units(text):
        wide = cells(unit)
        if taken + wide <= width or taken + cells(unit.rstrip()) <= width:
            line, taken = line + unit, taken + wide
            continue
        if line.strip():
            yield line.rstrip()
        *whole, line = _cut(unit.lstrip(), width)
        taken = cells(line)
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
    if unit.isascii():
        return [unit[at : at + width] for at in range(0, len(unit), width)] or [""]
    pieces, taken = [""], 0
    for char in unit:
        needed = _WIDTHS[char]
        if pieces[-1] and taken + needed > width:
            pieces.append("")
            taken = 0
        pieces[-1] += char
        taken += needed
    return pieces


class _Widths(dict[str, int]):
    """Of characters, each looked up once."""

    def __missing__(self, char: str) -> int:
        wide = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        self[char] = 0 if unicodedata.combining(char) else wide
        return self[char]


_WIDTHS = _Widths()
