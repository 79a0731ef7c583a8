"""Fetches run ahead of their use, a few at a time; their results are taken one by one, in the order of the frontier."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Self

from xuncha.model.netapi import NetError, Reply

Fetch = Callable[[str], Awaitable[Reply]]
"""One GET with redirects walked; raises NetError. The worker's records each exchange, or replays a recorded one."""

Answer = Reply | NetError


async def answer(fetch: Fetch, url: str) -> Answer:
    """The reply, or the NetError as a value."""
    try:
        return await fetch(url)
    except NetError as error:
        return error


class Ahead:
    """An async context manager: what is still under way at its end is cancelled."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._under_way: dict[str, asyncio.Task[Answer]] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._under_way.values():
            task.cancel()
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    def want(self, urls: Iterable[str]) -> None:
        """Start what isn't under way yet. The caller bounds how many."""
        for url in urls:
            if url not in self._under_way:
                self._under_way[url] = asyncio.ensure_future(answer(self._fetch, url))

    async def take(self, url: str) -> Answer:
        """The result for ``url``, which must have been wanted; each can be taken once."""
        return await self._under_way.pop(url)
