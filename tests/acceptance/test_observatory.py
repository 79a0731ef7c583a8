"""Verdicts on headers beside those of the MDN HTTP Observatory; wherever they differ the table says why."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from xuncha.api import Crawl, Gap, LinkTarget, LinkUse, PageRecord, Reason
from xuncha.model.outcome import Status
from xuncha.page import parse_page
from xuncha.testing import gather, judge
from xuncha_plugins.headers.cookie_checks import http_only, same_site, secure
from xuncha_plugins.headers.document_checks import cross_origin, referrer, sniffing
from xuncha_plugins.headers.loading import ResourcesSeen
from xuncha_plugins.headers.loading_checks import integrity
from xuncha_plugins.headers.policy_checks import content_security_policy, framing
from xuncha_plugins.headers.sampling import AnswersSeen
from xuncha_plugins.tls.facts import HttpsEntries, HttpsEntry, TlsScan, Visit
from xuncha_plugins.tls.transport_checks import strict_transport

pytestmark = pytest.mark.acceptance

FOLDER = Path(__file__).parent / "observatory"
HOME = "https://www.a.gov.cn/"
OURS = {
    "csp": (content_security_policy,),
    "framing": (framing,),
    "sniffing": (sniffing,),
    "referrer": (referrer,),
    "cookies": (secure, http_only, same_site),
    "cors": (cross_origin,),
    "sri": (integrity,),
    "hsts": (strict_transport,),
}
CSP, XFO, TYPES, REFERRER = "Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy"
COOKIE, ORIGIN, CREDENTIALS = "Set-Cookie", "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials"
HSTS = "Strict-Transport-Security"
GOOD = {
    CSP: "default-src 'self'",
    XFO: "SAMEORIGIN",
    TYPES: "nosniff",
    REFERRER: "same-origin",
    HSTS: "max-age=31536000",
}
LIBRARY = '<script src="https://cdn.example.com/jquery.min.js"{}></script>'


def meta(policy):
    return f'<meta http-equiv="{CSP}" content="{policy}">'


def policy(text):
    return {CSP: text}


SEALED = "'nonce-yVJmBzBYHbqGBzRrLqPmvQ=='"

# Each set of headers is the good one with these changes; "" takes a header away, a list repeats it.
SETS = {
    "all good": {},
    "nothing at all": dict.fromkeys(GOOD, ""),
    # Content Security Policy
    "csp none": policy("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"),
    "csp in the page": ({CSP: ""}, meta("default-src 'self'")),
    "csp report-only": {CSP: "", "Content-Security-Policy-Report-Only": "default-src 'self'"},
    "csp inline scripts": policy("default-src 'self' 'unsafe-inline'"),
    "csp inline scripts, nonce": policy(f"script-src {SEALED} 'unsafe-inline'; object-src 'none'; base-uri 'self'"),
    "csp inline styles": policy("default-src 'self'; style-src 'self' 'unsafe-inline'"),
    "csp strict-dynamic": policy(f"script-src 'strict-dynamic' {SEALED} https:; object-src 'none'; base-uri 'none'"),
    "csp strict-dynamic alone": policy("script-src 'strict-dynamic'; object-src 'none'"),
    "csp nonce without base-uri": policy(f"script-src {SEALED}; object-src 'none'"),
    "csp short nonce": policy("script-src 'nonce-1'; object-src 'none'; base-uri 'none'"),
    "csp any host": policy("default-src *"),
    "csp any https host": policy("script-src https:; object-src 'none'"),
    "csp data scripts": policy("script-src 'self' data:; object-src 'none'"),
    "csp every .cn host": policy("default-src 'self' *.cn"),
    "csp eval": policy("default-src 'self' 'unsafe-eval'"),
    "csp plain http scripts": policy("default-src 'self'; script-src 'self' http://js.a.gov.cn"),
    "csp plain http fonts": policy("default-src 'self'; font-src http://font.a.gov.cn"),
    "csp plain http pictures": policy("default-src 'self'; img-src 'self' http://img.a.gov.cn"),
    "csp without object-src": policy("script-src 'self'"),
    "csp upgrade only": policy("upgrade-insecure-requests"),
    "csp framing only": policy("frame-ancestors 'self'"),
    "csp repeated directive": policy("default-src 'self'; default-src 'none'"),
    "csp unquoted keyword": policy("default-src self"),
    "csp misspelt directive": policy("default-src 'self'; scripts-src 'none'"),
    "csp unknown words only": policy("nonsense; scripts: self"),
    "csp loose and strict": {CSP: ["default-src * 'unsafe-inline'", "default-src 'self'"]},
    "csp upgrade and strict": {CSP: ["upgrade-insecure-requests", "default-src 'self'"]},
    "csp by event handlers": policy("script-src 'self'; script-src-attr 'unsafe-inline'; object-src 'none'"),
    "csp inline script elements": policy("default-src 'self'; script-src-elem 'self' 'unsafe-inline'"),
    "csp hashed handlers": policy("default-src 'self'; script-src 'self' 'unsafe-hashes' 'sha256-abc'"),
    "csp strict and loose in one": policy("default-src 'self', script-src *"),
    # Framing
    "framing missing": {XFO: ""},
    "framing deny": {XFO: "DENY"},
    "framing allow-from": {XFO: "ALLOW-FROM https://www.b.gov.cn"},
    "framing allowall": {XFO: "ALLOWALL"},
    "framing twice": {XFO: ["SAMEORIGIN", "SAMEORIGIN"]},
    "framing contradicting": {XFO: ["SAMEORIGIN", "DENY"]},
    "framing by csp": {XFO: "", CSP: "default-src 'self'; frame-ancestors 'self'"},
    "framing by an open csp": {CSP: "default-src 'self'; frame-ancestors *"},
    "framing twice in one": {XFO: "SAMEORIGIN, SAMEORIGIN"},
    "framing by any https site": {XFO: "", CSP: "default-src 'self'; frame-ancestors https:"},
    "framing by a plain http site": {XFO: "", CSP: "default-src 'self'; frame-ancestors 'self' http://b.gov.cn"},
    "framing by csp in the page": ({XFO: "", CSP: ""}, meta("default-src 'self'; frame-ancestors 'self'")),
    # Types and referrers
    "sniffing misspelt": {TYPES: "no-sniff"},
    "sniffing twice": {TYPES: ["nosniff", "nosniff"]},
    "sniffing with more": {TYPES: "nosniff, x"},
    "referrer unsafe": {REFERRER: "unsafe-url"},
    "referrer downgrade": {REFERRER: "no-referrer-when-downgrade"},
    "referrer origin": {REFERRER: "origin-when-cross-origin"},
    "referrer origin always": {REFERRER: "origin"},
    "referrer with fallback": {REFERRER: "no-referrer, strict-origin-when-cross-origin"},
    "referrer fallback unknown": {REFERRER: "no-referrer, something-new"},
    "referrer unknown": {REFERRER: "nothing"},
    "referrer in the page": ({REFERRER: ""}, '<meta name="referrer" content="no-referrer">'),
    "referrer worse in the page": ({}, '<meta name="referrer" content="unsafe-url">'),
    # HTTPS insisted on
    "hsts missing": {HSTS: ""},
    "hsts with everything": {HSTS: "max-age=63072000; includeSubDomains; preload"},
    "hsts half a year": {HSTS: "max-age=15552000"},
    "hsts a second less": {HSTS: "max-age=15551999"},
    "hsts one day": {HSTS: "max-age=86400"},
    "hsts switched off": {HSTS: "max-age=0"},
    "hsts without age": {HSTS: "includeSubDomains"},
    "hsts in capitals": {HSTS: "MAX-AGE=31536000; INCLUDESUBDOMAINS"},
    "hsts quoted": {HSTS: 'max-age="31536000"'},
    "hsts spaced": {HSTS: "max-age = 31536000"},
    "hsts ending in a semicolon": {HSTS: "; max-age=31536000;"},
    "hsts by a colon": {HSTS: "max-age: 31536000"},
    "hsts no number": {HSTS: "max-age=forever"},
    "hsts with a unit": {HSTS: "max-age=31536000s"},
    "hsts negative": {HSTS: "max-age=-1"},
    "hsts by powers": {HSTS: "max-age=3e7"},
    "hsts huge": {HSTS: "max-age=99999999999999999999"},
    "hsts parted by a comma": {HSTS: "max-age=31536000, includeSubDomains"},
    "hsts comma within quotes": {HSTS: 'max-age=31536000; note="a, b"'},
    "hsts unknown directive": {HSTS: "max-age=31536000; immutable"},
    "hsts age twice, the last zero": {HSTS: "max-age=31536000; max-age=0"},
    "hsts age twice, the first zero": {HSTS: "max-age=0; max-age=31536000"},
    "hsts age twice, alike": {HSTS: "max-age=31536000; max-age=31536000"},
    "hsts twice": {HSTS: ["max-age=31536000", "max-age=31536000"]},
    "hsts on and off": {HSTS: ["max-age=31536000", "max-age=0"]},
    "hsts off and on": {HSTS: ["max-age=0", "max-age=31536000"]},
    "hsts in the page": ({HSTS: ""}, f'<meta http-equiv="{HSTS}" content="max-age=31536000">'),
    # Cookies
    "cookie careful": {COOKIE: "JSESSIONID=1; Path=/; Secure; HttpOnly; SameSite=Lax"},
    "cookie bare": {COOKIE: "JSESSIONID=1; Path=/"},
    "cookie readable": {COOKIE: "JSESSIONID=1; Secure; SameSite=Lax"},
    "cookie without same-site": {COOKIE: "JSESSIONID=1; Secure; HttpOnly"},
    "cookie not of a session": {COOKIE: "theme=blue; Secure"},
    "cookie not of a session, open": {COOKIE: "theme=blue"},
    "cookie none without secure": {COOKIE: "theme=blue; SameSite=None"},
    "cookie same-site unknown": {COOKIE: "theme=blue; Secure; SameSite=Maybe"},
    "cookie token of a form": {COOKIE: "csrftoken=1; Secure"},
    "cookie of a firewall": {COOKIE: "HWWAFSESID=1; Secure"},
    "cookie of a login framework": {COOKIE: "satoken=1; Secure; SameSite=Lax"},
    "cookie broken prefix": {COOKIE: "__Host-theme=1; Secure; Path=/x"},
    "cookie taken away": {COOKIE: "rememberMe=deleteMe; Max-Age=0"},
    "cookie under hsts": {COOKIE: "JSESSIONID=1; HttpOnly"},
    "cookie without hsts": {COOKIE: "JSESSIONID=1; HttpOnly", HSTS: ""},
    # Other origins and integrity
    "cors public": {ORIGIN: "*"},
    "cors one partner": {ORIGIN: "https://www.b.gov.cn", CREDENTIALS: "true"},
    "cors public with login": {ORIGIN: "*", CREDENTIALS: "true"},
    "cors null with login": {ORIGIN: "null", CREDENTIALS: "true"},
    "cors public twice": {ORIGIN: "*, *"},
    "cors several partners": {ORIGIN: "https://www.b.gov.cn https://www.c.gov.cn"},
    "sri own script": ({}, '<script src="/site.js"></script>'),
    "sri missing": ({}, LIBRARY.format("")),
    "sri given": ({}, LIBRARY.format(' integrity="sha384-abc" crossorigin')),
    "sri unknown hash": ({}, LIBRARY.format(' integrity="md5-abc"')),
    "sri style sheet": ({}, '<link rel="stylesheet" href="https://cdn.example.com/a.css"><script></script>'),
    "sri national service": ({}, '<script src="https://dcs.conac.cn/js/1.js"></script>'),
}  # fmt: skip

DIFFERENCES = {
    (
        "nothing at all",
        "referrer",
    ): "a hint: browsers of before 2020 send whole addresses to others, and are still in use",
    (
        "csp nonce without base-uri",
        "csp",
    ): "a <base> sends scripts of relative addresses elsewhere, and their nonce lets them run",
    ("csp short nonce", "csp"): "CSP 3 (7.1) asks for 128 bits; the Observatory does not measure nonces",
    ("csp every .cn host", "csp"): "*.cn is no narrower than *; the Observatory compares with a list of spellings",
    ("csp plain http fonts", "csp"): "no fault: browsers upgrade or block it, and only scripts are judged here",
    ("csp unquoted keyword", "csp"): "browsers take self for a host of that name; whoever wrote it meant 'self'",
    ("csp misspelt directive", "csp"): "browsers ignore it, so that the policy says less than was meant",
    (
        "csp loose and strict",
        "csp",
    ): "no fault: all policies must allow (CSP 3); the Observatory reads the joined header as one",
    ("csp upgrade and strict", "csp"): "no fault: as above",
    ("csp by event handlers", "csp"): "script-src-attr lets injected handlers run; the Observatory does not look at it",
    (
        "csp inline script elements",
        "csp",
    ): "script-src-elem governs <script> (CSP 3, 6.1.10); the Observatory does not look at it",
    ("csp strict and loose in one", "csp"): "no fault: a comma parts policies (CSP 3, 2.2.2), and both must allow",
    ("framing allow-from", "framing"): "no current browser knows ALLOW-FROM: nothing is protected",
    (
        "framing twice",
        "framing",
    ): "no fault: equal values count once (HTML 7.6.1); the Observatory compares the joined text",
    (
        "framing by an open csp",
        "framing",
    ): "frame-ancestors * allows everybody, and X-Frame-Options is skipped beside it",
    ("framing twice in one", "framing"): "no fault: as above",
    ("framing by any https site", "framing"): "every website has HTTPS: https: is no narrower than *",
    ("framing by a plain http site", "csp"): "no fault of the scripts: it is told of the framing",
    ("framing by a plain http site", "framing"): "whoever alters the other page on its way frames this one",
    ("framing by csp in the page", "framing"): "frame-ancestors has no effect in <meta> (CSP 3)",
    (
        "sniffing twice",
        "sniffing",
    ): "no fault: the first of the list counts (Fetch); the Observatory compares the joined text",
    ("sniffing with more", "sniffing"): "no fault: as above",
    ("referrer origin always", "referrer"): "no fault: what others learn is the host, which is public",
    ("referrer origin", "referrer"): "no fault: what others learn is the host, which is public",
    ("hsts spaced", "hsts"): "no fault: blanks may stand around = (RFC 6797, 6.1, by the grammar of RFC 2616)",
    (
        "hsts no number",
        "hsts",
    ): "browsers ignore a header without digits; the Observatory lets NaN pass as large enough",
    ("hsts with a unit", "hsts"): "as above: a browser reads no number with more behind it, parseInt does",
    (
        "hsts comma within quotes",
        "hsts",
    ): "no fault: a quoted value may hold a comma; the Observatory takes each for a second header",
    (
        "hsts age twice, the first zero",
        "hsts",
    ): "browsers ignore a header with a directive twice (RFC 6797, 6.1); the Observatory goes by the last",
    ("hsts age twice, alike", "hsts"): "as above",
    ("hsts twice", "hsts"): "no fault: only the first header counts (RFC 6797, 8.1); the Observatory reads them joined",
    ("hsts on and off", "hsts"): "no fault: as above",
    ("cookie without same-site", "cookies"): "a hint for sessions; for the Observatory it only costs a bonus",
    ("cookie token of a form", "cookies"): "no fault: forged requests need the session, and that is asked for SameSite",
    ("cookie broken prefix", "cookies"): "browsers refuse the cookie; the Observatory does not look at prefixes",
    ("cookie of a login framework", "cookies"): "Sa-Token's session; the Observatory goes by fewer names",
    ("cookie taken away", "cookies"): "no fault: it deletes a cookie, as Shiro does on each first visit",
    ("cors public with login", "cors"): "a hint: browsers refuse the pair, but somebody meant to open logins to all",
    ("cors null with login", "cors"): "every website can make a frame whose origin is null",
    ("cors public twice", "cors"): "browsers refuse a list (Fetch, 4.9): what was meant to be open is not",
    ("cors several partners", "cors"): "as above",
    ("sri unknown hash", "sri"): "browsers ignore md5; the Observatory asks whether the attribute is there",
    ("sri style sheet", "sri"): "style sheets are looked at too",
    ("sri national service", "sri"): "no fault: its script changes without notice, and websites must take it",
}
"""(set, subject) → why we say otherwise than the Observatory: less where it begins with "no fault", else more.

