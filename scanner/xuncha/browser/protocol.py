"""Chromium's DevTools protocol over a pipe: JSON messages, each ended by a zero byte."""

import asyncio
import json
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from xuncha.browser.errors import BrowserError, CommandError, SilentError
from xuncha.model.reasons import Reason

Json = dict[str, Any]
Heard = Callable[[str, str, Json], None]
"""Called with session, method and parameters of an event."""

MAX_MESSAGE: Final = 64_000_000
MAX_SAID: Final = 256_000_000
MAX_MESSAGES: Final = 50_000
"""Bytes and messages between two calls of ``Line.afresh``: pages make Chromium talk, and we have to listen."""

ANSWER: Final = 10.0
"""Seconds that Chromium has for an answer, unless told otherwise."""


class Line(asyncio.Protocol):
    """Both directions of one conversation. What breaks it ends every question with the same BrowserError."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self._pieces: list[bytes] = []
        self._held = 0
        self._asked: dict[int, asyncio.Future[Json]] = {}
        self._number = 0
        self._reader: asyncio.ReadTransport | None = None
        self._writer: asyncio.WriteTransport | None = None
        self.lost: asyncio.Future[BrowserError] = asyncio.get_running_loop().create_future()
        self.afresh()

    def afresh(self) -> None:
        """Chromium may say its most once more."""
        self._bytes_left, self._messages_left = MAX_SAID, MAX_MESSAGES

    def attach(self, reader: asyncio.ReadTransport, writer: asyncio.WriteTransport) -> None:
        """The two ends that are ours."""
        self._reader, self._writer = reader, writer

    def close(self) -> None:
        """Nothing is said or heard any more."""
        self.give_up(BrowserError(Reason.BROWSER_FAILED, "it was ended"))
        for end in (self._reader, self._writer):
            if end is not None:
                end.close()

    async def ask(self, method: str, session: str = "", *, within: float = ANSWER, **params: Any) -> Json:
        """The answer to a command.

        Raises:
            CommandError: Chromium refuses it.
            SilentError: it did not answer ``within`` so many seconds.
            BrowserError: there is no Chromium any more.
        """
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._send(method, session, params, answer)
        try:
            async with asyncio.timeout(within):
                said = await answer
        except TimeoutError:
            raise SilentError(f"{method}: no answer within {within} s") from None
        if "error" in said:
            raise CommandError(f"{method}: {said['error'].get('message')}")
        result: Json = said.get("result") or {}
        return result

    def tell(self, method: str, session: str = "", **params: Any) -> None:
        """A command whose answer doesn't matter."""
        if not self.lost.done():
            self._send(method, session, params, None)

    def _send(self, method: str, session: str, params: Json, answer: "asyncio.Future[Json] | None") -> None:
        if self.lost.done() or self._writer is None:
            raise self.lost.result() if self.lost.done() else RuntimeError("the line is not open")
        self._number += 1
        if answer is not None:
            self._asked[self._number] = answer
            answer.add_done_callback(partial(self._forget, self._number))
        message = {"id": self._number, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        self._writer.write(json.dumps(message).encode() + b"\0")

    def _forget(self, number: int, _answer: "asyncio.Future[Json]") -> None:
        self._asked.pop(number, None)

    def data_received(self, data: bytes) -> None:
        self._bytes_left -= len(data)
        *whole, rest = data.split(b"\0")
        for piece in whole:
            self._pieces.append(piece)
            message, self._pieces, self._held = b"".join(self._pieces), [], 0
            self._understand(message)
        self._pieces.append(rest)
        self._held += len(rest)
        if self._held > MAX_MESSAGE or self._bytes_left < 0 or self._messages_left < 0:
            self.give_up(BrowserError(Reason.RENDER_TOO_HEAVY, "the page makes the browser say more than it may"))

    def connection_lost(self, problem: Exception | None) -> None:
        self.give_up(BrowserError(Reason.BROWSER_FAILED, f"it ended{f': {problem}' if problem else ''}"))

    def give_up(self, error: BrowserError) -> None:
        """End every question with ``error``; only the first one counts."""
        if self.lost.done():
            return
        self.lost.set_result(error)
        for answer in [*self._asked.values()]:
            if not answer.done():
                answer.set_exception(error)

    def _understand(self, message: bytes) -> None:
        self._messages_left -= 1
        if self.lost.done():
            return
        try:
            said = json.loads(message)
            if "id" in said:
                answer = self._asked.get(said["id"])
                if answer is not None and not answer.done():
                    answer.set_result(said)
            else:
                self._heard(said.get("sessionId", ""), said["method"], said.get("params", {}))
        except (ValueError, TypeError, KeyError, AttributeError) as problem:
            self.give_up(BrowserError(Reason.BROWSER_FAILED, f"not understood: {type(problem).__name__}"))
