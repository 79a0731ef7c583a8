"""Which columns are discovered, what they are, and what their lists say."""

from dataclasses import replace
from datetime import datetime

import pytest

from xuncha.api import Column, Earlier, Site
from xuncha.model.clock import SHANGHAI
from xuncha_plugins.freshness.facts import Columns, Look

HOME = "http://www.a.gov.cn/"


@pytest.fixture
def columns(gathered):
    def run(bodies, site=None, **options):
        found = gathered(bodies, site, **options) if site else gathered(bodies, **options)
        return {column.name: column for column in found.fact(Columns).columns}

    return run


def site_with(*columns):
    return Site("a", "示例局", (HOME,), columns=columns)


def test_columns_of_the_navigation_are_first_level(columns, department):
    found = columns(department())
    assert {name for name, column in found.items() if column.level == 1} >= {"工作动态", "通知公告", "政策文件"}
    assert "首页" not in found


def test_what_folds_out_of_the_navigation_or_lies_in_the_folder_of_an_entry_is_second_level(columns, html):
    menu = (
        '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/xw/">新闻</a></li><li><a href="/gk/">公开</a>'
    )
    menu += '<ul><li><a href="/gf/">规范性文件</a></li></ul></li><li><a href="/gk/zc/">政策文件</a></li></ul></div>'
    found = columns({HOME: html("", menu=()).replace(b"<body>", f"<body>{menu}".encode())})
    assert {name: column.level for name, column in found.items()} == {
        "新闻": 1,
        "公开": 1,
        "规范性文件": 2,
        "政策文件": 2,
    }


@pytest.mark.parametrize(
    ("title", "name"),
    [("法律条文汇编-示例局", "法律条文汇编"), ("示例局_法律条文汇编", "法律条文汇编"), ("示例局", "本局要闻")],
)
def test_without_breadcrumb_the_title_names_the_column_before_a_heading(columns, html, rows, title, name):
    page = html(f"<h3>本局要闻</h3>{rows(1, 2, 3)}", title)
    assert name in columns({HOME: html('<a href="/fg/">某栏目</a>'), HOME + "fg/": page})


def test_the_newest_date_is_that_of_the_rows(columns, department, ago):
    column = columns(department())["工作动态"]
    assert (column.look, column.rows.count, column.rows.newest, column.rows.oldest) == (Look.ROWS, 3, ago(1), ago(9))


def test_a_pinned_row_is_neither_newest_nor_oldest(columns, department, html, rows, ago):
    page = html(rows(2, 500, 20, 30, pinned=0), trail=(("工作动态", ""),))
    found = columns(department({"/xwdt/gzdt/": page}))["工作动态"].rows
    assert (found.newest, found.pinned, found.pinned_newest) == (ago(20), 1, ago(2))


def test_a_date_ahead_is_not_the_newest(columns, department, html, rows, ago):
    page = html(rows(-40, 20, 30, 60), trail=(("工作动态", ""),))
    found = columns(department({"/xwdt/gzdt/": page}))["工作动态"].rows
    assert (found.ahead, found.newest) == (1, ago(20))


def test_further_pages_belong_to_the_same_column(columns, department, html, rows, ago):
    first = html(rows(1, 2, 3) + '<div class="page"><a href="index_1.html">2</a></div>', trail=(("工作动态", ""),))
    more = html(rows(100, 200, 300), trail=(("工作动态", ""),))
    found = columns(department({"/xwdt/gzdt/": first, "/xwdt/gzdt/index_1.html": more}))
    assert (found["工作动态"].rows.count, found["工作动态"].rows.oldest) == (6, ago(300))


def test_blocks_of_the_home_page_count_for_their_column(columns, department, ago):
    found = columns(department({"/xwdt/gzdt/": None}))["工作动态"]
    assert (found.look, found.on_home.newest) == (Look.UNREAD, ago(1))


@pytest.mark.parametrize(
    ("name", "tag", "kind"),
    [
        ("工作动态", "", "news"),
        ("局务信息", "政务动态", "news"),
        ("通知公告", "政务动态", "notice"),
        ("局务信息", "信息公开，政策文件", "policy"),
        ("局务信息", "", ""),
    ],
)
def test_the_kind_is_told_by_the_name_and_then_by_the_tag(columns, department, html, rows, name, tag, kind):
    head = f'<meta name="ColumnName" content="{name}"><meta name="ColumnType" content="{tag}">'
    home = html('<a href="/jwxx/">某栏目</a>')
    found = columns(department({"home": home, "/jwxx/": html(rows(1, 2, 3), head=head)}))
    assert found[name].kind == kind


