"""Shorthands of four edges."""

from collections.abc import Sequence
from typing import TypeVar

_T = TypeVar("_T")


def each_edge(values: Sequence[_T]) -> list[_T]:
    """One to four values as top, right, bottom and left have them (CSS Positioned Layout 3)."""
    return [values[at if at < len(values) else at - 2 if at - 2 in range(len(values)) else 0] for at in range(4)]
