"""Visits of earlier runs: what is taken over, what is forgotten, and what they add up to."""

import asyncio
from datetime import timedelta

import pytest

from xuncha.api import HomeSamples, Reason, Sample, State, Status, state
from xuncha.testing import FakeNet, earlier, judge
from xuncha.testing.net import page as reply
from xuncha.testing.net import status
from xuncha_plugins.availability import probes
from xuncha_plugins.availability.facts import HomeVisits, SecondVisits
from xuncha_plugins.availability.home_checks import home_opens, not_blocked
from xuncha_plugins.availability.level_checks import levels_open
from xuncha_plugins.availability.probes import HomeParams, SecondParams
from xuncha_plugins.availability.remembering import earlier_failures, earlier_home

HOME = "http://www.a.gov.example/"


@pytest.fixture
def remembered(clock):
    """What a run at noon remembers of earlier facts, each with the hours that its run lies back."""

    def recall(*facts, days=10):
        past = earlier(*((clock() - timedelta(hours=hours), fact) for hours, fact in facts))
        return earlier_home(past, clock() - timedelta(days=days))

    return recall


@pytest.fixture
def remembered_failures(clock):
    def recall(fact, *pages):
        past = earlier((clock() - timedelta(hours=1), fact))
        return earlier_failures(past, pages, clock() - timedelta(days=10))

    return recall


def test_without_earlier_runs_nothing_is_remembered(remembered):
    assert remembered() == ()


def test_the_tries_of_one_run_are_remembered_as_one(remembered, home, visit):
    tries = [visit(-2, status=503), visit(-1.99, status=503)]
    assert remembered((2, home(*tries))) == (tries[0],)


def test_that_it_opened_at_a_later_try_is_remembered_too(remembered, home, visit):
    tries = [visit(-2, status=503), visit(-1.99), visit(-1.98, status=503)]
    assert remembered((2, home(*tries))) == tuple(tries[:2])


def test_the_newest_fact_carries_what_came_before_it(remembered, home, visit):
    first, second = visit(-5, status=503), visit(-3, status=503)
    facts = [(3, home(second, earlier=(first,))), (5, home(first))]
    assert remembered(*facts) == (first, second)


def test_what_is_older_than_the_memory_is_forgotten(remembered, home, visit):
    assert (
        remembered(
            (
                30,
                home(visit(-30)),
            ),
            days=1,
        )
        == ()
    )


def test_failures_while_no_name_resolved_were_our_own(remembered, home, visit):
    assert remembered((2, home(visit(-2, reason=Reason.TIMEOUT), names_resolve=False))) == ()


def test_failures_behind_a_block_page_are_another_matter(remembered, home, visit):
    block = visit(-2, status=403, filing_block="aliyun")
    assert remembered((2, home(visit(-2, reason=Reason.RESET), asides=(block,)))) == ()


def test_failures_of_earlier_runs_make_it_last(home, visit):
    fact = home(visit(status=503), earlier=(visit(-4, status=503), visit(-2, status=503)))
    outcome = judge(home_opens, fact)
    assert (outcome.status, outcome.findings[0].key) == (Status.FAIL, "lasting")


def test_a_home_page_that_opens_now_passes_whatever_was_before(home, visit):
    fact = home(visit(), earlier=(visit(-4, status=503), visit(-2, status=503)))
    assert judge(home_opens, fact).status is Status.PASS


def test_a_hint_counts_the_tries_of_this_run_only(home, visit):
    fact = home(visit(status=503), earlier=(visit(-1, status=503),))
    assert judge(home_opens, fact).findings[0].params["count"].value == 1


def test_a_block_page_of_an_earlier_run_is_not_held_against_the_site(home, visit, crawl):
    fact = home(visit(), earlier=(visit(-4, status=403, filing_block="aliyun"),))
    assert judge(not_blocked, fact, crawl()).status is Status.PASS


def test_the_probe_hands_on_what_it_remembers(site, clock, home, visit):
    past = earlier((clock() - timedelta(hours=2), home(visit(-2, status=503))))
    net = FakeNet({HOME: reply("<p>ok</p>")})
    found = asyncio.run(probes.home_visits(site, HomeParams(pause=0, tries=1), net, clock, past))
    assert [seen.status for seen in found.history] == [503, 200]


def test_earlier_failures_of_a_page_are_remembered(remembered_failures, visit):
    before, last = visit(-4, url=f"{HOME}b", status=500), visit(-2, url=f"{HOME}b", status=500)
    fact = SecondVisits((last,), earlier=(before,))
    assert remembered_failures(fact, f"{HOME}b") == (before, last)


def test_a_page_that_opened_since_has_a_clean_slate(remembered_failures, visit):
    fact = SecondVisits((visit(-2, url=HOME),), earlier=(visit(-4, url=HOME, status=500),))
    assert remembered_failures(fact, HOME) == ()


def test_a_page_that_failed_in_three_runs_is_closed(site, clock, crawl, page, visit):
    url = f"{HOME}b"
    fact = SecondVisits((visit(-2, url=url, status=500),), earlier=(visit(-4, url=url, status=500),))
    past = earlier((clock() - timedelta(hours=2), fact))
    failed, net = crawl(page("b", status=500)), FakeNet({url: status(500)})
    found = asyncio.run(probes.second_visits(site, failed, SecondParams(pause=0), net, clock, past))
    outcome = judge(levels_open, failed, found)
    assert (outcome.status, outcome.findings[0].key) == (Status.FAIL, "down-lasting")


def test_a_page_that_opened_at_the_second_visit_is_not_accused_of_its_past(crawl, page, visit):
    url = f"{HOME}b"
    found = SecondVisits((visit(url=url),), earlier=tuple(visit(hours, url=url, status=500) for hours in (-4, -2)))
    assert judge(levels_open, crawl(page("b", status=500)), found).status is Status.PASS


def test_runs_in_a_closed_network_never_add_up_to_a_closed_site(site, clock):
    """Its name server denies every name, the site's among them."""
    found = []
    for hours in (0, 3, 6):
        now = clock() + timedelta(hours=hours)
        past = earlier(*((now - timedelta(hours=3), fact) for fact in found[-1:]))
        net = FakeNet({"*": Reason.NO_SUCH_NAME})
        found.append(asyncio.run(probes.home_visits(site, HomeParams(pause=0), net, lambda now=now: now, past)))
    outcome = judge(home_opens, found[-1])
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.VANTAGE_UNFIT)


def sampled(clock, *hours):
    return HomeSamples(HOME, tuple(Sample(clock() - timedelta(hours=back), 0.2, 200) for back in hours))


def test_visits_of_the_monitor_are_remembered(clock):
    found = earlier_home(earlier(), clock() - timedelta(days=10), sampled(clock, 2, 1))
    assert [(visit.url, visit.opened) for visit in found] == [(HOME, True)] * 2


def test_a_visit_that_an_earlier_run_had_of_the_monitor_counts_once(clock, visit):
    carried = earlier_home(earlier(), clock() - timedelta(days=10), sampled(clock, 2))
    past = earlier((clock() - timedelta(minutes=30), HomeVisits(HOME, (visit(-1),), earlier=carried)))
    assert len(earlier_home(past, clock() - timedelta(days=10), sampled(clock, 2))) == 2


def test_a_visit_that_our_own_network_spoilt_tells_nothing(clock):
    spoilt = Sample(clock(), 20.0, reason=Reason.TIMEOUT).unfit()
    (found,) = earlier_home(earlier(), clock() - timedelta(days=1), HomeSamples(HOME, (spoilt,)))
    assert state(found) is State.UNKNOWN
