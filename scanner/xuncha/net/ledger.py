"""Pace and concurrency of all workers of a run: per host, per connected address and per platform.

The pace is kept by GCRA (the generic cell rate algorithm of ITU-T I.371): one moment per row instead of a list of
requests. Times are of the system's monotonic clock, which all processes of a machine share; the file is made anew
whenever a run starts or is resumed.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Final, Self
from weakref import WeakValueDictionary

from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason
from xuncha.net.book import Book

SECOND: Final = 1_000_000_000
PATIENCE: Final = 600.0
"""Seconds that a request waits for its turn before it gives up."""

_POLL = 20_000_000
"""Nanoseconds between two looks at a row that another process must free."""

_LONGEST_SLEEP = 250_000_000
"""A pause may be lifted early by another process, and nobody tells us."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``rate`` requests a second, ``burst`` of them at once, and ``concurrent`` at the same time."""

    rate: float
    concurrent: int
    burst: int = 1
    interval: int = field(init=False, default=0)
    tolerance: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        if not (self.rate > 0 and self.concurrent > 0 and self.burst > 0):
            raise ValueError(f"a limit lets something pass: {self}")
        object.__setattr__(self, "interval", int(SECOND / self.rate))
        object.__setattr__(self, "tolerance", self.interval * (self.burst - 1))


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that a conversation needs. ``weight`` counts for that many at once; ``urgent`` ones don't mind a pause."""

    row: int
    limit: Limit
    weight: int = 1
    urgent: bool = False

    @classmethod
    def on(cls, key: str, limit: Limit, weight: int = 1, *, urgent: bool = False) -> Self:
        """A claim on the row of ``key``, such as ``host:www.example.gov.cn``; never more than its limit allows."""
        return cls(row_of(key), limit, min(weight, limit.concurrent), urgent)


def row_of(key: str) -> int:
    """The number under which the row of ``key`` is found; never 0, which marks a row that was never used."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()) or 1


class Ledger:
    """A worker's view. Use it from one thread."""

    def __init__(self, path: Path, worker: int, *, clock: Callable[[], int] = time.monotonic_ns) -> None:
        """Open as ``worker`` (from 0). Raises OSError, and ValueError when ``path`` isn't a ledger of ours."""
        self._book = Book(path, worker)
        self._clock = clock
        self._lines: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._sleepers: set[asyncio.Event] = set()

    @staticmethod
    def create(path: Path, *, workers: int) -> None:
        """A new, empty ledger for ``workers`` processes; an old one of that name is replaced."""
        Book.create(path, workers=workers)

    def close(self) -> None:
        """Let go of the file. What is still held stays counted until ``clear``."""
        self._book.close()

    def pass_through(self, claims: Sequence[Claim], patience: float = PATIENCE) -> "Passage":
        """``async with ledger.pass_through(claims):`` waits for its turn.

        Raises NetError(rate-limited) when it did not come within ``patience`` seconds. All claims are taken together,
        or none is held while it waits, so two requests can't block each other.
        """
        return Passage(self, claims, patience)

    def take(self, claims: Sequence[Claim]) -> tuple[int, int, list[int]]:
        """(now, 0, where the rows are) when everything was taken, else (now, how long to wait, nothing)."""
        with self._book:
            now = self._clock()
            places = [self._book.find(claim.row, now) for claim in claims]
            wait = max([self._wait(claim, place, now) for claim, place in zip(claims, places, strict=True)])
            if wait:
                return now, wait, []
            for claim, place in zip(claims, places, strict=True):
                due, paused = self._book.moments(place)
                self._book.set_moments(place, max(due, now) + claim.limit.interval, paused)
                self._book.hold(place, claim.weight)
            return now, 0, places

    def _wait(self, claim: Claim, place: int, now: int) -> int:
        due, paused = self._book.moments(place)
        ready = due - claim.limit.tolerance
        if paused > ready and not claim.urgent:
            ready = paused
        if ready > now:
            return ready - now
        return _POLL if self._book.held(place) + claim.weight > claim.limit.concurrent else 0

    def give_back(self, claims: Sequence[Claim], places: Sequence[int]) -> int:
        """Undo the counts of ``take``; the pace stays as it is. Returns the moment."""
        with self._book:
            for claim, place in zip(claims, places, strict=True):
                self._book.hold(place, -claim.weight)
            now = self._clock()
        self._wake()
        return now

    def pause(self, key: str, seconds: float) -> int:
        """Let nothing pass that claims ``key``, for ``seconds`` from now or as long as it is paused already.

        Returns the moment to lift it with ``resume``; 0 where a longer pause, not ours to lift, holds already.
        """
        with self._book:
            now = self._clock()
            place = self._book.find(row_of(key), now)
            due, paused = self._book.moments(place)
            until = now + int(seconds * SECOND)
            if paused >= until:
                return 0
            self._book.set_moments(place, due, until)
        return until

    def resume(self, key: str, until: int) -> None:
        """Lift the pause that lasts until exactly this moment; a longer one, asked for by someone else, stays."""
        with self._book:
            place = self._book.find(row_of(key), self._clock())
            due, paused = self._book.moments(place)
            if paused == until != 0:
                self._book.set_moments(place, due, 0)
        self._wake()

    def clear(self, worker: int) -> None:
        """Give back whatever a worker held that is no more."""
        with self._book:
            self._book.strike_out(worker)
        self._wake()

    def has_line(self, claims: Sequence[Claim]) -> bool:
        """Whether others of this process already wait for the first of ``claims``."""
        return claims[0].row in self._lines

    async def line_up(self, passage: "Passage", claims: Sequence[Claim], patience: float) -> None:
        """First come, first served within this process; between processes, whoever looks at the right moment."""
        line = self._lines.setdefault(claims[0].row, asyncio.Lock())
        try:
            async with asyncio.timeout(patience), line:
                while wait := passage.try_enter():
                    await self._sleep(min(wait, _LONGEST_SLEEP))
        except TimeoutError as problem:
            raise NetError(Reason.RATE_LIMITED, f"no turn within {patience} s") from problem

    async def _sleep(self, nanoseconds: int) -> None:
        """Until the time is over or something of this process was given back."""
        waker = asyncio.Event()
        self._sleepers.add(waker)
        timer = asyncio.get_running_loop().call_later(nanoseconds / SECOND, waker.set)
        try:
            await waker.wait()
        finally:
            timer.cancel()
            self._sleepers.discard(waker)

    def _wake(self) -> None:
        for waker in self._sleepers:
            waker.set()


class Passage:
    """Leave for one conversation. ``at`` and ``until``: when it was granted and given back, by the ledger's clock."""

    __slots__ = ("_claims", "_ledger", "_patience", "_places", "at", "until")

    def __init__(self, ledger: Ledger, claims: Sequence[Claim], patience: float) -> None:
        self._ledger = ledger
        self._claims = claims
        self._patience = patience
        self._places: list[int] = []
        self.at = 0
        self.until = 0

    async def __aenter__(self) -> Self:
        if self._ledger.has_line(self._claims) or self.try_enter():
            await self._ledger.line_up(self, self._claims, self._patience)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.leave()

    def try_enter(self) -> int:
        """0 when granted, else after how many nanoseconds to ask again."""
        self.at, wait, self._places = self._ledger.take(self._claims)
        return wait

    def leave(self) -> None:
        """Give back what was claimed; once is enough."""
        if self._places:
            self.until = self._ledger.give_back(self._claims, self._places)
            self._places = []
