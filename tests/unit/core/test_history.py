"""What runs leave for later ones."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from xuncha.history import remembered
from xuncha.model.clock import SHANGHAI
from xuncha.model.history import MOST, Concluded
from xuncha.model.outcome import Verdict
from xuncha.store.bundle import Bundle, RunMeta

BEGUN = datetime(2026, 3, 1, 9, tzinfo=SHANGHAI)
LEFT = {"7": Concluded(Verdict.UNQUALIFIED, {"2.1": Verdict.UNQUALIFIED})}


@pytest.fixture
def left(tmp_path):
    """A plan whose site 0 was number 7 of so many earlier runs, the newest first."""

    def of(count=1, profile="notice", verdicts=LEFT):
        runs = []
        for at in range(count):
            started = BEGUN.replace(day=28 - at)
            meta = RunMeta(f"202603{28 - at:02}-090000-aaaa", "finished", profile, "notice", started, started)
            bundle = Bundle.create(tmp_path, meta)
            bundle.write_verdicts(verdicts)
            runs.append(SimpleNamespace(folder=str(bundle.folder), finished=started, sites={0: 7}))
        site = SimpleNamespace(number=0, site=SimpleNamespace(id="mzj"))
        return SimpleNamespace(profile="notice", sites=(site,), surroundings=SimpleNamespace(past=tuple(runs)))

    return of


def test_a_site_is_known_by_what_it_is_called_now(left):
    (one,) = remembered(left())
    assert one.sites == {"mzj": LEFT["7"]}


def test_the_oldest_comes_first_and_no_more_than_are_shown(left):
    runs = remembered(left(MOST + 2))
    assert len(runs) == MOST
    assert [one.started for one in runs] == sorted(one.started for one in runs)
    assert runs[-1].started.day == 28


def test_runs_by_another_profile_say_nothing(left):
    assert remembered(left(profile="quick")) == ()


def test_a_run_that_left_nothing_is_passed_over(left):
    assert remembered(left(verdicts={})) == ()


def test_a_run_that_can_not_be_read_is_passed_over(left, tmp_path):
    plan = left(2)
    (min(tmp_path.iterdir()) / "verdicts.json").write_bytes(b"{")
    assert [one.started.day for one in remembered(plan)] == [28]


def test_what_was_stored_is_read_back(tmp_path):
    meta = RunMeta("20260301-090000-aaaa", "finished", "notice", "notice", BEGUN, BEGUN)
    bundle = Bundle.create(tmp_path, meta)
    assert (bundle.read_verdicts(), bundle.read_history()) == ({}, ())
    bundle.write_verdicts(LEFT)
    assert bundle.read_verdicts() == LEFT
