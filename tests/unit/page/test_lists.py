"""Lists as the content systems of government sites write them."""

from datetime import date, datetime

import pytest

from xuncha.model.clock import SHANGHAI

TITLES = (
    "关于印发区级储备粮管理办法的通知",
    "关于2021年10月1日至7日放假安排的通知",
    "我区召开优化营商环境工作会议",
    "区政府第三十次常务会议召开",
)
DAYS = (date(2021, 10, 9), date(2021, 10, 8), date(2021, 9, 28), date(2021, 9, 7))
HOST = "http://www.example.gov.cn"


def rows(form, titles=TITLES, days=DAYS):
    return "".join(form.format(n=n, t=title, d=day) for n, (title, day) in enumerate(zip(titles, days, strict=True)))


def dates(listing):
    return tuple(row.date for row in listing.rows)


@pytest.fixture
def only_list(page):
    def found(markup, url=f"{HOST}/zwgk/tzgg/index.html"):
        (listing,) = page(markup, url=url).lists
        return listing

    return found


ONE_ROW_EACH = {
    "li and span": '<ul>{}</ul>|<li><a href="./t{n}.html">{t}</a><span>{d}</span></li>',
    "date first": '<ul>{}</ul>|<li><span>{d:%Y/%m/%d}</span><a href="./t{n}.html">{t}</a></li>',
    "table of 2008": "<table>{}</table>|<tr><td>·<a href=show.asp?id={n}>{t}</a></td><td>[{d}]</td></tr>",
    "table with a dot": "<table>{}</table>|<tr><td><img src=dot.gif></td><td><a href=show.asp?id={n}>{t}</a></td>"
    "<td align=right><font color=#999>({d.year}/{d.month}/{d.day})</font></td></tr>",
    "one table a row": "<td>{}</td>|<table><tr><td><a href=show.asp?id={n}>{t}</a></td><td>{d}</td></tr></table>",
    "lines of one cell": "<table><tr><td>{}</td></tr></table>|·<a href=show.asp?id={n}>{t}</a> ({d})<br>",
    "lines, date first": "<table><tr><td>{}</td></tr></table>|[{d}] <a href=show.asp?id={n}>{t}</a><br>",
    "paragraphs": "<div>{}</div>|<p>· <a href={n}.html>{t}</a> <font>{d.year}年{d.month}月{d.day}日</font></p>",
    "dt and dd": "<dl>{}</dl>|<dt><a href={n}.html>{t}</a></dt><dd>{d}</dd>",
    "date inside the link": '<ul>{}</ul>|<li><a href="{n}.html"><h4>{t}</h4><i>{d:%Y.%m.%d}</i></a></li>',
    "date ends the link": "<ul>{}</ul>|<li><a href={n}.html>{t} {d}</a></li>",
    "date begins the link": "<ul>{}</ul>|<li><a href={n}.html>[{d}] {t}</a></li>",
    "column before the title": "<ul>{}</ul>|<li><a href=/tz/>[通知]</a><a href={n}.html>{t}</a><span>{d}</span></li>",
    "large day over month": '<div>{}</div>|<div class="item"><div><span class="day">{d:%d}</span>'
    '<span>{d:%Y-%m}</span></div><a href="{n}.html">{t}</a></div>',
    "month and day over year": "<ul>{}</ul>|<li><b>{d:%m-%d}</b><em>{d.year}</em><a href={n}.html>{t}</a></li>",
    "pictures": "<div>{}</div>|<dl><dt><a href={n}.html><img src=p.jpg></a></dt><dd>"
    "<h4><a href={n}.html>{t}</a></h4><p>2020年5月3日，区委召开会议，部署工作。<a href={n}.html>[详细]</a></p>"
    "<span>发布时间：{d}</span></dd></dl>",
    "two labelled dates": "<ul>{}</ul>|<li><a href={n}.html>{t}</a><p>成文日期：2021-01-02</p>"
    "<p>发布日期：{d}</p></li>",
    "date shown on pointing": '<ul>{}</ul>|<li><a href={n}.html title="{t}&#10;发布时间：{d}">{t}</a></li>',
    "with a byline": "<ul>{}</ul>|<li><a href={n}.html>{t}</a><p>来源：区政府办公室 {d} 浏览次数：12</p></li>",
}  # fmt: skip


