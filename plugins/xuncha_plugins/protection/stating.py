"""Finds in the lines of a proof what they state: labels with the days behind them, or below them in a table."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from xuncha.api import DocumentLocator, Passage
from xuncha_plugins.evidence.days import days, end_in
from xuncha_plugins.evidence.spelling import plain
from xuncha_plugins.protection.words import WORDS, Label

LONGEST_LABEL = 24
"""Characters of the heading of a column."""

REACH = 30
"""Characters behind a label in which its day begins."""

MOST_IN_LINE = 50
"""Labels of one kind that are looked at in a line."""

NEAR = 100
"""Characters behind a label that are looked at: a period of two days fits in."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A label with what belongs to it: its day where one is named, the words of its cell, the line as ``written``.

    ``number`` counts the lines, ``place`` the characters of the line before it.
    """

    label: Label
    day: date | None
    words: str
    line: str
    at: DocumentLocator
    written: str = ""
    number: int = 0
    place: int = 0


Columns = Mapping[int, Label]


@dataclass(slots=True)
class _Table:
    """The headings above the lines that are being read, and where they stand."""

    part: tuple[str, int | None, str] = ("", None, "")
    columns: Columns = field(default_factory=dict)


def statements(lines: Iterable[Passage]) -> Iterator[Statement]:
    """Everything that the lines state, in their order."""
    table = _Table()
    for number, passage in enumerate(lines):
        place = passage.locator
        part = (place.path, place.page_number, place.sheet)
        if part != table.part:
            table = _Table(part)
        for one in _stated(plain(passage.text), place, table):
            if one.label is not Label.LICENCE or not WORDS.not_licence.search(one.line):
                yield replace(one, written=passage.text, number=number)


def _stated(text: str, at: DocumentLocator, table: _Table) -> Iterator[Statement]:
    cells = text.split("\t")
    below = list(_below(cells, text, at, table.columns))
    if any(one.day for one in below):
        yield from below
        return
    if len(cells) > 1 and not days(text) and (found := _headings(cells)):
        table.columns = found
        return
    yield from _behind(text, at)


def _headings(cells: list[str]) -> Columns:
    labelled = ((index, _label(cell)) for index, cell in enumerate(cells) if len(cell) <= LONGEST_LABEL)
    return {index: label for index, label in labelled if label}


def _label(cell: str) -> Label | None:
    return next((label for label, pattern in WORDS.labels.items() if pattern.search(cell.strip())), None)


def _below(cells: list[str], text: str, at: DocumentLocator, columns: Columns) -> Iterator[Statement]:
    """The cells of a row that stand below a heading."""
    for index, label in columns.items():
        if index < len(cells) and cells[index].strip():
            yield Statement(label, _day(label, cells[index]), cells[index].strip(), text, at)


def _behind(text: str, at: DocumentLocator) -> Iterator[Statement]:
    """Labels within a line, each with the day behind it; a day that stands alone is that of the document."""
    alone = days(text)
    if len(alone) == 1 and not (text[: alone[0][1]] + text[alone[0][2] :]).strip():
        yield Statement(Label.HELD, alone[0][0], text, text, at)
    for day, start, end in alone:
        clause = re.split(r"[,，。;；]", text[max(0, start - REACH) : start])[-1]
        if WORDS.ending.word.match(text[end:]) and WORDS.ending.before.search(clause):
            yield Statement(Label.LICENCE, day, clause, text, at, place=start)
    for label, pattern in WORDS.labels.items():
        if label is Label.STATE:
            continue
        for found in islice(pattern.finditer(text), MOST_IN_LINE):
            rest = text[found.end() : found.end() + NEAR]
            first = next(iter(days(rest)), None)
            if first and first[1] <= REACH and _belongs(label, text[: found.start()], rest[: first[1]]):
                yield Statement(label, _day(label, rest), rest, text, at, place=found.start())


def _belongs(label: Label, before: str, between: str) -> bool:
    """Whether the day behind ``between`` is that of the label; that of a licence stands close to its word."""
    if _parted(between):
        return False
    close = WORDS.reaches.search(between.replace("\t", " ")) and not WORDS.endless.search(before[-REACH:])
    return label is not Label.LICENCE or bool(close)


def in_force(told: Iterable[Statement]) -> Iterator[Statement]:
    """Without licences of which the same line says that a later one took their place."""
    given = list(told)
    latest: dict[int, date] = {}
    for one in given:
        if one.label is Label.LICENCE and one.day:
            latest[one.number] = max(one.day, latest.get(one.number, one.day))
    for one in given:
        later = one.label is Label.LICENCE and one.day and one.day < latest[one.number]
        if not (later and _was_replaced(one)):
            yield one


def _was_replaced(one: Statement) -> bool:
    behind, before = one.line[one.place : one.place + NEAR], one.line[max(0, one.place - REACH) : one.place]
    return bool(WORDS.renewed.search(behind) or WORDS.former.search(re.split(r"[,，。;；]", before)[-1]))


def _parted(between: str) -> bool:
    """Whether a sentence ends, or more than an empty cell stands, between a label and a day."""
    said = [cell for cell in between.replace(":", " ").split("	") if cell.strip()]
    return len(said) > 1 or bool(re.search(r"[。;；!?]", between))


def _day(label: Label, text: str) -> date | None:
    """The first day in ``text``; where it is a period of which the end counts, its end."""
    if label is Label.LICENCE:
        return end_in(text)
    return next((day for day, _, _ in days(text)), None)
