"""Content Security Policies: how they are read, and what they leave open."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason
from xuncha_plugins.headers import csp
from xuncha_plugins.headers.csp import Gap
from xuncha_plugins.headers.policy_checks import content_security_policy

CSP = "Content-Security-Policy: "
GOOD = "default-src 'self'; object-src 'none'; base-uri 'self'"
META = '<meta http-equiv="Content-Security-Policy" content="{}">'


def gaps(*policies, secure=True):
    return set(csp.gaps(csp.parse(policies), secure=secure))


# Reading


def test_directive_names_are_case_insensitive():
    assert dict(csp.parse(["Script-SRC 'Self'"])[0].directives) == {"script-src": ("'Self'",)}


def test_the_first_of_equal_directives_counts():
    policy = csp.parse(["script-src 'self'; script-src *"])[0]
    assert policy.sources("script-src") == ("'self'",)
    assert policy.repeated == ("script-src",)


def test_a_comma_begins_another_policy():
    assert len(csp.parse(["default-src 'self', img-src *"])) == 2


def test_what_is_not_ascii_is_skipped():
    assert dict(csp.parse(["默认 'self'; img-src *"])[0].directives) == {"img-src": ("*",)}


@pytest.mark.parametrize("name", ["script-src-elem", "script-src-attr", "object-src"])
def test_what_has_no_list_of_its_own_falls_back(name):
    assert csp.parse(["default-src a.cn"])[0].sources(name) == ("a.cn",)


def test_base_uri_does_not_fall_back():
    assert csp.parse(["default-src 'self'"])[0].sources("base-uri") is None


@given(st.lists(st.text(max_size=200), max_size=5))
def test_any_text_can_be_read(values):
    policies = csp.parse(values)
    assert len(policies) <= csp.MAX_POLICIES
    csp.gaps(policies, secure=True)
    for policy in policies:
        list(csp.slips(policy))


@given(st.text(alphabet="abc-src 'unself;,*:\t\x00\r\n", max_size=400))
def test_texts_like_policies_can_be_read(value):
    csp.gaps(csp.parse([value]), secure=True)


def test_ten_thousand_directives_are_cut():
    policy = csp.parse(["; ".join(f"x{number} a" for number in range(10_000))])[0]
    assert len(policy.directives) == csp.MAX_DIRECTIVES


def test_a_megabyte_of_sources_is_cut():
    policy = csp.parse(["script-src " + "a " * 500_000])[0]
    assert len(policy.directives["script-src"]) == csp.MAX_SOURCES


# What is left open


def test_a_good_policy_leaves_nothing_open():
    assert gaps(GOOD) == set()


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("script-src 'self' 'unsafe-inline'; object-src 'none'", {Gap.INLINE}),
        ("script-src 'unsafe-inline' 'nonce-abc'; object-src 'none'; base-uri 'self'", set()),
        ("script-src 'self' 'nonce-abc'; object-src 'none'", {Gap.BASE}),
        ("script-src 'self' 'sha256-abc'; object-src 'none'", set()),
        ("script-src 'sha256-abc' 'strict-dynamic'; object-src 'none'", {Gap.BASE}),
        ("script-src 'self'; script-src-attr 'unsafe-inline'; object-src 'none'", {Gap.INLINE}),
        ("script-src-elem 'self'; object-src 'none'", {Gap.INLINE}),
        ("script-src *; object-src 'none'", {Gap.BROAD}),
        ("script-src https:; object-src 'none'", {Gap.BROAD}),
        ("script-src 'self' data:; object-src 'none'", {Gap.BROAD}),
        ("script-src *.cn; object-src 'none'", {Gap.BROAD}),
        ("script-src *.com.cn https://*.com; object-src 'none'", {Gap.BROAD}),
        ("script-src *.gov.cn; object-src 'none'", set()),
        ("script-src *.shili.gov.cn; object-src 'none'", set()),
        ("script-src 'strict-dynamic' 'nonce-abc' https:; object-src 'none'; base-uri 'none'", set()),
        ("script-src 'self' 'unsafe-eval'; object-src 'none'", {Gap.EVAL}),
        ("script-src 'self' http://a.cn; object-src 'none'", {Gap.INSECURE}),
        ("script-src 'self'", {Gap.OBJECTS}),
        ("script-src 'self'; object-src *", {Gap.OBJECTS}),
        ("default-src 'self'; style-src 'unsafe-inline'", set()),
        ("upgrade-insecure-requests", set(Gap)),
        ("frame-ancestors 'self'", set(Gap)),
    ],
)
def test_what_a_policy_leaves_open(policy, expected):
    assert gaps(policy) == expected


def test_plain_addresses_are_no_gap_on_a_plain_page():
    assert gaps("default-src 'self' http://a.cn", secure=False) == set()


def test_several_policies_must_all_allow():
    assert gaps("script-src 'unsafe-inline'; object-src 'none'", "script-src 'self'; object-src 'none'") == set()
    assert gaps("upgrade-insecure-requests, default-src 'self'") == set()


@given(st.lists(st.sampled_from([GOOD, "img-src *", "script-src *", "default-src 'unsafe-inline'"]), min_size=1))
def test_another_policy_never_opens_anything(policies):
    assert gaps(*policies, GOOD) <= gaps(*policies)


# The check


def test_an_enforced_policy_passes(judged, page):
    assert judged(content_security_policy, page(CSP + GOOD)).status is Status.PASS


def test_no_policy_is_a_hint(judged, page):
    outcome = judged(content_security_policy, page())
    assert (outcome.status, outcome.findings[0].key) == (Status.WARN, "missing")


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (f"Content-Security-Policy-Report-Only: {GOOD}", ["report-only"]),
        (f"{CSP}self", ["void"]),
        (f"{CSP}upgrade-insecure-requests", ["unlimited"]),
        (f"{CSP}default-src 'self' 'unsafe-inline' 'unsafe-eval'", ["eval", "inline"]),
        (f"{CSP}script-src 'strict-dynamic'; object-src 'none'", ["bars-all"]),
        (f"{CSP}default-src 'self' self unsafe-inline", ["slips"]),
        (f"{CSP}default-src 'self'; script 'none'", ["slips"]),
        (f"{CSP}default-src 'self'; default-src *", ["slips"]),
        (f"{CSP}{GOOD}\n{CSP}script-src *", []),
        (CSP, ["missing"]),
    ],
)
def test_what_the_check_says(keys, page, headers, expected):
    assert sorted(keys(content_security_policy, page(headers))) == expected


def test_a_policy_in_the_page_counts(keys, page):
    assert keys(content_security_policy, page(body=META.format(GOOD))) == []


def test_a_report_only_policy_in_the_page_does_not(keys, page):
    body = META.format(GOOD).replace("Policy", "Policy-Report-Only", 1)
    assert keys(content_security_policy, page(body=body)) == ["missing"]


def test_one_flaw_on_many_pages_is_said_once(judged, page):
    outcome = judged(content_security_policy, page(), *(page(path=f"{name}/1.html") for name in "abc"))
    assert len(outcome.findings) == 1
    assert outcome.findings[0].params["pages"].value == 4


def test_a_nonce_that_repeats_is_named(keys, page):
    policy = f"{CSP}script-src 'nonce-c3RhdGlj'; object-src 'none'; base-uri 'none'"
    assert keys(content_security_policy, page(policy), page(policy, path="a/1.html")) == ["fixed-nonce"]


def test_new_nonces_on_each_page_are_right(keys, page):
    policy = f"{CSP}script-src 'nonce-%s'; object-src 'none'; base-uri 'none'"
    one, other = (base64.b64encode(bytes([number]) * 16).decode() for number in (7, 8))
    assert keys(content_security_policy, page(policy % one), page(policy % other, path="a/1.html")) == []


@pytest.mark.parametrize("nonce", ["1", "c3RhdGlj", base64.b64encode(b"fifteen bytes !").decode()])
def test_a_nonce_below_128_bits_is_named(keys, page, nonce):
    policy = f"{CSP}script-src 'nonce-{nonce}'; object-src 'none'; base-uri 'none'"
    assert keys(content_security_policy, page(policy)) == ["short-nonce"]


@pytest.mark.parametrize("where", ["header", "page"])
def test_a_policy_too_long_to_keep_is_not_judged(judged, page, where):
    policy = "script-src " + "a " * 10_000
    at = page(CSP + policy) if where == "header" else page(body=META.format(policy))
    outcome = judged(content_security_policy, at)
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.TOO_LARGE)
