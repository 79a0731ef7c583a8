"""Pieces of text that have places on a page, put into lines in the order of reading."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SAME_LINE = 2.0
"""Millimetres by which the pieces of one line may differ in height; a line of small print is some 4 mm high."""

_APART = 1.5
"""Millimetres between two pieces from which they are words apart, such as the cells of a table."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that stands together; millimetres from the upper left corner of the page.

    ``sure`` is the per cent of confidence with which it was read from a picture.
    """

    x: float
    y: float
    width: float
    text: str
    sure: int = 100


@dataclass(frozen=True, slots=True)
class Line:
    """``sure`` is that of its least certain piece."""

    text: str
    sure: int


def lines(pieces: Sequence[Piece]) -> Iterator[Line]:
    """The pieces as lines; pieces that stand apart are separated by a tab."""
    line: list[Piece] = []
    for piece in sorted(pieces, key=lambda one: (one.y, one.x)):
        if line and piece.y - line[0].y > _SAME_LINE:
            yield _joined(line)
            line = []
        line.append(piece)
    if line:
        yield _joined(line)


def _joined(line: list[Piece]) -> Line:
    line.sort(key=lambda one: one.x)
    words = [line[0].text]
    for before, piece in pairwise(line):
        words += ["\t"] * (piece.x - (before.x + before.width) > _APART) + [piece.text]
    return Line("".join(words), min(one.sure for one in line))
