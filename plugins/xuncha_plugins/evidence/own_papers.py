"""Whether what was handed in is this website's: a paper that names another unit only is asked about, on every piece."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from xuncha.api import (
    FOR_EYES,
    Documents,
    Evidence,
    Files,
    Piece,
    Reason,
    Site,
    ask,
    check,
    not_handed_in,
    note,
    probe,
    unsure,
)
from xuncha_plugins.evidence.reading import Unread, read_piece
from xuncha_plugins.evidence.whose import Foreign, foreign

PIECES = tuple(one for one in Piece if one not in (Piece.BACKUP_COPIES, Piece.TEAM, Piece.EDITORS))
"""Those that are papers."""


@dataclass(frozen=True, slots=True)
class PapersSeen:
    """The papers that name another unit and not this one, how many were read, and which could not be."""

    others: tuple[Foreign, ...] = ()
    read: int = 0
    unread: tuple[Unread, ...] = ()


@probe(provides=PapersSeen, needs=(Evidence,), requests=0, connections=0, deadline=300)
async def papers_seen(site: Site, evidence: Evidence, files: Files, documents: Documents) -> PapersSeen:
    """Nothing is sent; every document is read once, also where other probes read it too."""
    others: list[Foreign] = []
    unread: list[Unread] = []
    count = 0
    seen: set[str] = set()
    for piece in PIECES:
        read = await read_piece(evidence, piece, files, documents)
        unread += [one for one in read.unread if not one.partly]
        papers = groupby(read.lines, key=lambda line: line.locator.path)
        for lines in [list(found) for path, found in papers if path not in seen]:
            seen.add(lines[0].locator.path)
            count += 1
            other = await asyncio.to_thread(foreign, lines, site)
            others += [other] if other else []
    return PapersSeen(tuple(others), count, tuple(unread))


@check("evidence.own-papers")
def own_papers(evidence: Evidence, papers: PapersSeen) -> Iterator[object]:
    """The papers speak of this website or its unit, not of another one only."""
    if not evidence.present and not evidence.files:
        yield not_handed_in(evidence)
        return
    for one in papers.others:
        yield ask(one.at, "other-unit", distinct=f"unit {one.unit}", excerpt=one.words, unit=one.unit)
    for unread in papers.unread:
        if unread.reason not in FOR_EYES:
            yield unsure(unread.reason)
    large = sum(one.reason is Reason.DOCUMENT_TOO_LARGE for one in papers.unread)
    pictures = sum(one.reason in FOR_EYES for one in papers.unread) - large
    yield note("looked-at", read=papers.read, pictures=pictures) if pictures else note("all-read", read=papers.read)
    if large:
        yield note("read-in-part", count=large)
