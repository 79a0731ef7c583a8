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


FORM = "<form action='/zj/save' method='post'><textarea name='yj'></textarea><input type='submit'></form>"


def period(begin, end, state="正在进行"):
    """The page of one call for opinions, in the way that publishing systems show it."""
    return (
        f"<h1>《示例区校外培训管理办法》意见征集</h1><p>征集状态：{state}</p>"
        f"<p>开始时间：{begin:%Y-%m-%d}　结束时间：{end:%Y-%m-%d}</p><p>欢迎社会各界提出宝贵意见。</p>{FORM}"
    )


@pytest.fixture
def days(now):
    """The day so many days ago."""
    return lambda count: now.date() - timedelta(days=count)


def test_a_page_that_is_itself_a_consultation_is_one(column, days):
    assert column(period(days(260), days(230)), "民意征集").said(CHECK) == ("pass", [])


def test_one_that_is_open_is_held_today(column, days):
    found = column(f"<h1>示例办法意见征集</h1><p>截止日期：{days(-20):%Y年%m月%d日}</p>{FORM}")
    assert (found.said(CHECK), found.fact(Activities).newest) == (("pass", []), days(0))


def test_one_of_years_ago_is_stale(column, days):
    assert column(period(days(800), days(770), "已结束"), "民意征集").said(CHECK) == ("fail", ["stale"])


@pytest.mark.parametrize(
    "told",
    [
        "征集时间：{} 至 {}",
        "征求意见期限为{}至{}。",
        "起止日期 {}—{}",
        "调查时间：自{}到{}止",
        "开始时间</td><td>{}</td><td>{}",
    ],
)
def test_its_time_is_told_in_many_ways(column, days, told):
    body = f"<table><tr><td>{told.format(days(90).isoformat(), days(60).isoformat())}</td></tr></table>{FORM}"
    assert column(body).said(CHECK) == ("pass", [])


@pytest.mark.parametrize("label", ["当前时间：", "更新时间：", "今天是", "建站于", "服务时间："])
def test_other_times_are_none_of_an_activity(column, days, label):
    assert column(f"<p>{label}{days(500).isoformat()}</p><p>暂无内容</p>").said(CHECK) == ("warn", ["blank"])


def test_a_consultation_beside_no_column_is_one(site_with, html, days):
    page = html(period(days(90), days(60)), title="《示例区校外培训管理办法》公开征求意见_示例局")
    home = "<h3>热点</h3><a href='/zj/1.html'>《示例区校外培训管理办法》公开征求意见</a>"
    assert site_with({"zj/1.html": page}, home=home).said(CHECK) == ("pass", [])


@pytest.mark.parametrize("row", ["<ul><li>{}</li></ul>", "<table><tr><td>{}</td></tr></table>"])
def test_a_single_interview_in_a_column_is_one(column, days, row):
    link = f"<a href='1.html'>局长做客在线访谈谈供热保障</a> <span>{days(100).isoformat()}</span>"
    assert column(row.format(link), "在线访谈").said(CHECK) == ("pass", [])


def test_a_single_interview_long_ago_is_stale(column, days):
    link = f"<li><a href='1.html'>局长做客在线访谈谈供热保障</a> <span>{days(500).isoformat()}</span></li>"
    assert column(f"<ul>{link}</ul>", "在线访谈").said(CHECK) == ("fail", ["stale"])


def test_a_form_that_script_fills_is_not_judged(column):
    body = '<ul id="news-list"></ul><script src="/js/list.js"></script>' + FORM
    assert column(body, "民意征集").said(CHECK) == ("inconclusive", [])


def test_rows_with_a_beginning_and_an_end_are_dated_by_both(column, days):
    rows = "".join(
        f"<tr><td>{n}</td><td><a href='{n}.html'>关于示例办法的意见征集{n}</a></td><td>{days(begin)}</td>"
        f"<td>{days(begin - 30)}</td><td>{state}</td></tr>"
        for n, (begin, state) in enumerate([(4, "征集中"), (500, "已结束"), (600, "已结束")])
    )
    head = "<tr><th>序号</th><th>征集主题</th><th>开始时间</th><th>结束时间</th><th>状态</th></tr>"
    assert column(f"<table>{head}{rows}</table>").said(CHECK) == ("pass", [])
