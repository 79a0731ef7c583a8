"""How a page in the browser asks: hop by hop, as itself, its cookies for its own site alone."""

import asyncio

import pytest

from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason
from xuncha.net.robots import RobotsTxt
from xuncha.net.settings import Caller

HOME = "http://www.example.gov.cn/"
CDN = "http://cdn.example/x.js"


@pytest.fixture
def browsed(world, raw, paced):
    """The answer to one request of a page, or the reason why there is none; and what was sent of it."""

    def run(url=HOME, answers=None, *, inside=True, cookie="a=1", names=None):
        async def ask():
            settings = paced(caller=Caller("Office"))
            net = world({HOME: raw(), **(answers or {})}, names, settings=settings)
            agent = net.agent("Mozilla/5.0 Chrome/1")
            options = {"method": "GET", "headers": {"referer": HOME}, "max_bytes": 9}
            async with net:
                try:
                    found = await net.browse(url, agent=agent, cookie=cookie, inside=inside, **options)
                except NetError as error:
                    found = error.reason
            return found, [sent for sent in net.engine.sent if "robots" not in sent[1]]

        return asyncio.run(ask())

    return run


def test_it_names_itself_and_who_sends_it(browsed):
    _, [(_, _, _, headers, _)] = browsed()
    assert headers["User-Agent"].startswith("Mozilla/5.0 Chrome/1 Xuncha/")
    assert "(+Office)" in headers["User-Agent"]


def test_a_redirect_is_not_followed(browsed, raw):
    found, sent = browsed(answers={HOME: raw(302, location="/b")})
    assert (found.status, len(sent)) == (302, 1)


def test_the_site_gets_its_cookies_and_nobody_else_does(browsed, raw):
    _, [own] = browsed()
    _, [other] = browsed(CDN, {CDN: raw()}, inside=False, names={"cdn.example": ["223.5.5.6"]})
    assert (own[3].get("Cookie"), other[3].get("Cookie")) == ("a=1", None)


def test_a_document_beyond_the_site_is_not_asked_for(browsed):
    assert browsed(CDN, names={"cdn.example": ["223.5.5.6"]}) == (Reason.OUT_OF_SCOPE, [])


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1"])
def test_a_script_from_an_inner_address_is_not_asked_for(browsed, address):
    assert browsed(CDN, inside=False, names={"cdn.example": [address]}) == (Reason.ADDRESS_FORBIDDEN, [])


def test_a_body_is_cut_at_its_cap(browsed):
    _, [(*_, caps)] = browsed()
    assert caps.max_bytes == 9


def test_it_is_told_what_belongs_to_the_site(world):
    net = world()
    assert [net.contains(url) for url in (HOME, "http://example.gov.cn/x", CDN, "about:blank")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.fixture
def barred(raw):
    """A robots.txt behind a challenge that a cookie opens."""
    rules = raw(200, b"User-agent: *\nDisallow: /closed")
    return {HOME + "robots.txt": lambda headers: rules if "Cookie" in headers else raw(521)}


def test_a_browser_that_passed_the_challenge_gets_the_robots_txt_behind_it(browsed, barred):
    found, _ = browsed(HOME + "robots.txt", barred)
    assert (found.status, found.body[:10]) == (200, b"User-agent")


def test_what_it_read_there_is_heeded(world, barred, raw):
    async def visit():
        async with world({**barred, HOME + "a": raw(), HOME + "closed": raw()}) as net:
            before = await told(net, "a")
            net.heed(HOME, RobotsTxt.parse(b"User-agent: *\nDisallow: /closed"))
            return before, await told(net, "a"), await told(net, "closed")

    assert asyncio.run(visit()) == (Reason.ROBOTS_UNKNOWN, 200, Reason.ROBOTS_FORBIDDEN)


async def told(net, path):
    try:
        return (await net.fetch(HOME + path)).status
    except NetError as error:
        return error.reason