What has no counterpart there is not compared: versions, mixed content beyond scripts, nonces that repeat. HSTS is asked
of the plugin ``tls``, on an HTTPS entry whose certificate is trusted: without HTTPS we say that it does not apply, and
an untrusted certificate is told by the checks on certificates, where the Observatory fails HSTS for both.
"""


def _parts(said):
    changes, html = said if isinstance(said, tuple) else (said, "")
    headers = GOOD | changes
    values = ((name, value if isinstance(value, list) else [value]) for name, value in headers.items())
    return [[name, one] for name, listed in values for one in listed if one], f"<!DOCTYPE html><title>a</title>{html}"


@pytest.fixture(scope="module")
def theirs():
    node = shutil.which("node")
    if not node:
        pytest.skip("node is not installed")
    if not (FOLDER / "node_modules").is_dir():
        pytest.skip("npm ci --ignore-scripts has not been run in tests/acceptance/observatory")
    answers = [{"url": HOME, "headers": headers, "html": html} for headers, html in map(_parts, SETS.values())]
    done = subprocess.run(
        [node, "verdicts.mjs"],
        cwd=FOLDER,
        input=json.dumps(answers),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return dict(zip(SETS, json.loads(done.stdout), strict=True))


def _entries(headers):
    """The home page of these headers, as the probe of the TLS plugin notes it."""
    policies = tuple(value for name, value in headers if name == HSTS)
    plain = Visit(HOME.replace("https", "http"), 200, HOME)
    return HttpsEntries((HttpsEntry("www.a.gov.cn", 443, plain, Visit(HOME, 200, HOME, hsts=policies, trusted=True)),))


def ours(said):
    """Subject → whether nothing is found."""
    headers, html = _parts(said)
    page = parse_page(html.encode(), url=HOME, headers=map(tuple, headers))
    onward = (LinkTarget(f"{HOME}a.html", LinkUse.PAGE, True, (), 1),)
    crawl = Crawl(HOME, (PageRecord(HOME, HOME, 0, 200),), onward, 1, complete=True)
    facts = gather(AnswersSeen, page), gather(ResourcesSeen, page), _entries(headers), (TlsScan, Gap(Reason.TIMEOUT))
    statuses = {name: [judge(one, *facts, crawl=crawl).status for one in checks] for name, checks in OURS.items()}
    assert all(
        one in {Status.PASS, Status.NOT_APPLICABLE, Status.WARN, Status.FAIL}
        for row in statuses.values()
        for one in row
    )
    return {name: {Status.WARN, Status.FAIL}.isdisjoint(row) for name, row in statuses.items()}


@pytest.mark.parametrize("name", SETS)
def test_verdicts_agree_or_the_table_says_why(theirs, name):
    said = ours(SETS[name])
    differing = {subject for subject, good in said.items() if good != theirs[name][subject]["pass"]}
    explained = {subject for other, subject in DIFFERENCES if other == name}
    assert differing == explained, {
        subject: (said[subject], theirs[name][subject]) for subject in differing ^ explained
    }


@pytest.mark.parametrize(("name", "subject"), DIFFERENCES)
def test_the_table_tells_who_says_more(name, subject):
    assert ours(SETS[name])[subject] is DIFFERENCES[name, subject].startswith("no fault")


def test_there_are_enough_sets():
    assert len(SETS) >= 30
    assert {name for name, _ in DIFFERENCES} <= SETS.keys()
