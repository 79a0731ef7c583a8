"""Cookies: how they are read, and what is said of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason
from xuncha_plugins.headers import cookies
from xuncha_plugins.headers.cookie_checks import http_only, same_site, secure
from xuncha_plugins.headers.facts import Cookie

SET = "Set-Cookie: "
GOOD = f"{SET}JSESSIONID=1; Path=/; Secure; HttpOnly; SameSite=Lax"
PLAIN = "http://www.a.gov.cn/"


def test_attributes_are_read_in_any_case():
    found = cookies.parse("sid=1; SECURE; httponly; samesite=LAX; Domain=a.cn; path=/x")
    assert found == Cookie("sid", True, True, True, "lax", True, "/x")


@pytest.mark.parametrize("header", [
    "", ";", "novalue", "=value", "a=\x01b", "a=1; path=/\x00", "a=" + "x" * 5_000, "rememberMe=deleteMe; Path=/",
    "sid=1; Max-Age=0", "sid=1; Expires=Thu, 01-Jan-1970 00:00:00 GMT", "sid=", "sid=1; max-age=-1",
])  # fmt: skip
def test_what_browsers_drop_or_delete_is_no_cookie(header):
    assert cookies.parse(header) is None


@pytest.mark.parametrize("name", [
    "JSESSIONID", "PHPSESSID", "ASP.NET_SessionId", "ASPSESSIONIDQQBBTSTA", "sid", "connect.sid", "SHIROJSESSIONID",
    "rememberMe", "satoken", "SESSION", "access_token", "__Host-session", "laravel_session",
])  # fmt: skip
def test_these_names_are_of_sessions(name):
    assert cookies.names_session(name)


@pytest.mark.parametrize("name", [
    "acw_tc", "HWWAFSESID", "yunsuo_session_verify", "__jsluid_s", "BIGipServerpool", "XSRF-TOKEN", "csrftoken",
    "sl-session", "Hm_lvt_1", "_gid", "theme", "SERVERID", "route", "uuid", "lang",
])  # fmt: skip
def test_these_names_are_not(name):
    assert not cookies.names_session(name)


@given(st.text(max_size=300))
def test_any_text_can_be_read(header):
    found = cookies.parse(header)
    assert found is None or found.name


def test_a_megabyte_and_ten_thousand_attributes_are_bounded():
    assert cookies.parse("a=" + "x" * 1_000_000) is None
    found = cookies.parse("a=1;" + "b=2;" * 10_000 + "secure")
    assert found is not None
    assert not found.secure


# The checks


@given(st.lists(st.text(max_size=80), max_size=5))
def test_whatever_is_set_an_answer_comes(judged, page, cookies):
    said = page("\n".join(SET + " ".join(cookie.splitlines()) for cookie in cookies))
    for check in (secure, http_only, same_site):
        assert judged(check, said).status is not Status.ERROR


@pytest.mark.parametrize("check", [secure, http_only, same_site])
def test_a_careful_cookie_passes(judged, page, check):
    assert judged(check, page(GOOD)).status is Status.PASS


@pytest.mark.parametrize("check", [secure, http_only, same_site])
def test_without_cookies_there_is_nothing_to_ask(judged, page, check):
    assert judged(check, page()).status is Status.NOT_APPLICABLE


@pytest.mark.parametrize("check", [secure, http_only, same_site])
def test_without_the_home_page_a_few_others_are_not_enough(judged, page, check):
    assert judged(check, page(GOOD, path="a/1.html")).status is Status.INCONCLUSIVE


@pytest.mark.parametrize("check", [secure, http_only])
def test_a_session_without_protection_fails(judged, page, check):
    outcome = judged(check, page(f"{SET}JSESSIONID=secret; Path=/"))
    assert outcome.status is Status.FAIL
    assert "secret" not in str(outcome)


def test_a_session_that_does_not_state_same_site_is_a_hint(judged, page):
    outcome = judged(same_site, page(f"{SET}JSESSIONID=1; Secure; HttpOnly"))
    assert (outcome.status, outcome.findings[0].key) == (Status.WARN, "missing")


@pytest.mark.parametrize(
    ("check", "cookie", "expected"),
    [
        (secure, "theme=1", ["others"]),
        (secure, "acw_tc=1; HttpOnly", ["others"]),
        (secure, "__Host-id=1; Secure; Path=/", []),
        (secure, "__Host-id=1; Secure; Path=/app", ["prefix"]),
        (secure, "__Host-id=1; Secure; Path=/; Domain=a.cn", ["prefix"]),
        (secure, "__Secure-id=1", ["prefix"]),
        (http_only, "theme=1", []),
        (http_only, "XSRF-TOKEN=1", []),
        (same_site, "theme=1", []),
        (same_site, "sid=1; SameSite=None; Secure", []),
        (same_site, "theme=1; SameSite=None", ["none-insecure"]),
        (same_site, "theme=1; SameSite=Maybe", ["unknown"]),
        (same_site, "theme=1; SameSite", ["unknown"]),
    ],
)
def test_what_is_said_of_a_cookie(keys, page, check, cookie, expected):
    assert keys(check, page(SET + cookie)) == expected


def test_other_cookies_are_named_together(judged, page):
    found = judged(secure, page(f"{SET}a=1\n{SET}b=2")).findings
    assert [one.params["names"].value for one in found] == ["a、b"]


def test_a_cookie_of_many_pages_is_said_once(judged, page):
    pages = [page(f"{SET}sid=1"), page(f"{SET}sid=2", path="a/1.html")]
    assert [one.params["pages"].value for one in judged(secure, *pages).findings] == [2]


def test_over_http_secure_can_not_be_asked(judged, page):
    outcome = judged(secure, page(f"{SET}sid=1", url=PLAIN))
    assert (outcome.status, outcome.reason.code) == (Status.NOT_APPLICABLE, Reason.NO_HTTPS)


def test_over_http_a_prefix_is_refused(keys, page):
    assert keys(secure, page(f"{SET}__Secure-id=1; Secure", url=PLAIN)) == ["prefix"]
