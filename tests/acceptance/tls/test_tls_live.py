"""sslyze and our own hellos against servers that are really broken."""

import asyncio
import socket
import ssl
import subprocess
import time
import warnings
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import ocsp

from xuncha.api import Gap, Reason
from xuncha.model.outcome import Status
from xuncha.testing import judge
from xuncha_plugins.tls import certificate_checks as certificate
from xuncha_plugins.tls import probes
from xuncha_plugins.tls import transport_checks as transport
from xuncha_plugins.tls.facts import HttpsEntries, Version

pytestmark = pytest.mark.acceptance

NOBODY_VISITED = (HttpsEntries, Gap(Reason.TIMEOUT))


def keys(check, scan) -> list[str]:
    return [found.key for found in judge(check, scan, NOBODY_VISITED).findings]


def status(check, scan) -> Status:
    return judge(check, scan, NOBODY_VISITED).status


CHECKS = (
    certificate.certificate_valid,
    certificate.certificate_expiry,
    certificate.name_matches,
    certificate.chain_complete,
    certificate.key_strength,
    certificate.signature,
    transport.protocols,
    transport.weak_suites,
)


@pytest.mark.parametrize("depth", ["quick", "normal", "deep"])
def test_sound_server_passes_at_every_depth(openssl_server, scan, depth):
    found = scan(openssl_server(), depth)
    assert {check.__name__: status(check, found) for check in CHECKS} == dict.fromkeys(
        (check.__name__ for check in CHECKS), Status.PASS
    )


def test_expired(openssl_server, scan):
    now = datetime.now(UTC)
    found = scan(openssl_server(begins=now - timedelta(days=90), ends=now - timedelta(days=2)))
    assert keys(certificate.certificate_valid, found) == keys(certificate.certificate_expiry, found) == ["expired"]


def test_wrong_name(openssl_server, scan):
    found = scan(openssl_server(host="www.other.example"))
    assert keys(certificate.name_matches, found) == ["other-names"]
    assert status(certificate.certificate_valid, found) is Status.INCONCLUSIVE


def test_self_signed(openssl_server, scan):
    assert keys(certificate.certificate_valid, scan(openssl_server(issuer="itself"))) == ["self-signed"]


def test_unknown_root(openssl_server, scan):
    assert keys(certificate.certificate_valid, scan(openssl_server(issuer="unknown"))) == ["unknown-issuer"]


def test_incomplete_chain_is_no_pass(openssl_server, scan):
    assert status(certificate.chain_complete, scan(openssl_server(with_chain=False))) is not Status.PASS


def test_rsa1024(openssl_server, scan):
    found = scan(openssl_server(key="rsa-1024"))
    assert keys(certificate.key_strength, found) == ["short"]
    assert status(certificate.certificate_valid, found) is Status.PASS


def test_sha1(openssl_server, scan):
    found = scan(openssl_server(issuer="sha1"))
    assert keys(certificate.signature, found) == ["broken"]
    assert keys(certificate.certificate_valid, found) == []


def test_old_protocols(openssl_server, scan):
    def shape(context: ssl.SSLContext) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = ssl.TLSVersion.TLSv1
        context.set_ciphers("ALL:!aNULL:@SECLEVEL=0")

    found = scan(openssl_server(shape=shape), "normal")
    judged = judge(transport.protocols, found)
    assert [(one.key, one.params["protocol"].value) for one in judged.findings] == [
        ("retired", "TLS 1.0"),
        ("retired", "TLS 1.1"),
    ]


def test_no_encryption_and_no_identity(openssl_server, scan):
    found = scan(openssl_server(shape=lambda context: context.set_ciphers("aNULL:eNULL:ECDHE+AESGCM:@SECLEVEL=0")))
    assert keys(transport.weak_suites, found) == ["anonymous", "null"]


@pytest.mark.parametrize("depth", ["quick", "normal"])
def test_rc4_and_3des(tlslite_server, scan, depth):
    port = tlslite_server(cipherNames=["rc4", "3des", "aes128gcm"], minVersion=(3, 1), maxVersion=(3, 3))
    found = scan(port, depth)
    assert keys(transport.weak_suites, found) == ["block64", "rc4"]


def test_ssl3(tlslite_server, scan):
    port = tlslite_server(minVersion=(3, 0), maxVersion=(3, 0), cipherNames=["aes128", "3des"])
    found = scan(port)
    assert {"broken", "none-current"} == set(keys(transport.protocols, found))


def test_group_that_sslyze_refuses(tlslite_server, scan):
    prime = int(
        "C5E1C9C8A1B9DBB3E1B94D2B0AE7D3F1B5F1E6B9E9A5B0C47C3A93F3B28F6D97"
        "A1F4F29B7AD4C0B9E3E5C7A6B4D2F0E8C6A4B2D0F8E6C4A2B0D8F6E4C2A0B8D7",
        16,
    )
    port = tlslite_server(dhParams=(2, prime), keyExchangeNames=["dhe_rsa"], maxVersion=(3, 3), cipherNames=["aes128"])
    found = scan(port)
    assert found.endpoints[0].offered
    assert keys(transport.weak_suites, found) == ["short-group"]


