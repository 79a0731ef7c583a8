"""What a page is once its scripts have run: words, links and where they stand, a picture."""

import struct
from dataclasses import replace

import pytest

from xuncha.model.reasons import Reason
from xuncha.model.rendered import Want
from xuncha.page import parse_page

pytestmark = pytest.mark.acceptance

STYLES = {
    "plain": "",
    "none": "display:none",
    "invisible": "visibility:hidden",
    "transparent": "opacity:0",
    "faint": "opacity:.5;color:rgb(1,2,3);font-size:20px",
    "beyond": "position:absolute;left:-9999px",
    "flat": "display:block;height:0;overflow:hidden",
}
LINKS = "".join(f"<div style='{style}'><a id={name} href='/{name}'>{name}</a></div>" for name, style in STYLES.items())
LAID_OUT = f"""<body style='background:rgb(9,8,7);margin:0'>{LINKS}
<div style='position:relative;height:40px'><a id=under href='/under'>under</a>
<div style='position:absolute;inset:0;background:white'>above</div></div>
<iframe src='/frame' style='position:fixed;inset:0;width:100%;height:50%;z-index:-1;border:0'></iframe>
<style>a{{color:inherit}} .far{{margin-top:9000px}}</style>
<script>document.body.insertAdjacentHTML('beforeend','<p class=far><a id=deep href=/deep>deep</a>')</script>
"""


def challenging(cookie):
    """Lets in who runs its script."""
    if "passed=1" in cookie:
        return "<p>inside"
    return "<title>one moment</title><script>document.cookie='passed=1';setTimeout(()=>location.reload(),800)</script>"


PAGES = {
    "/list": "<ul id=l></ul><script src=/list.js></script>",
    "/list.js": "fetch('/data').then(r=>r.json()).then(d=>{document.getElementById('l').innerHTML=d.map("
    "t=>'<li><a href=/n>'+t+'</a>').join('')})",
    "/data": (200, {"Content-Type": "application/json"}, '["关于开展检查的通知","关于放假的公告"]'),
    "/laid-out": LAID_OUT,
    "/frame": "<p>framed",
    "/moved": (302, {"Location": "/list#part", "Set-Cookie": "seen=1; Path=/"}, ""),
    "/challenge": challenging,
    "/shut": "<title>one moment</title>",
    "/again": "<script src=/list.js></script>",
    "/wrong": "<script>nothere()</script>",
    "/agent": "<script>document.write(navigator.userAgent,navigator.onLine,navigator.language)</script>",
    "/gone": (404, {}, "<p>没有找到"),
    "/odd": (521, {}, "<p>odd"),
}


def recognise(reply):
    """As the signatures do: a challenge says so in its title."""
    return replace(reply, challenge="one-moment") if b"one moment" in reply.body else reply


@pytest.fixture(scope="module")
def seen(visit):
    paths = [path for path in PAGES if path not in ("/list.js", "/data", "/frame")]
    return visit(PAGES, paths, Want(layout=True, picture=True), recognise=recognise)


@pytest.fixture(scope="module")
def links(seen):
    return {link.text: link for link in seen.found["/laid-out"].layout.links}


def test_a_list_that_a_script_fills_is_there(seen):
    page = seen.found["/list"]
    links = parse_page(page.reply().body, url=page.final_url).links
    assert [link.text for link in links if link.text] == ["关于开展检查的通知", "关于放假的公告"]


def test_a_page_at_rest_says_so(seen):
    assert (seen.found["/list"].settled, seen.found["/list"].status) == (True, 200)


def test_an_error_page_keeps_its_status(seen):
    assert (seen.found["/gone"].status, seen.found["/gone"].text.strip()) == (404, "没有找到")


def test_a_status_that_no_standard_knows_is_one_all_the_same(seen):
    assert (seen.found["/odd"].status, seen.found["/odd"].text.strip()) == (521, "odd")


def test_redirects_are_asked_for_hop_by_hop_with_the_cookies_they_set(seen):
    assert seen.asked["/moved"][:2] == [("GET", "/moved", ""), ("GET", "/list", "seen=1")]


def test_a_redirect_leads_to_its_own_address(seen):
    assert seen.found["/moved"].final_url == f"{seen.home}/list#part"


def test_a_challenge_that_a_browser_passes_is_waited_for(seen):
    page = seen.found["/challenge"]
    assert (page.text.strip(), page.passed) == ("inside", ("one-moment",))


def test_a_challenge_that_stays_is_a_gap(seen):
    assert (seen.found["/shut"].reason, seen.found["/shut"].detail) == (Reason.CHALLENGED, "one-moment")


def test_a_script_that_pages_share_is_fetched_once(seen):
    assert [path for _, path, _ in seen.all].count("/list.js") == 1


def test_what_scripts_complain_about_is_noted(seen):
    assert "nothere is not defined" in seen.found["/wrong"].failures[0]


def test_the_browser_says_what_it_is_and_who_sends_it(seen):
    said = seen.found["/agent"].text
    assert said.startswith("Mozilla/5.0")
    assert all(sign in said for sign in ("Chrome/", "Xuncha/", "(+Office)", "true", "zh-CN"))


@pytest.mark.parametrize(
    ("name", "shown", "clipped"),
    [
        ("plain", True, False),
        ("none", False, False),
        ("invisible", False, False),
        ("transparent", False, False),
        ("faint", True, False),
        ("beyond", True, True),
        ("flat", True, True),
    ],
)
def test_each_way_to_hide_a_link_is_seen(links, name, shown, clipped):
    assert (links[name].shown, links[name].clipped) == (shown, clipped)


def test_a_link_has_its_style(links):
    link = links["faint"]
    assert (link.opacity, link.colour, link.font_size, link.background) == (0.5, "rgb(1, 2, 3)", 20, "rgb(9, 8, 7)")


def test_a_link_under_something_is_covered(links):
    assert (links["under"].covered, links["plain"].covered) == (True, False)


def test_a_link_far_below_has_its_place(links):
    assert links["deep"].rect.top > 9_000


def test_an_overlaid_frame_is_seen_with_its_share(seen):
    frame = seen.found["/laid-out"].layout.frames[0]
    assert (frame.url, frame.covers) == (f"{seen.home}/frame", 0.5)


def test_a_picture_is_as_wide_as_a_screen_and_bounded_in_height(seen):
    picture = seen.found["/laid-out"].picture
    assert struct.unpack(">II", picture.png[16:24]) == (1366, 6000) == (picture.width, picture.height)
    assert not picture.whole


def test_chromium_runs_in_its_sandbox(seen):
    assert seen.found["/list"].sandboxed
