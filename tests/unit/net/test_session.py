"""Redirects, fallbacks and retries: every hop passes the guard, and ends somewhere."""

import asyncio

import pytest

from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason

HOME = "http://www.example.gov.cn/"


def test_redirects_are_walked_and_kept(world, fetched, raw):
    net = world({HOME: raw(301, location="/a"), HOME + "a": raw(302, location="b?x#f"), HOME + "b?x": raw(200, b"end")})
    reply = fetched(net)
    assert (reply.url, reply.final_url, reply.body) == (HOME, HOME + "b?x", b"end")
    assert [(hop.url, hop.status, hop.to) for hop in reply.hops] == [
        *((HOME, 301, HOME + "a"), (HOME + "a", 302, HOME + "b?x")),
    ]


def test_the_seconds_of_all_hops_are_counted(world, fetched, raw):
    net = world({HOME: raw(301, location="/a", seconds=0.25), HOME + "a": raw(seconds=0.5)})
    assert fetched(net).seconds == 0.75


def test_a_redirect_stays_unwalked_on_request(world, fetched, raw):
    net = world({HOME: raw(301, location="/a")})
    assert fetched(net, follow=False).header("location") == "/a"
    assert net.engine.urls == [HOME]


@pytest.mark.parametrize("status", [300, 304, 305, 399])
def test_other_statuses_of_that_class_are_answers(world, fetched, raw, status):
    assert fetched(world({HOME: raw(status, location="/a")})).status == status


def test_a_redirect_without_a_place_is_an_answer(world, fetched, raw):
    assert fetched(world({HOME: raw(302)})).status == 302


@pytest.mark.parametrize("location", ["ftp://a.example/", "file:///etc/passwd", "javascript:alert(1)", "http://["])
def test_a_redirect_to_another_scheme_or_to_nothing_is_bad(world, fetched, raw, location):
    assert fetched(world({HOME: raw(302, location=location)})) is Reason.BAD_REDIRECT


@pytest.mark.parametrize("location", ["http://10.0.0.1/", "//127.0.0.1/", "http://[::1]/", "http://inner.example/"])
def test_a_redirect_to_a_private_address_is_not_followed(world, fetched, raw, location):
    net = world({HOME: raw(302, location=location)}, {"inner.example": ["192.168.0.1"]})
    assert fetched(net) is Reason.ADDRESS_FORBIDDEN
    assert net.engine.urls == [HOME]


def test_the_error_of_a_later_hop_says_where_it_came_from(world, raw):
    net = world({HOME: raw(302, location="http://10.0.0.1/")})

    async def run():
        async with net:
            await net.fetch(HOME)

    with pytest.raises(NetError, match=r"redirected from http://www\.example\.gov\.cn/"):
        asyncio.run(run())


def test_an_error_keeps_the_redirects_that_were_answered(world, raw):
    net = world({HOME: raw(302, location="http://www.gone99.top/")})

    async def run():
        async with net:
            await net.fetch(HOME)

    with pytest.raises(NetError) as caught:
        asyncio.run(run())
    assert [(hop.status, hop.to) for hop in caught.value.hops] == [(302, "http://www.gone99.top/")]


def test_a_redirect_out_of_the_site_is_followed_as_any_citizen_would(world, fetched, raw):
    new = "https://new.example/"
    net = world({HOME: raw(301, location=new), new: raw(200, b"moved")}, {"new.example": ["1.1.1.1"]})
    assert fetched(net).final_url == new


def test_a_redirect_is_under_robots_txt_too(world, fetched, raw):
    answers = {HOME: raw(302, location="/x"), HOME + "robots.txt": raw(200, b"User-agent: *\nDisallow: /x")}
    assert fetched(world(answers)) is Reason.ROBOTS_FORBIDDEN


def test_a_loop_and_an_endless_chain_end(world, fetched, raw):
    loop = world({HOME: raw(302, location="/a"), HOME + "a": raw(302, location="/")})
    chain = world({f"{HOME}{n}": raw(302, location=f"/{n + 1}") for n in range(30)})
    assert fetched(loop) is Reason.TOO_MANY_REDIRECTS
    assert fetched(chain, HOME + "0") is Reason.TOO_MANY_REDIRECTS
    assert (len(loop.engine.urls), len(chain.engine.urls)) == (2, 11)


