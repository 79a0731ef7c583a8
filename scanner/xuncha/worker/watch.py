"""Deadlines for calls of plugins inside a worker.

Before each call its number goes on the board; a timer signal raises ``CallTimeoutError`` in the middle of whatever
Python runs. The timer counts CPU time, so that a busy machine blames nobody. What no signal can stop (a C call that
never returns, a call that sleeps) the parent stops: it reads the board.
"""

import signal
import threading
from collections.abc import Callable, Coroutine, Generator, Mapping
from types import FrameType
from typing import Any, TypeVar

from xuncha.errors import CallTimeoutError
from xuncha.worker.board import IDLE, Pen

_T = TypeVar("_T")
HAS_TIMER = hasattr(signal, "setitimer")


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise CallTimeoutError("the call did not end within its deadline")


class Watch:
    """Names the calls of one site on the board and bounds their time; ``numbers`` maps names to the plan's numbers."""

    def __init__(self, pen: Pen, site: int, numbers: Mapping[str, int], deadline: float) -> None:
        self._pen = pen
        self._site = site
        self._numbers = numbers
        self._deadline = deadline
        self._calls: dict[str, Call] = {}
        self._timed = HAS_TIMER and threading.current_thread() is threading.main_thread()
        if self._timed:
            signal.signal(signal.SIGPROF, _ring)

    def __call__(self, name: str) -> "Call":
        """For the time of one call of ``name``. Raises CallTimeoutError inside it when the deadline passes."""
        call = self._calls.get(name)
        if call is None:
            number, deadline = self._numbers.get(name, IDLE), self._deadline if self._timed else 0
            call = self._calls[name] = Call(self._pen, self._site, number, deadline)
        return call

    def steps(self, name: str, coroutine: Coroutine[Any, Any, _T]) -> "Steps[_T]":
        """``coroutine`` with each stretch between two awaits watched, so that a probe cannot hold the loop."""
        return Steps(coroutine, lambda: self(name))


class Call:
    """One call under way. A class and not a generator: it is entered for every check of every page."""

    __slots__ = ("_deadline", "_number", "_pen", "_site")

    def __init__(self, pen: Pen, site: int, number: int, deadline: float) -> None:
        self._pen = pen
        self._site = site
        self._number = number
        self._deadline = deadline

    def __enter__(self) -> None:
        self._pen.call(self._site, self._number)
        if self._deadline:
            # It rings again after each further second, for plugins that swallow what is raised in them.
            signal.setitimer(signal.ITIMER_PROF, self._deadline, 1.0)

    def __exit__(self, *_error: object) -> None:
        if self._deadline:
            signal.setitimer(signal.ITIMER_PROF, 0)
        self._pen.call(IDLE, IDLE)


class Steps(Coroutine[Any, Any, _T]):
    """A coroutine whose every step runs inside a context."""

    def __init__(self, inner: Coroutine[Any, Any, _T], around: Callable[[], Any]) -> None:
        self._inner = inner
        self._around = around

    def send(self, value: Any) -> Any:
        with self._around():
            return self._inner.send(value)

    def throw(self, *error: Any) -> Any:
        with self._around():
            return self._inner.throw(*error)

    def close(self) -> None:
        self._inner.close()

    def __await__(self) -> Generator[Any, Any, _T]:
        return self._inner.__await__()
