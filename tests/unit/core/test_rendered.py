"""When a rendering shows everything that its scripts were to fetch."""

from dataclasses import replace

import pytest

from xuncha.model.reasons import Reason
from xuncha.model.rendered import Refused
from xuncha.testing.rendering import rendering

URL = "http://www.example.gov.cn/"


def refused(kind, reason=Reason.TIMEOUT):
    return (Refused(kind, "GET", URL, reason),)


def test_a_page_at_rest_that_got_all_it_asked_for_is_whole():
    assert rendering(URL, "<p>").whole


@pytest.mark.parametrize("kind", ["style", "frame", "image", "other"])
def test_what_brings_no_words_may_be_missing(kind):
    assert rendering(URL, "<p>", refused=refused(kind)).whole


@pytest.mark.parametrize("kind", ["script", "data", "document"])
def test_what_brings_words_may_not(kind):
    assert not rendering(URL, "<p>", refused=refused(kind)).whole


@pytest.mark.parametrize("more", [{"settled": False}, {"cut": True}])
def test_a_page_that_was_still_busy_or_cut_off_is_not_whole(more):
    assert not rendering(URL, "<p>", **more).whole


def test_nobody_knows_where_more_was_refused_than_is_named():
    page = rendering(URL, "<p>", refused=refused("style"))
    assert not replace(page, traffic=replace(page.traffic, refusals=((Reason.TIMEOUT, 2),))).whole


def test_classes_of_things_that_are_never_fetched_are_no_loss():
    page = rendering(URL, "<p>")
    assert replace(page, traffic=replace(page.traffic, refusals=((Reason.NOT_SELECTED, 9),))).whole
