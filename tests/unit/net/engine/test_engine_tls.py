import asyncio
import socket
import ssl
import subprocess
import threading
import warnings
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason
from xuncha.net.engine import Caps, Engine
from xuncha.net.target import Target
from xuncha.net.tlscontext import TlsContexts, Way

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # it imports asyncore where that still exists
    from tlslite.api import HandshakeSettings, TLSConnection, X509CertChain, parsePEMKey

CAPS = Caps(1_000_000, 5.0)
TLS10 = ssl.TLSVersion.TLSv1
HOST = "site.example"


def reason_of(visit, talk, **options):
    with pytest.raises(NetError) as caught:
        visit(talk, **options)
    return caught.value.reason


def answering(data):
    """A server that answers ``data`` to whatever hello it gets, and closes."""

    async def talk(reader, writer):
        await reader.read(65536)
        writer.write(data)
        await writer.drain()

    return talk


def test_a_trusted_certificate_is_read_strictly(visit, server_tls, contexts):
    tls = visit(OK, tls=server_tls(), contexts=contexts).tls
    assert (tls.version, tls.context, tls.trusted, tls.problem, tls.alpn) == ("TLSv1.3", "strict", True, "", "")


def test_the_agreed_protocol_is_told(visit, server_tls, contexts):
    server = server_tls()
    server.set_alpn_protocols(["http/1.1"])
    assert visit(OK, tls=server, contexts=contexts).tls.alpn == "http/1.1"


def test_the_name_is_sent_in_the_hello(visit, server_tls, contexts):
    names = []
    server = server_tls()
    server.sni_callback = lambda _sock, name, _context: names.append(name)
    visit(OK, tls=server, contexts=contexts)
    assert names == [HOST]


def expired(authority):
    now = datetime.now(UTC)
    return authority.issue_cert(HOST, not_before=now - timedelta(days=9), not_after=now - timedelta(days=1))


@pytest.mark.parametrize(
    ("certificate", "words"),
    [
        (expired, "expired"),
        (lambda ca: ca.issue_cert("other.example"), "mismatch"),
        (lambda _: trustme.CA().issue_cert(HOST), "unable to get local issuer"),
    ],
    ids=["expired", "wrong name", "unknown authority"],
)
def test_an_untrusted_page_is_read_and_the_problem_recorded(visit, server_tls, contexts, authority, certificate, words):
    reply = visit(OK, tls=server_tls(certificate(authority)), contexts=contexts)
    assert (reply.body, reply.tls.context, reply.tls.trusted) == (b"hello", "strict", False)
    assert words in reply.tls.problem


def test_tls_1_0_is_read_with_the_legacy_context(visit, server_tls, contexts):
    reply = visit(OK, tls=server_tls(version=TLS10), contexts=contexts)
    assert (reply.body, reply.tls.version, reply.tls.context, reply.tls.trusted) == (b"hello", "TLSv1", "legacy", True)


def test_an_old_protocol_with_an_untrusted_certificate_is_read(visit, server_tls, contexts, authority):
    tls = visit(OK, tls=server_tls(expired(authority), TLS10), contexts=contexts).tls
    assert (tls.context, tls.trusted) == ("legacy", False)


def rsa_certificate(bits):
    """A self-signed certificate with its key, in PEM."""
    key = rsa.generate_private_key(65537, bits)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    end = now + timedelta(days=1)
    certificate = x509.CertificateBuilder(name, name, key.public_key(), 1, now, end).sign(key, hashes.SHA256())
    plain = serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, *plain)
    return certificate.public_bytes(serialization.Encoding.PEM), pem


def test_a_1024_bit_key_is_read(visit, server_tls, contexts, tmp_path):
    (tmp_path / "both.pem").write_bytes(b"".join(rsa_certificate(1024)))
    server = server_tls(version=ssl.TLSVersion.TLSv1_2)
    server.load_cert_chain(tmp_path / "both.pem")
    server.set_ciphers("RSA@SECLEVEL=0")
    reply = visit(OK, tls=server, contexts=contexts)
    assert (reply.body, reply.tls.trusted) == (b"hello", False)


@pytest.mark.acceptance(reason="needs the program openssl")
def test_a_sha_1_certificate_on_tls_1_0_is_read(visit, server_tls, contexts, tmp_path):
    both = tmp_path / "both.pem"
    options = ["-x509", "-newkey", "rsa:1024", "-sha1", "-nodes", "-subj", f"/CN={HOST}", "-days", "1"]
    subprocess.run(
        ["openssl", "req", *options, "-keyout", both, "-out", tmp_path / "c"], check=True, capture_output=True
    )
    both.write_bytes(both.read_bytes() + (tmp_path / "c").read_bytes())
    server = server_tls(version=TLS10)
    server.load_cert_chain(both)
    server.set_ciphers("RSA@SECLEVEL=0")
    assert visit(OK, tls=server, contexts=contexts).tls.version == "TLSv1"


def test_what_worked_is_remembered(run, serve, server_tls, contexts):
    hellos = []
    server = server_tls(version=TLS10)
    server.sni_callback = lambda *_: hellos.append("hello")

    async def main():
        async with serve(OK, server) as port, Engine(contexts) as engine:
            for _ in range(3):
                await engine.send(Target("https", HOST, port, "/"), "127.0.0.1", "GET", {}, CAPS)

    run(main())
    assert len(hellos) <= 1 + 3


def test_tls_connections_are_kept_alive(run, serve, server_tls, contexts):
    opened = []

    async def talk(reader, writer):
        opened.append(writer)
        while await reader.readuntil(b"\r\n\r\n"):
            writer.write(OK)

    async def main():
        async with serve(talk, server_tls()) as port, Engine(contexts) as engine:
            for _ in range(3):
                await engine.send(Target("https", HOST, port, "/"), "127.0.0.1", "GET", {}, CAPS)

    run(main())
    assert len(opened) == 1


