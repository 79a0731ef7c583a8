"""The parent's side of the workers: hands out sites, watches the board, kills what hangs, names who is guilty.

It imports no plugin and no page ever reaches it.
"""

import asyncio
import contextlib
import json
import math
import os
import signal
import sys
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from xuncha.model.reasons import Reason
from xuncha.net.ledger import Ledger
from xuncha.plan import Plan, SitePlan
from xuncha.store.bundle import Bundle
from xuncha.store.errors import disk_errors
from xuncha.worker import quarantine
from xuncha.worker.board import BOARD, IDLE, LEDGER, Board, Row
from xuncha.worker.output import Output, settle

POLL = 0.25
SILENCE = 90.0
"""Seconds without a sign of life after which a worker counts as hung though no plugin's call is on the board."""
PATIENCE = 4.0, 3.0
"""How long a call may stand on the board: so many times what its own timer gives it, because that counts CPU time on a
machine that may be busy, and so many seconds more."""
STRIKES = 2
"""A site that took its worker down this often without a named culprit gets a worker of its own."""


@dataclass(slots=True)
class Progress:
    """What the parent knows while the run goes on.

    ``settled``: sites that have their outcomes, the first ``beforehand`` of them without this process; ``waiting`` is
    how many have not begun. ``settled_pages`` are those of the sites that workers settled, ``ahead`` the pages that
    the crawls under way know of and have not opened.
    """

    sites_total: int
    settled: list[int] = field(default_factory=list)
    beforehand: int = 0
    waiting: int = 0
    pages: int = 0
    settled_pages: int = 0
    ahead: int = 0
    requests: int = 0
    received: int = 0
    restarts: int = 0


@dataclass(slots=True)
class _Worker:
    number: int
    process: asyncio.subprocess.Process
    sites: set[int] = field(default_factory=set)
    alone: bool = False
    started: float = field(default_factory=time.monotonic)
    seen: Row | None = None


