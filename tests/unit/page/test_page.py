import dataclasses
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from xuncha.model.locator import ElementLocator, PageLocator
from xuncha.model.reasons import Reason
from xuncha.page import Form, Frame, Meta, parse_page
from xuncha.page.prescan import MAX_CHARS

URL = "http://www.example.gov.cn/zwgk/index.html"


def test_a_page_keeps_what_the_fetch_says():
    at = datetime(2026, 11, 22, 8, tzinfo=UTC)
    one = parse_page(
        b"<p>x",
        url=URL,
        requested="http://example.gov.cn/",
        status=404,
        headers=[("Content-Type", "Text/HTML; charset=gbk"), ("X-A", "1"), ("x-a", "2")],
        depth=2,
        parent="http://www.example.gov.cn/",
        link_text="政务公开",
        seconds=0.5,
        fetched_at=at,
        tls=True,
    )
    assert (one.url, one.requested, one.status, one.depth) == (URL, "http://example.gov.cn/", 404, 2)
    assert (one.parent, one.link_text, one.seconds, one.fetched_at, one.tls) == (
        "http://www.example.gov.cn/",
        "政务公开",
        0.5,
        at,
        True,
    )
    assert (one.media_type, one.header("X-A"), one.header("etag")) == ("text/html", "1", None)


def test_size_and_hash_are_those_of_the_bytes(page):
    body = "通知".encode("gbk")
    one = page(body, content_type="text/html; charset=gbk")
    assert (one.html, one.body_bytes, one.sha256) == ("通知", 4, sha256(body).hexdigest())


def test_a_page_cannot_be_changed(page):
    with pytest.raises(dataclasses.FrozenInstanceError):
        page("").status = 1


def test_the_first_html_title_counts(page):
    assert (
        page("<svg><title>图</title></svg><title> 某市 \n 人民政府 </title><title>x</title>").title == "某市 人民政府"
    )


def test_a_page_without_title_has_an_empty_one(page):
    assert page("<p>x").title == ""


def test_the_language_is_what_html_declares(page):
    assert page("<html lang=' zh-CN '>").lang == "zh-CN"


def test_metas_keep_their_case_insensitive_names(page):
    one = page("<meta NAME=SiteName content=某市><meta property=og:Title content=x><meta http-equiv=X-UA content=y>")
    assert one.metas == (Meta("sitename", "某市", "", 1), Meta("og:title", "x", "", 1), Meta("", "y", "x-ua", 1))
    assert (one.meta("siteName"), one.meta("none")) == ("某市", None)


def test_a_form_tells_where_and_what_it_sends(page):
    one = page("<form action=/login.do method=POST><input name=u><input type=Password name=p><select name=s></select>")
    form = Form("/login.do", "http://www.example.gov.cn/login.do", "post", ("u", "p", "s"), True, False, 1)
    assert one.forms == (form,)


def test_a_form_without_action_sends_to_its_page_whatever_the_base(page):
    (form,) = page("<base href=/x/><form><input type=file></form>").forms
    assert (form.target, form.method, form.has_file) == (URL, "get", True)


def test_scripts_are_external_or_inline(page):
    one = page("<script src=a.js>no</script>\n<script type=Module>let a</script>")
    external, inline = one.scripts
    assert (external.target, external.inline) == ("http://www.example.gov.cn/zwgk/a.js", "")
    assert (inline.src, inline.inline, inline.type, inline.line) == ("", "let a", "module", 2)


def test_frames_keep_their_source(page):
    one = page("<iframe src=a.html></iframe><iframe srcdoc='<p>x'></iframe>")
    target = "http://www.example.gov.cn/zwgk/a.html"
    assert one.frames == (Frame("a.html", target, "iframe", 1), Frame("", "", "iframe", 1, "<p>x"))


def test_comments_are_kept_and_cut(page):
    one = page(f"<!--一--><p><!--{'x' * 20_000}-->")
    assert (one.comments[0], len(one.comments[1])) == ("一", 10_000)


def test_external_hosts_are_the_others(page):
    one = page("<a href=/a>x</a><img src=//cdn.example.cn/a><a href=http://www.example.cn/>x</a><a href=mailto:x>x</a>")
    assert one.external_hosts == {"cdn.example.cn", "www.example.cn"}


def test_select_gives_values_not_nodes(page):
    (element,) = page("<p class='a b' hidden>一 \n二").select("p.a")
    assert (element.tag, dict(element.attrs), element.text, element.line) == (
        "p",
        {"class": "a b", "hidden": ""},
        "一 二",
        1,
    )


def test_selected_text_keeps_blocks_apart(page):
    assert page("<div id=foot><p>京ICP备<b>1</b>号<p>某市</div>").select("#foot")[0].text == "京ICP备1号\n某市"


@pytest.mark.parametrize("tag", ["script", "style", "title", "noscript", "textarea"])
def test_the_source_of_special_elements_can_be_selected(page, tag):
    assert page(f"<{tag}>x</{tag}>").select(tag)[0].text == "x"


def test_elements_inside_each_other_are_read_within_a_budget(page):
    texts = {len(element.text) for element in page("<div>" * 100 + "字" * 5000).select("div")}
    assert texts == {5000, 200}


def test_a_faulty_selector_is_an_error(page):
    with pytest.raises(ValueError, match=r"a\["):
        page("").select("a[")


def test_selection_is_capped(page):
    assert len(page("<b>" * 1500).select("b")) == 1000


def test_places_of_findings(page):
    one = page("", depth=1)
    assert one.locator == PageLocator(URL, 1)
    assert one.at("meta[SiteName]", 7) == ElementLocator(URL, "meta[SiteName]", 7, 1)


@pytest.mark.parametrize("body", [b"<div>" * 100_000, b"<a " + b"b " * 1_000_000, b"x" * (MAX_CHARS + 1)])
def test_a_page_over_the_caps_is_unreadable_and_empty(page, body):
    one = page(body)
    assert one.problem is Reason.PAGE_UNREADABLE
    assert (one.links, one.text, one.title) == ((), "", "")


def test_bytes_that_are_no_text_are_unreadable(page):
    assert page(b"<html>" + bytes(range(256)) * 20).problem is Reason.PAGE_UNREADABLE


@pytest.mark.parametrize("body", ["\ufeff<p>政务</p>".encode("utf-16-le"), "<p>\0政务</p>".encode()])
def test_text_with_zero_bytes_in_it_is_readable(page, body):
    assert page(body).problem is None


def test_no_page_is_unreadable_for_being_empty(page):
    assert page("").problem is None


def test_markup_is_written_alike_however_the_source_was(page):
    assert page("<P CLASS=a>x<br/>").markup == page("<p class='a'>x<br></p>").markup
