"""Runs one coroutine per connection, each within its time, and can end them all."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, None]]

_TURNS = 5


async def turns() -> None:
    """Let the loop go round: asyncio needs some turns to make a conversation of a socket, and to close one."""
    for _ in range(_TURNS):
        await asyncio.sleep(0)


class Conversations:
    """``accept`` is what ``asyncio.start_server`` wants.

    A client that leaves, that is too slow or that talks nonsense is no event: the handler's OSError (ssl.SSLError is
    one), EOFError and ValueError end that connection and nothing else.
    """

    def __init__(self, handler: Handler, seconds: float) -> None:
        self._handler = handler
        self._seconds = seconds
        self._tasks: set[asyncio.Task[None]] = set()

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Begin a conversation."""
        task = asyncio.ensure_future(self._converse(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(partial(self._ended, writer))

    async def end(self) -> None:
        """Cut those that are still going on; call it when nothing accepts any more."""
        await turns()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await turns()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(self._seconds):
                await self._handler(reader, writer)
        except (OSError, EOFError, ValueError):
            pass

    def _ended(self, writer: asyncio.StreamWriter, task: asyncio.Task[None]) -> None:
        # Not in the coroutine's ``finally``: a task that is cancelled before its first step never gets there.
        self._tasks.discard(task)
        if task.cancelled():
            writer.transport.abort()
        else:
            writer.close()
