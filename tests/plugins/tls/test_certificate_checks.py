from dataclasses import replace
from datetime import timedelta

import pytest

from xuncha.api import Gap, Reason
from xuncha.model.outcome import Status
from xuncha.testing import judge
from xuncha_plugins.tls import certificate_checks as checks
from xuncha_plugins.tls.certificates import MAX_NAMES
from xuncha_plugins.tls.facts import HttpsEntries, HttpsEntry, PathProblem, Staple, Trust, Visit

HOST = "www.example.gov.cn"
NO_VISIT = (HttpsEntries, Gap(Reason.TIMEOUT))


def rejected(problem, text="…"):
    return tuple(Trust(store, trusted=False, problem=problem, text=text) for store in ("Mozilla", "Windows"))


def opinion(*, trusted, text=""):
    secure = Visit(f"https://{HOST}/", 200, trusted=trusted, trust_text=text)
    return HttpsEntries((HttpsEntry(HOST, 443, Visit(f"http://{HOST}/"), secure),))


def valid(scan, visited=NO_VISIT):
    return judge(checks.certificate_valid, scan, visited)


def chained(scan, visited=NO_VISIT):
    return judge(checks.chain_complete, scan, visited)


def keys(outcome):
    return [found.key for found in outcome.findings]


def test_sound_certificate_passes_every_check(scan):
    assert valid(scan()).status is Status.PASS
    for check in (checks.certificate_expiry, checks.name_matches, checks.chain_complete, checks.key_strength):
        assert judge(check, scan(), NO_VISIT).status is Status.PASS
    assert judge(checks.signature, scan()).status is Status.PASS


EVERY = (
    checks.certificate_expiry,
    checks.name_matches,
    checks.chain_complete,
    checks.key_strength,
    checks.signature,
    checks.revocation,
)


@pytest.mark.parametrize("check", EVERY)
def test_site_without_https_is_not_asked(scan, check):
    outcome = judge(check, scan(offered=False, reason=Reason.REFUSED, deployments=()), NO_VISIT)
    assert (outcome.status, outcome.reason.code) == (Status.NOT_APPLICABLE, Reason.NO_HTTPS)


@pytest.mark.parametrize("check", EVERY)
def test_site_that_could_not_be_reached_stays_open(scan, check):
    outcome = judge(check, scan(offered=None, reason=Reason.TIMEOUT, deployments=()), NO_VISIT)
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.TIMEOUT)


@pytest.mark.parametrize("check", EVERY)
def test_certificate_that_was_not_seen_stays_open(scan, check):
    outcome = judge(check, scan(deployments=(), chains_reason=Reason.PROGRAM_MISSING), NO_VISIT)
    assert (outcome.status, outcome.reason.code) == (Status.INCONCLUSIVE, Reason.PROGRAM_MISSING)


def test_expired(scan, certificate, now):
    past = scan(certificate(not_after=now - timedelta(days=1)), trust=rejected(PathProblem.DATES))
    assert keys(valid(past)) == ["expired"]
    assert keys(judge(checks.certificate_expiry, past)) == ["expired"]


def test_not_yet_valid(scan, certificate, now):
    assert keys(valid(scan(certificate(not_before=now + timedelta(days=1))))) == ["not-yet"]


def test_expiring_soon_is_a_hint(scan, certificate, now):
    outcome = judge(checks.certificate_expiry, scan(certificate(not_after=now + timedelta(days=20))))
    assert outcome.status is Status.WARN
    assert outcome.findings[0].params["days"].value == 20


def test_short_lived_certificate_is_not_warned_of_in_its_middle(scan, certificate, now):
    short = certificate(not_before=now - timedelta(days=22), not_after=now + timedelta(days=25))
    assert judge(checks.certificate_expiry, scan(short)).status is Status.PASS


def test_self_signed(scan, certificate):
    own = certificate(self_signed=True, issuer=f"CN={HOST}")
    assert keys(valid(scan(own, trust=rejected(PathProblem.FORM)))) == ["self-signed"]


def test_self_signed_that_the_office_itself_supplied_is_trusted(scan, certificate):
    supplied = (*rejected(PathProblem.FORM), Trust(checks.SUPPLIED, trusted=True))
    assert valid(scan(certificate(self_signed=True), trust=supplied)).status is Status.PASS


