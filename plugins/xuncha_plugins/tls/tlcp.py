"""The Chinese protocols: hellos of TLCP (GB/T 38636-2020) and of the SM suites in TLS 1.3 (RFC 8998). No I/O.

TLCP is TLS 1.1 with version 0x0101, SM suites and two certificates, one to sign and one to encrypt. An answer
proves that the server speaks so and shows its certificates; no signature is verified here.
"""

import secrets
from collections.abc import Iterable

from xuncha_plugins.tls.hello import (
    GROUPS,
    KEY_SHARE,
    SIGNATURES,
    SUPPORTED_VERSIONS,
    client_hello,
    extension,
    numbers,
    server_name,
)
from xuncha_plugins.tls.wire import vector

VERSION = 0x0101
MAJORS = frozenset({1, 3})
"""Major version bytes of answers: TLCP's own, and that of TLS in alerts of servers that don't know it."""

TLCP_SUITES = {
    0xE011: "ECDHE_SM4_CBC_SM3",
    0xE013: "ECC_SM4_CBC_SM3",
    0xE015: "IBSDH_SM4_CBC_SM3",
    0xE017: "IBC_SM4_CBC_SM3",
    0xE019: "RSA_SM4_CBC_SM3",
    0xE01C: "RSA_SM4_CBC_SHA256",
    0xE051: "ECDHE_SM4_GCM_SM3",
    0xE053: "ECC_SM4_GCM_SM3",
    0xE055: "IBSDH_SM4_GCM_SM3",
    0xE057: "IBC_SM4_GCM_SM3",
    0xE059: "RSA_SM4_GCM_SM3",
    0xE05A: "RSA_SM4_GCM_SHA256",
    # GM/T 0024, the older industry standard.
    0xE001: "ECDHE_SM1_SM3",
    0xE003: "ECC_SM1_SM3",
    0xE009: "RSA_SM1_SM3",
    0xE00A: "RSA_SM1_SHA1",
    0xE01A: "RSA_SM4_SHA1",
}
TLS13_SUITES = {0x00C6: "TLS_SM4_GCM_SM3", 0x00C7: "TLS_SM4_CCM_SM3"}

_CURVE_SM2 = 0x0029
_SM2_SIGNATURE = 0x0708
# The curve's generator (GB/T 32918.5): a valid key share that needs no arithmetic.
_GENERATOR = bytes.fromhex(
    "04"
    "32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"
    "BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0"
)


def tlcp_hello(suites: Iterable[int], host: str, *, named: bool) -> bytes:
    """A TLCP hello; ``named`` adds the server name. Some servers refuse a hello with any extension."""
    return client_hello(VERSION, suites, server_name(host) if named else None, records_as=VERSION)


def tls13_hello(suites: Iterable[int], host: str) -> bytes:
    """A TLS 1.3 hello that offers SM suites, the SM2 curve and SM2 signatures only."""
    share = _CURVE_SM2.to_bytes(2, "big") + vector(_GENERATOR, 2)
    extensions = (
        server_name(host)
        + extension(SUPPORTED_VERSIONS, b"\x02\x03\x04")
        + extension(GROUPS, numbers([_CURVE_SM2]))
        + extension(SIGNATURES, numbers([_SM2_SIGNATURE]))
        + extension(KEY_SHARE, vector(share, 2))
    )
    return client_hello(0x0303, suites, extensions, session=secrets.token_bytes(32))
