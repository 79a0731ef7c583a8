"""Which stored runs may go, and how they go. Nobody loses the last good run of a site."""

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xuncha.store.bundle import MANIFEST, RUN_ID, Bundle, RunMeta
from xuncha.store.disk import files_below
from xuncha.store.errors import StoreError, disk_errors


@dataclass(frozen=True, slots=True)
class Limits:
    """What is to be kept: the newest ``keep`` finished runs, and those that started at ``since`` or later.

    Where both are given a run stays if either says so; where neither is, every finished run stays. Interrupted runs
    stay, to be resumed, unless they are to be ``discarded``.
    """

    keep: int | None = None
    since: datetime | None = None
    discard: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """A run on the disk. ``sites`` are the folder names of those that it settled, without their numbers."""

    folder: Path
    meta: RunMeta
    sites: frozenset[str]
    bytes: int


@dataclass(frozen=True, slots=True)
class Pruning:
    """What would go (oldest first), what stays only because it is the last good run of a site, what can't be read.

    ``remnants`` are folders of runs whose removal was cut short.
    """

    removed: tuple[Stored, ...]
    last_good: tuple[Stored, ...]
    unreadable: tuple[StoreError, ...]
    remnants: tuple[Path, ...]


def plan_pruning(runs: Path, limits: Limits) -> Pruning:
    """Look at the runs below ``runs``; nothing is removed yet. Raises StoreError where they can't be listed."""
    stored, unreadable, remnants = _look(runs)
    finished = [run for run in stored if run.meta.state == "finished"]
    beyond = [run for place, run in enumerate(reversed(finished)) if _beyond(place, run, limits)]
    needed = _last_good(finished)
    gone = [run for run in beyond if run.meta.id not in needed]
    gone += [run for run in stored if limits.discard and run.meta.state != "finished"]
    return Pruning(
        tuple(sorted(gone, key=lambda run: run.meta.id)),
        tuple(run for run in reversed(beyond) if run.meta.id in needed),
        tuple(unreadable),
        tuple(remnants),
    )


def remove(folders: Iterable[Path]) -> None:
    """Remove runs. One whose removal is cut short is no run any more, and a remnant for the next time."""
    for folder in folders:
        with disk_errors(folder, "remove"):
            for name in (MANIFEST, "plan.json", "run.json"):
                (folder / name).unlink(missing_ok=True)
            shutil.rmtree(folder)


def _look(runs: Path) -> tuple[list[Stored], list[StoreError], list[Path]]:
    stored: list[Stored] = []
    unreadable: list[StoreError] = []
    remnants: list[Path] = []
    with disk_errors(runs, "list"):
        folders = sorted(path for path in runs.iterdir() if RUN_ID.fullmatch(path.name)) if runs.is_dir() else []
    for folder in folders:
        if not (folder / "run.json").exists() and not (folder / "plan.json").exists():
            remnants.append(folder)
            continue
        try:
            with disk_errors(folder, "read"):
                stored.append(_stored(folder))
        except StoreError as error:
            unreadable.append(error)
    return stored, unreadable, remnants


def _stored(folder: Path) -> Stored:
    meta = Bundle.open(folder).meta()
    settled = folder.glob("sites/*/outcomes.json")
    sites = frozenset(path.parent.name.partition("-")[2] for path in settled)
    return Stored(folder, meta, sites, sum(path.lstat().st_size for path in files_below(folder)))


def _beyond(place: int, run: Stored, limits: Limits) -> bool:
    """Whether a finished run is older than what is to be kept; ``place`` counts from the newest."""
    many = limits.keep is None or place >= limits.keep
    old = limits.since is None or run.meta.started < limits.since
    return (limits.keep is not None or limits.since is not None) and many and old


def _last_good(finished: Sequence[Stored]) -> set[str]:
    """The runs that are the newest of a site under their profile: a look at the home page is no inspection."""
    newest = {(name, run.meta.profile): run.meta.id for run in finished for name in run.sites}
    return set(newest.values())
