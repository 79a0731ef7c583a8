"""``python -m xuncha.selfcheck.workbook``: a workbook on standard input, its cells as JSON on standard output.

The one argument says what is wanted of it, as ``Wanted`` in JSON; without one, everything that a form may hold.
Formulas are not computed: a cell that has one gives what the program that saved it had shown there. Runs confined and
bounded like the reader of documents, and may be lost.
"""

import json
import logging
import re
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

from xuncha.documents import office
from xuncha.documents.archive import Archive
from xuncha.documents.kinds import kind_of
from xuncha.documents.limits import CONVERTING, NORMAL, confine, limit
from xuncha.documents.refusal import OutOfTimeError, RefusedError
from xuncha.model.documents import DocumentKind
from xuncha.model.reasons import Reason

MAX_SHEETS = 50
MAX_CELLS = 200_000
"""Cells that hold something, all sheets together; a form for a thousand websites has 40,000."""

MAX_COLUMNS = 200
MIN_HEADINGS = 2
"""So many of the wanted headings make a row the header."""

MAX_TEXT = 4_000
_READ = frozenset({DocumentKind.ODS, DocumentKind.XLSB, DocumentKind.XLSX})
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much may be read: ``cells`` in all, ``seconds`` of processor time, bytes ``unpacked``.

    ``columns``: from the row on that has these headings, only what stands below them; all columns where it is empty.
    """

    cells: int = MAX_CELLS
    seconds: int = NORMAL.seconds
    unpacked: int | None = None
    columns: tuple[str, ...] = ()


EVERYTHING = Wanted()


def main() -> None:
    """Read, confined and bounded; say what came of it."""
    confine()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    wanted = Wanted(**json.loads(sys.argv[1])) if sys.argv[1:] else EVERYTHING
    sys.stdout.write(json.dumps(answer(sys.stdin.buffer.read(), wanted)))


def answer(body: bytes, wanted: Wanted = EVERYTHING) -> dict[str, Any]:
    """The sheets of a workbook, or why there are none. Bounds hold for the rest of this process."""
    try:
        limit(replace(CONVERTING, seconds=max(CONVERTING.seconds, wanted.seconds)))
        kind = kind_of(body)
        if kind not in _READ:
            raise RefusedError(Reason.DOCUMENT_UNSUPPORTED, kind)  # noqa: TRY301 - one way out for all refusals
        if kind in office.BECOMES:
            body = office.convert(body, kind)
        else:
            limit(replace(NORMAL, seconds=wanted.seconds))
        return {"sheets": list(sheets(body, wanted))}
    except RefusedError as refused:
        return {"refused": refused.reason, "detail": refused.detail[:300]}
    except (OutOfTimeError, MemoryError, RecursionError) as stop:
        return {"refused": Reason.DOCUMENT_TOO_LARGE, "detail": type(stop).__name__}
    except Exception as error:  # noqa: BLE001 - a library that loses its way in a broken file raises nearly anything
        return {"refused": Reason.DOCUMENT_DAMAGED, "detail": f"{type(error).__name__}: {str(error)[:200]}"}


def sheets(body: bytes, wanted: Wanted = EVERYTHING) -> Iterator[dict[str, Any]]:
    """The sheets of an XLSX workbook. Raises RefusedError, and nearly anything for a broken file."""
    archive = Archive(body, wanted.unpacked)
    archive.vet_xml()
    import openpyxl  # noqa: PLC0415 - only once the file is known to be harmless

    book = openpyxl.load_workbook(BytesIO(body), read_only=True, data_only=True, keep_links=False)
    left = wanted.cells
    with closing(book):
        for sheet in book.worksheets[:MAX_SHEETS]:
            part: str = getattr(sheet, "_worksheet_path")  # noqa: B009 - the only way from a sheet to its part
            marks = _marks(archive, part)
            cells = list(_cells(sheet, marks.formulas, left, frozenset(wanted.columns)))
            left -= len(cells)
            yield {
                "title": sheet.title,
                "hidden": sheet.sheet_state != "visible",
                "cells": cells,
                "spans": marks.spans,
                "complete": left > 0,
            }


class _Marks:
    """What the streaming reader does not tell: merged cells, and which cells hold formulas."""

    def __init__(self) -> None:
        self.spans: list[tuple[int, int, int, int]] = []
        self.formulas: set[tuple[int, int]] = set()
        self._at = ""

    def start(self, element: str, attributes: dict[str, str]) -> None:
        match element:
            case "c":
                self._at = attributes.get("r", "")
            case "f":
                if place := _place(self._at):
                    self.formulas.add(place)
            case "mergeCell" if len(self.spans) < MAX_CELLS:
                first, _, last = attributes.get("ref", "").partition(":")
                ends = _place(first), _place(last)
                if ends[0] and ends[1]:
                    self.spans.append((*ends[0], ends[1][0], min(ends[1][1], MAX_COLUMNS)))
            case _:
                pass


def _marks(archive: Archive, part: str) -> _Marks:
    marks = _Marks()
    archive.parse(part.lstrip("/"), marks.start, lambda _element: None)
    return marks


def _place(reference: str) -> tuple[int, int] | None:
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _cells(
    sheet: Any, formulas: set[tuple[int, int]], most: int, headings: frozenset[str]
) -> Iterator[tuple[int, int, str, str, bool]]:
    # The sheet's own word on its size is not asked: it is often wrong, and may be hostile.
    sheet.reset_dimensions()
    columns: list[int] = []
    for row in sheet.iter_rows():
        kept = [row[index] for index in columns if index < len(row)] if columns else row[:MAX_COLUMNS]
        columns = columns or _below(headings, kept)
        for cell in kept:
            if cell.value is None and getattr(cell, "row", None) is None:
                continue
            place = (cell.row, cell.column)
            if cell.value is None and place not in formulas:
                continue
            if most <= 0:
                return
            most -= 1
            yield (*place, shown(cell.value)[:MAX_TEXT], _kind(cell), place in formulas)


def _below(headings: frozenset[str], row: Sequence[Any]) -> list[int]:
    """Where the wanted columns are, once their header has come."""
    found = [index for index, cell in enumerate(row) if headings and str(cell.value).strip() in headings]
    return found if len(found) >= MIN_HEADINGS else []


def _kind(cell: Any) -> str:
    if cell.data_type == "e":
        return "error"
    match cell.value:
        case bool():
            return "bool"
        case int() | float():
            return "number"
        case date():
            return "date"
        case _:
            return "text"


def shown(value: object) -> str:
    """A cell's value as a person would type it; a whole number without a point, a day without a time."""
    match value:
        case bool():
            return str(value).lower()
        case float() if value.is_integer() and abs(value) < 1e18:  # noqa: PLR2004 - longer ones are no numbers to anybody
            return str(int(value))
        case float():
            return f"{value:.15g}"
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case _:
            return "" if value is None else str(value)


if __name__ == "__main__":
    main()
