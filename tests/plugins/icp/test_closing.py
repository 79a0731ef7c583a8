"""Addresses that were given up: gone, still there, elsewhere, unknown."""

import asyncio
from dataclasses import replace

import pytest

from xuncha.api import Reason, SiteStatus, Status
from xuncha.testing import FakeNet
from xuncha.testing.net import page as answer
from xuncha.testing.net import redirect, status
from xuncha_plugins.icp.closing import FormerParams, former_addresses, old_domains

OLD = "http://old.b.example/"
SITE_PAGE = answer("<title>示例区旧网站</title>" + "<a href=/1.html>工作动态</a>" * 50 + "<p>要闻</p>" * 400)


@pytest.fixture
def outcome(judged, site):
    """The outcome for a site whose former address answers so."""

    def run(reply, *, names=None, **changes):
        on = replace(site, **({"former_urls": (OLD,)} | changes))
        pages = {OLD: reply, f"{site.home}*": answer("<title>示例局</title>"), "http://c.example/*": SITE_PAGE}
        net = FakeNet(pages, names={"www.gov.cn": ("192.0.2.80",)} if names is None else names)
        return judged(old_domains, asyncio.run(former_addresses(on, FormerParams(), net)), on=on)

    return run


@pytest.mark.parametrize(
    "reply",
    [
        Reason.NO_SUCH_NAME,
        Reason.REFUSED,
        status(404),
        status(503),
        redirect("http://www.a.gov.cn/"),
        answer("<title>公告</title><p>本网站已永久下线，内容已迁移至区政府门户网站。</p>"),
    ],
)
def test_an_address_that_is_gone_or_says_where_it_went_passes(outcome, reply):
    assert outcome(reply).status is Status.PASS


def test_an_old_site_that_still_answers_is_a_fault(outcome):
    assert outcome(SITE_PAGE).status is Status.FAIL


def test_news_of_a_closing_on_a_whole_site_is_no_farewell(outcome):
    body = SITE_PAGE.body.decode() + "<p>某站已永久下线</p>"
    assert outcome(answer(body)).status is Status.FAIL


def test_an_address_that_leads_to_somebody_else_is_a_question(outcome):
    assert outcome(redirect("http://c.example/")).findings[0].key == "leads-elsewhere"


def test_a_parked_domain_is_a_question(outcome):
    assert outcome(replace(SITE_PAGE, marks=("parked-domain:x",))).findings[0].key == "parked"


@pytest.mark.parametrize("reply", [Reason.TIMEOUT, Reason.VANTAGE_UNFIT, replace(SITE_PAGE, challenge="jsl")])
def test_what_could_not_be_asked_is_not_called_gone(outcome, reply):
    assert outcome(reply).status is Status.INCONCLUSIVE


def test_a_name_denied_where_all_names_are_is_not_known_to_be_gone(outcome):
    closed = outcome(Reason.NO_SUCH_NAME, names={})
    assert (closed.status, closed.reason.code) == (Status.INCONCLUSIVE, Reason.VANTAGE_UNFIT)


def test_a_site_without_former_addresses_is_not_asked(outcome):
    assert outcome(SITE_PAGE, former_urls=()).reason.code is Reason.NOT_OFFERED


def test_of_a_closed_site_its_own_entries_are_asked(outcome):
    closed = outcome(SITE_PAGE, former_urls=(), urls=(OLD,), status=SiteStatus.CLOSED)
    assert closed.status is Status.FAIL
