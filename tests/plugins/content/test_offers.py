"""Consultations, registrations and surveys as publishing systems show them, over and not."""

from datetime import date, timedelta

import pytest

from xuncha.api import Status
from xuncha_plugins.content.words_checks import ExpiredParams, expired

HOME = "http://www.a.gov.example/"
OVER, OPEN = "2025-03-01 至 2025-03-31", "2026-10-01 至 2026-12-31"
ARCHIVED = [
    "<p>我局于2025年3月1日至3月31日公开征集意见。征集时间：2025年3月1日至3月31日。</p>",
    "<p>报名截止时间：2025年3月31日。请按时报名。</p>",
    "<p>目前，活动正在进行，活动时间：2025年3月1日至3月31日。</p>",
    f"<p>征集时间：{OVER}　状态：已结束</p>",
    f"<p>征集状态：已截止</p><p>征集时间：{OVER}</p><h3>正在征集</h3>",
    f"<p>征集时间：{OPEN}　状态：正在征集</p>",
    "<p>征集时间：2025年3月1日起　状态：征集中</p>",
    "<p>征集时间：2025-03-01至长期　状态：征集中</p>",
    "<p>项目状态：进行中</p><p>起止时间：2020-01-01 至 2023-12-31</p>",
    "<p>营业执照状态：有效，有效期至2020年12月31日</p>",
    "<p>当前状态：报名中</p><p>报名者须持健康合格证明，合格证明有效期至2024年6月30日。</p>",
    "<ul><li>技能培训班报名 <em>报名中</em> 证书有效期截止日期：2024-06-30</li></ul>",
    "<p>办理状态：公示中</p><p>发布时间：2020-01-01</p>",
]


@pytest.fixture
def page(published):
    """The page of one matter."""
    return lambda body, title="关于优化公交线路的意见征集": published(f"<h1>{title}</h1>{body}", title=title)


@pytest.mark.parametrize(
    "body",
    [
        f"<p>征集时间：{OVER}　状态：正在征集</p>",
        "<p>征集时间：2025年3月1日至3月31日</p><p>当前状态：征集中</p>",
        "<table><tr><td>状态</td><td>报名中</td></tr><tr><td>报名截止时间</td><td>2025-03-31 17:00</td></tr></table>",
        "<p>开始时间：2025-03-01 结束时间：2025-03-31</p><p>状态：【正在征集】</p>",
        "<p>状态：进行中　截止日期：2025年3月31日</p>",
    ],
)
def test_a_matter_past_its_own_deadline_and_called_open_is_accused(answer, page, body):
    outcome = answer(expired, page(body))
    assert (outcome.status, outcome.findings[0].params["ended"].value) == (Status.FAIL, "2025-03-31")


@pytest.mark.parametrize("body", ARCHIVED)
def test_history_open_matters_and_works_are_fine(answer, page, body):
    assert answer(expired, page(body, title="关于道路建设的公告")).status is Status.PASS


def test_a_badge_without_a_label_is_asked_about(answer, page):
    assert answer(expired, page(f"<div>征集中</div><p>征集时间：{OVER}</p>")).status is Status.MANUAL


def test_a_row_with_its_state_and_period_is_accused_alone(wording):
    rows = "".join(
        f"<li><a href='/{name}.html'>关于{name}方案的意见征集公告</a><span>{period}</span><em>征集中</em></li>"
        for name, period in (("甲", OVER), ("乙", OPEN))
    )
    (offer,) = wording(f"<ul>{rows}</ul>").offers
    assert (offer.title, offer.ended) == ("关于甲方案的意见征集公告", date(2025, 3, 31))


def test_a_table_of_surveys_is_read_row_by_row(wording):
    def row(name, period, state):
        return f"<tr><td><a href='/{name}.html'>{name}满意度问卷调查</a></td><td>{period}</td><td>{state}</td></tr>"

    table = f"<table>{row('供水', OVER, '进行中')}{row('供电', OVER, '已结束')}{row('供热', OPEN, '进行中')}</table>"
    assert [offer.title for offer in wording(table).offers] == ["供水满意度问卷调查"]


