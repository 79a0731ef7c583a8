"""How a cell of a spreadsheet reads as text, whatever library found it."""

from collections.abc import Iterable
from datetime import date, datetime

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
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"  # noqa: PLR2004 - as many digits as a spreadsheet keeps
        case datetime():
            return value.isoformat(" ", "seconds").removesuffix(" 00:00:00")
        case date():
            return value.isoformat()
        case _:
            return " ".join(str(value).split())
