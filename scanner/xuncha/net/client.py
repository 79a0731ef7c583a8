"""``SiteNet``: the ``Net`` that a site's crawl and probes are handed. It decides nothing: guard and engine do."""

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from functools import cached_property, partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Self

from xuncha.model.clock import Clock, system_clock
from xuncha.model.netapi import Answer, Finished, Lease, Method, NetError, Reply, Stream
from xuncha.model.reasons import Reason
from xuncha.model.site import Mode, Site
from xuncha.net.addresses import AddressPolicy
from xuncha.net.guard import Guard, Purpose, Spent
from xuncha.net.headers import request_headers
from xuncha.net.ledger import Ledger
from xuncha.net.programs import run_program
from xuncha.net.recent import Recent
from xuncha.net.resolver import Resolver
from xuncha.net.robots import ROBOTS_PATH, RobotsMemory, RobotsTxt
from xuncha.net.rules import Paper
from xuncha.net.scope import Scope
from xuncha.net.session import Recognise, Request, Sender, Session
from xuncha.net.settings import Settings
from xuncha.net.stream import BoundedStream, open_stream
from xuncha.net.target import BadUrl, Target
from xuncha.net.vetting import Vetting

if TYPE_CHECKING:
    import httpx

    from xuncha.model.netapi import Net

LONGEST_STREAM = 60.0
"""Seconds that a plain stream may live."""