def test_a_tag_that_was_copied_with_the_template_tells_no_kind(columns, html, rows):
    head = '<meta name="ColumnType" content="信息公开，政策文件">'
    names = ("应急管理", "社会公益", "权责清单")
    lists = {f"{HOME}{n}/": html(rows(900, 950, 990), trail=((name, ""),), head=head) for n, name in enumerate(names)}
    home = html("".join(f'<a href="/{n}/">{name}</a>' for n, name in enumerate(names)))
    found = columns({HOME: home, **lists})
    assert {found[name].kind for name in names} == {""}


def test_what_the_inventory_declares_wins(columns, department):
    declared = Column("政务要情", f"{HOME}zwgk/rsxx/index.html", "动态要闻", 1, 30)
    found = columns(department(), site_with(declared))["政务要情"]
    assert (found.kind, found.level, found.deadline_days, found.declared) == ("news", 1, 30, True)


def test_a_column_declared_without_address_is_not_lost(columns, department):
    assert (
        columns(department(), site_with(Column("财政信息", ""), Column("统计信息", "")))["统计信息"].kind
        == "statistics"
    )


def test_what_lies_below_a_topic_is_a_topic(columns, department, html, rows):
    topic = html('<a href="/zt/dj/">党史学习</a>', trail=(("专题专栏", ""),))
    below = html(rows(900, 950, 990, folder="/zt/dj"), trail=(("专题专栏", "/zt/"), ("工作动态", "")))
    home = html(
        '<a href="/zt/">专题专栏</a>', menu=(("首页", "/"), ("专题专栏", "/zt/"), ("政策", "/p/"), ("服务", "/s/"))
    )
    found = columns({HOME: home, f"{HOME}zt/": topic, f"{HOME}zt/dj/": below})
    assert {column.kind for column in found.values() if "/zt/" in column.url} == {"topic"}


def test_another_website_and_an_archive_are_known_as_such(columns, department, html):
    menu = (
        ("首页", "/"),
        ("工作动态", "http://www.b.gov.cn/xw/"),
        ("归档信息", "/old/"),
        ("政策", "/p/"),
        ("服务", "/s/"),
    )
    found = columns({HOME: html("<p>欢迎访问</p>", menu=menu)})
    assert (found["工作动态"].outside, found["归档信息"].past) == (True, True)


def test_a_list_in_a_frame_belongs_to_the_page_around_it(columns, department, html, ago):
    table = "".join(
        f'<tr><td>·<a href="shownews.asp?id={n}">关于开展第{n}季度安全生产检查工作的通知</a></td>'
        f"<td>[{ago(n):%Y-%m-%d}]</td></tr>"
        for n in (5, 9, 20)
    )
    frame = f"<html><body><table>{table}</table></body></html>".encode("gb18030")
    page = html('<iframe src="/news_list.asp?classid=3" width="600"></iframe>', trail=(("工作动态", ""),))
    found = columns(department({"/xwdt/gzdt/": page, "/news_list.asp?classid=3": frame}))["工作动态"]
    assert (found.look, found.rows.newest) == (Look.ROWS, ago(5))


def test_articles_tell_the_date_that_their_list_leaves_out(columns, department, html, rows, article, ago):
    pages = {"/xwdt/gzdt/": html(rows(None, None, None), trail=(("工作动态", ""),))}
    pages |= {f"/xwdt/gzdt/content_100{n}.html": article(f"关于第{n}次会议的情况通报", ago(30 + n)) for n in range(3)}
    found = columns(department({"home": html("<p>欢迎</p>"), **pages}))["工作动态"]
    assert (found.rows.dated, found.articles.dated, found.articles.newest) == (0, 3, ago(30))


def test_an_empty_column_is_blank(columns, department, html):
    page = html('<div class="con"><p>暂无内容</p></div>', "人事信息_示例局", trail=(("人事信息", ""),))
    assert columns(department({"/zwgk/rsxx/": page}))["人事信息"].look is Look.BLANK


