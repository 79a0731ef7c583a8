"""Every conversation passes here: it is admitted with vetted addresses and a place in the ledger, or refused."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from xuncha.model.netapi import Lease, NetError
from xuncha.model.reasons import Reason
from xuncha.model.site import Mode, Site
from xuncha.net.ledger import Claim, Ledger, Limit, Passage
from xuncha.net.robots import RobotsTxt
from xuncha.net.rules import Paper, check_form, check_robots
from xuncha.net.scope import Scope, host_of
from xuncha.net.settings import Settings
from xuncha.net.target import Target
from xuncha.net.vetting import Vetting

LONGEST_REST = 180.0
"""Seconds that a lease keeps HTTP from its host at most: a worker that dies in a lease leaves no lasting silence."""

_ACQUIRING = 60.0
"""Seconds that an address is kept free at most while a lease waits for its connections."""

_MOST_CLAIMS = 4_096
_ONE_LEASE = Limit(rate=1_000, concurrent=1)


RobotsOf = Callable[[Target], Awaitable[RobotsTxt]]
"""Gives the rules of a target's origin, fetching them when first asked."""


class Purpose(StrEnum):
    """Why something is asked: for the inspection of the site, about a link that leads out of it, for robots.txt."""

    SITE = "site"
    EXTERNAL = "external"
    ROBOTS = "robots"


@dataclass(frozen=True, slots=True)
class Permit:
    """Leave for one request: the vetted ``addresses``, in the order to try them."""

    target: Target
    method: str
    addresses: tuple[str, ...]
    inside: bool


@dataclass(frozen=True, slots=True)
class _Held:
    """A lease as the task that holds it knows it: room for its own streams, and whether HTTP to the host rests."""

    address: str
    room: asyncio.Semaphore
    rests: bool


_LEASES: ContextVar[Mapping[str, _Held]] = ContextVar("leases of this task, by host", default=MappingProxyType({}))


@dataclass(slots=True)
class Spent:
    """What was sent and received. ``requests`` went to the site itself; ``bytes`` are of bodies on the wire.

    ``by_asker`` shares out both kinds of requests among those on whose behalf they were sent: probes by their names,
    robots.txt, and the crawl.
    """

    requests: int = 0
    external: int = 0
    lookups: int = 0
    connections: int = 0
    leases: int = 0
    bytes: int = 0
    by_asker: Counter[str] = field(default_factory=Counter)


