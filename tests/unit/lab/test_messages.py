from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from xuncha.lab.messages import Reply, Request, chunked, parse_request, written

NOW = datetime(2026, 8, 20, tzinfo=UTC)


def request(head: str) -> Request:
    parsed = parse_request(head.replace("\n", "\r\n").encode(), "http")
    assert parsed is not None
    return parsed


def test_a_request_is_read():
    one = request("GET /a?b=1 HTTP/1.1\nHost: WWW.A.example.:8080\nUser-Agent: Xuncha/1")
    assert (one.host, one.method, one.path, one.user_agent) == ("www.a.example", "GET", "/a?b=1", "Xuncha/1")


def test_who_wants_to_close_or_sends_a_body_is_not_kept():
    assert request("GET / HTTP/1.1\nHost: a").keeps_alive
    assert not request("GET / HTTP/1.1\nHost: a\nConnection: close").keeps_alive
    assert not request("POST / HTTP/1.1\nHost: a\nContent-Length: 3").keeps_alive
    assert not request("GET / HTTP/1.0\nHost: a").keeps_alive


def test_what_is_no_request_is_none():
    assert parse_request(b"\x16\x03\x01 hello", "http") is None


@given(st.binary(max_size=300))
def test_no_bytes_break_the_parser(data):
    parse_request(data, "http")


def test_head_gets_the_length_without_the_body():
    reply = written(request("HEAD / HTTP/1.1\nHost: a"), Reply(body=b"abc"), NOW)
    assert b"Content-Length: 3\r\n" in reply
    assert reply.endswith(b"\r\n\r\n")


def test_long_text_is_compressed_for_those_who_take_it():
    asked = request("GET / HTTP/1.1\nHost: a\nAccept-Encoding: gzip")
    assert b"Content-Encoding: gzip" in written(asked, Reply(body=b"x" * 1000), NOW)
    assert b"Content-Encoding" not in written(asked, Reply(body=b"x" * 1000, media_type="image/png"), NOW)


def test_dates_are_those_of_http():
    assert b"Date: Thu, 20 Aug 2026 00:00:00 GMT" in written(request("GET / HTTP/1.1\nHost: a"), Reply(), NOW)


def test_chunks_carry_their_length():
    assert list(chunked([b"abc"])) == [b"3\r\nabc\r\n"]
