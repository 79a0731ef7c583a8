"""A monitored week in seconds: the lab's sites really visited, on a clock that is turned, and then inspected."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from xuncha import runs
from xuncha.config.frameworks import load_framework
from xuncha.config.library import roots
from xuncha.config.profiles import load_profile
from xuncha.lab.district import DISTRICT
from xuncha.lab.lab import Lab
from xuncha.lab.pace import at_full_speed
from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason
from xuncha.monitor.agenda import midnight
from xuncha.monitor.plan import MonitorPlan, PlanFolder
from xuncha.monitor.rounds import Hands, Rounds
from xuncha.monitor.visiting import Visitor
from xuncha.plan import Surroundings
from xuncha.profile import Pattern
from xuncha.store.result import build_result
from xuncha_reports import html

MONITORED = {"portal": "home-down", "culture": "home-down", "health": "challenge-521"}
"""What is switched on there, now and then."""


def in_trouble(site_id, slot):
    """Six in a hundred visits to the portal fail, four to culture, and a third of those to health meet a firewall."""
    return {"portal": slot % 16 == 3, "culture": slot % 25 == 3, "health": slot % 3 == 0}[site_id]


class Turned:
    """A clock that goes from visit to visit."""

    def __init__(self, begun):
        self.moment, self.steady, self.busy = begun, 0.0, ()

    async def wait(self, seconds):
        while self.busy:  # noqa: ASYNC110 - time stands still while a visit is under way
            await asyncio.sleep(0.001)
        self.moment += timedelta(seconds=max(seconds, 0.001))
        self.steady += max(seconds, 0.001)


@pytest.fixture(scope="module")
def district():
    wanted = [replace(spec, faults=frozenset(), platform="") for spec in DISTRICT if spec.id in MONITORED]
    with Lab(wanted) as served:
        yield served


@pytest.fixture(scope="module")
def profile():
    found = at_full_speed(load_profile("notice", roots()))
    checks = ("availability.home-sampled", "availability.home-opens")
    patterns = tuple(Pattern(check, found.include[0].place) for check in checks)
    return replace(found, budgets=replace(found.budgets, pages=3), include=patterns)


@pytest.fixture(scope="module")
def around_lab(district):
    networks = ("127.0.0.0/8", "::1/128")
    return Surroundings(
        nameservers=(district.nameserver,), open_addresses=networks, ca_file=str(district.ca_file), clock=district.now
    )


@pytest.fixture(scope="module")
def week(district, tmp_path_factory, profile, around_lab):
    """The folder of a sealed plan over the seven whole days before today."""
    begun = midnight(district.now) - timedelta(days=7)
    ends, sites = midnight(district.now), district.sites
    plan = MonitorPlan("20261116-000000-abcd", begun, ends, 24, 1, profile.budgets, sites, around_lab)
    folder = PlanFolder.create(tmp_path_factory.mktemp("monitor"), plan)
    time = Turned(begun)
    visitor = Visitor(folder.folder, plan, lambda: time.moment, lambda: time.steady)

    async def visit(site):
        slot = int((time.moment - begun).total_seconds() // 3600)
        if in_trouble(site.id, slot) is not (MONITORED[site.id] in district.faults(site.id)):
            district.switch(site.id, MONITORED[site.id], on=in_trouble(site.id, slot))
        return await visitor.visit(site)

    rounds = Rounds(folder, plan, Hands(visit, lambda: time.moment, lambda: time.steady, time.wait))
    time.busy = rounds.under_way
    asyncio.run(rounds.run())
    visitor.close()
    folder.seal()
    for site_id, fault in MONITORED.items():
        district.switch(site_id, fault, on=False)
    return folder


@pytest.fixture(scope="module")
def scanned(district, week, profile, around_lab, known, tmp_path_factory):
    """The bundle of a scan after that week."""
    around = replace(around_lab, monitors=str(week.folder.parent))
    request = runs.Request(profile, load_framework(profile.framework, roots()), district.sites, around)
    bundle, plan = runs.start(tmp_path_factory.mktemp("scan") / "runs", request, known)
    runs.carry_out(bundle, plan, 1, 4, lambda _progress: None)
    return bundle


@pytest.fixture(scope="module")
def judged(scanned):
    return build_result(scanned)


def outcome(judged, site_id, check):
    site = next(site for site in judged.sites if site.id == site_id)
    return next(one for one in site.outcomes if one.check == check)


def test_a_site_that_failed_six_in_a_hundred_visits_fails(judged):
    assert outcome(judged, "portal", "availability.home-sampled").status is Status.FAIL


def test_a_site_that_failed_four_in_a_hundred_passes(judged):
    assert outcome(judged, "culture", "availability.home-sampled").status is Status.PASS


def test_a_site_with_too_few_visits_that_tell_is_left_open(judged):
    assert outcome(judged, "health", "availability.home-sampled").reason.code is Reason.TOO_FEW_VISITS


def test_a_site_that_opens_now_opens(judged):
    assert outcome(judged, "portal", "availability.home-opens").status is Status.PASS


def test_what_was_seen_is_in_the_result(judged):
    seen = {site.id: site.availability for site in judged.sites}
    assert (seen["portal"].counted, seen["portal"].closed, len(seen["portal"].outages)) == (168, 11, 11)
    assert seen["health"].left_out == {Reason.CHALLENGED: 56}


def test_a_visit_is_one_request_and_robots_is_asked_once_a_day(district, week):
    asked = [seen.path for seen in district.requests if seen.host == "www.shili.gov.example"]
    assert 7 <= asked.count("/robots.txt") <= 12
    assert 168 <= asked.count("/") <= 180


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_shows_the_week(judged, lang):
    page = html.render(judged, lang).decode()
    assert page.count('role="img"') == 3
    assert "<script" not in page


def test_judged_again_it_says_the_same_of_the_week(scanned, judged, known):
    again = build_result(runs.rejudge(scanned, scanned.folder.parent, known).bundle)
    assert outcome(again, "portal", "availability.home-sampled").status is Status.FAIL
    assert [site.availability for site in again.sites] == [site.availability for site in judged.sites]
