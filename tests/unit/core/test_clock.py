from datetime import UTC, date, datetime

from xuncha.model.clock import day_of


def test_a_day_is_one_of_shanghai():
    assert day_of(datetime(2026, 8, 5, 16, 0, tzinfo=UTC)) == date(2026, 8, 6)
