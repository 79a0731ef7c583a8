"""How a cell of a spreadsheet reads as text, whatever library found it."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

_LONGEST = 1e21
WIDEST = 1_000
"""Columns that are read of a row."""


def row(cells: Iterable[object]) -> str:
    """A row as one line; empty cells at its end are left out."""
    return "\t".join(map(cell, cells)).rstrip("\t")


def cell(value: object) -> str:
    """A cell's value as a reader sees it, on one line."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case float():
            return _number(value)
        case datetime():
            return value.isoformat(" ", "seconds").removesuffix(" 00:00:00")
        case date():
            return value.isoformat()
        case _:
            return " ".join(str(value).split())


def _number(value: float) -> str:
    """As many digits as a spreadsheet keeps; a long whole number with noughts for the rest."""
    digits = f"{value:.15g}"
    return format(Decimal(digits), "f") if value.is_integer() and abs(value) < _LONGEST else digits
