"""Framing, types, referrers, other origins, versions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason
from xuncha_plugins.headers import document_checks, policy_checks
from xuncha_plugins.headers.document_checks import cross_origin, referrer, sniffing, tells_version, versions
from xuncha_plugins.headers.policy_checks import framing

CHECKS = [
    value
    for module in (policy_checks, document_checks)
    for value in vars(module).values()
    if getattr(value, "__module__", "") == module.__name__ and hasattr(value, "__xuncha__")
]
XFO = "X-Frame-Options: "
CSP = "Content-Security-Policy: "


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ("", ["missing"]),
        (f"{XFO}SAMEORIGIN", []),
        (f"{XFO}deny", []),
        (f"{XFO}SAMEORIGIN\n{XFO}sameorigin", []),
        (f"{XFO}SAMEORIGIN, SAMEORIGIN", []),
        (f"{XFO}SAMEORIGIN\n{XFO}DENY", ["conflicting"]),
        (f"{XFO}ALLOW-FROM https://www.b.gov.cn", ["allow-from"]),
        (f"{XFO}ALLOWALL", ["ignored"]),
        (f"{XFO}'SAMEORIGIN'", ["ignored"]),
        (f"{CSP}frame-ancestors 'self' https://www.b.gov.cn", []),
        (f"{CSP}frame-ancestors 'none'\n{XFO}ALLOWALL", []),
        (f"{CSP}frame-ancestors *\n{XFO}DENY", ["open-ancestors"]),
        (f"{CSP}frame-ancestors *, frame-ancestors 'self'", []),
        (f"{CSP}frame-ancestors https:", ["open-ancestors"]),
        (f"{CSP}frame-ancestors 'self' http://b.gov.cn", ["insecure-ancestors"]),
        (f"{CSP}frame-ancestors http://b.gov.cn, frame-ancestors 'self'", []),
        (f"{CSP}default-src 'self'", ["missing"]),
        ("Content-Security-Policy-Report-Only: frame-ancestors 'self'", ["missing"]),
    ],
)
def test_who_may_frame_the_page(keys, page, headers, expected):
    assert keys(framing, page(headers)) == expected


@pytest.mark.parametrize("body", [
    '<meta http-equiv="X-Frame-Options" content="DENY">',
    """<meta http-equiv="Content-Security-Policy" content="frame-ancestors 'self'">""",
])  # fmt: skip
def test_framing_can_not_be_barred_by_the_page_itself(keys, page, body):
    assert keys(framing, page(body=body)) == ["in-page"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("nosniff", []),
        ("NoSniff", []),
        ("nosniff, nosniff", []),
        ("nosniff\nX-Content-Type-Options: nosniff", []),
        ("sniff", ["ignored"]),
        ("'nosniff'", ["ignored"]),
        ("1; nosniff", ["ignored"]),
    ],
)
def test_whether_types_are_guessed(keys, page, value, expected):
    assert keys(sniffing, page(f"X-Content-Type-Options: {value}")) == expected


def test_types_are_guessed_where_nothing_is_said(keys, page):
    assert keys(sniffing, page()) == ["missing"]


def test_the_page_can_not_forbid_guessing_its_type(keys, page):
    body = '<meta http-equiv="X-Content-Type-Options" content="nosniff">'
    assert keys(sniffing, page(body=body)) == ["in-page"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("strict-origin-when-cross-origin", []),
        ("No-Referrer", []),
        ("origin", []),
        ("origin-when-cross-origin", []),
        ("unsafe-url", ["whole-address"]),
        ("no-referrer-when-downgrade", ["whole-address"]),
        ("unsafe-url, same-origin", []),
        ("same-origin, unknown-word", []),
        ("same-origin\nReferrer-Policy: unsafe-url", ["whole-address"]),
        ("never", ["ignored"]),
        ("", ["missing"]),
    ],
)
def test_what_other_websites_learn(keys, page, value, expected):
    assert keys(referrer, page(f"Referrer-Policy: {value}")) == expected


@pytest.mark.parametrize(
    ("content", "expected"), [("no-referrer", []), ("never", []), ("always", ["whole-address"]), ("x", ["ignored"])]
)
def test_the_page_may_say_it_too(keys, page, content, expected):
    assert keys(referrer, page(body=f'<meta name="referrer" content="{content}">')) == expected


def test_the_page_has_the_last_word(keys, page):
    body = '<meta name="referrer" content="unsafe-url">'
    assert keys(referrer, page("Referrer-Policy: no-referrer", body)) == ["whole-address"]


ACAO, CREDENTIALS = "Access-Control-Allow-Origin: ", "\nAccess-Control-Allow-Credentials: true"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ("", []),
        (f"{ACAO}*", []),
        (f"{ACAO}https://www.b.gov.cn{CREDENTIALS}", []),
        (f"{ACAO}*{CREDENTIALS}", ["anybody"]),
        (f"{ACAO}null", ["null"]),
        (f"{ACAO}null{CREDENTIALS}", ["null-with-login"]),
        (f"{ACAO}http://localhost:8080{CREDENTIALS}", ["insecure-origin"]),
        (f"{ACAO}https://a.cn, https://b.cn", ["several"]),
        (f"{ACAO}*\n{ACAO}*", ["several"]),
    ],
)
def test_who_may_read_the_page(keys, page, headers, expected):
    assert keys(cross_origin, page(headers)) == expected


def test_a_login_opened_to_sandboxed_frames_fails(judged, page):
    assert judged(cross_origin, page(f"{ACAO}null{CREDENTIALS}")).status is Status.FAIL


@pytest.mark.parametrize("value", [
    "nginx/1.14.0", "Apache/2.4.6 (CentOS) OpenSSL/1.0.2k-fips PHP/5.4.16", "Microsoft-IIS/7.5", "PHP/7.2.1",
    "Servlet/3.0; JBossAS-6", "openresty/1.15.8.2", "Resin/4.0.58", "WebSphere Application Server/8.5",
])  # fmt: skip
def test_these_values_tell_a_version(value):
    assert tells_version("server", value)


@pytest.mark.parametrize("value", [
    "nginx", "Apache", "ASP.NET", "Tengine", "cloudflare", "Apache-Coyote/1.1", "Microsoft-HTTPAPI/2.0", "*****", "",
    "web01", "node-2", "10.12.3.4", "ThinkPHP", "HTTP/1.1",
])  # fmt: skip
def test_these_values_tell_none(value):
    assert not tells_version("server", value)


def test_each_header_that_tells_is_named(judged, page):
    headers = "Server: nginx/1.14.0\nX-Powered-By: PHP/5.6.40\nX-AspNet-Version: 4.0.30319\nDate: 1/1"
    found = judged(versions, page(headers)).findings
    assert [one.params["header"].value for one in found] == ["Server", "X-AspNet-Version", "X-Powered-By"]


def test_a_product_alone_passes(judged, page):
    assert judged(versions, page("Server: nginx")).status is Status.PASS


# All of them


GOOD = f"{XFO}DENY\n{CSP}default-src 'self'\nX-Content-Type-Options: nosniff\nReferrer-Policy: same-origin"


@pytest.mark.parametrize("check", CHECKS)
def test_good_headers_pass(judged, page, check):
    assert judged(check, page(GOOD)).status is Status.PASS


@pytest.mark.parametrize("check", CHECKS)
def test_without_a_page_nothing_is_said(judged, crawled, check):
    assert judged(check, crawl=crawled()).status is Status.INCONCLUSIVE


@pytest.mark.parametrize("check", CHECKS)
def test_a_notice_in_place_of_the_site_is_not_judged(judged, crawled, page, check):
    home = page("Server: nginx/1.1")
    outcome = judged(check, home, crawl=crawled(home, bare=True))
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.TOO_FEW_PAGES)


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("kind", ["parts", "notices"])
def test_parts_and_notices_among_the_pages_are_not_judged(judged, crawled, page, check, kind):
    home, other = page(GOOD), page("Server: nginx/1.1", path="a/1.html")
    outcome = judged(check, home, other, crawl=crawled(home, other, **{kind: (other.url,)}))
    assert outcome.status is Status.PASS


@pytest.mark.parametrize("check", CHECKS)
def test_without_the_home_page_a_few_others_are_not_enough(judged, page, check):
    assert judged(check, page(GOOD, path="a/1.html")).status is Status.INCONCLUSIVE


HEADERS = st.sampled_from(
    ["x-frame-options", "content-security-policy", "referrer-policy", "server", "set-cookie",
     "access-control-allow-origin", "access-control-allow-credentials", "x-content-type-options"]
)  # fmt: skip


@given(st.lists(st.tuples(HEADERS, st.text(max_size=60)), max_size=12))
def test_whatever_the_headers_say_an_answer_comes(judged, page, headers):
    said = "\n".join(f"{name}: {' '.join(value.splitlines())}" for name, value in headers)
    for check in CHECKS:
        outcome = judged(check, page(said))
        assert outcome.status is not Status.ERROR
        for found in outcome.findings:
            assert all(str(one.value).isprintable() for one in found.params.values())
