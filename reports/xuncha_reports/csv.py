"""One line for each finding as CSV (RFC 4180, UTF-8 with BOM), which spreadsheet programs open by a double click."""

import csv
import io

from xuncha.model.text import Lang
from xuncha.store.format import visible
from xuncha.store.result import RunResult
from xuncha_reports.lines import COLUMNS, lines

SUFFIX = "csv"
_BEGINS_A_FORMULA = tuple("=+-@＝＋－＠\t\r|%")


def render(result: RunResult, lang: Lang) -> bytes:
    """A header and a line for each finding, and for each outcome without any."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(column.title.of(lang) for column in COLUMNS)
    writer.writerows([harmless(column.cell(line)) for column in COLUMNS] for line in lines(result, lang))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def harmless(text: str) -> str:
    """A cell that no spreadsheet program takes for a formula; an apostrophe stands before what looks like one."""
    shown = visible(text)
    return f"'{shown}" if shown.startswith(_BEGINS_A_FORMULA) else shown