@pytest.mark.parametrize(
    "content",
    [
        '<ul id="newsList"></ul><script src="/js/list.js"></script>',
        '<div id="con"></div><script>$.getJSON("/data.json", function (d) { $("#con").html(d); });</script>',
        '<div id="123456"></div><script src="/script/own.js"></script>',
        """<script url="/api-gateway/x/build/unit" queryData="{'tagId':'页头'}"></script>""",
    ],
)
def test_what_script_may_fill_is_not_blank(columns, department, html, content):
    page = html(content, "人事信息_示例局", trail=(("人事信息", ""),))
    assert columns(department({"/zwgk/rsxx/": page}))["人事信息"].look is Look.SCRIPTED


@pytest.mark.parametrize(
    "content",
    [
        "<p>本局设办公室、政策法规科、行政审批科等内设机构，核定行政编制三十名。</p>",
        '<p><img src="/upload/jgt.png"></p>',
        '<a href="/upload/rsxx.pdf">名单</a>',
        '<form action="/query"><input name="q"></form>',
    ],
)
def test_a_page_with_something_of_its_own_is_not_blank(columns, department, html, content):
    page = html(content, "人事信息_示例局", trail=(("人事信息", ""),))
    assert columns(department({"/zwgk/rsxx/": page}))["人事信息"].look is Look.WORDS


@pytest.mark.parametrize(
    ("words", "look"),
    [
        ("网站改版升级中，本栏目内容正在迁移，预计12月1日恢复，敬请谅解。", Look.NOTICE),
        ("系统维护中", Look.NOTICE),
        ("温馨提示：本栏目的信息请到市政府网站公告栏中查阅。", Look.WORDS),
        ("暂无数据", Look.BLANK),
    ],
)
def test_the_same_words_on_several_columns_are_no_part_of_the_template(columns, department, html, words, look):
    paths = ("/xwdt/tzgg/", "/zwgk/rsxx/", "/zwgk/zcwj/", "/hdjl/")
    found = columns(department({path: html(f"<p>{words}</p>", "示例局") for path in paths}))
    assert {found[name].look for name in ("通知公告", "人事信息", "政策文件")} == {look}


@pytest.fixture
def look(columns, department, html):
    """How the personnel column looks with this content."""

    def run(content, head="", name="人事信息"):
        page = html(content, f"{name}_示例局", trail=((name, ""),), head=head)
        return columns(department({"/zwgk/rsxx/": page}))["人事信息"]

    return run


@pytest.mark.parametrize(
    "content",
    [
        "<p>本单位无行政事业性收费。</p>", "<p>我局无下属单位。</p>", "<p>本年度未收到政协提案。</p>", "<p>无</p>",
        "<p>0532-80000000</p>", "<p>9:00-17:00（工作日）</p>", "<p>请前往政务服务网办理。</p>", "<p>本专栏已归档。</p>",
        "<svg><text>局长</text></svg>", "<textarea readonly>示例办法第一条</textarea>",
        '<script>location.href = "http://data.b.gov.cn/";</script>',
    ],
)  # fmt: skip
def test_a_short_statement_or_a_drawing_is_not_blank(look, content):
    assert look(content).look in (Look.WORDS, Look.SCRIPTED)


def test_a_page_that_leads_to_another_website_is_not_blank(look):
    refresh = '<meta http-equiv="refresh" content="0;url=http://www.b.gov.cn/gk/">'
    assert look("<p>正在跳转…</p>", refresh).look is Look.WORDS


def test_a_few_characters_that_state_nothing_are_told(look):
    found = look("<p>张某某</p>")
    assert (found.look, found.words) == (Look.SCANT, "张某某")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<p>对不起，该栏目下暂无信息！</p>", "对不起，该栏目下暂无信息！"),
        ("<p>内容更新中……</p>", "内容更新中……"),
        ("<h3>人事信息一览</h3><p>栏目筹建中，请稍候访问。</p>", "栏目筹建中，请稍候访问。"),
        ("<p>该功能正在紧张开发当中，给您带来不便敬请谅解！</p>", "该功能正在紧张开发当中，给您带来不便敬请谅解！"),
        ("<p>没有检索到相关记录</p>", "没有检索到相关记录"),
        ("<table><tr><th>序号</th><th>案件名称</th><th>处罚决定书文号</th><th>处罚日期</th></tr></table>", ""),
        ("<p>--</p>", ""),
    ],
)
def test_what_says_that_there_is_nothing_is_blank(look, content, words):
    found = look(content)
    assert (found.look, found.words) == (Look.BLANK, words)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('<div class="banner"><img src="/b.jpg"></div><ul><li>暂无信息</li></ul>', "暂无信息"),
        ('<p align=center><img src="/jsz.gif" alt="网页建设中"></p>', "网页建设中"),
        ('<table><tr><td><img src="/top.jpg"></td></tr><tr><td>栏目建设中</td></tr></table>', "栏目建设中"),
    ],
)
def test_a_picture_beside_what_says_that_there_is_nothing_is_asked_about(look, content, words):
    found = look(content)
    assert (found.look, found.words) == (Look.SCANT, words)