def test_unknown_issuer(scan):
    assert keys(valid(scan(trust=rejected(PathProblem.UNKNOWN_ISSUER)))) == ["unknown-issuer"]


def test_missing_intermediate_is_one_fault_not_two(scan, certificate):
    lonely = scan(certificate(issuer_url=True), trust=rejected(PathProblem.UNKNOWN_ISSUER))
    assert keys(chained(lonely)) == ["incomplete"]
    assert valid(lonely).status is Status.INCONCLUSIVE


def test_chain_to_an_unknown_root_is_not_called_incomplete(scan, certificate):
    root = certificate(subject="CN=Issuing CA", issuer="CN=Issuing CA", self_signed=True)
    private = scan(certificate(), root, trust=rejected(PathProblem.UNKNOWN_ISSUER))
    assert keys(valid(private)) == ["unknown-issuer"]
    assert chained(private).status is Status.PASS


def test_private_issuer_that_sent_no_root_is_not_called_incomplete(scan):
    assert keys(chained(scan(trust=rejected(PathProblem.UNKNOWN_ISSUER)))) == []


def test_only_some_stores_trust_it(scan):
    trust = (Trust("Mozilla", trusted=False, problem=PathProblem.UNKNOWN_ISSUER), Trust("Windows", trusted=True))
    outcome = valid(scan(trust=trust))
    assert (outcome.status, keys(outcome)) == (Status.WARN, ["some-stores"])


def test_odd_form_is_a_hint_where_another_validator_trusts_it(scan):
    odd = scan(trust=rejected(PathProblem.FORM, "invalid extension: 2.5.29.19"))
    assert valid(odd).status is Status.INCONCLUSIVE
    assert keys(valid(odd, opinion(trusted=True))) == ["odd-form"]


def test_supplied_root_of_odd_form_is_not_called_unknown(scan):
    said = Trust(checks.SUPPLIED, trusted=False, problem=PathProblem.FORM, text="invalid extension: 2.5.29.15")
    private = scan(trust=(*rejected(PathProblem.UNKNOWN_ISSUER), said))
    assert valid(private).status is Status.INCONCLUSIVE
    assert keys(valid(private, opinion(trusted=True))) == ["odd-form"]


@pytest.mark.parametrize("problem", [PathProblem.NAME, PathProblem.WEAK])
def test_validator_that_stopped_early_proves_nothing_about_trust(scan, problem):
    assert valid(scan(trust=rejected(problem))).status is Status.INCONCLUSIVE


def test_name_mismatch_after_a_trusted_chain_leaves_only_the_name(scan):
    visited = opinion(trusted=False, text="Hostname mismatch, certificate is not valid for 'a'.")
    assert valid(scan(trust=rejected(PathProblem.NAME)), visited).status is Status.PASS


def test_without_sslyze_our_own_client_may_vouch_but_not_accuse(scan):
    bare = scan(deployment={"trust": ()}, trust_reason=Reason.PROGRAM_MISSING)
    assert valid(bare, opinion(trusted=True)).status is Status.PASS
    distrusted = valid(bare, opinion(trusted=False, text="unable to get local issuer certificate"))
    assert (distrusted.status, distrusted.reason.code) == (Status.INCONCLUSIVE, Reason.PROGRAM_MISSING)


def test_other_names(scan, certificate):
    outcome = judge(checks.name_matches, scan(certificate(names=("a.example", "b.example"))))
    assert keys(outcome) == ["other-names"]
    assert outcome.findings[0].params["names"].value == "a.example, b.example"


@pytest.mark.parametrize("check", EVERY)
def test_certificate_of_another_site_on_a_shared_server_is_not_held_against_this_one(scan, certificate, check):
    shared = scan(certificate(names=("other.gov.cn",), key_bits=512, hash="md5"), declared=False)
    assert judge(check, shared, NO_VISIT).status is Status.NOT_APPLICABLE


def test_common_name_alone_is_no_name(scan, certificate):
    assert keys(judge(checks.name_matches, scan(certificate(names=(), common_name=HOST)))) == ["no-names"]