class Guard:
    """For one site in one worker.

    Args:
        site: with its authorisation.
        scope: which hosts are its own.
        settings: caps and pace.
        paper: the authorisation at this moment.
        vetting: host to addresses.
        ledger: shared by all workers.
        robots: asked for targets inside the scope.
        spent: what the site has cost already; its budgets hold over all processes that inspect it.
        noted: called when ``spent`` has grown, each time before anything is sent.
    """

    def __init__(
        self,
        site: Site,
        scope: Scope,
        settings: Settings,
        *,
        paper: Paper,
        vetting: Vetting,
        ledger: Ledger,
        robots: RobotsOf,
        spent: Spent | None = None,
        noted: Callable[[], None] = lambda: None,
    ) -> None:
        self.spent = Spent() if spent is None else spent
        self._noted = noted
        self._site = site
        self._scope = scope
        self._settings = settings
        self._paper = paper
        self._vetting = vetting
        self._ledger = ledger
        self._robots = robots
        self._entries = {Target.parse(url).url for url in site.urls if host_of(url)}
        self._paces: dict[str, Limit] = {}
        self._claims: dict[tuple[str, str], tuple[Claim, ...]] = {}

    async def admit(
        self,
        target: Target,
        method: str,
        purpose: Purpose,
        mode: Mode = Mode.PASSIVE,
        *,
        entry: bool = False,
        asker: str = "",
    ) -> Permit:
        """Leave for ``asker`` to ask for ``target``. Raises NetError for the first rule that says no.

        ``entry`` marks where a declared entry redirected to; the entries themselves are known.
        """
        inside = self._scope.contains(target)
        check_form(target, method, inside=inside)
        if not inside and purpose is Purpose.SITE:
            raise NetError(Reason.OUT_OF_SCOPE, target.url)
        self._paper.check_hours()
        if inside and purpose is not Purpose.ROBOTS and not self._paper.ignores_robots:
            check_robots(await self._robots(target), target, entry=entry or self.is_entry(target))
        addresses = await self._vetting.addresses(target.host)
        self._paper.check_mode(mode, target.host, addresses)
        self._count(asker, inside=inside)
        return Permit(target, method, addresses, inside)

    def contains(self, target: Target) -> bool:
        """Whether ``target`` belongs to the site."""
        return self._scope.contains(target)

    def is_entry(self, target: Target) -> bool:
        """Whether ``target`` is a declared entry of the site."""
        return target.url in self._entries

    def passage(self, permit: Permit, address: str) -> Passage:
        """The place in the ledger for one request to one of the permit's addresses, to be entered."""
        host = permit.target.host
        held = _LEASES.get().get(host)
        if held is not None and held.rests:
            raise RuntimeError(f"HTTP to {host} within a lease of it would wait for itself; end the lease first")
        return self._pass(self._claims_on(host, address))

    def received(self, permit: Permit, address: str, wire_bytes: int) -> None:
        """Count what came."""
        self.spent.bytes += wire_bytes
        self._noted()
        self._vetting.prefer(permit.target.host, address)

    def pause(self, host: str, seconds: float) -> None:
        """Nobody asks ``host`` for a while (Retry-After)."""
        self._ledger.pause(f"host:{host}", seconds)

    def keep_pace(self, host: str, crawl_delay: float | None) -> None:
        """Honour a Crawl-delay, up to the cap."""
        delay = min(crawl_delay or 0.0, self._settings.crawl_delay)
        if delay * self._settings.host.rate > 1:
            self._paces[host] = Limit(rate=1 / delay, concurrent=1)
            self._claims.clear()

    @asynccontextmanager
    async def converse(self, host: str, services: Sequence[str] = ()) -> AsyncIterator[str]:
        """A vetted address of ``host`` for one connection outside HTTP; ``services`` are hosts the probe declares.

        Only a probe that declares some may speak to the operator's own relay, so that nothing that a site says of
        itself, its addresses among it, leads there. It takes a place in the ledger like a request does; within a lease
        of the host, one of the lease's connections. A service beyond the site has a pace of its own, however many
        sites ask it.
        """
        held = _LEASES.get().get(host_of(host))
        place: AbstractAsyncContextManager[object]
        if held is not None:
            address, place = held.address, held.room
        else:
            name, address = await self._leave_to_speak(host, services)
            place = self._pass(self._claims_to_speak(name, address, services))
        async with place:
            self.spent.connections += 1
            yield address

    @asynccontextmanager
    async def lease(self, host: str, port: int, *, connections: int, pause_http: bool) -> AsyncIterator[Lease]:
        """A vetted address with room for ``connections`` at once; HTTP to the host rests until it is given back.

        One lease per address at a time. While it waits for its connections, nothing new reaches the address, so that
        the other sites there can't crowd it out.
        """
        name, address = await self._leave_to_speak(host)
        turn = Claim.on(f"lease:{address}", _ONE_LEASE)
        room = Claim.on(f"addr:{address}", self._settings.address, connections, urgent=True)
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self._pass((turn,)))
            if pause_http:
                stack.enter_context(self._resting(f"host:{name}", LONGEST_REST))
            with self._resting(f"addr:{address}", _ACQUIRING):
                await stack.enter_async_context(self._pass((room,)))
            stack.enter_context(_noted(name, _Held(address, asyncio.Semaphore(room.weight), pause_http)))
            self.spent.leases += 1
            yield Lease(name, port, address, room.weight)

    async def _leave_to_speak(self, host: str, services: Sequence[str] = ()) -> tuple[str, str]:
        name = host_of(host)
        relayed = self._is_relay(name, services)
        if not name or not (relayed or name in {*self._scope.hosts, *services} or await self._vetting.is_own(name)):
            raise NetError(Reason.OUT_OF_SCOPE, host)
        self._paper.check_hours()
        return name, await self._vetting.relay(name) if relayed else (await self._vetting.addresses(name))[0]

    def _is_relay(self, name: str, services: Sequence[str]) -> bool:
        return bool(services) and name in self._settings.relays and name not in self._scope.hosts

    def _claims_to_speak(self, name: str, address: str, services: Sequence[str]) -> tuple[Claim, ...]:
        if name in self._scope.hosts or name not in (*self._settings.relays, *services):
            return self._claims_on(name, address)
        return (Claim.on(f"service:{name}", self._settings.service),)

    def _pass(self, claims: Sequence[Claim]) -> Passage:
        return self._ledger.pass_through(claims, self._settings.patience)

    @contextmanager
    def _resting(self, key: str, seconds: float) -> Iterator[None]:
        until = self._ledger.pause(key, seconds)
        try:
            yield
        finally:
            self._ledger.resume(key, until)

    def _count(self, asker: str, *, inside: bool) -> None:
        spent, settings = self.spent, self._settings
        if spent.bytes >= settings.site_bytes:
            raise NetError(Reason.BUDGET_REACHED, f"{settings.site_bytes} bytes")
        done, most = (spent.requests, settings.requests) if inside else (spent.external, settings.external_requests)
        if done >= most:
            raise NetError(Reason.BUDGET_REACHED, f"{most} requests")
        if inside:
            spent.requests += 1
        else:
            spent.external += 1
        spent.by_asker[asker] += 1
        self._noted()

    def _claims_on(self, host: str, address: str) -> tuple[Claim, ...]:
        claims = self._claims.get((host, address))
        if claims is None:
            if len(self._claims) >= _MOST_CLAIMS:
                self._claims.clear()
            claims = self._claims[host, address] = (*self._new_claims(host, address),)
        return claims

    def _new_claims(self, host: str, address: str) -> Iterator[Claim]:
        yield Claim.on(f"host:{host}", self._paces.get(host, self._settings.host))
        yield Claim.on(f"addr:{address}", self._settings.address)
        if self._site.platform and host in self._scope.hosts:
            yield Claim.on(f"platform:{self._site.platform}", self._settings.platform)


@contextmanager
def _noted(host: str, held: _Held) -> Iterator[None]:
    """Within the block this task, and those it starts, are known to hold a lease of ``host``."""
    before = _LEASES.get()
    _LEASES.set({**before, host: held})
    try:
        yield
    finally:
        _LEASES.set(before)
