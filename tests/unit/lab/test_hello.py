import ssl

from hypothesis import given
from hypothesis import strategies as st

from xuncha.lab.hello import ClientHello, missing, parse_hello
from xuncha.lab.tlcp import SUITES, first_flight


def real_hello(name: str) -> bytes:
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = ssl.create_default_context().wrap_bio(incoming, outgoing, server_hostname=name)
    try:
        client.do_handshake()
    except ssl.SSLWantReadError:
        return outgoing.read()
    raise AssertionError("nobody answered, yet it went on")


def test_the_name_in_a_real_hello_is_found():
    hello = parse_hello(real_hello("www.a.example"))
    assert hello is not None
    assert (hello.name, hello.tlcp) == ("www.a.example", False)
    assert 0x1301 in hello.suites


def test_a_record_is_waited_for_until_it_is_whole():
    record = real_hello("www.a.example")
    assert missing(b"") == 5
    assert missing(record[:20]) == len(record) - 20
    assert missing(record) == 0


def test_what_is_no_handshake_is_not_waited_for():
    assert missing(b"GET / HTTP/1.1\r\n") == 0
    assert parse_hello(b"GET / HTTP/1.1\r\n") is None


@given(st.binary(max_size=200))
def test_no_bytes_break_the_parser(data):
    parse_hello(data)
    parse_hello(b"\x16\x03\x01\xff\xff\x01" + data)


def test_tlcp_takes_the_suite_that_it_prefers():
    flight = first_flight(ClientHello(tlcp=True, name="", suites=(0xE013, 0xE053)), (b"a", b"b"))
    assert flight[:3] == b"\x16\x01\x01"
    assert SUITES[0].to_bytes(2, "big") in flight[:60]


def test_tlcp_refuses_suites_that_it_does_not_know():
    assert first_flight(ClientHello(tlcp=True, name="", suites=(0x1301,)), ()) == b"\x15\x01\x01\x00\x02\x02\x28"
