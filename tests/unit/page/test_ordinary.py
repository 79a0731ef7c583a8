"""Articles as columns publish them, and what only looks like one."""

import pytest

from xuncha.page import is_ordinary_article, parse_page

TEXT = "<p>会议传达学习了有关文件精神，总结了前一阶段工作，对下一阶段工作作出安排部署，提出了具体要求。</p>" * 4
TRAIL = '<div class="crumbs">您所在的位置：<a href="/">首页</a> &gt; <a href="{0}">{1}</a> &gt; 正文</div>'
DATED = "<p>发布时间：2026-10-20 09:00　来源：办公室</p>"
LETTER = (
    "<table><tr><th>信件标题</th><td>路灯不亮</td></tr><tr><th>写信时间</th><td>2026-10-08 10:22</td></tr>"
    "<tr><th>信件内容</th><td>人民路路灯不亮，望尽快处理。</td></tr><tr><th>处理状态</th><td>已回复</td></tr>"
    "<tr><th>答复时间</th><td>2026-10-12</td></tr><tr><th>答复内容</th><td>您好，路灯已修复。</td></tr></table>"
)
ACTIVITY = (
    "<h1>{0}：优化营商环境</h1><p>发布时间：2026-10-20</p><p>状态：已结束</p><p>起止时间：2026-10-20 至 2026-11-03</p>"
)


@pytest.fixture
def ordinary():
    """Whether a page below a column, of this title and markup, is an ordinary article."""

    def run(markup, title="我局召开安全生产会议", column="工作动态", head="", path="/gzdt/202610/t20261020_1.html"):
        top = TRAIL.format("/gzdt/", column) if column else ""
        html = f"<html><head><meta charset=utf-8><title>{title}_示例局</title>{head}</head><body>{top}{markup}</body>"
        return is_ordinary_article(parse_page(html.encode(), url=f"http://www.a.gov.cn{path}", depth=2))

    return run


@pytest.mark.parametrize("column", ["工作动态", "通知公告", "政策文件", ""])
def test_an_article_of_a_column_is_ordinary(ordinary, column):
    assert ordinary(f"<h1>我局召开安全生产会议</h1>{DATED}{TEXT}", column=column)


def test_a_letter_is_none(ordinary):
    assert not ordinary(f"{LETTER}{TEXT}", "路灯不亮", "")


@pytest.mark.parametrize("name", ["在线访谈", "网上调查", "意见征集"])
def test_an_activity_is_none(ordinary, name):
    assert not ordinary(ACTIVITY.format(name) + TEXT, f"{name}：优化营商环境", "")


@pytest.mark.parametrize("column", ["县长信箱", "在线访谈", "民意征集", "咨询投诉", "政府网站工作年度报表"])
def test_what_a_column_for_citizens_or_sheets_holds_is_none(ordinary, column):
    assert not ordinary(f"<h1>优化营商环境</h1>{DATED}{TEXT}", "优化营商环境", column)


def test_a_report_sheet_is_none(ordinary):
    assert not ordinary(f"<h1>政府网站工作年度报表</h1>{DATED}{TEXT}", "政府网站工作年度报表（2025年度）")


def test_the_tags_of_an_article_make_one_in_any_column(ordinary):
    head = '<meta name="ArticleTitle" content="关于征求意见的公告"><meta name="PubDate" content="2026-10-20">'
    assert ordinary(f"<h1>关于征求意见的公告</h1>{DATED}{TEXT}", "关于征求意见的公告", "民意征集", head)


def test_news_about_letters_is_ordinary(ordinary):
    text = "<p>今年以来，我局共收到来信三百余件，答复时间平均缩短两天，办理结果群众满意。</p>" * 4
    assert ordinary(f"<h1>我局提升来信办理质量</h1>{DATED}{text}", "我局提升来信办理质量")


def test_a_list_is_none(ordinary):
    rows = "".join(
        f'<li><a href="/gzdt/202610/t{n}.html">我局召开第{n}次会议</a><span>2026-10-{n}</span></li>'
        for n in range(10, 25)
    )
    assert not ordinary(f"<ul>{rows}</ul>", path="/gzdt/")
