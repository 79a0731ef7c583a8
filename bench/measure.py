"""Runs an inspection in processes of its own and takes its measure: CPU of all of them, and the most memory."""

import compileall
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from bench.server import pin_scan

_ROOT = Path(__file__).resolve().parents[1]
SAMPLED = 0.25
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One inspection. ``cpu`` is in seconds, of the parent and its workers; ``memory`` is the most in bytes."""

    pages: int
    requests: int
    seconds: float
    cpu: float
    memory: int

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of CPU per page."""
        return self.cpu / self.pages * 1000


def inspected(folder: Path, url: str, pages: int, checks: str) -> Measure:
    """Inspect the site at ``url`` once, with one worker; ``folder`` keeps the list of checks from one to the next."""
    _compile()
    command = [sys.executable, "-m", "bench.inspection", str(folder), url, str(pages), checks]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    pin_scan(process.pid)
    memory = _Memory(process.pid)
    memory.start()
    assert process.stdout
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    memory.stop()
    if status:
        raise SystemExit(f"the inspection failed: {status}")
    what = json.loads(said)
    return Measure(what["pages"], what["requests"], what["seconds"], used.ru_utime + used.ru_stime, memory.most)


@cache
def _compile() -> None:
    """As pip does when it installs: where Python keeps no bytecode, each run would spend half a second on sources."""
    for name in ("scanner", "plugins", "profiles", "reports"):
        compileall.compile_dir(_ROOT / name, quiet=2)


class _Memory(threading.Thread):
    """Looks again and again how much memory a process and its children share out among them (PSS)."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._over = threading.Event()
        self.most = 0

    def run(self) -> None:
        while not self._over.wait(SAMPLED):
            self.most = max(self.most, sum(_pss(pid) for pid in _family(self._process)))

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()


def _family(process: int) -> Iterator[int]:
    yield process
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _pss(process: int) -> int:
    """Bytes; 0 for a process that has just ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def median(taken: Sequence[Measure]) -> Measure:
    """The one in the middle by CPU, with the most memory of all."""
    middle = sorted(taken, key=lambda one: one.cpu)[len(taken) // 2]
    return replace(middle, memory=max(one.memory for one in taken))
