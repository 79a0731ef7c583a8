from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.model.clock import SHANGHAI
from xuncha.page import date_in_url, dates_in, month_days_in

DAYS = st.dates(date(1949, 10, 1), date(2099, 12, 31))
DAY_FORMS = ("{d:%Y-%m-%d}", "{d.year}-{d.month}-{d.day}", "{d:%Y/%m/%d}", "{d:%Y.%m.%d}",
             "{d:%Y}年{d.month}月{d.day}日",
             "{d:%Y}—{d:%m}—{d:%d}", "{d:%Y}- {d:%m}-{d:%d}", "[{d:%Y-%m-%d}]", "{d:%d.%m.%Y}")  # fmt: skip
TIME_FORMS = (
    "{t} {h:02}:{m:02}:{s:02}",
    "{t} {h}：{m:02}：{s:02}",
    "{t}T{h:02}:{m:02}:{s:02}",
    "{t}-{h:02}:{m:02}:{s:02}",
)
WIDE = str.maketrans("0123456789-:", "０１２３４５６７８９－：")


def only(text):
    (seen,) = dates_in(text)
    return seen


@given(DAYS, st.sampled_from(DAY_FORMS))
def test_every_written_form_gives_its_day_back(day, form):
    assert only(form.format(d=day)).date == day


@given(DAYS, st.times(), st.sampled_from(TIME_FORMS))
def test_every_written_form_gives_its_time_back(day, time, form):
    seen = only(form.format(t=day, h=time.hour, m=time.minute, s=time.second))
    assert (seen.at, seen.precision) == (datetime.combine(day, time.replace(microsecond=0), SHANGHAI), "second")


@given(DAYS)
def test_full_width_digits_are_digits(day):
    assert only(f"{day:%Y-%m-%d}".translate(WIDE)).date == day


@given(st.text(alphabet="0123456789-/.年月日时: \x1f—２１", max_size=60))
def test_what_is_found_stands_where_it_is_said_to_stand(text):
    for seen in dates_in(text):
        assert text[seen.start : seen.end] == seen.raw


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text):
    dates_in(text)
    month_days_in(text)
    date_in_url(text)


@pytest.mark.parametrize(
    "text",
    ["2021-02-30", "2021-13-01", "2021年2月29日", "国办发〔2015〕15号", "GB/T 22239-2019", "2019-2020学年",
     "192.2021.10.1.2", "1.2.3", "12021-10-05", "2021-10-052", "05/06/2021", "2021-10.05", "2021年10-05"],
)  # fmt: skip
def test_what_is_no_date_is_not_taken_for_one(text):
    assert dates_in(text) == ()


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [("2025年09月05日10时", 10, 0), ("2025年09月05日10时30分", 10, 30), ("2025-09-05 下午 3:20", 15, 20),
     ("2025-09-05（星期五）9:05", 9, 5), ("2025年9月5日 星期五 09:05", 9, 5), ("24.12.2018 16:34", 16, 34)],
)  # fmt: skip
def test_times_of_day_are_read_in_the_forms_people_write(text, hour, minute):
    at = only(text).at
    assert (at.hour, at.minute) == (hour, minute)


@pytest.mark.parametrize(
    "text", ["May 18, 2021", "18 May 2021", "May 18th, 2021 10:20", "Updated: May. 18, 2021 (Xinhua)"]
)
def test_months_may_have_their_english_names(text):
    assert only(text).date == date(2021, 5, 18)


@pytest.mark.parametrize("text", ["Mayor 18, 2021", "Marching 1, 2021", "Dismay 18, 2021", "May 32, 2021", "May 2021"])
def test_words_that_begin_like_months_are_none(text):
    assert [seen.date for seen in dates_in(text) if seen.date.month in (3, 5)] == []


def test_a_time_may_follow_without_a_blank():
    assert only("发布时间：2021-03-1809:22阅读：101次").at == datetime(2021, 3, 18, 9, 22, tzinfo=SHANGHAI)


def test_a_date_without_a_time_has_none():
    assert (only("2021-09-30 12").at, only("2021-09-30 12").precision) == (None, "day")


def test_an_impossible_time_leaves_the_day():
    assert (only("2021-09-30 25:00").date, only("2021-09-30 25:00").at) == (date(2021, 9, 30), None)


def test_a_moment_elsewhere_is_told_in_the_time_of_shanghai():
    seen = only("2021-06-24T20:20:30Z")
    assert (seen.date, seen.at) == (date(2021, 6, 25), datetime(2021, 6, 24, 20, 20, 30, tzinfo=UTC))


def test_several_dates_come_in_their_order():
    assert [seen.date.day for seen in dates_in("24.12.2018，2021-10-05至2021年10月7日")] == [24, 5, 7]


def test_borders_of_elements_inside_a_date_are_white_space():
    assert only("\x1f2021\x1f年\x1f10\x1f月05日").date == date(2021, 10, 5)


@pytest.mark.parametrize("text", ["[09-30]", "9/30", "9月30日", "（09-30）", "09-30 10:20"])
def test_a_day_without_its_year_is_reported_apart(text):
    (seen,) = month_days_in(text)
    assert (seen.month, seen.day, dates_in(text)) == (9, 30, ())


@pytest.mark.parametrize("text", ["2021-09-30", "2021年9月30日", "12:09-30", "010-12-34", "13-45", "9.5%", "1-2-3"])
def test_parts_of_something_else_are_no_days(text):
    assert month_days_in(text) == ()


def test_a_day_knows_the_years_that_have_it():
    (leap,) = month_days_in("02-29")
    assert (leap.in_year(2023), leap.in_year(2024)) == (None, date(2024, 2, 29))


@pytest.mark.parametrize(
    "path",
    ["/zwgk/202106/t20210624_185368.html", "/art/2021/6/24/art_12_345.html", "/2021-06/24/content_12.htm",
     "/20210624/1.html", "/2021/0624/c1.shtml", "/2021/06/24/x.html", "/xw/2021-06-24/3.html", "/a/20210624_77.html"],
)  # fmt: skip
def test_the_path_of_a_url_names_its_day(path):
    assert date_in_url("http://www.example.gov.cn" + path) == date(2021, 6, 24)


@pytest.mark.parametrize(
    "path", ["/art/2021/13/24/art_1_2.html", "/202106/t20210632_1.html", "/content/post_20210624.html",
             "/20219924/1.html", "/202106/1.html", "/x.html?d=2021-06-24", "/20210624101520123.html"],
)  # fmt: skip
def test_other_numbers_in_a_url_name_no_day(path):
    assert date_in_url("http://www.example.gov.cn" + path) is None