def test_a_host_that_lets_nobody_in_without_its_cookie_is_no_loop(world, fetched, raw):
    def door(headers):
        return raw(200, b"in") if headers.get("Cookie") == "s=1" else raw(302, location="/", set_cookie=["s=1; Path=/"])

    net = world({HOME: door})
    assert fetched(net).body == b"in"
    assert "Cookie" not in net.engine.sent[-2][3]
    assert fetched(net).hops != ()


def test_cookies_stay_with_their_host(world, fetched, raw):
    other = "http://other.example/"
    net = world({HOME: raw(302, location=other, set_cookie=["s=1"]), other: raw()}, {"other.example": ["1.1.1.1"]})
    fetched(net)
    assert "Cookie" not in net.engine.sent[-1][3]


def test_the_deadline_is_for_all_hops_together(world, fetched, raw):
    net = world({HOME: raw(302, location="/a", seconds=3), HOME + "a": raw(302, location="/b", seconds=2)})
    assert fetched(net, deadline=5) is Reason.TIMEOUT
    assert [caps.deadline for *_, url, _, _, caps in map(tuple, net.engine.sent) if "robots" not in url] == [5, 2]


def test_caps_are_never_above_the_settings(world, fetched, raw, paced):
    net = world(settings=paced(max_bytes=100, deadline=3))
    fetched(net, max_bytes=1000, deadline=60)
    caps = net.engine.sent[-1][4]
    assert (caps.max_bytes, caps.deadline) == (100, 3)


def test_see_other_becomes_get_unless_it_was_head(world, fetched, raw):
    net = world({HOME: raw(303, location="/a"), HOME + "a": raw()})
    fetched(net, method="OPTIONS")
    fetched(net, method="HEAD")
    assert [method for method, url, *_ in net.engine.sent if "robots" not in url] == ["OPTIONS", "GET", "HEAD", "HEAD"]


TWO = {"www.example.gov.cn": ["223.5.5.5", "223.6.6.6"]}


@pytest.mark.parametrize("failure", [Reason.REFUSED, Reason.UNREACHABLE])
def test_the_next_address_is_tried_where_the_first_takes_no_connection(world, fetched, raw, failure):
    net = world({(HOME, "223.5.5.5"): failure, (HOME, "223.6.6.6"): raw(200)}, TWO)
    assert fetched(net).status == 200
    assert net.engine.addresses == ["223.5.5.5", "223.6.6.6"]


@pytest.mark.parametrize("failure", [Reason.TIMEOUT, Reason.RESET, Reason.TLS_FAILED])
def test_other_failures_are_the_answer(world, fetched, failure):
    net = world({HOME: failure}, TWO)
    assert fetched(net) is failure
    assert net.engine.addresses == ["223.5.5.5"]


def test_of_two_servers_the_one_that_answered_is_asked_again(world, raw):
    net = world({(HOME, "223.5.5.5"): [Reason.REFUSED, raw(500)], (HOME, "223.6.6.6"): raw(200)}, TWO)

    async def run():
        async with net:
            return [(await net.fetch(HOME)).status for _ in range(3)]

    assert asyncio.run(run()) == [200, 200, 200]


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_site_is_asked_once_more_after_the_time_it_names(world, fetched, raw, status):
    net = world({HOME: [raw(status, retry_after="0"), raw(200)]})
    assert fetched(net).status == 200
    assert fetched(world({HOME: raw(status, retry_after="0")})).status == status


def test_it_is_left_alone_in_the_meantime(world, raw, paced):
    net = world({HOME: raw(503, retry_after="3600")}, settings=paced(patience=0.01, retry_after=30))

    async def run():
        async with net:
            first = await net.fetch(HOME)
            with pytest.raises(NetError, match="rate-limited"):
                await net.fetch(HOME)
            return first.status

    assert asyncio.run(run()) == 503
    assert net.engine.urls == [HOME]


def test_a_busy_site_that_names_no_time_is_not_asked_again(world, fetched, raw):
    net = world({HOME: raw(503)})
    assert fetched(net).status == 503
    assert net.engine.urls == [HOME]


def test_a_busy_stranger_is_not_asked_again(world, fetched, raw):
    other = "http://other.example/"
    net = world({other: raw(429, retry_after="0")}, {"other.example": ["1.1.1.1"]})
    assert fetched(net, other, external=True).status == 429
    assert net.engine.urls == [other]
