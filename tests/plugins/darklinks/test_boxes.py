"""Whether anybody can see a link, by how a browser laid it out; and which box is which link's."""

import pytest

from xuncha_plugins.darklinks.boxes import laid, look
from xuncha_plugins.darklinks.facts import Planted


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({}, "shown"),
        ({"shown": False, "size": (0, 0)}, "display"),
        ({"shown": False}, "transparent"),
        ({"opacity": 0.01}, "transparent"),
        ({"opacity": 0.3}, "shown"),
        ({"font_size": 1.5}, "tiny"),
        ({"font_size": 0, "text": ""}, "shown"),
        ({"clipped": True, "cut_by": "box"}, "boxed"),
        ({"clipped": True, "cut_by": "clip"}, "clipped"),
        ({"clipped": True, "cut_by": "page"}, "offscreen"),
        ({"size": (80, 0.4)}, "boxed"),
        ({"covered": True}, "covered"),
        ({"colour": "rgb(254, 255, 255)"}, "colour"),
        ({"colour": "rgba(0, 0, 0, 0)"}, "colour"),
        ({"colour": "rgb(200, 200, 200)"}, "shown"),
    ],
)
def test_a_link_is_hidden_by_what_hides_it(box, found, expected):
    assert look(box(**found)) == expected


@pytest.mark.parametrize(
    "found",
    [
        {"covered": None},
        {"cut_by": "unknown"},
        {"background": "image", "colour": "rgb(255, 255, 255)"},
        {"colour": "color(srgb 1 1 1)"},
        {"covered": None, "colour": "rgb(255, 255, 255)"},
    ],
)
def test_what_the_browser_could_not_tell_stays_open(box, found):
    assert look(box(**found)) == ""


def planted(target="hxxp://www[.]bet1[.]example[.]com/", text="皇冠体育", line=3):
    return Planted("www[.]bet1[.]example[.]com", target, text, line)


def looks(links, layout, **options):
    return [one.look for one in laid(links, layout, whole=options.get("whole", True))]


def test_links_to_one_address_are_told_apart_by_their_words(box, layout):
    boxes = layout(box(text="首页", shown=False, size=(0, 0)), box(text="皇冠\n体育"))
    assert looks([planted(text="皇冠 体育")], boxes) == ["shown"]


def test_links_that_are_alike_go_by_their_order(box, layout):
    boxes = layout(box(), box(shown=False, size=(0, 0)))
    assert looks([planted(line=1), planted(line=2)], boxes) == ["shown", "display"]


def test_of_more_boxes_than_links_nobody_knows_which_is_meant(box, layout):
    assert looks([planted()], layout(box(), box(opacity=0))) == [""]
    assert looks([planted()], layout(box(opacity=0), box(opacity=0))) == ["transparent"]


def test_a_link_that_left_the_page_is_gone_only_where_all_of_it_was_read(layout, box):
    others = box(url="http://www.b.example/")
    assert looks([planted()], layout(others)) == ["gone"]
    assert looks([planted()], layout(others), whole=False) == [""]
    assert looks([planted()], layout(others, complete=False)) == [""]


def test_an_address_is_compared_without_its_fragment(box, layout):
    assert looks([planted()], layout(box(url="http://www.bet1.example.com/#top"))) == ["shown"]
