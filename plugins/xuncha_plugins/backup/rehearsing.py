"""The probe of the rehearsed restore: the newest copies are unpacked and held against the last crawl."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import date

from xuncha.api import BackupCopy, Crawl, Evidence, FileKind, Files, Net, Params, Past, Reason, Scratch, day_of, probe
from xuncha_plugins.backup import by_program, repositories
from xuncha_plugins.backup.ageing import dated, group
from xuncha_plugins.backup.bounds import FlawError, Meter, UntoldError
from xuncha_plugins.backup.facts import CopiesSeen, CopyKind, CopySeen, Found, Rehearsal
from xuncha_plugins.backup.pages import Wanted, located, wanted
from xuncha_plugins.backup.programs import SEVEN_ZIP
from xuncha_plugins.backup.restoring import Restored, Restoring
from xuncha_plugins.backup.titles import TitleSearch

_MISSING_KEPT = 20
_REPOSITORIES = (CopyKind.RESTIC, CopyKind.BORG)
_NO_COPY = (CopyKind.DOCUMENT, CopyKind.OTHER)


class RehearsalParams(Params):
    """Limits of one rehearsal.

    Args:
        gigabytes: that are unpacked in all; a tenth of it as pages on disk.
        entries: files in archives, in all.
        page_megabytes: that a page may have.
        seconds: for all of it.
    """

    gigabytes: float = 20
    entries: int = 500_000
    page_megabytes: float = 8
    seconds: int = 900


@probe(
    provides=Rehearsal,
    needs=(Evidence, CopiesSeen),
    params=RehearsalParams,
    requests=0,
    connections=0,
    deadline=1_200,
    programs=(*SEVEN_ZIP, "restic", "borg"),
)
async def restore_rehearsed(
    evidence: Evidence, seen: CopiesSeen, files: Files, net: Net, params: RehearsalParams, crawls: Past[Crawl]
) -> Rehearsal:
    """How much of the last crawl is in the newest copies."""
    last = next(((one.finished, one.fact) for one in crawls if one.fact.pages), None)
    if last is None:
        return Rehearsal()
    copies = list(_newest(seen.copies))
    days = [day for copy in copies if (day := dated(copy).day)]
    pages, newer = wanted(last[1], max(days, default=None))
    one = _One(evidence, files, net, Meter(int(params.gigabytes * 1e9), params.entries, params.seconds), params)
    with files.scratch(int(params.gigabytes * 1e8)) as scratch:
        return await one.rehearse(copies, pages, newer, day_of(last[0]), scratch)


def _newest(copies: Sequence[CopySeen]) -> Iterator[CopySeen]:
    """Of each group the newest that is whole; where there are parts, all of it."""
    usable = [copy for copy in copies if not copy.flaw and copy.kind not in _NO_COPY]
    for name in dict.fromkeys(group(copy) for copy in usable):
        own = [copy for copy in usable if group(copy) == name]
        newest = max(own, key=lambda copy: dated(copy).day or date.min)
        yield from (copy for copy in own if copy is newest or newest.partial)


class _One:
    """One rehearsal: what it may use, and what it found."""

    def __init__(self, evidence: Evidence, files: Files, net: Net, meter: Meter, params: RehearsalParams) -> None:
        self._evidence = evidence
        self._files = files
        self._net = net
        self._meter = meter
        self._params = params
        self._tried: list[str] = []
        self._unread: list[tuple[str, Reason]] = []
        self._complete = True

    async def rehearse(
        self, copies: Sequence[CopySeen], pages: list[Wanted], newer: int, crawled: date, scratch: Scratch
    ) -> Rehearsal:
        """Restore every copy into ``scratch`` and compare."""
        titles = TitleSearch(pages)
        restoring = Restoring(scratch, titles, self._meter, int(self._params.page_megabytes * 1e6))
        try:
            for number, copy in enumerate(copies):
                await self._restore(copy, number, restoring)
        except asyncio.CancelledError:
            self._complete = False
        finally:
            self._meter.stop()
        restored = restoring.end()
        of_the_site = restored.dumps and (titles.found or not restored.pages)  # not one that an installer left behind
        found = await asyncio.to_thread(compared, pages, restored, titles.found if of_the_site else None)
        return Rehearsal(
            crawled,
            found.pages,
            tuple(self._tried),
            found.files,
            found.dump,
            found.either,
            len(pages) - found.pages,
            newer,
            found.missing,
            restored.refused,
            tuple(self._unread),
            self._complete,
        )

    async def _restore(self, copy: CopySeen, number: int, restoring: Restoring) -> None:
        try:
            await self._unpack(copy, number, restoring)
        except UntoldError as error:
            self._unread.append((copy.path, error.reason))
        except (FlawError, OSError):
            self._unread.append((copy.path, Reason.DOCUMENT_DAMAGED))
        else:
            self._tried.append(copy.path)

    async def _unpack(self, copy: CopySeen, number: int, restoring: Restoring) -> None:
        """Raises UntoldError, FlawError, OSError."""
        if copy.unread:
            raise UntoldError(copy.unread)
        file = self._evidence.file(copy.path)
        if copy.kind in _REPOSITORIES or (file and file.kind is FileKind.SEVEN_ZIP):
            most = int(self._params.gigabytes * 1e8)
            what = copy.path if file else self._repository(copy)
            await by_program.restore(what, self._files, self._net, self._meter, restoring, number, most)
        elif file:
            await asyncio.to_thread(restoring.unpack, file, self._files, number)

    def _repository(self, copy: CopySeen) -> repositories.Repository:
        said = next((one for one in self._evidence.backup.copies if one.path == copy.path), BackupCopy(copy.path))
        return repositories.opened(said, copy.kind, self._files)


def compared(pages: Sequence[Wanted], restored: Restored, titled: set[str] | None) -> Rehearsal:
    """What of the pages was found; ``titled`` are those whose title stands in a dump, None where there was no dump.

    Where hardly any page is a file of the backup, programs make the site's pages from a database, though their
    addresses look like files. Then only those count that a database can be asked for.
    """
    at = located(pages, restored.pages)
    equal = sum(restored.pages[name] == page.sha256 for page in pages if (name := at.get(page.url)))
    files = Found(sum(bool(page.places) for page in pages), len(at), equal)
    known = [page for page in pages if page.titles] if titled is not None else []
    dump = Found(len(known), sum(page.url in (titled or ()) for page in known))
    made = bool(known) and files.found < files.sought / 10
    sought = known if made else [page for page in pages if page.places or (known and page.titles)]
    missing = [page.url for page in sought if page.url not in at and page.url not in (titled or ())]
    return Rehearsal(
        pages=len(sought),
        files=files if restored.pages else Found(),
        dump=dump,
        either=len(sought) - len(missing),
        missing=tuple(missing[:_MISSING_KEPT]),
    )
