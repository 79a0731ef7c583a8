"""A server's first flight in TLCP (GB/T 38636-2020): enough for a client to see that, and with what, it is spoken.

No key stands behind it: a client that goes on gets no further. The certificates name the SM2 curve and signature;
their points and signatures are of another curve of the same size.
"""

import secrets
import struct

from xuncha.lab.hello import HANDSHAKE, TLCP, ClientHello

SUITES = (0xE053, 0xE013)
"""ECC_SM4_GCM_SM3 and ECC_SM4_CBC_SM3, in the server's order of preference."""

_ALERT = 0x15
_HANDSHAKE_FAILURE = b"\x02\x28"
_SERVER_HELLO, _CERTIFICATE, _KEY_EXCHANGE, _DONE = 2, 11, 12, 14


def first_flight(hello: ClientHello, certificates: tuple[bytes, ...]) -> bytes:
    """The answer to a TLCP hello; ``certificates`` in DER: signing, encryption, then authorities."""
    suite = next((suite for suite in SUITES if suite in hello.suites), None)
    if suite is None:
        return _record(_ALERT, _HANDSHAKE_FAILURE)
    server_hello = TLCP + secrets.token_bytes(32) + b"\0" + struct.pack(">HB", suite, 0)
    chain = b"".join(_sized(certificate, 3) for certificate in certificates)
    messages = (
        (_SERVER_HELLO, server_hello),
        (_CERTIFICATE, _sized(chain, 3)),
        (_KEY_EXCHANGE, _sized(secrets.token_bytes(71), 2)),
        (_DONE, b""),
    )
    return b"".join(_record(HANDSHAKE, bytes([kind]) + _sized(body, 3)) for kind, body in messages)


def _sized(data: bytes, size: int) -> bytes:
    return len(data).to_bytes(size, "big") + data


def _record(kind: int, data: bytes) -> bytes:
    return bytes([kind]) + TLCP + _sized(data, 2)
