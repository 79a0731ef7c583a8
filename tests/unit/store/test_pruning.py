"""Which runs may go. The last finished run of a site under a profile never does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from xuncha.model.clock import SHANGHAI
from xuncha.store.bundle import Bundle, new_run_id
from xuncha.store.errors import StoreError
from xuncha.store.pruning import Limits, plan_pruning, remove


@pytest.fixture
def runs(tmp_path):
    return tmp_path / "runs"


@pytest.fixture
def stored(runs, meta):
    """A run that began so many days after the first one; gives its id."""

    def make(day, *sites, **what):
        started = meta.started.astimezone(SHANGHAI) + timedelta(days=day)
        told = {"state": "finished", "finished": started} | what
        bundle = Bundle.create(runs, replace(meta, id=new_run_id(started), started=started, **told))
        for number, site in enumerate(sites):
            bundle.write_outcomes(number, site, [])
        bundle.seal()
        return bundle.meta().id

    return make


@pytest.fixture
def removed(runs):
    return lambda **limits: [run.meta.id for run in plan_pruning(runs, Limits(**limits)).removed]


def test_the_newest_runs_are_kept(stored, removed):
    ids = [stored(day, "a") for day in range(4)]
    assert removed(keep=2) == ids[:2]


def test_only_what_is_older_goes(stored, removed, meta):
    ids = [stored(day, "a") for day in range(4)]
    assert removed(since=meta.started + timedelta(days=2)) == ids[:2]


def test_with_both_limits_both_must_say_so(stored, removed, meta):
    ids = [stored(day, "a") for day in range(4)]
    assert removed(keep=1, since=meta.started + timedelta(days=2)) == ids[:2]
    assert removed(keep=3, since=meta.started + timedelta(days=2)) == ids[:1]


def test_the_last_finished_run_of_a_site_stays_however_old(runs, stored, removed):
    only_b = stored(0, "a", "b")
    stored(1, "a")
    stored(2, "a")
    found = plan_pruning(runs, Limits(keep=1))
    assert only_b not in [run.meta.id for run in found.removed]
    assert [run.meta.id for run in found.last_good] == [only_b]


def test_a_quick_look_does_not_stand_in_for_an_inspection(stored, removed):
    stored(0, "a", profile="notice")
    stored(1, "a", profile="quick")
    assert removed(keep=1) == []


def test_an_unfinished_run_is_no_good_run_of_its_sites(stored, removed):
    stored(0, "a")
    unfinished = stored(1, "a", state="interrupted")
    assert removed(keep=1, discard=True) == [unfinished]


def test_unfinished_runs_stay_unless_they_are_to_be_discarded(stored, removed, meta):
    stored(0, "a", state="interrupted")
    assert removed(since=meta.started + timedelta(days=9)) == []


def test_discarding_removes_nothing_that_is_finished(stored, removed):
    ids = [stored(day, "a", state=state) for day, state in enumerate(("finished", "finished", "running"))]
    assert removed(discard=True) == ids[2:]


def test_what_can_not_be_read_stays_and_is_told(runs, stored):
    (runs / stored(0, "a") / "run.json").write_text("{")
    found = plan_pruning(runs, Limits(keep=1))
    assert (found.removed, len(found.unreadable)) == ((), 1)


def test_what_is_left_of_a_removal_that_was_cut_short_is_found(runs, stored):
    folder = runs / stored(0, "a")
    (folder / "run.json").unlink()
    assert plan_pruning(runs, Limits(keep=1)).remnants == (folder,)


def test_removed_runs_are_gone(runs, stored):
    old, new = stored(0, "a"), stored(1, "a")
    remove(run.folder for run in plan_pruning(runs, Limits(keep=1)).removed)
    assert (runs / new).is_dir()
    assert not (runs / old).exists()


def test_a_removal_that_is_cut_short_leaves_no_half_run(runs, stored, monkeypatch):
    stored(1, "a")
    folder = runs / stored(0, "a")

    def refused(_path):
        raise PermissionError(13, "no")

    monkeypatch.setattr("xuncha.store.pruning.shutil.rmtree", refused)
    with pytest.raises(StoreError):
        remove([folder])
    assert plan_pruning(runs, Limits(keep=1)).remnants == (folder,)


def test_where_there_are_no_runs_there_is_nothing_to_do(runs):
    assert plan_pruning(runs, Limits(keep=1)).removed == ()
