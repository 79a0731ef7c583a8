import asyncio
from dataclasses import replace

import pytest

from xuncha.crawl import Budget, Recogniser, Watcher, crawl, load_signatures
from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason
from xuncha.model.site import Site
from xuncha.net.scope import Scope
from xuncha.profile import Budgets
from xuncha.testing.net import FakeNet, page, redirect, status
from xuncha.testing.rendering import rendering
from xuncha.worker.crawling import Journaled, TimeBudget, crawl_site
from xuncha.worker.journal import Journal
from xuncha.worker.renders import Renders
from xuncha.worker.second_look import SecondLook

HOME = "http://a.example/"
SITE = Site("a", "示例", (HOME,))
BUDGETS = Budgets(60, 3, 60.0, 10**8, 10**6, 4.0, 4, 100)
MARKED = "<title>会议纪要</title><p>机密★1年</p><p>某某工作安排</p><a href=/beyond>附件</a>"


@pytest.fixture(scope="session")
def recogniser():
    return Recogniser(load_signatures())


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal"


@pytest.fixture
def inspect(path):
    """Crawl the pages through a journal; gives the crawl, what was asked and what was shown."""

    def run(pages, budgets=BUDGETS, site=SITE):
        net, shown = FakeNet({f"{HOME}*": status(404), **pages}), []
        journal = Journal(path)
        found = asyncio.run(crawl_site(site, Scope.of(site), budgets, net, journal, shown.append))
        journal.close()
        return found, net.urls, [one.url for one in shown]

    return run


def bodies(path):
    journal = Journal(path)
    records = [record.body for record in journal.records()]
    journal.close()
    return b"".join(records)


def test_what_was_fetched_is_replayed_and_not_fetched_again(inspect):
    pages = {HOME: page("<a href=/b>b</a>"), f"{HOME}b": page("<p>b</p>")}
    first, asked, shown = inspect(pages)
    again, asked_again, shown_again = inspect({})
    assert asked
    assert asked_again == []
    assert (again, shown_again) == (first, shown)


@pytest.mark.parametrize(
    ("reason", "asked"), [(Reason.REFUSED, 1), (Reason.RATE_LIMITED, 2), (Reason.OUTSIDE_HOURS, 2)]
)
def test_a_failure_is_replayed_unless_it_may_pass(path, reason, asked):
    net = FakeNet({HOME: reason})
    for _ in range(2):
        journal = Journal(path)
        with pytest.raises(NetError, match=reason):
            asyncio.run(Journaled(journal, net)(HOME))
        journal.close()
    assert len(net.urls) == asked


def test_a_site_without_an_entry_is_a_gap(inspect):
    found, asked, _shown = inspect({}, site=Site("a", "示例", ()))
    assert (found.reason, asked) == (Reason.NO_ENTRY_URL, [])


def test_time_is_not_up_before_it_is(journal):
    budget = TimeBudget(journal, 1e6)
    assert [budget(), budget()] == [None, None]


def test_once_time_is_up_it_stays_up(journal):
    budget = TimeBudget(journal, -1)
    assert [budget(), budget()] == [Reason.BUDGET_REACHED] * 2


def test_a_resumed_crawl_ends_at_the_page_where_time_was_up(journal, path):
    before = TimeBudget(journal, 1e6)
    before()
    before._ends = 0
    before()
    resumed = Journal(path)
    after = TimeBudget(resumed, 1e6)
    assert [after(), after()] == [None, Reason.BUDGET_REACHED]
    resumed.close()


def test_a_resumed_crawl_has_only_the_time_that_is_left(journal):
    assert TimeBudget(journal, 60.0, before=61.0)() is Reason.BUDGET_REACHED


def test_what_was_fetched_in_time_is_read_again_though_no_time_is_left(inspect, path):
    pages = {HOME: page("<a href=/b>b</a>"), f"{HOME}b": page("<p>b</p>")}
    whole, _asked, _shown = inspect(pages)
    journal = Journal(path)
    looks = crawl_site(SITE, Scope.of(SITE), BUDGETS, FakeNet({}), journal, lambda _: None, seconds_before=61.0)
    again = asyncio.run(looks)
    journal.close()
    assert [one.url for one in again.pages] == [one.url for one in whole.pages]


def test_time_that_was_up_is_up_when_the_crawl_is_resumed(inspect):
    pages = {HOME: page("<a href=/b>b</a>"), f"{HOME}b": page("<p>b</p>")}
    cut, _, _ = inspect(pages, budgets=Budgets(60, 3, -1.0, 10**8, 10**6, 4.0, 4, 100))
    assert (cut.stopped, cut.pages) == (Reason.BUDGET_REACHED, ())
    assert inspect(pages)[0].stopped is Reason.BUDGET_REACHED


def test_of_a_page_with_a_secret_mark_only_url_time_and_hash_stay(inspect):
    found, _asked, shown = inspect({HOME: page("<a href=/s>s</a>"), f"{HOME}s": page(MARKED)})
    record = found.page(f"{HOME}s")
    assert (record.problem, record.title, len(record.sha256)) == (Reason.STATE_SECRET_MARK, "", 64)
    assert shown == [HOME]


