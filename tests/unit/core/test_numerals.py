"""Numbers written in Chinese."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.model.numerals import below_hundred, counted, spelt_year


@pytest.mark.parametrize(
    ("text", "number"),
    [("三", 3), ("两", 2), ("十", 10), ("十二", 12), ("二十", 20), ("二十五", 25), ("九十九", 99), ("零", 0)],
)
def test_digits_tens_and_ones_make_a_number(text, number):
    assert below_hundred(text) == number


@pytest.mark.parametrize("text", ["", "百", "两三", "十十", "二十五三", "日"])
def test_what_is_no_such_number_is_none(text):
    assert below_hundred(text) is None


@pytest.mark.parametrize(("text", "count"), [("半", 0.5), ("30", 30), ("1.5", 1.5), ("十五", 15)])
def test_a_count_may_be_half_or_in_figures(text, count):
    assert counted(text) == count


@pytest.mark.parametrize("text", ["二〇二六", "二○二六", "二零二六", "二O二六"])
def test_a_year_is_read_digit_by_digit(text):
    assert spelt_year(text) == 2026


@pytest.mark.parametrize("text", ["", "二〇二六年", "二千"])
def test_what_holds_anything_else_is_no_year(text):
    assert spelt_year(text) is None


@given(st.text("一二三十百年两零〇0半"))
def test_whatever_is_written_nothing_is_raised(text):
    assert below_hundred(text) in {None, *range(100)}
