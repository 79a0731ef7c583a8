import socket
import ssl

import pytest
from cryptography import x509

from xuncha.lab import CLEAN
from xuncha.lab.hello import parse_hello

LAST_CENTURY = pytest.mark.filterwarnings("ignore:ssl.TLSVersion")


def peer(browser, *, oldest=ssl.TLSVersion.MINIMUM_SUPPORTED, newest=ssl.TLSVersion.MAXIMUM_SUPPORTED, suites="ALL"):
    """What a client that verifies nothing gets: version, suite, certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers(f"{suites}:@SECLEVEL=0")
    context.minimum_version, context.maximum_version = oldest, newest
    plain = socket.create_connection(browser.lab.connect_map[CLEAN.host, 443], timeout=10)
    with plain, context.wrap_socket(plain, server_hostname=CLEAN.host) as connection:
        der = connection.getpeercert(binary_form=True)
        return connection.version(), connection.cipher()[0], x509.load_der_x509_certificate(der)


@pytest.mark.parametrize(
    ("fault_id", "words"),
    [
        ("certificate-expired", "certificate has expired"),
        ("certificate-other-name", "Hostname mismatch"),
        ("certificate-self-signed", r"self.signed certificate"),
        ("certificate-unknown-root", r"self.signed certificate in certificate chain"),
        ("chain-incomplete", "unable to get local issuer certificate"),
        ("key-weak", "EE certificate key too weak"),
        ("signature-weak", r"CA (md|signature digest algorithm) too weak"),
    ],
)
def test_a_bad_certificate_is_bad_for_the_right_reason(serve, fault_id, words):
    with pytest.raises(ssl.SSLCertVerificationError, match=words):
        serve(fault_id).home()


def test_a_certificate_that_expires_soon_is_still_good(serve):
    site = serve("certificate-expiring")
    assert site.home().status == 200
    *_, certificate = peer(site)
    assert 0 < (certificate.not_valid_after_utc - site.lab.now).days < 14


@LAST_CENTURY
def test_a_sound_site_speaks_current_versions_only(clean):
    assert peer(clean)[0] == "TLSv1.3"
    with pytest.raises(ssl.SSLError, match=r"(?i)protocol.version"):
        peer(clean, newest=ssl.TLSVersion.TLSv1_1)


@LAST_CENTURY
def test_old_protocols_are_offered_where_switched_on(serve):
    assert peer(serve("protocols-old"), newest=ssl.TLSVersion.TLSv1_1)[0] == "TLSv1.1"


def test_weak_suites_are_offered_where_switched_on(serve):
    _, suite, _ = peer(serve("suites-weak"), newest=ssl.TLSVersion.TLSv1_2, suites="eNULL")
    assert "NULL" in suite


def test_a_sha1_signature_is_one(serve):
    *_, certificate = peer(serve("signature-weak"))
    assert certificate.signature_algorithm_oid.dotted_string == "1.2.840.113549.1.1.5"


def test_the_authority_satisfies_strict_validators(clean):
    root = x509.load_pem_x509_certificate(clean.lab.ca_file.read_bytes())
    for kind in (x509.BasicConstraints, x509.KeyUsage):
        assert root.extensions.get_extension_for_class(kind).critical


def test_names_on_one_port_get_certificates_of_their_own(clean):
    for host in ("beian.miit.gov.cn", "www.shi.gov.example"):
        assert clean.get(f"https://{host}/").status == 200


TLCP_HELLO = bytes.fromhex("16010100310100002d0101" + "00" * 32 + "000006e011e013e0530100")


def answer_to(browser, hello: bytes) -> bytes:
    with socket.create_connection(browser.lab.connect_map[CLEAN.host, 443], timeout=10) as connection:
        connection.sendall(hello)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_the_tlcp_hello_is_one():
    hello = parse_hello(TLCP_HELLO)
    assert hello is not None
    assert hello.tlcp


def test_tlcp_is_answered_with_sm2_certificates(clean):
    answer = answer_to(clean, TLCP_HELLO)
    assert answer.startswith(b"\x16\x01\x01")
    assert answer.count(bytes.fromhex("2a811ccf5501822d")) == 3


def test_without_tlcp_the_hello_is_refused(serve):
    assert not answer_to(serve("tlcp-missing"), TLCP_HELLO).startswith(b"\x16\x01\x01")


def test_http_on_the_https_port_ends_without_an_answer(clean):
    assert b"HTTP/" not in answer_to(clean, b"GET / HTTP/1.1\r\nHost: www.shili.gov.example\r\n\r\n")
