"""What of a page its print keeps."""

from datetime import datetime
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as some

from xuncha.model.clock import SHANGHAI
from xuncha.model.prints import PageKind, PagePrint
from xuncha.page import parse_page
from xuncha.store.codec import dump, encode, load, masked
from xuncha.tamper import taking
from xuncha.tamper.taking import take

NOW = datetime(2026, 3, 1, tzinfo=SHANGHAI)
URL = "http://www.a.gov.example/a.html"


def print_of(html, url=URL, **more):
    return take(parse_page(html.encode("utf-8", "surrogatepass"), url=url, **more), NOW)


def test_what_is_new_in_every_answer_changes_no_hash():
    page = '<a href="/a;jsessionid={0}">a</a><script nonce="{0}"></script><input type="hidden" name="t" value="{0}">'
    assert print_of(page.format("1f")).dom == print_of(page.format("2e")).dom


def test_how_the_source_is_written_changes_no_hash():
    assert print_of("<P CLASS=a>x").dom == print_of('<p class="a">x</p>').dom


def test_any_other_change_changes_the_hash():
    assert print_of("<p>one</p>").dom != print_of("<p>two</p>").dom


def test_numbers_make_no_line_new():
    assert print_of("<p>访问量 123</p>").similarity == print_of("<p>访问量 124</p>").similarity


def test_the_home_page_is_told_by_its_level():
    assert print_of("x", depth=0).kind is PageKind.HOME
    assert print_of("x", depth=1).kind is PageKind.OTHER


def test_marks_of_the_owner_are_kept():
    text = "<p>主办：示例县教育局</p><p>京ICP备12345678号-1 网站标识码：1101000001</p>"
    assert print_of(text).marks == ("京ICP备12345678", "标识码：1101000001", "主办：示例县教育局")


def test_addresses_lose_their_queries():
    found = print_of('<script src="/a.js?v=3"></script><iframe src="/f?x=1"></iframe><form action="/s?q=1"></form>')
    assert [found.scripts[0].src, *found.frames, *found.forms] == [
        "http://www.a.gov.example/a.js",
        "http://www.a.gov.example/f",
        "http://www.a.gov.example/s",
    ]


def test_a_foreign_script_is_kept_where_there_is_no_room_for_all():
    own = "".join(f'<script src="/{at}.js"></script>' for at in range(40))
    found = print_of(own + '<script src="http://b.example/x.js"></script>')
    assert found.scripts[0].src == "http://b.example/x.js"


def test_links_out_of_the_site_are_kept_by_their_hosts():
    found = print_of('<a href="/a">a</a><a href="/b">b</a><a href="http://b.example/1">c</a>')
    assert (found.own_links, found.hosts) == (2, ("b.example",))


def test_a_title_that_the_page_repeats_is_known_for_it():
    assert print_of("<title>关于放假的通知</title><h1>关于放假的通知</h1>").echo == 1
    assert print_of("<title>关于放假的通知</title><h1>其他</h1>").echo == 0


def test_where_a_page_was_led_is_kept():
    page = parse_page(b"x", url="http://b.example/", requested=URL)
    assert take(page, NOW).landed == "http://b.example/"


def test_a_page_that_sends_on_tells_where():
    assert print_of('<meta http-equiv="refresh" content="0;url=/new/">').refresh == "http://www.a.gov.example/new/"


def test_regions_are_called_by_ids():
    page = "".join(f'<div id="part{at}"><p>{"一段文字" * 150}</p></div>' for at in range(6))
    assert [region.name for region in print_of(page).regions][-1] == "part5"


def test_personal_data_is_masked():
    found = print_of("<title>联系人 13812345678</title>")
    assert "13812345678" not in str(found)


@pytest.mark.parametrize("name", ["home.html", "article-jcms.html", "column-2008.html", "letters.html"])
def test_a_stored_print_is_read_back_as_it_was(name):
    found = print_of((files("xuncha.lab") / "templates" / name).read_text("utf-8"))
    assert load(PagePrint, masked(dump(found))) == found


@given(
    some.text(alphabet=some.characters(codec="utf-8"), max_size=300), some.sampled_from(["", "<a href=", "<script>"])
)
def test_whatever_a_page_holds_it_is_printed(text, before):
    assert load(PagePrint, masked(dump(print_of(before + text))))


def test_a_print_of_a_hostile_page_stays_small():
    many = "".join(
        f'<script src="http://h{at}.example/{"x" * 300}"></script><iframe src="http://f{at}.example/"></iframe>'
        f'<div id="i{at}" class="c{at}">{"字" * 200}</div><a href="http://a{at}.example/">x</a>'
        for at in range(800)
    )
    assert len(encode(dump(print_of(many)))) < 12_000


def test_each_algorithm_is_named():
    assert all(
        "/" in name for name in (taking.ALGORITHMS.dom, taking.ALGORITHMS.structure, taking.ALGORITHMS.similarity)
    )
