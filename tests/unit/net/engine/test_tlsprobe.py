import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.model.reasons import Reason
from xuncha.net.tlsprobe import reading_of, retired_hello


@given(st.binary(max_size=64))
def test_any_answer_has_a_reading(answer):
    reason, words = reading_of(answer)
    assert (reason in Reason, bool(words)) == (True, True)


READINGS = {
    "silence": ("", Reason.RESET),
    "HTTP": ("485454502f312e31", Reason.NOT_TLS),
    "SSL 2.0 error": ("8003000001", Reason.TLS_TOO_OLD),
    "SSL 2.0 hello": ("802e04000100020000", Reason.TLS_TOO_OLD),
    "SSL 3.0 hello": ("16030000380200003403", Reason.TLS_TOO_OLD),
    "SSL 3.0 alert": ("15030000020228", Reason.TLS_TOO_OLD),
    "retired suite": ("16030300380200003403", Reason.TLS_TOO_OLD),
    "protocol version": ("15030100020246", Reason.TLS_TOO_OLD),
    "insufficient security": ("15030100020247", Reason.TLS_TOO_OLD),
    "handshake failure": ("15030300020228", Reason.TLS_FAILED),
    "unknown name": ("15030300020270", Reason.TLS_FAILED),
    "TLCP": ("16010100380200003401", Reason.TLS_FAILED),
    "stump": ("1503", Reason.TLS_FAILED),
}


@pytest.mark.parametrize(("answer", "reason"), READINGS.values(), ids=READINGS)
def test_first_bytes_tell_what_kind_of_server_it_is(answer, reason):
    assert reading_of(bytes.fromhex(answer))[0] == reason


@given(st.text("abc.-", min_size=1, max_size=250))
def test_the_lengths_in_the_hello_are_right(name):
    hello = retired_hello(name)
    assert int.from_bytes(hello[3:5]) == len(hello) - 5
    assert int.from_bytes(hello[6:9]) == len(hello) - 9
    assert name.encode() in hello
