"""XLSX through openpyxl: the stored values, sheet by sheet, hidden ones too (what they hold is published as well)."""

import re
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from typing import Any

from xuncha.documents.archive import Archive
from xuncha.documents.asides import note_asides
from xuncha.documents.cells import WIDEST, row
from xuncha.documents.collected import Collected
from xuncha.model.documents import Where

_PICTURES = re.compile(r"xl/media/.+", re.IGNORECASE)
_DRAWINGS = re.compile(r"xl/drawings/[^/]+\.xml", re.IGNORECASE)


def read_xlsx(body: bytes, collected: Collected) -> None:
    """Every sheet of a workbook."""
    archive = Archive(body)
    archive.vet_xml()
    import openpyxl  # noqa: PLC0415 - heavy, and only workbooks need it

    book = openpyxl.load_workbook(BytesIO(body), read_only=True, data_only=True, keep_links=False)
    with closing(book):
        for sheet in book.worksheets:
            collected.add(Where.SHEET, sheet.title, _rows(sheet, collected), hidden=sheet.sheet_state != "visible")
    for name in filter(_DRAWINGS.fullmatch, archive):
        archive.parse(name, collected.drawings.start, collected.drawings.end)
    collected.note_pictures(sum(1 for name in archive if _PICTURES.fullmatch(name)))
    note_asides(archive, collected)


def _rows(sheet: Any, collected: Collected) -> Iterator[str]:
    # The sheet's own word on its size is not asked: it is often wrong, and may be hostile. Nor is a width given: rows
    # would be filled up to it, and so would the rows between two that are a million apart.
    sheet.reset_dimensions()
    for cells in sheet.iter_rows(values_only=True):
        if not collected.take(1 + len(cells)):
            return
        line = row(collected.within(cells, WIDEST))
        if line:
            yield line