class Supervisor:
    """Runs the open sites of a plan to their end; ``trouble`` tells what ended the run early, if anything did."""

    def __init__(
        self,
        bundle: Bundle,
        plan: Plan,
        open_sites: list[SitePlan],
        jobs: int,
        width: int,
        report: Callable[[Progress], None],
    ) -> None:
        self._bundle = bundle
        self._plan = plan
        self._jobs = max(1, min(jobs, len(open_sites)))
        # Spread over the workers: what befalls one site then touches as few others as can be.
        self._width = min(width, math.ceil(len(open_sites) / self._jobs))
        self._report = report
        self._output = Output(bundle.folder)
        self._waiting = deque(site.number for site in open_sites)
        self._lonely: deque[int] = deque()
        self._strikes: Counter[int] = Counter()
        self._sites = {site.number: site for site in plan.sites}
        self._counted: dict[int, Row] = {}
        beforehand = [site.number for site in plan.sites if site not in open_sites]
        self.progress = Progress(len(plan.sites), beforehand, len(beforehand))
        self.trouble: Reason | None = None
        self.given_up: list[int] = []

    async def work(self) -> None:
        """Return when every site is settled or given up. When cancelled, it stops the workers; nothing is lost.

        Raises StoreError where board and ledger can't be written.
        """
        with disk_errors(self._bundle.folder, "write"):
            Ledger.create(self._bundle.folder / LEDGER, workers=self._jobs)
            self._ledger = Ledger(self._bundle.folder / LEDGER, 0)
            self._board = Board(self._bundle.folder / BOARD)
        try:
            async with asyncio.TaskGroup() as group:
                for number in range(self._jobs):
                    group.create_task(self._tend(number))
        finally:
            self._tell()
            self._board.close()
            self._ledger.close()

    async def _tend(self, number: int) -> None:
        while self._waiting or self._lonely:
            if self.trouble:
                return
            self._board.clear(number)
            worker = await self._start(number)
            assert worker.process.stderr
            draining = asyncio.create_task(self._output.drain(worker.process.stderr))
            try:
                await self._drive(worker)
            finally:
                await _kill(worker.process)
                await settle(draining)
                self._ledger.clear(number)
                self._add_up(number)

    async def _start(self, number: int) -> _Worker:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "xuncha.worker",
            str(self._bundle.folder),
            str(number),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
            # glibc would give each thread a heap of its own, and keep what the others have freed.
            env={**os.environ, "MALLOC_ARENA_MAX": "1"},
        )
        return _Worker(number, process)

    async def _drive(self, worker: _Worker) -> None:
        """Feed one worker until it has nothing left or dies."""
        assert worker.process.stdout
        line = asyncio.ensure_future(worker.process.stdout.readline())
        try:
            self._feed(worker)
            while worker.sites:
                done, _ = await asyncio.wait({line}, timeout=POLL)
                if not done:
                    if self._hung(worker):
                        self._blame(worker, Reason.DEADLINE)
                        return
                elif (said := line.result()) == b"":
                    await worker.process.wait()
                    self._blame(worker, Reason.WORKER_KILLED)
                    return
                else:
                    self._hear(worker, json.loads(said))
                    self._feed(worker)
                    line = asyncio.ensure_future(worker.process.stdout.readline())
                self._tell()
        finally:
            line.cancel()

    def _feed(self, worker: _Worker) -> None:
        if self.trouble:
            return
        if not worker.sites and not self._waiting and self._lonely:
            worker.alone = True
            self._assign(worker, self._lonely.popleft())
        while self._waiting and not worker.alone and len(worker.sites) < self._width:
            self._assign(worker, self._waiting.popleft())

    def _assign(self, worker: _Worker, site: int) -> None:
        assert worker.process.stdin
        worker.sites.add(site)
        worker.process.stdin.write(f"{site}\n".encode())

    def _hear(self, worker: _Worker, said: dict[str, object]) -> None:
        site = int(str(said["site"]))
        worker.sites.discard(site)
        worker.alone = worker.alone and bool(worker.sites)
        if "trouble" in said:
            self.trouble = Reason(str(said["trouble"]))
        elif "failed" in said:
            self._strikes[site] += 1
            self._again(site)
        else:
            self.progress.settled.append(site)
            self.progress.settled_pages += int(str(said.get("pages", 0)))

    def _hung(self, worker: _Worker) -> bool:
        """Whether it has been at one call, or silent, for too long.

        A row may be read while it is being written; only what two looks in a row agree on is believed.
        """
        row, before = self._board.read(worker.number), worker.seen
        worker.seen = row
        now = time.monotonic()
        if row.call != IDLE:
            same = before is not None and (row.site, row.call, row.since) == (before.site, before.call, before.since)
            times, more = PATIENCE
            patience = times * self._plan.borders.call_seconds + more
            return same and now - max(row.since, worker.started) > patience
        # Before its first beat a worker imports plugins, where it may hang too.
        return now - max(row.beat, worker.started) > SILENCE

    def _blame(self, worker: _Worker, reason: Reason) -> None:
        """Set the guilty call aside; where none is on the board, every site of this worker gets a strike."""
        row = self._board.read(worker.number)
        self.progress.restarts += 1
        if row.call != IDLE and row.site in worker.sites:
            call = self._plan.calls[row.call]
            quarantine.add(self._folder(row.site), call, reason)
        else:
            self._strikes.update(worker.sites)
        for site in sorted(worker.sites):
            self._again(site)
        worker.sites.clear()

    def _again(self, site: int) -> None:
        """Try a site once more: with others, then alone, then no more."""
        if self._strikes[site] > STRIKES:
            self.given_up.append(site)
        elif self._strikes[site] == STRIKES:
            self._lonely.append(site)
        else:
            self._waiting.appendleft(site)

    def _folder(self, site: int) -> Path:
        return self._bundle.site_folder(site, self._sites[site].site.id)

    def _add_up(self, number: int) -> None:
        row = self._board.read(number)
        self.progress.pages += row.pages
        self.progress.requests += row.requests
        self.progress.received += row.received
        self._board.clear(number)

    def _tell(self) -> None:
        rows = [self._board.read(number) for number in range(self._jobs)]
        sums = self.progress
        self._report(
            replace(
                sums,
                settled=[*sums.settled, *self.given_up],
                waiting=len(self._waiting) + len(self._lonely),
                pages=sums.pages + sum(row.pages for row in rows),
                ahead=sum(row.ahead for row in rows),
                requests=sums.requests + sum(row.requests for row in rows),
                received=sums.received + sum(row.received for row in rows),
            )
        )


async def _kill(process: asyncio.subprocess.Process) -> None:
    """End a worker and whatever it started. A worker with nothing to do ends by itself when its input closes."""
    if process.stdin and not process.stdin.is_closing():
        process.stdin.close()
    if process.returncode is None:
        for pid in _descendants(process.pid):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    await process.wait()


def _descendants(ancestor: int) -> list[int]:
    """The processes below a worker: programs that it ran have sessions of their own. None where /proc is missing."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            parents[int(entry.parent.name)] = int(entry.read_text().rpartition(")")[2].split()[1])
    found = [ancestor]
    for above in found:
        found += [pid for pid, parent in parents.items() if parent == above]
    return found[1:]
