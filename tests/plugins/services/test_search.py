"""The search is asked for titles of the site's own articles, as a browser would send its form."""

from dataclasses import replace
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.api import Form, Reason, Site, SiteKind
from xuncha.testing.net import status
from xuncha_plugins.services.markup import form_source
from xuncha_plugins.services.words import words

HOME = "http://www.a.gov.cn/"
SITE = Site("a", "示例局", (HOME,), kind=SiteKind.DEPARTMENT)
FORM = (
    '<form action="/search/index.jsp" method="get" role="search"><input type="hidden" name="SiteID" value="12">'
    '<input type="text" name="q" placeholder="请输入关键字"><input type="submit" value="搜索"></form>'
)
FIRST, SECOND = "示例局召开安全生产工作会议", "示例局开展养老服务质量检查"
NONE = "<p>与“{}”有关的信息共 0 条</p>"


@pytest.fixture
def pages(home, article):
    """A home page with this form, and two articles."""
    return lambda form=FORM, **values: [home(form, **values), article(FIRST), article(SECOND, 2)]


@pytest.fixture
def says(answered):
    """The same answer whatever is asked."""
    return lambda markup, **values: {f"{HOME}search/index.jsp*": answered(markup, **values)}


def test_a_search_that_links_to_the_article_works(inspected, pages, says):
    found = '<p>共 1 条</p><a href="/xwdt/202610/t20261008_1.html">示例局召开<em>安全生产</em>工作会议</a>'
    site = inspected(pages(), says(found))
    assert site.said("search") == ("pass", None)
    assert site.asked == [f"{HOME}search/index.jsp?SiteID=12&q={quote(FIRST)}"]


def test_a_result_that_leads_there_by_a_counter_is_found(inspected, pages, says):
    jump = f'<a href="/wis/link?url={quote(HOME + "xwdt/202610/t20261008_1.html", safe="")}">查看</a>'
    assert inspected(pages(), says(jump)).said("search") == ("pass", None)


def test_highlighted_words_are_read_through(inspected, pages, says):
    site = inspected(pages(), says('<a href="/a.html">示例局召开<font color=red>安全生产</font>工作会议</a>'))
    assert site.said("search")[0] == "pass"


def test_a_search_that_finds_nothing_of_its_own_site_is_blind(inspected, pages, says):
    assert inspected(pages(), says(NONE.format(FIRST))).said("search") == ("fail", ["blind"])


def test_two_titles_and_a_short_word_are_tried_before_it_is_called_blind(inspected, pages, says):
    asked = inspected(pages(), says("<p>抱歉，没有找到相关信息</p>")).asked
    assert [url.partition("q=")[2] for url in asked] == [quote(FIRST), quote(SECOND), quote("工作")]


def test_a_search_that_finds_other_things_by_a_short_word_misses_titles(inspected, pages, answered):
    rows = answered('<a href="/b.html">关于加强工作的意见</a>')
    answers = {f"{HOME}search/index.jsp?SiteID=12&q={quote('工作')}": rows}
    answers[f"{HOME}search/index.jsp*"] = answered("<p>没有找到相关信息</p>")
    assert inspected(pages(), answers).said("search") == ("warn", ["misses"])


@pytest.mark.parametrize("code", [404, 500, 502])
def test_a_search_that_answers_with_an_error_twice_is_broken(inspected, pages, code):
    site = inspected(pages(), {f"{HOME}search/index.jsp*": status(code)})
    assert site.said("search") == ("fail", ["broken"])


def test_one_error_that_passes_is_forgiven(inspected, pages, answered):
    rows = answered(f'<a href="/xwdt/202610/t20261008_2.html">{SECOND}</a>')
    site = inspected(pages(), {f"{HOME}search/index.jsp*": [status(500), rows]})
    assert site.said("search") == ("pass", None)


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ('<div id="app"></div><script src="/js/vue.js"></script>', "needs-browser"),
        ('<p id="none" style="display:none">没有找到相关信息</p>', "needs-browser"),
        ("<p>没有找到相关信息</p><script>$.ajax({url:'/api/s'})</script>", "needs-browser"),
        ('<p>共 0 条</p><ul class="result-list"></ul><script src="/js/result.js"></script>', "needs-browser"),
        ("<p>请输入验证码</p>", "rate-limited"),
        ("<p>示例局网站</p>", "needs-browser"),
    ],
)
def test_what_only_a_browser_sees_is_never_called_blind(inspected, pages, says, markup, reason):
    assert inspected(pages(), says(markup)).said("search") == ("inconclusive", reason)


HINT = "<p>没有找到想要的？试试高级搜索</p>"


@pytest.mark.parametrize(
    "rows",
    [
        '<p>共 1 条</p><a href="/s?id=1">示例局召开<em>安全</em>生产工…</a>',
        '<p>共找到 1 条结果</p><a href="/s/jump?id=93">示例局召...生产工作会议</a>',
    ],
)
def test_an_abridged_title_is_a_hit_beside_a_stock_hint_too(inspected, pages, says, rows):
    assert inspected(pages(), says(HINT + rows)).said("search") == ("pass", None)


