"""Pages beyond what is printed: they are read for defacers' words, and never pass as compared."""

import pytest

from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason
from xuncha.testing import gather, judge
from xuncha_plugins.integrity.checks import defacement, injected, redirected
from xuncha_plugins.integrity.look_checks import replaced, title
from xuncha_plugins.integrity.seen import PrintParams, PrintsTaken

COMPARING = [title, injected, redirected, replaced]
HEAD = '<meta name="ArticleTitle" content="通知"><meta name="PubDate" content="2026-01-03 10:00">'


@pytest.fixture
def pages(made):
    return [made.parsed(made.page(at), f"http://www.a.gov.example/{at}.html") for at in range(10)]


def printed(pages, most):
    return gather(PrintsTaken, *pages, params=PrintParams(pages=most))


def test_all_pages_of_a_site_of_two_hundred_are_printed(made):
    body = "<h1>通知</h1><p>发布时间：2026-01-03 10:00</p>" + "<p>认真贯彻落实上级部署，加强统筹协调。</p>" * 9
    pages = [
        made.parsed(made.page(head=HEAD, body=body), f"http://a.gov.example/{at}.html", depth=2) for at in range(200)
    ]
    assert len(gather(PrintsTaken, *pages).pages) == 200


def test_how_many_were_left_out_is_told(pages):
    prints = printed(pages, 4)
    assert (len(prints.pages), prints.left, prints.complete) == (4, 6, False)


def test_words_on_an_article_beyond_the_cap_are_found(made, pages):
    last = made.parsed(made.page(body="<h1>Hacked by Ghost</h1>"), "http://www.a.gov.example/last.html", depth=2)
    assert judge(defacement, printed([*pages, last], 4), crawl=made.crawl(*pages, last)).status is Status.FAIL


@pytest.mark.parametrize("check", COMPARING)
def test_where_too_many_were_left_out_nothing_is_decided(made, pages, check):
    prints = printed(pages, 4)
    outcome = judge(check, prints, made.approved(prints), made.crawl(*pages), crawl=made.crawl(*pages))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.LOW_COVERAGE)
    assert (outcome.coverage.seen, outcome.coverage.known) == (4, 10)


@pytest.mark.parametrize("check", COMPARING)
def test_pages_that_nobody_approved_are_noted(made, pages, check):
    crawl = made.crawl(*pages)
    outcome = judge(check, printed(pages, 10), made.approved(printed(pages[:7], 10)), crawl, crawl=crawl)
    told = {one.key: one.params["pages"].value for one in outcome.notes}
    assert (outcome.status, told["unapproved"]) == (Status.PASS, 3)
