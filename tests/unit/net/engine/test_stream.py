import asyncio

import pytest

from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason
from xuncha.net.stream import open_stream


async def echo(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)


async def greeting(_reader, writer):
    writer.write(b"hello")


async def drip(_reader, writer):
    while True:
        writer.write(b"x")
        await asyncio.sleep(0.01)


@pytest.fixture
def talk(run, serve):
    """Run ``conversation`` over a stream to ``server``; an error comes back as its reason."""

    def converse(server, conversation, *, deadline=5.0, max_bytes=1000):
        async def main():
            async with serve(server) as port:
                try:
                    async with await open_stream("127.0.0.1", port, deadline=deadline, max_bytes=max_bytes) as stream:
                        return await conversation(stream)
                except NetError as error:
                    return error.reason

        return run(main())

    return converse


def test_what_is_sent_comes_back(talk):
    async def conversation(stream):
        await stream.send(b"hello")
        return await stream.receive()

    assert talk(echo, conversation) == b"hello"


def test_the_end_is_empty(talk):
    async def conversation(stream):
        return [await stream.receive(), await stream.receive()]

    assert talk(greeting, conversation) == [b"hello", b""]


def test_receive_gives_at_most_what_is_asked(talk):
    assert talk(greeting, lambda stream: stream.receive(2)) == b"he"


def test_sending_counts_against_the_cap(talk):
    assert talk(echo, lambda stream: stream.send(b"x" * 1001)) == Reason.TOO_LARGE


def test_receiving_counts_against_the_cap(talk):
    async def conversation(stream):
        await stream.send(b"x" * 900)
        return [await stream.receive() for _ in range(9)]

    assert talk(echo, conversation) == Reason.TOO_LARGE


def test_a_drip_does_not_outlast_the_deadline(talk):
    async def conversation(stream):
        while True:
            await stream.receive()

    assert talk(drip, conversation, deadline=0.2) == Reason.TIMEOUT


def test_a_name_is_refused_before_any_lookup(run):
    with pytest.raises(ValueError, match="localhost"):
        run(open_stream("localhost", 80, deadline=1, max_bytes=1))


def test_a_closed_port_refuses(run, serve):
    async def main():
        async with serve(greeting) as port:
            pass
        await open_stream("127.0.0.1", port, deadline=5, max_bytes=1)

    with pytest.raises(NetError, match="refused"):
        run(main())
