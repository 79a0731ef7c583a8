import asyncio
from dataclasses import replace

import pytest

from xuncha.model.crawl import Crawl
from xuncha.model.fact import Gap
from xuncha.model.locator import LinkLocator, PageLocator, SiteLocator
from xuncha.model.message import params
from xuncha.model.netapi import NetError
from xuncha.model.outcome import FULL, Finding, Outcome, Status
from xuncha.model.reasons import Reason
from xuncha.store.bundle import SiteStats
from xuncha.store.warc import read_capture
from xuncha.testing.rendering import rendering
from xuncha.worker.journal import failure_record, reply_record
from xuncha.worker.leavings import capture, leave, wanted, write
from xuncha.worker.renders import Renders

HOME, OLD, NEW = "http://a.example/", "http://a.example/old", "http://a.example/new"


def outcome(*locators, check="demo.one"):
    found = tuple(Finding(locator, "k", params()) for locator in locators)
    return Outcome("a", check, "1", Status.FAIL if found else Status.PASS, None, FULL, found, len(found))


@pytest.fixture
def full(journal, reply):
    """A journal that holds the pages of the crawl."""
    journal.append(reply_record(HOME, reply(HOME, b"<p>home</p>")))
    journal.append(reply_record(OLD, reply(OLD, b"<p>below</p>", NEW)))
    return journal


def test_the_home_page_is_wanted_without_any_finding(crawl):
    assert wanted([outcome()], crawl) == [HOME]


@pytest.mark.parametrize(
    "locator", [PageLocator(OLD), PageLocator(NEW), LinkLocator(NEW, "http://b.example/", "b", 1, 0)]
)
def test_a_page_with_a_finding_is_wanted_by_either_of_its_urls(crawl, locator):
    assert wanted([outcome(locator)], crawl) == [HOME, OLD]


def test_a_page_with_a_mark_of_secrecy_is_not_wanted_whatever_was_found_on_it(crawl):
    marked = tuple(replace(page, problem=Reason.STATE_SECRET_MARK) for page in crawl.pages)
    assert wanted([outcome(PageLocator(OLD))], replace(crawl, pages=marked)) == []


def test_a_finding_about_the_whole_site_wants_no_page(crawl):
    assert wanted([outcome(SiteLocator())], crawl) == [HOME]


def test_without_a_crawl_no_page_is_wanted():
    assert wanted([outcome(PageLocator(OLD))], Gap(Reason.REFUSED)) == []


def test_captured_pages_are_found_by_the_url_asked_for_and_the_one_that_answered(bundle, plan, full):
    taken = capture(bundle, plan.sites[0], [HOME, OLD], full)
    assert taken == {HOME: "warc:0:0", OLD: "warc:0:1", NEW: "warc:0:1"}


class Shows:
    """A browser."""

    async def render(self, url, _want, _before_picture):
        return rendering(url, "<p>由脚本写入</p>")


def test_of_a_page_that_was_judged_as_a_browser_showed_it_that_is_the_evidence(bundle, plan, full):
    asyncio.run(Renders(full, Shows(), 9).render(HOME))
    taken = capture(bundle, plan.sites[0], [HOME, OLD], full, {HOME})
    found = read_capture(bundle.captures_file(0, "a"), taken[HOME])
    assert (taken[OLD], found.body.decode(), found.notes["rendered"]) == ("warc:0:2", "<p>由脚本写入</p>", "Chrome/1")


def test_a_rendering_that_nobody_was_shown_proves_nothing(bundle, plan, full):
    asyncio.run(Renders(full, Shows(), 9).render(HOME))
    assert capture(bundle, plan.sites[0], [HOME], full) == {HOME: "warc:0:0"}


def test_a_page_that_never_answered_is_not_captured(bundle, plan, journal):
    journal.append(failure_record(HOME, NetError(Reason.REFUSED)))
    assert capture(bundle, plan.sites[0], [HOME, OLD], journal) == {}


def test_an_expunged_page_is_not_captured(bundle, plan, full):
    full.expunge("reply", OLD)
    assert list(capture(bundle, plan.sites[0], [HOME, OLD], full)) == [HOME]


def left(bundle, plan, journal, crawl, *outcomes):
    leave(bundle, plan.sites[0], outcomes, {Crawl: crawl}, SiteStats(pages=2), journal)
    return bundle.read_outcomes(0)


def test_a_finding_names_the_capture_of_its_page(bundle, plan, full, crawl):
    (stored,) = left(bundle, plan, full, crawl, outcome(PageLocator(NEW), SiteLocator()))
    assert [found.evidence for found in stored.findings] == ["warc:0:1", ""]


def test_the_capture_holds_the_page(bundle, plan, full, crawl):
    (stored,) = left(bundle, plan, full, crawl, outcome(PageLocator(NEW)))
    found = read_capture(bundle.captures_file(0, "a"), stored.findings[0].evidence)
    assert (found.url, found.body) == (NEW, b"<p>below</p>")


def test_evidence_that_a_check_named_stays(bundle, plan, full, crawl):
    named = outcome(PageLocator(NEW))
    named = replace(named, findings=(replace(named.findings[0], evidence="warc:0:7"),))
    assert left(bundle, plan, full, crawl, named)[0].findings[0].evidence == "warc:0:7"


def test_leaving_twice_after_a_kill_names_the_same_captures(bundle, plan, full, crawl):
    first = left(bundle, plan, full, crawl, outcome(PageLocator(NEW)))
    size = bundle.captures_file(0, "a").stat().st_size
    assert left(bundle, plan, full, crawl, outcome(PageLocator(NEW))) == first
    assert bundle.captures_file(0, "a").stat().st_size == size


def test_gaps_are_stored_beside_the_outcomes(bundle, plan):
    write(bundle, plan.sites[0], [outcome()], {Crawl: Gap(Reason.REFUSED)}, SiteStats())
    assert bundle.read_gaps(0) == {"xuncha.model.crawl.Crawl": Gap(Reason.REFUSED)}


def test_stats_are_stored(bundle, plan, full, crawl):
    left(bundle, plan, full, crawl, outcome())
    assert bundle.read_stats(0) == SiteStats(pages=2)
