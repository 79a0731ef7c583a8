"""A run on disk with two planned sites, and the small things that workers write about them."""

import signal
from datetime import UTC, datetime

import pytest

from xuncha.model.crawl import Crawl, LinkSource, LinkTarget, LinkUse, PageRecord
from xuncha.model.netapi import Reply
from xuncha.model.site import Site
from xuncha.plan import Plan, PlannedCheck, SitePlan
from xuncha.profile import Budgets
from xuncha.store.bundle import Bundle, RunMeta
from xuncha.worker.board import Board
from xuncha.worker.journal import Journal

HOME = "http://a.example/"


@pytest.fixture
def plan():
    checks = (PlannedCheck("demo.one", "1"), PlannedCheck("demo.two", "1", per_page=True))
    sites = tuple(
        SitePlan(number, Site(name, name, (f"http://{name}.example/",)), checks, (), True)
        for number, name in enumerate("abcd")
    )
    budgets = Budgets(60, 3, 60.0, 10**8, 10**6, 4.0, 4, 100)
    return Plan("notice", "notice", (), sites, budgets, calls=("demo.one", "demo.two", "demo.probe"))


@pytest.fixture
def bundle(tmp_path):
    started = datetime(2026, 8, 10, tzinfo=UTC)
    return Bundle.create(tmp_path / "runs", RunMeta("20260810-080000-abcd", "running", "notice", "notice", started))


@pytest.fixture
def journal(tmp_path):
    made = Journal(tmp_path / "journal")
    yield made
    made.close()


@pytest.fixture
def board(tmp_path):
    made = Board(tmp_path / "board")
    yield made
    made.close()


@pytest.fixture
def reply():
    """A page as it was answered."""

    def make(url, body=b"<p>ok</p>", final=""):
        kind = (("content-type", "text/html; charset=utf-8"),)
        return Reply(url, final or url, 200, kind, body, fetched_at=datetime(2026, 8, 10, tzinfo=UTC))

    return make


@pytest.fixture
def crawl():
    """The home page, a page below it that another URL led to, and a link target."""
    below = PageRecord(f"{HOME}old", f"{HOME}new", 1, 200, title="通知")
    source = LinkSource(HOME, "更多", 3, 0)
    target = LinkTarget("http://b.example/", LinkUse.PAGE, internal=False, sources=(source,), sources_total=1)
    return Crawl(HOME, (PageRecord(HOME, HOME, 0, 200), below), (target,), 2, complete=True)


@pytest.fixture
def alarm():
    """Whatever handles SIGPROF before, handles it after."""
    before = signal.getsignal(signal.SIGPROF)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, before)
