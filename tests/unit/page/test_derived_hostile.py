"""Pages made to be slow or to fool: the derivations answer in bounded work, and say nothing that isn't there."""

import pytest

from xuncha.page.listing import MAX_LISTINGS, MAX_ROWS
from xuncha.page.outline import Outline

LINK = '<a href="{0}">关于印发管理办法的通知{0}</a>'
DERIVED = ("lists", "is_article", "published", "trail", "navigation", "tags")


def all_of(page):
    return {name: getattr(page, name) for name in DERIVED}


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 25_000 + LINK.format(1) + "2021-10-01",
        "".join(f"<div>{LINK.format(n)}2021-10-01" for n in range(5_000)),
        "<ul>" + "".join(f"<li>{LINK.format(n)}<i>10-01</i>" for n in range(5_000)),
        "<p>2021-10-01 " * 20_000,
        "发布时间：2021-10-01 " * 20_000,
        "<p>当前位置：" * 20_000 + LINK.format(1),
        "<a href=/>首页</a>" * 10_000,
        "<div class=crumb>" * 20_000 + LINK.format(1),
        "<datastore>" * 10_000 + "<record><![CDATA[" * 10_000,
        "2021" + " " * 1_000_000 + "-10-01",
        "1" * 1_000_000 + "的",
    ],
)
def test_a_hostile_page_is_answered(page, markup):
    all_of(page(f"<title>通知</title>首页{markup}"))


def test_a_page_that_was_refused_has_nothing(page):
    refused = page("<p>的2021-10-01" + "x" * 5_000_000)
    assert (refused.problem is not None, refused.lists, refused.published) == (True, (), None)


def test_the_rows_of_a_list_are_bounded(page):
    markup = "<ul>" + "".join(f"<li>{LINK.format(n)}<i>2021-10-01</i>" for n in range(MAX_ROWS + 10)) + "</ul>"
    assert len(page(markup).lists[0].rows) == MAX_ROWS


def test_the_lists_of_a_page_are_bounded(page):
    box = "<h3>要闻</h3><ul>" + "".join(f"<li>{LINK.format(n)}<i>2021-10-01</i>" for n in range(3)) + "</ul>"
    assert len(page(box * (MAX_LISTINGS + 10)).lists) == MAX_LISTINGS


@pytest.mark.parametrize(
    "around", ["<script>{}</script>", "<noscript>{}</noscript>", "<template>{}</template>", "<!--{}-->"]
)
def test_what_nobody_sees_is_no_date_and_no_list(page, around):
    rows = "".join(f"<li>{LINK.format(n)}<i>2021-10-01</i>" for n in range(5))
    seen = page("<title>通知公告</title><h1>通知公告</h1>" + around.format(f"发布时间：2021-10-01<ul>{rows}</ul>"))
    assert (seen.lists, seen.published) == ((), None)


def test_links_in_drawings_do_not_shift_the_others(page):
    seen = page('<svg><a href="/drawn">x</a></svg><video><a href="/v">y</a></video><ul><li><a href="/real">z</a></ul>')
    assert [link.target[-5:] for link in Outline(seen._document, seen.links).links] == ["/real"]


def test_every_element_holds_the_text_of_its_children(page):
    outline = Outline(page("<div><p>一<b>二</b></p>三</div>四")._document, ())
    assert [outline.words(n) for n, tag in enumerate(outline.tags) if tag in ("div", "p", "b")] == [
        "一 二 三",
        "一 二",
        "二",
    ]


def test_pages_in_other_languages_cost_nothing(page):
    seen = page(
        "<h1>Manual</h1><ul><li><a href=a.html>A long chapter title</a> 2021-10-01</ul>", url="http://docs.example.org/"
    )
    assert (seen.lists, "_outline" in seen.__dict__) == ((), False)


def test_dated_lists_in_other_languages_are_read_on_chinese_hosts(page):
    rows = "".join(f"<li><a href={n}.html>Notice on the public holiday {n}</a> 2021-10-0{n}" for n in range(1, 5))
    assert len(page(f"<ul>{rows}</ul>", url="http://english.example.gov.cn/news/").lists[0].rows) == 4
