"""Documents that were handed in about backups, passage by passage; and the facts read from them."""

import asyncio
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from xuncha.api import (
    DocumentLocator,
    Documents,
    Evidence,
    Files,
    Gap,
    OneOf,
    Passage,
    Piece,
    Reason,
    masked_excerpt,
    passages,
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
from xuncha_plugins.backup.words import ELEMENTS, WORDS, cycle_days, minutes
from xuncha_plugins.evidence.days import days_of
from xuncha_plugins.evidence.denials import denials, is_denied
from xuncha_plugins.evidence.spelling import plain

_MOST_BYTES = 32_000_000
_MOST_PASSAGES = 20_000
_KEPT = 3
"""Passages kept of each thing that is named."""

_DAYS_KEPT = 40
_FEW_TITLES = 2
"""So many cells of a row that name things make it the heading of a table."""

_HEADING = re.compile(
    r"\s*[^。；，\n]{0,40}(?:制度|办法|规定|方案|细则|规程|规范|通知|记录|报告|证明|登记表|纪要)\s*$|\s*(?:\S{1,6}[:：])?为(?:了|加强|做好|规范|进一步)[^。\n]{0,60}(?:如下|制定本\S{2,4})[:：。]?\s*$"
)
"""Titles and purposes name what a document is about, not what it rules."""


@dataclass(slots=True)
class Papers:
    """What was read of the documents of a piece."""

    passages: list[Passage] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    @property
    def characters(self) -> int:
        return sum(len(one.text) for one in self.passages)

    def named(self, what: str, pattern: re.Pattern[str], most: int = _KEPT) -> tuple[Named, ...]:
        """The first passages that a pattern is found in, unless they deny it."""
        return self._named(what, pattern, most, titles=False)

    def titled(self, what: str, pattern: re.Pattern[str]) -> tuple[Named, ...]:
        """The first title that a pattern is found in."""
        return self._named(what, pattern, 1, titles=True)

    def _named(self, what: str, pattern: re.Pattern[str], most: int, *, titles: bool) -> tuple[Named, ...]:
        fitting = (one for one in self.passages if bool(_HEADING.match(one.text)) is titles)
        found = (one for one in fitting if pattern.search(plain(one.text)) and not is_denied(one.text, pattern))
        return tuple(Named(what, masked_excerpt(one.text), one.locator) for one in islice(found, most))


async def read(evidence: Evidence, piece: Piece, files: Files, documents: Documents) -> Papers:
    """The documents of a piece; one that can't be read does not keep us from the others."""
    papers = Papers()
    for file in evidence.of(piece):
        place = DocumentLocator(file.path, piece, sha256=file.sha256)
        try:
            body = await asyncio.to_thread(files.read, file.path, _MOST_BYTES)
        except OSError:
            papers.unread.append(Unread(place, Reason.DOCUMENT_DAMAGED))
            continue
        text = await documents.text(body, file.path)
        if isinstance(text, Gap):
            papers.unread.append(Unread(place, text.reason))
            continue
        papers.passages += list(passages(file, text, piece))[: _MOST_PASSAGES - len(papers.passages)]
        if text.unread:
            papers.unread.append(Unread(place, Reason.DOCUMENT_SCANNED))
    return papers


@probe(provides=PolicyRead, needs=(Evidence,), requests=0, connections=0, deadline=120)
async def policy_read(evidence: Evidence, files: Files, documents: Documents) -> PolicyRead:
    """What the backup policy names, and where."""
    papers = await read(evidence, Piece.BACKUP_POLICY, files, documents)
    named = [*islice(_below_headings(papers), _DAYS_KEPT), *(one for what in ELEMENTS for one in _named(papers, what))]
    maybe = [one for what in ELEMENTS for one in papers.named(what, getattr(WORDS.maybe, what), 1)]
    about = any(WORDS.policy.about.search(one.text) for one in papers.passages)
    on_cycles = papers.named("cycle", WORDS.policy.cycle, _MOST_PASSAGES)
    cycles = {days for one in on_cycles for days in cycle_days(one.text)}
    return PolicyRead(
        tuple(sorted(named, key=lambda one: ELEMENTS.index(one.what))),
        about,
        papers.characters,
        tuple(sorted(cycles)),
        tuple(papers.unread),
        tuple(maybe),
        denials(papers.passages, WORDS.policy.about, intents=False),
    )


def _named(papers: Papers, what: str) -> tuple[Named, ...]:
    return papers.named(what, getattr(WORDS.policy, what))


def _below_headings(papers: Papers) -> Iterator[Named]:
    """Cells of a table below the heading that says what they are: 保留, and below it 90天."""
    heading: list[str] = []
    for one in papers.passages:
        cells = [cell.strip() for cell in plain(one.text).split("\t")]
        titles = [_title(cell) for cell in cells]
        if sum(map(bool, titles)) >= _FEW_TITLES:
            heading = titles
        elif len(cells) > 1:
            told = (what for what, cell in zip(heading, cells, strict=False) if what and cell)
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
    return OffsiteRead(
        _record(papers, words.claim, (("apart", words.apart), ("together", words.together)), intents=True)
    )


@probe(provides=DrillRead, needs=(Evidence,), requests=0, connections=0, deadline=120)
async def drill_read(evidence: Evidence, files: Files, documents: Documents) -> DrillRead:
    """What the record of the restore drill says of day, time taken and result."""
    papers = await read(evidence, Piece.RESTORE_DRILL, files, documents)
    words = WORDS.drill
    return DrillRead(
        _record(
            papers,
            words.claim,
            [(what, getattr(words, what)) for what in ("about", "failed", "succeeded")],
            intents=False,
        )
    )


def _record(
    papers: Papers, claim: re.Pattern[str], sought: Iterable[tuple[str, OneOf]], *, intents: bool
) -> RecordRead:
    found_days = days_of([plain(one.text) for one in papers.passages])
    days = [
        Dated(day, masked_excerpt(one.text), one.locator)
        for one, found in zip(papers.passages, found_days, strict=True)
        for day in found
    ]
    lasting = [
        Lasting(taken, masked_excerpt(one.text), one.locator)
        for one in papers.passages
        if (taken := minutes(one.text)) is not None
    ]
    named = tuple(
        found for what, pattern in sought for found in papers.named(what, pattern) or papers.titled(what, pattern)
    )
    return RecordRead(
        tuple(days[:_DAYS_KEPT]),
        tuple(lasting[:_KEPT]),
        named,
        papers.characters,
        tuple(papers.unread),
        denials(papers.passages, claim, intents=intents),
    )
