"""``xuncha monitor``: beginning, going on, showing. Nothing is visited."""

import json
from datetime import timedelta

import pytest

from xuncha.model.clock import system_clock
from xuncha.model.reasons import Reason
from xuncha.model.sampling import Sample
from xuncha.monitor import undertaking
from xuncha.monitor.plan import PlanFolder, plan_folders
from xuncha.monitor.rounds import Tally
from xuncha.monitor.samples import SampleStore

SITE = "http://a.gov.example/"


@pytest.fixture(autouse=True)
def nothing_is_visited(monkeypatch):
    monkeypatch.setattr(
        undertaking, "carry_out", lambda *_: undertaking.Ending(interrupted=True, tally=Tally(missed=0))
    )


@pytest.fixture
def plan(xuncha, tmp_path):
    """The newest plan below the user's state folder."""

    def newest():
        return plan_folders(tmp_path / "state" / "xuncha" / "monitor")[0].read()

    return newest


def sampled(folder: PlanFolder, *samples):
    store, plan = SampleStore(folder), folder.read()
    for slot, sample in enumerate(samples):
        store.add(plan.sites[0], slot, sample, 0.0)


def test_a_week_of_24_visits_a_day_is_the_default(xuncha, plan):
    xuncha("monitor", SITE)
    assert plan().per_day == 24
    assert plan().ends - plan().begun > timedelta(days=7)


def test_every_says_how_often_a_day(xuncha, plan):
    xuncha("monitor", SITE, "--every", "30m", "--for", "36h")
    assert (plan().per_day, plan().ends - plan().begun) == (48, timedelta(hours=36))


def test_interrupted_it_tells_how_to_go_on(xuncha):
    ran = xuncha("monitor", SITE)
    assert (ran.code, "xuncha monitor\n" in ran.err) == (130, True)


def test_without_arguments_it_goes_on_with_the_same_plan(xuncha, plan):
    xuncha("monitor", SITE)
    before = plan().id
    assert before in xuncha("monitor").err
    assert plan().id == before


@pytest.mark.parametrize("again", [(), ("--for", "36h"), ("--per-day", "48"), ("--for", "36h", "--every", "30m")])
def test_asked_for_the_same_again_it_goes_on(xuncha, plan, made, again):
    xuncha("monitor", made / "sites.csv", "--every", "30m", "--for", "36h")
    before = plan().id
    ran = xuncha("monitor", made / "sites.csv", *again)
    assert (ran.code, before in ran.err, plan().id) == (130, True, before)


@pytest.mark.parametrize("other", [("--for", "7d"), ("--per-day", "24"), ("--profile", "deep")])
def test_asked_for_something_else_of_the_same_sites_it_refuses(xuncha, made, other):
    xuncha("monitor", made / "sites.csv", "--every", "30m", "--for", "36h")
    assert xuncha("monitor", made / "sites.csv", *other).code == 2


def test_an_inventory_with_another_site_by_now_is_another_plan(xuncha, tmp_path):
    inventory = tmp_path / "sites.csv"
    inventory.write_text(f"网址\n{SITE}\n")
    xuncha("monitor", inventory)
    inventory.write_text(f"网址\n{SITE}\nhttp://b.gov.example/\n")
    assert xuncha("monitor", inventory).code == 2


def test_a_length_that_is_too_short_is_refused_with_the_least_and_why(xuncha):
    said = xuncha("monitor", SITE, "--for", "30m").err
    assert ("1h" in said, "xuncha scan" in said) == (True, True)


def test_a_second_plan_is_refused_while_one_is_under_way(xuncha):
    xuncha("monitor", SITE)
    ran = xuncha("monitor", "http://b.gov.example/")
    assert ran.code == 2
    assert "--new" in ran.err


def test_new_ends_the_plan_under_way_and_begins_another(xuncha, plan, tmp_path):
    xuncha("monitor", SITE)
    xuncha("monitor", "http://b.gov.example/", "--new")
    folders = plan_folders(tmp_path / "state" / "xuncha" / "monitor")
    assert sorted(folder.sealed for folder in folders) == [False, True]


@pytest.mark.parametrize("words", [("--for", "7"), ("--for", "90d"), ("--every", "1m"), ("--per-day", "1000")])
def test_what_makes_no_sense_is_refused(xuncha, words):
    assert xuncha("monitor", SITE, *words).code == 2


def test_every_and_per_day_exclude_each_other(xuncha):
    assert xuncha("monitor", SITE, "--every", "1h", "--per-day", "24").code == 2


def test_too_few_visits_a_day_are_told_at_once(xuncha):
    assert "20" in xuncha("monitor", SITE, "--per-day", "12").err


def test_an_inventory_is_monitored_as_a_whole(xuncha, plan, made):
    xuncha("monitor", "--sites", made / "sites.csv")
    assert [site.id for site in plan().sites] == ["office"]


def test_without_a_plan_the_status_says_so(xuncha):
    ran = xuncha("monitor", "--status")
    assert (ran.code, "--for 7d" in ran.err) == (0, True)


def test_the_status_as_json_has_what_was_seen(xuncha, tmp_path):
    xuncha("monitor", SITE)
    folder = plan_folders(tmp_path / "state" / "xuncha" / "monitor")[0]
    now = system_clock()
    sampled(folder, Sample(now - timedelta(hours=2), 0.2, 200), Sample(now - timedelta(hours=1), reason=Reason.REFUSED))
    (found,) = json.loads(xuncha("monitor", "--status", "--format", "json").out)["sites"]
    assert (found["availability"]["counted"], found["availability"]["share"]) == (2, 0.5)


def test_the_status_as_a_table_names_each_site(xuncha):
    xuncha("monitor", SITE)
    assert "a.gov.example" in xuncha("monitor", "--status").out
