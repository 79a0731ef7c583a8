"""A plan carried out: each slot once, whatever happens to the process and to the clock."""

from datetime import timedelta

import pytest

from xuncha.model.reasons import Reason
from xuncha.model.site import SiteStatus
from xuncha.monitor.samples import SampleStore
from xuncha.store.errors import DiskFullError


def test_a_week_has_a_visit_for_each_slot(week):
    found = week()
    found.go_on()
    assert len(found.samples()) == 168


def test_each_day_has_as_many_visits_as_were_wanted(week):
    found = week(days=2, per_day=30)
    found.go_on()
    assert [one.moment.day for one in found.samples()].count(16) == 30


def test_visits_to_one_site_lie_a_slot_apart(week):
    found = week(days=1)
    found.go_on()
    assert all(abs(gap - 3600) < 60 for gap in found.gaps())


def test_many_sites_do_not_knock_at_once(week, site):
    found = week(*(site(f"s{number}") for number in range(60)), days=1, per_day=1)
    found.go_on()
    by_hour = [wall.hour for _, _, wall in found.visits]
    assert max(by_hour.count(hour) for hour in range(24)) < 10


def test_a_killed_monitor_goes_on_where_it_was(week):
    found = week(days=3)
    found.go_on(for_days=1.3)
    found.go_on()
    assert len(found.samples()) == len(found.visits) == 72


def test_what_passed_while_nobody_ran_is_missing_and_not_made_up(week):
    found = week(days=3)
    found.go_on(for_days=1)
    found.time.pass_by(6 * 3600)
    found.go_on()
    assert len(found.samples()) == 66


def test_a_restart_within_half_a_slot_loses_no_visit(week):
    found = week(days=2)
    for _ in range(40):
        found.go_on(for_days=0.04)
        found.time.pass_by(1500)
    found.go_on()
    assert len(found.samples()) == 48


def test_a_clock_set_back_repeats_no_slot(week):
    found = week(days=2)
    found.time.jumps = {20.2: -5}
    found.go_on()
    assert len(found.samples()) == len(found.visits) == 48


def test_a_clock_set_forward_misses_the_hours_between(week):
    found = week(days=2)
    found.time.jumps = {20.2: 5}
    found.go_on()
    assert 42 <= len(found.samples()) <= 44


def test_a_clock_set_forward_and_back_misses_what_it_could_not_know(week):
    found = week(days=2)
    found.time.jumps = {10.2: 5, 12.4: -5}
    found.go_on()
    assert 44 <= len(found.samples()) == len(found.visits) <= 46


@pytest.mark.parametrize("jumps", [{30.2: 200, 31.3: -200}, {30.2: 200, 30.5: -200}, {30.2: 5_000, 31.9: -5_000}])
def test_a_clock_far_beyond_the_end_and_back_does_not_end_the_plan(week, jumps):
    found = week(days=7)
    found.time.jumps = jumps
    found.go_on()
    assert len(found.samples()) >= 165


def test_a_clock_that_stays_beyond_the_end_ends_the_plan_after_two_slots(week):
    found = week(days=7)
    found.time.jumps = {30.2: 200}
    found.go_on()
    assert 31.9 < found.time.steady / 3600 < 32.5


def test_a_clock_set_shortly_before_the_end_has_to_prove_itself(week):
    found = week(days=2)
    found.time.jumps = {30.2: 17.5, 31.5: -17.5}
    found.go_on()
    assert len(found.samples()) >= 46


def test_a_process_that_begins_after_the_end_waits_for_proof(week):
    found = week(days=2)
    found.go_on(for_days=1)
    found.time.pass_by(100 * 3600)
    found.go_on()
    assert 125.9 < found.time.steady / 3600 < 126.5


def test_a_clock_that_was_never_set_ends_the_plan_on_time(week):
    found = week(days=2)
    found.go_on()
    assert found.time.steady / 3600 < 48.1


def test_a_clock_that_runs_wild_does_not_make_us_knock_more_often(week):
    found = week(days=7)
    found.time.jumps = {number / 10: 1 for number in range(1, 100)}
    found.go_on()
    assert min(found.gaps()) >= 0.99 * 1800


def test_a_site_in_an_announced_shutdown_is_left_alone(week, site):
    found = week(site("a", status=SiteStatus.MAINTENANCE), days=1)
    found.go_on()
    assert not found.visits


def test_what_was_seen_is_on_the_disk_before_the_next_visit(week):
    found = week(days=1)
    found.go_on(for_days=0.5)
    assert len(found.samples()) == len(found.visits) == 12


def test_a_visit_in_vain_keeps_its_reason(week):
    found = week(days=1, fails=lambda _site, moment: Reason.REFUSED if moment.hour == 3 else None)
    found.go_on()
    assert [one.reason for one in found.samples() if one.reason] == [Reason.REFUSED]


def test_a_torn_line_is_cut_off_and_the_slot_visited_again(week):
    found = week(days=1)
    found.go_on(for_days=0.5)
    path = found.folder.samples(found.sites[0])
    path.write_bytes(path.read_bytes()[:-20])
    found.go_on()
    assert len(found.samples()) == 23
    assert found.time.wall >= found.plan.ends - timedelta(minutes=1)


def test_a_damaged_file_of_one_site_stops_no_other(week, site):
    found = week(site("a"), site("b"), days=1)
    found.go_on(for_days=0.5)
    path = found.folder.samples(found.sites[0])
    path.write_bytes(path.read_bytes().replace(b"200", b"500", 1))
    rounds = found.go_on()
    assert rounds.tally.unstored == 12
    assert len(found.samples(found.sites[1])) == 24


def test_a_full_disk_ends_the_rounds_and_keeps_what_was_stored(week, monkeypatch):
    found = week(days=1)
    found.go_on(for_days=0.5)
    monkeypatch.setattr(SampleStore, "add", refusing(DiskFullError("monitor")))
    with pytest.raises(DiskFullError):
        found.go_on()
    assert len(found.samples()) == 12


def test_an_error_of_our_own_is_not_passed_over(week, monkeypatch):
    found = week(days=1)
    monkeypatch.setattr(SampleStore, "add", refusing(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        found.go_on()


def refusing(error):
    def refuse(*_):
        raise error

    return refuse
