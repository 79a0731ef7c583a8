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
