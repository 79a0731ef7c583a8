"""What an inspection will probably take of a site: what the last one by the same profile took.

The borders of a plan are what programs may never pass, and many times of that; whoever is asked for permission wants to
know what to expect.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xuncha.earlier import runs_of
from xuncha.plan import Plan
from xuncha.store.bundle import Bundle
from xuncha.store.errors import StoreError


@dataclass(frozen=True, slots=True)
class Expected:
    """Requests that a run took of a site, in all and by plugin (or ``crawl``, ``robots.txt``, ``browser`` …)."""

    run: str
    finished: datetime
    pages: int
    requests: int
    by_plugin: Mapping[str, int]


def expected(runs: Path, plan: Plan, now: datetime) -> dict[int, Expected]:
    """By the number of the site in ``plan``; sites that were never inspected by this profile are missing.

    Interrupted runs, and those that can't be read, tell nothing.
    """
    found: dict[int, Expected] = {}
    for run in runs_of(runs, plan.sites, now).runs:
        try:
            found = {**dict(_of_run(Path(run.folder), run.sites, plan.profile)), **found}
        except StoreError:
            continue
    return found


def _of_run(folder: Path, sites: Mapping[int, int], profile: str) -> Iterable[tuple[int, Expected]]:
    bundle = Bundle.open(folder)
    meta = bundle.meta()
    if meta.profile != profile or meta.state != "finished" or meta.finished is None:
        return
    for here, there in sites.items():
        stats = bundle.read_stats(there)
        if stats.requests:
            by_plugin = Counter[str]()
            for asker, count in stats.by_asker.items():
                by_plugin[asker if asker == "robots.txt" else asker.partition(".")[0]] += count
            yield here, Expected(meta.id, meta.finished, stats.pages, stats.requests, dict(by_plugin))
