"""Twenty names on one address, inspected by two workers: the address never meets more than its share."""

import asyncio
import bisect
import time

import pytest

pytestmark = pytest.mark.acceptance

NAMES = 20
PAGES = 6
RATE = 10
"""Per host and second, from which follow twice as many per address, and as many more at once."""
AT_ONCE = 2
SERVING = 0.08
LATE = 0.5
"""Seconds by which a request may reach the server after it was granted."""


class Counting:
    """A web server that writes down when requests come and how many are under way."""

    def __init__(self):
        self.came, self.names = [], set()
        self.under_way = self.most = 0

    async def open(self, address):
        self._server = await asyncio.start_server(self._serve, address, 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self):
        self._server.close()

    async def _serve(self, reader, writer):
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                writer.write(await self._answer(head))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def _answer(self, head):
        self.came.append(time.monotonic())
        self.names.add(head.lower().partition(b"\r\nhost: ")[2].partition(b":")[0])
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await asyncio.sleep(SERVING)
        self.under_way -= 1
        links = "".join(f'<a href="/p{number}.html">第 {number} 页</a>' for number in range(PAGES))
        body = f"<!DOCTYPE html><title>页</title><p>正文 {head[:30]!r}</p>{links}".encode()
        length, kind = len(body), "text/html; charset=utf-8"
        return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n".encode() + body


@pytest.fixture(scope="module")
def counted(background, scanned_once, department):
    server = Counting()
    background.run(server.open("127.0.0.1"))
    budgets = {"pages": PAGES + 1, "requests_per_second": RATE, "concurrency": AT_ONCE}
    hosts = [f"www{number}.example.gov.cn" for number in range(NAMES)]
    sites = [department(host, f"http://{host}:{server.port}/", connect_to="127.0.0.1") for host in hosts]
    server.told = scanned_once(*sites, jobs=2, budgets=budgets)
    background.run(server.close())
    return server


def most_within(moments, seconds):
    """The most requests in any span of so many seconds."""
    return max(bisect.bisect_right(moments, first + seconds) - at for at, first in enumerate(moments))


def test_all_sites_were_inspected(counted):
    assert len(counted.names) == NAMES
    assert {site.stats.pages for site in counted.told.result.sites} == {PAGES + 1}


@pytest.mark.parametrize("seconds", [2, 5, 10])
def test_the_address_meets_no_more_requests_a_second_than_its_limit(counted, seconds):
    burst = 2 * AT_ONCE
    assert most_within(counted.came, seconds) <= burst + 2 * RATE * (seconds + LATE)


def test_the_address_meets_no_more_requests_at_once_than_its_limit(counted):
    assert counted.most <= 2 * AT_ONCE


def test_the_limit_was_needed(counted):
    """Twenty sites on their own would have asked much more; a test that never reaches the limit proves nothing."""
    assert most_within(counted.came, 5) > 0.8 * 2 * RATE * 5
    assert counted.most > AT_ONCE