def test_two_names_on_one_address_never_share_a_connection(run, serve, server_tls, contexts):
    names = []
    server = server_tls()
    server.sni_callback = lambda _sock, name, _context: names.append(name)

    async def talk(reader, writer):
        while await reader.readuntil(b"\r\n\r\n"):
            writer.write(OK)

    async def main():
        async with serve(talk, server) as port, Engine(contexts) as engine:
            for host in (HOST, "b.example"):
                await engine.send(Target("https", host, port, "/"), "127.0.0.1", "GET", {}, CAPS)

    run(main())
    assert set(names) == {HOST, "b.example"}


def test_odd_replies_are_read_over_tls_too(visit, server_tls, contexts):
    reply = visit(
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", tls=server_tls(), contexts=contexts
    )
    assert (reply.body, reply.reader, reply.tls.trusted) == (b"hello", "lenient", True)


@contextmanager
def retired_server(settings):
    """A server of the tlslite-ng library, which still speaks what OpenSSL has dropped."""
    certificate, key = rsa_certificate(2048)
    chain = X509CertChain()
    chain.parsePemList(certificate.decode())
    private = parsePEMKey(key.decode(), private=True)
    listener = socket.create_server(("127.0.0.1", 0))

    def accept():
        while True:
            try:
                plain = listener.accept()[0]
            except OSError:
                return
            with plain:
                with suppress(Exception):
                    TLSConnection(plain.dup()).handshakeServer(certChain=chain, privateKey=private, settings=settings)
                with suppress(OSError):  # a close with bytes unread would take back the alert
                    plain.shutdown(socket.SHUT_WR)
                    plain.recv(65536)

    thread = threading.Thread(target=accept)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
        listener.close()


def settings(**values):
    made = HandshakeSettings()
    vars(made).update(values)
    return made


@pytest.mark.parametrize(
    "retired",
    [
        settings(minVersion=(3, 1), maxVersion=(3, 3), versions=[(3, 3)], cipherNames=["rc4"]),
        settings(minVersion=(3, 0), maxVersion=(3, 0), versions=[(3, 0)]),
    ],
    ids=["RC4 only", "SSL 3.0 only"],
)
def test_what_openssl_no_longer_speaks_is_too_old(run, contexts, retired):
    async def main(port):
        async with Engine(contexts) as engine:
            await engine.send(Target("https", HOST, port, "/"), "127.0.0.1", "GET", {}, CAPS)

    with retired_server(retired) as port, pytest.raises(NetError) as caught:
        run(main(port))
    assert caught.value.reason == Reason.TLS_TOO_OLD


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\nspeak HTTP", Reason.NOT_TLS),
        (b"220 mail.site.example ESMTP\r\n", Reason.NOT_TLS),
        (b"\x15\x03\x01\x00\x02\x02\x46", Reason.TLS_TOO_OLD),
        (b"\x15\x03\x03\x00\x02\x02\x28", Reason.TLS_FAILED),
        (b"\x15\x03\x03\x00\x02\x02\x70", Reason.TLS_FAILED),
        (b"\x15\x01\x01\x00\x02\x02\x28", Reason.TLS_FAILED),
        (b"", Reason.RESET),
    ],
    ids=["http", "smtp", "protocol version", "handshake failure", "unknown name", "TLCP", "silence"],
)
def test_a_failed_handshake_has_its_reason(visit, contexts, answer, reason):
    assert reason_of(visit, answering(answer), contexts=contexts) == reason


def test_plain_http_on_the_tls_port_is_not_tls(visit, contexts):
    assert reason_of(visit, answering(OK), contexts=contexts) == Reason.NOT_TLS


def test_a_server_that_stops_in_the_handshake_times_out(visit, contexts):
    async def talk(_reader, writer):
        writer.write(b"\x16\x03\x03")
        await asyncio.Event().wait()

    assert reason_of(visit, talk, contexts=contexts, deadline=0.2) == Reason.TIMEOUT


def test_a_server_that_stops_after_the_handshake_times_out(visit, server_tls, contexts):
    async def talk(reader, _writer):
        await reader.read(1)
        await asyncio.Event().wait()

    assert reason_of(visit, talk, tls=server_tls(), contexts=contexts, deadline=0.3) == Reason.TIMEOUT


def test_an_endless_body_over_tls_is_cut(visit, server_tls, contexts):
    async def talk(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x" * 65536)
            await writer.drain()

    reply = visit(talk, tls=server_tls(), contexts=contexts, max_bytes=100_000)
    assert (len(reply.body), reply.truncated) == (100_000, True)


def test_a_file_without_certificates_is_refused_at_once(tmp_path):
    (tmp_path / "ca.pem").write_text("no certificate")
    with pytest.raises(ssl.SSLError):
        TlsContexts(tmp_path / "ca.pem")


def test_a_missing_file_of_authorities_is_refused_at_once(tmp_path):
    with pytest.raises(FileNotFoundError):
        TlsContexts(tmp_path / "ca.pem")


def test_the_ways_of_tls_end():
    untrusted = ssl.SSLCertVerificationError(1, "certificate has expired")
    untrusted.verify_message = "certificate has expired"
    ways = [Way()]
    for failure in (untrusted, ssl.SSLError(), ssl.SSLError()):
        ways.append(ways[-1].after(failure))
    assert ways == [Way(), Way("strict", untrusted.verify_message), Way("legacy", untrusted.verify_message), None]
