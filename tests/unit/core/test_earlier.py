"""Which stored runs a new one may recall."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from xuncha import earlier
from xuncha.catalogue import Catalogue, ProbeEntry
from xuncha.expected import expected
from xuncha.model.clock import SHANGHAI
from xuncha.model.site import Site
from xuncha.plan import Plan, PlannedProbe, SitePlan
from xuncha.profile import Budgets
from xuncha.store.bundle import Bundle, RunMeta, SiteStats, new_run_id

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=SHANGHAI)
PROBE = ProbeEntry("p.visits", "p", "p.Visits", (), 60, 1, 1, (), "passive", recalls=("p.Visits",))
KNOWN = Catalogue(probes=(PROBE,))


PLANNED = (PlannedProbe("p.visits"),)


def plan_of(*ids, probes=PLANNED):
    sites = tuple(SitePlan(number, Site(name, name, ()), (), probes) for number, name in enumerate(ids))
    return Plan("notice", "notice", (), sites, Budgets(60, 3, 60.0, 10**8, 10**6, 4.0, 4, 100))


@pytest.fixture
def stored(tmp_path):
    """A run that ended so many days ago and settled these sites."""

    def make(days, *ids, state="finished", seal=True, **meta):
        ended = NOW - timedelta(days=days)
        told = RunMeta(new_run_id(ended), state, "notice", "notice", ended, ended)
        bundle = Bundle.create(tmp_path, replace(told, **meta))
        for number, name in enumerate(ids):
            bundle.write_facts(number, name, [])
            bundle.write_outcomes(number, name, [])
        if seal:
            bundle.seal()
        return bundle

    return make


@pytest.fixture
def found(tmp_path):
    def look(plan, known=KNOWN):
        return earlier.earlier_runs(tmp_path, plan, known, NOW)

    return look


def test_runs_that_hold_the_site_come_newest_first(stored, found):
    folders = [str(stored(days, "a").folder) for days in (1, 9, 3)]
    assert [run.folder for run in found(plan_of("a")).runs] == [folders[0], folders[2], folders[1]]


def test_a_site_is_found_under_the_number_that_it_had(stored, found):
    stored(1, "b", "a")
    assert found(plan_of("a", "c")).runs[0].sites == {0: 1}


def test_nothing_is_looked_for_where_no_probe_recalls_anything(stored, found):
    stored(1, "a")
    assert found(plan_of("a"), Catalogue()).runs == found(plan_of("a", probes=())).runs == ()


@pytest.mark.parametrize(
    "meta",
    [
        {"state": "running", "finished": None},
        {"finished": NOW + timedelta(hours=1)},
        {"options": {"rejudges": "20261001-080000-aaaa"}},
    ],
    ids=["killed", "of the future", "a rejudgement"],
)
def test_a_run_that_did_not_gather_and_end_before_is_no_earlier_one(stored, found, meta):
    stored(1, "a", **meta)
    assert found(plan_of("a")) == earlier.Found()


def test_an_interrupted_run_is_recalled_for_the_sites_it_settled(stored, found):
    stored(1, "a", state="interrupted", seal=False)
    assert found(plan_of("a", "b")).runs[0].sites == {0: 0}


def test_what_is_older_than_the_bound_is_left_out(stored, found):
    stored(earlier.MOST_DAYS + 2, "a")
    assert found(plan_of("a")) == earlier.Found()


def test_a_profile_that_runs_often_does_not_crowd_out_another(stored, found, monkeypatch):
    monkeypatch.setattr(earlier, "MOST_RUNS", 2)
    stored(9, "a", profile="quarterly")
    for days in (1, 2, 3):
        stored(days, "a", profile="monitor")
    ages = [(NOW - run.finished).days for run in found(plan_of("a")).runs]
    assert ages == [1, 2, 9]


def test_a_damaged_run_is_noted_and_left_out(stored, found):
    (stored(1, "a").folder / "run.json").write_text("{")
    kept = stored(2, "a")
    answer = found(plan_of("a"))
    assert [run.folder for run in answer.runs] == [str(kept.folder)]
    assert "无法读取" in answer.notes[0].zh


def test_a_finished_run_that_lost_its_manifest_is_noted_and_left_out(stored, found):
    stored(1, "a", seal=False)
    answer = found(plan_of("a"))
    assert (answer.runs, len(answer.notes)) == ((), 1)


TOOK = SiteStats(204, 201, 537, by_asker={"crawl": 205, "robots.txt": 3, "links.targets": 300, "links.pictures": 29})


def test_what_the_last_whole_run_by_the_profile_took_is_expected(stored, tmp_path):
    for days, took in ((3, replace(TOOK, requests=900)), (1, TOOK)):
        run = stored(days, "a", seal=False)
        run.write_stats(0, "a", took)
        run.seal()
    one = expected(tmp_path, plan_of("a", "new"), NOW)[0]
    assert (one.requests, one.pages) == (537, 204)
    assert one.by_plugin == {"crawl": 205, "robots.txt": 3, "links": 329}


@pytest.mark.parametrize("meta", [{"state": "interrupted"}, {"profile": "deep"}])
def test_an_interrupted_run_and_one_by_another_profile_promise_nothing(stored, tmp_path, meta):
    stored(1, "a", seal=False, **meta).write_stats(0, "a", TOOK)
    assert expected(tmp_path, plan_of("a", "new"), NOW) == {}
