from dataclasses import replace
from datetime import timedelta

import pytest

from xuncha.api import Gap, Hop, Reason
from xuncha.model.outcome import Status
from xuncha.testing import judge
from xuncha_plugins.tls import transport_checks as checks
from xuncha_plugins.tls.facts import (
    HttpsEntries,
    HttpsEntry,
    Protocol,
    Robot,
    Suite,
    Suites,
    TlcpEndpoint,
    TlcpScan,
    TlsScan,
    TlsVulnerabilities,
    Version,
    Visit,
    Vulnerabilities,
)

HOST = "www.example.gov.cn"
HTTP, HTTPS = f"http://{HOST}/", f"https://{HOST}/"
NO_SCAN = (TlsScan, Gap(Reason.TIMEOUT))
SENT_ON = Visit(HTTP, 200, HTTPS, hops=(Hop(HTTP, 301, HTTPS),))
OPENED = Visit(HTTPS, 200, HTTPS, hsts=("max-age=31536000",), trusted=True)


def visited(plain=SENT_ON, secure=OPENED):
    return HttpsEntries((HttpsEntry(HOST, 443, plain, secure),))


def keys(outcome):
    return [found.key for found in outcome.findings]


def stays(**changes):
    return replace(Visit(HTTP, 200, HTTP), **changes)


def failed(reason):
    return Visit(HTTPS, problem=reason)


VISITS = (checks.https_offered, checks.http_redirects, checks.strict_transport)


@pytest.mark.parametrize("check", VISITS)
def test_sound_entry_passes(scan, check):
    assert judge(check, visited(), scan()).status is Status.PASS
    assert judge(check, visited(), NO_SCAN).status is Status.PASS


@pytest.mark.parametrize("reason", [Reason.REFUSED, Reason.NOT_TLS])
def test_missing_https_is_one_fault(scan, reason):
    facts = visited(stays(), failed(reason)), scan(offered=False, reason=reason)
    assert keys(judge(checks.https_offered, *facts)) == ["not-offered"]
    for check in (checks.http_redirects, checks.strict_transport):
        assert judge(check, *facts).reason.code is Reason.NO_HTTPS


@pytest.mark.parametrize("reason", [Reason.TIMEOUT, Reason.RESET, Reason.TLS_FAILED, Reason.ROBOTS_FORBIDDEN])
def test_https_that_could_not_be_told_is_no_fault(reason):
    outcome = judge(checks.https_offered, visited(stays(), failed(reason)), NO_SCAN)
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, reason)


def test_host_that_answers_nowhere_is_not_accused():
    nobody = visited(Visit(HTTP, problem=Reason.REFUSED), failed(Reason.REFUSED))
    assert judge(checks.https_offered, nobody, NO_SCAN).status is Status.INCONCLUSIVE


def test_server_too_old_for_our_client_still_offers_https():
    assert judge(checks.https_offered, visited(secure=failed(Reason.TLS_TOO_OLD)), NO_SCAN).status is Status.PASS


def test_another_site_on_a_shared_server_is_one_fault(scan, certificate):
    shared = scan(certificate(names=("other.gov.cn",)), declared=False)
    assert keys(judge(checks.https_offered, visited(stays()), shared)) == ["other-site"]
    for check in (checks.http_redirects, checks.strict_transport):
        assert judge(check, visited(stays()), shared).reason.code is Reason.NO_HTTPS


def test_https_that_sends_its_visitors_back(scan):
    back = Visit(HTTPS, 200, HTTP, hops=(Hop(HTTPS, 302, HTTP),))
    assert keys(judge(checks.https_offered, visited(stays(), back), scan())) == ["sent-back"]


def test_https_that_answers_with_an_error_only_is_a_hint(scan):
    outcome = judge(checks.https_offered, visited(stays(), Visit(HTTPS, 404, HTTPS)), scan())
    assert (outcome.status, keys(outcome)) == (Status.WARN, ["other-answer"])


def test_entries_that_were_not_visited_are_no_pass(scan):
    outcome = judge(checks.https_offered, replace(visited(), complete=False), scan())
    assert outcome.status is Status.INCONCLUSIVE


def test_http_that_stays(scan):
    assert keys(judge(checks.http_redirects, visited(stays()), scan())) == ["stays"]


@pytest.mark.parametrize("secure", [Visit(HTTPS, 404, HTTPS), Visit(HTTPS, 200, HTTP, hops=(Hop(HTTPS, 302, HTTP),))])
def test_http_need_not_lead_to_an_https_that_shows_nothing(scan, secure):
    outcome = judge(checks.http_redirects, visited(stays(), secure), scan())
    assert outcome.reason.code is Reason.NO_HTTPS


def test_http_that_is_closed_needs_no_redirect(scan):
    closed = Visit(HTTP, final_url=HTTP, problem=Reason.REFUSED)
    assert judge(checks.http_redirects, visited(closed), scan()).status is Status.PASS


