"""One visit to a home page, through the same guard as everything: paper, hours, robots.txt, pace, User-Agent."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from xuncha.crawl.challenges import Recogniser, filing_block
from xuncha.crawl.signature_files import load_signatures
from xuncha.model.clock import Clock
from xuncha.model.netapi import NetError, Reply
from xuncha.model.opening import State, state
from xuncha.model.reasons import Reason
from xuncha.model.sampling import Sample
from xuncha.model.site import Site
from xuncha.monitor.outlook import NOWHERE, Landmark
from xuncha.monitor.plan import LEDGER, MonitorPlan
from xuncha.net.client import open_site
from xuncha.net.engine import Engine
from xuncha.net.far import far_servers_answer
from xuncha.net.ledger import Ledger
from xuncha.net.resolver import Resolver
from xuncha.net.robots import RobotsMemory
from xuncha.net.settings import Settings
from xuncha.net.tlscontext import TlsContexts
from xuncha.vantage import ASKED
from xuncha.worker.network import settings

PATIENCE = 20.0
"""Seconds: beyond the 15 of the rule, so that a page that came after 16 is told from one that never did."""

PAGE_BYTES = 300_000
MOST_URL = 500
_REQUESTS = 40
"""Of one visit: robots.txt and the page, their redirects, one repetition each."""

_TURN = 120.0
"""Seconds that a visit waits for its turn at a busy host; then its slot says that we were too many."""

_LEAP = 5.0
"""Seconds by which the wall clock may differ from the monotonic one within a visit."""


@dataclass(frozen=True, slots=True)
class Visited:
    """A visit, the address that answered (empty where none did), and whether something far away answered instead."""

    sample: Sample
    address: str = ""
    far: bool = False


class Visitor:
    """Visits home pages for one plan. Close it when done."""

    def __init__(self, folder: Path, plan: MonitorPlan, clock: Clock, steady: Callable[[], float]) -> None:
        around = plan.surroundings
        Ledger.create(folder / LEDGER, workers=1)
        self._ledger = Ledger(folder / LEDGER, 0)
        self._resolver = Resolver(around.nameservers)
        self._tls = TlsContexts(Path(around.ca_file) if around.ca_file else None)
        self._settings = _bounded(settings(plan))
        self._recognise = Recogniser(load_signatures()).recognise
        self._robots = RobotsMemory(steady)
        self._open = around.open_addresses
        self._vantage = around.vantage
        self._clock = clock
        self._steady = steady
        self._names = Landmark(self._own_names, steady)
        self._far = Landmark(partial(far_servers_answer, self._resolver), steady)

    def close(self) -> None:
        self._ledger.close()

    async def visit(self, site: Site) -> Visited:
        """One attempt to open the home page. Never raises for what the network does."""
        await self._names.learn()
        moment, began = self._clock(), self._steady()
        reply, reason = await self._ask(site)
        sample = _sample(moment, reply, reason)
        if await self._blind(site, sample) or self._leapt(moment, began):
            sample = sample.unfit()
        far = sample.reason is Reason.TIMEOUT and await self._far.seen()
        return Visited(sample, reply.address if reply else "", far)

    async def _blind(self, site: Site, sample: Sample) -> bool:
        """Whether it is we who could not see: by where we stand, or because our own names are lost."""
        if sample.reason and state(sample) is State.CLOSED and not site.seen_from(self._vantage):
            return True
        return sample.reason in NOWHERE and not site.network and await self._names.lost()

    async def _ask(self, site: Site) -> tuple[Reply | None, Reason | None]:
        net = open_site(
            site,
            engine=Engine(self._tls),
            ledger=self._ledger,
            resolver=self._resolver,
            settings=self._settings,
            clock=self._clock,
            exempt=self._open,
            recognise=self._recognise,
            robots_memory=self._robots,
        )
        async with net:
            try:
                return await net.fetch(site.home), None
            except NetError as error:
                return None, error.reason

    async def _own_names(self) -> bool:
        with suppress(NetError):
            return (await self._resolver.resolve(ASKED)).exists
        return False

    def _leapt(self, moment: datetime, began: float) -> bool:
        """Whether the clock was set, or the machine slept, while we waited for the page."""
        return abs((self._clock() - moment).total_seconds() - (self._steady() - began)) > _LEAP


def _sample(moment: datetime, reply: Reply | None, reason: Reason | None) -> Sample:
    if reply is None:
        return Sample(moment, PATIENCE if reason is Reason.TIMEOUT else 0.0, reason=reason)
    return Sample(
        moment,
        round(reply.seconds, 3),
        reply.status,
        final_url=reply.final_url[:MOST_URL] if reply.final_url != reply.url else "",
        challenge=reply.challenge,
        filing_block=filing_block(reply.marks),
        notice=reply.notice,
    )


def _bounded(common: Settings) -> Settings:
    return replace(
        common, max_bytes=PAGE_BYTES, deadline=PATIENCE, requests=_REQUESTS, external_requests=_REQUESTS, patience=_TURN
    )