@pytest.mark.parametrize(
    ("head", "title", "period"),
    [
        ("时间", "S213公路改建工程施工招标活动", "工期 2024-03-01至2025-12-30"),
        ("工期", "村庄整治活动", "2024-03-01至2025-12-30"),
        ("时间", "群众活动中心", "2024-03-01至2025-12-30"),
    ],
)
def test_works_in_progress_are_no_offers(wording, head, title, period):
    heads = f"<tr><th>名称</th><th>状态</th><th>{head}</th></tr>"
    row = f"<tr><td><a href='/a.html'>{title}</a></td><td>进行中</td><td>{period}</td></tr>"
    assert wording(f"<table>{heads}{row}</table>").offers == ()


def test_a_link_on_the_home_page_is_judged_by_what_the_page_says(answer, published, page):
    home = published("<li><a href='/zwgk/a.html'>【正在征集】关于优化公交线路的意见征集</a></li>", url=HOME, depth=0)
    outcome = answer(expired, home, page(f"<p>征集时间：{OVER}</p>"))
    assert (outcome.status, outcome.findings[0].locator.page) == (Status.FAIL, HOME)


def test_page_and_link_are_one_finding(answer, published, page):
    home = published("<a href='/zwgk/a.html'>[征集中]关于优化公交线路的意见征集</a>", url=HOME, depth=0)
    assert answer(expired, home, page(f"<p>征集时间：{OVER} 状态：征集中</p>")).findings_total == 1


def test_a_link_to_what_is_still_open_is_fine(answer, published, page):
    home = published("<a href='/zwgk/a.html'>【正在征集】关于优化公交线路的意见征集</a>", url=HOME, depth=0)
    assert answer(expired, home, page(f"<p>征集时间：{OPEN}</p>")).status is Status.PASS


def test_a_banner_of_the_home_page_is_asked_about(answer, published):
    home = published("<p>摄影大赛火热报名中，报名截止时间：2025年3月31日</p>", url=HOME, depth=0)
    assert answer(expired, home).status is Status.MANUAL


def test_a_document_past_its_own_validity_and_called_valid_is_asked_about(answer, page):
    body = "<p>有效性：有效</p><p>本办法自2018年1月1日起施行，有效期至2022年12月31日。</p>"
    outcome = answer(expired, page(body))
    assert (outcome.status, outcome.findings[0].key) == (Status.MANUAL, "validity")


def test_a_document_called_expired_is_fine(answer, page):
    body = "<p>有效性：失效</p><p>本办法自2018年1月1日起施行，有效期至2022年12月31日。</p>"
    assert answer(expired, page(body)).status is Status.PASS


@pytest.mark.parametrize(("late", "status"), [(0, Status.PASS), (3, Status.PASS), (4, Status.FAIL)])
def test_a_few_days_are_granted(answer, page, late, status):
    end = date(2026, 11, 2) - timedelta(days=late)
    body = f"<p>征集时间：2026-09-01 至 {end} 状态：正在征集</p>"
    assert answer(expired, page(body), params=ExpiredParams(days=3)).status is status


def test_a_notice_in_place_of_a_site_tells_nothing(answer, page, bare):
    assert answer(expired, page("<p>维护</p>"), crawl=bare).status is Status.INCONCLUSIVE


EXTENDED = [
    f"<p>征集时间：{OVER}（延期至2026年12月31日）　状态：征集中</p>",
    f"<p>征集时间：{OVER}　状态：征集中</p><p>经研究，征集时间延长到2026年12月31日。</p>",
    "<p>状态：招聘中</p><p>报名时间：2025年1月1日起长期有效，本批报名截止时间2025年6月30日，后续批次另行通知。</p>",
]


@pytest.mark.parametrize("body", EXTENDED)
def test_what_was_extended_or_has_no_end_is_still_open(answer, page, body):
    assert answer(expired, page(body)).status is Status.PASS


def test_an_extension_whose_day_is_not_read_leaves_a_question(answer, page):
    body = f"<p>征集时间：{OVER} 状态：征集中</p><p>征集时间顺延，截止日另行公布。</p>"
    assert answer(expired, page(body)).status is Status.MANUAL


@pytest.fixture
def table():
    """A table with these heads and one row under them."""

    def make(heads, *cells, title="关于优化公交线路的意见征集公告"):
        row = f"<td><a href='/zwgk/a.html'>{title}</a></td>" + "".join(f"<td>{cell}</td>" for cell in cells)
        return f"<table><tr>{''.join(f'<th>{head}</th>' for head in heads.split())}</tr><tr>{row}</tr></table>"

    return make


