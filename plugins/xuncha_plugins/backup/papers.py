"""Documents that were handed in about backups, passage by passage; and the facts read from them."""

import asyncio
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from xuncha.api import (
    Documents,
    Evidence,
    Files,
    OneOf,
    Passage,
    Piece,
    masked_excerpt,
    probe,
)
from xuncha_plugins.backup.facts import (
    Dated,
    DrillRead,
    Lasting,
    Named,
    OffsiteRead,
    PolicyRead,
    RecordRead,
    Unread,
)
from xuncha_plugins.backup.words import ELEMENTS, WORDS, cycle_days, times_taken
from xuncha_plugins.evidence.days import days as days_in
from xuncha_plugins.evidence.days import days_of
from xuncha_plugins.evidence.denials import denials, is_denied
from xuncha_plugins.evidence.doubts import Doubt, doubts, is_blank, plain_failures, telling
from xuncha_plugins.evidence.reading import MOST_LINES, read_piece
from xuncha_plugins.evidence.spelling import plain

_KEPT = 3
"""Passages kept of each thing that is named."""

_DAYS_KEPT = 40
_TIMES_KEPT = 10
_LABEL = 20
"""Characters before a day that tell what happened on it."""

_FEW_TITLES = 2
"""So many cells of a row that name things make it the heading of a table."""

_HEADING = re.compile(
    r"\s*[^。；，\n]{0,40}(?:制度|办法|规定|方案|细则|规程|规范|通知|记录|报告|证明|登记表|纪要)\s*(?:[(（][^)）]{0,12}[)）])?\s*$|\s*(?:\S{1,6}[:：])?为(?:了|加强|做好|规范|进一步)[^。\n]{0,60}(?:如下|制定本\S{2,4})[:：。]?\s*$"
)
"""Titles and purposes name what a document is about, not what it rules."""


@dataclass(slots=True)
class Papers:
    """What was read of the documents of a piece."""

    passages: list[Passage] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    _even: list[tuple[Passage, str, bool]] = field(init=False)
    """Each passage with its text in one form, and whether it is a title."""

    def __post_init__(self) -> None:
        texts = [(one, plain(one.text)) for one in self.passages]
        self._even = [(one, text, bool(_HEADING.match(text))) for one, text in texts]

    @property
    def characters(self) -> int:
        return sum(len(one.text) for one in self.passages)

    def named(
        self, what: str, pattern: re.Pattern[str], most: int = _KEPT, *, blank: bool = False
    ) -> tuple[Named, ...]:
        """The first passages that a pattern is found in, unless they deny it or, but for ``blank``, leave it blank."""
        found = self._with(pattern, titles=False)
        fitting = (one for one, text in found if blank or not is_blank(text))
        return _first(fitting, what, pattern, most)

    def titled(self, what: str, pattern: re.Pattern[str]) -> tuple[Named, ...]:
        """The first title that a pattern is found in."""
        return _first((one for one, _ in self._with(pattern, titles=True)), what, pattern, 1)

    def _with(self, pattern: re.Pattern[str], *, titles: bool) -> Iterator[tuple[Passage, str]]:
        return ((one, text) for one, text, title in self._even if title is titles and pattern.search(text))


def _first(given: Iterable[Passage], what: str, pattern: re.Pattern[str], most: int) -> tuple[Named, ...]:
    found = (one for one in given if not is_denied(one.text, pattern))
    return tuple(Named(what, masked_excerpt(one.text), one.locator) for one in islice(found, most))


async def read(evidence: Evidence, piece: Piece, files: Files, documents: Documents) -> Papers:
    """The documents of a piece; one that can't be read, or not to its end, does not keep us from the others."""
    found = await read_piece(evidence, piece, files, documents)
    unread = [Unread(one.at, one.reason) for one in found.unread]
    return await asyncio.to_thread(Papers, list(found.lines), unread)


@probe(provides=PolicyRead, needs=(Evidence,), requests=0, connections=0, deadline=120)
async def policy_read(evidence: Evidence, files: Files, documents: Documents) -> PolicyRead:
    """What the backup policy names, and where."""
    return await asyncio.to_thread(_policy, await read(evidence, Piece.BACKUP_POLICY, files, documents))


def _policy(papers: Papers) -> PolicyRead:
    named = [*islice(_below_headings(papers), _DAYS_KEPT), *(one for what in ELEMENTS for one in _named(papers, what))]
    maybe = [one for what in ELEMENTS for one in _maybe(papers, what)]
    about = any(WORDS.policy.about.search(plain(one.text)) for one in papers.passages)
    on_cycles = papers.named("cycle", WORDS.policy.cycle, MOST_LINES)
    cycles = {days for one in on_cycles for days in cycle_days(one.text)}
    return PolicyRead(
        tuple(sorted(named, key=lambda one: ELEMENTS.index(one.what))),
        about,
        papers.characters,
        tuple(sorted(cycles)),
        tuple(papers.unread),
        tuple(maybe),
        denials(papers.passages, WORDS.policy.about, intents=False),
        doubts(papers.passages, Doubt.BLANK, Doubt.REPEALED, Doubt.HOLLOW),
        _only_here(papers),
    )


