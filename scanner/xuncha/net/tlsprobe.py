"""Why TLS failed: one more hello that offers what OpenSSL 3 has dropped, and a look at the first bytes that answer.

It tells a server that is too old for us from one that refuses, and from one that does not speak TLS at all.
"""

import secrets
import ssl
import struct

from xuncha.model.reasons import Reason
from xuncha.net.dial import dial

# RC4, DES, 3DES, RC2, NULL and export suites of TLS 1.2 and before, most wanted first.
_RETIRED_SUITES = (
    *(0xC011, 0xC007, 0x0005, 0x0004, 0xC012, 0xC008, 0x0016, 0x0013, 0x000A, 0x0015, 0x0012, 0x0009),
    *(0x0014, 0x0011, 0x0008, 0x0006, 0x0003, 0x0002, 0x0001, 0x003B, 0x00FF),
)
_SIGNATURES = (0x0401, 0x0501, 0x0601, 0x0403, 0x0201, 0x0203, 0x0202, 0x0101)
_GROUPS = (0x001D, 0x0017, 0x0018, 0x0019)

_ALERT, _HANDSHAKE, _SERVER_HELLO = 21, 22, 2
_PROTOCOL_VERSION, _INSUFFICIENT_SECURITY = 70, 71
_RECORD_HEADER = 5

_UNCLEAR = frozenset(
    {
        "SSLV3_ALERT_HANDSHAKE_FAILURE",
        "TLSV1_ALERT_INSUFFICIENT_SECURITY",
        "WRONG_VERSION_NUMBER",
        "RECORD_LAYER_FAILURE",
        "PACKET_LENGTH_TOO_LONG",
        "UNEXPECTED_MESSAGE",
        "HTTP_REQUEST",
    }
)


def can_explain(failure: BaseException) -> bool:
    """Whether OpenSSL's words leave open what kind of server it met."""
    return not isinstance(failure, ssl.SSLError) or failure.reason in _UNCLEAR


def retired_hello(name: str) -> bytes:
    """A TLS 1.2 ClientHello (RFC 5246) for the host ``name`` that offers only retired suites."""
    extensions = b"".join(
        (
            _extension(0, _list(b"\x00" + _list(name.encode("ascii", "ignore")))),
            _extension(10, _list(_numbers(_GROUPS))),
            _extension(11, b"\x01\x00"),
            _extension(13, _list(_numbers(_SIGNATURES))),
        )
    )
    hello = b"\x03\x03" + secrets.token_bytes(32) + b"\x00" + _list(_numbers(_RETIRED_SUITES)) + b"\x01\x00"
    hello += _list(extensions)
    message = b"\x01" + len(hello).to_bytes(3) + hello
    return b"\x16\x03\x01" + _list(message)


def reading_of(answer: bytes) -> tuple[Reason, str]:
    """What the first bytes that answer ``retired_hello`` say about the server, as a reason and in words."""
    if not answer:
        return Reason.RESET, "the server closed the connection during the TLS handshake"
    if answer[0] & 0x80 and answer[2:3] in (b"\x00", b"\x04"):
        return Reason.TLS_TOO_OLD, "the server answers in SSL 2.0"
    if answer[0] not in (_ALERT, _HANDSHAKE) or answer[1:2] not in (b"\x01", b"\x03"):
        return Reason.NOT_TLS, f"the server answers with {answer[:20]!r}"
    if answer[1] == 1:
        return Reason.TLS_FAILED, "the server answers in TLCP (GB/T 38636) only"
    if answer[2:3] == b"\x00":
        return Reason.TLS_TOO_OLD, "the server answers in SSL 3.0"
    return _reading_of_record(answer[0], answer[_RECORD_HEADER:])


def _reading_of_record(kind: int, content: bytes) -> tuple[Reason, str]:
    if kind == _HANDSHAKE and content[:1] == bytes([_SERVER_HELLO]):
        return Reason.TLS_TOO_OLD, "the server agrees only to retired cipher suites"
    if kind == _ALERT and content[1:2] in (bytes([_PROTOCOL_VERSION]), bytes([_INSUFFICIENT_SECURITY])):
        return Reason.TLS_TOO_OLD, f"the server ends the handshake with alert {content[1]}"
    return Reason.TLS_FAILED, f"the server ends the handshake with {content[:7].hex(' ')}"


async def ask(address: str, port: int, name: str) -> bytes:
    """The first bytes that the server answers to ``retired_hello``; empty when it closes or cuts the connection."""
    async with dial(address, port) as (reader, writer):
        writer.write(retired_hello(name))
        try:
            return await reader.read(64)
        except ConnectionError:
            return b""


def _list(content: bytes) -> bytes:
    return struct.pack(">H", len(content)) + content


def _numbers(values: tuple[int, ...]) -> bytes:
    return struct.pack(f">{len(values)}H", *values)


def _extension(number: int, content: bytes) -> bytes:
    return struct.pack(">H", number) + _list(content)
