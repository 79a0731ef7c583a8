"""Whether anything far away answers: asked of those who are there to be asked, and of nobody in a closed network."""

import asyncio

import dns.asyncquery
import dns.exception
import pytest

from xuncha.model.netapi import Answer
from xuncha.net.far import far_servers_answer


class Known:
    """A resolver that knows one address for every name."""

    def __init__(self, address):
        self.address = address

    async def resolve(self, name):
        return Answer(name, "A", (self.address,) if self.address else ())


@pytest.fixture
def asked(monkeypatch):
    """The addresses that were asked; ``failure`` is what comes instead of an answer."""

    async def tcp(_query, address, **_):
        found.append(address)
        if found.failure:
            raise found.failure

    class Asked(list):
        failure = None

    found = Asked()
    monkeypatch.setattr(dns.asyncquery, "tcp", tcp)
    return found


def answer(address):
    return asyncio.run(far_servers_answer(Known(address)))


def test_an_answer_shows_the_way_out(asked):
    assert answer("203.119.25.1")
    assert set(asked) == {"203.119.25.1"}


@pytest.mark.parametrize("failure", [dns.exception.Timeout(), ConnectionRefusedError(), EOFError()])
def test_silence_shows_none(asked, failure):
    asked.failure = failure
    assert not answer("203.119.25.1")


@pytest.mark.parametrize("address", ["10.0.0.1", "127.0.0.1", "", "2001:dc7::1"])
def test_nobody_is_asked_at_an_address_within(asked, address):
    assert not answer(address)
    assert not asked
