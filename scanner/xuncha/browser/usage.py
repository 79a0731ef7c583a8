"""What all processes of one session (setsid) use together, where the system tells (Linux)."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_SESSION, _USER, _SYSTEM = 3, 11, 12  # fields behind the name in /proc/PID/stat
_COUNTED = re.compile(rb"Rss(?:Anon|Shmem):\s*(\d+)")
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True, slots=True)
class Usage:
    """``cpu`` seconds of the processes that live; ``memory`` in bytes, what they wrote to and share among them."""

    cpu: float = 0.0
    memory: int = 0


def usage(session: int) -> Usage:
    """Of everything that belongs to ``session``; nothing where the system doesn't tell."""
    cpu = memory = 0
    for process, ticks in _members(session):
        cpu += ticks
        memory += _memory(process)
    return Usage(cpu / _TICKS, memory)


def members(session: int) -> list[int]:
    """The processes of ``session``."""
    return [process for process, _ in _members(session)]


def _members(session: int) -> Iterator[tuple[int, int]]:
    for name in filter(str.isdigit, os.listdir(_PROC) if _PROC.is_dir() else ()):  # noqa: PTH208 - names are enough
        with suppress(OSError, ValueError, IndexError):
            fields = (_PROC / name / "stat").read_bytes().rpartition(b")")[2].split()
            if int(fields[_SESSION]) == session:
                yield int(name), int(fields[_USER]) + int(fields[_SYSTEM])


def _memory(process: int) -> int:
    """Anonymous and shared memory by the kernel's counters: PSS is truer, but walks all pages (25 ms a look)."""
    with suppress(OSError):
        return sum(map(int, _COUNTED.findall((_PROC / str(process) / "status").read_bytes()))) * 1024
    return 0
