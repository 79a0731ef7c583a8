"""XLS (BIFF 2 to 8) through xlrd."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import xlrd
from xlrd.biffh import XL_CELL_DATE, XL_CELL_ERROR, XLRDError

from xuncha.documents.cells import WIDEST, row
from xuncha.documents.collected import Collected
from xuncha.documents.refusal import RefusedError
from xuncha.model.documents import Where
from xuncha.model.reasons import Reason


def read_xls(body: bytes, collected: Collected) -> None:
    """Every sheet of a workbook, hidden ones too."""
    with Path(os.devnull).open("w") as nowhere:  # xlrd speaks to a log file
        try:
            book = xlrd.open_workbook(file_contents=body, logfile=nowhere, on_demand=True, ragged_rows=True)
        except XLRDError as error:
            encrypted = "encrypt" in str(error).lower() or "password" in str(error).lower()
            reason = Reason.DOCUMENT_ENCRYPTED if encrypted else Reason.DOCUMENT_DAMAGED
            raise RefusedError(reason, str(error)) from None
        for number in range(book.nsheets):
            sheet = book.sheet_by_index(number)
            collected.add(
                Where.SHEET, sheet.name, _rows(sheet, book.datemode, collected), hidden=bool(sheet.visibility)
            )
            book.unload_sheet(number)


def _rows(sheet: Any, datemode: Literal[0, 1], collected: Collected) -> Iterator[str]:
    for number in range(sheet.nrows):
        cells = sheet.row(number)
        if not collected.take(1 + len(cells)):
            return
        line = row(_value(cell, datemode) for cell in cells[:WIDEST])
        if line:
            yield line


def _value(cell: Any, datemode: Literal[0, 1]) -> object:
    if cell.ctype == XL_CELL_ERROR:
        return ""
    if cell.ctype == XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(cell.value, datemode)
        except (xlrd.XLDateError, ValueError, OverflowError):
            return cell.value
    return cell.value