def test_an_extension_in_a_row_belongs_to_its_year(answer, table):
    row = table("标题 时间 状态", "2026-09-01至2026-09-30（延长至12月31日）", "征集中")
    assert answer(expired, row).status is Status.PASS


def test_a_notice_of_extension_elsewhere_on_the_site_bars_certainty(answer, table):
    row = table("标题 时间 状态", OVER, "征集中", title="关于《示例办法》公开征求意见的公告")
    notice = "<ul><li><a href='/n.html'>关于延长《示例办法》征求意见时间的公告</a></li></ul>"
    assert answer(expired, row, notice).status is Status.MANUAL


def test_the_page_of_a_matter_knows_better_than_the_list_when_it_ends(answer, table, page):
    row = table("标题 时间 状态", OVER, "征集中")
    assert answer(expired, row, page(f"<p>征集时间：{OPEN}</p>")).status is Status.PASS


def test_the_end_may_stand_under_its_own_head(answer, table):
    row = table("标题 开始时间 结束时间 状态", "2025-03-01", "2025-03-31", "征集中")
    assert answer(expired, row).findings[0].params["ended"].value == "2025-03-31"


@pytest.mark.parametrize(
    "row",
    [
        "<ul><li><i>正在征集</i><a href='/a.html'>关于优化公交线路的意见征集</a><p>征集时间：{}</p></li></ul>",
        "<ul><li><a href='/a.html'>公交线路满意度调查</a><p>调查时间：{}</p><em>我要参与</em><i>进行中</i></li></ul>",
        "<div><div><a href='/a.html'>关于优化公交线路的意见征集</a></div><div>{}</div><div>征集中</div></div>",
    ],
)
def test_rows_come_in_many_shapes(answer, row):
    assert answer(expired, row.format(OVER)).status is Status.FAIL


def test_the_state_may_be_a_picture(answer, table):
    row = table("标题 开始时间 结束时间 状态", "2025-03-01", "2025-03-31", "<img src='/i.gif' alt='征集中'>")
    assert answer(expired, row).status is Status.FAIL


def test_boxes_of_one_name_are_told_apart(wording):
    link = "<a href='/{0}.html'>关于优化公交线路的意见征集</a>"
    box = f"<div>{link}<div>2025-0{{0}}-01 至 2025-0{{0}}-28</div><div>征集中</div></div>\n"
    assert len(wording("".join(map(box.format, (1, 2, 3)))).offers) == 3


def test_the_state_of_one_box_is_not_that_of_the_next(wording):
    open_one = "<div><a href='/a.html'>关于优化公交线路的意见征集</a><div>征集中</div></div>"
    old_one = f"<div><a href='/b.html'>关于改造老旧小区的意见征集</a><div>{OVER}</div></div>"
    assert wording(f"<div>{open_one}{old_one}</div>").offers == ()


@pytest.mark.parametrize("title", ["开展安全生产月宣传活动", "组织营商环境满意度调查"])
def test_a_ledger_of_the_offices_own_work_offers_nothing(wording, table, title):
    row = table("任务 责任单位 起止时间 进展", "示例局", "2025-01-01至2025-06-30", "进行中", title=title)
    assert wording(row).offers == ()


def test_a_case_under_investigation_is_no_survey(wording, table):
    row = table("名称 办理期限 状态", "2025-01-01至2025-06-30", "调查中", title="示例路交通事故调查")
    assert wording(row).offers == ()


def test_a_popup_of_the_home_page_may_leave_the_year_to_its_title(answer, published):
    home = published("<a href='/zt/'>2025年度招录正在报名！报名时间：3月1日至3月7日</a>", url=HOME, depth=0)
    assert answer(expired, home).status is Status.MANUAL


@pytest.mark.parametrize(
    ("more", "status"), [("", Status.MANUAL), ("<p>有效期延长至2030年12月31日。</p>", Status.PASS)]
)
def test_a_term_of_years_ends_too_unless_it_was_extended(answer, page, more, status):
    body = f"<p>有效性：有效</p><p>本办法自2018年1月1日起施行，有效期五年。</p>{more}"
    assert answer(expired, page(body)).status is status
