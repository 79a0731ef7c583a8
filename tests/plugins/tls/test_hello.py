import pytest

from xuncha_plugins.tls import hello
from xuncha_plugins.tls.facts import Version
from xuncha_plugins.tls.suites import MODERN, NAMES, TLS13, WEAK, Weakness, weakness

HOST = "www.example.gov.cn"


@pytest.mark.parametrize("version", [Version.TLS10, Version.TLS11, Version.TLS12])
def test_hello_proposes_its_version_and_names_the_host(hello_of, version):
    sent = hello_of(hello.one_version(version, HOST))
    assert sent.version == hello.NUMBERS[version]
    assert HOST.encode() in sent.extensions[0]


def test_ssl3_hello_has_no_extensions(hello_of):
    assert hello_of(hello.one_version(Version.SSL3, HOST)).extensions is None


def test_tls13_hello_offers_only_tls13(hello_of):
    sent = hello_of(hello.one_version(Version.TLS13, HOST))
    assert sent.extensions[43] == b"\x02\x03\x04"
    assert set(sent.suites) == set(TLS13)


def test_ssl2_hello_is_of_its_own_form():
    sent = hello.one_version(Version.SSL2, HOST)
    assert sent[0] & 0x80
    assert int.from_bytes(sent[:2], "big") & 0x7FFF == len(sent) - 2
    assert sent[2:5] == b"\x01\x00\x02"


def test_an_address_is_not_named(hello_of):
    assert 0 not in hello_of(hello.one_version(Version.TLS12, "192.0.2.1")).extensions
    assert 0 not in hello_of(hello.one_version(Version.TLS12, "2001:db8::1")).extensions


@pytest.mark.parametrize("length", range(1, 250, 7))
def test_no_hello_has_a_length_that_hangs_old_load_balancers(length):
    host = "a" * min(length, 60) + ".example.gov.cn"
    for suites in (list(MODERN)[:20], list(WEAK)[:length]):
        sent = hello.one_version(Version.TLS12, host, suites)
        assert not 256 <= len(sent) - 5 <= 511


def test_every_suite_on_offer_is_sorted_rightly_into_weak_and_sound():
    assert {number for number, name in NAMES.items() if weakness(name)} == set(WEAK)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("TLS_RSA_WITH_NULL_SHA256", Weakness.NULL),
        ("TLS_SHA256_SHA256", Weakness.NULL),
        ("TLS_ECDH_anon_WITH_RC4_128_SHA", Weakness.ANONYMOUS),
        ("TLS_RSA_EXPORT1024_WITH_RC4_56_SHA", Weakness.EXPORT),
        ("TLS_RSA_WITH_DES_CBC_SHA", Weakness.DES),
        ("TLS_ECDHE_RSA_WITH_RC4_128_SHA", Weakness.RC4),
        ("TLS_RSA_WITH_3DES_EDE_CBC_SHA", Weakness.BLOCK64),
        ("TLS_DHE_RSA_WITH_AES_256_CBC_SHA", None),
        ("TLS_SM4_GCM_SM3", None),
    ],
)
def test_weakness_of_a_suite(name, kind):
    assert weakness(name) is kind
