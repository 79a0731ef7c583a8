"""What is pinned (置顶) does not make a dead column look alive, wherever else it is shown, opened or linked."""

import pytest

TITLE = "示例区召开第0次重点工作推进会议研究部署有关事项"
AGES = (2, 40, 60)
NEWS = "/xwdt/gzdt"
PATHS = tuple(f"{NEWS}/content_{1000 + number}.html" for number in range(3))


@pytest.fixture
def site(gathered, department, html, article, ago):
    """A department whose news column shows ``column``, and whose home page shows ``home``; its articles can be read."""

    def run(column, home, *, paths=PATHS):
        articles = {path: article(TITLE, ago(age)) for path, age in zip(paths, AGES, strict=True)}
        old = {path: html(_row(f"{path}1.html", ago(60)), trail=((name, ""),)) for path, name in OTHERS.items()}
        pages = {"home": html(home), f"{NEWS}/": html(column, trail=(("工作动态", ""),)), **articles, **old}
        return gathered(department(pages))

    return run


OTHERS = {"/xwdt/tzgg/": "通知公告", "/zwgk/zcwj/": "政策文件", "/zwgk/rsxx/": "人事信息"}


def _row(path, day):
    return f'<ul class="list"><li><a href="{path}">{TITLE}</a><span>{day}</span></li></ul>' * 3


def asked(found):
    return found.said("freshness.home-updated"), found.said("freshness.news-columns")


ONLY_PINNED = (("manual", ["only-pinned"]), ("manual", ["only-pinned"]))


def test_the_page_of_a_pinned_article_is_no_news(site, rows):
    assert asked(site(rows(*AGES, pinned=0), rows(*AGES, pinned=0))) == ONLY_PINNED


def test_the_home_page_need_not_repeat_the_mark(site, rows):
    block = f'<h2><a href="{NEWS}/">工作动态</a></h2>{rows(*AGES)}'
    assert asked(site(rows(*AGES, pinned=0), block)) == ONLY_PINNED


def test_a_pinned_article_may_be_a_picture_on_the_home_page(site, rows):
    picture = f'<a href="{NEWS}/content_1000.html"><img src="/a.jpg"></a>'
    assert asked(site(rows(*AGES, pinned=0), picture + rows(*AGES[1:], folder="/zwgk/rsxx"))) == ONLY_PINNED


def test_a_list_without_dates_is_known_by_the_articles(site, rows):
    undated = rows(None, None, None, pinned=0)
    assert asked(site(undated, undated)) == ONLY_PINNED


def test_a_list_without_dates_is_known_by_addresses(site, rows, ago):
    undated = rows(*AGES, pinned=0, dated_urls=True)
    paths = tuple(f"{NEWS}/t{ago(age):%Y%m%d}_{1000 + number}.html" for number, age in enumerate(AGES))
    assert asked(site(undated, undated, paths=paths)) == ONLY_PINNED


SHAPES = {
    "jcms": '<li><span>{day}</span><a href="{path}"><font color="red">[置顶]</font>{title}</a></li>',
    "TRS": '<li><i class="icon-zd"></i><a href="{path}" title="{title}">{title}</a><span>{day}</span></li>',
    "UCAP": '<li><a href="{path}">{title}</a><b>{day}</b><img src="/images/zhiding.png" alt="置顶"></li>',
    "2008": '<tr><td><img src="/ding.gif"></td><td><a href="{path}">{title}</a></td><td>[{day}]</td></tr>',
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_systems_mark_it_in_their_own_ways(site, ago, shape):
    marks = ('<font color="red">[置顶]</font>', '<i class="icon-zd"></i>', 'alt="置顶"', '<img src="/ding.gif">')
    items = ""
    for number, age in enumerate(AGES):
        row = shape.format(path=f"{NEWS}/content_{1000 + number}.html", title=f"{TITLE}{number}", day=ago(age))
        for mark in marks if number else ():
            row = row.replace(mark, "").replace("zhiding", "photo")
        items += row
    listed = f"<table>{items}</table>" if "<tr>" in shape else f"<ul>{items}</ul>"
    assert asked(site(listed, listed)) == ONLY_PINNED


def test_what_stands_in_its_usual_place_too_is_news(site, rows):
    both = rows(*AGES, pinned=0) + "<p>按时间排列</p>" + rows(*AGES)
    assert asked(site(both, both)) == (("pass", []), ("pass", []))


def test_something_new_below_what_is_pinned_is_enough(site, rows):
    fresh = rows(300, 5, 60, pinned=0)
    assert asked(site(fresh, fresh)) == (("pass", []), ("pass", []))


def test_a_column_that_pins_all_it_has_is_overdue_when_that_is_old(gathered, department, html, rows):
    listed = "".join(rows(age, pinned=0, folder=f"{NEWS}/{age}") for age in (40, 60, 80))
    found = gathered(department({f"{NEWS}/": html(listed, trail=(("工作动态", ""),)), "home": html("")}))
    assert found.said("freshness.news-columns") == ("fail", ["overdue"])


def test_undated_rows_below_a_pinned_one_keep_a_column_from_being_accused(gathered, department, html, rows):
    listed = rows(40, None, None, None, None, pinned=0)
    found = gathered(department({f"{NEWS}/": html(listed, trail=(("工作动态", ""),)), "home": html("")}))
    assert found.said("freshness.news-columns")[0] != "fail"


def test_what_is_pinned_is_not_asked_for_to_date_a_list(gathered, department, html, rows):
    listed = rows(None, None, None, pinned=0)
    found = gathered(department({f"{NEWS}/": html(listed, trail=(("工作动态", ""),)), "home": html("")}))
    assert not [url for url in found.asked if url.endswith("content_1000.html")]
