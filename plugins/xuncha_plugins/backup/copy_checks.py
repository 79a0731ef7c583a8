"""Checks of the copies: whole, recent, of a likely size."""

import math
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from xuncha.api import (
    Coverage,
    DocumentLocator,
    Evidence,
    Gap,
    Params,
    Piece,
    Reason,
    Share,
    Size,
    ask,
    check,
    finding,
    not_handed_in,
    note,
    unsure,
    warning,
)
from xuncha_plugins.backup.ageing import Word, dated, group, series, size_of
from xuncha_plugins.backup.facts import CopiesSeen, CopyKind, CopySeen, Listed, PolicyRead, Snapshot

PLACE = "backup.copies"
_TOLD_OF = {
    Reason.DOCUMENT_ENCRYPTED: "not-read-encrypted",
    Reason.DOCUMENT_TOO_LARGE: "not-read-too-large",
    Reason.PROGRAM_MISSING: "not-read-program-missing",
}
_FOR_EYES = frozenset({Reason.DOCUMENT_UNSUPPORTED})
_SAYING_WHERE = ("cut-off", "corrupt")


# Whole


@check("backup.copies-intact")
def copies_intact(evidence: Evidence, seen: CopiesSeen) -> Iterator[object]:
    """Every copy can be read to its last byte, is complete and as its list of checksums says."""
    if not evidence.handed_in(Piece.BACKUP_COPIES):
        yield not_handed_in(evidence, Piece.BACKUP_COPIES)
        return
    for copy in seen.copies:
        yield from _whole(copy)
    if seen.left_out:
        yield note("left-out", count=len(seen.left_out), paths="、".join(seen.left_out))
    missing = len(evidence.problems_of(Piece.BACKUP_COPIES))
    if missing or not seen.complete:
        yield Coverage(len(seen.copies), len(seen.copies) + max(missing, 1), complete=False)


def _beyond(copy: CopySeen, place: DocumentLocator) -> Iterator[object]:
    """What lies behind the end of an archive, or would be unpacked beside its folder."""
    if copy.trailing and not copy.flaw:
        yield ask(place, "trailing", distinct="trailing", count=copy.trailing)
    if copy.outside:
        yield warning(place, "leads-out", distinct="outside", count=copy.outside, entry=copy.outside_name)


def _whole(copy: CopySeen) -> Iterator[object]:
    place = copy.locator(PLACE)
    if copy.listed is Listed.DIFFERS:
        yield finding(place, "checksum-differs", distinct="checksum")
    elif copy.listed in (Listed.NOT_THERE, Listed.UNREADABLE):
        yield warning(place, f"checksum-{copy.listed}", distinct="checksum")
    yield from _beyond(copy, place)
    if copy.flaw:
        yield _flawed(copy)
    elif copy.kind is CopyKind.DOCUMENT:
        yield ask(place, "not-a-copy")
    elif copy.unread in _FOR_EYES:
        yield ask(place, "not-readable")
    elif copy.unread:
        yield unsure(copy.unread)
        yield note(_TOLD_OF.get(copy.unread, "not-read"), path=copy.path)
    elif copy.detail == "no-last-line" and copy.dumps == copy.entries:
        yield ask(place, "no-last-line")
    elif copy.snapshots:
        yield note("whole-repository", path=copy.path, snapshots=len(copy.snapshots), bytes=Size(size_of(copy)))
    else:
        yield note("whole", path=copy.path, files=copy.entries, bytes=Size(size_of(copy)))


def _flawed(copy: CopySeen) -> object:
    """A dump in an archive of other things may have been lying there before it was packed."""
    flaw = copy.flaw
    assert flaw
    among_others = flaw.key == "dump-cut-off" and copy.entries > copy.dumps and "数据" not in copy.holds
    key = f"{flaw.key}-in" if flaw.entry and flaw.key in _SAYING_WHERE else flaw.key
    say, key = (warning, "dump-cut-off-among-others") if among_others else (finding, key)
    return say(copy.locator(PLACE), key, distinct="whole", at=flaw.at, entry=flaw.entry)


# Recent


class RecentParams(Params):
    """When a copy is too old.

    Args:
        days: the cycle where neither the policy nor the declaration names one.
        cycles: so many cycles may pass: one run may fail.
        grace: days for putting the evidence together.
        handed_in: days for which evidence counts after it was filled in.
    """

    days: float = 7
    cycles: float = 2
    grace: int = 3
    handed_in: int = 180


@check("backup.copies-recent", params=RecentParams)
def copies_recent(
    evidence: Evidence, seen: CopiesSeen, policy: PolicyRead | Gap, params: RecentParams
) -> Iterator[object]:
    """The newest copy of each kind is not older than the promised cycle allows."""
    if not evidence.handed_in(Piece.BACKUP_COPIES):
        yield not_handed_in(evidence, Piece.BACKUP_COPIES)
        return
    asked = as_of(evidence)
    if (evidence.looked - asked).days > params.handed_in:
        yield warning(DocumentLocator("evidence.yaml", PLACE), "filled-in-long-ago", distinct="filled", day=asked)
    said = promised(evidence, policy)
    cycle = said or params.days
    if not said:
        yield note("no-cycle", cycle=cycle)
    limit = math.ceil(cycle * params.cycles) + params.grace
    usable = [copy for copy in seen.copies if not copy.flaw and copy.kind is not CopyKind.DOCUMENT]
    if not usable:
        yield unsure(Reason.NO_EVIDENCE)
    for _, copies in groupby(sorted(usable, key=group), key=group):
        newest = max(copies, key=lambda copy: dated(copy).day or date.min)
        yield from _age(newest, asked, limit, cycle)