@pytest.mark.parametrize(
    "markup",
    [
        "<p>您输入的内容含有非法字符，没有找到相关信息</p>",
        "<p>本站共 0 条，<a href='?s=all'>查看更多 152 条</a></p>",
        "<p>默认检索标题，共找到0条</p>",
        HINT,
    ],
)
def test_a_denial_that_is_taken_back_is_none(inspected, pages, says, markup):
    assert inspected(pages(), says(markup)).said("search") == ("inconclusive", "needs-browser")


def test_how_many_rows_a_page_has_takes_no_denial_back(inspected, pages, says):
    markup = f"{HINT}<p>共 0 条 每页显示 10 条 时间：全部 最近一年</p>"
    assert inspected(pages(), says(markup)).said("search") == ("fail", ["blind"])


@pytest.mark.parametrize("reason", [Reason.ROBOTS_FORBIDDEN, Reason.BUDGET_REACHED])
def test_a_search_that_we_may_not_ask_stays_open(inspected, pages, reason):
    site = inspected(pages(), {f"{HOME}search/index.jsp*": reason})
    assert site.said("search") == ("inconclusive", reason.value)


def test_a_search_that_is_challenged_stays_open(inspected, pages, answered):
    site = inspected(pages(), {f"{HOME}search/index.jsp*": replace(answered(""), challenge="ruishu", status=412)})
    assert site.said("search") == ("inconclusive", "challenged")


def test_no_answer_is_a_hint(inspected, pages):
    site = inspected(pages(), {f"{HOME}search/index.jsp*": Reason.TIMEOUT})
    assert site.said("search") == ("warn", ["no-answer"])


def test_old_pages_are_asked_in_their_own_encoding(inspected, home, article, answered):
    form = '<form name=search action="search.asp"><tr><td><input name=keyword type=text></td></tr></form>'
    pages = [home(f"<table>{form}</table>", encoding="gbk"), article(FIRST)]
    site = inspected(pages, {f"{HOME}search.asp*": answered(f"<a href=/shownews.asp?id=1>{FIRST}</a>")})
    assert site.asked == [f"{HOME}search.asp?keyword={quote(FIRST, encoding='gbk')}"]
    assert site.said("search")[0] == "pass"


PIECED = "关于印发《示例区支持实体经济发展若干措施》的通知"
PIECE = "示例区支持实体经济发展若干措施"


def asked_words(site):
    return [unquote(url.partition("q=")[2]) for url in site.asked]


def test_a_whole_title_is_asked_before_the_piece_that_tells_most(inspected, home, article, says):
    site = inspected([home(FORM), article(PIECED)], says(""))
    assert asked_words(site) == [PIECED, PIECE, "通知"]


def test_titles_of_one_piece_are_asked_before_others(inspected, home, article, says):
    site = inspected([home(FORM), article(PIECED), article(FIRST, 2), article(SECOND, 3)], says(""))
    assert asked_words(site)[:2] == [FIRST, SECOND]


def test_dated_articles_are_asked_before_what_the_home_page_does_not_link(inspected, home, article, says):
    links = f'<a href="/xwdt/202610/t20261008_1.html">{FIRST}</a>'
    site = inspected([home(FORM + links), article(FIRST), article(SECOND, 2, date="2026-11-10")], says(""))
    assert asked_words(site)[0] == FIRST


def test_what_was_asked_as_a_piece_of_a_title_is_told_as_such(inspected, home, article, answered):
    answers = {f"{HOME}search/index.jsp?SiteID=12&q={quote('通知')}": answered('<a href="/b.html">某某通知</a>')}
    answers[f"{HOME}search/index.jsp*"] = answered("<p>没有找到相关信息</p>")
    (found,) = inspected([home(FORM), article(PIECED)], answers).outcome("search").findings
    assert (found.key, found.params["titles"].value, found.params["pieces"].value) == (
        "misses-pieces",
        f"“{PIECED}”",
        f"“{PIECE}”",
    )


def test_a_search_that_finds_neither_title_nor_piece_nor_word_is_blind(inspected, home, article, says):
    assert inspected([home(FORM), article(PIECED)], says(NONE.format(""))).said("search") == ("fail", ["blind-pieces"])


def test_a_search_that_finds_the_piece_works(inspected, home, article, answered):
    rows = answered(f'<a href="/xwdt/202610/t20261008_1.html">{PIECED}</a>')
    answers = {f"{HOME}search/index.jsp?SiteID=12&q={quote(PIECE)}": rows}
    answers[f"{HOME}search/index.jsp*"] = answered("<p>没有找到相关信息</p>")
    assert inspected([home(FORM), article(PIECED)], answers).said("search") == ("pass", None)


