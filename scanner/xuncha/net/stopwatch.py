"""Time as a server can be held to it: what this process itself stood still does not count.

A worker that parses a large page, or waits for a processor on a busy machine, reads a reply later than it came. Who
beats regularly notices by how much a beat came late.
"""

import time
from collections.abc import Callable

TOLERATED = 0.05
"""Seconds by which a beat may be late: an event loop at work, or the system's timer."""


class Stopwatch:
    """Seconds since some moment, without those in which the process stood still. Call it to read it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._stood_still = 0.0
        self._due: float | None = None

    def __call__(self) -> float:
        now = self._clock()
        return now - self._stood_still - self._late(now)

    def beat(self, seconds: float) -> None:
        """The process is at work, and will say so again after ``seconds``."""
        now = self._clock()
        self._stood_still += self._late(now)
        self._due = now + seconds

    def _late(self, now: float) -> float:
        """By how much the next beat is overdue: who reads the watch may be waked before the one who beats."""
        return 0.0 if self._due is None else max(0.0, now - self._due - TOLERATED)
