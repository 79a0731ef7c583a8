"""Boxes beside a column's list: what other columns published speaks for nobody else."""

import pytest

from xuncha.page import parse_page
from xuncha.testing.net import page as reply
from xuncha_plugins.freshness.facts import Columns, Look
from xuncha_plugins.freshness.whose import rows_alone

NEWS, NOTICE = "/xwdt/gzdt/", "/xwdt/tzgg"
UNFILLED = {
    "ajax": '<div id="list"></div><script>$.get("/api?c=3", function (d) { $("#list").html(d); });</script>',
    "unnamed": '<div id="a1"></div><script>$.get("/api?c=3", function (d) { $("#a1").html(d); });</script>',
    "frame": '<iframe src="http://cms.b.gov.cn/list?c=3"></iframe>',
    "vue": '<div id="app"><news-list></news-list></div><script src="/static/app.js"></script>',
    "template": '<ul><li v-for="n in news"><a :href="n.url">{{n.title}}</a></li></ul><script src="/a.js"></script>',
    "loaded": '<div class="con"></div><script src="/js/getlist.js"></script>',
    "written": "<script>document.write(getNews(3));</script>",
}


@pytest.fixture
def box(rows):
    """A box at the side with rows of so many days ago, filed with the notices."""

    def of(heading, *days, folder=NOTICE):
        return f'<div class="right"><h3>{heading}</h3>{rows(*days, folder=folder)}</div>'

    return of


@pytest.fixture
def said(gathered, department, html):
    """What is said of the news column with this content."""

    def run(content, check="freshness.news-columns", **options):
        page = html(content, "工作动态_示例局", trail=(("工作动态", ""),))
        home = html("<p>欢迎访问</p>")
        return gathered(department({"home": home, NEWS: page}), **options).said(check)

    return run


@pytest.mark.parametrize("content", UNFILLED.values(), ids=UNFILLED.keys())
@pytest.mark.parametrize("heading", ["通知公告", "热点推荐"])
def test_an_old_box_beside_a_list_that_script_fills_is_no_evidence(said, box, content, heading):
    assert said(content + box(heading, 60, 80, 100))[0] == "inconclusive"


@pytest.mark.parametrize(
    "heading", ["通知公告", "政策文件", "最新公告", "信息公开", "图片新闻", "今日头条", "推荐阅读"]
)
def test_a_fresh_box_does_not_excuse_an_old_list(said, box, rows, heading):
    assert said(rows(60, 90, 200) + box(heading, 1, 8, 10)) == ("fail", ["overdue"])


def test_a_list_that_goes_on_in_a_box_of_other_folders_is_one_list(said, rows):
    boxes = rows(3, 4, 5, folder="/zt/2026") + '<p class="line">——</p>' + rows(60, 90, 200)
    assert said(boxes) == ("pass", [])


def test_the_same_box_on_several_columns_is_nobodys_own(gathered, html, rows):
    names = ("工作动态", "部门动态", "街道动态")
    menu = (("首页", "/"), *((name, f"/list.asp?cid={number}") for number, name in enumerate(names)))
    side = "<h3>今日头条</h3>" + rows(1, 2, 3, folder="/show")
    pages = {
        f"http://www.a.gov.cn{path}": html(rows(60, 70, 80, folder=f"/v{path[-1]}") + side, name, menu=menu)
        for name, path in menu[1:]
    }
    found = gathered({"http://www.a.gov.cn/": html("<p>欢迎</p>", menu=menu), **pages})
    assert found.said("freshness.news-columns") == ("fail", ["overdue"] * 3)


@pytest.mark.parametrize("own", ["<h2>人事信息</h2><ul></ul>", "<h2>人事信息</h2><p>暂无信息</p>"])
def test_an_empty_column_is_blank_beside_a_box_of_another(gathered, department, html, box, own):
    page = html(own + box("通知公告", 1, 8, 10), "人事信息_示例局", trail=(("人事信息", ""),))
    found = {one.name: one.look for one in gathered(department({"/zwgk/rsxx/": page})).fact(Columns).columns}
    assert found["人事信息"] is Look.BLANK


def test_beside_a_box_of_unproved_origin_nothing_is_called_blank(gathered, department, html, box):
    page = html(box("今日头条", 1, 8, folder="/show"), "人事信息_示例局", trail=(("人事信息", ""),))
    found = {one.name: one.look for one in gathered(department({"/zwgk/rsxx/": page})).fact(Columns).columns}
    assert found["人事信息"] is not Look.BLANK


def test_a_text_beside_a_box_is_something_to_read(gathered, department, html, box):
    words = "<p>本局设办公室、政策法规科等内设机构，核定行政编制三十名。</p>"
    page = html(words + box("通知公告", 100, 200, 300), "人事信息_示例局", trail=(("人事信息", ""),))
    found = gathered(department({"/zwgk/rsxx/": page}))
    assert found.said("freshness.blank-columns") == ("pass", [])


