"""Work that Ctrl-C ends in order."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress


def interrupted(work: Callable[[], Awaitable[None]]) -> bool:
    """Do ``work`` to its end; True when the user interrupted it. Then it is cancelled, so that it can tidy up."""

    async def guarded() -> bool:
        task = asyncio.current_task()
        assert task
        loop = asyncio.get_running_loop()
        for name in ("SIGINT", "SIGTERM"):
            with suppress(NotImplementedError, AttributeError, ValueError, RuntimeError):
                loop.add_signal_handler(getattr(signal, name), task.cancel)
        try:
            await work()
        except asyncio.CancelledError:
            return True
        return False

    try:
        return asyncio.run(guarded())
    except KeyboardInterrupt:
        return True
