"""Reads the register of staff: the lines that name declared people, and when it was last looked through."""

import asyncio
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from xuncha.api import (
    DocumentLocator,
    Documents,
    Evidence,
    Files,
    Passage,
    Person,
    Piece,
    masked_excerpt,
    probe,
)
from xuncha_plugins.evidence.days import days
from xuncha_plugins.evidence.denials import denials
from xuncha_plugins.evidence.reading import Shown, Unread, read_piece, rests_on
from xuncha_plugins.evidence.spelling import plain
from xuncha_plugins.staffing import telephones
from xuncha_plugins.staffing.words import WORDS, person, unspread

MOST_ENTRIES = 200
MOST_WORDS = 120
REACH = 10
"""Characters behind a label in which its day begins."""

MOST_IN_LINE = 20
NEAR = 40
"""Characters behind a label that are looked at."""

_YES = re.compile(r"^(?:是|√|✓|专职|[Yy](?:es)?)$")
_NO = re.compile(r"^(?:否|×|兼职|[Nn]o?)$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the register that names a declared person; ``words`` and ``telephones`` are masked.

    ``duty`` is the cell that says what the person does, ``left`` that the person is no longer there.
    """

    name: str
    words: str
    at: DocumentLocator
    telephones: tuple[str, ...] = ()
    full_time: bool | None = None
    duty: str = ""
    left: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """A day on which the register says that it was looked through."""

    day: date
    words: str
    at: DocumentLocator


@dataclass(frozen=True, slots=True)
class RegisterRead:
    """What the register says of declared people. ``lines`` counts what could be read of it.

    ``bears``: the day on which it was looked through, by the declaration, stands in it somewhere. ``denied`` are
    sentences that deny that there are such people.
    """

    entries: tuple[Entry, ...] = ()
    looked: Looked | None = None
    lines: int = 0
    unread: tuple[Unread, ...] = ()
    bears: bool = False
    denied: tuple[Shown, ...] = ()

    @property
    def was_read(self) -> bool:
        """Whether all of it could be read, so that who is not in it is not in it."""
        return self.lines > 0 and not self.unread

    def of(self, name: str) -> tuple[Entry, ...]:
        """The lines that name a person."""
        bare = person(name)
        return tuple(entry for entry in self.entries if entry.name == bare)


@probe(provides=RegisterRead, needs=(Evidence,), requests=0, connections=0, deadline=180)
async def register(evidence: Evidence, files: Files, documents: Documents) -> RegisterRead:
    """Nothing is sent. Lines about people whom nobody declared are not kept."""
    read = await read_piece(evidence, Piece.REGISTER, files, documents)
    staff = evidence.staffing
    people, reviewed = (*staff.team, *staff.editors), staff.register.reviewed
    return await asyncio.to_thread(register_of, read.lines, people, read.unread, reviewed)


def register_of(
    lines: Iterable[Passage], staff: Iterable[Person], unread: tuple[Unread, ...] = (), reviewed: date | None = None
) -> RegisterRead:
    """What ``lines`` say of ``staff``, and whether they bear the day ``reviewed``."""
    names = {person(one.name) for one in staff} | {person(one.deputy) for one in staff if one.deputy}
    given = list(lines)
    entries = tuple(_entries(given, {name for name in names if len(name) > 1}))
    looked = max(_dated(given), key=lambda one: one.day, default=None)
    bears = any(day == reviewed for line in given for day, _, _ in days(plain(line.text))) if reviewed else False
    denied = denials(given, WORDS.registers.claim)
    return RegisterRead(entries[:MOST_ENTRIES], looked, len(given), unread, bears, denied)


def shown_of(people: Iterable[Person], register: RegisterRead) -> Iterator[object]:
    """What the register says of some people, as notes."""
    first = (entry for one in people for entry in register.of(one.name)[:1])
    for shown in dict.fromkeys(Shown(entry.words, entry.at) for entry in first):
        yield from rests_on(shown)


def _entries(lines: Iterable[Passage], names: set[str]) -> Iterator[Entry]:
    heading: list[str] = []
    for passage in lines:
        text = plain(passage.text)
        cells = [cell.strip() for cell in text.split("\t")]
        found = _named(text, cells, names)
        if not found and any(WORDS.registers.full_time.search(cell) or cell == "姓名" for cell in cells):
            heading = cells
        for number, name in enumerate(found):
            shown = masked_excerpt(passage.text, MOST_WORDS)
            if number and len(cells) > 1:  # what stands in a row is of the person that it begins with
                yield Entry(name, shown, passage.locator)
                continue
            known = (*telephones.found_in(text), *_lost_zeros(cells))
            full_time = _full_time(text, cells, heading, name)
            left = len(found) == 1 and bool(WORDS.duties.left.search(text))
            yield Entry(name, shown, passage.locator, known, full_time, _duty(cells), left)


def _duty(cells: list[str]) -> str:
    """The cell of a row that names a post; a sentence may name posts of several people."""
    posts = (cell for cell in cells if WORDS.duties.security.search(cell) or WORDS.duties.other.search(cell))
    return masked_excerpt(next(posts, ""), MOST_WORDS) if len(cells) > 1 else ""


def _named(text: str, cells: list[str], names: set[str]) -> list[str]:
    """Whom a line names: in a row the cells that are names, in a sentence everybody in it."""
    if len(cells) > 1:
        return list(dict.fromkeys(person(cell) for cell in cells if person(cell) in names))
    bare = unspread(text)
    return sorted(name for name in names if name in bare)


def _lost_zeros(cells: Iterable[str]) -> tuple[str, ...]:
    """Cells of nothing but the digits of a telephone whose zero a spreadsheet has dropped."""
    return tuple(f"0{cell}" for cell in cells if telephones.lost_zero(cell))


def _full_time(text: str, cells: list[str], heading: list[str], name: str) -> bool | None:
    if WORDS.duties.part_time.search(text):
        return False
    if WORDS.duties.full_time.search(text):
        return True
    column = next((at for at, cell in enumerate(heading) if WORDS.registers.full_time.search(cell)), None)
    if column is None or len(cells) < 2:  # noqa: PLR2004 - a row has cells
        return None
    at = column + _shift(cells, heading, name)
    cell = cells[at] if 0 <= at < len(cells) else ""
    return True if _YES.match(cell) else False if _NO.match(cell) else None


def _shift(cells: list[str], heading: list[str], name: str) -> int:
    """How far a row stands left of its heading: of merged cells only the first row has any."""
    mine = next(at for at, cell in enumerate(cells) if person(cell) == name)
    theirs = next((at for at, cell in enumerate(heading) if cell == "姓名"), mine)
    return mine - theirs


def _dated(lines: Iterable[Passage]) -> Iterator[Looked]:
    """Days behind 核对日期 and the like, before 修订 and the like (2026年7月修订), or on a line of their own."""
    for passage in lines:
        text = plain(passage.text)
        for day in (*_behind(text), *_before(text), *_alone(text)):
            yield Looked(day, masked_excerpt(passage.text, MOST_WORDS), passage.locator)


def _behind(text: str) -> Iterator[date]:
    for label in islice(WORDS.registers.dated.finditer(text), MOST_IN_LINE):
        yield from (day for day, start, _ in days(text[label.end() : label.end() + NEAR])[:1] if start <= REACH)


def _before(text: str) -> Iterator[date]:
    return (day for day, _, end in days(text) if WORDS.registers.done.match(text[end:]))


def _alone(text: str) -> Iterator[date]:
    return (day for day, start, end in days(text) if not (text[:start] + text[end:]).strip())
