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
