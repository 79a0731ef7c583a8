"""Who spends the CPU of this thread: functions are wrapped from outside, so the program itself knows of no clock.

What runs inside a wrapped function and is wrapped itself counts for itself only, so the parts add up to the whole.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Coroutine, Iterator
from functools import wraps
from typing import Any

Stage = str | Callable[..., str]
"""The name of a part, or what finds it from the arguments of a call."""


class Clock:
    """``seconds`` and ``calls`` by part; what no part claims is counted under ``rest``."""

    def __init__(self, rest: str) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.calls: Counter[str] = Counter()
        self._open = [rest]
        self._since = time.thread_time()

    def enter(self, stage: str) -> None:
        """From now on ``stage`` spends."""
        self._turn()
        self._open.append(stage)

    def leave(self) -> None:
        """What was entered last is over."""
        self._turn()
        self._open.pop()

    def _turn(self) -> None:
        now = time.thread_time()
        self.seconds[self._open[-1]] += now - self._since
        self._since = now

    def watch(self, stage: Stage, owner: Any, name: str) -> None:
        """Count calls of ``owner.name`` for ``stage``."""
        setattr(owner, name, self.watched(stage, getattr(owner, name)))

    def watched(self, stage: Stage, function: Callable[..., Any]) -> Callable[..., Any]:
        """``function``, counted for ``stage``; of a coroutine every step counts."""

        @wraps(function)
        def run(*given: Any, **named: Any) -> Any:
            part = stage if isinstance(stage, str) else stage(*given)
            self.calls[part] += 1
            self.enter(part)
            try:
                result = function(*given, **named)
            finally:
                self.leave()
            return _Steps(self, part, result) if isinstance(result, Coroutine) else result

        return run


class _Steps:
    """A coroutine whose steps are counted."""

    def __init__(self, clock: Clock, stage: str, inner: Coroutine[Any, Any, Any]) -> None:
        self._clock = clock
        self._stage = stage
        self._inner = inner

    def __await__(self) -> "_Steps":
        return self

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        return self.send(None)

    def send(self, value: Any) -> Any:
        self._clock.enter(self._stage)
        try:
            return self._inner.send(value)
        finally:
            self._clock.leave()

    def throw(self, *error: Any) -> Any:
        self._clock.enter(self._stage)
        try:
            return self._inner.throw(*error)
        finally:
            self._clock.leave()

    def close(self) -> None:
        self._inner.close()
