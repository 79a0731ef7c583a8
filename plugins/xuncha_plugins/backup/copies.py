"""The probe of the copies: each read to its end, with how large they were in earlier rounds."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from xuncha.api import (
    BackupCopy,
    Evidence,
    EvidenceFile,
    FileKind,
    Files,
    Net,
    Params,
    Past,
    Reason,
    probe,
)
from xuncha_plugins.backup import repositories
from xuncha_plugins.backup.ageing import dated, series, size_of
from xuncha_plugins.backup.bounds import FlawError, Meter, UntoldError
from xuncha_plugins.backup.examining import Look, checked, examine, seen
from xuncha_plugins.backup.facts import CopiesSeen, CopyKind, CopySeen, Flaw, Listed, Snapshot
from xuncha_plugins.backup.programs import SEVEN_ZIP, seven_zip, seven_zip_listing

_MOST_NAMED = 50
"""Copies left out that are named."""

_MOST_EARLIER = 12
"""Earlier rounds that are looked at."""


class CopiesParams(Params):
    """Limits of one look at all copies of a site.

    Args:
        copies: how many are read.
        gigabytes: that are unpacked in all.
        entries: files in archives, in all.
        seconds: for all of it.
    """

    copies: int = 20
    gigabytes: float = 50
    entries: int = 2_000_000
    seconds: int = 1_500


@probe(
    provides=CopiesSeen,
    needs=(Evidence,),
    params=CopiesParams,
    requests=0,
    connections=0,
    deadline=1_800,
    programs=(*SEVEN_ZIP, "restic", "borg"),
)
async def copies_seen(
    evidence: Evidence, files: Files, net: Net, params: CopiesParams, earlier: Past[CopiesSeen]
) -> CopiesSeen:
    """Read every copy to its last byte. Archives are streamed: none is ever in memory or unpacked to disk."""
    meter = Meter(int(params.gigabytes * 1e9), params.entries, params.seconds)
    named = list(_named(evidence))
    found: list[CopySeen] = []
    try:
        for copy, file in named[: params.copies]:
            found.append(await _one(copy, file, evidence, files, net, meter))
    except asyncio.CancelledError:
        return CopiesSeen(tuple(found), complete=False, left_out=_paths(named[len(found) :]))
    finally:
        meter.stop()
    left_out = _paths(named[params.copies :])
    return CopiesSeen(tuple(found), _before(earlier), not left_out, left_out)


def _paths(named: list[tuple[BackupCopy, EvidenceFile | None]]) -> tuple[str, ...]:
    return tuple(file.path if file else copy.path for copy, file in named[:_MOST_NAMED])


def _named(evidence: Evidence) -> Iterator[tuple[BackupCopy, EvidenceFile | None]]:
    """What is declared and there: each file, or None for the folder of a repository."""
    done: set[str] = set()
    for copy in evidence.backup.copies:
        if repositories.kind_of(evidence, copy.path):
            yield copy, None
            continue
        for file in evidence.files_at(copy.path):
            if file.path not in done and file.path not in (copy.checksums, copy.password_file):
                done.add(file.path)
                yield copy, file


async def _one(
    copy: BackupCopy, file: EvidenceFile | None, evidence: Evidence, files: Files, net: Net, meter: Meter
) -> CopySeen:
    if file is None:
        return await _repository(copy, evidence, files, net, meter)
    if file.kind is FileKind.SEVEN_ZIP:
        look = await _seven_zip(file, files, net, meter, evidence.looked)
    else:
        look = await asyncio.to_thread(examine, file, files, meter, evidence.looked)
    return seen(copy, file, look, await asyncio.to_thread(checked, copy, file, files, meter))


async def _seven_zip(file: EvidenceFile, files: Files, net: Net, meter: Meter, today: date) -> Look:
    look = Look(today, CopyKind.SEVEN_ZIP)
    with look.told():
        path = files.local(file.path)
        await seven_zip(net, ("t", path), meter)
        listing = await seven_zip_listing(net, path, meter, today)
        look.entries, look.unpacked, look.newest = listing.entries, listing.bytes, listing.newest
        if not look.entries:
            raise FlawError("empty", 0)
    return look


async def _repository(copy: BackupCopy, evidence: Evidence, files: Files, net: Net, meter: Meter) -> CopySeen:
    kind = repositories.kind_of(evidence, copy.path)
    assert kind
    size = sum(one.size for one in evidence.files_at(copy.path))
    plain = CopySeen(copy.path, kind, copy.holds, size, declared=copy.taken)
    try:
        return await repositories.examined(plain, repositories.opened(copy, kind, files), net, meter)
    except FlawError as found:
        return replace(plain, flaw=Flaw(found.key, found.at, found.entry))
    except UntoldError as found:
        return replace(plain, unread=found.reason, detail=found.detail[:200])
    except OSError as error:
        return replace(plain, unread=Reason.DOCUMENT_DAMAGED, detail=error.strerror or "")


def _before(earlier: Past[CopiesSeen]) -> tuple[tuple[str, Snapshot], ...]:
    """Sizes of copies of earlier rounds."""
    found: set[tuple[str, Snapshot]] = set()
    for number, one in enumerate(earlier):
        if number >= _MOST_EARLIER:
            break
        for copy in one.fact.copies:
            day = dated(copy).day
            if day and not copy.flaw and not copy.unread and copy.listed is not Listed.DIFFERS:
                found.add((series(copy), Snapshot(day, size_of(copy))))
    return tuple(sorted(found, key=lambda one: (one[0], one[1].taken, one[1].size or 0)))
