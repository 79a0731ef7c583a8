"""What is read from a page, wherever it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.page import parse_page
from xuncha_plugins.icp.elements import Element
from xuncha_plugins.icp.identity import identity
from xuncha_plugins.icp.places import Place


def test_a_whole_footer(home):
    seen = identity(home())
    assert seen.filings[0].links[0].place is Place.RIGHT
    assert seen.police[0].links[0].carries == seen.police[0].number.key == "37020202000012"
    assert (seen.codes[0].number.key, seen.meta_code.key) == ("3702020012", "3702020012")
    assert (seen.marks[0].carries, seen.reports[0].carries) == ("A1" * 16, "3702020012")


def test_comments_are_no_part_of_the_page(page, home):
    commented = identity(page(f"<!-- {home().html.partition('<footer>')[2].partition('</footer>')[0]} -->", head=""))
    assert not any((commented.filings, commented.police, commented.codes, commented.marks, commented.reports))


def test_the_official_code_of_the_mark_counts_as_mark(home):
    script = (
        "<script>document.write(unescape(\"%3Cspan id='_ideConac' %3E%3C/span%3E%3Cscript "
        "src='http://dcs.conac.cn/js/14/000/0000/40445163/CA140000000404451630001.js' %3E%3C/script%3E\"));</script>"
    )
    (mark,) = identity(home(mark=script)).marks
    assert mark.loader


def test_a_picture_without_a_link_is_known_as_such(home):
    (mark,) = identity(home(mark='<img src="/images/conac_red.png">')).marks
    assert mark.picture


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        ('<script sitecode="3702020012" src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js"></script>', "3702020012"),
        ("""<span id="_span_jiucuo"><img src="/jiucuo.png" onclick="Link('3702020012')"></span>""", "3702020012"),
        ('<map><area href="https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=3702020012"></map>', "3702020012"),
    ],
)  # fmt: skip
def test_every_form_of_the_report_entry(home, markup, code):
    (entry,) = identity(home(report=markup)).reports
    assert (entry.carries, entry.place) == (code, Place.RIGHT)


@pytest.mark.parametrize(
    ("markup", "element"),
    [
        ("<script>document.write('鲁ICP备12345678号')</script>", Element.FILING),
        ("<script>foot = '鲁公网安备 37020202000012号'</script>", Element.POLICE),
        ('<iframe srcdoc="网站标识码：3702020012"></iframe>', Element.CODE),
    ],
)
def test_what_a_script_mentions_may_be_shown_by_it(page, markup, element):
    assert element in identity(page(markup)).scripted


def test_a_script_named_like_a_footer_builds_one(page):
    assert identity(page('<p>x</p><script src="/js/foot.js"></script>')).script_built


def test_inner_pages_are_read_at_their_end_only(page):
    article = "依法办理京ICP备11111111号备案。" + "<p>正文</p>" * 2000 + "鲁ICP备12345678号"
    seen = identity(page(article, url="http://www.a.gov.cn/a.html", depth=1))
    assert [shown.number.digits for shown in seen.filings] == ["12345678"]


@pytest.mark.parametrize(
    ("url", "link", "up"),
    [
        ("http://street.a.gov.cn/", "http://www.a.gov.cn/", True),
        ("http://www.a.gov.cn/street/", "/", True),
        ("http://www.a.gov.cn/", "/", False),
        ("http://www.a.gov.cn/", "http://www.b.gov.cn/", False),
    ],
)
def test_a_link_upwards(page, url, link, up):
    assert identity(page(f'<a href="{link}">主站</a>', url=url)).leads_up is up


@given(st.text(alphabet="<>/=\"' aiconachrefjiucuo备ICP鲁公网安号123456#?&:.", max_size=400))
def test_any_markup_is_read(markup):
    identity(parse_page(markup.encode(), url="http://www.a.gov.cn/"))
