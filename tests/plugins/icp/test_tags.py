"""The national meta tags: whole, missing on the home page, missing below, copied."""

from dataclasses import replace

import pytest

from xuncha.api import Reason, SiteKind, Status
from xuncha_plugins.icp.tag_checks import MetaTags

SITE_TAGS = (
    '<meta name="SiteName" content="示例局"><meta name="SiteDomain" content="www.a.gov.cn">'
    '<meta name="SiteIDCode" content="3702020012">'
)
COLUMN = '<meta name="ColumnName" content="工作动态"><meta name="ColumnType" content="工作动态">'
ARTICLE = COLUMN + '<meta name="ArticleTitle" content="我局召开会议"><meta name="PubDate" content="2026-10-20 09:00">'
COPIED = "".join(f'<meta name="Column{part}" content="示例局">' for part in ("Name", "Description", "Keywords", "Type"))
LINKS = '<a href="/a.html">工作动态</a><a href="/b.html">通知公告</a><a href="/c.html">政策文件</a>'
TEXT = (
    "<h1>我局召开会议</h1><p>发布时间：2026-10-20 09:00 来源：办公室</p>"
    + "<p>会议传达学习了有关文件精神，部署下一阶段工作。</p>" * 20
)


@pytest.fixture
def outcome(judged, page):
    """The outcome over a home page and pages below it, each given as (head, body)."""

    def run(*below, head=SITE_TAGS, home=LINKS, **on):
        pages = [page(home, head=head)]
        pages += [
            page(body, url=f"http://www.a.gov.cn/{number}.html", depth=1, head=tags)
            for number, (tags, body) in enumerate(below)
        ]
        return judged(MetaTags, *pages, **on)

    return run


def test_whole_tags_on_every_kind_of_page_pass(outcome):
    below = [(SITE_TAGS + COLUMN, "<ul><li>列表</li></ul>"), (SITE_TAGS + ARTICLE, TEXT)]
    assert outcome(*below).status is Status.PASS


def test_a_department_whose_home_page_has_no_tags_fails(outcome):
    found = outcome(head="")
    assert (found.status, found.findings[0].key) == (Status.FAIL, "home")


def test_a_tag_in_other_case_counts(outcome):
    assert outcome(head=SITE_TAGS.lower()).status is Status.PASS


def test_of_a_site_of_unknown_kind_tags_are_not_demanded(outcome, site):
    assert outcome(head="", on=replace(site, kind=None)).status is Status.WARN


def test_of_a_sub_site_it_is_asked_who_carries_them(outcome, site):
    assert outcome(head="", on=replace(site, parent_site="portal")).status is Status.MANUAL


def test_schools_need_none(outcome, site):
    assert outcome(head="", on=replace(site, kind=SiteKind.SCHOOL_OR_HOSPITAL)).status is Status.PASS


@pytest.mark.parametrize(
    ("head", "body", "key"),
    [
        ("", "<p>内页</p>", "inner"),
        (SITE_TAGS + '<meta name="ColumnName" content="工作动态">', "<ul><li>列表</li></ul>", "column"),
        (SITE_TAGS + COLUMN, TEXT, "article"),
        (SITE_TAGS + COPIED, "<ul><li>列表</li></ul>", "column-copied"),
    ],
)
def test_what_pages_below_lack_is_a_hint_with_its_count(outcome, head, body, key):
    found = outcome((head, body), (head, body))
    assert (found.status, [(one.key, one.params["pages"].value) for one in found.findings]) == (Status.WARN, [(key, 2)])


@pytest.mark.parametrize(
    ("home", "reason"),
    [
        ('<div id="app"></div><script src="/js/app.js"></script>', Reason.NEEDS_BROWSER),
        ("<p>网站升级维护中，请稍后访问。</p>", Reason.TOO_FEW_PAGES),
    ],
)
def test_a_home_page_that_only_a_browser_shows_or_that_is_a_notice_says_nothing_of_tags(outcome, home, reason):
    assert outcome(home=home, head="").reason.code is reason


def test_a_footer_in_a_frame_needs_no_tags(judged, page):
    parts = page(LINKS), page("<p>主办单位：示例局</p>", url="http://www.a.gov.cn/footer.html", head="")
    assert judged(MetaTags, *parts).status is Status.PASS


LETTER = (
    "<table><tr><th>信件标题</th><td>路灯不亮</td></tr><tr><th>写信时间</th><td>2026-10-08 10:22</td></tr>"
    "<tr><th>信件内容</th><td>人民路路灯不亮，望尽快处理。</td></tr><tr><th>处理状态</th><td>已回复</td></tr>"
    "<tr><th>答复时间</th><td>2026-10-12 16:30</td></tr><tr><th>答复内容</th><td>您好，路灯已修复。</td></tr></table>"
)
ACTIVITY = (
    "<h1>在线访谈：营商环境</h1><p>发布时间：2026-10-20</p><p>状态：已结束</p><p>起止时间：2026-10-20 至 2026-11-03</p>"
)
SHEET = "<h1>政府网站工作年度报表（2025年度）</h1><p>发布时间：2026-01-20</p>"


@pytest.mark.parametrize("body", [LETTER, ACTIVITY, SHEET], ids=["letter", "activity", "sheet"])
def test_letters_activities_and_sheets_carry_no_tags_of_articles(outcome, body):
    below = (SITE_TAGS + COLUMN, body + "<p>我局将继续听取群众意见，不断改进工作。</p>" * 20)
    assert outcome(below).status is Status.PASS


def test_an_article_beside_them_still_needs_its_tags(outcome):
    found = outcome((SITE_TAGS + COLUMN, LETTER + TEXT), (SITE_TAGS + COLUMN, TEXT))
    assert [(one.key, one.params["pages"].value) for one in found.findings] == [("article", 1)]
