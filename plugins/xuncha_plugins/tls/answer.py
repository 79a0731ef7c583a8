"""Reads what a server says to one hello, as far as it is in clear: a parser that is fed bytes. No I/O.

TLS 1.3 encrypts everything behind the ServerHello; SSL 3.0 to TLS 1.2 and TLCP show the certificates and the key
exchange as well.
"""

from dataclasses import dataclass, replace
from enum import IntEnum

from xuncha_plugins.tls.hello import SSL2_SUITES, SUPPORTED_VERSIONS
from xuncha_plugins.tls.suites import name_of, uses_group
from xuncha_plugins.tls.wire import ALERT, HANDSHAKE, MalformedError, Messages, OversizedError, Reader, Records

TLS13 = 0x0304
_RETRY = bytes.fromhex("CF21AD74E59A6111BE1D8C021E65B891C2A211167ABB8C5E079E09E2C8A8339C")
_SSL2_SERVER_HELLO = 4
_MAX_CHAIN = 20
_FATAL, _CLOSE_NOTIFY = 2, 0


class _Said(IntEnum):
    """Handshake messages that a server sends in clear."""

    SERVER_HELLO = 2
    CERTIFICATE = 11
    KEY_EXCHANGE = 12
    CERTIFICATE_REQUEST = 13
    HELLO_DONE = 14


@dataclass(frozen=True, slots=True)
class Flight:
    """What was understood so far. ``version`` 0 means no ServerHello; ``alert`` is the code of a fatal one.

    ``certificates`` are DER, in the order sent; ``retry`` marks a HelloRetryRequest; ``specs`` are SSL 2.0 suites.
    ``done`` means that nothing more in clear is to come.
    """

    version: int = 0
    suite: int = 0
    certificates: tuple[bytes, ...] = ()
    dh_bits: int | None = None
    client_certificate: bool = False
    retry: bool = False
    specs: tuple[str, ...] = ()
    alert: int | None = None
    done: bool = False

    @property
    def greeted(self) -> bool:
        """Whether the server accepted the hello."""
        return self.version != 0


class Answer:
    """Fed with what arrives, it keeps the ``flight`` up to date. ``feed`` raises MalformedError and nothing else."""

    __slots__ = ("_messages", "_records", "flight")

    def __init__(self, majors: frozenset[int] = frozenset({3})) -> None:
        self.flight = Flight()
        self._records = Records(majors)
        self._messages = Messages()

    def feed(self, data: bytes) -> None:
        """Read on; what comes after ``flight.done`` is ignored."""
        for kind, body in self._records.feed(data):
            if self.flight.done:
                return
            if kind == ALERT:
                self._alert(body)
            elif kind != HANDSHAKE:
                raise MalformedError(f"record of kind {kind} in answer to a hello")
            else:
                for what, content in self._messages.feed(body):
                    self._message(what, content)

    def _alert(self, body: bytes) -> None:
        if len(body) != 2:  # noqa: PLR2004 - level and code
            raise MalformedError("alert of a wrong length")
        if body[0] == _FATAL or body[1] == _CLOSE_NOTIFY:  # warnings (unrecognized_name) come before a ServerHello
            self.flight = replace(self.flight, alert=body[1], done=True)

    def _message(self, kind: int, body: bytes) -> None:
        if not self.flight.greeted and kind != _Said.SERVER_HELLO:
            raise MalformedError(f"handshake message {kind} before ServerHello")
        match kind:
            case _Said.SERVER_HELLO:
                self.flight = _server_hello(body)
            case _Said.CERTIFICATE:
                self.flight = replace(self.flight, certificates=chain(body))
            case _Said.KEY_EXCHANGE:
                self.flight = replace(self.flight, dh_bits=_group_bits(self.flight, body))
            case _Said.CERTIFICATE_REQUEST:
                self.flight = replace(self.flight, client_certificate=True)
            case _Said.HELLO_DONE:
                self.flight = replace(self.flight, done=True)
            case _:
                pass


def _server_hello(body: bytes) -> Flight:
    reader = Reader(body)
    version, random = reader.number(2), reader.take(32)
    reader.vector(1)
    suite, _compression = reader.number(2), reader.number(1)
    extensions = Reader(reader.vector(2)) if reader.left else Reader(b"")
    while extensions.left:
        kind, value = extensions.number(2), extensions.vector(2)
        if kind == SUPPORTED_VERSIONS:
            version = Reader(value).number(2)
    return Flight(version=version, suite=suite, retry=random == _RETRY, done=version >= TLS13)


def chain(body: bytes) -> tuple[bytes, ...]:
    """The certificates of a Certificate message, DER, in the order sent."""
    found = tuple(Reader(Reader(body).vector(3)).vectors(3))
    if len(found) > _MAX_CHAIN:
        raise OversizedError(f"chain of {len(found)} certificates")
    return found


def _group_bits(flight: Flight, body: bytes) -> int | None:
    """The size of the finite-field group in a ServerKeyExchange, None for other key exchanges."""
    if not uses_group(name_of(flight.suite)):
        return None
    return int.from_bytes(Reader(body).vector(2), "big").bit_length()


class Ssl2Answer:
    """The same for SSL 2.0, whose one message tells everything: the specs that both sides know, and a certificate.

    Any other answer, such as a TLS alert, is a no.
    """

    __slots__ = ("_data", "flight")

    def __init__(self) -> None:
        self.flight = Flight()
        self._data = b""

    def feed(self, data: bytes) -> None:
        """Read on."""
        self._data += data
        if len(self._data) < 3 or self.flight.done:  # noqa: PLR2004 - two bytes of length, one of kind
            return
        length = int.from_bytes(self._data[:2], "big")
        if not length & 0x8000 or self._data[2] != _SSL2_SERVER_HELLO:
            self.flight = Flight(done=True)
        elif len(self._data) >= 2 + (length & 0x7FFF):
            self.flight = _ssl2_server_hello(self._data[3 : 2 + (length & 0x7FFF)])


def _ssl2_server_hello(body: bytes) -> Flight:
    reader = Reader(body)
    reader.take(2)
    version, certificate, specs = reader.number(2), reader.number(2), reader.number(2)
    reader.take(2)
    der, offered = reader.take(certificate), Reader(reader.take(specs))
    names = [SSL2_SUITES.get(offered.number(3), "SSL_CK_UNKNOWN") for _ in range(specs // 3)]
    # Without a common spec the handshake can't go on, so the version isn't offered.
    return Flight(version=version if names else 0, certificates=(der,) if der else (), specs=tuple(names), done=True)
