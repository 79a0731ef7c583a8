"""What the views of one site share: guard and engine in turn, hop by hop, and the site's robots.txt."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from xuncha.model.clock import Clock
from xuncha.model.crawl import Robots
from xuncha.model.netapi import NetError, Reply
from xuncha.model.reasons import Reason
from xuncha.model.site import Mode
from xuncha.net.engine import Caps, RawReply
from xuncha.net.guard import Guard, Purpose, RobotsOf
from xuncha.net.headers import request_headers, retry_after
from xuncha.net.robots import MAX_BYTES, ROBOTS_PATH, RobotsMemory, RobotsTxt
from xuncha.net.settings import Settings
from xuncha.net.target import Target
from xuncha.net.walk import Walk

MOST_ORIGINS = 20
"""Schemes and ports of the site's hosts that are visited: a page full of links to its own ports is no port scan."""

_ROBOTS_REDIRECTS = 5  # RFC 9309, 2.3.1.2
_ADDRESSES_TRIED = 3
_TRY_ANOTHER = frozenset({Reason.REFUSED, Reason.UNREACHABLE})
_BUSY = frozenset({429, 503})

Recognise = Callable[[Reply], Reply]
"""Marks replies that aren't the site's own words."""


class Sender(Protocol):
    """The engine, or a stand-in for it."""

    async def send(self, target: Target, address: str, method: str, headers: Mapping[str, str], caps: Caps) -> RawReply:
        """One request to one vetted address."""
        ...

    async def aclose(self) -> None:
        """End all connections."""
        ...


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for, with everything decided but where redirects lead."""

    target: Target
    method: str
    headers: Mapping[str, str]
    max_bytes: int
    deadline: float
    redirects: int
    purpose: Purpose = Purpose.SITE
    mode: Mode = Mode.PASSIVE
    follow: bool = True
    asker: str = ""


@dataclass(frozen=True, slots=True)
class _RobotsAnswer:
    """What came for robots.txt, and what it means."""

    robots: RobotsTxt
    outcome: Reply | NetError


class Session:
    """One site's conversations over HTTP."""

    def __init__(
        self,
        engine: Sender,
        settings: Settings,
        clock: Clock,
        recognise: Recognise,
        guard: Callable[[RobotsOf], Guard],
        robots_memory: RobotsMemory | None = None,
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._clock = clock
        self._recognise = recognise
        self._robots: dict[str, asyncio.Task[_RobotsAnswer]] = {}
        self._heeded: dict[str, RobotsTxt] = {}
        self._memory = robots_memory
        self.guard = guard(self.robots)

    async def aclose(self) -> None:
        """End what is under way."""
        unfinished = [task for task in self._robots.values() if not task.done()]
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
        await self._engine.aclose()

    async def fetch(self, request: Request) -> Reply:
        """The answer after redirects, each hop admitted anew. Raises NetError.

        A site's robots.txt is asked for once; whoever fetches it gets that answer, except for ``Purpose.ROBOTS``.
        """
        robots = request.target.path == ROBOTS_PATH and request.method == "GET"
        if robots and request.purpose is not Purpose.ROBOTS and self.guard.contains(request.target):
            outcome = (await self._robots_answer(request.target)).outcome
            if isinstance(outcome, NetError):
                raise NetError(outcome.reason, outcome.detail)
            return outcome
        return await self._walk(request)

    async def robots(self, target: Target) -> RobotsTxt:
        """The rules of the target's origin; fetched when first asked for.

        Raises NetError(budget-reached) beyond ``MOST_ORIGINS``.
        """
        if target.origin in self._heeded:
            return self._heeded[target.origin]
        remembered = self._memory.recall(target.origin) if self._memory else None
        if remembered:
            self.guard.keep_pace(target.host, remembered.crawl_delay)
            return remembered
        robots = (await self._robots_answer(target)).robots
        if self._memory:
            self._memory.keep(target.origin, robots)
        return robots

    def heed(self, target: Target, robots: RobotsTxt) -> None:
        """Obey these rules at the target's origin from now on: we were kept from reading them, a browser was not."""
        self._heeded[target.origin] = robots
        self.guard.keep_pace(target.host, robots.crawl_delay)

    async def _robots_answer(self, target: Target) -> _RobotsAnswer:
        task = self._robots.get(target.origin)
        if task is None:
            if len(self._robots) >= MOST_ORIGINS:
                raise NetError(Reason.BUDGET_REACHED, f"more than {MOST_ORIGINS} ports and hosts of one site")
            task = self._robots[target.origin] = asyncio.create_task(self._read_robots(target))
        return await asyncio.shield(task)

    async def _read_robots(self, target: Target) -> _RobotsAnswer:
        try:
            answer = await self._ask_for_robots(target)
            if answer.robots.state is Robots.UNKNOWN:  # one bad moment should not cost the whole site
                answer = await self._ask_for_robots(target)
        except BaseException:
            del self._robots[target.origin]
            raise
        self.guard.keep_pace(target.host, answer.robots.crawl_delay)
        return answer

    async def _ask_for_robots(self, target: Target) -> _RobotsAnswer:
        settings = self._settings
        request = Request(
            Target(target.scheme, target.host, target.port, ROBOTS_PATH),
            "GET",
            request_headers(settings.caller.user_agent, {"Accept": "text/plain,*/*;q=0.8"}),
            max_bytes=MAX_BYTES,
            deadline=settings.deadline,
            redirects=_ROBOTS_REDIRECTS,
            purpose=Purpose.ROBOTS,
            asker=ROBOTS_PATH.lstrip("/"),
        )
        try:
            reply = await self._walk(request)
        except NetError as error:
            # RFC 9309, 2.3.1.2: where it redirects to nowhere, there is none.
            nowhere = error.reason in (Reason.TOO_MANY_REDIRECTS, Reason.BAD_REDIRECT)
            robots = RobotsTxt(Robots.FREE) if nowhere else RobotsTxt(Robots.UNKNOWN, problem=error.reason)
            return _RobotsAnswer(robots, error)
        robots = RobotsTxt.from_answer(reply.status, reply.body, challenged=bool(reply.challenge))
        return _RobotsAnswer(robots, reply)

    async def _walk(self, request: Request) -> Reply:
        """Take a request along its redirects; where that fails, the error says which of them were answered."""
        walk = Walk(request.target, request.method, request.redirects)
        try:
            return await self._walked(request, walk)
        except NetError as error:
            error.hops = tuple(walk.hops) or error.hops
            raise

    async def _walked(self, request: Request, walk: Walk) -> Reply:
        seconds = 0.0
        while True:
            raw = await self._answer(request, walk, request.deadline - seconds)
            seconds += raw.seconds
            if not (request.follow and walk.step(raw)):
                return self._recognise(self._reply(request, walk, raw, seconds))
            if seconds >= request.deadline:
                raise NetError(Reason.TIMEOUT, f"{len(walk.hops)} redirects took longer than {request.deadline} s")

    async def _answer(self, request: Request, walk: Walk, seconds: float) -> RawReply:
        """One hop. A busy site is asked once more after the time it names, if that is soon."""
        try:
            raw = await self._ask(request, walk, seconds)
            if raw.status in _BUSY and self._rests(walk.target, raw):
                raw = await self._ask(request, walk, seconds)
        except NetError as error:
            if not walk.hops:
                raise
            raise NetError(error.reason, f"{error.detail} (redirected from {walk.hops[-1].url})") from error
        return raw

    def _rests(self, target: Target, raw: RawReply) -> bool:
        """Let the host rest as it asks, up to the cap; whether it is worth asking again."""
        wanted = retry_after(raw.headers, self._clock())
        if wanted is None:
            return False
        self.guard.pause(target.host, min(wanted, self._settings.retry_after))
        return wanted <= self._settings.retry_after and self.guard.contains(target)

    async def _ask(self, request: Request, walk: Walk, seconds: float) -> RawReply:
        """Ask one address after the other until one answers."""
        hop_purpose = Purpose.EXTERNAL if walk.hops and request.purpose is Purpose.SITE else request.purpose
        entry = request.purpose is Purpose.SITE and self.guard.is_entry(request.target)
        permit = await self.guard.admit(
            walk.target, walk.method, hop_purpose, request.mode, entry=entry, asker=request.asker
        )
        headers, caps = {**request.headers, **walk.cookies}, Caps(request.max_bytes, seconds)
        first: NetError | None = None
        for address in permit.addresses[:_ADDRESSES_TRIED]:
            async with self.guard.passage(permit, address):
                try:
                    raw = await self._engine.send(walk.target, address, walk.method, headers, caps)
                except NetError as error:
                    if error.reason not in _TRY_ANOTHER:
                        raise
                    first = first or error
                else:
                    self.guard.received(permit, address, raw.wire_bytes)
                    return raw
        assert first is not None
        raise first

    def _reply(self, request: Request, walk: Walk, raw: RawReply, seconds: float) -> Reply:
        return Reply(
            url=request.target.url,
            final_url=walk.target.url,
            status=raw.status,
            headers=raw.headers,
            body=raw.body,
            hops=tuple(walk.hops),
            seconds=seconds,
            address=raw.address,
            http_version=raw.http_version,
            reader=raw.reader,
            truncated=raw.truncated,
            tls=raw.tls,
            fetched_at=self._clock(),
            wire_bytes=raw.wire_bytes,
        )
