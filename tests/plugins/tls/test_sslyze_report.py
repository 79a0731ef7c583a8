import copy
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xuncha.api import Reason
from xuncha_plugins.tls.facts import PathProblem, Protocol, Robot, Suite, Version
from xuncha_plugins.tls.sslyze_report import SUPPLIED, ReportError, read, vulnerabilities


def trust(report) -> dict:
    return {one.store: one.problem for one in report.deployments[0].trust}


def test_sound_chain(recorded):
    report = recorded("sound-certificates")
    assert [one.subject.split(",")[0] for one in report.deployments[0].chain] == [
        "CN=www.example.gov.cn",
        "CN=示例区检查实验签发证书",
    ]
    assert trust(report)[SUPPLIED] is None
    assert trust(report)["Mozilla"] is PathProblem.UNKNOWN_ISSUER


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("expired", PathProblem.DATES),
        ("other-name", PathProblem.NAME),
        ("unknown-root", PathProblem.UNKNOWN_ISSUER),
    ],
)
def test_the_validators_words_become_a_problem(recorded, name, problem):
    assert set(trust(recorded(name)).values()) == {problem}


def test_issuer_that_was_found_but_lacks_an_extension_is_not_unknown(printed):
    words = "candidates exhausted: invalid extension: 2.5.29.15: Certificate is missing required extension"
    data = json.loads(printed("unknown-root"))
    deployment = data["server_scan_results"][0]["scan_result"]["certificate_info"]["result"]
    for path in deployment["certificate_deployments"][0]["path_validation_results"]:
        path["validation_error"] = f"validation failed: {words}"
    assert set(trust(read(json.dumps(data).encode())).values()) == {PathProblem.FORM}


def test_self_signed_is_told_by_the_certificate_not_by_the_validators_words(recorded):
    assert recorded("self-signed").deployments[0].leaf.self_signed


def test_sha1_and_short_keys_are_read_from_the_certificate(recorded):
    assert recorded("sha1").deployments[0].leaf.hash == "sha1"
    assert set(trust(recorded("sha1")).values()) == {PathProblem.WEAK}
    assert recorded("rsa-1024").deployments[0].leaf.key_bits == 1024
    assert trust(recorded("rsa-1024"))[SUPPLIED] is None


def test_stapled_revocation_is_kept_beside_a_trusted_path(recorded):
    own = recorded("stapled-revoked").deployments[0]
    assert (own.staple.status, own.staple.trusted is not None) == ("REVOKED", True)
    assert any(one.trusted for one in own.trust)


def test_accepted_suites_by_version(recorded):
    report = recorded("rc4-and-3des-suites")
    assert Suite(Version.TLS12, "TLS_RSA_WITH_RC4_128_SHA") in report.suites
    assert Protocol(Version.SSL3, offered=False) in report.protocols


def test_curves(recorded):
    assert "secp256r1" in recorded("sound-suites-and-curves").curves
    assert recorded("old-protocols-suites").curves is None


def test_timed_out_suites_are_no_refusal(printed):
    report = json.loads(printed("sound-suites-and-curves"))
    commands = report["server_scan_results"][0]["scan_result"]
    silent = "Connection to server timed out during the TLS handshake"
    for one in commands["tls_1_0_cipher_suites"]["result"]["rejected_cipher_suites"]:
        one["error_message"] = silent
    found = read(json.dumps(report).encode())
    assert Protocol(Version.TLS10, offered=None, reason=Reason.TIMEOUT) in found.protocols
    assert found.timed_out == {Version.TLS10}


def test_failed_command_is_named(printed):
    report = json.loads(printed("sound-certificates"))
    failed = {"status": "ERROR", "error_reason": "CONNECTIVITY_ISSUE", "error_trace": "…", "result": None}
    report["server_scan_results"][0]["scan_result"]["certificate_info"] = failed
    found = read(json.dumps(report).encode())
    assert found.failed == ("certificate_info",)
    assert found.deployments == ()


def test_no_connectivity_is_no_word_about_the_server_and_hides_local_paths(recorded):
    report = recorded("no-connectivity")
    assert not report.connected
    assert "could not find a TLS version" in report.trouble
    assert "site-packages" not in report.trouble


def test_server_of_ssl2_only_is_not_called_unreachable(printed):
    report = json.loads(printed("no-connectivity"))
    words = 'sslyze.errors.X: a:1 -> "fake_server only supports SSL 2.0 and is therefore affected by …".'
    report["server_scan_results"][0]["connectivity_error_trace"] = f"Traceback\n{words}\n"
    found = read(json.dumps(report).encode())
    assert found.protocols == (Protocol(Version.SSL2, offered=True),)


def test_vulnerability_tests(recorded):
    found = vulnerabilities(recorded("vulnerabilities-renegotiation"), "a", 443)
    assert (found.heartbleed, found.ccs_injection, found.robot) == (False, False, Robot.NONE)
    assert (found.client_renegotiation, found.secure_renegotiation) == (True, True)
    assert found.reason is None


def test_huge_integers_are_read(printed):
    report = printed("sound-certificates").replace(b'"port":', b'"big":' + b"9" * 9000 + b',"port":', 1)
    assert read(report).connected


@pytest.mark.parametrize("output", [b"", b"[]", b"{}", b'{"server_scan_results":[]}', b"[" * 100_000, b"\xff", b"null"])
def test_anything_else_is_no_report(output):
    with pytest.raises(ReportError):
        read(output)


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_arbitrary_json_is_read_or_refused(value):
    with pytest.raises(ReportError):
        read(json.dumps({"server_scan_results": [{"scan_result": value}]}).encode())


def places(value, at=()) -> list[tuple]:
    """The path of everything in a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(place for key, one in inner for place in places(one, (*at, key)))]


REPORT = json.loads((Path(__file__).parent / "data" / "stapled-revoked.json").read_bytes())
PLACES = places(REPORT)[1:]


@settings(deadline=None)
@given(
    st.sampled_from(PLACES), st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.just([]) | st.just({})
)
def test_damaged_report_is_read_or_refused(place, value):
    damaged = copy.deepcopy(REPORT)
    inner = damaged
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    with suppress(ReportError):
        read(json.dumps(damaged).encode())
