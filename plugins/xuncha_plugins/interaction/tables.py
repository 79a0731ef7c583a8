"""Tables of letters whose head names what each cell holds: where a cell is empty that other rows have filled."""

from collections.abc import Sequence

from xuncha.api import Page
from xuncha_plugins.interaction.labels import kind_of

NO_STATE = "no state"
"""In place of a kind: the table has no column for it."""

_ROWS = "tr:not(:has(tr))"
_CELLS = f"{_ROWS}, {_ROWS} > td, {_ROWS} > th"
_UNREAD = "td:has(img, script, input, select, iframe, i:empty, em:empty, span:empty)"
_KINDS = ("answered", "state")
_NOTHING = frozenset({"", "-", "--", "—", "——", "/", "无", "\xa0"})


def blanks(page: Page) -> dict[int, frozenset[str]]:
    """Of each row, by its place among the rows, the kinds (``answered``, ``state``) that are shown empty in it.

    Only where another row has them, and where nothing but words could stand in the cell.
    """
    rows = _rows(page)
    head = next((at for at, row in enumerate(rows[:3]) if "answered" in map(kind_of, row)), None)
    if head is None or page.select(_UNREAD):
        return {}
    kinds = [kind_of(cell) for cell in rows[head]]
    places = {kind: kinds.index(kind) for kind in _KINDS if kind in kinds}
    below = [(at, row) for at, row in enumerate(rows) if at > head and len(row) == len(kinds)]
    used = {kind: at for kind, at in places.items() if any(_filled(row, at) for _, row in below)}
    bare = frozenset[str]() if "state" in places else frozenset({NO_STATE})
    return {number: bare | {kind for kind, at in used.items() if not _filled(row, at)} for number, row in below}


def _filled(row: Sequence[str], at: int) -> bool:
    return row[at].strip() not in _NOTHING


def _rows(page: Page) -> list[list[str]]:
    """The words of the cells, row by row; of a long table the last row may be cut off."""
    rows: list[list[str]] = []
    for element in page.select(_CELLS):
        if element.tag == "tr":
            rows.append([])
        elif rows:
            rows[-1].append(element.text)
    return rows