@pytest.mark.parametrize("form", ONE_ROW_EACH.values(), ids=ONE_ROW_EACH)
def test_every_row_has_its_own_date(only_list, form):
    box, row = form.split("|")
    listing = only_list(box.format(rows(row)))
    assert dates(listing) == DAYS
    assert tuple(row.text for row in listing.rows) == TITLES


def test_two_columns_of_a_table_row_are_two_rows(only_list):
    cell = "<td><a href=a{n}.html>{t}</a></td><td>{d}</td>"
    listing = only_list(
        "<table>" + rows(f"<tr>{cell}<td><a href=b{{n}}.html>{{t}}</a></td><td>2019-01-02</td></tr>") + "</table>"
    )
    assert dates(listing) == tuple(day for own in DAYS for day in (own, date(2019, 1, 2)))


def test_the_head_of_a_table_tells_which_date_counts(only_list):
    head = "<tr><th>标题</th><th>成文日期</th><th>发布日期</th></tr>"
    row = "<tr><td><a href={n}.html>{t}</a></td><td>2021-01-02</td><td>{d}</td></tr>"
    assert dates(only_list(f"<table>{head}{rows(row)}</table>")) == DAYS


def test_a_deadline_is_no_date_of_the_row(only_list):
    row = "<li><a href={n}.html>{t}</a><span>报名截止时间：{d}</span></li>"
    listing = only_list(f"<ul>{rows(row)}</ul>")
    assert set(dates(listing)) == {None}


def test_an_interview_is_dated_by_the_day_it_took_place(only_list):
    row = "<li><a href={n}.html>{t}</a><span>访谈时间：{d}</span></li>"
    assert dates(only_list(f"<ul>{rows(row)}</ul>")) == DAYS


def test_a_date_in_the_title_is_not_the_date_of_the_row(only_list):
    row = "<li><a href={n}.html>关于{d.year}年{d.month}月{d.day}日停电检修的通知</a></li>"
    assert set(dates(only_list(f"<ul>{rows(row)}</ul>"))) == {None}


@pytest.mark.parametrize(
    "url",
    ["/zwgk/{d:%Y%m}/t{d:%Y%m%d}_{n}.html", "/art/{d.year}/{d.month}/{d.day}/art_1_{n}.html", "/{d:%Y%m}/c{n}.htm"]
)  # fmt: skip
def test_the_url_of_the_article_proves_the_year(only_list, url):
    listing = only_list("<ul>" + rows(f"<li><a href={url}>{{t}}</a><span>[{{d:%m-%d}}]</span></li>") + "</ul>")
    assert dates(listing) == DAYS


def test_neighbours_prove_the_year_where_only_one_fits(only_list):
    shown = ("2022-01-05", "01-02", "12-30", "2021-12-28")
    items = "".join(f"<li><a href={n}.html>{t}</a><i>{shown[n]}</i></li>" for n, t in enumerate(TITLES))
    assert dates(only_list(f"<ul>{items}</ul>"))[1:3] == (date(2022, 1, 2), date(2021, 12, 30))


def test_without_proof_of_its_year_a_day_is_shown_as_written(only_list):
    listing = only_list("<ul>" + rows("<li><a href={n}.html>{t}</a><span>{d:%m-%d}</span></li>") + "</ul>")
    assert {(row.date, row.raw_date) for row in listing.rows} == {(None, f"{day:%m-%d}") for day in DAYS}


def test_a_day_far_from_the_month_of_its_url_keeps_its_secret(only_list):
    listing = only_list("<ul>" + rows("<li><a href=/202103/{n}.html>{t}</a><span>{d:%m-%d}</span></li>") + "</ul>")
    assert set(dates(listing)) == {None}


