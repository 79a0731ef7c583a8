"""What stands in the head of our requests."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha import __version__
from xuncha.model.netapi import NetError
from xuncha.net.headers import request_headers, retry_after
from xuncha.net.settings import Caller

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_ours_introduce_us_and_a_probe_may_add_to_them():
    headers = request_headers("Xuncha/1", {"accept": "text/css", "Origin": "http://evil.example"})
    assert (headers["User-Agent"], headers["Accept"], headers["Origin"]) == (
        "Xuncha/1",
        "text/css",
        "http://evil.example",
    )


@pytest.mark.parametrize("name", ["Host", "COOKIE", "Authorization", "Content-Length", "Transfer-Encoding", "Proxy-X"])
def test_framing_and_credentials_are_never_sent(name):
    with pytest.raises(NetError, match="method-forbidden"):
        request_headers("Xuncha/1", {name: "x"})


@pytest.mark.parametrize(
    "name", ["X-Original-URL", "x-rewrite-url", "X-Real-IP", "x-http-method-override", "X-Forwarded-For", "x-api"]
)
def test_nothing_that_claims_another_address_path_or_method_is_sent(name):
    with pytest.raises(NetError, match="never sent"):
        request_headers("Xuncha/1", {name: "x"})


@pytest.mark.parametrize("value", ["${jndi:ldap://a/b}", "() { :; }; id"])
def test_nothing_that_a_server_would_evaluate_is_sent(value):
    with pytest.raises(NetError, match="not a header"):
        request_headers("Xuncha/1", {"referer": value})


def test_another_user_agent_needs_leave():
    with pytest.raises(NetError, match="not-authorised"):
        request_headers("Xuncha/1", {"user-agent": "Baiduspider"})
    assert request_headers("Xuncha/1", {"user-agent": "Baiduspider"}, disguise=True)["User-Agent"] == "Baiduspider"


@pytest.mark.parametrize(("name", "value"), [("X", "a\r\nHost: b"), ("X\n", "a"), ("X Y", "a"), ("", "a"), ("X", "中")])
def test_what_is_no_header_is_refused(name, value):
    with pytest.raises(NetError, match="not a header"):
        request_headers("Xuncha/1", {name: value})


GOOD = {"120": 120, " 0 ": 0, "Mon, 23 Nov 2026 12:00:30 GMT": 30, "Mon, 23 Nov 2026 11:00:00 GMT": 0}
BAD = dict.fromkeys(["-1", "1.5", "soon", "", "９", "Mon, 23 Nov 2026 12:00:30 -0000"])


@pytest.mark.parametrize(("value", "seconds"), [*GOOD.items(), *BAD.items()])
def test_retry_after_is_read_in_both_its_forms(value, seconds):
    assert retry_after((("retry-after", value),), NOW) == seconds


@given(st.text(max_size=40))
def test_any_retry_after_is_read_without_a_crash(value):
    retry_after((("retry-after", value),), NOW)


def test_the_user_agent_names_office_telephone_and_authorisation():
    caller = Caller("区政务办", "010-12345678", "X-2026-1")
    assert caller.user_agent == (
        f"Xuncha/{__version__} (+%E5%8C%BA%E6%94%BF%E5%8A%A1%E5%8A%9E; tel 010-12345678; authorisation X-2026-1)"
    )
    assert Caller().user_agent == f"Xuncha/{__version__}"


@given(st.text(max_size=300))
def test_the_user_agent_is_always_one_plain_header(text):
    agent = Caller(text, text, text).user_agent
    assert agent.isascii()
    assert agent.isprintable()
    assert agent.count("(") == agent.count(")") <= 1