def test_redirect_out_of_the_inspected_scope_is_still_a_redirect(scan):
    away = Visit(HTTP, 301, "https://portal.gov.cn/", hops=(Hop(HTTP, 301, "https://portal.gov.cn/"),))
    outcome = judge(checks.http_redirects, visited(replace(away, problem=Reason.OUT_OF_SCOPE)), scan())
    assert outcome.status is Status.PASS


def test_redirect_by_the_page_is_a_hint(scan):
    assert keys(judge(checks.http_redirects, visited(stays(refresh=HTTPS)), scan())) == ["by-page"]
    elsewhere = stays(refresh="https://www.other.example/")
    assert keys(judge(checks.http_redirects, visited(elsewhere), scan())) == ["stays"]


@pytest.mark.parametrize(
    ("plain", "reason"),
    [
        (Visit(HTTP, problem=Reason.TIMEOUT, final_url=HTTP), Reason.TIMEOUT),
        (Visit(HTTP, 503, HTTP), Reason.SERVER_ERROR),
        (Visit(HTTP, 200, HTTP, challenge="waf"), Reason.CHALLENGED),
    ],
)
def test_http_that_was_not_seen_stays_open(scan, plain, reason):
    assert judge(checks.http_redirects, visited(plain), scan()).reason.code is reason


@pytest.mark.parametrize(
    ("headers", "key"),
    [
        ((), "missing"),
        (("max-age=300",), "short"),
        (("max-age=0",), "switched-off"),
        (("includeSubDomains",), "void"),
    ],
)
def test_hsts(scan, headers, key):
    outcome = judge(checks.strict_transport, visited(secure=replace(OPENED, hsts=headers)), scan())
    assert (outcome.status, keys(outcome)) == (Status.WARN, [key])


def test_hsts_is_not_missed_on_an_error_page(scan):
    outcome = judge(checks.strict_transport, visited(secure=Visit(HTTPS, 503, HTTPS)), scan())
    assert outcome.reason.code is Reason.SERVER_ERROR


def test_hsts_behind_a_challenge_stays_open(scan):
    outcome = judge(checks.strict_transport, visited(secure=replace(OPENED, hsts=(), challenge="waf")), scan())
    assert outcome.reason.code is Reason.CHALLENGED


def test_hsts_of_a_server_that_speaks_tls_but_no_http_to_us_stays_open(scan):
    outcome = judge(checks.strict_transport, visited(secure=failed(Reason.TIMEOUT)), scan())
    assert outcome.reason.code is Reason.TIMEOUT


def versions(scan, **offered):
    found = tuple(
        Protocol(one, offered=offered.get(one.name, one in {Version.TLS12, Version.TLS13})) for one in Version
    )
    return judge(checks.protocols, scan(protocols=found))


def test_old_versions_are_faults(scan):
    outcome = versions(scan, SSL3=True, TLS10=True)
    assert sorted(keys(outcome)) == ["broken", "retired"]
    assert {found.distinct for found in outcome.findings} == {"SSL 3.0", "TLS 1.0"}


def test_no_current_version(scan):
    assert "none-current" in keys(versions(scan, TLS10=True, TLS12=False, TLS13=False))


def test_unknown_old_version_is_no_pass(scan):
    outcome = versions(scan, TLS10=None)
    assert outcome.status is Status.INCONCLUSIVE


def test_unknown_new_version_does_no_harm(scan):
    assert versions(scan, TLS13=None).status is Status.PASS


def suites(scan, *accepted, reason=None, **endpoint):
    return judge(checks.weak_suites, scan(suites=Suites(accepted, reason), **endpoint))


@pytest.mark.parametrize(
    ("name", "key", "status"),
    [
        ("TLS_RSA_WITH_NULL_SHA", "null", Status.FAIL),
        ("TLS_DH_anon_WITH_AES_128_CBC_SHA", "anonymous", Status.FAIL),
        ("TLS_RSA_EXPORT_WITH_RC4_40_MD5", "export", Status.FAIL),
        ("TLS_RSA_WITH_DES_CBC_SHA", "des", Status.FAIL),
        ("TLS_RSA_WITH_RC4_128_SHA", "rc4", Status.FAIL),
        ("TLS_RSA_WITH_3DES_EDE_CBC_SHA", "block64", Status.WARN),
    ],
)
def test_weak_suites(scan, name, key, status):
    outcome = suites(scan, Suite(Version.TLS12, name))
    assert (keys(outcome), outcome.status) == ([key], status)


