import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xuncha_plugins.tls.wire import (
    HANDSHAKE,
    MalformedError,
    Messages,
    OversizedError,
    Reader,
    Records,
    message,
    record,
    vector,
)

pieces = st.lists(st.binary(max_size=200), max_size=6)


@settings(deadline=None)
@given(pieces, st.integers(1, 50))
def test_records_come_back_however_the_stream_is_cut(bodies, step):
    stream = b"".join(record(HANDSHAKE, 0x0303, body) for body in bodies)
    records = Records()
    found = [one for at in range(0, len(stream), step) for one in records.feed(stream[at : at + step])]
    assert found == [(HANDSHAKE, body) for body in bodies]


@settings(deadline=None)
@given(pieces, st.integers(1, 50))
def test_messages_come_back_however_the_records_are_cut(bodies, step):
    stream = b"".join(message(11, body) for body in bodies)
    messages = Messages()
    found = [one for at in range(0, len(stream), step) for one in messages.feed(stream[at : at + step])]
    assert found == [(11, body) for body in bodies]


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_arbitrary_bytes_raise_only_malformed(data):
    for parser in (Records(), Messages()):
        with contextlib.suppress(MalformedError):
            list(parser.feed(data))


@pytest.mark.parametrize(
    "data", [b"HTTP/1.1 400 Bad Request", b"220 mail ESMTP", b"SSH-2.0-x", b"\x16\x02\x00\x00\x00"]
)
def test_other_protocols_are_told_from_the_first_bytes(data):
    with pytest.raises(MalformedError):
        list(Records().feed(data))


def test_huge_record_and_huge_message_are_refused():
    with pytest.raises(OversizedError):
        next(Records().feed(b"\x16\x03\x03\xff\xff"))
    with pytest.raises(OversizedError):
        next(Messages().feed(b"\x0b\x04\x00\x01"))


def test_message_before_an_oversized_one_still_comes():
    messages = Messages().feed(message(2, b"hello") + b"\x0b\x04\x00\x01")
    assert next(messages) == (2, b"hello")
    with pytest.raises(OversizedError):
        next(messages)


def test_reader_says_what_is_missing():
    with pytest.raises(MalformedError, match="3 bytes expected, 2 left"):
        Reader(b"\x03ab").vector(1)


@settings(deadline=None)
@given(pieces)
def test_vectors_are_read_back(bodies):
    assert list(Reader(b"".join(vector(body, 2) for body in bodies)).vectors(2)) == bodies
