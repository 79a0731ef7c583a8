"""The fake that plugin authors test against behaves like the guard where they can tell."""

import asyncio

import pytest

from xuncha.model.netapi import Finished, NetError
from xuncha.model.reasons import Reason
from xuncha.testing.net import FakeNet, page, redirect, status

HOME = "http://www.example.gov.cn/"


def fetch(net, url=HOME, **options):
    return asyncio.run(net.fetch(url, **options))


def test_a_planned_page_is_answered_and_recorded():
    net = FakeNet({HOME: page("你好", server="nginx")})
    reply = fetch(net, HOME + "#top")
    assert (reply.status, reply.body.decode(), reply.header("server"), net.urls) == (200, "你好", "nginx", [HOME])


def test_an_unplanned_url_is_named():
    with pytest.raises(AssertionError, match=r"http://www\.example\.gov\.cn/x"):
        fetch(FakeNet({HOME: page()}), HOME + "x")


def test_the_longest_planned_beginning_answers():
    net = FakeNet({HOME + "*": status(404), HOME + "a/*": status(403)})
    assert (fetch(net, HOME + "x").status, fetch(net, HOME + "a/x").status) == (404, 403)


def test_a_list_answers_visit_after_visit():
    net = FakeNet({HOME: [status(503), page("up")]})
    assert [fetch(net).status for _ in range(3)] == [503, 200, 200]


def test_a_function_answers_by_url_and_method():
    net = FakeNet({"*": lambda url, method: page(f"{method} {url}")})
    assert fetch(net, method="OPTIONS").body == b"OPTIONS http://www.example.gov.cn/"


@pytest.mark.parametrize("failure", [Reason.TIMEOUT, NetError(Reason.TIMEOUT), lambda *_: Reason.TIMEOUT])
def test_a_planned_failure_is_raised(failure):
    with pytest.raises(NetError) as caught:
        fetch(FakeNet({HOME: failure}))
    assert caught.value.reason is Reason.TIMEOUT


def test_redirects_are_walked_through_the_table():
    net = FakeNet({HOME: redirect("/home", 301), HOME + "home": page("x")})
    reply = fetch(net)
    assert (reply.url, reply.final_url, [hop.status for hop in reply.hops]) == (HOME, HOME + "home", [301])


def test_redirects_stay_unwalked_on_request():
    assert fetch(FakeNet({HOME: redirect("/home")}), follow=False).header("location") == "/home"


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"method": "POST"}, Reason.METHOD_FORBIDDEN),
        ({"url": "ftp://www.example.gov.cn/"}, Reason.SCHEME_FORBIDDEN),
        ({"url": HOME + "loop"}, Reason.TOO_MANY_REDIRECTS),
        ({"url": HOME + "away"}, Reason.BAD_REDIRECT),
    ],
)
def test_what_the_guard_refuses_is_refused(options, reason):
    net = FakeNet({HOME + "loop": redirect("/loop"), HOME + "away": redirect("file:///etc/passwd")})
    with pytest.raises(NetError) as caught:
        fetch(net, **options)
    assert caught.value.reason is reason


def test_a_body_is_cut_at_the_cap_and_left_out_for_head():
    net = FakeNet({HOME: page("12345")})
    cut, head = fetch(net, max_bytes=3), fetch(net, method="HEAD")
    assert (cut.body, cut.truncated, head.body, head.truncated) == (b"123", True, b"", False)


def test_the_httpx_client_plays_the_same_table():
    async def ask():
        async with FakeNet({HOME: page("<p>x", set_cookie="a=1")}).http as client:
            return await client.get(HOME)

    reply = asyncio.run(ask())
    assert (reply.text, reply.headers["set-cookie"]) == ("<p>x", "a=1")


def test_names_are_answered_by_kind_and_denied_otherwise():
    net = FakeNet(names={"a.example": ["192.0.2.7"], ("a.example", "AAAA"): ["2001:db8::7"]})
    answers = [
        asyncio.run(net.resolve(name, kind)) for name, kind in [("a.example", "A"), ("a.example", "AAAA"), ("b", "A")]
    ]
    assert [answer.values for answer in answers] == [("192.0.2.7",), ("2001:db8::7",), ()]
    assert [answer.exists for answer in answers] == [True, True, False]


def test_a_program_is_found_by_any_word_of_its_command():
    net = FakeNet(programs={"sslyze": Finished(0, b"{}", b"", 0.1)})
    assert asyncio.run(net.run(["python", "-m", "sslyze"], deadline=5)).stdout == b"{}"


def test_a_missing_program_and_a_closed_port_are_the_usual_failures():
    net = FakeNet()
    for conversation, reason in [(net.run(["nmap"], deadline=5), "program-missing"), (net.connect("a", 43), "refused")]:
        with pytest.raises(NetError, match=reason):
            asyncio.run(conversation)


def test_a_stream_plays_its_chunks_and_keeps_what_was_sent():
    async def talk():
        stream = await FakeNet(streams={("a", 43): [b"abc", b"d"]}).connect("a", 43)
        await stream.send(b"?")
        return stream.sent, [await stream.receive(2) for _ in range(4)]

    assert asyncio.run(talk()) == (b"?", [b"ab", b"c", b"d", b""])


def test_a_lease_gives_the_planned_address():
    async def lease():
        async with FakeNet(names={"a.example": ["192.0.2.9"]}).lease("a.example", 443, connections=3) as leased:
            return leased

    assert asyncio.run(lease()).address == "192.0.2.9"
