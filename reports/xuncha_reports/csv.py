"""One line for each finding as CSV (RFC 4180, UTF-8 with BOM), which spreadsheet programs open by a double click."""

import csv
import io
from codecs import BOM_UTF8
from functools import lru_cache

from xuncha.model.text import Lang, Text
from xuncha.store.format import visible
from xuncha.store.result import RunResult, SiteResult
from xuncha_reports.lines import COLUMNS, lines_of_site
from xuncha_reports.marks import draft
from xuncha_reports.writing import Files, in_memory

SUFFIX = "csv"
_DRAFT = Text("注意", "Mind")
"""The last column of a draft says in every line that it is one."""
BEGINS_A_FORMULA = tuple("=+-@＝＋－＠\t\r|%")


def render(result: RunResult, lang: Lang) -> bytes:
    """A header and a line for each finding, and for each outcome without any."""
    return in_memory(writer, result, lang)[".csv"]


def writer(opening: RunResult, lang: Lang, files: Files) -> "_Csv":
    """Writes one file."""
    return _Csv(opening, lang, files)


class _Csv:
    def __init__(self, opening: RunResult, lang: Lang, files: Files) -> None:
        self._opening, self._lang = opening, lang
        out = files.open(".csv")
        out.write(BOM_UTF8)
        self._out = io.TextIOWrapper(out, "utf-8", "replace", newline="")
        self._rows = csv.writer(self._out, quoting=csv.QUOTE_ALL)
        self._mark = [marked] if (marked := draft(opening, lang)) else []
        self._rows.writerow([*(column.title.of(lang) for column in COLUMNS), *(_DRAFT.of(lang) for _ in self._mark)])

    def add(self, site: SiteResult) -> None:
        lines = lines_of_site(self._opening, site, self._lang)
        cells = ([harmless(column.cell(line)) for column in COLUMNS] for line in lines)
        self._rows.writerows([*row, *self._mark] for row in cells)

    def end(self, result: RunResult) -> None:  # noqa: ARG002 - nothing is known at the end only
        self._out.close()


@lru_cache(maxsize=4096)  # names and titles stand in many rows
def harmless(text: str) -> str:
    """A cell that no spreadsheet program takes for a formula; an apostrophe stands before what looks like one."""
    shown = visible(text)
    return f"'{shown}" if shown.startswith(BEGINS_A_FORMULA) else shown
