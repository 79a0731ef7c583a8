"""Pages on which something hangs on it are looked at in a browser, the most harmful first, and no others."""

import asyncio

import pytest

from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason
from xuncha.model.rendered import Frame, Rect, Refused
from xuncha.testing import FakeRenderer, judge, rendering
from xuncha_plugins.darklinks.facts import LaidOut, Sheet, Sheets
from xuncha_plugins.darklinks.laying import LayoutParams, laid_out, worth_it
from xuncha_plugins.darklinks.link_checks import hidden, scripted
from xuncha_plugins.darklinks.page_checks import injected

HOME = "http://www.a.gov.example/"
SPAM = '<a href="http://www.bet1.example.com/">皇冠体育</a><a href="http://www.x99.top/a">六合彩开奖</a>'
LINKS = (("http://www.bet1.example.com/", "皇冠体育"), ("http://www.x99.top/a", "六合彩开奖"))
OPEN = "<style>body:has(h1) .k{display:none}</style>"
AWAY = {"clipped": True, "cut_by": "page"}


@pytest.fixture
def look(plants, layout):
    """Look at pages in a browser that shows ``boxes`` on each of them; gives what static reading and it came to."""

    def at(*pages, boxes=(), frames=(), refused=(), sheets=None, **options):
        seen, sheets = plants(*pages), sheets or Sheets()
        shown = layout(*boxes, frames=frames)
        planned = {page.url: rendering(page.url, page.html, layout=shown, refused=refused) for page in pages}
        browser = FakeRenderer(options.get("planned", planned))
        found = asyncio.run(laid_out(seen, sheets, LayoutParams(pages=options.get("most", 5)), browser))
        return seen, found, [url for url, _ in browser.asked]

    return at


@pytest.fixture
def spam_boxes(box):
    """The links of ``SPAM`` as a browser lays them out."""
    return lambda **found: [box(url, text, **found) for url, text in LINKS]


def told(look_result, sheets=None):
    seen, found, _ = look_result
    outcome = judge(hidden, seen, sheets or Sheets(), found)
    return str(outcome.status), [one.key for one in outcome.findings], outcome.reason and outcome.reason.code


def test_nothing_is_looked_at_where_nothing_is_strange(look, page):
    ordinary = page('<div style="display:none"><a href="http://www.shop.example.com/">顺达物流</a></div>')
    assert look(ordinary)[1:] == (LaidOut(), [])


def test_links_that_a_browser_hides_though_the_rules_leave_it_open_were_planted(look, page, spam_boxes):
    assert told(look(page(f"{OPEN}<div class=k>{SPAM}</div>"), boxes=spam_boxes(**AWAY)))[:2] == (
        "fail",
        ["unseen-offscreen"],
    )


def test_links_that_a_browser_shows_are_not_said_to_be_hidden(look, page, spam_boxes):
    open_ = page(f'<link rel=stylesheet href="http://cdn.example.com/a.css"><div class=k>{SPAM}</div>')
    assert told(look(open_, planned={}))[0] == "inconclusive"
    assert told(look(open_, boxes=spam_boxes())) == ("pass", [], None)


def test_what_the_rules_hide_for_certain_and_a_browser_shows_is_asked(look, page, spam_boxes):
    assert told(look(page(f"<div style='display:none'>{SPAM}</div>"), boxes=spam_boxes()))[:2] == ("manual", ["shown"])


@pytest.mark.parametrize("found", [{"shown": False, "size": (0, 0)}, {"covered": None}])
def test_what_the_rules_hide_stays_found_where_a_browser_agrees_or_can_t_tell(look, page, spam_boxes, found):
    hiding = page(f"<div style='display:none'>{SPAM}</div>")
    assert told(look(hiding, boxes=spam_boxes(**found)))[:2] == ("fail", ["display"])


def test_links_that_a_script_took_away_are_asked_about(look, page, box):
    assert told(look(page(SPAM), boxes=[box(f"{HOME}a", "首页")]))[:2] == ("manual", ["gone"])


def test_several_links_that_everybody_sees_are_asked_about(look, page, box):
    links = [*LINKS, ("http://www.y88.top/", "百家乐")]
    body = "".join(f'<a href="{url}">{text}</a>' for url, text in links)
    assert told(look(page(body), boxes=[box(*one) for one in links]))[:2] == ("manual", ["visible"])


def test_a_lone_name_that_a_carousel_slid_away_is_nothing(look, page, box):
    shop = ("http://www.shop.example.com/", "百家乐超市")
    body = f'<a href="{shop[0]}">{shop[1]}</a>'
    assert told(look(page(body), boxes=[box(*shop, clipped=True, cut_by="box")]))[0] == "pass"


