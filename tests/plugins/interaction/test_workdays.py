"""Working days follow the holidays and the weekend days worked in their place."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha_plugins.interaction.workdays import is_known, working_days


def test_the_national_holiday_is_not_worked():
    assert working_days(date(2025, 9, 30), date(2025, 10, 9)) == (1, True)


def test_a_weekend_day_worked_in_its_place_counts():
    assert working_days(date(2025, 10, 10), date(2025, 10, 11)) == (1, True)


def test_a_week_has_five_working_days():
    assert working_days(date(2026, 11, 6), date(2026, 11, 13)) == (5, True)


def test_years_beyond_the_table_are_counted_by_weekdays_and_said_to_be():
    assert working_days(date(2099, 9, 30), date(2099, 10, 8)) == (6, False)


@pytest.mark.parametrize(("start", "end"), [(date(2026, 5, 6), date(2026, 5, 6)), (date(2026, 5, 6), date(2026, 5, 1))])
def test_no_time_has_no_working_days(start, end):
    assert working_days(start, end) == (0, True)


def test_the_table_holds_the_years_of_today():
    assert is_known(2025)
    assert is_known(2026)
    assert not is_known(2099)


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(0, 1000))
def test_never_more_than_days_have_passed(start, days):
    assert 0 <= working_days(start, start + timedelta(days=days))[0] <= days
