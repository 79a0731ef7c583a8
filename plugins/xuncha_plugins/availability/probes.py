"""The probes: attempts to open the home page, second looks at pages that failed, made-up addresses, IPv6."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from pydantic import Field

from xuncha.api import (
    Clock,
    Crawl,
    Gap,
    HomeSamples,
    Net,
    NetError,
    PageRecord,
    Params,
    Past,
    Reason,
    Site,
    State,
    endpoint_of,
    is_address,
    knows_public_names,
    other_scheme,
    probe,
)
from xuncha_plugins.availability import missing
from xuncha_plugins.availability.facts import HomeVisits, Ipv6, MissingAnswer, MissingPages, SecondVisits, Visit
from xuncha_plugins.availability.remembering import NO_SAMPLES, earlier_failures, earlier_home
from xuncha_plugins.availability.verdicts import recorded
from xuncha_plugins.availability.visiting import Visitor

REMEMBER = 10
"""Days: the sampled week, and a weekend on which nothing ran."""

MOST_TRIES = 5
MOST_PAGES = 100
MOST_FOLDERS = 4

_ANSWERED_OTHERWISE = frozenset((
    Reason.NO_SUCH_NAME, Reason.REFUSED, Reason.RESET, Reason.TIMEOUT, Reason.TLS_FAILED, Reason.TLS_TOO_OLD,
    Reason.NOT_TLS, Reason.UNREACHABLE, Reason.OUT_OF_SCOPE, Reason.ADDRESS_FORBIDDEN,
))  # fmt: skip
"""What may have become of a visit that a provider's block stands behind: cut TLS, or a redirect that led nowhere."""

_NOWHERE = frozenset({Reason.NO_SUCH_NAME, Reason.DNS_FAILED, Reason.UNREACHABLE, Reason.TIMEOUT})


class HomeParams(Params):
    """``tries`` in one run, ``pause`` seconds apart, each given up after ``seconds``.

    Visits of earlier runs are remembered for ``remember`` days. ``vantage`` is from where the office says that it
    looks.
    """

    tries: int = Field(default=3, ge=1, le=MOST_TRIES)
    pause: float = Field(default=5.0, ge=0, le=30)
    seconds: float = Field(default=15.0, gt=0, le=20)
    remember: int = Field(default=REMEMBER, ge=1, le=35)
    vantage: str = ""


class SecondParams(Params):
    """At most ``pages`` are asked again, ``pause`` seconds after the crawl, each given up after ``seconds``.

    Visits of earlier runs are remembered for ``remember`` days; ``vantage`` as for the home page.
    """

    pages: int = Field(default=40, ge=1, le=MOST_PAGES)
    pause: float = Field(default=15.0, ge=0, le=120)
    seconds: float = Field(default=15.0, gt=0, le=20)
    remember: int = Field(default=REMEMBER, ge=1, le=35)
    vantage: str = ""


class MissingParams(Params):
    """``folders`` are tried beside the root; another ``seed`` makes up other names."""

    folders: int = Field(default=2, ge=0, le=MOST_FOLDERS)
    seed: str = ""


class Ipv6Params(Params):
    """``seconds``: patience with one connection. At most ``addresses`` are tried."""

    seconds: float = Field(default=5.0, gt=0, le=15)
    addresses: int = Field(default=2, ge=1, le=4)


@probe(provides=HomeVisits, params=HomeParams, deadline=300, connections=1, requests=MOST_TRIES + 2)
async def home_visits(
    site: Site, params: HomeParams, net: Net, clock: Clock, past: Past[HomeVisits], samples: HomeSamples = NO_SAMPLES
) -> HomeVisits | Gap:
    """A few attempts to open the declared entry; where none succeeds, a look at what answers in its place.

    What earlier runs and the monitor saw of it is remembered beside.
    """
    if not site.home:
        return Gap(Reason.NO_ENTRY_URL)
    earlier = earlier_home(past, clock() - timedelta(days=params.remember), samples)
    visitor = Visitor(net, clock, params.seconds, site.seen_from(params.vantage))
    visits: list[Visit] = []
    asides: list[Visit] = []
    try:
        await _try(visitor, site.home, params, visits)
        if not visits[-1].opened:
            await _look_aside(visitor, site, visits[-1], asides)
        asked = visits[-1].reason in _NOWHERE and not site.network  # within an intranet it would prove nothing
        resolve = await knows_public_names(net) if asked else None
    except asyncio.CancelledError:  # the deadline: what has been seen still counts
        if not visits:
            raise
        return HomeVisits(site.home, tuple(visits), tuple(asides), complete=False, earlier=earlier)
    return HomeVisits(site.home, tuple(visits), tuple(asides), resolve, earlier=earlier)