@pytest.mark.parametrize(
    "content",
    [
        "".join(f'<img src="/photo{number}.jpg">' for number in range(3)) + "<p>暂无信息</p>",
        '<img src="/jgt.png" alt="内设机构图">',
        '<img src="/b.jpg"><p>暂无信息</p><a href="/f/1.pdf">下载</a>',
        '<img src="/b.jpg"><p>暂无信息</p><iframe src="/map/xq.html"></iframe>',
        '<img src="/b.jpg"><p>暂无信息</p><script>$.get("/l", d => $("#l").html(d))</script>',
    ],
)
def test_pictures_and_other_things_may_be_what_a_column_shows(look, content):
    assert look(content).look not in (Look.SCANT, Look.BLANK)


def test_a_map_that_script_draws_is_not_blank(look):
    drawn = '<div id="allmap"></div><script>var map = new BMap.Map("allmap");</script>'
    assert look(drawn, name="区划地图").look is Look.WORDS
    assert look(drawn, name="地理位置").look is Look.SCRIPTED


def test_a_map_for_citizens_does_not_lead_through_the_site(look):
    assert look("<p>该功能正在开发中</p>", name="便民地图").look is Look.BLANK


def test_a_building_that_opens_soon_is_no_blank_column(look):
    assert look("<p>示例公园正在建设中，敬请期待！</p>").look is Look.WORDS


LINKS = "".join(
    f'<a href="{path}">某栏目</a> ' for path in ("/", "/xwdt/gzdt/", "/xwdt/tzgg/", "/zwgk/ldxx/", "/hdjl/")
)


@pytest.mark.parametrize(("content", "title"), [("", "网站地图_示例局"), ("", "导航"), (LINKS, "示例局")])
def test_a_page_that_leads_through_the_site_is_not_blank(columns, department, html, content, title):
    assert columns(department({"/zwgk/rsxx/": html(content, title)}))["人事信息"].look is Look.WORDS


def test_ways_through_the_site_are_no_columns(columns, html):
    menu = (("首页", "/"), ("工作动态", "/a/"), ("网站导航", "/b/"), ("导航", "/c/"), ("网站地图", "/d/"))
    assert set(columns({HOME: html("", menu=menu)})) == {"工作动态"}


def test_nothing_is_blank_on_a_site_whose_lists_nobody_saw(columns, html):
    empty = html("", trail=(("通知公告", ""),))
    found = columns({HOME: html("<p>欢迎</p>"), f"{HOME}xwdt/tzgg/": empty, f"{HOME}zwgk/rsxx/": empty})
    assert {found[name].look for name in ("通知公告", "人事信息")} == {Look.SCRIPTED}


def test_an_error_page_is_no_column(columns, department):
    page = b"<html><body><h1>404 Not Found</h1></body></html>"
    assert columns(department({"/zwgk/rsxx/": page}))["人事信息"].look is Look.UNREAD


def test_columns_beyond_the_cap_are_counted(gathered, html, monkeypatch):
    monkeypatch.setattr("xuncha_plugins.freshness.columns.MAX_COLUMNS", 3)
    found = gathered({HOME: html("<p>欢迎</p>")}).fact(Columns)
    assert (len(found.columns), found.complete) == (3, False)


def test_a_blank_column_that_an_earlier_run_lacked_is_new(gathered, department, html):
    bodies = department({"/zwgk/rsxx/": html("", trail=(("人事信息", ""),))})
    now = gathered(bodies).fact(Columns)
    without = replace(now, columns=tuple(one for one in now.columns if one.name != "人事信息"))
    finished = [datetime(2026, month, 1, tzinfo=SHANGHAI) for month in (11, 10)]
    runs = [Earlier(finished[0], now), Earlier(finished[1], without)]
    found = {one.name: one.since for one in gathered(bodies, past={"columns": runs}).fact(Columns).columns}
    assert (str(found["人事信息"]), found["工作动态"]) == ("2026-11-01", None)


