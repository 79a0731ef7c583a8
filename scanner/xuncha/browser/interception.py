"""Answers what a page asks for: every request is paused by Chromium, vetted, sent by our own engine, and handed in."""

import asyncio
import time
from base64 import b64encode
from collections import Counter
from http import HTTPStatus
from typing import Any, cast

from xuncha.browser.errors import BrowserError, CommandError
from xuncha.browser.limits import Limits
from xuncha.browser.pantry import Pantry
from xuncha.browser.policy import Asked, Kind, handed_on, is_shown, read_request, refusal
from xuncha.browser.protocol import Line
from xuncha.browser.way import Way
from xuncha.model.hosts import host_of
from xuncha.model.netapi import Method, NetError, Reply
from xuncha.model.reasons import Reason
from xuncha.model.rendered import Refused, Traffic
from xuncha.net.target import BadUrl

_MOST_NOTED = 50
_MAX_URL_NOTED = 2_000
_NO_CONTENT = 204
_REDIRECT = range(300, 400)
_OF_GUARD = "BlockedByClient"
_OF_NETWORK = "Failed"


class Interception:
    """The requests of one rendering.

    Args:
        line: to Chromium.
        way: the site's way out.
        pantry: what was fetched for the site before.
        limits: of the rendering.
        images: whether pictures are fetched.
        agent: how the browser names itself.
    """

    def __init__(self, line: Line, way: Way, pantry: Pantry, limits: Limits, *, images: bool, agent: str) -> None:
        self._line = line
        self._way = way
        self._pantry = pantry
        self._limits = limits
        self._images = images
        self._agent = agent
        self._tasks: set[asyncio.Task[None]] = set()
        self._refused: list[Refused] = []
        self._refusals: Counter[Reason] = Counter()
        self._documents: list[str] = []
        self._scripts: dict[str, str] = {}
        self._requests = self._reused = self._received = self._tries = 0
        self.begun = False
        self.main_frame = ""
        self.busy_at = time.monotonic()
        self.document: Reply | None = None
        self.trouble: NetError | None = None
        self.challenges: list[str] = []

    @property
    def under_way(self) -> int:
        """How many requests have no answer yet."""
        return len(self._tasks)

    @property
    def flooded(self) -> bool:
        """Whether the page asks for more than anybody would listen to."""
        return self._refusals.total() >= self._limits.refusals

    @property
    def traffic(self) -> Traffic:
        """What there was of it so far."""
        return Traffic(
            requests=self._requests,
            reused=self._reused,
            received=self._received,
            documents=tuple(self._documents),
            refused=tuple(self._refused),
            refusals=tuple(sorted(self._refusals.items())),
            scripts=tuple(self._scripts.values()),
        )

    def paused(self, session: str, said: dict[str, Any]) -> None:
        """Take up a request that Chromium holds for us."""
        self.busy_at = time.monotonic()
        asked = read_request(said, self.main_frame)
        self.begun = self.begun or asked.kind is Kind.DOCUMENT
        if asked.kind is Kind.SCRIPT and len(self._scripts) < _MOST_NOTED and not self._way.contains(asked.url):
            self._scripts.setdefault(host_of(asked.url), asked.url[:_MAX_URL_NOTED])
        if self.flooded:
            self._fail(session, asked, _OF_GUARD)
            return
        task = asyncio.create_task(self._settle(session, asked))
        self._tasks.add(task)
        task.add_done_callback(self._over)

    async def end(self) -> None:
        """Nothing is answered any more."""
        unfinished = [*self._tasks]
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)

    def _over(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        self.busy_at = time.monotonic()
        if not task.cancelled() and task.exception() is not None:
            error = task.exception()
            detail = f"{type(error).__name__} while answering a request"
            self._line.give_up(
                error if isinstance(error, BrowserError) else BrowserError(Reason.BROWSER_FAILED, detail)
            )

    async def _settle(self, session: str, asked: Asked) -> None:
        try:
            reply = await self._answer(asked)
            head = handed_on(
                reply.headers,
                status=reply.status,
                url=asked.url,
                document=asked.is_document,
                own=self._way.contains(asked.url),
            )
        except BadUrl as problem:
            self._refuse(session, asked, NetError(Reason.BAD_REDIRECT, str(problem)))
        except NetError as error:
            self._refuse(session, asked, error)
        else:
            await self._hand_in(session, asked, reply, head)

    async def _answer(self, asked: Asked) -> Reply:
        """From the pantry or from the network. Raises NetError."""
        reason = refusal(asked, images=self._images) or self._beyond(asked)
        if reason is not None:
            raise NetError(reason, asked.url[:_MAX_URL_NOTED])
        self._tries += asked.kind is Kind.DOCUMENT
        stored = self._pantry.take(asked)
        if stored is not None:
            self._reused += 1
            return stored
        self._requests += 1
        reply = await self._way.browse(
            asked.url,
            method=cast("Method", asked.method),
            headers=asked.forwarded,
            agent=self._agent,
            cookie=asked.cookie,
            inside=asked.is_document,
            max_bytes=max(1, self._limits.bytes - self._received),
        )
        self._received += len(reply.body)
        if asked.kind is Kind.DOCUMENT:
            self._documents.append(asked.url[:_MAX_URL_NOTED])
        self._pantry.put(asked, reply)
        return reply

    def _beyond(self, asked: Asked) -> Reason | None:
        """Whether it is more than a page may ask for."""
        limits = self._limits
        many = self._requests + self._reused >= limits.requests or self._received >= limits.bytes
        over = asked.kind is Kind.DOCUMENT and self._tries >= limits.documents
        return Reason.BUDGET_REACHED if many or over else None

    async def _hand_in(self, session: str, asked: Asked, reply: Reply, head: list[dict[str, str]]) -> None:
        status, body = reply.status, reply.body
        if asked.kind is Kind.DOCUMENT and status not in _REDIRECT:
            if not is_shown(reply.headers):
                self._refuse(session, asked, NetError(Reason.DOCUMENT_UNSUPPORTED, reply.header("content-type") or ""))
                return
            self._take_as_document(reply)
        try:
            await self._line.ask(
                "Fetch.fulfillRequest",
                session,
                requestId=asked.id,
                responseCode=status,
                responsePhrase=_phrase(status),
                responseHeaders=head,
                body=b64encode(body).decode(),
            )
        except CommandError as problem:  # its frame is gone, or the head is none to Chromium's mind
            self._fail(session, asked, _OF_NETWORK)
            if reply is self.document:
                self.document, self.trouble = None, NetError(Reason.MALFORMED_REPLY, str(problem))

    def _take_as_document(self, reply: Reply) -> None:
        self.document, self.trouble = reply, None
        if reply.challenge and reply.challenge not in self.challenges:
            self.challenges.append(reply.challenge)

    def _refuse(self, session: str, asked: Asked, error: NetError) -> None:
        """Say no to Chromium. The document that stands there stays; a frame stays empty."""
        self._refusals[error.reason] += 1
        if len(self._refused) < _MOST_NOTED and error.reason is not Reason.NOT_SELECTED:
            self._refused.append(Refused(asked.kind, asked.method[:16], asked.url[:_MAX_URL_NOTED], error.reason))
        if asked.kind is Kind.DOCUMENT:
            self.trouble = self.trouble or error
            self._stand_in(session, asked, _NO_CONTENT)
        elif asked.kind is Kind.FRAME:
            self._stand_in(session, asked, 200)
        else:
            self._fail(session, asked, _OF_GUARD)

    def _stand_in(self, session: str, asked: Asked, status: int) -> None:
        head = [{"name": "Content-Type", "value": "text/html"}]
        self._line.tell(
            "Fetch.fulfillRequest", session, requestId=asked.id, responseCode=status, responseHeaders=head, body=""
        )

    def _fail(self, session: str, asked: Asked, why: str) -> None:
        self._line.tell("Fetch.failRequest", session, requestId=asked.id, errorReason=why)


def _phrase(status: int) -> str:
    """Chromium wants one for every status that it doesn't know, such as the 521 of a challenge."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unassigned"