def test_what_a_page_with_a_secret_mark_links_to_is_not_visited(inspect):
    _found, asked, _shown = inspect({HOME: page("<a href=/s>s</a>"), f"{HOME}s": page(MARKED)})
    assert f"{HOME}beyond" not in asked


@pytest.mark.parametrize(
    "pages",
    [
        {HOME: page(MARKED)},
        {HOME: page("<a href=/s>s</a>"), f"{HOME}s": page(MARKED)},
        {HOME: page("<a href=/r>s</a>"), f"{HOME}r": redirect("/s"), f"{HOME}s": page(MARKED)},
        {HOME: page("<a href=/s>s</a><a href=/r>r</a>"), f"{HOME}r": redirect("/s"), f"{HOME}s": page(MARKED)},
        {HOME: page("<a href=/r>r</a><a href=/s>s</a>"), f"{HOME}r": redirect("/s"), f"{HOME}s": page(MARKED)},
        {HOME: page("<iframe src=/s></iframe>"), f"{HOME}s": page(MARKED)},
    ],
    ids=["home", "linked", "redirected", "redirected later", "redirected before", "framed"],
)
def test_nothing_of_a_page_with_a_secret_mark_stays_in_the_journal(inspect, path, pages):
    inspect(pages)
    assert "某某工作安排".encode() not in bodies(path)
    assert "某某工作安排".encode() not in path.read_bytes()


def test_a_resumed_run_expunges_what_the_killed_one_had_no_time_for(inspect, path, recogniser):
    net = FakeNet({f"{HOME}*": status(404), HOME: page(MARKED)})
    killed = Journal(path)
    seen = Watcher()
    asyncio.run(crawl(SITE, fetch=Journaled(killed, net), recogniser=recogniser, budget=Budget(), watcher=seen))
    killed.close()
    assert "某某工作安排".encode() in bodies(path)
    inspect({})
    assert "某某工作安排".encode() not in bodies(path)


def test_journals_are_for_their_owner_only(journal, path):
    assert path.stat().st_mode & 0o777 == 0o600


def test_waiting_for_others_is_not_held_against_a_site(journal):
    assert TimeBudget(journal, -1.0)() is Reason.BUDGET_REACHED
    assert TimeBudget(journal, -1.0, waited=lambda: 60.0)() is None


class Browser:
    """Shows every page like this; a worker that is killed takes it along."""

    def __init__(self, html):
        self.html, self.asked = html, []

    async def render(self, url, _want, _before_picture):
        self.asked.append(url)
        return rendering(url, self.html, text=self.html)


@pytest.fixture
def rendered(path):
    """Crawl a site of one scripted page; gives the crawl, what the browser was asked, and what was shown."""

    def run(html, most=30):
        net = FakeNet({f"{HOME}*": status(404), HOME: page("<div id=app></div><script src=/app.js></script>")})
        journal, browser, shown = Journal(path), Browser(html), []
        look = SecondLook(Renders(journal, browser, most))
        found = asyncio.run(crawl_site(SITE, Scope.of(SITE), BUDGETS, net, journal, shown.append, looking=look))
        journal.close()
        return found, browser.asked, [one.html for one in shown], look

    return run


def test_a_page_that_needs_a_browser_is_shown_as_the_browser_shows_it(rendered):
    found, asked, shown, look = rendered("<p>由脚本写入</p>")
    assert (asked, shown, look.rendered) == ([HOME], ["<p>由脚本写入</p>"], 1)
    assert found.pages[0].rendered


def test_a_resumed_run_reads_what_was_rendered(rendered):
    first, again = rendered("<p>由脚本写入</p>"), rendered("<p>另一个</p>")
    assert (again[0], again[1], again[2]) == (first[0], [], first[2])
    assert again[3].rendered == 1


def test_without_renders_left_the_page_is_as_it_was_answered(rendered):
    found, asked, _, look = rendered("<p>由脚本写入</p>", most=0)
    assert (asked, look.unrendered, found.pages[0].scripted) == ([], {"budget-reached": 1}, True)


def test_nothing_of_a_rendered_page_with_a_secret_mark_stays_in_the_journal(rendered, path):
    found, _, shown, _ = rendered(MARKED)
    assert (found.pages[0].problem, shown) == (Reason.STATE_SECRET_MARK, [])
    assert "某某工作安排".encode() not in bodies(path)


def test_what_a_browser_wrote_is_recognised_by_who_looked_again(path):
    def recognise(reply):
        return replace(reply, marks=(*reply.marks, "maintenance:x"))

    net = FakeNet({f"{HOME}*": status(404), HOME: page("<div id=app></div><script src=/app.js></script>")})
    journal = Journal(path)
    look = SecondLook(Renders(journal, Browser("<p>正在维护</p>"), 30), recognise)
    found = asyncio.run(crawl_site(SITE, Scope.of(SITE), BUDGETS, net, journal, lambda _: None, looking=look))
    journal.close()
    assert found.pages[0].marks == ("maintenance:x",)
