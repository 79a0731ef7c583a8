"""Which stored runs a new one may recall. The parent looks at folders and ``run.json``; workers read the facts.

Stored facts of the same site enter a run as ``Past[Fact]`` (see ``xuncha.model.past``). What may be recalled is decided
when the run is planned and kept in its plan, so that a resumed run recalls the same.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from xuncha.catalogue import Catalogue
from xuncha.model.text import Text
from xuncha.plan import EarlierRun, Plan, SitePlan
from xuncha.store.bundle import RUN_ID, Bundle, RunMeta, folder_name, new_run_id
from xuncha.store.errors import StoreError, disk_errors

MOST_DAYS = 400
"""Yearly duties are compared with the year before, and a yearly round may be a month late."""

MOST_RUNS = 30
"""Runs of one profile that a site is recalled from: a month of daily ones. Counted by profile, so that one that is
started every half hour doesn't crowd out the quarterly one. What adds up over more runs is carried on in its fact."""

MOST_FOLDERS = 5000
"""Runs looked at, the newest first: about a second."""


@dataclass(frozen=True, slots=True)
class Found:
    """Runs that may be recalled, newest first, and what is to be said about those that can't be read."""

    runs: tuple[EarlierRun, ...] = ()
    notes: tuple[Text, ...] = ()


def earlier_runs(runs: Path, plan: Plan, known: Catalogue, now: datetime) -> Found:
    """The runs below ``runs`` that ended before ``now`` and hold facts of the plan's sites, if a probe wants any."""
    recalling = {entry.name for entry in known.probes if entry.recalls}
    return runs_of(runs, [site for site in plan.sites if any(probe.name in recalling for probe in site.probes)], now)


def runs_of(runs: Path, sites: Sequence[SitePlan], now: datetime) -> Found:
    """The runs below ``runs`` that ended before ``now`` and settled one of these sites."""
    if not sites or not runs.is_dir():
        return Found()
    search = _Search(sites, now)
    for folder in _newest_first(runs, now):
        search.look(folder)
    found = sorted(search.found, key=lambda run: run.finished, reverse=True)
    return Found(tuple(found), tuple(search.notes))


def _newest_first(runs: Path, now: datetime) -> Sequence[Path]:
    oldest = new_run_id(now - timedelta(days=MOST_DAYS))[:8]
    folders = [path for path in runs.iterdir() if RUN_ID.fullmatch(path.name) and path.name >= oldest]
    return sorted(folders, reverse=True)[:MOST_FOLDERS]


class _Search:
    """Goes through runs and keeps those that hold one of the sites, until there are enough of each profile."""

    def __init__(self, sites: Iterable[SitePlan], now: datetime) -> None:
        self._named = {folder_name(one.number, one.site.id).partition("-")[2]: one for one in sites}
        self._now = now
        self._counted: Counter[tuple[int, str]] = Counter()
        self.found: list[EarlierRun] = []
        self.notes: list[Text] = []

    def look(self, folder: Path) -> None:
        """Keep the run if it can be recalled. One that can't be read is noted and left out."""
        try:
            with disk_errors(folder, "read"):
                self._keep(Bundle.open(folder))
        except StoreError as error:
            self.notes.append(_left_out(folder, error))

    def _keep(self, bundle: Bundle) -> None:
        meta = bundle.meta()
        if not self._ended(meta):
            return
        if meta.state == "finished":
            bundle.manifest()
        sites = dict(self._held(bundle, meta.profile))
        if sites and meta.finished:
            self.found.append(EarlierRun(str(bundle.folder.resolve()), meta.finished, sites))

    def _ended(self, meta: RunMeta) -> bool:
        """Whether it gathered by itself and came to an end before now; killed ones can't tell when they ended."""
        ended = meta.state != "running" and meta.finished is not None and meta.finished <= self._now
        return ended and "rejudges" not in meta.options

    def _held(self, bundle: Bundle, profile: str) -> Iterator[tuple[int, int]]:
        """Number here and there of each site that the run settled. Where names are alike, the number must be too."""
        for name, numbers in bundle.settled_sites().items():
            site = self._named.get(name)
            if site is None or self._counted[site.number, profile] >= MOST_RUNS:
                continue
            there = site.number if site.number in numbers else numbers[0]
            if there == site.number or len(numbers) == 1:
                self._counted[site.number, profile] += 1
                yield site.number, there


def _left_out(folder: Path, error: StoreError) -> Text:
    return Text(
        f"以往的检查记录 {folder.name} 无法读取，本次检查不引用：{error.said.zh}",
        f"the earlier run {folder.name} can't be read and is not recalled: {error}",
    )