def test_columns_of_jcms_are_told_apart_by_their_number(gathered, html, ago):
    menu = (
        ("首页", "/"),
        ("工作动态", "/col/col12/index.html"),
        ("通知公告", "/col/col13/index.html"),
        ("互动", "/h/"),
    )
    row = '<li><a href="/art/2026/1/1/art_{0}_{1}.html">关于第{1}次重点工作推进会议的有关事项</a><span>{2}</span></li>'
    lists = {c: "".join(row.format(c, n, ago(n)) for n in days) for c, days in {12: (60, 70, 80), 13: (1, 2)}.items()}
    page = html(f"<ul>{lists[12]}</ul><h3>快报</h3><ul>{lists[13]}</ul>", "工作动态", menu=menu)
    site = {"http://www.a.gov.cn/": html("", menu=menu), "http://www.a.gov.cn/col/col12/index.html": page}
    assert gathered(site).said("freshness.news-columns") == ("fail", ["overdue"])


@pytest.mark.parametrize("heading", ["通知公告", "推荐阅读"])
def test_a_page_alone_is_read_in_the_same_way(html, rows, box, ago, heading):
    content = rows(60, 90, 200) + box(heading, 1, 8, 10)
    page = parse_page(html(content, trail=(("工作动态", ""),)), url=f"http://www.a.gov.cn{NEWS}", depth=1)
    assert max(row.date for row in rows_alone(page)) == ago(60)


# ---------------------------------------------------------------------- rows on top without a date


@pytest.mark.parametrize(
    "top",
    [
        '<li><a href="https://mp.weixin.qq.com/s/abc">示例区召开第9次重点工作推进会议</a></li>',
        '<li><a href="/xwdt/gzdt/new.html">示例区召开第9次重点工作推进会议</a><img src="/new.gif"></li>',
    ],
)
def test_undated_rows_on_top_of_old_ones_may_be_new(said, rows, top):
    assert said(rows(30, 40, 50).replace('<ul class="list">', f'<ul class="list">{top}'))[0] == "inconclusive"


@pytest.mark.parametrize("age", [5, 90])
def test_their_articles_are_opened_where_the_crawl_left_them(gathered, department, html, rows, article, age, ago):
    top = '<ul class="list"><li><a href="/xwdt/gzdt/new.html">示例区召开第9次重点工作推进会议</a></li>'
    pages = {NEWS: html(rows(30, 40, 50).replace('<ul class="list">', top), trail=(("工作动态", ""),))}
    answers = {"http://www.a.gov.cn/xwdt/gzdt/new.html": reply(article("示例区召开第9次会议", ago(age)))}
    found = gathered(department({"home": html("<p>欢迎</p>"), **pages}), answers=answers)
    assert found.said("freshness.news-columns")[0] == ("pass" if age == 5 else "fail")


@pytest.mark.parametrize(
    "headline",
    [
        '<a href="/xwdt/gzdt/9.html"><img src="/9.jpg"></a>',
        '<h2><a href="/xwdt/gzdt/9.html">示例区召开第9次重点工作推进会议</a></h2>',
    ],
)
def test_a_headline_that_nobody_opened_may_be_new(said, rows, headline):
    assert said(headline + rows(30, 40, 50))[0] == "inconclusive"


def test_a_pager_of_pictures_is_no_headline(said, rows):
    assert said(rows(30, 40, 50) + '<a href="index_1.html"><img src="/n.png"></a>') == ("fail", ["overdue"])


def test_an_empty_list_beside_old_rows_may_be_filled(said, rows):
    assert said(UNFILLED["ajax"] + rows(60, 70, 80))[0] == "inconclusive"


def test_old_rows_of_another_column_that_nothing_calls_so_are_no_evidence(said, rows):
    assert said(rows(60, 70, 80, folder=NOTICE))[0] == "inconclusive"


@pytest.mark.parametrize("words", ["刚刚", "2小时前", "昨天 15:30", "今天 09:12", "前天", "3天前", "1周前"])
def test_days_told_from_today_are_dates(said, rows, words):
    top = f'<li><a href="/xwdt/gzdt/n.html">示例区召开第9次重点工作推进会议</a><span>{words}</span></li>'
    assert said(rows(30, 40, 50).replace('<ul class="list">', f'<ul class="list">{top}')) == ("pass", [])


def test_a_month_ago_is_no_news(said):
    row = '<li><a href="/xwdt/gzdt/{0}.html">示例区召开第{0}次重点工作推进会议</a><span>{1}个月前</span></li>'
    assert said(f"<ul>{''.join(row.format(n, n) for n in (2, 3, 4))}</ul>") == ("fail", ["overdue"])


def test_a_pinned_row_without_a_date_hides_nothing(said, rows):
    top = '<li><em>置顶</em><a href="/xwdt/gzdt/n.html">示例区召开第9次重点工作推进会议</a></li>'
    assert said(rows(30, 40, 50).replace('<ul class="list">', f'<ul class="list">{top}')) == ("fail", ["overdue"])


def test_an_article_in_the_columns_folder_counts_without_a_breadcrumb(gathered, department, html, rows, ago):
    slide = '<div class="slide"><a href="/xwdt/gzdt/top.html"><img src="/1.jpg"></a></div>'
    text = "<p>会议强调要进一步落实责任、细化措施、加强督导。</p>" * 5
    top = html(f"<h1>示例区召开推进会议</h1><p>发布时间：{ago(2)}</p>{text}", "示例区召开推进会议")
    pages = {NEWS: html(slide + rows(30, 40, 50), trail=(("工作动态", ""),)), "/xwdt/gzdt/top.html": top}
    found = gathered(department({"home": html("<p>欢迎</p>"), **pages}))
    assert found.said("freshness.news-columns") == ("pass", [])