def test_links_that_only_scripts_wrote_are_judged(look, page, spam_boxes):
    writes = "<script>document.write(\"<a href='http://www.bet1.example.com/'>皇冠体育</a>\")</script>"
    found = look(page(writes), boxes=spam_boxes(opacity=0))
    assert told(found)[:2] == ("fail", ["unseen-transparent"])
    assert [one.key for one in judge(scripted, found[0]).findings] == ["writes"]


@pytest.mark.parametrize("veil", ['<template shadowrootmode="open">{}</template>', "<iframe srcdoc='{}'></iframe>"])
def test_words_of_spam_where_only_a_browser_reads_want_one(look, page, spam_boxes, veil):
    veiled = page(veil.format(SPAM))
    without = told(look(veiled, planned={}))
    assert (without[0], without[2]) == ("inconclusive", Reason.NEEDS_BROWSER)
    assert told(look(veiled, boxes=spam_boxes(**AWAY)))[0] == "fail"


def test_ordinary_frames_and_shadow_trees_want_no_browser(look, page):
    ordinary = page("<iframe srcdoc='<a href=/a>通知</a>'></iframe><template shadowrootmode=open><a href=/b>公告</a>")
    assert look(ordinary)[2] == []


def test_without_a_browser_everything_is_as_before(look, page):
    undecided = page(f'<link rel=stylesheet href="http://cdn.example.com/a.css"><div class=k>{SPAM}</div>')
    seen, found, asked = look(undecided, planned={})
    assert judge(hidden, seen, Sheets(), found) == judge(hidden, seen, Sheets(), (LaidOut, Gap(Reason.FACT_MISSING)))
    assert (found.pages[0].problem, asked) == (Reason.NO_BROWSER, [HOME])


def test_a_browser_that_is_not_there_is_asked_once(look, page):
    two = [page(f"{OPEN}<div class=k>{SPAM}{at}</div>", url=f"{HOME}{at}") for at in ("a", "b")]
    extra = page(f"{SPAM}<a href='http://www.y88.top/'>百家乐</a>", url=f"{HOME}c")
    _, found, asked = look(*two, extra, planned={})
    assert (len(asked), [one.problem for one in found.pages]) == (1, [Reason.NO_BROWSER] * 2)


def test_what_is_open_comes_before_what_was_found(page, plants):
    found = page(f"<div style='display:none'>{SPAM}</div>", url=f"{HOME}found")
    other = SPAM.replace("bet1", "bet2")
    undecided = page(other, url=f"{HOME}open", head='<link rel="stylesheet" href="/a.css">')
    missing = Sheets((Sheet(f"{HOME}a.css", problem=Reason.TIMEOUT),))
    assert worth_it(plants(found, undecided), missing) == [f"{HOME}open", f"{HOME}found"]


def test_no_more_pages_are_looked_at_than_agreed(look, page):
    bodies = [SPAM.replace("bet1", f"bet{at}") for at in range(4)]
    _, found, asked = look(*(page(body, url=f"{HOME}{at}") for at, body in enumerate(bodies)), most=2)
    assert (len(asked), len(found.pages), found.left) == (2, 2, 2)


def judged_injected(found):
    outcome = judge(injected, found[0], found[1])
    return [(str(one.status), one.key) for one in outcome.findings]


def frame(url, size=(0, 0), covers=0.0, shown=True):
    return Frame(url, Rect(0, 0, *size), shown, covers)


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        ([frame("http://www.bet365.top/")], [("fail", "frame")]),
        ([frame("http://www.bet365.top/", (300, 200))], [("fail", "frame-spam")]),
        ([frame("http://88.99.top/", (1366, 768), 1.0)], [("manual", "frame-over-maybe")]),
        ([frame("http://count.example.com/")], []),
        ([frame("")], []),
    ],
)
def test_frames_that_scripts_wrote_are_judged_by_their_hosts(look, page, spam_boxes, frames, expected):
    assert judged_injected(look(page(SPAM), boxes=spam_boxes(), frames=frames)) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://www.bet365.com/", [("fail", "sent")]),
        ("http://www.a8.top:8443/", [("manual", "sent-maybe")]),
        ("http://www.moved.example.com/", []),
    ],
)
def test_where_a_page_leads_its_visitors_counts_by_the_host(look, page, spam_boxes, url, expected):
    away = Refused("document", "GET", url, Reason.OUT_OF_SCOPE)
    assert judged_injected(look(page(SPAM), boxes=spam_boxes(), refused=[away])) == expected


def test_a_frame_that_static_reading_told_of_is_not_told_twice(look, page, spam_boxes):
    framed = page(f'{SPAM}<iframe src="http://www.bet365.top/" width=0 height=0></iframe>')
    found = look(framed, boxes=spam_boxes(), frames=[frame("http://www.bet365.top/")])
    assert judged_injected(found) == [("fail", "frame")]