@pytest.mark.parametrize(
    "mark", ["<b>[置顶]</b>", "<i>置顶</i>", '<img src="/images/zd.gif">', '<img alt="置顶" src="1.png">']
)
def test_rows_kept_on_top_are_pinned(only_list, mark):
    first = f"<li>{mark}<a href=top.html>关于网站改版的公告</a><span>2019-01-01</span></li>"
    listing = only_list(f"<ul>{first}{rows('<li><a href={n}.html>{t}</a><span>{d}</span></li>')}</ul>")
    assert [row.pinned for row in listing.rows] == [True, False, False, False, False]


def test_a_home_page_box_tells_heading_and_more(page):
    box = '<div><h3>{0}</h3><a href="/{1}/">更多>></a><ul>{2}</ul></div>'
    items = "<li><a href=/{{}}/{n}.html>{t}</a><span>{d}</span></li>"
    boxes = [(name, key, rows(items).replace("{}", key)) for name, key in (("政务要闻", "yw"), ("通知公告", "tz"))]
    found = page("".join(box.format(*each) for each in boxes), url=f"{HOST}/").lists
    assert [(listing.heading, listing.more) for listing in found] == [
        ("政务要闻", f"{HOST}/yw/"),
        ("通知公告", f"{HOST}/tz/"),
    ]


@pytest.mark.parametrize("pager", ["共12页 <a href=2.html>下一页</a>", "页次：1/12页", "第1/12页", "1 / 12 页"])
def test_the_pager_below_tells_how_many_pages(only_list, pager):
    row = "<li><a href={n}.html>{t}</a><span>{d}</span></li>"
    assert only_list(f"<ul>{rows(row)}</ul><div>{pager}</div>").pages == 12


def test_titles_cut_short_are_completed_from_the_tip(only_list):
    row = '<li><a href={n}.html title="{t}">关于…</a><span>{d}</span></li>'
    assert only_list(f"<ul>{rows(row, TITLES[:2], DAYS[:2])}</ul>").rows[0].text == TITLES[0]


def test_a_list_may_go_on_in_the_next_box(only_list):
    row = "<li><a href={n}.html>{t}</a><span>{d}</span></li>"
    boxes = [f"<ul>{rows(row, TITLES[at : at + 2], DAYS[at : at + 2]).replace('=', f'={at}')}</ul>" for at in (0, 2)]
    assert dates(only_list(f"<div>{''.join(boxes)}</div>")) == DAYS


@pytest.mark.parametrize("form", ["{d}", "{d:%m-%d}"])
def test_panels_of_a_tab_are_lists_of_their_own(page, form):
    row = f"<li><a href={{}}{{n}}.html>{{t}}</a><span>{form}</span></li>"
    panels = "".join(f"<ul>{rows(row.replace('{}', key))}</ul>" for key in "abc")
    tabs = "<ul><li>要闻</li><li>公告</li><li>政策</li></ul>"
    found = page(f"<div>{tabs}</div><div>{panels}</div>").lists
    assert [(listing.heading, len(listing.rows)) for listing in found] == [("要闻", 4), ("公告", 4), ("政策", 4)]


def test_a_title_beside_a_link_to_its_details_is_the_row_s(only_list):
    row = "<tr><td>{t}</td><td>{d}</td><td><a href={n}.html>查看</a></td></tr>"
    assert tuple(row.text for row in only_list(f"<table>{rows(row)}</table>").rows) == TITLES


def test_an_article_shown_twice_is_one_row(only_list):
    row = "<li><a href={n}.html><img src=x></a></li><li><a href={n}.html>{t}</a><span>{d}</span></li>"
    assert len(only_list(f"<ul>{rows(row)}</ul>").rows) == 4


def test_long_titles_without_dates_are_an_undated_list(only_list):
    listing = only_list(f"<ul class=list>{rows('<li><a href={n}.html>{t}</a></li>')}</ul>")
    assert (listing.name, {row.raw_date for row in listing.rows}) == ("ul.list", {""})


