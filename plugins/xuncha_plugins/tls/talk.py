"""Holds a conversation of one hello over a stream that the guard opened: capped in bytes and in total time."""

from dataclasses import dataclass
from typing import Protocol

from xuncha.api import Net, NetError, Reason, Stream
from xuncha_plugins.tls.answer import Flight
from xuncha_plugins.tls.wire import MAX_MESSAGE, MalformedError, OversizedError

MAX_BYTES = MAX_MESSAGE + 16_384
"""Of one conversation, both directions: the longest message that is read, with its records around it."""


class Parser(Protocol):
    """What is fed with the server's bytes."""

    flight: Flight

    def feed(self, data: bytes) -> None:
        """Read on. Raises MalformedError."""
        ...


@dataclass(frozen=True, slots=True)
class Heard:
    """The server's answer to one hello. ``problem`` says what ended it before the flight was done.

    ``connected`` tells a port that is shut from a server that ends the conversation.
    """

    flight: Flight
    problem: Reason | None = None
    connected: bool = True

    @property
    def refused(self) -> bool:
        """Whether the server said no or hung up: an answer, unlike silence."""
        return self.connected and not self.flight.greeted and self.problem in {None, Reason.RESET}

    @property
    def speaks_tls(self) -> bool:
        """Whether what came was TLS, be it an alert."""
        return self.flight.greeted or self.flight.alert is not None


async def say(net: Net, host: str, port: int, hello: bytes, parser: Parser, *, deadline: float) -> Heard:
    """Send one hello and read what the server says in clear.

    The stream holds connecting and everything after it to ``deadline`` seconds; waiting for our own pace before that
    doesn't count. Never raises: the problem is part of the answer.
    """
    stream: Stream | None = None
    try:
        stream = await net.connect(host, port, deadline=deadline, max_bytes=MAX_BYTES)
        problem = await _listen(stream, hello, parser)
    except NetError as error:
        problem = error.reason
    finally:
        if stream is not None:
            await stream.close()
    return Heard(parser.flight, problem, connected=stream is not None)


async def _listen(stream: Stream, hello: bytes, parser: Parser) -> Reason | None:
    """Feed the parser until it is done; the reason that ended it earlier."""
    heard = 0
    await stream.send(hello)
    try:
        while not parser.flight.done:
            data = await stream.receive()
            heard += len(data)
            if not data:
                return None if parser.flight.greeted else Reason.RESET
            if heard > MAX_BYTES:
                return Reason.TOO_LARGE
            parser.feed(data)
    except OversizedError:
        return Reason.TOO_LARGE
    except MalformedError:
        return Reason.MALFORMED_REPLY if parser.flight.greeted else Reason.NOT_TLS
    return None