class SiteNet:
    """Implements ``xuncha.model.netapi.Net`` for one site. Made by ``open_site``; ``bound`` gives a probe its own view.

    An async context manager; leaving it ends everything that is under way.
    """

    def __init__(
        self,
        session: Session,
        resolver: Resolver,
        settings: Settings,
        *,
        mode: Mode = Mode.PASSIVE,
        programs: tuple[str, ...] = (),
        requests: int | None = None,
        streams: "set[_HeldStream] | None" = None,
        services: tuple[str, ...] = (),
        asker: str = "crawl",
        recent: Recent | None = None,
    ) -> None:
        self._session = session
        self._resolver = resolver
        self._settings = settings
        self._mode = mode
        self._programs = programs
        self._requests = requests
        self._streams = set[_HeldStream]() if streams is None else streams
        self._services = services
        self._asker = asker
        self._recent = recent or Recent()

    def bound(
        self,
        *,
        mode: Mode = Mode.PASSIVE,
        programs: Sequence[str] = (),
        requests: int | None = None,
        services: Sequence[str] = (),
        asker: str = "",
    ) -> "SiteNet":
        """The same way out for one probe, ``asker``: its mode, its own most of requests, what it declares to use."""
        return SiteNet(
            self._session,
            self._resolver,
            self._settings,
            mode=mode,
            programs=tuple(programs),
            requests=requests,
            streams=self._streams,
            services=tuple(services),
            asker=asker,
            recent=self._recent,
        )

    @property
    def spent(self) -> Spent:
        """What was sent and received so far, by all views of the site together."""
        return self._session.guard.spent

    @cached_property
    def http(self) -> "httpx.AsyncClient":
        """An httpx client over ``fetch``; its failures are ``NetError`` and httpx exceptions at once."""
        from xuncha.net.transport import http_client  # noqa: PLC0415 - httpx is heavy, and few probes want it

        return http_client(self._fetch_for_httpx)

    async def fetch(
        self,
        url: str,
        *,
        method: Method = "GET",
        headers: Mapping[str, str] | None = None,
        follow: bool = True,
        max_bytes: int | None = None,
        deadline: float | None = None,
        external: bool = False,
        recent: bool = False,
    ) -> Reply:
        """One request through the guard, see ``Net.fetch``. A redirect may lead out of the site's scope."""
        settings = self._settings
        request = Request(
            _target(url),
            method,
            request_headers(settings.caller.user_agent, headers, disguise=self._mode is Mode.DISGUISE),
            max_bytes=min(max_bytes or settings.max_bytes, settings.max_bytes),
            deadline=min(deadline or settings.deadline, settings.deadline),
            redirects=settings.redirects,
            purpose=Purpose.EXTERNAL if external else Purpose.SITE,
            mode=self._mode,
            follow=follow,
            asker=self._asker,
        )
        if recent and method == "GET" and self._mode is not Mode.DISGUISE:
            return await self._shared(request)
        self._count()
        return await self._session.fetch(request)

    async def _shared(self, request: Request) -> Reply:
        """What another probe of the site was just told, else what is told now."""
        key = (request.target.url, tuple(request.headers.items()), request.follow, request.purpose)
        async with self._recent.turn(key):
            known = self._recent.recall(key, request.max_bytes)
            if known is None:
                self._count()
                known = await self._session.fetch(request)
                self._recent.keep(key, known)
            return known

    async def browse(
        self,
        url: str,
        *,
        method: Method,
        headers: Mapping[str, str],
        agent: str,
        cookie: str,
        inside: bool,
        max_bytes: int,
    ) -> Reply:
        """One request of a page in the browser, see ``xuncha.browser.way.Way``: not followed, the next hop is anew.

        The browser is told what robots.txt says to him, who may have passed what keeps others from it.
        """
        target, settings = _target(url), self._settings
        head = {**request_headers(settings.caller.user_agent, headers), "User-Agent": agent}
        if cookie and self._session.guard.contains(target):
            head["Cookie"] = cookie
        self._count()
        request = Request(
            target,
            method,
            head,
            max_bytes=min(max_bytes, settings.max_bytes),
            deadline=settings.deadline,
            redirects=0,
            purpose=self._purpose(target, inside=inside),
            mode=self._mode,
            follow=False,
            asker=self._asker,
        )
        return await self._session.fetch(request)

    def _purpose(self, target: Target, *, inside: bool) -> Purpose:
        if target.path == ROBOTS_PATH and self._session.guard.contains(target):
            return Purpose.ROBOTS
        return Purpose.SITE if inside else Purpose.EXTERNAL

    def agent(self, browser: str) -> str:
        """How a browser names itself on this way: as what it is, followed by who sends it."""
        return f"{browser} {self._settings.caller.user_agent}"

    def contains(self, url: str) -> bool:
        """Whether ``url`` belongs to the site."""
        try:
            return self._session.guard.contains(Target.parse(url))
        except BadUrl:
            return False

    async def robots(self, url: str) -> RobotsTxt:
        """The robots.txt that holds for ``url``, which must be of the site: state, sitemaps, rules."""
        target = _target(url)
        if not self._session.guard.contains(target):
            raise NetError(Reason.OUT_OF_SCOPE, url)
        return await self._session.robots(target)

    def heed(self, url: str, robots: RobotsTxt) -> None:
        """Obey ``robots`` at the origin of ``url``, whose robots.txt could only be read behind a challenge."""
        self._session.heed(_target(url), robots)

    async def resolve(self, name: str, kind: str = "A", *, signed: bool = False) -> Answer:
        """A fresh DNS lookup, see ``Net.resolve``."""
        self._session.guard.spent.lookups += 1
        return await self._resolver.resolve(name, kind, signed=signed)

    async def connect(self, host: str, port: int, *, deadline: float = 10.0, max_bytes: int = 262_144) -> Stream:
        """A plain TCP stream to a vetted address of the site or of a known service; close it when done."""
        held = AsyncExitStack()
        try:
            address = await held.enter_async_context(self._session.guard.converse(host, self._services))
            most = min(max_bytes, self._settings.max_bytes)
            stream = await open_stream(address, port, deadline=min(deadline, LONGEST_STREAM), max_bytes=most)
        except BaseException:
            await held.aclose()
            raise
        opened = _HeldStream(stream, held)
        self._streams.add(opened)
        held.callback(self._streams.discard, opened)
        return opened

    async def run(
        self, program: Sequence[str], *, deadline: float, stdin: bytes = b"", max_output: int = 16_000_000
    ) -> Finished:
        """A program that the probe declares, see ``Net.run``."""
        if _name_of(program) not in self._programs:
            raise NetError(Reason.BROKE_CONTRACT, f"{_name_of(program)} is not among the probe's declared programs")
        return await run_program(program, deadline=deadline, stdin=stdin, max_output=max_output)

    def lease(
        self, host: str, port: int, *, connections: int, pause_http: bool = True
    ) -> AbstractAsyncContextManager[Lease]:
        """Leave for a conversation of a program or stream of ours, see ``Net.lease`` and ``Guard.lease``."""
        return self._session.guard.lease(host, port, connections=connections, pause_http=pause_http)

    async def aclose(self) -> None:
        """End everything that is under way, of every view."""
        for stream in list(self._streams):
            await stream.close()
        await self._session.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def _fetch_for_httpx(self, method: str, url: str, headers: Mapping[str, str]) -> Reply:
        return await self.fetch(url, method=method, headers=headers, follow=False)  # type: ignore[arg-type]

    def _count(self) -> None:
        """A probe's own budget (the guard counts the site's)."""
        if self._requests is None:
            return
        if self._requests == 0:
            raise NetError(Reason.BUDGET_REACHED, "the requests that the probe declares")
        self._requests -= 1


