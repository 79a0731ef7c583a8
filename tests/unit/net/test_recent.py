"""One visit tells all who would ask the same."""

import asyncio

import pytest

from xuncha.model.netapi import Reply
from xuncha.net.recent import HEAD, WHOLE, Recent

HOME = "http://www.example.gov.cn/"
FILE = f"{HOME}a.pdf"


def reply(body=b"", status=200, **values):
    return Reply(FILE, FILE, status, (), body, **values)


@pytest.fixture
def shared(world):
    """What was sent for one file that several probes ask for at once, each with its own bytes and referrer."""

    def run(answer, *wants):
        async def all_of_them():
            net = world({FILE: answer})
            calls = [net.bound(asker=str(n)).fetch(FILE, **want) for n, want in enumerate(wants)]
            replies = await asyncio.gather(*calls)
            urls = list(net.engine.urls)
            await net.aclose()
            return replies, urls

        return asyncio.run(all_of_them())

    return run


def test_probes_that_ask_at_once_share_one_visit(shared, raw):
    replies, urls = shared(raw(200, b"%PDF-1.7"), {"recent": True}, {"recent": True}, {"recent": True})
    assert (urls, {one.body for one in replies}) == ([FILE], {b"%PDF-1.7"})


@pytest.mark.parametrize(
    "want", [{}, {"recent": True, "headers": {"Referer": HOME}}, {"recent": True, "follow": False}]
)
def test_who_asks_otherwise_or_wants_its_own_visit_gets_one(shared, raw, want):
    _, urls = shared(raw(200, b"x"), {"recent": True}, want)
    assert len(urls) == 2


@pytest.mark.parametrize("status", [403, 500, 503])
def test_refusals_are_not_remembered(shared, raw, status):
    _, urls = shared(raw(status), {"recent": True}, {"recent": True})
    assert len(urls) == 2


def test_what_is_not_there_is_remembered(shared, raw):
    _, urls = shared(raw(404), {"recent": True}, {"recent": True})
    assert len(urls) == 1


def test_a_longer_part_than_is_known_is_asked_for():
    known = Recent()
    known.keep("a", reply(b"x" * 10, truncated=True))
    assert known.recall("a", 10).truncated
    assert known.recall("a", 11) is None


def test_a_shorter_part_is_cut_from_what_is_known():
    known = Recent()
    known.keep("a", reply(b"x" * 10))
    assert (known.recall("a", 4).body, known.recall("a", 4).truncated) == (b"xxxx", True)
    assert not known.recall("a", 10).truncated


def test_of_large_files_the_head_is_kept():
    known = Recent()
    known.keep("a", reply(b"x" * (WHOLE + 1)))
    assert known.recall("a", HEAD).truncated
    assert known.recall("a", HEAD + 1) is None


def test_the_oldest_is_forgotten_first():
    known = Recent(most_bytes=10)
    for name in "abc":
        known.keep(name, reply(b"x" * 4))
    assert (known.recall("a", 4), known.recall("c", 4).body) == (None, b"xxxx")


def test_challenges_are_not_remembered():
    known = Recent()
    known.keep("a", reply(challenge="waf"))
    assert known.recall("a", 1) is None
