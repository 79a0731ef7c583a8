"""Interviews, calls for opinions and surveys: their columns' newest dates, and what counts for them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from xuncha.api import Site, SiteKind
from xuncha_plugins.interaction.facts import Activities, Activity

HOME = "http://www.a.gov.cn/"
SITE = Site("a", "示例局", (HOME,), kind=SiteKind.DEPARTMENT)
CHECK = "interaction.activities"


@pytest.fixture
def rows(now):
    """A list of articles, each so many days old."""

    def make(*days, title="关于《示例区供热管理办法》公开征求意见的公告"):
        dates = [now.date() - timedelta(days=day) for day in days]
        return (
            "<ul>"
            + "".join(
                f'<li><a href="{n}.html">{title}（{n}）</a><span>{day}</span></li>' for n, day in enumerate(dates)
            )
            + "</ul>"
        )

    return make


@pytest.fixture
def column(site_with, html):
    """A site with one column of activities."""

    def run(body, name="意见征集", *, site=SITE, **more):
        page = html(body, title=f"{name}_示例局", trail=(("互动交流", "/hd/"), (name, "")))
        return site_with({"hd/zj/": page}, home=f'<a href="/hd/zj/">{name}</a>', site=site, **more)

    return run


@pytest.mark.parametrize("name", ["在线访谈", "意见征集", "民意征集", "网上调查", "调查征集", "问卷调查"])
def test_an_activity_within_the_year_is_enough(column, rows, name):
    assert column(rows(40, 200, 300), name).said(CHECK) == ("pass", [])


def test_one_that_is_over_has_taken_place(column, rows):
    assert column(rows(300, 400, 500) + "<p>状态：已结束</p>").said(CHECK) == ("pass", [])


def test_none_for_a_year_is_found(column, rows):
    found = column(rows(400, 500, 600))
    assert found.said(CHECK) == ("fail", ["stale"])
    assert found.fact(Activities).columns[0].kind is Activity.OPINION


def test_a_call_in_another_column_is_mentioned(site_with, html, rows):
    old = html(rows(400, 500, 600), trail=(("意见征集", ""),))
    notices = html(rows(30, 60, 90), trail=(("通知公告", ""),))
    home = '<a href="/hd/zj/">意见征集</a><a href="/gk/tz/">通知公告</a>'
    found = site_with({"hd/zj/": old, "gk/tz/": notices}, home=home)
    assert found.said(CHECK) == ("fail", ["stale-here"])


def test_a_call_in_another_column_is_enough_where_there_is_none_for_them(site_with, html, rows):
    notices = html(rows(30, 60, 90), trail=(("通知公告", ""),))
    assert site_with({"gk/tz/": notices}, home='<a href="/gk/tz/">通知公告</a>').said(CHECK) == ("pass", [])


def test_a_blank_column_is_a_hint(column):
    assert column("<p>暂无内容</p>").said(CHECK) == ("warn", ["blank"])


def test_a_column_that_script_fills_is_not_judged(column):
    body = '<ul id="news-list"></ul><script src="/js/list.js"></script>'
    assert column(body).said(CHECK) == ("inconclusive", [])


def test_rows_without_dates_are_not_judged(column):
    body = (
        "<ul>" + "".join(f'<li><a href="{n}.html">关于公开征求意见的公告第{n}号</a></li>' for n in range(4)) + "</ul>"
    )
    assert column(body).said(CHECK) == ("inconclusive", [])


def test_none_at_all_is_hinted_at_on_portals_only(site_with):
    assert site_with(home="").said(CHECK) == ("not_applicable", [])
    assert site_with(home="", site=replace(SITE, kind=SiteKind.PORTAL)).said(CHECK) == ("warn", ["missing"])


def test_an_unfinished_crawl_tells_nothing(site_with):
    assert site_with(home="", complete=False).said(CHECK) == ("inconclusive", [])


def test_a_date_ahead_is_none(column, rows):
    assert column(rows(-40, 400, 500)).said(CHECK) == ("fail", ["stale"])


@pytest.mark.parametrize("kind", [SiteKind.PORTAL, SiteKind.DEPARTMENT])
def test_activities_on_a_platform_are_judged_there(site_with, kind):
    home = '<a href="http://www.province.gov.cn/hdjl/zjdc/">意见征集</a>'
    outcome = site_with(home=home, site=replace(SITE, kind=kind)).outcome(CHECK)
    assert (outcome.status.value, outcome.reason.code) == ("not_applicable", "linked-platform")
