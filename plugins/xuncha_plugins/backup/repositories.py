"""restic and borg repositories: whole by the word of the program that made them, with what they hold.

Both read only: restic without lock and cache; of borg the parts of ``check`` and ``info`` that leave no trace in the
repository (those that unpack everything note a counter in it).
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from xuncha.api import BackupCopy, Evidence, Files, Finished, Net, NetError, Reason, day_of
from xuncha_plugins.backup.bounds import FlawError, Meter, UntoldError, untold
from xuncha_plugins.backup.facts import CopyKind, CopySeen, Snapshot
from xuncha_plugins.backup.programs import complaint

_T = TypeVar("_T")

SHOWN = 30
"""Newest snapshots that are kept."""

_MOST = 32_000_000
_DIGITS = re.compile(r"\d+")
_WRONG = ("wrong password", "passphrase supplied", "passphrase is incorrect", "acquire a passphrase", "no key found")
_MEASURED = 2
"""Snapshots that restic measures: the newest, and the one before it to compare with."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository in the folder: where it is on disk, and what opens it."""

    kind: CopyKind
    folder: str
    password: bytes

    def command(self, *arguments: str) -> tuple[str, ...]:
        if self.kind is CopyKind.BORG:
            return ("borg", "--bypass-lock", *arguments)
        return ("restic", "-r", self.folder, "--no-lock", "--no-cache", "--password-file", "/dev/stdin", *arguments)


def kind_of(evidence: Evidence, path: str) -> CopyKind | None:
    """Which program's repository lies in a folder, by the names in it; None where it is none."""
    files = {one.path for one in evidence.files_at(path)}
    root = path.strip("/").removeprefix("./")
    folders = {one.removeprefix(f"{root}/").partition("/")[0] for one in files}
    if {"config", "keys", "snapshots"} <= folders:
        return CopyKind.RESTIC
    own = any(one.startswith(("hints.", "index.")) for one in folders)
    return CopyKind.BORG if own and {"config", "data"} <= folders else None


def opened(copy: BackupCopy, kind: CopyKind, files: Files) -> Repository:
    """The repository with its password. Raises UntoldError where restic has none, OSError."""
    password = files.read(copy.password_file, 1_000).split(b"\n")[0].strip() if copy.password_file else b""
    if kind is CopyKind.RESTIC and not password:
        raise UntoldError(Reason.DOCUMENT_ENCRYPTED)
    return Repository(kind, files.local(copy.path), password or b"y")  # borg asks whether to open one without a key


async def examined(copy: CopySeen, repository: Repository, net: Net, meter: Meter) -> CopySeen:
    """The copy with what the repository's program says of it. Raises FlawError, UntoldError."""
    if repository.kind is CopyKind.RESTIC:
        await run(repository, net, meter, "check", "--read-data")
        snapshots = await _restic_snapshots(repository, net, meter)
    else:
        await run(repository, net, meter, "check", "--repository-only", repository.folder)
        snapshots = await _borg_archives(repository, net, meter)
    if not snapshots:
        raise FlawError("empty", 0)
    newest = snapshots[-1]
    return replace(copy, snapshots=tuple(snapshots[-SHOWN:]), made=newest.taken, unpacked=newest.size or 0, entries=1)


async def run(repository: Repository, net: Net, meter: Meter, *arguments: str, most: int = _MOST) -> Finished:
    """Ask the repository's program. Raises FlawError (told-by-program), UntoldError."""
    command, stdin = repository.command(*arguments), repository.password + b"\n"
    try:
        finished = await net.run(command, deadline=max(meter.seconds_left, 1), stdin=stdin, max_output=most)
    except NetError as error:
        raise untold(error) from None
    warned = finished.code == 1 and repository.kind is CopyKind.BORG and arguments[0] != "check"
    if finished.code == 0 or warned:
        return finished
    said = f"{finished.stderr.decode(errors='replace')}\n{finished.stdout[-2_000:].decode(errors='replace')}".strip()
    if any(one in said for one in _WRONG):
        raise UntoldError(Reason.DOCUMENT_ENCRYPTED)
    if "memory" in said and "allocate" in said:
        raise UntoldError(Reason.DOCUMENT_TOO_LARGE, command[0])
    raise FlawError("told-by-program", 0, f"{command[0]}: {complaint(said, repository.folder)}")


async def _restic_snapshots(repository: Repository, net: Net, meter: Meter) -> list[Snapshot]:
    said = await _json(repository, net, meter, "--json", "snapshots") or ()
    found = _snapshots(said, "time", lambda one: one.get("paths"), lambda one: str(one["id"]))
    measured: list[Snapshot] = []
    for snapshot, name in found[-_MEASURED:]:
        size = await _json(repository, net, meter, "--json", "stats", "--mode", "restore-size", name)
        measured.append(replace(snapshot, size=int(size["total_size"])))
    return [snapshot for snapshot, _ in found[:-_MEASURED]] + measured


async def _borg_archives(repository: Repository, net: Net, meter: Meter) -> list[Snapshot]:
    said = await _json(repository, net, meter, "info", "--json", "--last", str(SHOWN), repository.folder)
    archives = said["archives"] if isinstance(said, dict) else ()
    found = _snapshots(archives, "start", lambda one: _DIGITS.sub("", one["name"]), lambda one: one["stats"])
    return [replace(snapshot, size=int(stats["original_size"])) for snapshot, stats in found]


async def _json(repository: Repository, net: Net, meter: Meter, *arguments: str) -> Any:
    """What the program says. Raises UntoldError where that is not as its documentation has it."""
    finished = await run(repository, net, meter, *arguments)
    try:
        return json.loads(finished.stdout)
    except (ValueError, RecursionError):
        raise UntoldError(Reason.PROGRAM_FAILED, repository.kind) from None


def _snapshots(
    said: Sequence[Any], moment: str, like: Callable[[Any], object], more: Callable[[Any], _T]
) -> list[tuple[Snapshot, _T]]:
    """Those that hold the same as the newest, with something more, oldest first. Raises UntoldError."""
    try:
        found = [(Snapshot(_day(str(one[moment]))), like(one), more(one)) for one in said]
    except (AttributeError, KeyError, TypeError, ValueError):
        raise UntoldError(Reason.PROGRAM_FAILED, "its answer has another form") from None
    found.sort(key=lambda one: one[0].taken)
    return [(snapshot, rest) for snapshot, what, rest in found if what == found[-1][1]]


def _day(moment: str) -> date:
    """The day in Shanghai of a time stamp, whose fraction may be longer than Python reads."""
    head, dot, rest = moment.partition(".")
    zone = rest.lstrip("0123456789") if dot else ""
    found = datetime.fromisoformat(f"{head}{'+00:00' if zone == 'Z' else zone}")
    return day_of(found) if found.tzinfo else found.date()
