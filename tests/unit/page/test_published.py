"""Articles as the content systems of government sites write them, and pages that only look like one."""

from datetime import date, datetime

import pytest

from xuncha.model.clock import SHANGHAI

HOST = "http://www.example.gov.cn"
TITLE = "关于印发区级储备粮管理办法的通知"
BODY = (
    "<div id=zoom><p>各街道办事处，区政府各部门：</p>"
    "<p>现将有关事项通知如下，请认真贯彻执行。</p><p>自2021年10月1日起施行。</p></div>"
)
SIGNED = "<p align=right>某某区人民政府</p><p align=right>2021年9月1日</p>"
TOP = "<div>今天是2026年11月23日 星期一</div><ul><li><a href=/>首页</a></li><li><a href=/zwgk/>政务公开</a></li></ul>"
FOOT = "<div>版权所有 2005-2026 某某区人民政府办公室主办 更新时间：2026-11-20</div>"
DAY = date(2021, 9, 30)


@pytest.fixture
def article(page):
    def built(heading, url="/zwgk/tzgg/1234.html", head="", title=f"{TITLE}_某某区人民政府", body=BODY):
        markup = f"<head><title>{title}</title>{head}</head><body>{TOP}{heading}{body}{SIGNED}{FOOT}</body>"
        return page(markup, url=HOST + url)

    return built


LABELLED = {
    "label and byline": "<h1>{t}</h1><div>发布时间：2021-09-30 22:30 来源：区政府办公室 浏览：<span>1</span></div>",
    "letters apart": "<h1>{t}</h1><div>发 布 时 间：2021年09月30日</div>",
    "cells of their own": "<table><tr><td>成文日期</td><td>2021-09-01</td>"
    "<td>发布日期</td><td>2021-09-30</td></tr></table><h1>{t}</h1>",
    "spans of their own": "<h1>{t}</h1><p><label>发布日期：</label><span>2021-09-30</span></p>",
    "brackets": "<h1>{t}</h1><p>【发布日期：2021/9/30】 【字体：大 中 小】</p>",
    "full width": "<h1>{t}</h1><p>发稿时间：２０２１－０９－３０ ２２：３０</p>",
    "信息时间": "<td>{t}</td><tr>【信息时间：2021-9-30　阅读次数：8】",
    "far behind its label": "<td>{t}</td><tr>【信息时间：\n                        2021/9/30 9:05:55\n   阅读次数：8】",
    "written by script": "<h1>{t}</h1><p>发布时间：<script>document.write('2021-09-30');</script></p>",
    "said behind": "<h1>{t}</h1><p>（2021年9月30日 发布）</p>",
    "公开日期 in a table": "<table><tr><th>索引号</th><td>123</td>"
    "<th>公开日期</th><td>2021-09-30</td></tr></table><h3>{t}</h3>",
    "bare label in the byline": "<h2>{t}</h2><p>来源：区政府办公室 时间：2021-09-30 22:30 点击：9</p>",
    "updated in the byline": "<h2>{t}</h2><p>更新时间：2021-09-30 来源：区报</p>",
}


@pytest.mark.parametrize("heading", LABELLED.values(), ids=LABELLED)
def test_a_labelled_date_is_the_day_of_publication(article, heading):
    seen = article(heading.format(t=TITLE))
    assert (seen.is_article, seen.published.date, seen.published.source) == (True, DAY, "label")


LONE = {
    "under the heading": "<h1>{t}</h1><p>2021-09-30</p>",
    "over the heading": "<p>2021-09-30</p><h1>{t}</h1>",
    "in the byline": "<h1>{t}</h1><p>2021-09-30 22:30 来源：新华社 【字号：大 中 小】</p>",
    "byline in pieces": "<h1>{t}</h1><span>区政府办公室</span><span>2021年9月30日</span><span>浏览 3</span>",
    "with its weekday": "<h1>{t}</h1><p>2021-09-30 星期四 来源：区报 浏览次数：77</p>",
    "hand-made": "<table><tr><td align=center><font size=4>{t}</font></td></tr>"
    "<tr><td>2021-9-30 作者：办公室</td></tr></table>",
}


@pytest.mark.parametrize("heading", LONE.values(), ids=LONE)
def test_a_lone_date_under_the_heading_is_the_day_of_publication(article, heading):
    seen = article(heading.format(t=TITLE))
    assert (seen.is_article, seen.published.date, seen.published.source) == (True, DAY, "text")


@pytest.mark.parametrize("url", ["/zwgk/202109/t20210930_123.html", "/art/2021/9/30/art_12_345.html"])
def test_without_a_visible_date_the_url_tells(article, url):
    seen = article("<h1>通知</h1>", url=url)
    assert (seen.published.date, seen.published.source) == (DAY, "url")


@pytest.mark.parametrize(
    "content",
    [
        "2021-09-30 22:30",
        "2021-09-30",
        "2021-09-30 00:00:00",
        "2021年09月30日",
        "20210930",
        "2021-09-30T22:30:00+08:00",
    ],
)
@pytest.mark.parametrize("name", ["PubDate", "pubdate", "PUBDATE", "firstpublishedtime", "publishdate"])
def test_the_tag_tells_before_all_that_agrees_with_it(article, name, content):
    head = f'<meta name="{name}" content="{content}"><meta name="ArticleTitle" content="{TITLE}">'
    seen = article(f"<h1>{TITLE}</h1><p>发布时间：2021-10-01</p>", head=head)
    assert (seen.published.date, seen.published.source) == (DAY, "tag")