async def _try(visitor: Visitor, url: str, params: HomeParams, visits: list[Visit]) -> None:
    for number in range(params.tries):
        if number:
            await asyncio.sleep(params.pause)
        visits.append(await visitor.visit(url))


async def _look_aside(visitor: Visitor, site: Site, last: Visit, asides: list[Visit]) -> None:
    """The provider's block page is seen over plain HTTP, and sometimes only in the redirect that leads to it."""
    if last.reason not in _ANSWERED_OTHERWISE:
        return
    for url in (site.home, other_scheme(site.home, site.urls)):
        if url:
            asides.append(await visitor.aside(url))
            if asides[-1].filing_block:
                return


@probe(provides=SecondVisits, needs=(Crawl,), params=SecondParams, deadline=900, connections=1, requests=MOST_PAGES)
async def second_visits(
    site: Site, crawl: Crawl, params: SecondParams, net: Net, clock: Clock, past: Past[SecondVisits]
) -> SecondVisits:
    """Pages below the home page that answered with an error, asked again after a pause."""
    failed = _failed(crawl)
    if not failed:
        return SecondVisits()
    visitor = Visitor(net, clock, params.seconds, site.seen_from(params.vantage))
    visits: list[Visit] = []
    in_time = True
    try:
        await asyncio.sleep(params.pause)
        for record in failed[: params.pages]:
            visits.append(await visitor.visit(record.url))  # noqa: PERF401 - each is kept when time is up
    except asyncio.CancelledError:  # the deadline: what has been seen still counts
        in_time = False
    since = clock() - timedelta(days=params.remember)
    earlier = earlier_failures(past, (visit.url for visit in visits if not visit.opened), since)
    return SecondVisits(tuple(visits), in_time and len(failed) <= params.pages, earlier)


def _failed(crawl: Crawl) -> Sequence[PageRecord]:
    found = [page for page in crawl.pages if page.depth and recorded(page) is State.CLOSED]
    return sorted(found, key=lambda page: (page.depth, page.url))


@probe(provides=MissingPages, needs=(Crawl,), params=MissingParams, deadline=150, requests=1 + MOST_FOLDERS)
async def missing_pages(site: Site, crawl: Crawl, params: MissingParams, net: Net) -> MissingPages | Gap:
    """What comes for addresses that cannot exist, in the root and in the largest folders."""
    home = crawl.pages[0] if crawl.pages else None
    if home is None or not home.opened or crawl.bare:
        return Gap((home and home.problem) or Reason.TOO_FEW_PAGES)
    answers: list[MissingAnswer] = []
    for folder, url in missing.addresses(crawl, f"{params.seed}\n{site.id}", params.folders):
        try:
            answers.append(missing.answered(folder, await net.fetch(url), home.final_url))
        except NetError as error:
            answers.append(MissingAnswer(url, folder, reason=error.reason))
        except asyncio.CancelledError:  # the deadline: what has been seen still counts
            return MissingPages(tuple(answers), complete=False)
    return MissingPages(tuple(answers))


@probe(provides=Ipv6, needs=(HomeVisits,), params=Ipv6Params, deadline=90, connections=1, requests=0, conversations=4)
async def ipv6(visits: HomeVisits, params: Ipv6Params, net: Net) -> Ipv6 | Gap:
    """The IPv6 addresses of the entry's host, and whether one of them accepts a connection."""
    host, port = endpoint_of(visits.url)
    if not host:
        return Gap(Reason.NO_ENTRY_URL)
    if is_address(host):
        return Ipv6(host, port)
    answer = await net.resolve(host, "AAAA")
    found = Ipv6(host, port, answer.values, answer.exists)
    for address in answer.values[: params.addresses]:
        try:
            stream = await net.connect(address, port, deadline=params.seconds)
        except NetError as error:
            found = replace(found, connected=False, reason=error.reason)
        else:
            await stream.close()
            return replace(found, connected=True, reason=None)
    return found
