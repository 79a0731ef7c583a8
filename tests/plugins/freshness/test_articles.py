"""Articles per year, and dates that a person should verify."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.api import Crawl, Earlier, Gap, Reason
from xuncha.model.clock import SHANGHAI
from xuncha.testing import judge
from xuncha_plugins.freshness.article_checks import date_anomalies, volume
from xuncha_plugins.freshness.articles import Articles, DateDoubt, Doubt
from xuncha_plugins.freshness.facts import Columns
from xuncha_plugins.freshness.republished import Captured, earliest, republished

NOW = datetime(2026, 11, 22, tzinfo=SHANGHAI)
PATH = "/xwdt/gzdt/content_9.html"
TITLE = "关于召开全区安全生产工作会议的情况通报"


@pytest.fixture
def articles(gathered, department, html):
    """The fact of a site whose home page leads to one article."""

    def run(page, path=PATH, past=()):
        home = html(f'<a href="{path}">{TITLE}</a>')
        return gathered(department({"home": home, path: page}), past={"articles": list(past)})

    return run


def doubts(found):
    return [(doubt.doubt, doubt.count) for doubt in found.fact(Articles).doubts]


def tag(day):
    return f'<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="{day:%Y-%m-%d %H:%M}">'


def test_dates_that_agree_raise_no_question(articles, article, ago):
    found = articles(article(TITLE, ago(9), head=tag(ago(9))))
    assert doubts(found) == []
    assert found.said("freshness.date-anomalies") == ("pass", [])


def test_a_date_ahead_is_asked_about(articles, article, ago):
    found = articles(article(TITLE, ago(-9)))
    assert doubts(found) == [(Doubt.AHEAD, 1)]
    assert found.said("freshness.date-anomalies") == ("manual", ["ahead"])


def test_tomorrow_may_be_a_clock_of_another_zone(articles, article, ago):
    assert doubts(articles(article(TITLE, ago(-1)))) == []


def test_a_tag_that_contradicts_the_visible_date_is_asked_about(articles, article, ago):
    found = articles(article(TITLE, ago(9), head=tag(ago(300))))
    assert doubts(found) == [(Doubt.TWO_DATES, 1)]
    assert found.said("freshness.date-anomalies") == ("manual", ["two-dates-tag"])
    assert both_dates(found) == (ago(9), ago(300))


def both_dates(found):
    (question,) = found.outcome("freshness.date-anomalies").findings
    return tuple(date.fromisoformat(question.params[name].value) for name in ("day", "other"))


def test_a_url_that_contradicts_both_tag_and_page_is_named(articles, article, ago):
    path = f"/xwdt/gzdt/{ago(400):%Y%m}/t{ago(400):%Y%m%d}_1.html"
    found = articles(article(TITLE, ago(9), head=tag(ago(9))), path)
    assert found.said("freshness.date-anomalies") == ("manual", ["two-dates-url"])
    assert both_dates(found) == (ago(9), ago(400))


def test_a_year_counts_by_the_date_that_citizens_read(articles, article, ago):
    found = articles(article(TITLE, ago(9), head=tag(ago(900))))
    assert [one.year for one in found.fact(Articles).years] == [ago(9).year]


def test_a_question_of_an_older_run_names_no_source():
    old = DateDoubt(Doubt.TWO_DATES, "", "", 1, f"http://www.a.gov.cn{PATH}", TITLE, NOW.date(), NOW.date())
    crawl = Crawl("http://www.a.gov.cn/", (), (), 1, complete=True)
    found = judge(date_anomalies, Articles(NOW.date(), doubts=(old,)), (Columns, Gap(Reason.CHALLENGED)), crawl)
    assert [one.key for one in found.findings] == ["two-dates"]


@pytest.mark.parametrize(("days", "asked"), [(20, False), (400, True)])
def test_a_url_months_away_from_the_visible_date_is_asked_about(articles, article, ago, days, asked):
    path = f"/xwdt/gzdt/{ago(9 + days):%Y%m}/t{ago(9 + days):%Y%m%d}_1.html"
    assert bool(doubts(articles(article(TITLE, ago(9)), path))) is asked


def test_the_day_of_signing_is_no_contradiction(articles, article, ago):
    page = article(TITLE, ago(9)).replace("来源：办公室".encode(), f"成文日期：{ago(200):%Y-%m-%d}".encode())
    assert doubts(articles(page)) == []


def before(found, days):
    return Earlier(NOW - timedelta(days=days), found.fact(Articles))


@pytest.mark.parametrize(("days", "asked"), [(29, []), (30, [(Doubt.REPUBLISHED, 1)])])
def test_a_text_that_was_captured_under_an_earlier_date_is_asked_about(articles, article, ago, days, asked):
    first = articles(article(TITLE, ago(5 + days)))
    again = articles(article(TITLE, ago(5)), "/xwdt/gzdt/content_77.html", past=[before(first, 60)])
    assert doubts(again) == asked


def test_the_same_article_seen_again_is_no_republication(articles, article, ago):
    page = article(TITLE, ago(50))
    assert doubts(articles(page, past=[before(articles(page), 60)])) == []


def test_another_text_under_the_same_title_is_another_article(articles, article, ago):
    first = articles(
        article("关于另一件事情的说明", ago(300)).replace("关于另一件事情的说明".encode(), TITLE.encode(), 1)
    )
    again = articles(article(TITLE, ago(5)), past=[before(first, 60)])
    assert doubts(again) == []


def test_a_run_remembers_what_the_runs_before_it_knew(articles, article, ago):
    first = articles(article(TITLE, ago(300)))
    second = articles(article(TITLE, ago(250)), past=[before(first, 200)])
    third = articles(article(TITLE, ago(5)), past=[before(second, 100)])
    assert [doubt.other for doubt in third.fact(Articles).doubts] == [ago(300)]


def test_a_short_text_can_not_be_told_from_others(articles, html, ago):
    page = html(f"<h1>{TITLE}</h1><p>发布时间：{ago(5):%Y-%m-%d}</p><p>见附件。</p>", TITLE)
    assert articles(page).fact(Articles).captured == ()


def test_every_question_is_worded_as_one(articles, texts):
    for key, text in texts.checks["freshness.date-anomalies"].text.messages.items():
        assert "请核实" in text.zh, key
        assert "please verify" in text.en, key
        assert "伪造" not in text.zh, key
        assert "可能因" in text.zh, key


def test_where_the_home_page_did_not_open_no_date_was_looked_at():
    crawl = Crawl("http://www.a.gov.cn/", (), (), 1, complete=False, stopped=Reason.CHALLENGED)
    facts = Articles(NOW.date()), (Columns, Gap(Reason.CHALLENGED)), crawl
    outcome = judge(date_anomalies, *facts, min_coverage=0)
    assert (outcome.status.value, outcome.reason.code) == ("inconclusive", Reason.CHALLENGED)


def test_articles_and_rows_are_counted_once_for_each_year(gathered, department):
    years = {one.year: one.count for one in gathered(department()).fact(Articles).years}
    assert years == {2026: 12}


def test_a_volume_that_falls_off_is_hinted_at(gathered, department, html, rows):
    days = [*range(400, 460), 5]
    page = html(rows(*days), trail=(("工作动态", ""),))
    home = html("<p>欢迎</p>", menu=(("首页", "/"), ("工作动态", "/xwdt/gzdt/"), ("政策", "/p/"), ("服务", "/s/")))
    found = gathered({"http://www.a.gov.cn/": home, "http://www.a.gov.cn/xwdt/gzdt/": page})
    assert found.said("freshness.volume") == ("warn", ["fallen"])


def test_a_volume_that_holds_passes(gathered, department):
    assert gathered(department()).said("freshness.volume") == ("pass", [])


def test_totals_and_the_part_of_each_year_are_told_in_any_case(gathered, department):
    found = gathered(department())
    said = judge(volume, *found.facts.values(), site=found.site).notes
    assert [one.key for one in said] == ["totals"]
    assert said[0].params["total"].value == sum(one.count for one in found.fact(Articles).years) > 0


def test_without_any_date_nothing_is_said_of_the_volume(gathered, html):
    assert gathered({"http://www.a.gov.cn/": html("<p>欢迎</p>")}).said("freshness.volume") == ("inconclusive", [])


CAPTURES = st.builds(Captured, st.text(max_size=3), st.sampled_from(["甲", "乙"]), st.sampled_from("ab"), st.dates())


@given(st.lists(CAPTURES), st.lists(CAPTURES))
def test_what_is_republished_is_always_newer_than_what_was_known(now, then):
    for one, day in republished(now, earliest(then), timedelta(30)):
        assert one.day - day >= timedelta(30)
        assert any(other.same == one.same and other.day == day for other in then)
