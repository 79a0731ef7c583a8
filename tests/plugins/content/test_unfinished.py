"""Columns that only promise, and pages about building works."""

from dataclasses import replace

import pytest

from xuncha.api import Status
from xuncha_plugins.content.words_checks import under_construction

MENU = "<ul id='nav'>" + "".join(f"<li><a href='/{n}/'>栏目{n}</a></li>" for n in range(9)) + "</ul>"
FOOTER = "<div id='footer'>版权所有：示例区示例局 地址：示例路1号 网站标识码：3702030001 鲁ICP备00000000号</div>"
TRAIL = "<div>当前位置：<a href='/'>首页</a> &gt; 便民服务</div>"
INNOCENT = [
    "地铁八号线正在建设中，预计2027年通车。",
    "新版政务服务客户端即将上线，办事更方便。",
    "我区推进项目建设，在建项目32个，建设中的重点项目共8个。",
    "建设中国特色社会主义",
    "暂无内容的目录不予公开，依申请提供。",
]


@pytest.fixture
def column():
    """A column's page: menu, breadcrumb, what is in it, footer."""
    return lambda main: f"{MENU}{TRAIL}<div class='main'>{main}</div>{FOOTER}"


@pytest.mark.parametrize(
    "text",
    [
        "栏目正在建设中，敬请期待……",
        "对不起，您访问的页面正在建设中！",
        "该栏目正在紧张建设中，请稍后访问。",
        "内容正在整理中，敬请期待",
        "即将上线，敬请期待",
        "本栏目暂未开通",
        "该功能正在紧张开发当中，给您带来不便敬请谅解！",
        "栏目内容正在整理上传中，敬请关注",
        "本栏目正在建设和完善中",
        "This page is under construction.",
    ],
)
def test_a_page_that_only_promises_is_accused(answer, column, text):
    assert answer(under_construction, column(f"<p>{text}</p>")).status is Status.FAIL


@pytest.mark.parametrize(
    "text",
    [
        "正在建设中。",
        "建设中...",
        "施工中",
        "敬请期待！",
        "正在建设中，敬请期待",
        "即将开放，敬请期待。",
        "内容更新中……",
        "Under construction, coming soon...",
    ],
)
def test_what_may_be_said_of_a_building_is_asked_about(answer, column, text):
    outcome = answer(under_construction, column(f"<p>{text}</p>"))
    assert (outcome.status, outcome.findings[0].key) == (Status.MANUAL, "unfinished-maybe")


@pytest.mark.parametrize(
    "detail",
    [
        "<table><tr><td>地点</td><td>示例区</td></tr><tr><td>建设状态</td><td>正在建设</td></tr></table>",
        "<dl><dt>工程进度：</dt><dd>施工中</dd></dl>",
        "<p>地点：示例区</p><p>面积：三公顷</p><p>开放：全天</p><p>正在建设中。</p>",
        "<dl><dt>名称</dt><dd>示例公园</dd><dt>面积</dt><dd>三公顷</dd><dt>游园</dt><dd>即将开放</dd></dl>",
    ],
)
def test_the_state_of_a_project_is_no_notice(wording, column, detail):
    assert wording(column(detail)).unfinished == ()


@pytest.mark.parametrize("text", ["暂无内容", "对不起，该栏目暂无相关信息！"])
def test_a_page_that_has_nothing_yet_is_asked_about(answer, column, text):
    assert answer(under_construction, column(f"<p>{text}</p>")).status is Status.MANUAL


@pytest.mark.parametrize("text", INNOCENT)
def test_sentences_about_works_are_fine(wording, column, text):
    assert wording(column(f"<p>{text}</p>")).unfinished == ()


def test_a_menu_in_a_table_describes_nothing(wording, column):
    rows = "".join(
        f"<tr><td><a href=/a{n}/>甲{n}栏目</a></td><td><a href=/b{n}/>乙{n}栏目</a></td></tr>" for n in range(5)
    )
    assert wording(column(f"<table>{rows}</table><p>栏目正在建设中</p>")).unfinished != ()


def test_an_empty_box_beside_other_content_is_fine(wording, column):
    others = "".join(f"<p>第{n}条 申请人应当向受理机关提交下列材料并对真实性负责。</p>" for n in range(4))
    assert wording(column(f"<div><h3>相关视频</h3><p>建设中</p></div>{others}")).unfinished == ()


