from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.config.library import roots
from xuncha.config.written import day_or_month
from xuncha.inventory.values import BadCell
from xuncha.model.selfcheck import Answering
from xuncha.selfcheck.answers import folded_heading, is_blank, parse_answer, shown
from xuncha.selfcheck.forms import FORM, load_form

TODAY = date(2026, 8, 4)
QUESTIONS = {one.id: one for one in load_form(FORM, roots()).questions}
FULL_WIDTH = str.maketrans("0123456789-./", "０１２３４５６７８９－．／")
FORMS = ("{0}-{1}-{2}", "{0}-{1:02}-{2:02}", "{0}/{1}/{2}", "{0}.{1}.{2}", "{0}年{1}月{2}日", "{0} 年 {1} 月 {2} 日")
PAST = st.dates(date(1990, 1, 1), TODAY)


def said(question, text):
    return parse_answer(QUESTIONS[question], text, TODAY)


@given(PAST, st.sampled_from(FORMS), st.booleans())
def test_a_day_is_read_in_every_way_it_is_written(day, form, wide):
    text = form.format(day.year, day.month, day.day)
    assert said("restore-tested", text.translate(FULL_WIDTH) if wide else text) == day.isoformat()


@given(PAST)
def test_the_number_behind_a_date_is_that_day(day):
    assert said("assessed", str((day - date(1899, 12, 30)).days)) == day.isoformat()


@given(PAST)
def test_a_month_alone_is_kept_as_a_month(day):
    for form in ("{0}年{1}月", "{0}.{1}", "{0}-{1:02}", "{0}/{1}"):
        assert said("plan-date", form.format(day.year, day.month)) == f"{day:%Y-%m}"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇二六年三月一日", "2026-03-01"),
        ("二○二五年十二月三十一日", "2025-12-31"),
        ("二〇二六年十月", "2026-10"),
        ("20260301", "2026-03-01"),
        ("2026-03-01 00:00:00", "2026-03-01"),
    ],
)
def test_other_ways_of_writing_a_day(text, day):
    assert day_or_month(text) == day


@pytest.mark.parametrize("text", ["2026-02-30", "26.3.1", "上个月", "3月1日", "2026-13", "1905-07-18"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(BadCell):
        said("drill-date", text)


@given(st.dates(TODAY + timedelta(days=1), date(2100, 1, 1)))
def test_what_has_not_happened_yet_is_refused(day):
    with pytest.raises(BadCell, match="after today"):
        said("drill-date", day.isoformat())


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader_of_days(text):
    found = day_or_month(text)
    assert found is None or len(found) in {7, 10}


@pytest.mark.parametrize("text", ["是", "有", "√", "✓", " 是 ", "是。", "√有", "有（每日备份）", "YES", "1", "true"])
def test_yes_is_understood(text):
    assert said("backup", text) == "yes"


@pytest.mark.parametrize("text", ["否", "无", "×", "没有", "无。", "no", "0", "未制订", "false"])
def test_no_is_understood(text):
    assert said("plan", text) == "no"


@pytest.mark.parametrize("text", ["基本有", "是/否", "有无", "不清楚", "?"])
def test_what_is_neither_yes_nor_no_is_refused_with_the_choices(text):
    with pytest.raises(BadCell) as error:
        said("backup", text)
    assert error.value.hint
    assert "有、无" in error.value.hint.zh


@given(st.sampled_from([one for one in QUESTIONS.values() if one.kind is Answering.CHOICE]), st.data())
def test_every_way_of_writing_an_option_is_one_option(question, data):
    option = data.draw(st.sampled_from(question.options))
    for word in (option.title.zh, option.title.en):
        assert parse_answer(question, f" {word} ", TODAY) == option.code
        assert shown(question, option.code) == option.title


@given(st.integers(0, 10**9), st.sampled_from(["", "个", " 处", "次"]))
def test_counts_are_read_with_units_and_separators(number, unit):
    assert said("yearly-visits", f"{number:,}{unit}") == str(number)
    assert said("yearly-visits", f"{number}{unit}".translate(FULL_WIDTH)) == str(number)


@pytest.mark.parametrize(("text", "count"), [("无", "0"), ("1.2万", "12000"), ("3万次", "30000"), ("7.0", "7")])
def test_counts_as_people_write_them(text, count):
    assert said("yearly-visits", text) == count


@pytest.mark.parametrize("text", ["约12", "若干", "-3", "12-15", "1.5", "三"])
def test_what_is_no_count_is_refused(text):
    with pytest.raises(BadCell):
        said("broken-links", text)


@pytest.mark.parametrize("text", ["3.7020302E+13", "3702030200000123456"])
def test_a_number_that_a_spreadsheet_rounded_is_refused(text):
    with pytest.raises(BadCell, match="last digits"):
        said("police", text)


@given(st.text(max_size=300))
def test_any_text_is_a_text_on_one_line_that_begins_no_formula(text):
    found = said("problems", text)
    assert "\n" not in found
    assert "\t" not in found
    assert not found.startswith(("=", "@"))


@pytest.mark.parametrize("text", ["", "  ", "-", "——", "/", "\u3000"])
def test_a_stroke_is_no_answer(text):
    assert is_blank(text)


def test_none_is_an_answer():
    assert not is_blank("无")


@pytest.mark.parametrize("text", ["错链、断链数", "3．错链断链数", " 错链 断链数（处）", "错链、\n断链数"])
def test_a_heading_is_known_whatever_surrounds_it(text):
    assert folded_heading(text) == "错链断链数"