def test_names_that_were_cut_off_or_unreadable_are_no_mismatch(scan, certificate):
    many = certificate(names=("a.example",), names_total=MAX_NAMES + 1)
    assert judge(checks.name_matches, scan(many)).reason.code is Reason.TOO_LARGE
    broken = certificate(names=(), extensions_readable=False)
    assert judge(checks.name_matches, scan(broken)).reason.code is Reason.MALFORMED_REPLY


def test_chain_that_our_own_client_followed_to_a_root_is_complete(scan):
    late = scan(trust=rejected(PathProblem.DATES))
    assert chained(late).status is Status.INCONCLUSIVE
    assert chained(late, opinion(trusted=False, text="certificate has expired")).status is Status.PASS


def test_disordered_chain_is_a_hint(scan):
    outcome = chained(scan(deployment={"linked": False}))
    assert (outcome.status, keys(outcome)) == (Status.WARN, ["disordered"])


@pytest.mark.parametrize(("key", "bits"), [("RSA", 1024), ("RSA", 2047), ("EC", 224), ("DSA", 1024)])
def test_short_keys(scan, certificate, key, bits):
    assert keys(judge(checks.key_strength, scan(certificate(key=key, key_bits=bits)))) == ["short"]


@pytest.mark.parametrize(("key", "bits"), [("RSA", 2048), ("EC", 256), ("SM2", 256), ("Ed25519", 256)])
def test_keys_that_are_long_enough(scan, certificate, key, bits):
    assert judge(checks.key_strength, scan(certificate(key=key, key_bits=bits))).status is Status.PASS


def test_unknown_key_stays_open(scan, certificate):
    assert judge(checks.key_strength, scan(certificate(key="1.2.3", key_bits=0))).status is Status.INCONCLUSIVE


def test_short_intermediate_is_found_and_a_short_root_is_not(scan, certificate):
    above = certificate(subject="CN=Issuing CA", issuer="CN=Root", key_bits=1024)
    root = certificate(subject="CN=Root", issuer="CN=Root", self_signed=True, key_bits=1024, hash="sha1")
    outcome = judge(checks.key_strength, scan(certificate(), above, root))
    assert [found.params["subject"].value for found in outcome.findings] == ["CN=Issuing CA"]
    assert judge(checks.signature, scan(certificate(), above, root)).status is Status.PASS


@pytest.mark.parametrize("name", ["md5", "sha1"])
def test_broken_signature(scan, certificate, name):
    assert keys(judge(checks.signature, scan(certificate(hash=name)))) == ["broken"]


@pytest.mark.parametrize("name", ["sha256", "sha384", "sm3", "ed25519"])
def test_sound_signature(scan, certificate, name):
    assert judge(checks.signature, scan(certificate(hash=name))).status is Status.PASS


def stapled(scan, **staple):
    return judge(checks.revocation, scan(deployment={"staple": Staple(**staple)}))


def test_revoked(scan):
    assert stapled(scan, status="REVOKED", trusted=True).status is Status.FAIL


def test_revocation_by_an_answer_that_is_not_trusted_is_a_hint(scan):
    assert stapled(scan, status="REVOKED", trusted=False).status is Status.WARN


def test_good_and_stale_staples(scan, now):
    assert stapled(scan, status="GOOD", trusted=True, next_update=now + timedelta(days=1)).status is Status.PASS
    assert keys(stapled(scan, status="GOOD", trusted=True, next_update=now - timedelta(days=1))) == ["stale"]


def test_without_staple_nothing_is_said(scan, certificate):
    assert judge(checks.revocation, scan()).status is Status.NOT_APPLICABLE
    assert keys(judge(checks.revocation, scan(certificate(must_staple=True)))) == ["must-staple"]
    unknown = judge(checks.revocation, scan(deployment={"staple_known": False}, trust_reason=Reason.PROGRAM_MISSING))
    assert unknown.reason.code is Reason.PROGRAM_MISSING


def test_each_of_two_chains_is_judged(scan, certificate):
    found = scan()
    endpoint = found.endpoints[0]
    second = replace(endpoint.deployments[0], chain=(certificate(key="EC", key_bits=256, names=("x.example",)),))
    both = replace(found, endpoints=(replace(endpoint, deployments=(*endpoint.deployments, second)),))
    outcome = judge(checks.name_matches, both)
    assert [one.distinct for one in outcome.findings] == ["EC"]
