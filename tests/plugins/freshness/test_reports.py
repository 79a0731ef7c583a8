"""The yearly report: published, late, hidden, missing, and where it can't be told."""

from datetime import UTC, datetime

import pytest

from xuncha.api import Crawl, PageRecord, Reason
from xuncha.model.clock import SHANGHAI
from xuncha.page import parse_page
from xuncha.testing import gather, judge
from xuncha_plugins.freshness.reports import ReportsSeen, annual_report

LINK = '<a href="/ndbb/">政府网站工作年度报表</a>'


@pytest.fixture
def said(gathered, department, html):
    def run(content, pages=(), **options):
        found = gathered(department({"home": html(content), **dict(pages)}), **options)
        return found.said("freshness.annual-report")

    return run


@pytest.mark.parametrize(
    "text",
    [
        "2025年政府网站工作年度报表",
        "政府网站工作年度报表（2025年度）",
        "示例局2025年政府网站年度工作报表",
        "2025年度网站年报",
    ],
)
def test_the_report_of_the_last_year_passes(said, text):
    assert said(f'<a href="/r.html">{text}</a>') == ("pass", [])


def test_its_list_may_lie_one_click_below_the_entry(said, html):
    rows = "".join(f'<li><a href="/ndbb/{year}.html">{year}年政府网站工作年度报表</a></li>' for year in (2025, 2024))
    assert said(LINK, {"/ndbb/": html(f"<ul>{rows}</ul>")}.items()) == ("pass", [])


def test_the_year_may_stand_in_the_report_only(said, html):
    page = html("<h1>政府网站工作年度报表</h1><p>（2025年度）</p>", "政府网站工作年度报表_示例局")
    assert said(LINK, {"/ndbb/": page}.items()) == ("pass", [])


CLOCK = "<p>今天是2026年11月22日 星期日</p>"
NEWS = '<p><a href="/x.html">2024年政府工作报告解读</a></p>' + "<p>示例</p>" * 60


@pytest.mark.parametrize("top", ["", CLOCK, NEWS, CLOCK + NEWS])
def test_a_clock_or_other_news_on_top_of_its_page_tell_no_year(said, html, top):
    old = html(f"{top}<h1>政府网站工作年度报表</h1><p>（2024年度）</p>", "政府网站工作年度报表_示例局")
    new = html(f"{top}<h1>政府网站工作年度报表</h1><p>（2025年度）</p>", "政府网站工作年度报表_示例局")
    assert said(LINK, {"/ndbb/": old}.items()) == ("fail", ["older"])
    assert said(LINK, {"/ndbb/": new}.items()) == ("pass", [])


def test_the_day_of_publication_is_not_the_year_of_the_report(said, html):
    page = html("<h1>政府网站工作年度报表</h1><p>发布时间：2025年1月20日</p>", "政府网站工作年度报表_示例局")
    assert said(LINK, {"/ndbb/": page}.items())[0] != "pass"


def test_rows_that_only_name_the_year_belong_to_the_report_above_them(said, html):
    rows = "".join(f'<li><a href="/ndbb/{year}.html">{year}年度</a></li>' for year in (2025, 2024))
    page = html(f"{CLOCK}<h2>政府网站工作年度报表</h2><ul>{rows}</ul>", "政府网站工作年度报表_示例局")
    assert said(LINK, {"/ndbb/": page}.items()) == ("pass", [])


@pytest.mark.parametrize("words", ["{}年", "示例局年度报表"])
def test_without_its_name_in_the_text_the_list_tells_the_year(said, html, words):
    days = {2025: "2026-01-20", 2024: "2025-01-20", 2023: "2024-01-20"}
    rows = "".join(
        f'<li><a href="/n/{at}.html">{words.format(at)}</a><span>{day}</span></li>' for at, day in days.items()
    )
    assert said(LINK, {"/ndbb/": html(f"{CLOCK}<ul>{rows}</ul>", "政府网站年报_示例局")}.items()) == ("pass", [])


def test_in_january_the_report_of_the_past_year_may_be_out_beside_one_in_its_column(said, html):
    january = datetime(2026, 1, 20, 10, tzinfo=SHANGHAI)
    column = html('<ul><li><a href="/r/2025.html">2025年政府网站工作年度报表</a></li></ul>', "网站年报_示例局")
    home = '<a href="/r/2024.html">2024年政府网站工作年度报表</a><a href="/zwgk/nb/">政务公开</a>'
    assert said(home, {"/zwgk/nb/": column}.items(), now=january) == ("pass", [])


