"""What earlier runs found of a site, read when a probe comes to it."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from xuncha.model.crawl import Crawl
from xuncha.model.past import Earlier, Past
from xuncha.model.site import Site
from xuncha.plan import EarlierRun, SitePlan
from xuncha.registry import fact_name
from xuncha.store.bundle import Bundle
from xuncha.store.codec import Json, load, masked
from xuncha.store.disk import sha256_of
from xuncha.store.errors import StoreError
from xuncha.store.facts import read_facts
from xuncha.worker.facts import CRAWL_PARTS, whole_crawl
from xuncha.worker.leavings import SITE, of_site

MOST_BYTES = 32_000_000
"""Of compressed facts that one probe may recall of one site: a few seconds of reading, in which other sites wait."""

_MANIFESTS = 16
"""Manifests kept in mind: probes mostly ask for the newest few runs, and each site asks anew."""


class Recalled:
    """Facts of one type that earlier runs stored of one site. Iterating reads the files, the newest first."""

    def __init__(self, runs: Sequence[EarlierRun], planned: SitePlan, fact: type) -> None:
        self._runs = runs
        self._number = planned.number
        self._site = planned.site
        self._fact = fact

    def __iter__(self) -> Iterator[Earlier[Any]]:
        left = MOST_BYTES
        for run in self._runs:
            if self._number not in run.sites:
                continue
            path = Bundle(Path(run.folder)).facts_file(run.sites[self._number], self._site.id)
            try:
                left -= path.stat().st_size
                if left < 0:
                    return
                fact = _fact_in(path, Path(run.folder), self._site, self._fact)
            except (StoreError, OSError) as error:
                logging.getLogger("xuncha").warning("not recalled: %s", error)
                continue
            if fact is not None:
                yield Earlier(run.finished, fact)


def past(runs: Sequence[EarlierRun], planned: SitePlan, fact: type) -> Past[Any]:
    """What a probe is handed for an argument ``Past[fact]``."""
    return Past(Recalled(runs, planned, fact))


def _fact_in(path: Path, run: Path, site: Site, fact: type) -> object | None:
    """The fact, if the file is as it was when its run ended and speaks of this site.

    Raises:
        StoreError: it is missing, damaged or changed, or holds the fact in a form that is no longer read.
    """
    listed = _manifest(run).get(path.relative_to(run).as_posix())
    if listed is not None and sha256_of(path) != listed:
        raise StoreError(f"{path}: was changed after its run had ended", f"{path}：检查结束后被改动")
    names = CRAWL_PARTS if fact is Crawl else (fact_name(fact),)
    found: dict[str, list[Json]] = {name: [] for name in (SITE, *names)}
    for name, value in read_facts(path, found):
        found[name].append(value)
    if found[SITE] != [masked(of_site(site))] or not found[names[0]]:
        return None
    return whole_crawl(found) if fact is Crawl else load(fact, found[names[0]][0])


@lru_cache(_MANIFESTS)
def _manifest(run: Path) -> Mapping[str, str]:
    """What the run's manifest lists; nothing for one that was interrupted, whose files vouch for themselves."""
    bundle = Bundle(run)
    return bundle.manifest() if bundle.sealed else {}
