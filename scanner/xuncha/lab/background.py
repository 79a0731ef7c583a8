"""An event loop in a thread of its own, for servers that must run beside a caller who knows nothing of loops."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

from xuncha.lab.conversations import turns

_SECONDS = 10.0


class LoopThread:
    """Started at once; ``stop`` ends it."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Wait until ``work`` is done there. Raises what it raises, and TimeoutError after ten seconds."""
        asyncio.run_coroutine_threadsafe(work, self._loop).result(_SECONDS)

    def stop(self) -> None:
        """End the loop and its thread."""
        self.run(self._settle())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_SECONDS)
        self._loop.close()

    async def _settle(self) -> None:
        """Cancel what is left, and let transports close."""
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await turns()
