"""Carries a plan out: waits, visits what is due, stores each visit at once. Clock, waiter and visits are injected.

The wall clock decides which slot is due, so that a day is a day also after a restart. It may be set while we run: a
jump forward misses the slots between, a jump back repeats none, because a slot is visited once. And whatever the wall
clock says, two visits to a site lie half a slot of the monotonic clock apart. Nor does a clock that was set end the
plan: its end has come when the wall clock says so after going in step with the monotonic one for two slots.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from xuncha.model.clock import Clock
from xuncha.model.sampling import Sample
from xuncha.model.site import Site
from xuncha.monitor.agenda import Due
from xuncha.monitor.outlook import Outlook
from xuncha.monitor.plan import MonitorPlan, PlanFolder
from xuncha.monitor.samples import SampleStore
from xuncha.monitor.step import Step
from xuncha.monitor.visiting import Visited
from xuncha.net.scope import host_of
from xuncha.plan import announced
from xuncha.store.errors import DiskFullError, StoreError

LONGEST_WAIT = 30.0
"""Seconds after which the clock is looked at again: it may have been set."""

PROOF = 2
"""Slots for which a clock that was set, or that a new process finds beyond the plan's end, has to go in step."""

AT_ONCE = 200
"""Visits under way at the same time: enough for 84,000 sites an hour where some of them let us wait."""


@dataclass(frozen=True, slots=True)
class Hands:
    """What the rounds are handed: ``steady`` is monotonic seconds, ``wait`` sleeps so many."""

    visit: Callable[[Site], Awaitable[Visited]]
    clock: Clock
    steady: Callable[[], float]
    wait: Callable[[float], Awaitable[None]] = asyncio.sleep


@dataclass(slots=True)
class Tally:
    """What this process did: visits made, slots that passed without one, and visits that could not be stored."""

    made: int = 0
    missed: int = 0
    unstored: int = 0


Seen = Callable[[Site, Sample], None]


class Rounds:
    """Of one plan, in its one writer."""

    def __init__(
        self, folder: PlanFolder, plan: MonitorPlan, hands: Hands, seen: Seen = lambda _site, _one: None
    ) -> None:
        self._plan = plan
        self._agenda = plan.agenda()
        begun, self._ends = plan.begun.timestamp(), plan.ends.timestamp()
        self._proof = 0.99 * min(PROOF * self._agenda.slot_seconds, self._ends - begun)
        self._step = Step(self._agenda.slot_seconds / 4)
        self._store = SampleStore(folder)
        self._hands = hands
        self._seen = seen
        self._places = {number: site.platform or host_of(site.home) for number, site in enumerate(plan.sites)}
        self._peopled = Counter(self._places.values())
        self._outlook = Outlook(folder.outlook)
        self._visited: dict[int, float] = {}
        self._free = asyncio.Semaphore(AT_ONCE)
        self._trouble: BaseException | None = None
        self.under_way: set[asyncio.Task[None]] = set()
        self.tally = Tally()

    async def run(self) -> None:
        """Go on until the plan ends.

        Raises:
            DiskFullError: nothing more can be stored; what was stored is whole.
        """
        seen = self._now() - self._agenda.grace
        try:
            while not self._ended(now := self._now()):
                if not seen <= now <= seen + self._agenda.grace:  # just begun, or the clock was set
                    seen = now - self._agenda.grace
                for due in self._agenda.due(seen, now):
                    self._begin(due)
                seen = now
                await self._hands.wait(self._until_next(now))
                self._check()
            await asyncio.gather(*self.under_way)
        finally:
            await self._stop()

    def _now(self) -> float:
        return self._hands.clock().timestamp()

    def _ended(self, now: float) -> bool:
        in_step = self._step.seconds(now, self._hands.steady())
        return now >= self._ends and in_step >= self._proof

    def _until_next(self, now: float) -> float:
        following = self._agenda.next_after(now)
        end = self._ends if now < self._ends else now + self._proof
        return max(0.0, min((end if following is None else following) - now, end - now, LONGEST_WAIT))

    def _begin(self, due: Due) -> None:
        task = asyncio.create_task(self._visit(due))
        self.under_way.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self.under_way.discard(task)
        if not task.cancelled():
            self._trouble = self._trouble or task.exception()

    async def _visit(self, due: Due) -> None:
        site = self._plan.sites[due.site]
        async with self._free:
            try:
                if not self._wanted(site, due):
                    return
                steady = self._visited[due.site] = self._hands.steady()
                found = await self._hands.visit(site)
                self._keep(site, due, found, steady)
            except DiskFullError:
                raise
            except StoreError:  # this site's file is damaged: the others go on, and the overview names it
                self.tally.unstored += 1

    def _wanted(self, site: Site, due: Due) -> bool:
        """Whether the visit is still to be made."""
        if not site.home or announced(site, self._hands.clock().date()) or self._store.has(site, due.slot):
            return False
        last = self._visited.get(due.site)
        too_soon = last is not None and self._hands.steady() - last < 0.99 * self._agenda.grace
        if too_soon or self._now() - due.moment > self._agenda.grace:
            self.tally.missed += 1
            return False
        return True

    def _keep(self, site: Site, due: Due, found: Visited, steady: float) -> None:
        sample = found.sample
        self._store.add(site, due.slot, sample, steady)
        if not site.platform and found.address:
            self._move(due.site, _neighbourhood(found.address))
        self._outlook.note(sample, self._places[due.site], len(self._peopled), far=found.far)
        self.tally.made += 1
        self._seen(site, sample)

    def _move(self, site: int, place: str) -> None:
        """The site's place of the network is known now."""
        before, self._places[site] = self._places[site], place
        self._peopled[place] += 1
        self._peopled[before] -= 1
        if not self._peopled[before]:
            del self._peopled[before]

    def _check(self) -> None:
        if self._trouble:
            raise self._trouble

    async def _stop(self) -> None:
        """End what is under way; a visit that was cut short is none, and its slot is free when we go on."""
        for task in self.under_way:
            task.cancel()
        await asyncio.gather(*self.under_way, return_exceptions=True)


def _neighbourhood(address: str) -> str:
    """The network around an address: sites there may fail together for a reason of their own."""
    found = ip_address(address)
    return str(ip_network(f"{found}/{24 if found.version == 4 else 48}", strict=False))  # noqa: PLR2004 - IPv4