@pytest.mark.parametrize(("bits", "status"), [(512, Status.FAIL), (1024, Status.WARN), (2048, Status.PASS)])
def test_group_of_the_key_exchange(scan, bits, status):
    assert suites(scan, Suite(Version.TLS12, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA", bits)).status is status


def test_suites_of_ssl2_are_left_to_the_check_of_protocols(scan):
    assert suites(scan, Suite(Version.SSL2, "SSL_CK_RC4_128_WITH_MD5")).status is Status.PASS


def test_small_curve_is_a_hint(scan):
    outcome = suites(scan, curves=("X25519", "secp160r1", "secp256r1", "brainpoolP256r1"))
    assert outcome.findings[0].params["curves"].value == "secp160r1"


def test_list_that_is_not_complete_is_no_pass_but_keeps_its_findings(scan):
    assert suites(scan, reason=Reason.TIMEOUT).reason.code is Reason.TIMEOUT
    found = suites(scan, Suite(Version.TLS12, "TLS_RSA_WITH_RC4_128_SHA"), reason=Reason.TIMEOUT)
    assert (found.status, found.coverage.complete) == (Status.FAIL, False)


SAFE = Vulnerabilities(
    HOST,
    443,
    offered=True,
    heartbleed=False,
    ccs_injection=False,
    robot=Robot.NONE,
    compression=False,
    secure_renegotiation=True,
    client_renegotiation=False,
    fallback_scsv=True,
)


def judged(scan, **changes):
    return judge(checks.known_vulnerabilities, TlsVulnerabilities((replace(SAFE, **changes),)), scan())


def test_safe_server_passes(scan):
    assert judged(scan).status is Status.PASS


@pytest.mark.parametrize(
    ("changes", "key", "status"),
    [
        ({"heartbleed": True}, "heartbleed", Status.FAIL),
        ({"ccs_injection": True}, "ccs-injection", Status.FAIL),
        ({"robot": Robot.STRONG}, "robot", Status.FAIL),
        ({"robot": Robot.WEAK}, "robot-weak", Status.WARN),
        ({"client_renegotiation": True}, "client-renegotiation", Status.FAIL),
        ({"secure_renegotiation": False}, "old-renegotiation", Status.WARN),
        ({"compression": True}, "compression", Status.WARN),
        ({"fallback_scsv": False}, "no-fallback-guard", Status.WARN),
    ],
)
def test_vulnerabilities(scan, changes, key, status):
    outcome = judged(scan, **changes)
    assert (keys(outcome), outcome.status) == ([key], status)


def test_tests_that_failed_are_no_pass(scan):
    assert judged(scan, heartbleed=None, reason=Reason.PROGRAM_FAILED).status is Status.INCONCLUSIVE
    assert judged(scan, robot=Robot.UNKNOWN).status is Status.INCONCLUSIVE


def test_vulnerabilities_without_https(scan):
    assert judged(scan, offered=False).reason.code is Reason.NO_HTTPS


def spoken(scan, now, **changes):
    return judge(checks.tlcp, TlcpScan(now, (TlcpEndpoint(HOST, 443, **changes),)), scan())


def sm2(certificate, *usages, **changes):
    return certificate(key="SM2", key_bits=256, hash="sm3", usages=usages, **changes)


def test_tlcp_with_both_certificates_passes(scan, certificate, now):
    pair = (sm2(certificate, "digital_signature"), sm2(certificate, "key_encipherment"))
    assert spoken(scan, now, tlcp=True, tls13=False, certificates=pair).status is Status.PASS


def test_tlcp_without_encryption_certificate_is_a_hint(scan, certificate, now):
    outcome = spoken(scan, now, tlcp=True, tls13=False, certificates=(sm2(certificate, "digital_signature"),))
    assert (outcome.status, keys(outcome)) == (Status.WARN, ["one-certificate"])


def test_tlcp_certificate_outside_its_dates_is_a_hint(scan, certificate, now):
    old = sm2(certificate, "digital_signature", "key_agreement", not_after=now - timedelta(days=1))
    assert keys(spoken(scan, now, tlcp=True, tls13=False, certificates=(old,))) == ["encryption-outside-dates"]


def test_sm_suites_of_tls13_are_enough(scan, now):
    assert spoken(scan, now, tlcp=False, tls13=True).status is Status.PASS


def test_neither_is_a_hint(scan, now):
    assert keys(spoken(scan, now, tlcp=False, tls13=False)) == ["not-offered"]


def test_tlcp_that_could_not_be_told_stays_open(scan, now):
    assert spoken(scan, now, reason=Reason.TIMEOUT).reason.code is Reason.TIMEOUT
    assert spoken(scan, now, tlcp=False, tls13=None, reason=Reason.TIMEOUT).status is Status.INCONCLUSIVE


def test_tlcp_is_not_asked_of_a_site_without_https(scan, now):
    facts = TlcpScan(now, (TlcpEndpoint(HOST, 443, reason=Reason.REFUSED),)), scan(offered=False)
    assert judge(checks.tlcp, *facts).reason.code is Reason.NO_HTTPS
