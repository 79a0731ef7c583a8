"""What the probes open, and what they leave alone."""

import asyncio
import json

import pytest

from xuncha.api import Crawl, PageRecord, Reason
from xuncha.testing import FakeNet
from xuncha.testing.net import page as reply
from xuncha_plugins.freshness.facts import Columns, OpenedArticles, ScriptedLists
from xuncha_plugins.freshness.probes import ArticleParams, ListParams, opened_articles, scripted_lists

HOME = "http://www.a.gov.cn/"
PROXY = f"{HOME}module/web/jpage/dataproxy.jsp*"
JPAGE = (
    '<div id="2001"></div><script>$("#2001").jpage({proxyUrl:"/module/web/jpage/dataproxy.jsp",'
    'ajaxParam:{webid:1,columnid:77,unitid:"2001"}})</script>'
)


def records(day):
    return (
        f"<datastore><recordset><record><![CDATA[<li><a href='/art/{day.year}/{day.month}/{day.day}/art_77_1.html'>"
        f"关于召开会议的通知</a><span>{day:%Y-%m-%d}</span></li>]]></record></recordset></datastore>"
    ).encode()


@pytest.fixture
def jpage(department, html):
    """A site whose news are listed by jpage."""
    return department({"/xwdt/gzdt/": html(JPAGE, trail=(("工作动态", ""),)), "home": html("<p>欢迎</p>")})


def answers(body, **values):
    return {PROXY: reply(body, media="text/xml", **values)}


@pytest.mark.parametrize(("days", "said"), [(3, ("pass", [])), (60, ("fail", ["overdue"]))])
def test_a_list_by_jpage_is_judged_by_its_source(gathered, jpage, ago, days, said):
    found = gathered(jpage, answers=answers(records(ago(days))))
    assert found.said("freshness.news-columns") == said


@pytest.mark.parametrize(
    "answer", [reply(b"", status=404), reply(b"<html>login</html>"), Reason.TIMEOUT, Reason.OUT_OF_SCOPE]
)
def test_a_source_that_does_not_answer_leaves_it_open(gathered, jpage, answer):
    found = gathered(jpage, answers={PROXY: answer})
    assert found.outcome("freshness.news-columns").reason.code is Reason.NEEDS_BROWSER


def test_a_source_on_another_host_is_left_alone(gathered, department, html):
    away = JPAGE.replace('proxyUrl:"/module', 'x:"').replace(
        "webid", '"http://evil.example/jpage/dataproxy.jsp?a=1",webid'
    )
    found = gathered(department({"/xwdt/gzdt/": html(away, trail=(("工作动态", ""),))}))
    assert not found.fact(ScriptedLists).lists
    assert not any("evil" in url for url in found.asked)


def test_a_list_by_jpaas_is_read_out_of_its_json(gathered, department, html, rows, ago):
    unit = "/api-gateway/jpaas-publish-server/front/page/build/unit"
    loader = f"""<script url="{unit}" queryData="{{'webId':'1','tagId':'当前栏目list','pageId':'7'}}"></script>"""
    bodies = department({"/xwdt/gzdt/": html(loader, trail=(("工作动态", ""),)), "home": html("<p>欢迎</p>")})
    answer = reply(json.dumps({"success": True, "data": {"html": rows(30, 40, 60)}}), media="application/json")
    found = gathered(bodies, answers={f"http://www.a.gov.cn{unit}*": answer})
    assert found.said("freshness.news-columns") == ("fail", ["overdue"])


def test_gkmlpt_columns_are_told_apart_by_their_fragment(gathered, html, ago):
    menu = (("首页", "/"), ("通知公告", "/gkmlpt/index#475"), ("政策文件", "/gkmlpt/index#476"), ("服务", "/s/"))
    shell = b"<html><head><title>x</title></head><body><div id=app></div><script>var c={SID:'9'}</script></body></html>"
    answer = lambda days: reply(f'{{"articles":[{{"title":"a","url":"/1","date":"{ago(days)}"}}]}}')  # noqa: E731
    api = {f"{HOME}gkmlpt/api/all/475*": answer(5), f"{HOME}gkmlpt/api/all/476*": answer(300)}
    found = gathered({HOME: html("<p>欢迎</p>", menu=menu), f"{HOME}gkmlpt/index": shell}, answers=api)
    outcome = found.outcome("freshness.notice-columns")
    assert [one.locator.name for one in outcome.findings] == ["政策文件"]


