"""When a finding was seen."""

from datetime import datetime, timedelta

import pytest

from xuncha.model.clock import SHANGHAI
from xuncha.model.locator import PageLocator, SiteLocator
from xuncha.model.outcome import Status
from xuncha.store.bundle import Bundle, RunMeta
from xuncha.store.gallery import Gallery
from xuncha.store.result import FindingView, MessageView, RunInfo, SiteResult, StatsView
from xuncha.store.times import Times

START = datetime(2026, 8, 10, 9, 0, tzinfo=SHANGHAI)
FETCHED = START + timedelta(minutes=7)
HOME = "http://www.a.example/"
RUN = RunInfo("r", "finished", "notice", "notice", START, START + timedelta(hours=2), {}, 0, {})
SITE = SiteResult(0, "a", "", HOME, "", "pending", (), (), (), StatsView(1, 1, 1, 120.0, 1.0), gallery=Gallery())


@pytest.fixture
def times(tmp_path):
    bundle = Bundle.create(tmp_path, RunMeta("20260810-090000-aaaa", "finished", "notice", "notice", START))
    page = {"url": HOME, "final_url": HOME, "fetched_at": FETCHED.isoformat()}
    bundle.write_facts(0, "a", [("crawl.page", page)])
    return Times(RUN, str(bundle.folder), SITE)


def found(locator):
    return FindingView("f", Status.FAIL, locator, MessageView("k", {}, "", ""))


def test_a_finding_was_seen_when_its_page_was_fetched(times):
    assert times.of(found(PageLocator(HOME))) == FETCHED


def test_of_what_is_on_no_page_only_the_time_of_its_site_is_known(times):
    assert times.of(found(SiteLocator())) is None
    assert times.span == (FETCHED, FETCHED + timedelta(minutes=2))


def test_of_a_run_that_is_stored_nowhere_only_its_own_times_are_known():
    times = Times(RUN, "", SITE)
    assert times.of(found(PageLocator(HOME))) is None
    assert times.span == (RUN.started, RUN.finished)


def test_damaged_facts_tell_no_time(times, tmp_path):
    for path in tmp_path.rglob("facts.jsonl.zst"):
        path.write_bytes(b"no facts")
    assert times.of(found(PageLocator(HOME))) is None
