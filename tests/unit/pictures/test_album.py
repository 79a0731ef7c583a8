from dataclasses import replace

import pytest

from xuncha.model.crawl import Crawl, PageRecord
from xuncha.model.fact import Gap
from xuncha.model.locator import HeaderLocator, LinkLocator, PageLocator, RuleLocator, SiteLocator
from xuncha.model.outcome import Finding, Outcome, Severity, Status
from xuncha.model.reasons import Reason
from xuncha.pictures.album import Shunned, message_of, shunned, wishes

HOME = "http://www.example.gov.cn/"
PAGES = tuple(PageRecord(HOME + path, HOME + path, int(bool(path)), 200) for path in ("a", "b", "", "c"))
CRAWL = Crawl(HOME, PAGES, (), 4, complete=True)
SEVERITIES = {"demo.low": Severity.LOW, "demo.high": Severity.HIGH}


def outcome(*locators, check="demo.low", status=Status.FAIL):
    found = tuple(Finding(locator, "k", status=status) for locator in locators)
    return Outcome("s", check, "1", status, findings=found, findings_total=len(found))


def wished(*outcomes, crawl=CRAWL):
    return [wish.page.removeprefix(HOME) for wish in wishes(outcomes, crawl, SEVERITIES, ())]


def test_the_home_page_is_worth_a_picture_without_any_finding():
    assert wished() == [""]


def test_the_gravest_come_first_then_the_crawl_decides():
    low = outcome(PageLocator(HOME + "b"), PageLocator(HOME + "a"))
    warning = outcome(PageLocator(HOME + "a"), check="demo.high", status=Status.WARN)
    high = outcome(PageLocator(HOME + "c"), check="demo.high")
    assert wished(low, warning, high) == ["", "c", "a", "b"]


@pytest.mark.parametrize(
    "locator",
    [SiteLocator(), HeaderLocator(HOME + "a", "x"), RuleLocator("git", HOME + "a"), PageLocator("http://b.example/")],
)
def test_what_no_picture_shows_makes_no_page_worth_one(locator):
    assert wished(outcome(locator)) == [""]


def test_a_link_is_shown_on_the_page_that_has_it():
    assert wished(outcome(LinkLocator(HOME + "a", HOME + "gone"))) == ["", "a"]


def test_a_fragment_is_shown_in_its_page():
    fragment = PageRecord(HOME + "footer", HOME + "footer", 1, 200, part_of=HOME + "b")
    crawl = replace(CRAWL, pages=(*PAGES, fragment))
    assert wished(outcome(PageLocator(HOME + "footer")), crawl=crawl) == ["", "b"]


def test_a_page_is_known_by_the_address_that_answered():
    moved = replace(CRAWL, pages=(*PAGES, PageRecord(HOME + "old", HOME + "new", 1, 200)))
    assert wished(outcome(PageLocator(HOME + "new")), crawl=moved) == ["", "old"]


def test_a_page_with_a_mark_of_secrecy_is_named_as_such():
    marked = PageRecord(HOME + "x", HOME + "x", 1, 200, problem=Reason.STATE_SECRET_MARK)
    found = wishes([outcome(PageLocator(HOME + "x"))], replace(CRAWL, pages=(*PAGES, marked)), {}, ())
    assert [(wish.page, wish.secret) for wish in found] == [(HOME, False), (HOME + "x", True)]


def dead(path, sha256):
    return PageRecord(HOME + path, HOME + path, 1, 404, sha256=sha256)


def test_pages_of_errors_come_last_and_of_those_alike_there_is_one():
    crawl = replace(CRAWL, pages=(dead("x", "1"), dead("y", "1"), dead("z", "2"), *PAGES))
    high = outcome(*(PageLocator(HOME + path) for path in "xyz"), check="demo.high")
    assert sorted(wished(high, outcome(PageLocator(HOME + "c")), crawl=crawl)[2:]) == ["x", "z"]
    assert wished(high, outcome(PageLocator(HOME + "c")), crawl=crawl)[:2] == ["", "c"]


def test_of_an_error_the_page_itself_is_what_was_found():
    crawl = replace(CRAWL, pages=(*PAGES, dead("x", "1")))
    (_, wish) = wishes([outcome(LinkLocator(HOME + "x", HOME + "gone"))], crawl, {}, ())
    assert wish.sought[0].is_page


def test_checks_say_what_must_not_be_shown():
    found = wishes([outcome(PageLocator(HOME))], CRAWL, {}, {"demo.low"})
    assert found[0].sought[0].harmful


@pytest.mark.parametrize(("key", "harmful"), [("k", True), ("other", False)])
def test_single_messages_of_a_check_say_so_too(key, harmful):
    found = [outcome(PageLocator(HOME + "a"))], CRAWL
    said = {message_of("demo.low", key)}
    assert wishes(*found, {}, said)[1].sought[0].harmful is harmful
    assert shunned(*found, said).harmful == ({HOME + "a"} if harmful else set())


def test_pages_with_a_mark_of_secrecy_are_shunned_by_every_address():
    marked = PageRecord(HOME + "x", HOME + "y", 1, 200, problem=Reason.STATE_SECRET_MARK)
    assert shunned([], replace(CRAWL, pages=(*PAGES, marked)), ()).secret == {HOME + "x", HOME + "y"}
    assert shunned([], Gap(Reason.REFUSED), ()) == Shunned()


def test_without_a_crawl_no_page_is_known():
    assert wished(crawl=Gap(Reason.REFUSED)) == []