@pytest.fixture
def undated(department, html, rows):
    """A site whose news show no dates, and whose articles nobody opened."""
    return department(
        {
            "/xwdt/gzdt/": html(rows(None, None, None, None, None), trail=(("工作动态", ""),)),
            "home": html("<p>欢迎</p>"),
        }
    )


def test_three_articles_of_a_list_without_dates_are_opened(gathered, undated, article, ago):
    body = reply(article("关于召开会议的通知", ago(40)))
    found = gathered(undated, answers={f"{HOME}xwdt/gzdt/content_*": body})
    assert len(found.asked) == 3
    assert found.said("freshness.news-columns") == ("fail", ["overdue"])


def test_articles_without_a_date_make_the_column_undated(gathered, undated, article):
    page = article("关于召开会议的通知").replace("来源：办公室".encode(), b"")
    found = gathered(undated, answers={f"{HOME}xwdt/gzdt/content_*": reply(page)})
    assert found.said("freshness.undated-columns") == ("fail", ["undated"])


def test_articles_that_do_not_open_leave_it_open(gathered, undated):
    found = gathered(undated)
    assert found.fact(OpenedArticles).articles == ()
    assert found.said("freshness.undated-columns")[0] != "fail"


def test_a_list_with_dates_costs_no_request(gathered, department):
    assert gathered(department()).asked == []


def test_what_the_crawl_has_opened_is_not_asked_again(gathered, undated, article, ago):
    found = gathered(undated)
    links = next(column.unopened for column in found.fact(Columns).columns if column.unopened)
    opened = tuple(PageRecord(url, url, 2, 200) for url in links)
    crawl = Crawl(HOME, opened, (), len(opened), complete=True)
    net = FakeNet({"http*": reply(article("关于会议的通知", ago(4)))})
    asyncio.run(opened_articles(found.site, crawl, found.fact(Columns), ScriptedLists(), ArticleParams(), net))
    assert not set(links) & set(net.urls)


def test_the_budget_is_shared_between_columns(gathered, undated, article, ago, html, rows):

    other = html(rows(None, None, None, folder="/xwdt/tzgg"), trail=(("通知公告", ""),))
    columns = gathered(undated | {f"{HOME}xwdt/tzgg/": other}).fact(Columns)
    net = FakeNet({f"{HOME}xwdt/*": reply(article("关于会议的通知", ago(4)))})
    found = gathered(undated)
    fact = asyncio.run(
        opened_articles(found.site, found.fact(Crawl), columns, ScriptedLists(), ArticleParams(articles=2), net)
    )
    assert (len(fact.articles), fact.complete) == (2, False)


def test_a_spent_budget_ends_the_reading(gathered, jpage):

    found = gathered(jpage, answers={PROXY: Reason.BUDGET_REACHED})
    fact = asyncio.run(
        scripted_lists(found.site, found.fact(Columns), ListParams(), FakeNet({PROXY: Reason.BUDGET_REACHED}))
    )
    assert fact == ScriptedLists((), complete=False)


def test_where_the_first_page_is_all_pinned_the_second_tells_the_date(gathered, department, html, rows):
    first = "".join(rows(2, pinned=0) for _ in range(3)) + '<script>createPageHTML(9, 0, "index", "html");</script>'
    bodies = department({"/xwdt/gzdt/": html(first, trail=(("工作动态", ""),)), "home": html("<p>欢迎</p>")})
    found = gathered(bodies, answers={f"{HOME}xwdt/gzdt/index_1.html": reply(html(rows(90, 100, 110)))})
    assert found.fact(ScriptedLists).lists[0].further
    assert found.said("freshness.news-columns") == ("manual", ["only-pinned"])
