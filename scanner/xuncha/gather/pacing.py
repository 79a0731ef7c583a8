"""What probes do over many things: a few at once, and what is there counts when time is up."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

_T = TypeVar("_T")


async def in_time(seconds: float, work: Awaitable[object]) -> bool:
    """Whether ``work`` came to its end in so many seconds; else it is cancelled, and what it noted so far counts.

    A probe whose deadline passes is cancelled from outside and has two seconds to hand over what it has. So that ends
    ``work`` too, and is no error here: return your fact, with ``complete=False``. Work given to a probe that was told
    to end doesn't begin any more.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        _drop(work)
        return False
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            await work
    except asyncio.CancelledError:
        return False
    except TimeoutError:
        if limit.expired():
            return False
        raise  # the work's own
    return True


def _drop(work: Awaitable[object]) -> None:
    if asyncio.iscoroutine(work):
        work.close()
    elif isinstance(work, asyncio.Future):
        work.cancel()


async def a_few_at_once(items: Iterable[_T], work: Callable[[_T], Awaitable[object]], at_once: int) -> None:
    """Do ``work`` for every item, ``at_once`` of them at a time; as soon as one has ended the next is taken.

    Let ``work`` note each result as soon as it is there. Its first error ends everything and is raised as it is.
    """
    waiting = iter(items)

    async def one_after_the_other() -> None:
        for item in waiting:
            await work(item)

    try:
        async with asyncio.TaskGroup() as tasks:
            for _ in range(at_once):
                tasks.create_task(one_after_the_other())
    except BaseExceptionGroup as failed:
        raise failed.exceptions[0] from None
