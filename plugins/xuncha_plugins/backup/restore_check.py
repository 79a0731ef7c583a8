"""The check of the rehearsed restore."""

from collections.abc import Iterator
from typing import Any

from xuncha.api import (
    Coverage,
    Evidence,
    Params,
    Piece,
    Reason,
    Share,
    ask,
    check,
    finding,
    not_handed_in,
    note,
    unsure,
    warning,
)
from xuncha_plugins.backup.copy_checks import PLACE
from xuncha_plugins.backup.facts import CopiesSeen, Rehearsal

_SHOWN = 5


class RehearsedParams(Params):
    """What has to be in a backup.

    Args:
        share: of today's pages; below it is a hint.
        least: below this share it is a failure.
        pages: fewer pages of the last crawl say nothing.
    """

    share: float = 0.95
    least: float = 0.5
    pages: int = 3


@check("backup.restore-rehearsed", params=RehearsedParams)
def restore_rehearsed(
    evidence: Evidence, seen: CopiesSeen, rehearsal: Rehearsal, params: RehearsedParams
) -> Iterator[object]:
    """What visitors can read today would be there again after a restore."""
    if not evidence.handed_in(Piece.BACKUP_COPIES):
        yield not_handed_in(evidence, Piece.BACKUP_COPIES)
        return
    hindered = _hindered(rehearsal, params)
    if hindered:
        yield unsure(hindered)
        return
    for _, reason in rehearsal.unread[:1]:
        yield unsure(reason)
    known = rehearsal.pages + rehearsal.unasked
    yield Coverage(rehearsal.pages, known, complete=rehearsal.complete and known == rehearsal.pages)
    yield from _told(rehearsal)
    yield from _judged(seen, rehearsal, params)


def _hindered(rehearsal: Rehearsal, params: RehearsedParams) -> Reason | None:
    """Why nothing can be said."""
    if rehearsal.crawled is None:
        return Reason.NOT_SCANNED_YET
    if not rehearsal.tried:
        return next((reason for _, reason in rehearsal.unread), Reason.NO_EVIDENCE)
    return Reason.TOO_FEW_PAGES if rehearsal.pages < params.pages else None


def _told(rehearsal: Rehearsal) -> Iterator[object]:
    """The figures, and in which way the pages were found."""
    share = Share(rehearsal.either / rehearsal.pages)
    assert rehearsal.crawled
    yield note("in-backup", share=share, found=rehearsal.either, pages=rehearsal.pages, day=rehearsal.crawled)
    if rehearsal.files.found:
        equal = Share(rehearsal.files.equal / rehearsal.files.found)
        yield note("as-files", found=rehearsal.files.found, pages=rehearsal.files.sought, equal=equal)
    if rehearsal.dump.sought:
        yield note("in-dump", found=rehearsal.dump.found, pages=rehearsal.dump.sought)
    if rehearsal.unasked:
        yield note("unasked", count=rehearsal.unasked)
    if rehearsal.newer:
        yield note("newer", count=rehearsal.newer)
    if rehearsal.refused:
        yield note("refused", count=rehearsal.refused)


def _judged(seen: CopiesSeen, rehearsal: Rehearsal, params: RehearsedParams) -> Iterator[object]:
    share = rehearsal.either / rehearsal.pages
    if share >= params.share:
        return
    copy = next(copy for copy in seen.copies if copy.path == rehearsal.tried[0])
    place = copy.locator(PLACE)
    values: dict[str, Any] = {"share": Share(share), "found": rehearsal.either, "pages": rehearsal.pages}
    if not rehearsal.either:
        yield ask(place, "nothing-found", distinct="share", pages=rehearsal.pages)
        return
    say, key = (warning, "some-missing") if share >= params.least else (finding, "most-missing")
    examples = " ".join(rehearsal.missing[:_SHOWN])
    yield say(place, key, distinct="share", excerpt=examples, **values)
