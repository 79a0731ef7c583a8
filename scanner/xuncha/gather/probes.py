"""Runs probes: each when what it needs is there, each under its own deadline, each ending in a fact or a gap."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from xuncha.declare import Params, ProbeSpec, arguments, one_of
from xuncha.errors import CallTimeoutError
from xuncha.judge import describe
from xuncha.model.fact import Gap
from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason
from xuncha.registry import fact_name

GRACE = 2.0
"""Seconds that a cancelled probe has to hand over what it gathered so far."""

Handed = Callable[[ProbeSpec], Mapping[type, object]]
Steps = Callable[[str, Coroutine[Any, Any, Any]], Coroutine[Any, Any, Any]]


class FactLog(Protocol):
    """Where facts are kept as they come, so that a resumed run need not gather them again."""

    def recall(self, fact: type) -> object | None: ...

    def keep(self, fact: type, value: object) -> None: ...


@dataclass(frozen=True, slots=True)
class BoundProbe:
    """A probe with its parameters for one site."""

    spec: ProbeSpec
    params: Params


class Gathering:
    """The facts of one site while they come in. ``handed`` tells what a probe's arguments receive by their type."""

    def __init__(
        self,
        probes: Mapping[type, BoundProbe],
        handed: Handed,
        log: FactLog,
        steps: Steps,
        set_aside: Mapping[str, Reason] | None = None,
    ) -> None:
        self._probes = probes
        self._handed = handed
        self._log = log
        self._steps = steps
        self._set_aside = set_aside or {}
        self._tasks: dict[type, asyncio.Future[object]] = {}

    def offer(self, fact: type, source: Awaitable[object]) -> None:
        """A fact of the core, gathered by ``source``; it keeps its own journal."""
        self._tasks[fact] = asyncio.ensure_future(source)

    def lend(self, fact: type, read: Callable[[], object]) -> None:
        """A fact of the core, read in a thread and kept in the journal like what probes gather."""
        self._tasks[fact] = asyncio.ensure_future(self._logged(fact, asyncio.to_thread(read)))

    def provide(self, fact: type, source: Coroutine[Any, Any, object]) -> None:
        """A fact of the core that ``source`` finds out, kept in the journal like what probes gather."""
        self._tasks[fact] = asyncio.ensure_future(self._logged(fact, source))

    def known(self, fact: type) -> object | None:
        """A fact or gap that is there already."""
        task = self._tasks.get(fact)
        return task.result() if task and task.done() and not task.cancelled() and not task.exception() else None

    async def after(self, fact: type, then: Callable[[], object]) -> object:
        """What ``then`` tells once ``fact`` is there; the gap, where there is one instead."""
        gathered = await self._need(fact)
        return gathered if isinstance(gathered, Gap) else then()

    async def gather(self) -> dict[type, object]:
        """Every fact that a probe provides or the core offered; never raises for what a probe does."""
        for fact in self._probes:
            self._start(fact)
        await asyncio.gather(*self._tasks.values())
        return {fact: task.result() for fact, task in self._tasks.items()}

    def _start(self, fact: type) -> asyncio.Future[object]:
        if fact not in self._tasks:
            self._tasks[fact] = asyncio.ensure_future(self._logged(fact, self._run(self._probes[fact])))
        return self._tasks[fact]

    async def _logged(self, fact: type, source: Awaitable[object]) -> object:
        known = self._log.recall(fact)
        if known is not None:
            if asyncio.iscoroutine(source):
                source.close()
            return known
        value = await source
        self._log.keep(fact, value)
        return value

    async def _run(self, probe: BoundProbe) -> object:
        spec = probe.spec
        if spec.name in self._set_aside:
            return Gap(Reason.QUARANTINED, detail=f"{spec.name}: {self._set_aside[spec.name]}")
        needed = await asyncio.gather(*(self._need(fact) for fact in spec.needs))
        given = dict(zip(spec.needs, needed, strict=True))
        try:
            call = spec.function(**_arguments(probe, given, self._handed(spec)))
        except MissingNeedError as missing:
            return missing.gap
        return await bounded(spec, self._steps(spec.name, call))

    async def _need(self, fact: type) -> object:
        if fact not in self._tasks and fact not in self._probes:
            return Gap(Reason.FACT_MISSING)
        return await asyncio.shield(self._start(fact))


class MissingNeedError(Exception):
    """A fact that a probe needs is a gap, and the probe doesn't want to see gaps."""

    def __init__(self, gap: Gap) -> None:
        super().__init__(gap.reason)
        self.gap = gap


def _arguments(probe: BoundProbe, given: Mapping[type, object], handed: Mapping[type, object]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, hint in arguments(probe.spec.function).items():
        options = one_of(hint)
        kind = next(option for option in options if option is not Gap)
        if kind in given:
            value = given[kind]
            if isinstance(value, Gap) and Gap not in options:
                raise MissingNeedError(value)
            found[name] = value
        else:
            found[name] = handed.get(kind, probe.params)
    return found


async def bounded(spec: ProbeSpec, call: Coroutine[Any, Any, Any]) -> object:
    """The fact, or a gap that says why there is none. At the deadline a probe may still return what it has."""
    task = asyncio.ensure_future(call)
    try:
        done, _ = await asyncio.wait({task}, timeout=spec.deadline)
        if not done:
            task.cancel()
            done, _ = await asyncio.wait({task}, timeout=GRACE)
        return _result(spec, task) if done else Gap(Reason.DEADLINE, detail="it did not end when it was cancelled")
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            if task.done():
                task.exception()


def _result(spec: ProbeSpec, task: "asyncio.Future[Any]") -> object:
    if task.cancelled():
        return Gap(Reason.DEADLINE)
    error = task.exception()
    match error:
        case None:
            return checked(spec, task.result())
        case NetError():
            return Gap(error.reason, error.params, error.detail)
        case CallTimeoutError():
            return Gap(Reason.BROKE_CONTRACT, detail=f"{spec.name} held the event loop")
        case MemoryError():
            return Gap(Reason.MEMORY, detail=describe(error))
        case _:
            return Gap(Reason.RAISED, detail=describe(error))


def checked(spec: ProbeSpec, value: object) -> object:
    """``value`` if it is what the probe promised, else a gap."""
    if isinstance(value, spec.provides | Gap):
        return value
    detail = f"{spec.name} returned {type(value).__name__}, not {fact_name(spec.provides)} or Gap"
    return Gap(Reason.BROKE_CONTRACT, detail=detail)