class _HeldStream:
    """A stream that gives its place in the ledger back when it is closed."""

    def __init__(self, stream: BoundedStream, held: AsyncExitStack) -> None:
        self._stream = stream
        self._held = held

    async def send(self, data: bytes) -> None:
        """See ``BoundedStream.send``."""
        await self._stream.send(data)

    async def receive(self, most: int = 65_536) -> bytes:
        """See ``BoundedStream.receive``."""
        return await self._stream.receive(most)

    async def close(self) -> None:
        """Cut the connection; once is enough."""
        await self._stream.close()
        await self._held.aclose()


def open_site(
    site: Site,
    *,
    engine: Sender,
    ledger: Ledger,
    resolver: Resolver,
    settings: Settings,
    clock: Clock = system_clock,
    exempt: Sequence[str] = (),
    elsewhere: Sequence[str] = (),
    extra_hosts: Sequence[str] = (),
    hosts: Mapping[str, Sequence[str]] | None = None,
    recognise: Recognise = lambda reply: reply,
    spent: Spent | None = None,
    noted: Callable[[], None] = lambda: None,
    robots_memory: RobotsMemory | None = None,
) -> SiteNet:
    """The way out for one site.

    Args:
        site: with its authorisation and network.
        engine: of this site and worker; closed with the ``SiteNet``.
        ledger: shared by all workers.
        resolver: shared by the worker's sites.
        settings: caps and pace.
        clock: for authorisation and time stamps.
        exempt: address ranges that the caller answers for, such as the lab's loopback.
        elsewhere: entry URLs of the inventory's other sites, which keep their hosts.
        extra_hosts: hosts that belong to the site beside its entries.
        hosts: the machine's hosts file, heeded only where ``site.network`` or ``exempt`` opens more than the public.
        recognise: marks replies that aren't the site's own words.
        spent: what the site has cost already, see ``Guard``.
        noted: called when ``spent`` has grown.
        robots_memory: rules that earlier visits read, for who comes often.

    Raises:
        ValueError: ``site.network`` or ``exempt`` holds what is no address range.
    """
    scope = Scope.of(site, extra=extra_hosts, elsewhere=elsewhere)
    vetting = Vetting(site, scope, AddressPolicy(site.network, exempt=exempt), resolver, hosts)
    paper = Paper(site, scope, clock)
    guard = partial(Guard, site, scope, settings, paper=paper, vetting=vetting, ledger=ledger, spent=spent, noted=noted)
    session = Session(engine, settings, clock, recognise, lambda robots: guard(robots=robots), robots_memory)
    return SiteNet(session, resolver, settings)


if TYPE_CHECKING:

    def _is_a_net(client: SiteNet) -> Net:
        return client


def _target(url: str) -> Target:
    try:
        return Target.parse(url)
    except BadUrl as problem:
        raise NetError(Reason.SCHEME_FORBIDDEN, str(problem)) from problem


def _name_of(program: Sequence[str]) -> str:
    """What a probe declares: ``sslyze`` for ``sslyze …``, ``/usr/bin/sslyze …`` and ``python -m sslyze …``."""
    command = list(program)
    if command and Path(command[0]) == Path(sys.executable) and "-m" in command[:-1]:
        return command[command.index("-m") + 1]
    return PurePath(command[0]).name if command else ""
