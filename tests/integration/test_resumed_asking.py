"""A probe that was ended half-way goes on where it was: what a site was asked before, it is not asked again."""

import threading
from collections import Counter
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from xuncha.model.outcome import Status
from xuncha.model.site import Authorisation, Mode, Site, SiteKind
from xuncha.store.bundle import Bundle

HALF_WAY = 120
AT_ONCE = 2
PAPER = Authorisation(
    "P",
    "示检字1号",
    "示例区电子政务办公室",
    domains=("127.0.0.1",),
    addresses=("127.0.0.1",),
    valid_from=date(2000, 1, 1),
    valid_until=date(2999, 12, 31),
    modes=(Mode.PASSIVE, Mode.PROBE),
)

pytestmark = pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="finds the run's processes in /proc")


class Counting(ThreadingHTTPServer):
    """A site with a repository that lies open. It counts, and holds what comes after the first ``HALF_WAY``."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked, self.lock = Counter(), threading.Lock()
        self.half_way, self.go_on = threading.Event(), threading.Event()

    def note(self, path):
        with self.lock:
            self.asked[path] += 1
            late = self.asked.total() > HALF_WAY
        if late:
            self.half_way.set()
            self.go_on.wait(60)


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.note(self.path)
        known = {"/": b"<title>a</title>", "/.git/HEAD": b"ref: refs/heads/main\n"}
        body = known.get(self.path, b"")
        self.send_response(200 if body else 404)
        self.send_header("content-type", "text/html" if self.path == "/" else "text/plain")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass

    def handle(self):
        try:
            super().handle()
        except OSError:
            self.close_connection = True


@pytest.fixture
def site():
    with Counting() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.go_on.set()
        server.shutdown()
        thread.join()


def test_what_was_asked_before_the_end_is_not_asked_again(tmp_path, site, around, brisk_request, killing):
    state = tmp_path / "state"
    here = Site("a", "示例", (f"http://127.0.0.1:{site.server_port}/",), kind=SiteKind.DEPARTMENT, authorisation=PAPER)
    bundle, _ = brisk_request(state / "xuncha" / "runs", [here], ("exposure.*",))
    first = killing.resume(state, bundle.meta().id)
    assert site.half_way.wait(60)
    killing.kill_all(first)
    site.go_on.set()
    killing.resume(state, bundle.meta().id).wait(120)
    done = Bundle.open(bundle.folder)
    assert done.meta().state == "finished"
    by_rules = {path: count for path, count in site.asked.items() if path not in ("/", "/robots.txt", "/sitemap.xml")}
    assert len(by_rules) > HALF_WAY
    assert sum(by_rules.values()) - len(by_rules) <= AT_ONCE
    failed = [one.check for one in done.read_outcomes(0) if one.status is Status.FAIL]
    assert failed == ["exposure.version-control"]