@pytest.mark.parametrize(
    "markup",
    ["<ul>" + "".join(f"<li><a href=/{n}/>政务公开</a></li>" for n in range(6)) + "</ul>",
     "<footer><ul>" + "".join(f"<li><a href=/{n}/>区政府办公室网站{n}</a></li>" for n in range(6)) + "</ul></footer>",
     "<p>友情链接</p>" + "".join(f"<a href=http://www.b{n}.gov.cn/>某某区人民政府门户网站</a> " for n in range(6)),
     "<ul>" + "".join(f"<li><a href=/f{n}.doc>附件{n}：企业申报材料汇总表</a></li>" for n in range(6)) + "</ul>",
     "<table><tr><td><a href=http://beian.miit.gov.cn>鲁ICP备05000001号</a> 更新日期：2021-10-09</td></tr></table>"],
    ids=["menu", "footer", "friends", "attachments", "filing number"],
)  # fmt: skip
def test_furniture_is_no_list(page, markup):
    assert page(f"<meta charset=utf-8>首页{markup}").lists == ()


@pytest.mark.parametrize(
    "form", ["<ul><li>{}</li></ul>", "<div><p>{}</p></div>", "<table><tr><td>{}</td></tr></table>"]
)
def test_the_only_article_of_a_column_is_a_list_of_one(only_list, form):
    listing = only_list(form.format("<a href=1.html>2021年政府信息公开年度报告</a> <span>2022-01-20</span>"))
    assert dates(listing) == (date(2022, 1, 20),)


@pytest.mark.parametrize(
    "line", ["上一篇：<a href=1.html>关于放假的通知</a> 2022-01-20", "<a href=1.pdf>附件：申报书</a> 2022-01-20"]
)
def test_what_stands_below_an_article_is_no_list_of_one(page, line):
    assert page(f"<p>{line}</p>").lists == ()


@pytest.mark.parametrize("around", ['<script type="text/xml">{}</script>', "<?xml version='1.0'?>{}"])
def test_the_records_that_jcms_sends_as_data_are_a_list(only_list, around):
    record = "<record><![CDATA[<li><a href='/art/2021/10/9/art_1_{n}.html'>{t}</a><span>{d}</span></li>]]></record>"
    data = f"<datastore><totalpage>7</totalpage><recordset>{rows(record)}</recordset></datastore>"
    listing = only_list(around.format(data))
    assert (listing.name, listing.pages, dates(listing)) == ("jpage", 7, DAYS)


def test_records_that_are_table_rows_are_read_as_a_table(only_list):
    record = "<record><![CDATA[<tr><td><a href={n}.html>{t}</a></td><td>{d}</td></tr>]]></record>"
    assert dates(only_list(f"<script><datastore><recordset>{rows(record)}</recordset></datastore></script>")) == DAYS


def test_lists_in_gbk_read_alike(page):
    body = f"<ul>{rows('<li><a href={n}.html>{t}</a><span>{d}</span></li>')}</ul>".encode("gbk")
    (listing,) = page(body, content_type="text/html; charset=gb2312").lists
    assert dates(listing) == DAYS


def test_fetched_at_gives_no_year_away(page):
    markup = "<ul>" + rows("<li><a href={n}.html>{t}</a><span>{d:%m-%d}</span></li>") + "</ul>"
    seen = page(markup, fetched_at=datetime(2021, 10, 10, tzinfo=SHANGHAI))
    assert {row.date for row in seen.lists[0].rows} == {None}


