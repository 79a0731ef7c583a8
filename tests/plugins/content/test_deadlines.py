"""The last day of a period, as it is written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha_plugins.content.deadlines import deadline, periods

END = date(2025, 3, 31)


@pytest.mark.parametrize(
    "text",
    [
        "：2025年3月1日至2025年3月31日",
        "：2025年3月1日至3月31日",
        "：2025年3月1日-31日",
        "：2025-03-01 08:30 至 2025-03-31 17:30",
        "：2025.3.1—2025.3.31",
        "：2025/03/01 ~ 2025/03/31",
        "：即日起至2025年3月31日",
        "：2025年3月31日前",
        "\n2025-03-01 到 2025-03-31",
    ],
)
def test_a_period_ends_on_its_last_day(text):
    assert deadline(text, 0, ends=False) == END


def test_a_period_may_end_in_the_next_year():
    assert deadline("：2024年12月20日至1月10日", 0, ends=False) == date(2025, 1, 10)


@pytest.mark.parametrize(
    "text", ["：2025年3月1日", "：2025年3月1日起", "：2025-03-01至长期", "：周一至周五", "：见附件", ""]
)
def test_an_open_end_is_none(text):
    assert deadline(text, 0, ends=False) is None


def test_a_single_day_is_the_end_where_the_label_says_so():
    assert deadline("：2025年3月31日 17:00", 0, ends=True) == END


def test_a_day_far_from_its_label_belongs_to_something_else():
    assert deadline("：以通知为准，具体安排请关注本网站公告栏目。发布于2025年3月31日", 0, ends=True) is None


def test_days_that_no_calendar_holds_are_none():
    assert periods("2025-02-01 至 2-30") == []


@given(st.text("年月日至到-—.:：/ 0123456789\n", max_size=90))
def test_no_text_is_too_odd(text):
    assert deadline(text, 0, ends=True) is None or isinstance(deadline(text, 0, ends=True), date)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_full_periods_end_as_written(start, end):
    assert deadline(f"：{start} 至 {end}", 0, ends=False) == end
