"""What a run takes over from the one before it. Pure.

Each run's fact holds what it remembers, so the newest earlier fact is enough: it carries those before it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from xuncha.api import HomeSamples, Past, Sample
from xuncha_plugins.availability.facts import HomeVisits, SecondVisits, Visit
from xuncha_plugins.availability.verdicts import failing_streak

MOST = 3000
"""Visits that a fact remembers: two for each half hour of a month."""


NO_SAMPLES = HomeSamples()


def earlier_home(past: Past[HomeVisits], since: datetime, sampled: HomeSamples = NO_SAMPLES) -> tuple[Visit, ...]:
    """Earlier visits to the home page, those of runs and those of the monitor, oldest first.

    What an earlier run had of the monitor is the same visit and counts once.
    """
    newest = next((earlier.fact for earlier in past), None)
    visits = (*newest.earlier, *_telling(newest)) if newest else ()
    monitored = (_visit(sampled.url, sample) for sample in sampled.samples)
    return _kept({visit.moment: visit for visit in (*visits, *monitored)}.values(), since)


def _visit(url: str, sample: Sample) -> Visit:
    return Visit(
        url,
        sample.moment,
        sample.seconds,
        sample.status,
        sample.reason,
        sample.final_url or url,
        challenge=sample.challenge,
        filing_block=sample.filing_block,
        notice=sample.notice,
    )


def _telling(home: HomeVisits) -> Sequence[Visit]:
    """Of the tries of one run the first, and the last that opened where the first did not: together they are one visit.

    Nothing where our own network or a provider's block stood between us and the site.
    """
    if home.names_resolve is False or any(aside.filing_block for aside in home.asides) or not home.visits:
        return ()
    first, opened = home.visits[0], [visit for visit in home.visits if visit.opened]
    return (first,) if first.opened or not opened else (first, opened[-1])


def earlier_failures(past: Past[SecondVisits], pages: Iterable[str], since: datetime) -> tuple[Visit, ...]:
    """Earlier visits to those ``pages`` that have not opened since, oldest first.

    A page that the newest earlier run saw open has none: that run did not need to visit it again.
    """
    newest = next((earlier.fact for earlier in past), None)
    if newest is None:
        return ()
    return _kept((visit for url in pages for visit in failing_streak((*newest.before(url), *newest.of(url)))), since)


def _kept(visits: Iterable[Visit], since: datetime) -> tuple[Visit, ...]:
    recent = sorted((visit for visit in visits if visit.moment >= since), key=lambda visit: visit.moment)
    return tuple(recent[-MOST:])
