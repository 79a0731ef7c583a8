import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha.config.errors import UnreadableError
from xuncha.rules.http_file import parse_answer, read_answer


def test_a_raw_answer_is_read(tmp_path):
    file = tmp_path / "a.http"
    file.write_bytes(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nServer: x\r\n\r\nline\n\nmore")
    seen = read_answer(file)
    assert (seen.status, seen.body, seen.whole) == (200, b"line\n\nmore", True)
    assert seen.headers == (("content-type", "text/plain"), ("server", "x"))


def test_lines_may_end_as_editors_end_them():
    assert parse_answer(b"HTTP/2 404\nA: b\n\nbody").body == b"body"


def test_a_body_that_was_cut_says_how_large_it_was():
    seen = parse_answer(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX-Xuncha-Cut: 5000\r\n\r\nabc")
    assert (seen.size, seen.whole, seen.header("content-length")) == (5000, False, "5000")


def test_no_headers_are_needed():
    assert parse_answer(b"HTTP/1.1 200 OK\r\n\r\nabc").body == b"abc"


@pytest.mark.parametrize("data", [b"", b"<html>", b"HTTP/1.1 200 OK\r\nA: b", b"HTTP/1.1 99 No\r\n\r\n"])
def test_what_is_no_answer_is_refused(data):
    with pytest.raises(UnreadableError, match="no raw answer"):
        parse_answer(data, "x.http")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    for head in (b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n"):
        try:
            parse_answer(head + data)
        except UnreadableError:
            continue