@pytest.mark.parametrize(
    "period", ["2024-03-01至2025-12-30", "2026-12-30 至 1-3", "2024年3月1日—5日", "2024/3/1~2025/6/30"]
)
def test_one_end_of_a_period_is_no_rows_date(only_list, period):
    lines = "".join(f"<li><a href={n}.html>{title}</a><span>{period}</span></li>" for n, title in enumerate(TITLES))
    assert {row.raw_date for row in only_list(f"<ul>{lines}</ul>").rows} == {""}


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("工期", None),
        ("计划竣工时间", None),
        ("起止时间", None),
        ("发布时间", DAYS[0]),
        ("日期", DAYS[0]),
        ("", DAYS[0]),
    ],
)
def test_the_head_of_a_table_tells_works_from_publication(only_list, head, day):
    form = "<tr><td><a href={n}.html>{t}</a></td><td>{d}</td></tr>"
    found = only_list(f"<table><tr><td>项目名称</td><td>{head}</td></tr>{rows(form)}</table>")
    assert found.rows[0].date == day


def test_a_list_is_not_called_by_the_last_entry_of_the_menu_above_it(only_list):
    entries = "".join(
        f"<li><a href=/{n}/>{name}</a></li>" for n, name in enumerate(("首页", "概况", "服务", "新闻动态"))
    )
    found = rows("<li><a href={n}.html>{t}</a><span>{d}</span></li>")
    assert only_list(f"<div><ul>{entries}</ul></div><ul>{found}</ul>").heading == ""
    assert only_list(f"<div><ul>{entries}</ul></div><h3>法律条文</h3><ul>{found}</ul>").heading == "法律条文"


OLD = "http://a.gov.cn/"
OLD_ROW = "<tr><td><a href=show.asp?id={0}>示例县粮食局第{0}次粮食安全检查工作会议召开</a></td><td>({1})</td></tr>"


def old_list(page, days, path="list.asp?id=1"):
    body = "".join(OLD_ROW.format(at, day) for at, day in enumerate(days))
    return page(f"<title>工作动态</title><a href=/>首页</a><table>{body}</table>", url=OLD + path)


@pytest.mark.parametrize(
    "path", ["list.asp?id=1", "newslist.asp?id=3", "more.asp?id=2", "class.asp?id=5", "x.asp?id=1"]
)
@pytest.mark.parametrize("days", [["26-11-20", "26-11-15", "26-11-10", "26-11-5", "26-10-31"], ["11月18日"] * 6])
def test_an_old_list_is_no_article_whatever_its_url(page, path, days):
    assert not old_list(page, days, path).is_article


@pytest.mark.parametrize(
    ("days", "first"),
    [
        (("26-11-20", "26-11-15", "26-10-31"), date(2026, 11, 20)),
        (("98-11-20", "98-11-15", "97-10-31"), date(1998, 11, 20)),
        (("20-11-26", "15-11-26", "31-10-26"), None),
        (("12-11-10", "12-11-10", "12-11-10"), None),
        (("26-13-20", "26-12-20", "26-11-20"), None),
    ],
)
def test_a_year_of_two_digits_is_read_where_only_so_the_list_is_in_order(page, days, first):
    assert old_list(page, days).lists[0].rows[0].date == first


@pytest.mark.parametrize("told", ["刚刚", "[昨天 15:30]", "今天 9:05", "3 小时前", "2天前"])
def test_a_day_that_is_told_from_today_is_kept_as_it_is_written(only_list, told):
    found = only_list("<ul>" + rows(f"<li><a href={{n}}.html>{{t}}</a><span>{told}</span></li>") + "</ul>")
    assert {(row.date, row.raw_date) for row in found.rows} == {(None, told.strip("[]"))}


def test_the_words_of_a_clock_or_a_title_are_no_such_day(only_list):
    row = "<li><a href={n}.html>{t}，今天 9:05 召开</a></li>"
    found = only_list(f"<p>今天是2021年10月9日 星期六</p><ul>{rows(row)}</ul>")
    assert {row.raw_date for row in found.rows} == {""}


def test_a_headline_does_not_take_the_date_of_the_list_below_it(page):
    below = rows("<li><a href={n}.html>{t}</a><span>{d}</span></li>")
    found = page(f"<div><h2><a href=/top.html>示例区召开全区经济工作会议</a></h2><ul>{below}</ul></div>").lists
    assert [row.target for listing in found for row in listing.rows if row.target.endswith("top.html")] == []
