"""From cells that differ to the parts of a page that a person would point at."""

from collections.abc import Collection, Iterator

from xuncha.model.looks import Area
from xuncha.tamper.grid import CELL

MOST_REGIONS = 12
_GAP = 2
"""Cells that may lie between two of one region."""

_SMALLEST = 12
_FILLED = 0.35


def boxes_of(cells: Collection[int], columns: int) -> list[Area]:
    """The boxes around groups of cells, the largest first; what is small or scattered is left out."""
    groups = (group for group in _groups(set(cells), columns) if len(group) >= _SMALLEST)
    found = sorted(((_around(group, columns), len(group)) for group in groups), key=lambda one: -one[1])
    dense = [box for box, size in found if size * CELL * CELL >= _FILLED * box.pixels]
    return dense[:MOST_REGIONS]


def _groups(left: set[int], columns: int) -> Iterator[list[int]]:
    while left:
        group = [left.pop()]
        for at in group:
            near = [other for other in _neighbours(at, columns) if other in left]
            left.difference_update(near)
            group += near
        yield group


def _neighbours(at: int, columns: int) -> Iterator[int]:
    row, column = divmod(at, columns)
    for down in range(row - _GAP, row + _GAP + 1):
        for right in range(max(column - _GAP, 0), min(column + _GAP, columns - 1) + 1):
            yield down * columns + right


def _around(group: Collection[int], columns: int) -> Area:
    rows, lefts = [at // columns for at in group], [at % columns for at in group]
    left, top = min(lefts), min(rows)
    return Area(left * CELL, top * CELL, (max(lefts) - left + 1) * CELL, (max(rows) - top + 1) * CELL)
