import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xuncha_plugins.tls.certificates import UnreadableError, covers, linked, matches, read, read_all, read_pem


def test_a_certificate_is_read(issued):
    found = read(issued()[0])
    assert found.names == ("www.example.gov.cn",)
    assert (found.key, found.key_bits, found.curve, found.hash) == ("EC", 256, "secp256r1", "sha256")
    assert found.not_after > datetime(2026, 11, 22, tzinfo=UTC)
    assert not found.self_signed


def test_self_signed_and_weak_ones_are_seen(issued):
    assert read(issued(issuer="itself")[0]).self_signed
    assert read(issued(key="rsa-1024")[0]).key_bits == 1024
    assert read(issued(issuer="sha1")[0]).hash == "sha1"


def test_sm2_is_read_although_the_library_cannot(issued):
    p256, sm2 = bytes.fromhex("2a8648ce3d030107"), bytes.fromhex("2a811ccf5501822d")
    sha256, sm3 = bytes.fromhex("2a8648ce3d040302"), bytes.fromhex("2a811ccf55018375")
    found = read(issued()[0].replace(p256, sm2).replace(sha256, sm3))
    assert (found.key, found.key_bits, found.hash) == ("SM2", 256, "sm3")


def test_chain_is_linked_by_issuers(issued):
    chain, unreadable = read_all(issued())
    assert linked(chain)
    assert not linked(tuple(reversed(chain)))
    assert unreadable == 0


def test_unreadable_ones_are_counted(issued):
    chain, unreadable = read_all((issued()[0], b"junk"))
    assert (len(chain), unreadable) == (1, 1)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_unreadable(data):
    with pytest.raises(UnreadableError):
        read(data)


@settings(deadline=None)
@given(st.text(max_size=100))
def test_arbitrary_text_is_no_pem(text):
    with pytest.raises(UnreadableError):
        read_pem(text)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 600), st.integers(0, 255))
def test_a_damaged_certificate_is_read_or_refused(damaged, at, value):
    data = bytearray(damaged)
    data[at % len(data)] = value
    with contextlib.suppress(UnreadableError):
        read(bytes(data))


@pytest.mark.parametrize(
    ("pattern", "host", "fits"),
    [
        ("www.a.gov.cn", "WWW.a.gov.cn.", True),
        ("*.a.gov.cn", "www.a.gov.cn", True),
        ("*.a.gov.cn", "a.gov.cn", False),
        ("*.a.gov.cn", "x.y.a.gov.cn", False),
        ("*.cn", "a.cn", False),
        ("*", "www.a.gov.cn", False),
        ("w*.a.gov.cn", "www.a.gov.cn", False),
        ("*.a.gov.cn", ".a.gov.cn", False),
        ("xn--fiqs8s.a.gov.cn", "xn--fiqs8s.a.gov.cn", True),
    ],
)
def test_names_and_wildcards(pattern, host, fits):
    assert matches(pattern, host) is fits


def test_addresses_are_compared_as_addresses(certificate):
    own = certificate(names=("192.0.2.1",), addresses=("2001:db8::1",))
    assert covers(own, "2001:DB8:0::1")
    assert not covers(own, "192.0.2.1")
