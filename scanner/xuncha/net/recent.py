"""What a site answered a moment ago, for probes that would ask the same address for the same thing.

Attachments are wanted by several: whether they open, what they are, whom they name. One visit tells them all; whoever
needs a visit of its own (a second look, a sample of an hour) does not ask here.
"""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from dataclasses import replace

from xuncha.model.netapi import Reply

MOST_BYTES = 24_000_000
WHOLE = 262_144
"""Bytes up to which a body is kept whole; of a longer one its head."""

HEAD = 65_536
_GONE = (404, 410)


class Recent:
    """Replies by what was asked, the oldest forgotten first. Only plain answers: served, or not there."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._held = 0
        self._replies: OrderedDict[Hashable, Reply] = OrderedDict()
        self._locks: dict[Hashable, asyncio.Lock] = {}
        self._waiting: Counter[Hashable] = Counter()

    @asynccontextmanager
    async def turn(self, key: Hashable) -> AsyncIterator[None]:
        """One at a time for each key: who comes second finds what the first was told."""
        lock = self._locks.setdefault(key, asyncio.Lock())
        self._waiting[key] += 1
        try:
            async with lock:
                yield
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key], self._locks[key]

    def recall(self, key: Hashable, max_bytes: int) -> Reply | None:
        """The reply, cut at ``max_bytes``; None where too little of it is known."""
        known = self._replies.get(key)
        if known is None or (known.truncated and len(known.body) < max_bytes):
            return None
        return _cut(known, max_bytes)

    def keep(self, key: Hashable, reply: Reply) -> None:
        """Remember it, if it is worth it."""
        if reply.challenge or not (200 <= reply.status < 300 or reply.status in _GONE):  # noqa: PLR2004 - HTTP success
            return
        kept = reply if len(reply.body) <= WHOLE else _cut(reply, HEAD)
        self._forget(key)
        self._replies[key] = kept
        self._held += len(kept.body)
        while self._held > self._most:
            self._forget(next(iter(self._replies)))

    def _forget(self, key: Hashable) -> None:
        known = self._replies.pop(key, None)
        self._held -= len(known.body) if known else 0


def _cut(reply: Reply, most: int) -> Reply:
    return reply if len(reply.body) <= most else replace(reply, body=reply.body[:most], truncated=True)
