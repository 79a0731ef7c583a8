import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xuncha_plugins.tls.answer import Answer, Ssl2Answer, chain
from xuncha_plugins.tls.wire import HANDSHAKE, MalformedError, OversizedError, message, record, vector


def heard(data: bytes, parser=None):
    parser = parser or Answer()
    parser.feed(data)
    return parser.flight


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_arbitrary_bytes_raise_only_malformed(data):
    for parser in (Answer(), Answer(frozenset({1, 3})), Ssl2Answer()):
        with contextlib.suppress(MalformedError):
            parser.feed(data)


@settings(deadline=None)
@given(st.binary(max_size=200), st.integers(0, 255))
def test_arbitrary_messages_raise_only_malformed(body, kind):
    greeting = message(2, b"\x03\x03" + bytes(32) + b"\0\xc0\x2f\0")
    with contextlib.suppress(MalformedError):
        heard(record(HANDSHAKE, 0x0303, greeting + message(kind, body)))


@settings(deadline=None)
@given(st.integers(1, 40))
def test_flight_is_understood_however_it_arrives(fake_server, issued, step):
    sent = issued()
    data = fake_server(chain=sent).flight(0x0303, 0xC02F)
    parser = Answer()
    for at in range(0, len(data), step * 7):
        parser.feed(data[at : at + step * 7])
    assert parser.flight.certificates == sent
    assert parser.flight.done


def test_tls13_is_told_by_its_extension_and_ends_with_the_greeting(fake_server):
    flight = heard(fake_server().flight(0x0304, 0x1301))
    assert (flight.version, flight.suite, flight.done) == (0x0304, 0x1301, True)


def test_hello_retry_request_is_a_greeting():
    retry = bytes.fromhex("CF21AD74E59A6111BE1D8C021E65B891C2A211167ABB8C5E079E09E2C8A8339C")
    body = b"\x03\x03" + retry + b"\0\x13\x01\0" + vector(b"\x00\x2b\x00\x02\x03\x04", 2)
    flight = heard(record(HANDSHAKE, 0x0303, message(2, body)))
    assert flight.retry
    assert flight.greeted


def test_size_of_the_group(fake_server):
    assert heard(fake_server(dh_bits=512).flight(0x0303, 0x0033)).dh_bits == 512


def test_fatal_alert_ends_it():
    flight = heard(bytes.fromhex("15030300020228"))
    assert (flight.alert, flight.greeted, flight.done) == (40, False, True)


def test_warning_before_the_greeting_is_passed_over(fake_server):
    flight = heard(bytes.fromhex("15030300020170") + fake_server().flight(0x0303, 0xC02F))
    assert flight.greeted
    assert flight.alert is None


def test_chain_of_many_certificates_is_refused():
    with pytest.raises(OversizedError):
        chain(vector(vector(b"x", 3) * 21, 3))


def test_ssl2_greeting_with_certificate_and_specs():
    specs = bytes.fromhex("010080 0700c0")
    body = (
        b"\x04\x00\x01\x00\x02" + b"\x00\x03" + len(specs).to_bytes(2, "big") + b"\x00\x10" + b"der" + specs + bytes(16)
    )
    flight = heard((0x8000 | len(body)).to_bytes(2, "big") + body, Ssl2Answer())
    assert flight.certificates == (b"der",)
    assert flight.specs == ("SSL_CK_RC4_128_WITH_MD5", "SSL_CK_DES_192_EDE3_CBC_WITH_MD5")


def test_ssl2_greeting_without_specs_is_a_no():
    body = b"\x04\x00\x01\x00\x02\x00\x00\x00\x00\x00\x00"
    assert not heard((0x8000 | len(body)).to_bytes(2, "big") + body, Ssl2Answer()).greeted


def test_tls_alert_in_answer_to_ssl2_is_a_no():
    flight = heard(bytes.fromhex("15030100020246"), Ssl2Answer())
    assert flight.done
    assert not flight.greeted
