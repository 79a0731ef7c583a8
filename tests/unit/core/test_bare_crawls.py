"""When a crawl saw no more than what may be a notice in place of a site."""

from dataclasses import replace

import pytest

from xuncha.model.crawl import BARE, Crawl, LinkTarget, LinkUse, PageRecord

HOME = "http://www.a.gov.example/"
NOTICE = PageRecord(HOME, HOME, 0, 200, "text/html", 400, words=30)
COLUMN = PageRecord(f"{HOME}gk/", f"{HOME}gk/", 1, 200, "text/html", 9000, words=900)


def link(url, use=LinkUse.PAGE):
    return LinkTarget(url, use, internal=url.startswith(HOME), sources=(), sources_total=1)


def is_bare(*pages, targets=()):
    return Crawl(HOME, pages, targets, len(pages), complete=True).bare


@pytest.mark.parametrize(
    "targets",
    [(), (link(HOME),), (link("https://beian.miit.gov.cn/"),), (link(f"{HOME}a.png", LinkUse.IMAGE),)],
)
def test_few_words_that_lead_nowhere_within_the_site(targets):
    assert is_bare(NOTICE, targets=targets)


@pytest.mark.parametrize("use", [LinkUse.PAGE, LinkUse.FRAME, LinkUse.ATTACHMENT])
def test_few_words_with_a_way_into_the_site(use):
    assert not is_bare(NOTICE, targets=(link(f"{HOME}x", use),))


def test_one_notice_for_every_address_is_still_a_notice():
    assert is_bare(NOTICE, replace(COLUMN, words=0))


def test_a_page_of_its_own_beside_the_notice_is_a_site():
    assert not is_bare(NOTICE, COLUMN)
    assert not is_bare(replace(NOTICE, marks=("maintenance:closed",)), COLUMN, targets=(link(f"{HOME}x"),))


def test_what_a_signature_knows_is_a_notice_whatever_it_links_to():
    assert is_bare(replace(NOTICE, marks=("parked-domain:expired",)), targets=(link(f"{HOME}x"),))


@pytest.mark.parametrize(("targets", "bare"), [((), True), ((link("http://www.b.example/"),), False)])
def test_many_words_without_any_link(targets, bare):
    assert is_bare(replace(NOTICE, words=BARE), targets=targets) is bare


def test_what_script_builds_is_not_bare():
    assert not is_bare(replace(NOTICE, scripted=True))


def test_a_home_page_that_did_not_open_is_not_bare():
    assert not is_bare(replace(NOTICE, status=503))
    assert not is_bare()