def _only_here(papers: Papers) -> tuple[Named, ...]:
    """Where the policy keeps copies on the very machine, and none anywhere else."""
    elsewhere = papers.named("apart", WORDS.policy.elsewhere, 1)
    return () if elsewhere else papers.named("here", WORDS.policy.here, 1)


def _named(papers: Papers, what: str) -> tuple[Named, ...]:
    return papers.named(what, getattr(WORDS.policy, what))


def _maybe(papers: Papers, what: str) -> tuple[Named, ...]:
    """Where it may be said in words that are not known; else where it is said with something left blank."""
    known = papers.named(what, getattr(WORDS.maybe, what), 1)
    return known or papers.named(what, getattr(WORDS.policy, what), 1, blank=True)


def _below_headings(papers: Papers) -> Iterator[Named]:
    """Cells of a table below the heading that says what they are: 保留, and below it 90天."""
    heading: list[str] = []
    for one in papers.passages:
        cells = [cell.strip() for cell in plain(one.text).split("\t")]
        titles = [_title(cell) for cell in cells]
        if sum(map(bool, titles)) >= _FEW_TITLES:
            heading = titles
        elif len(cells) > 1:
            told = (what for what, cell in zip(heading, cells, strict=False) if what and cell and not is_blank(cell))
            yield from (Named(what, masked_excerpt(one.text), one.locator) for what in dict.fromkeys(told))
        else:
            heading = []


def _title(cell: str) -> str:
    return next((what for what in ELEMENTS if getattr(WORDS.columns, what).fullmatch(cell)), "")


@probe(provides=OffsiteRead, needs=(Evidence,), requests=0, connections=0, deadline=120)
async def offsite_read(evidence: Evidence, files: Files, documents: Documents) -> OffsiteRead:
    """What the proof of the off-site copy says of place and day."""
    papers = await read(evidence, Piece.OFFSITE_COPY, files, documents)
    words = WORDS.offsite
    sought = (("apart", words.apart), ("place", words.place), ("together", words.together))
    return OffsiteRead(await asyncio.to_thread(_record, papers, words.claim, sought, intents=True))


@probe(provides=DrillRead, needs=(Evidence,), requests=0, connections=0, deadline=120)
async def drill_read(evidence: Evidence, files: Files, documents: Documents) -> DrillRead:
    """What the record of the restore drill says of day, time taken and result."""
    papers = await read(evidence, Piece.RESTORE_DRILL, files, documents)
    words = WORDS.drill
    sought = [(what, getattr(words, what)) for what in ("about", "succeeded")]
    record = await asyncio.to_thread(_record, papers, words.claim, sought, intents=False)
    return DrillRead(await asyncio.to_thread(_doubted, record, papers.passages))


def _doubted(record: RecordRead, lines: list[Passage]) -> RecordRead:
    """With what speaks against the drill: failure as its plain result, or words by which one can't tell."""
    failed = tuple(Named("failed", one.words, one.at) for one in plain_failures(lines, WORDS.drill.failed))
    found = doubts(lines, Doubt.FAILED, Doubt.PLANNED, Doubt.HOLLOW)
    return replace(record, named=record.named + failed, doubts=found, short=telling(lines, WORDS.drill.short))


def _record(
    papers: Papers, claim: re.Pattern[str], sought: Iterable[tuple[str, OneOf]], *, intents: bool
) -> RecordRead:
    found_days = days_of([plain(one.text) for one in papers.passages])
    days = [
        Dated(day, masked_excerpt(one.text), one.locator, _is_held(day, plain(one.text)))
        for one, found in zip(papers.passages, found_days, strict=True)
        for day in found
    ]
    lasting = [
        Lasting(taken, masked_excerpt(one.text), one.locator, restoring)
        for one in papers.passages
        for taken, restoring in times_taken(plain(one.text))
    ]
    named = tuple(
        found for what, pattern in sought for found in papers.named(what, pattern) or papers.titled(what, pattern)
    )
    return RecordRead(
        tuple(sorted(days, key=lambda one: not one.held)[:_DAYS_KEPT]),
        tuple(sorted(lasting, key=lambda one: not one.restoring)[:_TIMES_KEPT]),
        named,
        papers.characters,
        tuple(papers.unread),
        denials(papers.passages, claim, intents=intents),
    )


def _is_held(day: date, text: str) -> bool | None:
    """Whether the words before a day say that it is the drill's, or another's; None where they say neither."""
    places = [start for one, start, _ in days_in(text) if one == day] or [len(text)]
    before = [text[max(0, start - _LABEL) : start] for start in places]
    if any(WORDS.drill.not_held.search(one) for one in before):
        return False
    return True if any(WORDS.drill.held.search(one) for one in before) else None