def test_a_report_of_an_earlier_year_is_not_enough(said):
    assert said('<a href="/r.html">2024年政府网站工作年度报表</a>') == ("fail", ["older"])


def test_before_its_day_the_last_report_is_not_due(said):
    january = datetime(2026, 1, 31, 23, tzinfo=SHANGHAI)
    assert said('<a href="/r.html">2024年政府网站工作年度报表</a>', now=january) == ("pass", [])


def test_on_the_next_day_it_is(said):
    february = datetime(2026, 2, 1, tzinfo=SHANGHAI)
    assert said('<a href="/r.html">2024年政府网站工作年度报表</a>', now=february) == ("fail", ["older"])


def test_a_report_that_the_home_page_does_not_show_is_hinted_at(said, html):
    inner = html('<a href="/r.html">2025年政府网站工作年度报表</a>', trail=(("信息公开", ""),))
    assert said('<a href="/xxgk/">信息公开</a>', {"/xxgk/": inner}.items()) == ("warn", ["not-on-home"])


def test_behind_a_page_that_only_lets_people_in_stands_the_home_page(gathered, department, html):
    splash = b'<html><title>a</title><body><a href="/main.html"><img src="/enter.gif"></a></body></html>'
    main = html('<a href="/r.html">2025年政府网站工作年度报表</a>')
    assert gathered(department({"home": splash, "/main.html": main})).said("freshness.annual-report") == ("pass", [])


def test_a_site_without_any_report_fails(said):
    assert said("<p>欢迎</p>") == ("fail", ["missing"])


def test_the_report_on_open_information_is_another_one(said):
    assert said('<a href="/g.html">2025年政府信息公开工作年度报告</a>') == ("fail", ["missing"])


def test_a_report_whose_year_nothing_tells_is_asked_about(said):
    assert said(LINK) == ("manual", ["year-unclear"])


def test_where_script_fills_the_home_page_nothing_is_said(said):
    assert said('<ul id="newsList"></ul><script src="/js/list.js"></script>') == ("inconclusive", [])


def test_what_a_crawl_cut_short_did_not_find_may_be_there(said):
    assert said("<p>欢迎</p>", complete=False) == ("inconclusive", [])


def test_a_report_that_was_found_needs_no_whole_crawl(said):
    text = "2025年政府网站工作年度报表"
    assert said(f'<a href="/r.html">{text}</a>', complete=False) == ("pass", [])


def test_of_a_website_of_which_only_the_home_page_was_seen_nothing_is_called_missing():
    home = "http://www.a.gov.example/"
    seen = gather(ReportsSeen, parse_page(b"<title>a</title><p>b</p>", url=home))
    crawl = Crawl(home, (PageRecord(home, home, 0, 200),), (), 1, complete=True)
    assert judge(annual_report, seen, crawl=crawl).reason.code is Reason.TOO_FEW_PAGES


def test_other_words_for_it_are_known(said):
    assert said('<a href="/r.html">2025年度政府网站工作报表</a>') == ("pass", [])


def test_an_entry_without_a_link_is_asked_about(said):
    choice = '<select onchange="location=this.value"><option>政府网站工作年度报表</option></select>'
    assert said(choice) == ("manual", ["year-unclear"])


def test_of_a_home_page_alone_nothing_is_said(html, now):
    home = parse_page(html("<p>欢迎</p>"), url="http://www.a.gov.cn/", depth=0)
    records = tuple(
        PageRecord(url, url, level, 200) for level, url in enumerate(("http://www.a.gov.cn/", "http://www.a.gov.cn/b"))
    )
    crawl = Crawl(records[0].url, records, (), 2, complete=True)
    assert judge(annual_report, gather(ReportsSeen, home, now=now), crawl).reason.code is Reason.TOO_FEW_PAGES


def test_the_day_is_that_of_shanghai_whatever_the_clock_says(said):
    evening = datetime(2026, 1, 31, 17, tzinfo=UTC)
    assert said('<a href="/r.html">2024年政府网站工作年度报表</a>', now=evening) == ("fail", ["older"])