def test_states_in_a_table_of_projects_are_fine(wording, column):
    rows = "".join(f"<tr><td>道路{n}</td><td>建设中</td></tr>" for n in range(8))
    assert wording(column(f"<table>{rows}</table>")).unfinished == ()


def test_a_list_with_articles_is_not_empty(wording, column):
    rows = "".join(
        f"<li><a href='/zwgk/202610/t{n}.html'>关于做好第{n}批项目申报工作的通知</a><span>2026-10-1{n}</span></li>"
        for n in range(5)
    )
    assert wording(column(f"<p>更多内容建设中</p><ul class='list'>{rows}</ul>")).unfinished == ()


def test_a_menu_entry_is_not_the_content(wording):
    assert wording("<a href='/x/'>建设中</a><p>正文</p>").unfinished == ()


def test_a_home_page_is_left_to_other_checks(wording, published):
    assert wording(published("<p>网站建设中</p>", depth=0)).unfinished == ()


def test_a_list_that_script_fills_tells_nothing(wording, column):
    script = "<ul id='news-list'></ul><script src='/js/list.js'></script><script>$('#news-list').load('/x')</script>"
    assert wording(column(f"<p>暂无数据</p>{script}")).unfinished == ()


def test_a_notice_that_script_may_replace_is_asked_about(answer, column):
    script = "<script>$.getJSON('/x', function(d){ show(d) })</script>"
    assert answer(under_construction, column(f"<p>栏目建设中</p>{script}")).status is Status.MANUAL


def test_a_frame_may_hold_what_the_page_has_not(wording, column):
    assert wording(column("<p>栏目建设中</p><iframe src='http://www.b.gov.example/list'></iframe>")).unfinished == ()


def test_a_notice_drawn_as_a_picture_is_read_by_its_name(answer, column):
    assert answer(under_construction, column("<img src='/jsz.gif' alt='网页建设中'>")).status is Status.FAIL


def test_a_picture_of_building_works_is_no_notice(wording, column):
    assert wording(column("<p>示例路</p><img src='/a.jpg' alt='建设中的示例大桥'>")).unfinished == ()


def test_an_english_site_is_read_too(wording):
    assert wording("<ul><li><a href='/'>Home</a></li></ul><p>Coming soon!</p>").unfinished != ()


def test_a_notice_of_maintenance_is_no_column(answer, column, crawled):
    notice = replace(crawled.pages[0], final_url="http://www.a.gov.example/zwgk/a.html", marks=("maintenance:zh",))
    crawl = replace(crawled, pages=(notice, *crawled.pages[1:]))
    assert answer(under_construction, column("<p>页面正在建设中</p>"), crawl=crawl).status is Status.PASS


def test_a_notice_in_place_of_a_site_tells_nothing(answer, column, bare):
    assert answer(under_construction, column("<p>建设中</p>"), crawl=bare).status is Status.INCONCLUSIVE


TRS = (
    "<div class='article'><h1>{title}</h1><div class='info'><span>发布时间：2026-10-12 10:20</span>"
    "<span>来源：示例区示例局</span><span>字号：[大 中 小]</span></div><div class='TRS_Editor'>{body}</div>"
    "<div>【打印】【关闭】</div><div>上一篇：<a href='/a/1.html'>示例区召开安全生产工作会议部署冬季工作</a></div>"
    "<div>扫一扫在手机打开当前页</div></div><h3>相关新闻</h3><ul>"
    "<li><a href='/a/2.html'>关于开展2026年度安全检查的通知</a><span>2026-10-01</span></li>"
    "<li><a href='/a/3.html'>示例区举行消防演练活动圆满成功</a><span>2026-09-01</span></li></ul>"
)
JCMS = (
    "<table width='90%'><tr><td align='center'><b>{title}</b></td></tr>"
    "<tr><td>发布日期：2026-10-12&nbsp;&nbsp;浏览次数：<script>count()</script>&nbsp;&nbsp;字体：[ 大 中 小 ]</td></tr>"
    "<tr><td><div id='zoom'>{body}</div></td></tr></table>"
)
HAND_MADE = (
    "<table><tr><td align=center><font size=4><b>{title}</b></font></td></tr><tr><td align=center>作者：党政办　"
    "发布时间：2026-10-12 9:12:33　点击数：33</td></tr><tr><td>&nbsp;&nbsp;&nbsp;&nbsp;{body}</td></tr></table>"
)
REAL = "　　示例区政务服务中心新址建筑面积1.2万平方米，设窗口86个，预计明年六月投入使用。"


