import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason
from xuncha.net.http1 import ReplyReader, parse_head, text
from xuncha.net.lenient import request_bytes
from xuncha.net.target import Target

TARGET = Target("http", "site.example", 8080, "/a?b=c")


def read(data, *, method="GET", step=65536, max_header_bytes=1000, max_bytes=1000):
    """The reader after all of ``data`` came in steps and the connection ended."""
    reader = ReplyReader(method, max_header_bytes=max_header_bytes, max_bytes=max_bytes)
    for start in range(0, len(data), step):
        if reader.done:
            break
        reader.feed(data[start : start + step])
    if not reader.done:
        reader.end()
    return reader


def summary(data, **options):
    """Status, body and truncation, or the reason why there is no reply."""
    try:
        reader = read(data, **options)
    except NetError as error:
        return error.reason
    return reader.head, reader.body.finish(), reader.truncated


tokens = st.text("abcXYZ-019", min_size=1, max_size=8)
values = st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"]), max_size=12)
headers = st.lists(st.tuples(tokens, values), max_size=6)
FRAGMENTS = (
    *(b"HTTP/1.1 200 OK", b"HTTP/1.1 100 X\r\n\r\n", b"Content-Length: 3", b"Transfer-Encoding: chunked"),
    *(
        b"Content-Encoding: gzip",
        b"\r\n",
        b"\n",
        b"\r\n\r\n",
        b"\n\n",
        b"5",
        b"0",
        b"ffff",
        b"hello",
        b" ",
        b":",
        b"\xff",
    ),
)
fragments = st.sampled_from(FRAGMENTS)
soup = st.lists(fragments | st.binary(max_size=5), max_size=40).map(b"".join)


@given(soup)
def test_any_bytes_give_a_reply_or_a_reason(data):
    assert summary(data)


@given(soup, st.integers(1, 50))
def test_it_never_matters_how_the_bytes_are_cut_up(data, step):
    assert summary(data, step=step) == summary(data)


@given(headers, st.binary(max_size=50), st.sampled_from([b"\r\n", b"\n"]))
def test_a_clean_reply_is_read_exactly(pairs, body, line_end):
    lines = [b"HTTP/1.1 200 OK", *(f"x-{name}: {value}".encode() for name, value in pairs)]
    lines += [b"Content-Length: %d" % len(body), b"", b""]
    head, found, truncated = summary(line_end.join(lines) + body + b"more")
    assert (found, truncated) == (body, False)
    assert head.headers[:-1] == tuple((f"x-{name}".lower(), text(value.encode().strip())) for name, value in pairs)


@given(st.lists(st.binary(min_size=1, max_size=40), max_size=8), st.integers(1, 30))
def test_chunks_are_put_together(chunks, step):
    wire = b"".join(b"%x;ext=1\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
    data = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + wire + b"0\r\n\r\n"
    assert summary(data, step=step)[1:] == (b"".join(chunks), False)


@pytest.mark.parametrize(
    ("line", "status", "reason", "version"),
    [
        (b"HTTP/1.1 404 Not Found", 404, "Not Found", "1.1"),
        (b"HTTP/1.0 200", 200, "", "1.0"),
        (b"http/1.1 200 ok", 200, "ok", "1.1"),
        (b"HTTP/2 200", 200, "", "2"),
        (b"HTTP 200 OK", 200, "OK", "1.0"),
        (b" HTTP/1.1  200  OK", 200, "OK", "1.1"),
        ("HTTP/1.1 404 找不到".encode(), 404, "找不到", "1.1"),
        ("HTTP/1.1 404 找不到".encode("gbk"), 404, "找不到".encode("gbk").decode("latin-1"), "1.1"),
    ],
)
def test_status_lines_are_read_as_browsers_do(line, status, reason, version):
    head = parse_head(line)
    assert (head.status, head.reason, head.version) == (status, reason, version)


@pytest.mark.parametrize("line", [b"", b"ICY 200 OK", b"HTTP/1.1 OK", b"HTTP/1.1 2000 OK", b"HTTP/1.1", b"<html>"])
def test_what_has_no_status_is_no_reply(line):
    with pytest.raises(NetError, match="no HTTP status line"):
        parse_head(line)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (b"X Powered By: y", (("x powered by", "y"),)),
        (b"Server : nginx", (("server", "nginx"),)),
        (b"A: b\r\n c\r\n\td", (("a", "b c d"),)),
        (b"no colon\r\nA: b", (("a", "b"),)),
        (b": nameless\r\nA: b", (("a", "b"),)),
        (b"A: b\x00c", (("a", "bc"),)),
        (b" A: b", (("a", "b"),)),
    ],
)
def test_odd_header_lines_are_read(lines, expected):
    assert parse_head(b"HTTP/1.1 200 OK\r\n" + lines).headers == expected


