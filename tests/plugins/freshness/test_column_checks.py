"""Columns against their deadlines: overdue, fresh, and what can't be told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from xuncha.api import Crawl, Gap, PageRecord, Reason
from xuncha.testing import judge
from xuncha_plugins.freshness.column_checks import (
    OverdueParams,
    blank_columns,
    news_columns,
    notice_columns,
    overdue_columns,
    undated_columns,
)
from xuncha_plugins.freshness.facts import (
    ArticleDates,
    ColumnArticles,
    Columns,
    ColumnSeen,
    HomeSeen,
    ListRead,
    Look,
    OpenedArticles,
    Rows,
    ScriptedLists,
)

TODAY = date(2026, 11, 22)
HOME = "http://www.a.gov.cn/"
CRAWL = Crawl(HOME, (PageRecord(HOME, HOME, 0, 200),), (), 1, complete=True)


def ago(days):
    return TODAY - timedelta(days=days)


def listed(days, count=10, **values):
    return Rows(count, count, newest=ago(days), oldest=ago(days + 100), **values)


def column(days=None, *, name="工作动态", kind="news", level=1, look=Look.ROWS, url="", **values):
    rows = listed(days) if days is not None else values.pop("rows", Rows())
    return ColumnSeen(name, url or f"{HOME}{name}/", level, kind, look=look, rows=rows, **values)


def said(check, *columns, lists=(), opened=(), crawl=CRAWL, params=None, navigation=True, depth=4):
    fact = Columns(TODAY, None, columns, navigation, depth)
    facts = (fact, ScriptedLists(tuple(lists)), OpenedArticles(tuple(opened)), crawl)
    outcome = judge(check, *facts, params=params)
    return outcome.status.value, [found.key for found in outcome.findings]


CLEAN = ("pass", [])
EACH = pytest.mark.parametrize(
    ("check", "values", "limit"),
    [
        (news_columns, {"kind": "news"}, 14),
        (notice_columns, {"kind": "notice"}, 184),
        (notice_columns, {"kind": "policy"}, 184),
        (overdue_columns, {"kind": "plan", "level": None}, 366),
        (overdue_columns, {"kind": "news", "level": 2}, 366),
        (overdue_columns, {"kind": "finance", "level": 1}, 366),
    ],
)


@EACH
def test_on_its_last_day_a_column_is_in_time(check, values, limit):
    assert said(check, column(limit, **values)) == CLEAN


@EACH
def test_a_day_later_it_is_overdue(check, values, limit):
    assert said(check, column(limit + 1, **values)) == ("fail", ["overdue"])


@EACH
def test_a_list_that_nobody_fetched_is_unknown_and_not_stale(check, values, limit):
    seen_at_home = column(**values, look=Look.UNREAD, on_home=listed(limit + 1))
    assert said(check, seen_at_home) == ("inconclusive", [])


@EACH
def test_a_list_that_only_a_browser_shows_is_unknown_too(check, values, limit):
    found = judge(check, Columns(TODAY, None, (column(**values, look=Look.SCRIPTED),), True, 4), *nothing_opened())
    assert (found.status.value, found.reason.code) == ("inconclusive", Reason.NEEDS_BROWSER)


@EACH
def test_a_deadline_of_the_inventory_wins(check, values, limit):
    assert said(check, column(30, deadline_days=7, **values)) == ("fail", ["overdue"])
    assert said(check, column(limit + 1, deadline_days=1000, **values)) == CLEAN


def nothing_opened():
    return ScriptedLists(), OpenedArticles(), CRAWL


@pytest.mark.parametrize(
    "values", [{"outside": True}, {"past": True}, {"exempt": "专题已结束"}, {"kind": "organs"}, {"kind": "topic"}]
)
def test_what_has_no_deadline_is_not_judged(values):
    stale = replace(column(3000), **values)
    assert said(news_columns, stale) == ("not_applicable", [])


OF_KINDS = pytest.mark.parametrize("check", [news_columns, notice_columns, overdue_columns, undated_columns])


@OF_KINDS
def test_where_a_name_tells_no_kind_the_inventory_is_asked_for(check):
    unknown = [column(300, name=name, kind="") for name in ("安和故事", "今日安和")]
    facts = (Columns(TODAY, None, tuple(unknown), navigation=True, depth=4), ScriptedLists(), OpenedArticles(), CRAWL)
    outcome = judge(check, *facts)
    assert (outcome.status.value, [found.key for found in outcome.findings]) == ("manual", ["kind-unknown"])
    params = outcome.findings[0].params
    assert (params["count"].value, params["names"].value) == (2, "“安和故事”、“今日安和”")


@OF_KINDS
@pytest.mark.parametrize(
    "other",
    [
        column(name="安和风貌", kind="", look=Look.WORDS), column(300, name="政务公开", kind=""),
        column(300, name="安和故事", kind="", outside=True), column(300, name="专题专栏", kind="topic"),
    ],
)  # fmt: skip
def test_what_can_be_none_of_the_kind_needs_no_question(check, other):
    assert said(check, other) == ("not_applicable", [])


@OF_KINDS
def test_an_unknown_column_that_nobody_could_read_may_be_one(check):
    assert said(check, column(name="安和故事", kind="", look=Look.SCRIPTED)) == ("manual", ["kind-unknown"])


def test_news_that_another_website_publishes_are_not_denied():
    elsewhere = column(name="政务要闻", outside=True, url="http://www.b.gov.cn/yw/")
    outcome = judge(news_columns, Columns(TODAY, None, (elsewhere,), navigation=True, depth=4), *nothing_opened())
    assert (outcome.status.value, outcome.reason.code) == ("not_applicable", Reason.LINKED_PLATFORM)


def test_a_column_of_unknown_kind_has_no_deadline_beside_those_that_have():
    assert said(news_columns, column(3), column(300, name="安和故事", kind="")) == CLEAN


def test_of_second_level_columns_the_first_level_is_not_asked_about():
    assert said(news_columns, column(300, name="安和故事", kind="", level=2)) == ("not_applicable", [])


def test_the_home_page_under_another_name_is_no_column():
    home = HomeSeen(HOME)
    again = column(300, name="示例镇人民政府", kind="", level=None, url=f"{HOME}index.asp")
    facts = (Columns(TODAY, home, (again,), navigation=True, depth=4), ScriptedLists(), OpenedArticles(), CRAWL)
    assert judge(overdue_columns, *facts).status.value == "not_applicable"


def test_without_navigation_it_is_not_known_that_there_are_no_columns():
    assert said(news_columns, navigation=False) == ("inconclusive", [])


def test_a_recent_row_on_the_home_page_is_enough():
    assert said(news_columns, column(look=Look.UNREAD, on_home=listed(3))) == CLEAN


def test_a_channel_is_as_fresh_as_the_columns_below_it():
    channel = column(400, name="新闻", url=f"{HOME}xw/")
    below = column(2, name="图片新闻", level=2, url=f"{HOME}xw/tp/", parent=f"{HOME}xw/")
    assert said(news_columns, channel, below) == CLEAN


def test_a_channel_over_a_column_that_nobody_saw_is_not_called_stale():
    channel = column(400, name="新闻", url=f"{HOME}xw/")
    below = column(name="图片新闻", level=2, url=f"{HOME}xw/tp/", parent=f"{HOME}xw/", look=Look.UNREAD)
    assert said(news_columns, channel, below) == ("inconclusive", [])


def test_a_ring_of_columns_ends():
    one = column(400, name="甲", url=f"{HOME}a/", parent=f"{HOME}b/")
    other = column(400, name="乙", url=f"{HOME}b/", parent=f"{HOME}a/")
    assert said(news_columns, one, other) == ("fail", ["overdue", "overdue"])


def test_where_only_a_pinned_row_is_recent_a_person_is_asked():
    rows = listed(100, pinned=1, pinned_newest=ago(2))
    assert said(news_columns, column(rows=rows)) == ("manual", ["only-pinned"])


def test_where_only_addresses_tell_a_date_a_person_is_asked():
    assert said(news_columns, column(rows=Rows(5), by_url=ago(90))) == ("manual", ["unclear"])


def test_a_guess_keeps_a_column_from_being_called_stale_and_makes_none_so():
    recent, older = ArticleDates(3, guessed=ago(3)), ArticleDates(3, guessed=ago(300))
    assert said(news_columns, column(rows=Rows(5), articles=recent)) == CLEAN
    assert said(news_columns, column(rows=Rows(5), articles=older)) == ("manual", ["unclear"])


def test_what_the_source_of_a_scripted_list_says_is_believed():
    scripted = column(look=Look.SCRIPTED)
    assert said(news_columns, scripted, lists=[ListRead(scripted.url, listed(3))]) == CLEAN
    assert said(news_columns, scripted, lists=[ListRead(scripted.url, listed(90))]) == ("fail", ["overdue"])


def test_opened_articles_date_a_list_without_dates():
    undated = column(rows=Rows(9))
    opened = [ColumnArticles(undated.url, ArticleDates(3, 3, 3, ago(60)))]
    assert said(news_columns, undated, opened=opened) == ("fail", ["overdue"])


def test_without_the_probes_facts_the_crawl_alone_is_judged():
    facts = ((ScriptedLists, Gap(Reason.RAISED)), (OpenedArticles, Gap(Reason.RAISED)), CRAWL)
    outcome = judge(news_columns, Columns(TODAY, None, (column(90),), True, 4), *facts)
    assert outcome.status.value == "fail"


def test_a_few_unknown_columns_among_many_do_not_hide_the_rest():
    known = [column(1, name=f"动态{number}") for number in range(9)]
    assert said(news_columns, *known, column(name="别的", look=Look.SCRIPTED)) == CLEAN
    assert said(news_columns, *known[:2], column(name="别的", look=Look.SCRIPTED)) == ("inconclusive", [])


def test_a_crawl_cut_short_above_the_columns_does_not_pass():
    cut = replace(CRAWL, known=500, complete=False, stopped=Reason.BUDGET_REACHED)
    assert said(news_columns, column(1), crawl=cut, depth=1) == ("inconclusive", [])
    assert said(news_columns, column(1), crawl=cut, depth=3) == CLEAN


def test_what_rests_on_products_alone_says_so():
    outcome = judge(overdue_columns, Columns(TODAY, None, (column(999, kind="finance"),), True, 4), *nothing_opened())
    assert outcome.findings[0].unverified
    assert said(overdue_columns, column(999, kind="finance"), params=OverdueParams(other_days=2000)) == CLEAN


def test_a_blank_column_is_reported_once_and_not_as_overdue_too():
    blank = column(look=Look.BLANK)
    assert said(blank_columns, blank, column(1, name="别的")) == ("fail", ["blank"])
    assert said(news_columns, blank) == ("inconclusive", [])


@pytest.mark.parametrize(("check", "kind"), [(news_columns, "news"), (notice_columns, "notice")])
@pytest.mark.parametrize("look", [Look.BLANK, Look.WORDS])
def test_a_first_level_column_without_a_row_is_not_in_time(check, kind, look):
    assert said(check, column(look=look, kind=kind)) == ("inconclusive", [])


def test_a_column_that_is_being_rebuilt_is_asked_about():
    assert said(blank_columns, column(look=Look.NOTICE), column(1, name="别的")) == ("manual", ["notice"])
    assert said(news_columns, column(look=Look.NOTICE)) == ("inconclusive", [])


@pytest.mark.parametrize("look", [Look.ROWS, Look.WORDS])
def test_what_holds_something_is_not_blank(look):
    assert said(blank_columns, column(look=look, rows=Rows(3))) == CLEAN


@pytest.mark.parametrize("look", [Look.UNREAD, Look.SCRIPTED])
def test_what_could_not_be_read_is_not_blank(look):
    assert said(blank_columns, column(look=look)) == ("inconclusive", [])


def test_a_blank_column_that_has_just_appeared_is_asked_about():
    assert said(blank_columns, column(look=Look.BLANK, since=ago(40))) == ("manual", ["new"])
    assert said(blank_columns, column(look=Look.BLANK, since=ago(400))) == ("fail", ["blank"])


def test_a_channel_is_not_blank_where_a_column_below_it_has_rows():
    channel = column(name="新闻", url=f"{HOME}xw/", look=Look.BLANK)
    assert said(blank_columns, channel, column(2, name="图片", url=f"{HOME}xw/tp/", parent=f"{HOME}xw/")) == CLEAN


@pytest.mark.parametrize("look", [Look.BLANK])
def test_exempt_columns_may_be_blank(look):
    assert said(blank_columns, column(look=look, exempt="在建"), column(1, name="别的")) == CLEAN


def test_three_articles_without_a_date_make_a_column_undated():
    assert said(undated_columns, column(rows=Rows(9), articles=ArticleDates(3))) == ("fail", ["undated"])


def test_two_articles_are_not_enough():
    assert said(undated_columns, column(rows=Rows(9), articles=ArticleDates(2))) == ("inconclusive", [])


def test_all_articles_of_a_short_list_are_enough():
    assert said(undated_columns, column(rows=Rows(2), articles=ArticleDates(2))) == ("fail", ["undated"])


@pytest.mark.parametrize(
    "values", [{"rows": Rows(9, 1, newest=ago(1))}, {"articles": ArticleDates(3, 1, 1, ago(1)), "rows": Rows(9)}]
)
def test_any_date_that_citizens_see_is_enough(values):
    assert said(undated_columns, column(**values)) == CLEAN


def test_a_date_in_addresses_only_is_hinted_at():
    hidden = ArticleDates(opened=3, dated=3, visible=0, newest=ago(3))
    assert said(undated_columns, column(rows=Rows(9), articles=hidden, by_url=ago(3))) == ("warn", ["only-in-url"])


def test_columns_of_static_information_need_no_dates():
    assert said(undated_columns, column(kind="leaders", rows=Rows(9), articles=ArticleDates(3))) == (
        "not_applicable",
        [],
    )


# ---------------------------------------------------------------------- what is asked rather than charged


@EACH
def test_a_column_younger_than_its_deadline_is_asked_about(check, values, limit):
    young = column(limit + 50, since=ago(limit - 1), **values)
    assert said(check, young) == ("manual", ["young"])


@EACH
def test_once_it_is_as_old_as_its_deadline_it_is_overdue(check, values, limit):
    assert said(check, column(limit + 50, since=ago(limit), **values)) == ("fail", ["overdue"])


@EACH
def test_a_name_that_may_be_that_of_reposts_is_asked_about(check, values, limit):
    assert said(check, column(limit + 1, doubtful=True, **values)) == ("manual", ["kind-unclear"])


def test_a_deadline_of_the_inventory_leaves_no_doubt():
    assert said(news_columns, column(31, doubtful=True, deadline_days=30)) == ("fail", ["overdue"])


def test_a_collection_of_laws_is_not_called_overdue():
    laws = replace(listed(300), laws=8)
    assert said(notice_columns, column(kind="policy", rows=laws)) == ("manual", ["collection"])


def test_undated_rows_on_top_leave_open_whether_there_is_something_newer():
    assert said(news_columns, column(30, leading=2))[0] == "inconclusive"


@pytest.mark.parametrize(("outside", "status"), [(0, "fail"), (1, "inconclusive")])
def test_their_articles_tell_unless_they_lie_elsewhere(outside, status):
    one = column(30, leading=2, leading_outside=outside)
    opened = ColumnArticles(one.url, ArticleDates(2, 2, 2, ago(40)))
    assert said(news_columns, one, opened=[opened])[0] == status


def test_a_few_characters_are_asked_about():
    one = column(look=Look.SCANT, words="张某某")
    assert said(blank_columns, one) == ("manual", ["scant"])


def test_what_a_blank_column_says_is_quoted():
    one = column(look=Look.BLANK, words="暂无信息")
    assert said(blank_columns, one) == ("fail", ["says-nothing"])
