"""An element is found by its attribute's text, with all that it lies in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.page import parse_page
from xuncha.page.lineage import MAX_ALL_BEFORE, MAX_BEFORE, MAX_BOXES, MAX_FOUND


def made(markup):
    return parse_page(f"<!DOCTYPE html><body class='b'>{markup}".encode(), url="http://a.example/")


def test_boxes_run_from_the_element_outwards():
    (found,) = made('<div id="k" hidden><p><a href="x">y</a></p></div><a href="z">w</a>').lineages({"x"})
    assert [box.tag for box in found.boxes] == ["a", "p", "div", "body", "html"]
    assert found.boxes[2].attrs == {"id": "k", "hidden": ""}
    assert (found.raw, found.text) == ("x", "y")


def test_another_attribute_may_be_asked_for():
    (found,) = made('<iframe src="x"></iframe><img src="y">').lineages({"x"}, "src")
    assert found.boxes[0].tag == "iframe"


def test_elements_come_in_the_order_of_the_document():
    assert [one.text for one in made('<a href="x">1</a><b><a href="x">2</a></b>').lineages({"x"})] == ["1", "2"]


def test_no_page_makes_it_large():
    found = made("<div>" * 300 + '<a href="x">y</a>' * 2_000).lineages({"x"})
    assert len(found) == MAX_FOUND
    assert sum(len(one.boxes) for one in found) <= MAX_BOXES + MAX_FOUND


@given(st.text(max_size=200))
def test_any_markup_is_read(markup):
    assert isinstance(made(markup).lineages({"x"}), tuple)


def test_elements_before_it_come_nearest_first():
    (found,) = made('<p>1</p>t<!--c--><b class="k">2</b>t<i>3</i><u><a href="x">y</a></u><s>4</s>').lineages({"x"})
    assert [(box.tag, [one.tag for one in box.before]) for box in found.boxes[:2]] == [
        ("a", []),
        ("u", ["i", "b", "p"]),
    ]
    assert found.boxes[1].before[1].attrs == {"class": "k"}


def test_what_stands_before_is_bounded_and_said_to_be():
    (found,) = made("<p></p>" * (MAX_BEFORE + 1) + '<a href="x">y</a>').lineages({"x"})
    assert (len(found.boxes[0].before), found.boxes[0].more_before) == (MAX_BEFORE, True)
    many = made(("<div>" + "<p></p>" * 9) * 30 + '<a href="x">y</a>' * 900).lineages({"x"})
    assert sum(len(box.before) for one in many for box in one.boxes) <= MAX_ALL_BEFORE


def test_texts_before_it_are_not_walked_through():
    assert made("t<!---->" * 1_000 + '<a href="x">y</a>').lineages({"x"})[0].boxes[0].more_before


@pytest.mark.parametrize("inner", ['<a href="x">y</a>', '<area href="x" alt="y">', "<script>y</script>"])
def test_what_lies_deeper_than_any_parser_keeps_is_told(inner):
    assert made(f"{'<div>' * 600}{inner}").flattened


@pytest.mark.parametrize("before", ["<div>" * 500, "<div></div>" * 600])
def test_what_lies_as_deep_as_that_is_as_it_is_written(before):
    page = made(f'{before}<a href="x"></a><script></script><area href="x">')
    assert not page.flattened


def test_the_elements_with_words_within_it_are_told_outer_ones_first():
    page = parse_page(b"<p><a href=/x>a<b class=k>b<i>c</i></b><u></u></a>", url="http://a.gov.example/")
    (link,) = page.lineages({"/x"})
    assert [(one.text, [box.tag for box in one.boxes]) for one in link.inner] == [("bc", ["b"]), ("c", ["i", "b"])]
    assert link.inner[0].boxes[0].attrs == {"class": "k"}
