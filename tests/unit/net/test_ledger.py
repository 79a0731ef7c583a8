"""Pace and concurrency hold over all workers, whatever they ask for and whenever they die."""

import asyncio
import json
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.model.netapi import NetError
from xuncha.net.book import Book
from xuncha.net.ledger import SECOND, Claim, Ledger, Limit, row_of

FREE = Limit(rate=1e9, concurrent=1000)
ONE = Limit(rate=1e9, concurrent=1)


class Clock:
    def __init__(self):
        self.now = 1_000 * SECOND

    def __call__(self):
        self.now += 1
        return self.now


@pytest.fixture
def book(tmp_path):
    """Opens ledgers on one file, all with one clock."""
    path, clock, opened = tmp_path / "ledger", Clock(), []
    Ledger.create(path, workers=3)

    def ledger(worker=0):
        opened.append(Ledger(path, worker, clock=clock))
        return opened[-1]

    ledger.clock = clock
    yield ledger
    for each in opened:
        each.close()


def enter(ledger, *claims):
    """A passage that was granted, or None."""
    passage = ledger.pass_through(claims)
    return None if passage.try_enter() else passage


def test_requests_of_one_row_are_spaced_by_its_rate(book):
    claim = Claim.on("host:a", Limit(rate=2, concurrent=9))
    first, second = book(0).pass_through([claim]), book(1).pass_through([claim])
    assert first.try_enter() == 0
    assert second.try_enter() == pytest.approx(SECOND / 2, abs=10)
    book.clock.now += SECOND // 2
    assert second.try_enter() == 0


def test_a_burst_passes_at_once_and_is_paid_back(book):
    claim = Claim.on("host:a", Limit(rate=1, concurrent=9, burst=3))
    ledger = book()
    assert [bool(enter(ledger, claim)) for _ in range(4)] == [True, True, True, False]
    book.clock.now += 2 * SECOND
    assert [bool(enter(ledger, claim)) for _ in range(3)] == [True, True, False]


def test_concurrency_counts_over_workers_until_given_back(book):
    claim = Claim.on("addr:1", Limit(rate=1e9, concurrent=2))
    held = [enter(book(worker), claim) for worker in (0, 1, 2)]
    assert [bool(each) for each in held] == [True, True, False]
    held[0].leave()
    held[0].leave()
    assert [bool(enter(book(2), claim)) for _ in range(2)] == [True, False]


def test_all_claims_are_taken_or_none(book):
    host, address = Claim.on("host:a", ONE), Claim.on("addr:1", ONE)
    ledger = book()
    held = enter(ledger, address)
    assert enter(ledger, host, address) is None
    assert enter(ledger, host)
    held.leave()
    assert enter(ledger, address)


def test_a_heavy_claim_takes_all_that_its_limit_allows(book):
    limit = Limit(rate=1e9, concurrent=3)
    ledger = book()
    held = enter(ledger, Claim.on("addr:1", limit, weight=50))
    assert enter(ledger, Claim.on("addr:1", limit)) is None
    held.leave()
    assert enter(ledger, Claim.on("addr:1", limit))


def test_a_pause_holds_for_every_worker_until_it_ends(book):
    claim = Claim.on("host:a", FREE)
    book(0).pause("host:a", 5)
    other = book(1)
    assert enter(other, claim) is None
    assert enter(other, Claim.on("host:a", FREE, urgent=True))
    book.clock.now += 5 * SECOND
    assert enter(other, claim)


def test_lifting_a_pause_leaves_a_longer_one(book):
    ledger, claim = book(), Claim.on("host:a", FREE)
    short, long = ledger.pause("host:a", 5), ledger.pause("host:a", 9)
    ledger.resume("host:a", short)
    assert enter(ledger, claim) is None
    ledger.resume("host:a", long)
    assert enter(ledger, claim)


def test_a_shorter_pause_neither_shortens_a_longer_one_nor_lifts_it(book):
    ledger, claim = book(), Claim.on("host:a", FREE)
    ledger.pause("host:a", 9)
    ledger.resume("host:a", ledger.pause("host:a", 1))
    assert enter(ledger, claim) is None


def test_what_a_dead_worker_held_is_cleared_and_nothing_else(book):
    claim = Claim.on("addr:1", Limit(rate=1e9, concurrent=2))
    assert enter(book(1), claim)
    assert enter(book(2), claim)
    parent = book(0)
    assert enter(parent, claim) is None
    parent.clear(1)
    assert [bool(enter(parent, claim)) for _ in range(2)] == [True, False]


def test_rows_that_rest_are_used_again(tmp_path):
    Book.create(tmp_path / "small", workers=1, rows=16)
    ledger = Ledger(tmp_path / "small", 0)
    for number in range(200):
        enter(ledger, Claim.on(f"host:{number}", FREE)).leave()
    held = [enter(ledger, Claim.on(f"new:{number}", ONE)) for number in range(16)]
    assert all(held)
    ledger.close()