@pytest.mark.parametrize("kind", ["在线访谈", "网上调查", "意见征集"])
def test_activities_are_no_articles_that_a_search_must_know(inspected, home, page, article, says, kind):
    text = "<p>本次活动围绕优化营商环境展开，共收到意见建议二十三条，采纳情况已公开。</p>" * 4
    markup = (
        f"<h1>{kind}：优化营商环境</h1><p>发布时间：2026-09-01</p><p>状态：已结束</p><p>起止时间：2026-09-01</p>{text}"
    )
    activity = page(markup, "hd/1.html", title=f"{kind}：优化营商环境_示例局")
    assert asked_words(inspected([home(FORM), activity, article(FIRST)], says("")))[0] == FIRST
    assert inspected([home(FORM), activity], says("")).said("search") == ("inconclusive", "too-few-pages")


def test_fresh_articles_are_asked_for_last(inspected, home, article, says):
    fresh = article(FIRST, date="2026-11-01")
    assert quote(SECOND) in inspected([home(FORM), fresh, article(SECOND, 2)], says("")).asked[0]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ('<form action="/s.do" method="post"><input type="text" name="keyword">搜索</form>', ("manual", ["by-post"])),
        ('<form action="http://so.b.gov.cn/s"><input type="text" name="q">搜索</form>', ("manual", ["external"])),
        ('<form onsubmit="return go()"><input type="text" name="q">搜索</form>', ("inconclusive", "needs-browser")),
        ('<input type="text" id="kw"><a onclick="so()">搜索</a>', ("inconclusive", "needs-browser")),
        ('<a href="http://so.b.gov.cn/">站内搜索</a>', ("inconclusive", "needs-browser")),
    ],
)
def test_a_search_that_cannot_be_asked_safely_is_left_to_people(inspected, pages, form, expected):
    site = inspected(pages(form))
    assert site.said("search") == expected
    assert not [url for url in site.asked if "so.b.gov.cn" in url]


def test_a_search_for_one_kind_of_content_is_not_held_to_articles(inspected, pages, says):
    form = FORM.replace("请输入关键字", "请输入办事事项名称")
    assert inspected(pages(form), says(NONE.format(FIRST))).said("search") == ("inconclusive", "needs-browser")


def test_a_form_that_searches_everything_is_asked_first(inspected, pages, answered):
    limited = '<form action="/bs.jsp"><input type="text" name="key" placeholder="请输入办事事项">搜索</form>'
    rows = answered(f'<a href="/xwdt/202610/t20261008_1.html">{FIRST}</a>')
    site = inspected(pages(limited + FORM), {f"{HOME}search/index.jsp*": rows})
    assert (site.said("search")[0], len(site.asked)) == ("pass", 1)


def test_forms_of_inner_pages_are_no_site_search(inspected, home, page, article):
    inner = page('<form action="/xjcx.jsp"><input type="text" name="title">信件搜索</form>', "hdjl/", title="来信选登")
    assert inspected([home(""), inner, article(FIRST)]).said("search") == ("warn", ["missing"])


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (SiteKind.PORTAL, ("fail", ["missing"])),
        (SiteKind.DEPARTMENT, ("warn", ["missing"])),
        (SiteKind.SCHOOL_OR_HOSPITAL, ("not_applicable", "not-offered")),
    ],
)
def test_who_must_offer_a_search(inspected, pages, kind, expected):
    site = inspected(pages(""), site=replace(SITE, kind=kind))
    assert site.said("search") == expected


def test_without_articles_nothing_can_be_looked_for(inspected, home):
    assert inspected([home(FORM)]).said("search") == ("inconclusive", "too-few-pages")


def test_a_notice_in_place_of_a_site_tells_nothing(inspected, page):
    notice = page("<h1>网站正在升级维护</h1>", "", 0, footer="")
    assert inspected([notice]).said("search") == ("inconclusive", "too-few-pages")


@pytest.mark.parametrize(
    "said",
    [
        "共找到0条",
        "共 0 条记录",
        "找到相关结果约0个",
        "抱歉，没有找到与“x”相关的内容",
        "未检索到符合条件的信息",
        "检索结果：0",
        "暂无数据",
        "0条结果",
        "很抱歉，没有搜索到",
        "记录总数：0",
    ],
)
def test_how_searches_say_that_there_is_nothing(said):
    assert words().search.nothing.search(said)


@pytest.mark.parametrize("said", ["共找到10条", "共 120 条记录", "结果：102", "相关信息 1 条", "用时0.05秒，共3条"])
def test_how_searches_say_that_there_is_something(said):
    assert not words().search.nothing.search(said)


def test_a_hostile_form_is_read_in_bounded_time(home):
    page = home("<form action=/s>" + "<input<select" * 5_000 + "<form" * 5_000)
    source = form_source(page.html, page.forms[0])
    assert source is not None
    assert len(source.source) < 30_000


@given(st.text(alphabet="<>form input=\"'/action name value type select option \n", max_size=600))
def test_any_form_is_read(markup):
    form = Form("/s", "http://a.gov.cn/s", "get", (), has_password=False, has_file=False, line=1)
    source = form_source(f"<form action=/s>{markup}", form)
    assert source is None or all(len(field.value) <= 200 for field in source.fields)


def test_a_search_may_stand_in_a_frame_that_was_not_read(inspected, pages):
    site = inspected(pages('<iframe src="/head.html"></iframe>'))
    assert site.said("search") == ("inconclusive", Reason.FRAME_UNREAD)
