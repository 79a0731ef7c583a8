"""A plan from its making to its seal: begin, find the one under way, carry out, end."""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from xuncha.interrupts import interrupted
from xuncha.model.clock import Clock, system_clock
from xuncha.model.site import Site
from xuncha.monitor.agenda import end_of
from xuncha.monitor.plan import MonitorPlan, PlanFolder, plan_folders
from xuncha.monitor.rounds import Hands, Rounds, Seen, Tally
from xuncha.monitor.visiting import Visitor
from xuncha.plan import Surroundings
from xuncha.profile import Budgets
from xuncha.store.bundle import new_run_id


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants monitored: how long, and how often a day; under what budgets, from where."""

    sites: tuple[Site, ...]
    lasting: timedelta
    per_day: int
    budgets: Budgets
    surroundings: Surroundings
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ended: interrupted, or at the plan's end."""

    interrupted: bool
    tally: Tally


def begin(monitors: Path, wish: Wish, clock: Clock = system_clock) -> PlanFolder:
    """Write down a new plan that begins now. Raises StoreError."""
    begun = clock()
    plan = MonitorPlan(
        id=new_run_id(begun),
        begun=begun,
        ends=end_of(begun, wish.lasting),
        per_day=wish.per_day,
        seed=secrets.randbelow(2**31),
        budgets=wish.budgets,
        sites=wish.sites,
        surroundings=wish.surroundings,
        options=dict(wish.options),
    )
    return PlanFolder.create(monitors, plan)


def under_way(monitors: Path) -> PlanFolder | None:
    """The plan that has not been sealed yet; there is one at most."""
    return next((folder for folder in plan_folders(monitors) if not folder.sealed), None)


def carry_out(
    folder: PlanFolder,
    plan: MonitorPlan,
    seen: Seen,
    clock: Clock = system_clock,
    steady: Callable[[], float] = time.monotonic,
    wait: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Ending:
    """Visit until the plan ends, then seal what was found. Interrupted or killed, it can be gone on with.

    Raises:
        StoreError: the disk is full, or refuses; what was stored before is whole.
    """
    visitor = Visitor(folder.folder, plan, clock, steady)
    try:
        rounds = Rounds(folder, plan, Hands(visitor.visit, clock, steady, wait), seen)
        stopped = interrupted(rounds.run)
    finally:
        visitor.close()
    if not stopped:
        folder.seal()
    return Ending(stopped, rounds.tally)
