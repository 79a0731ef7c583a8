"""Monitored days without waiting: a clock that can be set, a waiter that turns it, and sites that fail on order."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from xuncha.model.clock import SHANGHAI
from xuncha.model.reasons import Reason
from xuncha.model.sampling import Sample
from xuncha.model.site import Site
from xuncha.monitor.plan import MonitorPlan, PlanFolder
from xuncha.monitor.recall import of_plan
from xuncha.monitor.rounds import Hands, Rounds
from xuncha.monitor.visiting import Visited
from xuncha.profile import Budgets

BEGUN = datetime(2026, 11, 16, tzinfo=SHANGHAI)
BUDGETS = Budgets(60, 3, 60, 10**8, 10**6, 4, 4, 10)


@dataclass
class Time:
    """``jumps`` sets the wall clock, by hours, when so many steady hours have gone by."""

    wall: datetime = BEGUN
    steady: float = 0.0
    jumps: dict[float, float] = field(default_factory=dict)

    def pass_by(self, seconds):
        before, self.steady = self.steady, self.steady + seconds
        leaps = [hours for at, hours in self.jumps.items() if before < at * 3600 <= self.steady]
        self.wall += timedelta(seconds=seconds, hours=sum(leaps))


class Week:
    """A plan for ``sites`` below ``folder``. ``fails(site, moment)`` names the reason of a visit in vain.

    ``far``: whether something far away answers all the same.
    """

    def __init__(self, folder, *sites, days=7, per_day=24, fails=lambda _site, _moment: None, begun=BEGUN, far=False):
        self.sites = sites or (site("a"),)
        ends = begun + timedelta(days=days)
        self.plan = MonitorPlan("20261116-000000-abcd", begun, ends, per_day, 7, BUDGETS, tuple(self.sites))
        self.folder = PlanFolder.create(folder, self.plan)
        self.time = Time(begun)
        self.fails, self.far = fails, far
        self.visits = []

    async def visit(self, one):
        self.visits.append((one.id, self.time.steady, self.time.wall))
        failure = self.fails(one, self.time.wall)
        if isinstance(failure, Reason):
            return Visited(Sample(self.time.wall, 20.0, reason=failure), far=self.far)
        return Visited(Sample(self.time.wall, 0.2, failure or 200), one.connect_to or "192.0.2.1")

    def go_on(self, *, for_days=None):
        """Run to the plan's end, or kill the process after so many days; gives the rounds."""
        wait = self._waiter(for_days)
        rounds = Rounds(self.folder, self.plan, Hands(self.visit, self._wall, self._steady, wait))
        self.busy = rounds.under_way
        with suppress(Killed):
            asyncio.run(rounds.run())
        return rounds

    def _wall(self):
        return self.time.wall

    def _steady(self):
        return self.time.steady

    def _waiter(self, for_days):
        ends = None if for_days is None else self.time.steady + for_days * 86_400

        async def wait(seconds):
            while self.busy:  # noqa: ASYNC110 - time stands still while a visit is under way
                await asyncio.sleep(0)
            if ends is not None and self.time.steady >= ends:
                raise Killed
            self.time.pass_by(max(seconds, 0.001))

        return wait

    def samples(self, one=None):
        return of_plan(self.folder, one or self.sites[0])

    def gaps(self, one=None):
        """Seconds of the steady clock between the visits to a site."""
        name = (one or self.sites[0]).id
        return [after - before for before, after in pairwise(steady for who, steady, _ in self.visits if who == name)]


class Killed(BaseException):
    """The process is gone."""


def site(name, **what):
    return Site(name, name, (f"http://www.{name}.gov.example/",), **what)


@pytest.fixture
def week(tmp_path):
    return lambda *sites, **what: Week(tmp_path / "monitor", *sites, **what)


@pytest.fixture(name="site")
def site_named():
    return site
