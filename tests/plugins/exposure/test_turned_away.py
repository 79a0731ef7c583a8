"""A real server on loopback that has had enough of strangers: what it is asked is counted there."""

import asyncio
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

import pytest

from xuncha.api import Crawl, RuleAnswers
from xuncha.model.assignment import EVERYTHING
from xuncha.model.crawl import PageRecord
from xuncha.model.netapi import Reply
from xuncha.model.reasons import Reason
from xuncha.rules.asking import TURNED_AWAY
from xuncha.rules.plugin import RuleParams
from xuncha.testing import SITE
from xuncha_plugins.exposure.probes import exposures

PATIENT = 30
"""So many unknown addresses are answered as such."""


class _Counting(ThreadingHTTPServer):
    daemon_threads = True
    refusal = 405

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Weary)
        self.strangers = 0
        self.counting = Lock()


class _Weary(BaseHTTPRequestHandler):
    def do_GET(self):
        code, body = 200, b"<html><title>home</title>welcome</html>"
        if self.path != "/":
            with self.server.counting:
                self.server.strangers += 1
                count = self.server.strangers
            code, body = (404 if count <= PATIENT else self.server.refusal), b"no"
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextmanager
def serving(refusal):
    with _Counting() as server:
        server.refusal = refusal
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server, f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


class _Straight:
    """A way out without guard: one plain connection for each question."""

    async def fetch(self, url, **_):
        reader, writer = await asyncio.open_connection("127.0.0.1", int(url.split(":")[2].partition("/")[0]))
        path = "/" + url.split("/", 3)[3]
        writer.write(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".encode())
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        writer.close()
        await writer.wait_closed()
        return Reply(url, url, int(head.split()[1]), (("content-type", "text/html"),), body)


def exposed(home) -> RuleAnswers:
    crawl = Crawl(home, (PageRecord(home, home, 0, 200),), (), 1, complete=True)
    return asyncio.run(exposures(SITE, crawl, RuleParams(), _Straight(), EVERYTHING))


@pytest.mark.parametrize("refusal", [403, 405, 503])
def test_a_firewall_that_has_had_enough_is_left_alone(refusal):
    with serving(refusal) as (server, home):
        fact = exposed(home)
    assert server.strangers <= PATIENT + TURNED_AWAY + 8  # two are asked at once, and made-up names beside
    assert fact.ended is Reason.BLOCKED_DURING_RUN
    assert not fact.complete


def test_too_many_requests_ends_it_at_once():
    with serving(429) as (server, home):
        fact = exposed(home)
    assert server.strangers <= PATIENT + 4
    assert fact.ended is Reason.RATE_LIMITED


def test_a_server_that_answers_everybody_is_asked_everything():
    with serving(404) as (server, home):
        fact = exposed(home)
    assert (fact.ended, fact.complete) == (None, True)
    assert server.strangers > 200
