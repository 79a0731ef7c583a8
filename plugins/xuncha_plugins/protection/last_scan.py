"""What the last scan saw that speaks against a declared measure. Read from stored runs; nothing is sent."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from typing import TypeVar

from xuncha.api import Crawl, Past, Prints, day_of, masked_excerpt, probe
from xuncha_plugins.darklinks.facts import Plants
from xuncha_plugins.exposure.probes import Exposures
from xuncha_plugins.protection.facts import LastScan, Sight

T = TypeVar("T")

MOST = 5
OPEN_DOORS = frozenset(
    {"version-control", "backups", "configuration", "keys", "consoles", "debug", "editor-files", "uploads"}
)
"""Families of exposures that a filter in front of a website is there to stop."""


@probe(provides=LastScan, requests=0, connections=0, deadline=60)
async def last_scan(
    prints: Past[Prints], plants: Past[Plants], exposures: Past[Exposures], crawls: Past[Crawl]
) -> LastScan:
    """Only the newest run that looked counts: what it no longer saw was mended."""
    return LastScan(
        exposed=_newest(exposures, _exposed),
        tampered=(*_newest(prints, _defaced), *_newest(plants, _planted))[:MOST],
        infected=_newest(plants, _infected),
        exposed_on=_looked(exposures),
        tampered_on=_looked(prints) or _looked(plants),
        infected_on=_looked(plants),
        scanned_on=_looked(crawls),
    )


def _newest(past: Past[T], sights: Callable[[T, date], Iterator[Sight]]) -> tuple[Sight, ...]:
    last = next(iter(past), None)
    return tuple(islice(sights(last.fact, day_of(last.finished)), MOST)) if last else ()


def _looked(past: Past[T]) -> date | None:
    """The day of the newest run that looked."""
    last = next(iter(past), None)
    return day_of(last.finished) if last else None


def _defaced(prints: Prints, day: date) -> Iterator[Sight]:
    for page in prints.pages:
        sure = [sign for sign in page.signs if sign.sure]
        if sure:
            yield Sight(page.url, day, "integrity.defacement", masked_excerpt(sure[0].excerpt))


def _planted(plants: Plants, day: date) -> Iterator[Sight]:
    for title in plants.titles:
        if title.sure:
            yield Sight(title.url, day, "darklinks.title-spam", masked_excerpt(title.shown))


def _infected(plants: Plants, day: date) -> Iterator[Sight]:
    for one in plants.injected:
        if one.verified and one.source:
            yield Sight(one.url, day, "darklinks.injected", one.host)


def _exposed(exposures: Exposures, day: date) -> Iterator[Sight]:
    for one in exposures.proven:
        if one.family in OPEN_DOORS and not one.manual:
            yield Sight(one.url, day, f"exposure.{one.family}")
