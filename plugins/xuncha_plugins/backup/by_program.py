"""Restores by the programs that made a copy: 7-Zip, restic, borg. They write into the scratch folder, which is watched.

What they restore is their affair, so it is read as hostile: no links are followed, only plain files are taken.
"""

import asyncio
import os
import stat
from collections.abc import Coroutine, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from xuncha.api import FileKind, Files, Net, Reason
from xuncha_plugins.backup.bounds import Meter, UntoldError
from xuncha_plugins.backup.facts import CopyKind
from xuncha_plugins.backup.leaves import Artefact, Leaf
from xuncha_plugins.backup.pages import PAGE_ENDS
from xuncha_plugins.backup.programs import seven_zip
from xuncha_plugins.backup.repositories import Repository, run
from xuncha_plugins.backup.restoring import Restoring

_LOOK_EVERY = 0.5
_MOST_FILES = 200_000
_WANTED = (*PAGE_ENDS, ".sql", ".sql.gz")
"""What is restored: pages, and dumps."""

_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


async def restore(
    copy: Repository | str, files: Files, net: Net, meter: Meter, restoring: Restoring, number: int, most: int
) -> None:
    """Restore the pages and dumps of a repository, or of a 7z archive at a path of the evidence folder.

    Raises:
        FlawError, UntoldError: what came until then is kept.
    """
    with files.scratch(0) as scratch:
        folder = Path(scratch.path)
        await _watched(_run(copy, files, net, meter, folder), folder, most)
        await asyncio.to_thread(_take_over, folder, restoring, meter, number)


def _run(copy: Repository | str, files: Files, net: Net, meter: Meter, folder: Path) -> Coroutine[Any, Any, Any]:
    wanted = [f"*{end}" for end in _WANTED]
    if isinstance(copy, str):
        return seven_zip(net, ("x", "-y", f"-o{folder}", files.local(copy), "-r", *wanted), meter)
    if copy.kind is CopyKind.RESTIC:
        included = [part for name in wanted for part in ("--include", name)]
        return run(copy, net, meter, "restore", "latest", "--target", str(folder), *included)
    return _borg(copy, net, meter, folder)


async def _borg(copy: Repository, net: Net, meter: Meter, folder: Path) -> None:
    said = await run(copy, net, meter, "list", "--short", "--last", "1", copy.folder)
    name = said.stdout.decode("utf-8", "replace").strip()
    if not name:
        raise UntoldError(Reason.PROGRAM_FAILED, "borg lists no archive")
    wanted = [f"sh:**/*{end}" for end in _WANTED]
    await run(copy, net, meter, "export-tar", f"{copy.folder}::{name}", str(folder / "pages.tar"), *wanted)


async def _watched(work: Coroutine[Any, Any, Any], folder: Path, most: int) -> None:
    """Await ``work``; end it where the folder becomes too large. Raises UntoldError, and what the work raises."""
    task = asyncio.ensure_future(work)
    try:
        while not (await asyncio.wait({task}, timeout=_LOOK_EVERY))[0]:
            if await asyncio.to_thread(_size, folder) > most:
                raise UntoldError(Reason.DOCUMENT_TOO_LARGE, "more than may be unpacked")
        await task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await task


def _size(folder: Path) -> int:
    return sum(status.st_size for _, status in _files(folder))


def _files(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Plain files below a folder; neither links nor what they lead to."""
    count = 0
    for place, _, names in os.walk(folder):
        for name in names:
            path = Path(place, name)
            with suppress(OSError):
                status = path.lstat()
                if stat.S_ISREG(status.st_mode):
                    count += 1
                    yield path, status
            if count >= _MOST_FILES:
                return


def _take_over(folder: Path, restoring: Restoring, meter: Meter, number: int) -> None:
    """What a program has restored, as if it came from an archive that we read ourselves."""
    for path, status in _files(folder):
        with os.fdopen(os.open(path, _OPEN), "rb") as stream:
            name = path.relative_to(folder).as_posix()
            for leaf in Artefact(stream, name, FileKind.OTHER, status.st_size, meter).leaves():
                restoring.take(_renamed(leaf, name), number)


def _renamed(leaf: Leaf, name: str) -> Leaf:
    """What borg packs keeps its own name, else it is that of the file."""
    return leaf if name == "pages.tar" else replace(leaf, name=name)
