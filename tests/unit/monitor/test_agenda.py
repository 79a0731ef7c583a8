"""When which site is visited."""

import itertools
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from xuncha.model.clock import SHANGHAI
from xuncha.monitor.agenda import MOST_PER_DAY, Agenda, end_of

MIDNIGHT = datetime(2026, 11, 16, tzinfo=SHANGHAI)
BEGUN = MIDNIGHT.timestamp()
IDS = [f"site-{number}" for number in range(50)]


def agenda(days=2, per_day=24, seed=1, ids=IDS, begun=MIDNIGHT):
    return Agenda(begun, begun + timedelta(days=days), per_day, seed, ids)


def everything(plan):
    return [*plan.due(BEGUN - 86_400, BEGUN + 100 * 86_400)]


def test_each_site_has_each_slot_once():
    found = everything(agenda())
    assert len({(due.slot, due.site) for due in found}) == len(found) == 48 * 50


def test_visits_come_in_their_order():
    moments = [due.moment for due in everything(agenda())]
    assert moments == sorted(moments)


def test_the_same_seed_gives_the_same_moments():
    assert everything(agenda(seed=5)) == everything(agenda(seed=5))


def test_another_seed_gives_others():
    assert everything(agenda(seed=5)) != everything(agenda(seed=6))


def test_a_site_keeps_its_moments_when_others_join():
    alone = {due.moment for due in everything(agenda(ids=["a"]))}
    assert alone <= {due.moment for due in everything(agenda(ids=["a", *IDS]))}


@given(
    per_day=some.integers(1, MOST_PER_DAY),
    cuts=some.lists(some.floats(0, 2 * 86_400), max_size=12),
)
def test_however_time_is_cut_nothing_is_due_twice_or_never(per_day, cuts):
    plan = agenda(per_day=per_day, ids=IDS[:7])
    moments = [BEGUN - 1, *sorted(BEGUN + cut for cut in cuts), BEGUN + 3 * 86_400]
    pieces = [due for after, until in itertools.pairwise(moments) for due in plan.due(after, until)]
    assert pieces == everything(plan)


@given(some.integers(1, MOST_PER_DAY))
def test_a_late_visit_still_lies_five_minutes_before_the_next(per_day):
    plan = agenda(per_day=per_day, ids=["a"])
    assert plan.slot_seconds - plan.grace >= 300


def test_the_next_visit_is_the_first_one_due_after():
    plan = agenda(ids=["a"])
    first, second = everything(plan)[:2]
    assert plan.next_after(first.moment) == second.moment


def test_after_the_last_visit_none_is_next():
    plan = agenda(ids=["a"])
    assert plan.next_after(everything(plan)[-1].moment) is None


def test_a_plan_begun_at_noon_visits_only_from_then_on():
    noon = MIDNIGHT + timedelta(hours=12)
    assert min(due.moment for due in everything(agenda(begun=noon))) >= noon.timestamp()


@pytest.mark.parametrize(
    ("begun", "lasting", "ends"),
    [
        (MIDNIGHT, timedelta(days=7), MIDNIGHT + timedelta(days=7)),
        (MIDNIGHT + timedelta(hours=15), timedelta(days=7), MIDNIGHT + timedelta(days=8)),
        (MIDNIGHT + timedelta(hours=15), timedelta(hours=36), MIDNIGHT + timedelta(hours=51)),
    ],
)
def test_whole_days_count_from_the_next_midnight(begun, lasting, ends):
    assert end_of(begun, lasting) == ends
