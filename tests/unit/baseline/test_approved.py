"""What a log comes to."""

from datetime import date

import pytest

from xuncha.baseline import acts
from xuncha.baseline.entries import Act, Draft


@pytest.fixture
def do(approved, times):
    return lambda *drafts: acts.add(approved, drafts, approved.look(), times.later).sites


def test_a_later_approval_replaces_an_earlier_one(approved, approve, urls):
    pages = approve(approved, urls.home, by="李四", title="新").sites["a"].pages
    assert [page.approval.by for page in pages.values()] == ["李四", "张三"]
    (page,) = approved.packs.read([pages[urls.home]])
    assert (page.print.title, page.approval.by) == ("新", "李四")


def test_a_page_can_be_withdrawn(do, urls):
    assert list(do(Draft(Act.WITHDRAW, "张三", "a", urls.home))["a"].pages) == [urls.news]


def test_a_site_can_be_withdrawn(do):
    assert do(Draft(Act.WITHDRAW, "张三", "a"))["a"].pages == {}


def test_sites_are_apart(approved, approve, urls):
    sites = approve(approved, urls.home, site="b").sites
    assert {name: len(site.pages) for name, site in sites.items()} == {"a": 2, "b": 1}


def test_a_redesign_window_is_announced_and_cancelled(do):
    window = Draft(Act.REDESIGN, "张三", "a", start=date(2026, 9, 1), end=date(2026, 9, 7), note="改版")
    sites = do(window)
    ((number, found),) = sites["a"].redesigns.items()
    assert (number, found.covers(date(2026, 9, 7)), found.covers(date(2026, 9, 8))) == (4, True, False)
    assert do(Draft(Act.CANCEL, "张三", "a", number=4))["a"].redesigns == {}
