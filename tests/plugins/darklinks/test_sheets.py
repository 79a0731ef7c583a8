"""Style sheets are fetched where something hangs on them: the site's own, and never more than agreed."""

import asyncio

import pytest

from xuncha.model.reasons import Reason
from xuncha.testing import SITE, FakeNet
from xuncha.testing.net import page as reply
from xuncha_plugins.darklinks.sheets import SheetParams, sheets

HOME = "http://www.a.gov.example/"


@pytest.fixture
def fetch(page, plants, spam):
    """Ask for the sheets of a page with spam; returns what came, and the addresses that were asked for."""

    def ask(head, pages, body=None):
        net = FakeNet(pages)
        seen = plants(page(spam if body is None else body, head=head))
        return asyncio.run(sheets(SITE, seen, SheetParams(), net)), net.urls

    return ask


def linked(count):
    return "".join(f'<link rel="stylesheet" href="/{at}.css">' for at in range(count))


def test_a_page_without_strange_links_asks_for_none(fetch):
    fact, asked = fetch(linked(3), {}, "<p>通知</p>")
    assert (fact.sheets, asked) == ((), [])


def test_twenty_are_fetched_and_no_more(fetch):
    fact, asked = fetch(linked(25), {f"{HOME}*": reply(".k{display:none}")})
    assert len(asked) == len(fact.sheets) == 20


def test_those_of_other_hosts_are_left_alone_and_said_to_be_missing(fetch):
    fact, asked = fetch('<link rel="stylesheet" href="http://cdn.example.com/a.css">', {})
    assert (asked, fact.complete) == ([], False)


def test_those_for_print_are_not_asked_for(fetch):
    assert fetch('<link rel="stylesheet" media="print" href="/print.css">', {})[1] == []


def test_one_that_does_not_come_tells_why(fetch):
    fact, _ = fetch(linked(1), {f"{HOME}*": Reason.TIMEOUT})
    assert fact.sheets[0].problem is Reason.TIMEOUT