def reply(*lines, body=b"hello"):
    return b"\r\n".join([b"HTTP/1.1 200 OK", *lines, b"", body])


@pytest.mark.parametrize(
    ("data", "body", "truncated"),
    [
        (reply(), b"hello", False),
        (reply(b"Content-Length: 3"), b"hel", False),
        (reply(b"Content-Length: 9"), b"hello", True),
        (reply(b"Content-Length: 5", b"Content-Length: 9"), b"hello", False),
        (reply(b"Content-Length: 3", b"Content-Length: 2"), b"hel", False),
        (reply(b"Content-Length: +3"), b"hel", False),
        (reply(b"Content-Length: -3"), b"hello", False),
        (reply(b"Content-Length: " + b"9" * 5000, body=b"x"), b"x", False),
        (reply(b"Transfer-Encoding: Chunked", body=b"0x5\r\nhello\r\n0\r\n\r\n"), b"hello", False),
        (reply(b"Transfer-Encoding: chunked", body=b"5\nhello\n0\n\n"), b"hello", False),
        (reply(b"Transfer-Encoding: chunked", body=b"5\r\nhello\r\n"), b"hello", True),
        (reply(b"Transfer-Encoding: chunked", body=b"5\r\nhello\r\noops\r\n"), b"hello", True),
        (reply(b"Transfer-Encoding: chunked", body=b"5\r\nhel"), b"hel", True),
    ],
)
def test_bodies_end_where_browsers_end_them(data, body, truncated):
    assert summary(data, max_header_bytes=9000)[1:] == (body, truncated)


def test_a_chunked_body_without_chunks_is_malformed():
    assert summary(reply(b"Transfer-Encoding: chunked", body=b"<html>\r\n")) == Reason.MALFORMED_REPLY


def test_a_first_chunk_line_without_end_is_malformed():
    data = reply(b"Transfer-Encoding: chunked", body=b"5;" + b"x" * 9000)
    assert summary(data, max_bytes=100_000) == Reason.MALFORMED_REPLY


@pytest.mark.parametrize("status", [b"204 No Content", b"304 Not Modified"])
def test_some_statuses_have_no_body(status):
    assert summary(b"HTTP/1.1 " + status + b"\r\nContent-Length: 5\r\n\r\nhello")[1] == b""


def test_head_has_no_body():
    assert summary(reply(b"Content-Length: 5", body=b""), method="HEAD")[1:] == (b"", False)


def test_nothing_at_all_is_a_reset():
    assert summary(b"") == Reason.RESET


def test_a_head_that_never_ends_is_malformed():
    assert summary(b"HTTP/1.1 200 OK\r\nA: b\r\n") == Reason.MALFORMED_REPLY


def test_headers_over_the_cap_are_too_large():
    assert summary(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 1000) == Reason.TOO_LARGE


def test_interim_answers_without_end_are_too_large():
    assert summary(b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000) == Reason.TOO_LARGE


def test_many_interim_answers_are_passed_over():
    assert summary(b"HTTP/1.1 100 Continue\r\n\r\n" * 20 + reply())[1] == b"hello"


def test_a_body_over_the_cap_is_cut():
    assert summary(reply(body=b"x" * 2000))[1:] == (b"x" * 1000, True)


def test_chunk_framing_without_payload_is_cut():
    wire = b"1;" + b"x" * 2000 + b"\r\ny\r\n"
    _, body, truncated = summary(reply(b"Transfer-Encoding: chunked", body=wire * 1000))
    assert truncated
    assert set(body) <= {ord("y")}


def test_the_request_asks_for_a_close_under_the_sites_name():
    assert request_bytes(TARGET, "GET", {"User-Agent": "t"}) == (
        b"GET /a?b=c HTTP/1.1\r\nUser-Agent: t\r\nHost: site.example:8080\r\nConnection: close\r\n\r\n"
    )


@pytest.mark.parametrize("headers", [{"A": "b\r\nC: d"}, {"A\n": "b"}, {"A": "\0"}])
def test_a_request_is_never_split_by_its_headers(headers):
    with pytest.raises(ValueError, match="control characters"):
        request_bytes(TARGET, "GET", headers)
