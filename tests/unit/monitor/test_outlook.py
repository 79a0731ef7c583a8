"""What is our own fault is not the sites'."""

import asyncio
from datetime import timedelta

import pytest

from xuncha.model.opening import State, state
from xuncha.model.reasons import Reason
from xuncha.monitor.outlook import Landmark, darknesses


def dark_from(hour, until, only=()):
    """Fails for everybody (or for some) between two hours of the first day."""

    def fails(site, moment):
        return Reason.TIMEOUT if hour <= moment.hour < until and (not only or site.id in only) else None

    return fails


def closed(found, site):
    return sum(state(one) is State.CLOSED for one in found.samples(site))


@pytest.fixture
def sites(site):
    return [site(f"s{number}", connect_to=f"192.0.{number}.1") for number in range(8)]


def test_when_nobody_answers_nobody_is_blamed(week, sites):
    found = week(*sites, days=1, fails=dark_from(3, 6))
    found.go_on()
    assert sum(closed(found, site) for site in sites) == 0


def test_visits_before_we_noticed_are_left_out_too(week, sites):
    found = week(*sites, days=1, fails=dark_from(3, 6))
    found.go_on()
    assert sum(one.met is Reason.TIMEOUT for site in sites for one in found.samples(site)) == 24


def test_a_site_that_fails_while_others_answer_is_closed(week, sites):
    found = week(*sites, days=1, fails=dark_from(3, 6, only={"s1"}))
    found.go_on()
    assert closed(found, sites[1]) == 3


def test_sites_of_one_platform_may_fail_together(week, site):
    found = week(
        *(site(f"s{number}", platform="district") for number in range(8)), days=1, fails=dark_from(3, 6), far=True
    )
    found.go_on()
    assert closed(found, found.sites[0]) == 3


def test_sites_behind_one_network_may_fail_together(week, site):
    sites = [site(f"s{number}", connect_to="192.0.2.7") for number in range(8)]
    found = week(*sites, days=1, fails=dark_from(3, 6), far=True)
    found.go_on()
    assert closed(found, sites[0]) == 3


@pytest.mark.parametrize("count", [1, 2])
def test_silence_of_few_sites_while_nothing_far_answers_is_nobodys_fault(week, sites, count):
    found = week(*sites[:count], days=1, fails=dark_from(3, 12))
    found.go_on()
    assert sum(closed(found, site) for site in found.sites) == 0


@pytest.mark.parametrize("count", [1, 2])
def test_silence_of_few_sites_while_something_far_answers_is_theirs(week, sites, count):
    found = week(*sites[:count], days=1, fails=dark_from(3, 12), far=True)
    found.go_on()
    assert sum(closed(found, site) for site in found.sites) == 9 * count


def test_silence_of_one_platform_while_nothing_far_answers_is_nobodys_fault(week, site):
    found = week(*(site(f"s{number}", platform="district") for number in range(8)), days=1, fails=dark_from(3, 12))
    found.go_on()
    assert sum(closed(found, one) for one in found.sites) == 0


def test_a_refusal_of_a_lone_site_is_its_own(week, sites):
    found = week(sites[0], days=1, fails=lambda _site, moment: Reason.REFUSED if moment.hour == 3 else None)
    found.go_on()
    assert closed(found, sites[0]) == 1


def test_one_of_two_sites_that_is_silent_alone_is_closed(week, sites):
    found = week(*sites[:2], days=1, fails=dark_from(3, 6, only={"s1"}))
    found.go_on()
    assert closed(found, sites[1]) == 3


def test_the_darkness_ends_with_the_first_answer(week, sites):
    found = week(*sites, days=1, fails=dark_from(3, 6))
    found.go_on()
    (one,) = darknesses(found.folder.outlook)
    assert one.ended - one.begun < timedelta(hours=4, minutes=30)


def test_a_darkness_outlives_a_restart(week, sites):
    found = week(*sites, days=1, fails=dark_from(3, 6))
    found.go_on(for_days=5 / 24)
    found.go_on()
    (one,) = darknesses(found.folder.outlook)
    assert one.ended


def test_an_error_page_shows_that_the_network_works(week, sites):
    found = week(*sites, days=1, fails=lambda _site, moment: 503 if 3 <= moment.hour < 6 else None)
    found.go_on()
    assert sum(closed(found, site) for site in sites) == 24


@pytest.fixture
def names():
    """Names with the answers of each minute; gives what ``lost`` says minute by minute, and how often was asked."""

    def play(*answers, step=60.0):
        now, asked = [0.0], []

        async def resolves():
            asked.append(now[0])
            return answers[min(int(now[0] // 60), len(answers) - 1)]

        watched = Landmark(resolves, lambda: now[0])
        told = []
        for now[0] in [step * number for number in range(int(60 * len(answers) / step))]:
            told.append(asyncio.run(watched.lost()))
        return told, len(asked)

    return play


def test_names_that_no_longer_resolve_are_lost(names):
    assert names(True, False, True)[0] == [False, True, False]


def test_names_that_never_resolved_say_nothing(names):
    assert names(False, False)[0] == [False, False]


def test_our_own_names_are_asked_once_a_minute(names):
    assert names(True, True, step=10.0)[1] == 2
