"""What a worker's sites share on the way to the network: the ledger, the resolver, the signatures of block pages."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from xuncha.crawl.challenges import Recogniser
from xuncha.crawl.signature_files import load_signatures
from xuncha.model.clock import Clock, system_clock
from xuncha.model.site import Site
from xuncha.net.client import SiteNet, open_site
from xuncha.net.engine import Engine
from xuncha.net.ledger import Ledger, Limit
from xuncha.net.resolver import Resolver
from xuncha.net.scope import Scope, host_of
from xuncha.net.settings import Caller, Settings
from xuncha.net.stopwatch import Stopwatch
from xuncha.net.tlscontext import TlsContexts
from xuncha.plan import Plan, Surroundings
from xuncha.profile import Budgets
from xuncha.worker.account import Account
from xuncha.worker.board import LEDGER

_REQUESTS_PER_PAGE = 4
"""Beside each page: its assets and attachments, which are asked once each."""


_REQUESTS_PER_RENDER = 20
"""The page once more, its scripts and what they ask for; what pages share is fetched once. Half may lie elsewhere."""


class Network:
    """For one worker."""

    def __init__(self, run: Path, plan: Plan, number: int) -> None:
        self._plan = plan
        around = plan.surroundings
        self._ledger = Ledger(run / LEDGER, number)
        self._resolver = Resolver(around.nameservers)
        self._tls = TlsContexts(Path(around.ca_file) if around.ca_file else None)
        self._settings = settings(plan)
        self._elsewhere = {site.site.id: site.site.urls for site in plan.sites}
        self._under_way: set[Account] = set()
        self._requests = 0
        self._bytes = 0
        self.stopwatch = Stopwatch()
        self.recogniser = Recogniser(load_signatures())
        self.clock = _clock(plan)

    @property
    def requests(self) -> int:
        """Sent so far by this worker."""
        return self._requests + sum(map(_requests, self._under_way))

    @property
    def received(self) -> int:
        """Bytes of bodies received so far by this worker."""
        return self._bytes + sum(map(_bytes, self._under_way))

    def scope(self, site: Site) -> Scope:
        """Which hosts are the site's; those of the inventory's other sites stay theirs."""
        return Scope.of(site, elsewhere=self._others(site))

    def _others(self, site: Site) -> list[str]:
        return [url for other, urls in self._elsewhere.items() if other != site.id for url in urls]

    @asynccontextmanager
    async def of(self, site: Site, account: Account) -> AsyncIterator[SiteNet]:
        """The way out for one site, at the cost of its account."""
        net = open_site(
            site,
            engine=Engine(self._tls, timer=self.stopwatch),
            ledger=self._ledger,
            resolver=self._resolver,
            settings=self._settings,
            clock=self.clock,
            exempt=self._plan.surroundings.open_addresses,
            elsewhere=self._others(site),
            recognise=self.recogniser.recognise,
            spent=account.spent,
            noted=account.note,
        )
        self._under_way.add(account)
        try:
            async with net:
                yield net
        finally:
            self._under_way.discard(account)
            self._requests += _requests(account)
            self._bytes += _bytes(account)


def _requests(account: Account) -> int:
    """What this worker sent; what others sent before, they have counted."""
    spent, carried = account.spent, account.carried
    return spent.requests + spent.external - carried.requests - carried.external


def _bytes(account: Account) -> int:
    return account.spent.bytes - account.carried.bytes


class Terms(Protocol):
    """What a plan says of pace, caps and who is asking."""

    @property
    def budgets(self) -> Budgets: ...
    @property
    def surroundings(self) -> Surroundings: ...


def settings(plan: Terms) -> Settings:
    """Caps and pace from the profile's budgets. An address may serve two sites at full pace, a platform four."""
    budgets, around = plan.budgets, plan.surroundings
    rate, concurrency, shown = budgets.requests_per_second, budgets.concurrency, budgets.renders + budgets.pictures
    return Settings(
        caller=Caller(around.office, around.telephone, around.authorisation),
        max_bytes=budgets.page_bytes,
        requests=budgets.pages * _REQUESTS_PER_PAGE + shown * _REQUESTS_PER_RENDER + 1000,
        external_requests=2 * budgets.external_links + shown * _REQUESTS_PER_RENDER // 2 + 100,
        site_bytes=budgets.bytes,
        host=Limit(rate, concurrency, burst=concurrency),
        address=Limit(2 * rate, 2 * concurrency, burst=2 * concurrency),
        platform=Limit(4 * rate, 4 * concurrency, burst=4 * concurrency),
        service=Limit(1 / budgets.service_seconds, 1),
        relays=(host_of(around.whois),) if around.whois else (),
    )


def _clock(plan: Plan) -> Clock:
    """The system's, or the injected moment from which on time goes by as usual."""
    fixed = plan.surroundings.clock
    if fixed is None:
        return system_clock
    begun = time.monotonic()
    return lambda: fixed + timedelta(seconds=time.monotonic() - begun)
