from base64 import b64encode
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed448, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from xuncha.api import Answer, Reason
from xuncha_plugins.domain import dnssec, signing
from xuncha_plugins.domain.dnssec import Answers
from xuncha_plugins.domain.facts import Chain, Fault

ZONE = "shili.gov.example"


@pytest.fixture
def state(now):
    """(chain, what is wrong, at which record) of these answers."""

    def judge(zone, **changes):
        answers = {**zone, **changes}
        found = dnssec.judged(
            ZONE, Answers(answers["DS"], answers["DNSKEY"], (answers["SOA"], answers["A"])), now, shared=False
        )
        return found.chain, found.fault or found.reason, found.record

    return judge


def without(answer):
    return replace(answer, values=(), signatures=())


def test_a_signed_zone_is_secure(state, signed_zone):
    assert state(signed_zone()) == (Chain.SECURE, None, "")


def test_a_zone_without_signatures_is_unsigned(state, signed_zone):
    zone = signed_zone()
    assert state(zone, DS=without(zone["DS"]), DNSKEY=without(zone["DNSKEY"]))[0] is Chain.UNSIGNED


def test_signatures_that_the_parent_does_not_know_are_an_island(state, signed_zone):
    zone = signed_zone()
    assert state(zone, DS=without(zone["DS"]))[0] is Chain.ISLAND


def test_keys_that_are_gone_break_it(state, signed_zone):
    zone = signed_zone()
    assert state(zone, DNSKEY=without(zone["DNSKEY"])) == (Chain.BROKEN, Fault.NO_KEYS, "DNSKEY")


def test_keys_of_another_break_it(state, signed_zone):
    other = signed_zone()
    assert state(signed_zone(), DNSKEY=other["DNSKEY"]) == (Chain.BROKEN, Fault.NO_MATCH, "DNSKEY")


def test_records_without_signature_break_it(state, signed_zone):
    zone = signed_zone()
    assert state(zone, SOA=replace(zone["SOA"], signatures=())) == (Chain.BROKEN, Fault.UNSIGNED, "SOA")


def test_altered_records_break_it(state, signed_zone):
    zone = signed_zone()
    assert state(zone, A=replace(zone["A"], values=("192.0.2.66",))) == (Chain.BROKEN, Fault.INVALID, "A")


def test_an_expired_signature_breaks_it(state, signed_zone):
    assert state(signed_zone(faults=["dnssec-broken"])) == (Chain.BROKEN, Fault.EXPIRED, "DNSKEY")


def test_a_clock_ahead_breaks_it(signed_zone, now):
    zone = signed_zone()
    early = now - timedelta(days=90)
    found = dnssec.judged(ZONE, Answers(zone["DS"], zone["DNSKEY"], ()), early, shared=False)
    assert found.fault is Fault.EARLY


def test_a_resolver_that_strips_signatures_proves_nothing(state, signed_zone):
    zone = {kind: replace(one, signatures=()) for kind, one in signed_zone().items()}
    assert state(zone)[:2] == (Chain.UNKNOWN, Reason.VANTAGE_UNFIT)


@pytest.mark.parametrize("ds", ["4711 17 6 " + "ab" * 32, "4711 13 6 " + "ab" * 32, "4711 13 3 " + "ab" * 32])
def test_what_cannot_be_verified_here_is_not_broken(state, signed_zone, ds):
    zone = signed_zone()
    assert state(zone, DS=replace(zone["DS"], values=(ds,)))[:2] == (Chain.UNKNOWN, Reason.NOT_SUPPORTED)


def test_another_digest_beside_the_right_one_does_no_harm(state, signed_zone):
    zone = signed_zone()
    values = ("4711 17 6 " + "ab" * 32, "4711 13 2 " + "ab" * 32, *zone["DS"].values)
    assert state(zone, DS=replace(zone["DS"], values=values))[0] is Chain.SECURE


def test_an_alias_elsewhere_is_not_held_against_the_zone(state, signed_zone):
    zone = signed_zone()
    assert state(zone, A=Answer("www", "A"))[0] is Chain.SECURE


def test_many_keys_cost_nothing(state, signed_zone):
    zone = signed_zone()
    values = zone["DNSKEY"].values * 400
    assert state(zone, DNSKEY=replace(zone["DNSKEY"], values=values))[:2] == (Chain.UNKNOWN, Reason.TOO_LARGE)


@given(st.sampled_from(["DS", "DNSKEY", "SOA", "A"]), st.text(max_size=60))
def test_no_text_breaks_the_validator(kind, text):
    odd = {one: Answer(ZONE, one) for one in ("DS", "DNSKEY", "SOA", "A")}
    odd["DS"] = replace(odd["DS"], values=("4711 13 2 " + "ab" * 32,), signatures=("x",))
    odd[kind] = replace(odd[kind], values=(text,), signatures=(text,))
    moment = dnssec.datetime(2026, 1, 1, tzinfo=dnssec.UTC)
    assert dnssec.judged(ZONE, Answers(odd["DS"], odd["DNSKEY"], (odd["SOA"],)), moment, shared=False).chain


def rsa_key():
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    numbers = private.public_key().public_numbers()
    key = b"\x03\x01\x00\x01" + numbers.n.to_bytes(256)
    return key, lambda data: private.sign(data, padding.PKCS1v15(), hashes.SHA256())


def edwards_key(private):
    return private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw), private.sign


@pytest.mark.parametrize(
    ("number", "made"),
    [
        (8, rsa_key),
        (15, lambda: edwards_key(ed25519.Ed25519PrivateKey.generate())),
        (16, lambda: edwards_key(ed448.Ed448PrivateKey.generate())),
    ],
)
def test_every_algorithm_verifies_its_own_signatures_only(number, made):
    key, sign = made()
    signing.ALGORITHMS[number](key, sign(b"data"), b"data")
    with pytest.raises(signing.InvalidSignature):
        signing.ALGORITHMS[number](key, sign(b"data"), b"other")


@pytest.mark.parametrize("number", sorted(signing.ALGORITHMS))
@given(key=st.binary(max_size=70))
def test_odd_keys_refute_nothing(number, key):
    text = f"257 3 {number} {b64encode(key).decode() or 'AA=='}"
    parsed = signing.dns.rdata.from_text("IN", "DNSKEY", text)
    rrsig = signing.dns.rdata.from_text("IN", "RRSIG", f"A {number} 3 5 20301201000000 20201201000000 1 a.cn. AAAA")
    with suppress(signing.UnreadableKeyError):
        assert not signing._verifies(parsed, rrsig, b"data")