def as_of(evidence: Evidence) -> date:
    """The day by which copies had to be recent: that of filling in, since nobody knows when somebody looks."""
    filled = evidence.declaration.filled
    return filled if filled and filled <= evidence.looked else evidence.looked


def promised(evidence: Evidence, policy: PolicyRead | Gap) -> float | None:
    """The cycle in days, as declared, else the longest of the policy: which one is for which copy is not told."""
    written = max(policy.cycles, default=None) if isinstance(policy, PolicyRead) else None
    return evidence.backup.policy.cycle_days or written


def _age(copy: CopySeen, asked: date, limit: int, cycle: float) -> Iterator[object]:
    place, age = copy.locator(PLACE), dated(copy)
    if age.day is None:
        yield ask(place, "undated", distinct="age")
        return
    days = (asked - age.day).days
    if copy.made and copy.declared and copy.declared > copy.made + timedelta(days=1):
        yield warning(place, "declared-later", distinct="declared", day=copy.made, declared=copy.declared)
    if copy.newest and not copy.made and (asked - copy.newest).days > limit >= (asked - _claimed(copy)).days:
        yield ask(place, "unproven", distinct="age", day=_claimed(copy), newest=copy.newest)
    elif copy.unread and age.word is Word.FILE_TIME and days <= limit:
        yield ask(place, "unread", distinct="age", day=age.day)
    elif days > limit:
        yield finding(place, _OLD[age.word], distinct="age", day=age.day, days=days, limit=limit, cycle=cycle)
    else:
        yield note(_DATED[age.word], path=copy.path, day=age.day)


def _claimed(copy: CopySeen) -> date:
    """The day that somebody set: by the declaration, else on the file."""
    return copy.declared or copy.modified or date.min


_OLD = {
    Word.ITSELF: "old",
    Word.CONTENT: "old",
    Word.DECLARED: "old-as-declared",
    Word.FILE_TIME: "old-by-file-time",
}
_DATED = {
    Word.ITSELF: "dated",
    Word.CONTENT: "dated",
    Word.DECLARED: "dated-as-declared",
    Word.FILE_TIME: "dated-by-file-time",
}


# Of a likely size


class TrendParams(Params):
    """What is unlikely between one copy and the next.

    Args:
        shrink: by this share.
        grow: to so many times.
        least: bytes below which nothing is said.
    """

    shrink: float = 0.5
    grow: float = 5
    least: int = 100_000


@check("backup.size-trend", params=TrendParams)
def size_trend(evidence: Evidence, seen: CopiesSeen, params: TrendParams) -> Iterator[object]:
    """A copy is neither much smaller nor many times larger than the one before it."""
    if not evidence.handed_in(Piece.BACKUP_COPIES):
        yield not_handed_in(evidence, Piece.BACKUP_COPIES)
        return
    compared = 0
    whole = [copy for copy in seen.copies if not copy.flaw and not copy.unread and not copy.partial]
    for name, copies in groupby(sorted(whole, key=series), key=series):
        listed = list(copies)
        points = _points(listed, [size for what, size in seen.before if what == name])
        if len(points) > 1:
            compared += 1
            newest = max(listed, key=lambda copy: dated(copy).day or date.min)
            yield from _trend(newest, points[-2], points[-1], params)
    if not compared:
        yield unsure(Reason.NOTHING_TO_COMPARE)


def _points(copies: list[CopySeen], before: list[Snapshot]) -> list[Snapshot]:
    """Sizes by day, oldest first; of copies of one day the largest."""
    sizes: dict[date, int] = {}
    now = [Snapshot(day, size_of(copy)) for copy in copies if (day := dated(copy).day) and not copy.snapshots]
    for point in (*before, *now, *(one for copy in copies for one in copy.snapshots)):
        if point.size is not None:
            sizes[point.taken] = max(sizes.get(point.taken, 0), point.size)
    return [Snapshot(day, size) for day, size in sorted(sizes.items())]


def _trend(copy: CopySeen, old: Snapshot, new: Snapshot, params: TrendParams) -> Iterator[object]:
    before, after = old.size or 0, new.size or 0
    values: dict[str, Any] = {"before": Size(before), "after": Size(after), "day": old.taken}
    if max(before, after) < params.least:
        return
    if after < before * (1 - params.shrink):
        share = Share(1 - after / before)
        yield warning(copy.locator(PLACE), "shrunk", distinct="size", share=share, **values)
    elif before and after > before * params.grow:
        yield warning(copy.locator(PLACE), "grown", distinct="size", times=round(after / before, 1), **values)
    else:
        yield note("steady", path=copy.path, **values)
