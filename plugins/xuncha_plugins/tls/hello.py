"""Our own ClientHello, one per protocol version: what goes out. No I/O; what comes back is read by ``answer``."""

import secrets
from collections.abc import Iterable, Sequence

from xuncha.api import is_address
from xuncha_plugins.tls.facts import Version
from xuncha_plugins.tls.suites import EPHEMERAL_DH, MODERN, TLS13, WEAK
from xuncha_plugins.tls.wire import HANDSHAKE, message, record, vector

CLIENT_HELLO = 1
NUMBERS = {
    Version.SSL3: 0x0300,
    Version.TLS10: 0x0301,
    Version.TLS11: 0x0302,
    Version.TLS12: 0x0303,
    Version.TLS13: 0x0304,
}
VERSIONS = {number: version for version, number in NUMBERS.items()}

SERVER_NAME, GROUPS, POINT_FORMATS, SIGNATURES, PADDING, SUPPORTED_VERSIONS, KEY_SHARE = 0, 10, 11, 13, 21, 43, 51
_RENEGOTIATION = 0x00FF
_X25519 = 0x001D
# x25519, P-256, P-384, P-521, x448; then old and small ones, so that servers with nothing else still answer.
_CURVES = (_X25519, 0x0017, 0x0018, 0x0019, 0x001E, 0x0016, 0x0015, 0x0013)
# ECDSA, RSA-PSS, EdDSA, RSA PKCS #1, down to SHA-1 and MD5: a weak answer is a finding, no answer is blindness.
_SCHEMES = (
    *(0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0809, 0x080A, 0x080B, 0x0807, 0x0808),
    *(0x0401, 0x0501, 0x0601, 0x0303, 0x0301, 0x0302, 0x0402, 0x0203, 0x0201, 0x0202, 0x0101),
)
_HANGING = range(256, 512)
"""Lengths at which some old load balancers wait for ever; hellos are padded past them (RFC 7685)."""


def extension(kind: int, body: bytes) -> bytes:
    """One extension."""
    return kind.to_bytes(2, "big") + vector(body, 2)


def server_name(host: str) -> bytes:
    """The server_name extension; empty for an IP address, which may not be named (RFC 6066)."""
    if is_address(host):
        return b""
    return extension(SERVER_NAME, vector(b"\0" + vector(host.encode("ascii", "ignore"), 2), 2))


def numbers(values: Iterable[int]) -> bytes:
    """A list of two-byte numbers, with its length in front."""
    return vector(b"".join(value.to_bytes(2, "big") for value in values), 2)


def client_hello(
    version: int, suites: Iterable[int], extensions: bytes | None, *, session: bytes = b"", records_as: int = 0x0301
) -> bytes:
    """A record with one ClientHello; ``extensions`` None leaves out the extension block altogether."""
    body = version.to_bytes(2, "big") + secrets.token_bytes(32) + vector(session, 1) + numbers(suites) + b"\x01\x00"
    if extensions is not None:
        length = len(body) + 2 + len(extensions) + 4
        if length in _HANGING:
            extensions += extension(PADDING, bytes(max(_HANGING.stop - length - 4, 0)))
        body += vector(extensions, 2)
    return record(HANDSHAKE, records_as, message(CLIENT_HELLO, body))


def one_version(version: Version, host: str, suites: Sequence[int] = ()) -> bytes:
    """A hello that proposes ``version`` as the highest, with ``suites`` or everything that the version knows."""
    if version is Version.SSL2:
        return ssl2_hello()
    if version is Version.TLS13:
        return _tls13(host)
    number = NUMBERS[version]
    offered = [*(suites or (*MODERN, *EPHEMERAL_DH, *WEAK)), _RENEGOTIATION]
    if version is Version.SSL3:
        return client_hello(number, offered, None, records_as=number)
    return client_hello(number, offered, _extensions(host))


def _extensions(host: str) -> bytes:
    return (
        server_name(host)
        + extension(GROUPS, numbers(_CURVES))
        + extension(POINT_FORMATS, b"\x01\x00")
        + extension(SIGNATURES, numbers(_SCHEMES))
    )


def _tls13(host: str) -> bytes:
    share = _X25519.to_bytes(2, "big") + vector(secrets.token_bytes(32), 2)
    extensions = (
        server_name(host)
        + extension(GROUPS, numbers(_CURVES[:5]))
        + extension(SIGNATURES, numbers(_SCHEMES))
        + extension(SUPPORTED_VERSIONS, b"\x02\x03\x04")
        + extension(KEY_SHARE, vector(share, 2))
    )
    return client_hello(NUMBERS[Version.TLS12], TLS13, extensions, session=secrets.token_bytes(32))


SSL2_SUITES = {
    0x010080: "SSL_CK_RC4_128_WITH_MD5",
    0x020080: "SSL_CK_RC4_128_EXPORT40_WITH_MD5",
    0x030080: "SSL_CK_RC2_128_CBC_WITH_MD5",
    0x040080: "SSL_CK_RC2_128_CBC_EXPORT40_WITH_MD5",
    0x050080: "SSL_CK_IDEA_128_CBC_WITH_MD5",
    0x060040: "SSL_CK_DES_64_CBC_WITH_MD5",
    0x0700C0: "SSL_CK_DES_192_EDE3_CBC_WITH_MD5",
}


def ssl2_hello() -> bytes:
    """An SSL 2.0 CLIENT-HELLO, which has a record layer of its own."""
    specs = b"".join(number.to_bytes(3, "big") for number in SSL2_SUITES)
    challenge = secrets.token_bytes(16)
    lengths = b"".join(len(part).to_bytes(2, "big") for part in (specs, b"", challenge))
    body = b"\x01\x00\x02" + lengths + specs + challenge
    return (0x8000 | len(body)).to_bytes(2, "big") + body