@pytest.mark.parametrize(("known", "since"), [("工作动态", None), ("别的", "2026-11-22")])
def test_since_when_a_column_is_there_is_told_by_earlier_runs(gathered, department, html, rows, known, since):
    bodies = department({"/xwdt/gzdt/": html(rows(60, 90), trail=(("工作动态", ""),))})
    now = gathered(bodies).fact(Columns)
    kept = tuple(one for one in now.columns if one.name != "工作动态" or known == one.name)
    runs = [Earlier(datetime(2026, 11, day, tzinfo=SHANGHAI), replace(now, columns=kept)) for day in (17, 2)]
    found = {one.name: one.since for one in gathered(bodies, past={"columns": runs}).fact(Columns).columns}
    assert (str(found["工作动态"]) if since else found["工作动态"]) == since


def test_a_run_that_saw_far_less_of_the_site_makes_no_column_new(gathered, department, html, rows):
    bodies = department({"/xwdt/gzdt/": html(rows(60, 90), trail=(("工作动态", ""),))})
    few = replace(gathered(bodies).fact(Columns), columns=())
    runs = [Earlier(datetime(2026, 11, 17, tzinfo=SHANGHAI), few)]
    assert {one.since for one in gathered(bodies, past={"columns": runs}).fact(Columns).columns} == {None}


# ---------------------------------------------------------------------- articles without a date of publication

TITLES = tuple(f"关于第{n}次会议的情况通报" for n in range(3))
SAYS = {
    "发布时间：<script>document.write(fmt('2026-11-01'))</script>": "inconclusive",
    '发布时间：<span id="pubtime"></span>': "inconclusive",
    '发布时间：<input readonly value="2026-11-01">　来源：示例局': "inconclusive",
    '发布时间：<img src="/date.php?d=1">': "inconclusive",
    "日期：　来源：示例局": "inconclusive",
    "发布时间：2026年11月": "warn",
    "发布时间：3天前": "warn",
    "来源：示例局</p><p>示例局</p><p>二〇二六年十一月五日": "warn",
    "来源：示例局": "fail",
}


@pytest.fixture
def undated(gathered, department, html, rows):
    """What is said of news whose articles say this, in a list without dates."""

    def run(says, titles=TITLES, listed=None, name="工作动态"):
        trail = ((name, "/xwdt/gzdt/"), ("正文", ""))
        text = "<p>会议强调要进一步落实责任、细化措施、加强督导，确保各项任务落到实处。</p>" * 5
        article = [html(f"<h1>{one}</h1><p>{says}</p>{text}", f"{one}_示例局", trail=trail) for one in titles]
        items = (f'<li><a href="/xwdt/gzdt/{n}.html">{one}</a></li>' for n, one in enumerate(titles))
        pages = {"/xwdt/gzdt/": html(listed or f"<ul>{''.join(items)}</ul>", f"{name}_示例局", trail=trail[:1])}
        pages |= {f"/xwdt/gzdt/{n}.html": page for n, page in enumerate(article)}
        return gathered(department({"home": html("<p>欢迎</p>"), **pages})).said("freshness.undated-columns")

    return run


@pytest.mark.parametrize(("says", "status"), SAYS.items())
def test_a_date_that_is_announced_or_partly_told_is_not_missing(undated, says, status):
    assert undated(says)[0] == status


def test_dates_that_script_writes_into_a_list_are_not_missing(undated):
    row = '<li><a href="/xwdt/gzdt/{0}.html">{1}</a><script>document.write("2026-11-0{0}".substr(5))</script></li>'
    assert undated("来源：示例局", listed="".join(map(row.format, range(3), TITLES)))[0] == "inconclusive"


LAWS = ("中华人民共和国示例法", "示例省示例条例（2021年修订）", "示例办法（示发〔2020〕3号）", "示例管理规定")


def test_a_collection_of_laws_is_asked_about(undated):
    assert undated("来源：示例局", LAWS, name="政策法规") == ("manual", ["collection"])


def test_documents_of_its_own_without_a_date_are_charged(undated):
    titles = tuple(f"关于印发《示例管理办法》第{n}号的通知" for n in range(4))
    assert undated("来源：示例局", titles, name="政策法规") == ("fail", ["undated"])