TAGGED = f'<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2019-02-05 10:20">'
READ = {
    "TRS": "<h1>{t}</h1><div class=info><span>发布时间：2021-09-30 22:30</span><span>来源：区政府办公室</span></div>",
    "jcms": "<table><tr><td>{t}</td></tr><tr><td>日期：2021-09-30 来源：区报 【字号：大 中 小】</td></tr></table>",
    "UCAP": "<ucaptitle>{t}</ucaptitle><p>发布日期：2021-09-30　浏览次数：<span>9</span></p>",
    "gkmlpt": "<h1>{t}</h1><div class='date-row'><span>发布时间：</span><span>2021-09-30 22:30:00</span></div>",
}


@pytest.mark.parametrize("heading", READ.values(), ids=READ)
def test_what_the_heading_says_corrects_a_tag_that_contradicts_it(article, heading):
    seen = article(heading.format(t=TITLE), head=TAGGED).published
    assert (seen.date, seen.source, dict(seen.others)["tag"]) == (DAY, "label", date(2019, 2, 5))


ELSEWHERE = {
    "updated": "<h1>{t}</h1><p>更新时间：2021-09-30 来源：区报</p>",
    "held": "<h1>{t}</h1><p>活动时间：2021-09-30 来源：区报</p>",
    "written": "<h1>{t}</h1><p>成文日期：2021-09-30 来源：区报</p>",
    "in the text": "<h1>{t}</h1><p>各街道办事处：</p><p>" + "现将该文件转发给你们，请认真贯彻执行。" * 20 + "</p>"
    "<table><tr><td>原文发布日期</td><td>2021-09-30</td></tr></table>",
}


@pytest.mark.parametrize("heading", ELSEWHERE.values(), ids=ELSEWHERE)
def test_no_other_date_corrects_the_tag(article, heading):
    seen = article(heading.format(t=TITLE), head=TAGGED).published
    assert (seen.date, seen.source) == (date(2019, 2, 5), "tag")


def test_what_other_sources_say_is_kept(article):
    heading = f"<p>成文日期：2021-09-01</p><h1>{TITLE}</h1><p>发布时间：2021-09-30</p>"
    seen = article(heading, url="/202110/t20211008_1.html")
    assert seen.published.others == (("written", date(2021, 9, 1)), ("url", date(2021, 10, 8)))


def test_the_time_of_day_is_that_of_shanghai(article):
    seen = article(f"<h1>{TITLE}</h1><p>发布时间：2021-09-30 22:30</p>")
    assert seen.published.at == datetime(2021, 9, 30, 22, 30, tzinfo=SHANGHAI)


def test_the_line_of_the_source_is_told(article):
    assert article(f"<h1>{TITLE}</h1>\n\n<p>发布时间：2021-09-30</p>").published.line == 3


def test_an_empty_tag_leaves_it_to_the_label(article):
    seen = article(f"<h1>{TITLE}</h1><p>发布时间：2021-09-30</p>", head='<meta name="PubDate" content="">')
    assert seen.published.source == "label"


def test_the_day_of_signing_is_not_the_day_of_publication(article):
    seen = article(f"<p>成文日期：2021-09-01</p><h1>{TITLE}</h1>", url="/content/post_12.html")
    assert seen.published is None


@pytest.mark.parametrize(
    "dates",
    ["<td>留言时间</td><td>2021-09-30</td><td>回复时间</td><td>2021-10-08</td>",
     "<td>打印时间：2021-09-30</td>",
     "<td>有效期至</td><td>2021-09-30</td>",
     "<td>报名截止日期：2021-09-30</td>",
     "<td>实施日期</td><td>2021-09-30</td>",
     "<td>设定依据</td><td>《食品安全法》（2021年9月30日修正）第三十五条</td>", "<td>（2021年9月30日）</td>",
     "<td>更新日期</td><td>2021-09-30</td>", "<td>办公时间：上午8:30-12:00（2021-09-30起执行夏令时）</td>"],
)  # fmt: skip
def test_dates_of_something_else_publish_nothing(article, dates):
    assert article(f"<h1>{TITLE}</h1><table><tr>{dates}</tr></table>").published is None


def test_a_column_is_no_article_though_its_rows_are_labelled(page):
    rows = "".join(f"<li><a href={n}.html>{TITLE}{n}</a><p>发布时间：2021-09-{n}</p></li>" for n in range(10, 30))
    seen = page(f"<h1>通知公告</h1><ul>{rows}</ul>", url=f"{HOST}/zwgk/tzgg/index.html")
    assert (seen.is_article, seen.published) == (False, None)


def test_an_article_stays_one_beside_a_list_of_news(article):
    rows = "".join(f"<li><a href=/{n}.html>{TITLE}{n}</a><span>2021-10-{n}</span></li>" for n in range(10, 30))
    seen = article(f"<div><ul>{rows}</ul></div><h1>{TITLE}</h1><p>发布时间：2021-09-30</p>")
    assert seen.published.date == DAY


@pytest.mark.parametrize("url", ["/", "/index.html", "/default.aspx"])
def test_the_home_page_is_no_article(article, url):
    assert not article(f"<h1>{TITLE}</h1><p>发布时间：2021-09-30</p>", url=url).is_article


def test_a_page_without_any_date_is_no_article(page):
    assert not page("<title>机构职能</title><h1>机构职能</h1><p>负责本区粮食流通管理。</p>").is_article


def test_a_guide_without_a_day_of_publication_is_no_article(page):
    seen = page(
        "<title>食品经营许可</title><h1>食品经营许可</h1><p>法定时限：20个工作日</p><p>2021年9月1日起执行。</p>"
    )
    assert (seen.is_article, seen.published) == (False, None)