@pytest.fixture
def article(published, column):
    """An article in one of three templates, with its menu, breadcrumb and footer."""

    def make(body, title="关于表彰优秀教师的公告", template=TRS, **more):
        url = "http://www.a.gov.example/tzgg/202610/t20261012_7001002.html"
        return published(column(template.format(title=title, body=body)), url=url, title=f"{title}_示例局", **more)

    return make


@pytest.mark.parametrize("template", [TRS, JCMS, HAND_MADE])
@pytest.mark.parametrize(
    "body", ["内容正在建设中……", "<p>栏目建设中，敬请期待</p>", "<p>资料正在整理中</p><p>&nbsp;</p>", "内容待补充"]
)
def test_an_article_that_only_promises_is_asked_about(answer, article, template, body):
    page = article(body, template=template)
    assert page.is_article
    assert answer(under_construction, page).status is Status.MANUAL


def test_an_article_without_anything_yet_is_asked_about(answer, article):
    assert answer(under_construction, article("<p>暂无内容</p>")).findings[0].key == "blank"


@pytest.mark.parametrize("template", [TRS, JCMS, HAND_MADE])
@pytest.mark.parametrize("title", ["政务服务中心正在建设中", "政务服务平台即将上线", "栏目建设中"])
def test_an_article_about_works_has_a_sentence_of_its_own(wording, article, template, title):
    assert wording(article(REAL, title=title, template=template)).unfinished == ()


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{REAL}</p><p>建设中</p>",
        "<p>施工中</p><p>规划床位800张，2028年投入使用</p>",
        "<p><img src='/p.jpg'></p><p>面积3万平方米。</p><p>即将开放，敬请期待！</p>",
        "<p>正在建设中</p><p><a href='/files/a.pdf'>附件：项目简介.pdf</a></p>",
        (
            "<table><tr><td>项目</td><td>示例路</td></tr><tr><td>投资</td><td>三千万</td></tr>"
            "<tr><td>建设状态</td><td>正在建设</td></tr></table>"
        ),
        "<p>建设中</p><iframe src='http://v.a.gov.example/player?id=7'></iframe>",
    ],
)
def test_an_article_with_anything_else_in_it_is_fine(wording, article, body):
    assert wording(article(body)).unfinished == ()


def test_a_title_that_sounds_like_a_notice_is_none(wording, article):
    assert wording(article("<p><img src='/a.jpg'></p>", title="网站建设中")).unfinished == ()


ASIDE = (
    "<div class='right'><h3>最新信息</h3><ul>"
    + "".join(
        f"<li><a href='/gzdt/{n}.html'>示例局召开第{n}次工作推进会议</a><span>2026-10-1{n}</span></li>"
        for n in range(6)
    )
    + "</ul></div>"
)


def test_a_column_that_only_promises_beside_a_list_of_another_is_asked_about(answer, column, published):
    page = published(column(f"<p>栏目正在建设中，敬请期待！</p>{ASIDE}"), title="办事指南_示例局")
    assert answer(under_construction, page).status is Status.MANUAL


def test_a_promise_beside_the_columns_own_list_is_fine(wording, column, published):
    own = ASIDE.replace("最新信息", "办事指南")
    assert wording(published(column(f"<p>栏目正在建设中</p>{own}"), title="办事指南_示例局")).unfinished == ()


def test_a_short_table_of_projects_has_states(wording, column):
    rows = "".join(f"<tr><td>示例{n}院</td><td>示例局</td><td>建设中</td></tr>" for n in range(2))
    assert wording(column(f"<table><tr><td>项目</td><td>单位</td><td>状态</td></tr>{rows}</table>")).unfinished == ()


def test_a_notice_beside_the_menu_of_a_page_laid_out_in_a_table_is_one(wording, column):
    menu = "<td><a href='/a/'>镇情概况</a><br><a href='/b/'>领导之窗</a></td>"
    assert wording(column(f"<table><tr>{menu}<td>栏目建设中</td></tr></table>")).unfinished != ()
