"""The home page: something new, nothing new, and what can't be told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from xuncha.api import Crawl, PageRecord, Reason
from xuncha.page import parse_page
from xuncha.testing import SITE, gather, judge
from xuncha_plugins.freshness.columns import ColumnParams, ColumnsSeen
from xuncha_plugins.freshness.facts import (
    ArticleDates,
    ColumnArticles,
    Columns,
    ColumnSeen,
    HomeSeen,
    Look,
    OpenedArticles,
    Rows,
    ScriptedLists,
)
from xuncha_plugins.freshness.home_checks import home_updated

TODAY = date(2026, 11, 22)
HOME = "http://www.a.gov.cn/"
CRAWL = Crawl(HOME, (PageRecord(HOME, HOME, 0, 200),), (), 1, complete=True)


def ago(days):
    return TODAY - timedelta(days=days)


def said(home, *columns, opened=(), site=SITE):
    facts = Columns(TODAY, home, columns, True, 3), ScriptedLists(), OpenedArticles(tuple(opened)), CRAWL
    outcome = judge(home_updated, *facts, site=site)
    because = outcome.reason.code if outcome.reason else None
    return outcome.status.value, because or [found.key for found in outcome.findings]


LISTS = HomeSeen(HOME, ago(3), dated=20, gathers=True)
MENU = HomeSeen(HOME, gathers=False, second_pages=6)


def test_something_new_is_enough_even_where_script_fills_the_rest():
    assert said(replace(LISTS, scripted=True, undated=9)) == ("pass", [])


@pytest.mark.parametrize(("days", "status"), [(14, "pass"), (15, "fail")])
def test_two_weeks_are_the_border(days, status):
    assert said(replace(LISTS, newest=ago(days)))[0] == status


def test_nothing_new_is_not_said_where_script_fills_lists():
    assert said(replace(LISTS, newest=ago(90), scripted=True)) == ("inconclusive", Reason.NEEDS_BROWSER)


def test_nothing_new_is_not_said_where_undated_rows_were_not_looked_into():
    home = replace(LISTS, newest=ago(90), undated=5, unopened=("http://www.a.gov.cn/1.html",) * 5)
    assert said(home) == ("inconclusive", Reason.TOO_FEW_PAGES)
    assert said(home, opened=[ColumnArticles(HOME, ArticleDates(3, 3, 3, ago(80)))]) == ("fail", ["stale"])
    assert said(home, opened=[ColumnArticles(HOME, ArticleDates(3, 3, 3, ago(2)))]) == ("pass", [])


def test_a_home_page_without_any_date_is_asked_about():
    assert said(replace(LISTS, newest=None, dated=0)) == ("manual", ["undated"])


def test_a_page_that_only_leads_on_is_judged_by_the_second_level():
    assert said(replace(MENU, second_level=ago(5))) == ("pass", [])
    assert said(replace(MENU, second_level=ago(50))) == ("fail", ["second-level-stale"])


def test_the_second_level_is_not_called_stale_where_a_column_was_not_seen():
    unseen = ColumnSeen("工作动态", f"{HOME}xw/", 1, "news", look=Look.UNREAD)
    assert said(replace(MENU, second_level=ago(50)), unseen) == ("inconclusive", Reason.TOO_FEW_PAGES)


def test_the_inventory_may_say_that_the_home_page_only_leads_on():
    site = replace(SITE, navigation_home=True)
    stale, fresh = replace(LISTS, newest=ago(90), second_pages=3), ColumnSeen("a", HOME, rows=Rows(1, 1, newest=ago(2)))
    assert said(stale, replace(fresh, look=Look.ROWS), site=site) == ("pass", [])


def test_without_a_home_page_nothing_is_said():
    assert said(None) == ("inconclusive", Reason.TOO_FEW_PAGES)


def test_the_dates_of_linked_articles_count_for_the_home_page(gathered, department, html, article, ago):
    home = html('<div class="banner"><a href="/xwdt/gzdt/content_9.html"><img src="/b.jpg" alt="会议"></a></div>')
    pages = {"home": home, "/xwdt/gzdt/content_9.html": article("关于召开年度工作会议的通知", ago(4))}
    assert gathered(department(pages)).said("freshness.home-updated")[0] == "pass"


def test_a_stale_home_page_is_found(gathered, department, html, rows):
    home = html(f'<div class="box"><h2>工作动态</h2>{rows(20, 30, 60)}</div>')
    assert gathered(department({"home": home})).said("freshness.home-updated") == ("fail", ["stale"])


def test_month_and_day_alone_count_with_the_latest_year_that_they_can_mean(gathered, department, html, ago):
    items = "".join(
        f'<li><a href="/a/content_{n}.html">关于开展第{n}次专项检查工作的情况通报</a><span>[{ago(n):%m-%d}]</span></li>'
        for n in (2, 5, 9)
    )
    home = html(f'<div class="box"><h2>工作动态</h2><ul>{items}</ul></div>')
    assert gathered(department({"home": home})).said("freshness.home-updated")[0] == "pass"


TITLE = "示例区第{}次部署重点工作有关事项的通报会"
UNREAD = {
    "wechat": "".join(f'<li><a href="https://mp.weixin.qq.com/s/abc{n}">{TITLE.format(n)}</a></li>' for n in range(6)),
    "headline": '<h2><a href="https://mp.weixin.qq.com/s/abc">示例区部署重点工作有关事项的通报会</a></h2>',
    "portal": "".join(f'<li><a href="http://www.qd.gov.cn/{n}.html">{TITLE.format(n)}</a></li>' for n in range(6)),
    "frame": '<iframe src="http://www.qd.gov.cn/news/list.html"></iframe>',
    "script": '<div id="a1"></div><script>$.getJSON("/api", function (d) { $("#a1").html(d); });</script>',
    "component": '<div id="app"><home-page></home-page></div><script src="/static/app.js"></script>',
}
SMALL = {
    "weather": '<iframe src="https://i.tianqi.com/index.php?c=code"></iframe>',
    "clock": '<div id="timeBox"></div><script>document.getElementById("timeBox").innerHTML = now();</script>',
    "friends": "".join(f'<a href="http://www.{n}.gov.cn/">示例市第{n}住房和城乡建设委员会</a>' for n in "abcdef"),
    "topic": '<a href="http://www.qd.gov.cn/zt/2026.html">学习贯彻示例会议精神专题</a>',
}


def on_home(gathered, department, html, rows, more):
    old = "<h2>公示</h2>" + rows(60, 70, 80)
    return gathered(department({"home": html(old + f"<h2>要闻</h2>{more}")})).said("freshness.home-updated")


@pytest.mark.parametrize("more", UNREAD.values(), ids=UNREAD.keys())
def test_what_was_not_read_may_be_new(gathered, department, html, rows, more):
    assert on_home(gathered, department, html, rows, more)[0] == "inconclusive"


@pytest.mark.parametrize("more", SMALL.values(), ids=SMALL.keys())
def test_what_is_no_news_hides_none(gathered, department, html, rows, more):
    assert on_home(gathered, department, html, rows, more) == ("fail", ["stale"])


def test_a_repost_with_a_date_in_its_address_is_something_new(gathered, department, html, rows, ago):
    repost = f'<a href="http://www.qd.gov.cn/n/{ago(3):%Y/%m/%d}/1.html">{TITLE.format(1)}</a>'
    assert on_home(gathered, department, html, rows, repost) == ("pass", [])


def test_a_frame_that_the_crawl_opened_hides_nothing(gathered, department, html, rows):
    home = html(rows(60, 70, 80) + '<iframe src="/in.html"></iframe>')
    found = gathered(department({"home": home, "/in.html": html(rows(90, 100))}))
    assert found.said("freshness.home-updated") == ("fail", ["stale"])


def test_when_the_server_last_changed_a_page_says_nothing(html, rows, now):
    changed = (("last-modified", "Sat, 21 Nov 2026 02:00:00 GMT"),)
    page = parse_page(html(rows(60, 70, 80)), url=HOME, depth=0, headers=changed)
    home = gather(ColumnsSeen, page, params=ColumnParams(), site=SITE, now=now).home
    assert home.newest == now.date() - timedelta(days=60)


def test_the_day_is_that_of_shanghai_whatever_the_clock_says(html, rows):
    evening = datetime(2026, 11, 21, 17, tzinfo=UTC)
    page = parse_page(html(rows(1)), url=HOME, depth=0)
    assert gather(ColumnsSeen, page, params=ColumnParams(), site=SITE, now=evening).observed == date(2026, 11, 22)