def test_stapled_revocation(s_server, scan, tmp_path, authorities):
    (tmp_path / "staple.der").write_bytes(b"")
    port = s_server("-status_file", "staple.der", "-www")
    leaf, issuer = x509.load_pem_x509_certificates((tmp_path / "chain.pem").read_bytes())[:2]
    now = datetime.now(UTC)
    builder = ocsp.OCSPResponseBuilder().add_response(
        leaf, issuer, hashes.SHA1(), ocsp.OCSPCertStatus.REVOKED, now, now + timedelta(days=2), now, None
    )
    key = authorities._intermediate.key
    signed = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, issuer).sign(key, hashes.SHA256())
    (tmp_path / "staple.der").write_bytes(signed.public_bytes(serialization.Encoding.DER))
    found = scan(port)
    assert status(certificate.certificate_valid, found) is Status.PASS
    assert keys(certificate.revocation, found) == ["revoked"]


def test_sm2_chain_is_read_by_our_own_hello(openssl_server, scan, tmp_path):
    made = "req -x509 -newkey sm2 -sm3 -nodes -keyout sm2.key -out sm2.pem -days 9 -subj /CN=SM2"
    subprocess.run(["openssl", *made.split()], cwd=tmp_path, check=True, capture_output=True)

    def shape(context: ssl.SSLContext) -> None:
        context.maximum_version = ssl.TLSVersion.TLSv1_2

    found = scan(openssl_server(also=(tmp_path / "sm2.pem").read_bytes(), shape=shape), "normal")
    endpoint = found.endpoints[0]
    assert endpoint.trust_reason is Reason.NOT_SUPPORTED
    assert "SM2" in {one.key for one in endpoint.deployments[0].chain}
    assert status(transport.weak_suites, found) is Status.PASS


def test_ten_thousand_names_are_inconclusive(serve, scan, tmp_path):
    file = tmp_path / "many.pem"
    file.write_bytes(_certificate_with_names(10_000))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)

    def handle(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secured:
            secured.recv(1)

    found = scan(serve(handle))
    assert found.endpoints[0].offered
    assert status(certificate.name_matches, found) is Status.INCONCLUSIVE


def _certificate_with_names(count: int) -> bytes:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName(
        [x509.DNSName(f"host{number:05}.many.example.gov.cn") for number in range(count)]
    )
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=9))
    signed = builder.add_extension(names, critical=True).sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return signed.public_bytes(pem) + private


def test_tarpit_is_left_alone(serve, scan):
    found = scan(serve(lambda connection: time.sleep(2)), hello_seconds=0.3)
    assert (found.endpoints[0].offered, found.endpoints[0].reason) == (None, Reason.TIMEOUT)


def test_drip_ends_at_the_deadline(serve, scan):
    def drip(connection: socket.socket) -> None:
        for byte in b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc":
            connection.sendall(bytes((byte,)))
            time.sleep(0.2)

    found = scan(serve(drip), hello_seconds=0.5)
    assert found.endpoints[0].reason is Reason.TIMEOUT


def test_server_that_falls_silent_under_sslyze_still_has_its_certificate(openssl_server, serve, scan):
    good = openssl_server(shape=lambda context: setattr(context, "maximum_version", ssl.TLSVersion.TLSv1_2))
    taken = 0

    def handle(connection: socket.socket) -> None:
        nonlocal taken
        taken += 1
        if taken > 12:
            time.sleep(4)
            return
        with socket.create_connection(("127.0.0.1", good)) as onward:
            onward.sendall(connection.recv(4096))
            connection.settimeout(0.3)
            while data := onward.recv(65536):
                connection.sendall(data)

    found = scan(serve(handle), "normal", seconds=3)
    endpoint = found.endpoints[0]
    assert endpoint.trust_reason is Reason.TIMEOUT
    assert endpoint.deployments[0].leaf.names == ("www.example.gov.cn",)


def test_closed_port_and_plain_http(serve, scan):
    plain = scan(serve(lambda connection: connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")))
    assert (plain.endpoints[0].offered, plain.endpoints[0].reason) == (False, Reason.NOT_TLS)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert scan(port).endpoints[0].reason is Reason.REFUSED


def test_endless_renegotiation(openssl_server, scan, loopback):
    def shape(context: ssl.SSLContext) -> None:
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.options |= 1 << 8  # SSL_OP_ALLOW_CLIENT_RENEGOTIATION

    found = scan(openssl_server(shape=shape))
    tests = asyncio.run(probes.tls_vulnerabilities(found, probes.VulnerabilityParams(), loopback))
    judged = judge(transport.known_vulnerabilities, tests, found)
    assert [one.key for one in judged.findings] == ["client-renegotiation"]


def test_sound_server_has_no_known_vulnerability(openssl_server, scan, loopback):
    found = scan(openssl_server())
    tests = asyncio.run(probes.tls_vulnerabilities(found, probes.VulnerabilityParams(), loopback))
    assert judge(transport.known_vulnerabilities, tests, found).status is Status.PASS


def test_plain_tls_server_speaks_no_tlcp(openssl_server, loopback, clock, at):
    found = asyncio.run(probes.tlcp_scan(at(openssl_server()), probes.HelloParams(), loopback, clock))
    assert (found.endpoints[0].tlcp, found.endpoints[0].tls13) == (False, False)


def test_versions_are_told_apart(openssl_server, scan):
    found = scan(openssl_server(shape=lambda context: setattr(context, "minimum_version", ssl.TLSVersion.TLSv1_3)))
    assert [one.version for one in found.endpoints[0].protocols if one.offered] == [Version.TLS13]
    assert found.endpoints[0].deployments
