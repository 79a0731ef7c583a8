from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.browser.limits import NORMAL
from xuncha.browser.reading import read_layout, read_snapshot, script
from xuncha.model.rendered import Rendered, Traffic

LINK = {
    "url": "http://www.example.gov.cn/",
    "text": "字",
    "rect": {"left": 1.04, "top": -5, "width": 10, "height": 0},
    "shown": True,
    "opacity": 0.5,
    "clipped": False,
    "covered": None,
    "colour": "rgb(0, 0, 0)",
    "background": "image",
    "font_size": 12,
    "path": "body > a",
    "cut_by": "",
}
LAYOUT = {"width": 1366, "height": 800, "links": [LINK], "frames": [], "complete": True}
JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5)


def test_a_link_is_read_as_it_stands():
    link = read_layout(LAYOUT).links[0]
    assert (link.rect.left, link.rect.top, link.opacity, link.covered) == (1.0, -5.0, 0.5, None)


@pytest.mark.parametrize("name", LAYOUT)
def test_half_a_layout_is_none(name):
    with pytest.raises((KeyError, TypeError)):
        read_layout({key: value for key, value in LAYOUT.items() if key != name})


@given(st.dictionaries(st.sampled_from(["url", "html", "text", "cut", "failures", "dialogs"]), JSON))
def test_whatever_a_page_returns_is_a_snapshot_or_a_known_error(said):
    try:
        snapshot = read_snapshot(said)
    except (KeyError, TypeError, ValueError):
        return
    snapshot.text.encode()


def test_halves_of_surrogate_pairs_don_t_get_through():
    assert read_snapshot({"url": "x", "html": "a\ud800b"}).html == "a?b"


def test_a_page_that_is_too_large_has_no_html():
    assert read_snapshot({"url": "x", "nodes": 10**6}).html is None


@pytest.mark.parametrize("name", ["snapshot.js", "layout.js"])
def test_a_script_is_told_its_limits(name):
    said = script(name, replace(NORMAL, nodes=123, links=456))
    assert "LIMITS" not in said
    assert "123" in said


def test_a_rendered_page_reads_as_a_reply():
    page = Rendered(
        url="http://a.example/", final_url="http://a.example/b", status=200, html="<p>字", text="字", cut=True,
        headers=(("content-type", "text/html; charset=gbk"), ("server", "x")), settled=True, failures=(), dialogs=0,
        traffic=Traffic(1, 0, 1, (), (), ()), seconds=1.5, cpu=0.1, memory=1, browser="Chrome/1", agent="",
        at=datetime.now(UTC),
        sandboxed=True,
    )  # fmt: skip
    reply = page.reply()
    assert (reply.header("content-type"), reply.body.decode()) == ("text/html; charset=utf-8", "<p>字")
    assert (reply.final_url, reply.truncated, reply.marks) == ("http://a.example/b", True, ("rendered:Chrome/1",))
