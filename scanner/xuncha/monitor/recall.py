"""What was sampled of a site's home page, over all plans; for workers, who hand it to probes, and for the overview."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from xuncha.model.sampling import HomeSamples, Sample
from xuncha.model.site import Site
from xuncha.monitor.outlook import Darkness, cleared, darknesses
from xuncha.monitor.plan import PlanFolder, plan_folders
from xuncha.monitor.samples import stored
from xuncha.store.disk import sha256_of
from xuncha.store.errors import StoreError

MOST_DAYS = 35
"""A month of sampling, and the days until somebody scans."""

_MOST_PLANS = 40


def recalled(monitors: Path, site: Site, until: datetime) -> HomeSamples:
    """The visits before ``until``, oldest first. A file that can't be read, or was changed, is told and left out."""
    since = until - timedelta(days=MOST_DAYS)
    found: dict[datetime, Sample] = {}
    for folder in plan_folders(monitors)[:_MOST_PLANS]:
        try:
            found |= {one.moment: one for one in of_plan(folder, site) if since <= one.moment <= until}
        except (StoreError, OSError) as error:
            logging.getLogger("xuncha").warning("not recalled: %s", error)
    return HomeSamples(site.home, tuple(found[moment] for moment in sorted(found)))


def of_plan(folder: PlanFolder, site: Site) -> Sequence[Sample]:
    """The visits of one plan, oldest first, with those marked unfit that our own network spoilt. Raises StoreError."""
    path = folder.samples(site)
    if not path.exists():
        return ()
    _unchanged(folder, path)
    samples = cleared(stored(folder, site), _dark(folder.outlook, *_age(folder.outlook)))
    return sorted(samples, key=lambda one: one.moment)


def _unchanged(folder: PlanFolder, path: Path) -> None:
    if folder.sealed and _manifest(folder.folder).get(path.relative_to(folder.folder).as_posix()) != sha256_of(path):
        raise StoreError(f"{path}: was changed after its plan had ended", f"{path}：监测结束后被改动")


@lru_cache(8)
def _manifest(folder: Path) -> Mapping[str, str]:
    return PlanFolder(folder).manifest()


@lru_cache(8)
def _dark(path: Path, _changed: int, _size: int) -> tuple[Darkness, ...]:
    """Kept in mind as long as the file is the same."""
    return tuple(darknesses(path))


def _age(path: Path) -> tuple[int, int]:
    if not path.exists():
        return 0, 0
    about = path.stat()
    return about.st_mtime_ns, about.st_size
