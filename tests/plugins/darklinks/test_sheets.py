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


def rules(sheet):
    return [(rule.selector, rule.sure) for rule in sheet.rules]


def test_what_a_sheet_imports_comes_before_its_own_rules(fetch):
    sheets = {
        "0.css": '@charset "utf-8";@import "css/b.css";@import url(c.css) screen;@import url("d.css") print;.a{top:0}',
        "css/b.css": "@import '../e.css';.b{top:0}",
        "c.css": ".c{top:0}",
        "e.css": ".e{top:0}",
    }
    fact, asked = fetch(linked(1), {f"{HOME}{name}": reply(css) for name, css in sheets.items()})
    assert asked == [f"{HOME}{name}" for name in ("0.css", "css/b.css", "c.css", "e.css")]
    assert [selector for selector, _ in rules(fact.sheets[0])] == [".e", ".b", ".c", ".a"]


def test_sheets_that_import_each_other_are_asked_for_once(fetch):
    _, asked = fetch(linked(1), {f"{HOME}0.css": reply("@import 'b.css';"), f"{HOME}b.css": reply("@import '0.css';")})
    assert asked == [f"{HOME}0.css", f"{HOME}b.css"]


def test_an_import_on_some_screens_only_may_hold(fetch):
    pages = {f"{HOME}0.css": reply("@import 'b.css' (orientation:portrait);"), f"{HOME}b.css": reply(".b{opacity:0}")}
    assert rules(fetch(linked(1), pages)[0].sheets[0]) == [(".b", False)]


@pytest.mark.parametrize("imported", ["http://cdn.example.com/b.css", "/one-too-many.css"])
def test_an_import_that_is_not_followed_leaves_the_sheet_undecided(fetch, imported):
    pages = {f"{HOME}*": reply(f"@import '{imported}';")}
    sheet = fetch(linked(20), pages)[0].sheets[0]
    assert (sheet.problem, sheet.whole) == (Reason.STYLE_UNDECIDED, False)


def test_what_a_style_element_imports_is_asked_for(fetch):
    fact, _ = fetch("<style>@import url(/k.css);</style>", {f"{HOME}k.css": reply(".k{display:none}")})
    assert rules(fact.sheets[0]) == [(".k", True)]
