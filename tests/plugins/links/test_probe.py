"""What the probe asks, how often, and what it leaves alone."""

import asyncio
from dataclasses import replace

import pytest

from xuncha.model.crawl import LinkUse, PageRecord
from xuncha.model.fact import Gap
from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason
from xuncha.model.site import Site
from xuncha.testing import SITE, FakeNet
from xuncha.testing.net import page, status
from xuncha_plugins.links.probes import AnswerParams, link_answers

HOME = "http://www.a.gov.example/"
OTHER = "http://www.b.example/"


def methods(net, url):
    return [asked.method for asked in net.asked if asked.what == url]


def test_a_picture_that_is_there_costs_one_small_question(asked, crawled, target):
    file = target("/f.png", LinkUse.IMAGE)
    _, net = asked(crawled(file), {file.url: page(b"PNG", media="image/png")})
    assert methods(net, file.url) == ["HEAD"]


def test_an_attachment_is_opened_at_once_as_from_the_page_that_links_there(asked, crawled, target):
    file = target("/f.pdf", LinkUse.ATTACHMENT)
    _, net = asked(crawled(file), {file.url: page(b"%PDF-1.7", media="application/pdf")})
    (sent,) = [one for one in net.asked if one.what == file.url]
    assert (sent.method, sent.headers) == ("GET", {"Referer": file.sources[0].page})


@pytest.mark.parametrize("refusal", [status(404), status(405), status(501), Reason.RESET, Reason.TIMEOUT])
def test_what_head_denies_get_decides(asked, crawled, target, refusal):
    file = target("/f.png", LinkUse.IMAGE)
    fact, net = asked(crawled(file), {file.url: [refusal, page(b"PNG", media="image/png")]})
    assert methods(net, file.url) == ["HEAD", "GET"]
    assert fact.first[0].status == 200


def test_another_sites_page_is_opened_as_an_external_target(asked, crawled, target, html):
    _, net = asked(crawled(target(OTHER)), {OTHER: html("别的网站")})
    question = next(one for one in net.asked if one.what == OTHER)
    assert (question.method, question.external) == ("GET", True)


def test_pages_of_the_site_are_left_to_the_crawl(asked, crawled, target, record):
    crawl = crawled(target("/a/1.html"), target("/a/2.html"), pages=(record("/a/1.html"),), known=9)
    fact, _ = asked(crawl)
    assert fact.first == ()
    assert fact.complete


def test_forms_are_not_sent(asked, crawled, target):
    fact, _ = asked(crawled(target("/search", LinkUse.FORM)))
    assert fact.first == ()


def test_private_addresses_are_not_asked_for_a_public_site(asked, crawled, target):
    fact, _ = asked(crawled(target("http://192.168.1.9/oa/"), target("http://localhost:8080/")))
    assert fact.first == ()


def test_a_site_of_an_inner_network_may_link_to_private_addresses(asked, crawled, target):
    inner = Site("a", "示例局", (HOME,), network=("192.168.0.0/16",))
    link = target("http://192.168.1.9/oa/")
    fact, _ = asked(crawled(link), {link.url: Reason.ADDRESS_FORBIDDEN}, site=inner)
    assert fact.first[0].problem is Reason.ADDRESS_FORBIDDEN


def test_what_is_not_found_is_asked_again(asked, crawled, target):
    fact, net = asked(crawled(target(f"{OTHER}a.html")), {f"{OTHER}a.html": status(404)})
    assert methods(net, f"{OTHER}a.html") == ["GET", "GET"]
    assert [visit.status for visit in fact.second] == [404]


def test_a_page_that_the_crawl_did_not_find_is_asked_again(asked, crawled, target, record):
    link = target("/a/1.html")
    fact, _ = asked(crawled(link, pages=(record("/a/1.html", 404),)))
    assert [visit.url for visit in fact.second] == [link.url]


@pytest.mark.parametrize("answer", [status(200), status(403), status(429), Reason.ROBOTS_FORBIDDEN])
def test_what_a_second_visit_would_not_clear_up_is_asked_once(asked, crawled, target, answer):
    fact, _ = asked(crawled(target(OTHER)), {OTHER: answer})
    assert fact.second == ()


def test_the_pause_lies_between_the_visits(crawled, target, monkeypatch):
    net, seen = FakeNet({f"{HOME}*": status(404), OTHER: status(404)}), []

    async def rest(seconds):
        seen.append((seconds, net.urls.count(OTHER)))

    monkeypatch.setattr("xuncha_plugins.links.probes.asyncio.sleep", rest)
    asyncio.run(link_answers(SITE, crawled(target(OTHER)), AnswerParams(pause=10), net))
    assert seen == [(10, 1)]


def test_a_name_that_two_lookups_deny_is_denied(asked, crawled, target):
    fact, net = asked(crawled(target(OTHER)), {OTHER: Reason.NO_SUCH_NAME}, names={"b.example": ("192.0.2.1",)})
    assert fact.denied == ("www.b.example",)
    assert sum(one.call == "resolve" and one.what == "www.b.example" for one in net.asked) == 2


def test_the_domain_that_was_registered_is_looked_up_too(asked, crawled, target):
    fact, _ = asked(crawled(target(OTHER)), {OTHER: Reason.NO_SUCH_NAME})
    assert fact.denied == ("b.example", "www.b.example")


