"""Helpers for tests that kill a whole run: every process of it, with SIGKILL, at a moment that chance picks."""

import os
import signal
import subprocess
import sys
from pathlib import Path


def resume(state: Path, run: str, jobs: int = 2) -> subprocess.Popen:
    """``xuncha run resume`` in a process group of its own."""
    command = [sys.executable, "-c", "from xuncha.cli import main; main()", "run", "resume", run, "--jobs", str(jobs)]
    return subprocess.Popen(
        command,
        env={**os.environ, "XDG_STATE_HOME": str(state)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def journaled(run: Path) -> int:
    """Bytes in journals and outcomes: how far a run is."""
    return sum(path.stat().st_size for path in run.glob("sites/*/*") if path.name in {"journal", "outcomes.json"})


def kill_all(process: subprocess.Popen) -> None:
    """The parent and every process below it."""
    for pid in [process.pid, *descendants(process.pid)]:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    process.wait()


def descendants(pid: int) -> list[int]:
    parents = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(entry.parent.name)] = int(fields[1])
    found, waiting = [], [pid]
    while waiting:
        above = waiting.pop()
        below = [child for child, parent in parents.items() if parent == above]
        found += below
        waiting += below
    return found
