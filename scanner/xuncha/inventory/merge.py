"""Two inventories become one: new sites are added, known ones updated, and nothing that stood there is lost. Pure."""

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import Self

from xuncha.inventory.fields import SITE_FIELDS, plain, recognise
from xuncha.inventory.rows import Line, Sheet, is_comment, table_in
from xuncha.inventory.sites import same_site, site_id
from xuncha.inventory.values import BadCell, clean, urls


@dataclass(frozen=True, slots=True)
class Merged:
    """The CSV to write, and how many sites were added, updated, and found to say nothing new."""

    data: bytes
    added: int = 0
    updated: int = 0
    known: int = 0


@dataclass(slots=True)
class _Table:
    """Cells as they stand: what is above the header, the header, and the lines below it, comments among them."""

    above: list[list[str]] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    lines: list[list[str]] = field(default_factory=list)

    def column(self, title: str) -> int:
        """Where what stands under ``title`` belongs; a new column where it has none yet."""
        known = _columns(self.header)
        (wanted,) = _columns([title])
        if wanted not in known:
            self.header.append(title)
        return known.get(wanted, len(self.header) - 1)


def merged(own: Sheet | None, other: Sheet, good: Collection[int]) -> Merged | None:
    """``own`` with the sites of ``other`` in it, and in its columns; a cell that is empty in ``other`` changes nothing.

    Args:
        own: None where nothing is to be kept.
        other: a table of sites.
        good: the numbers of its lines that hold a site.

    Returns:
        None where ``own`` has no header that we know, so that nobody can tell what is in it.
    """
    target = _table(own) if own else _Table()
    if target is None:
        return None
    source = _table(other, good)
    assert source, "it has been read"
    counts = _add(target, source)
    return Merged(_written(target), *counts)


def _table(sheet: Sheet, good: Collection[int] | None = None) -> _Table | None:
    """The table in a sheet; of the lines only the ``good`` ones, cleaned, if they are named."""
    if not any(cell.strip() for line in sheet.lines for cell in line.cells):
        return _Table()
    found = table_in(sheet)
    if found is None or found.sort != "sites":
        return None
    body = [list(line.cells) if good is None else [clean(cell) for cell in line.cells]
            for line in found.body if good is None or line.number in good]  # fmt: skip
    if not found.header.number:
        return _Table([], [SITE_FIELDS["urls"].zh], [[cell for cell in cells if cell.strip()] for cells in body])
    above = [list(line.cells) for line in sheet.lines if line.number < found.header.number]
    return _Table(above, list(found.header.cells), body)


def _add(target: _Table, source: _Table) -> tuple[int, int, int]:
    where = [target.column(title) for title in source.header]
    own, others = _columns(target.header), _columns(source.header)
    known = {key: line for line in reversed(target.lines) for key in _Identity.of(own, line).answers_to()}
    added = updated = same = 0
    for cells in source.lines:
        who = _Identity.of(others, cells)
        line = next((known[key] for key in who.asks_for() if key in known), None)
        if line is None:
            target.lines.append(line := [])
            known |= dict.fromkeys(who.answers_to(), line)
            added += _put(line, where, cells)
        elif _put(line, where, cells):
            updated += 1
        else:
            same += 1
    return added, updated, same


def _put(line: list[str], where: list[int], cells: list[str]) -> bool:
    """Write the cells into their columns; whether that changed anything."""
    before = list(line)
    for index, cell in zip(where, cells, strict=False):
        if cell:
            line += [""] * (index + 1 - len(line))
            if clean(line[index]) != cell:
                line[index] = cell
    return line != before


def _columns(header: list[str]) -> dict[str, int]:
    """Columns by what they hold: the field's name, else the words of the title."""
    fields = recognise(header, "sites")
    names = [fields[index].name if index in fields else f" {plain(title)}" for index, title in enumerate(header)]
    return {name: index for index, name in reversed(list(enumerate(names)))}


@dataclass(frozen=True, slots=True)
class _Identity:
    """What tells which site a line means: its id, else its home page, else its name where one of two has no page."""

    id: str
    home: str
    name: str

    @classmethod
    def of(cls, columns: dict[str, int], cells: list[str]) -> Self:
        if not cells or is_comment(Line(0, tuple(cells))):
            return cls("", "", "")
        given, name, entries = (_cell(cells, columns.get(key)) for key in ("id", "name", "urls"))
        try:
            homes = urls(entries)
        except BadCell:
            homes = ()
        known = given or name or homes
        return cls(site_id(given, homes, name) if known else "", same_site(homes[0]) if homes else "", name)

    def answers_to(self) -> list[str]:
        """The keys under which it is found."""
        return [f"{kind} {word}" for kind, word in self._words() if word]

    def asks_for(self) -> list[str]:
        """The keys to look for, the surest first."""
        name = "homeless" if self.home else "name"
        return [f"{kind} {word}" for kind, word in (("id", self.id), ("home", self.home), (name, self.name)) if word]

    def _words(self) -> Iterator[tuple[str, str]]:
        yield from (("id", self.id), ("home", self.home), ("name", self.name))
        yield "homeless", "" if self.home else self.name


def _cell(cells: list[str], index: int | None) -> str:
    return clean(cells[index]) if index is not None and index < len(cells) else ""


def _written(table: _Table) -> bytes:
    """As Excel and WPS write UTF-8."""
    stream = StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows([*table.above, table.header, *table.lines])
    return stream.getvalue().encode("utf-8-sig")