def test_a_full_book_makes_keys_share_a_row_and_forgets_none(tmp_path):
    Book.create(tmp_path / "small", workers=1, rows=16)
    ledger = Ledger(tmp_path / "small", 0)
    held = [enter(ledger, Claim.on(f"host:{number}", ONE)) for number in range(40)]
    assert sum(map(bool, held)) == 16
    assert all(enter(ledger, Claim.on(f"host:{number}", ONE)) is None for number in range(40))
    ledger.close()


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, SECOND)), max_size=60), st.integers(1, 4))
def test_no_window_holds_more_than_rate_and_burst_allow(tmp_path_factory, steps, burst):
    path, clock = tmp_path_factory.mktemp("book") / "ledger", Clock()
    Book.create(path, workers=1, rows=64)
    ledger, limit, granted = Ledger(path, 0, clock=clock), Limit(rate=5, concurrent=100, burst=burst), []
    for name, pause in steps:
        clock.now += pause
        if passage := enter(ledger, Claim.on(f"host:{name}", FREE), Claim.on("addr:1", limit)):
            granted.append(passage.at)
    ledger.close()
    assert all(late - early >= limit.interval for early, late in zip(granted, granted[burst:], strict=False))


def test_waiting_requests_of_one_host_pass_in_their_order(book):
    async def run():
        ledger, claims, order = book(), [Claim.on("host:a", ONE)], []

        async def request(number):
            async with ledger.pass_through(claims):
                order.append(number)
                await asyncio.sleep(0)

        await asyncio.gather(*map(request, range(9)))
        return order

    assert asyncio.run(run()) == list(range(9))


def test_a_request_that_is_cancelled_while_waiting_holds_nothing(book):
    async def run():
        ledger, claim = book(), Claim.on("host:a", ONE)
        held = enter(ledger, claim)
        waiting = asyncio.create_task(ledger.pass_through([claim]).__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait({waiting})
        held.leave()
        return enter(ledger, claim)

    assert asyncio.run(run())


def test_patience_ends(book):
    async def run():
        ledger = book()
        ledger.pause("host:a", 60)
        async with ledger.pass_through([Claim.on("host:a", FREE)], patience=0.01):
            pass

    with pytest.raises(NetError, match="rate-limited"):
        asyncio.run(run())


@pytest.mark.parametrize("content", [b"x", b"x" * 100, b"xuncha-1" + b"\xff" * 92])
def test_a_strange_file_is_refused(tmp_path, content):
    (tmp_path / "ledger").write_bytes(content)
    with pytest.raises(ValueError, match="not a ledger"):
        Ledger(tmp_path / "ledger", 0)


def test_a_worker_without_a_column_is_refused(tmp_path):
    Ledger.create(tmp_path / "ledger", workers=2)
    with pytest.raises(ValueError, match="no number 2"):
        Ledger(tmp_path / "ledger", 2)


@pytest.mark.parametrize("values", [(0, 1, 1), (1, 0, 1), (1, 1, 0), (float("nan"), 1, 1)])
def test_a_limit_that_lets_nothing_pass_is_refused(values):
    with pytest.raises(ValueError, match="lets something pass"):
        Limit(*values)


@given(st.text())
def test_any_key_has_a_row(key):
    assert 0 < row_of(key) < 2**64


WORKER = """
import asyncio, json, sys
from pathlib import Path
from xuncha.model.netapi import NetError
from xuncha.net.book import Book
from xuncha.net.ledger import Claim, Ledger, Limit

ledger = Ledger(Path(sys.argv[1]), int(sys.argv[2]))
address, seen = Claim.on("addr:192.0.2.1", Limit(rate=400, concurrent=3, burst=2)), []

async def site(name):
    claims = [Claim.on(f"host:{name}", Limit(rate=1000, concurrent=1)), address]
    for _ in range(2):
        async with ledger.pass_through(claims) as passage:
            await asyncio.sleep(0)
        seen.append((passage.at, passage.until))

async def main():
    await asyncio.gather(*map(site, range(20)))

asyncio.run(main())
ledger.close()
print(json.dumps(seen))
"""


def test_twenty_names_on_one_address_over_two_workers_stay_within_its_budget(tmp_path):
    path = tmp_path / "ledger"
    Ledger.create(path, workers=2)
    command = [sys.executable, "-c", WORKER, str(path)]
    workers = [subprocess.Popen([*command, str(number)], stdout=subprocess.PIPE) for number in (0, 1)]
    held = sorted(span for worker in workers for span in json.loads(worker.communicate()[0]))
    granted = [at for at, _ in held]
    assert len(held) == 80
    assert all(late - early >= SECOND // 400 for early, late in zip(granted, granted[2:], strict=False))
    assert max(sum(at <= moment < until for at, until in held) for moment in granted) <= 3


@pytest.mark.skipif(not hasattr(os, "posix_fallocate"), reason="room is not reserved on this system")
def test_the_disk_has_room_for_all_of_it(tmp_path):
    """A hole in a mapped file kills whoever writes there when the disk is full."""
    Ledger.create(tmp_path / "ledger", workers=2)
    found = (tmp_path / "ledger").stat()
    assert found.st_blocks * 512 >= found.st_size