def test_a_name_that_exists_without_an_address_is_not_denied(asked, crawled, target):
    fact, _ = asked(crawled(target(OTHER)), {OTHER: Reason.NO_SUCH_NAME}, names={"www.b.example": (), "b.example": ()})
    assert fact.denied == ()


def test_a_failed_lookup_denies_nothing(asked, crawled, target):
    names = dict.fromkeys(("www.b.example", "b.example"), Reason.DNS_FAILED)
    fact, _ = asked(crawled(target(OTHER)), {OTHER: Reason.NO_SUCH_NAME}, names=names)
    assert fact.denied == ()


def test_the_site_is_asked_for_addresses_that_cannot_exist(asked, crawled, record):
    fact, net = asked(crawled(pages=(record("/zwgk/1.html"),)))
    assert [visit.status for visit in fact.missing] == [404, 404]
    assert net.urls[1].startswith(f"{HOME}zwgk/")


def test_the_same_impossible_addresses_are_asked_for_every_time(asked, crawled):
    assert asked(crawled())[1].urls == asked(crawled())[1].urls


def test_a_budget_ends_the_asking_and_says_so(asked, crawled, target):
    links = [target(f"http://h{number}.example/") for number in range(5)]
    fact, _ = asked(crawled(*links), {link.url: status(200) for link in links}, external_links=3)
    assert len(fact.first) == 3
    assert not fact.complete


def test_the_guards_budget_ends_the_asking(asked, crawled, target):
    links = [target(f"http://h{number}.example/") for number in range(20)]
    fact, _ = asked(crawled(*links), {link.url: Reason.BUDGET_REACHED for link in links})
    assert fact.first == ()
    assert not fact.complete


def test_a_host_that_never_answers_is_left_alone(asked, crawled, target):
    links = [target(f"{OTHER}{number}.html") for number in range(40)]
    fact, _ = asked(crawled(*links), {f"{OTHER}*": Reason.TIMEOUT}, host_failures=3)
    assert len(fact.first) < 40
    assert not fact.complete


def test_hosts_are_asked_in_turn(asked, crawled, target):
    links = [target(f"{OTHER}{number}.html") for number in range(20)] + [target("http://www.c.example/")]
    _, net = asked(crawled(*links), {"http://*": status(200)})
    assert net.urls.index("http://www.c.example/") < 5


def test_answers_stand_in_the_order_of_the_crawl(asked, crawled, target):
    links = [target(f"http://h{number}.example/") for number in (3, 1, 2)]
    fact, _ = asked(crawled(*links), {"http://h*": status(200)})
    assert [visit.url for visit in fact.first] == [link.url for link in links]


class StuckNet(FakeNet):
    """Answers for the site, and never for others; tells that somebody ``waits``."""

    waits = None

    async def fetch(self, url, **options):
        if options.get("external"):
            if self.waits:
                self.waits.set()
            await asyncio.Event().wait()
        return await super().fetch(url, **options)


def test_when_time_is_up_what_was_found_is_kept(crawled, target):
    file = target("/a.png", LinkUse.IMAGE)
    net = StuckNet({f"{HOME}*": page(b"", media="image/png")})
    params = AnswerParams(pause=0, seconds=0.05)
    fact = asyncio.run(link_answers(SITE, crawled(file, target(OTHER)), params, net))
    assert [visit.url for visit in fact.first] == [file.url]
    assert not fact.complete


def test_cancelled_it_hands_over_what_it_has(crawled, target):
    async def cut_short():
        net = StuckNet({f"{HOME}*": status(404)})
        net.waits = asyncio.Event()
        task = asyncio.ensure_future(link_answers(SITE, crawled(target(OTHER)), AnswerParams(pause=0), net))
        await net.waits.wait()
        task.cancel()
        return await task

    assert not asyncio.run(cut_short()).complete


@pytest.mark.parametrize(
    ("home", "reason"),
    [
        (PageRecord(HOME, HOME, 0, 0, problem=Reason.TIMEOUT), Reason.TIMEOUT),
        (PageRecord(HOME, HOME, 0, 521, problem=Reason.CHALLENGED), Reason.CHALLENGED),
        (PageRecord(HOME, HOME, 0, 503), Reason.SERVER_ERROR),
        (PageRecord(HOME, HOME, 0, 404), Reason.TOO_FEW_PAGES),
    ],
)
def test_without_the_home_page_nothing_is_asked(asked, crawled, home, reason):
    fact, net = asked(crawled(home=home))
    assert fact == Gap(reason)
    assert net.urls == []


def test_a_crawl_without_pages_leaves_a_gap(asked, crawled):
    crawl = replace(crawled(), pages=(), stopped=Reason.ROBOTS_UNKNOWN)
    assert asked(crawl)[0] == Gap(Reason.ROBOTS_UNKNOWN)


def test_a_site_that_challenges_us_is_left_alone(asked, crawled, target):
    files = [target(f"/{number}.png", LinkUse.IMAGE) for number in range(60)]
    waf = replace(status(412), challenge="ruishu")
    fact, _ = asked(crawled(*files), {f"{HOME}*": waf}, host_failures=2)
    assert len(fact.first) < 60


def test_the_calibration_may_fail(asked, crawled):
    fact, _ = asked(crawled(), {f"{HOME}*": NetError(Reason.ROBOTS_FORBIDDEN)})
    assert fact.missing == ()
