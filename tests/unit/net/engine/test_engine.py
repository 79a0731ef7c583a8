import asyncio
import socket
import struct
import zlib

import pytest

from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason
from xuncha.net.engine import Caps, Engine
from xuncha.net.target import Target

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
CAPS = Caps(1_000_000, 5.0)


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


HAS_IPV6 = has_ipv6()


def reason_of(visit, talk, **options):
    with pytest.raises(NetError) as caught:
        visit(talk, **options)
    return caught.value.reason


def reset(*parts):
    """A server that sends ``parts`` and then resets the connection."""

    async def talk(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        for part in parts:
            writer.write(part)
            await writer.drain()
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    return talk


async def silent(reader, _writer):
    await reader.read(1)
    await asyncio.Event().wait()


def endless(start, piece):
    async def talk(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(start)
        while True:
            writer.write(piece)
            await writer.drain()

    return talk


def drip(start, piece):
    async def talk(_reader, writer):
        writer.write(start)
        while True:
            writer.write(piece)
            await asyncio.sleep(0.01)

    return talk


def test_a_reply_comes_back_as_it_was_sent(visit):
    reply = visit(OK)
    assert (reply.status, reply.reason, reply.body, reply.truncated) == (200, "OK", b"hello", False)
    assert reply.headers == (("content-type", "text/html"), ("content-length", "5"))
    assert (reply.address, reply.http_version, reply.reader, reply.tls) == ("127.0.0.1", "1.1", "strict", None)
    assert reply.wire_bytes == 5


def test_repeated_headers_are_all_kept(visit):
    reply = visit(b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\r\n")
    assert [value for name, value in reply.headers if name == "set-cookie"] == ["a=1", "b=2"]


@pytest.mark.parametrize("raw_value", ["公告".encode(), "公告".encode("gb18030")])
def test_header_values_never_hold_what_cannot_be_stored(visit, raw_value):
    reply = visit(b"HTTP/1.1 200 OK\r\nX: " + raw_value + b"\r\nContent-Length: 0\r\n\r\n")
    dict(reply.headers)["x"].encode()


def test_a_reason_in_gbk_never_holds_what_cannot_be_stored(visit):
    visit("HTTP/1.1 404 找不到\r\nContent-Length: 0\r\n\r\n".encode("gbk")).reason.encode()


def test_a_switch_of_protocols_is_an_answer_without_body(visit):
    reply = visit(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\nframes")
    assert reply.status == 101


def heard(run, serve, target_of, headers):
    """The request as the server saw it."""
    seen = []

    async def talk(reader, writer):
        seen.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(OK)

    async def main():
        async with serve(talk) as port, Engine() as engine:
            await engine.send(target_of(port), "127.0.0.1", "GET", headers, CAPS)
            return port

    return run(main()), seen[0]


@pytest.mark.parametrize("path", ["/a%2fb?x=%e4&y=a+b", "/a?", "//other.example/", "/a/../b", "/?a=b?c=d"])
def test_the_path_is_sent_exactly_as_it_is(run, serve, path):
    _, request = heard(run, serve, lambda port: Target("http", "site.example", port, path), {})
    assert request.startswith(f"GET {path} HTTP/1.1\r\n".encode())


def test_the_host_header_is_the_sites_name(run, serve):
    port, request = heard(run, serve, lambda port: Target("http", "site.example", port, "/"), {"host": "other.example"})
    assert f"Host: site.example:{port}\r\n".encode() in request
    assert b"other.example" not in request


def test_no_cookie_is_ever_sent_back(run, serve):
    seen = []

    async def talk(reader, writer):
        for _ in range(2):
            seen.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Path=/\r\nContent-Length: 0\r\n\r\n")

    async def main():
        async with serve(talk) as port, Engine() as engine:
            for _ in range(2):
                await engine.send(Target("http", "site.example", port, "/"), "127.0.0.1", "GET", {}, CAPS)

    run(main())
    assert b"ookie" not in seen[1]


@pytest.fixture
def connections(run, serve):
    """How many connections three requests open, to the given names in turn."""

    def count(*hosts, **options):
        opened = []

        async def talk(reader, writer):
            opened.append(writer)
            while await reader.readuntil(b"\r\n\r\n"):
                writer.write(OK)

        async def main():
            async with serve(talk) as port, Engine(**options) as engine:
                for host in hosts:
                    await engine.send(Target("http", host, port, "/"), "127.0.0.1", "GET", {}, CAPS)

        run(main())
        return len(opened)

    return count


def test_a_connection_is_used_again(connections):
    assert connections("site.example", "site.example", "site.example") == 1


def test_two_names_never_share_a_connection(connections):
    assert connections("site.example", "b.example", "site.example") == 2


def test_without_keep_alive_each_request_has_its_connection(connections):
    assert connections("site.example", "site.example", keep_alive=False) == 2


def test_a_name_that_moves_to_another_address_gets_another_connection(run, serve):
    peers = []

    async def talk(reader, writer):
        peers.append(writer.get_extra_info("sockname")[0])
        while await reader.readuntil(b"\r\n\r\n"):
            writer.write(OK)

    async def main():
        async with serve(talk) as port, serve(talk, address="127.0.0.2", port=port), Engine() as engine:
            for address in ("127.0.0.1", "127.0.0.2", "127.0.0.1"):
                await engine.send(Target("http", "site.example", port, "/"), address, "GET", {}, CAPS)

    run(main())
    assert peers == ["127.0.0.1", "127.0.0.2"]


@pytest.mark.parametrize("address", ["localhost", "site.example", "127.1", "2130706433", "0177.0.0.1"])
def test_a_name_or_an_odd_spelling_is_not_an_address(run, address):
    async def main():
        async with Engine() as engine:
            await engine.send(Target("http", "site.example", 1, "/"), address, "GET", {}, CAPS)

    with pytest.raises(ValueError, match="address"):
        run(main())


@pytest.mark.skipif(not HAS_IPV6, reason="no IPv6 loopback on this machine")
def test_ipv6_addresses_work(run, serve):
    async def main():
        async with serve(OK, address="::1") as port, Engine() as engine:
            return await engine.send(Target("http", "site.example", port, "/"), "::1", "GET", {}, CAPS)

    assert run(main()).address == "::1"


def test_redirects_are_not_followed(visit):
    reply = visit(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")
    assert reply.status == 302


def test_proxies_of_the_environment_are_ignored(visit, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    assert visit(OK).status == 200


@pytest.mark.parametrize("length", [b"", b"Content-Length: 1000\r\n"])
def test_head_has_no_body(visit, length):
    assert visit(b"HTTP/1.1 200 OK\r\n" + length + b"\r\n", method="HEAD").body == b""


def test_interim_answers_are_passed_over(visit):
    assert visit(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK).body == b"hello"


def test_a_body_that_ends_with_the_connection_is_whole(visit):
    reply = visit(b"HTTP/1.0 200 OK\r\n\r\nuntil the close")
    assert (reply.body, reply.truncated, reply.http_version) == (b"until the close", False, "1.0")


def test_a_body_of_exactly_the_cap_is_whole(visit):
    assert not visit(OK, max_bytes=5).truncated


def test_a_body_over_the_cap_is_cut(visit):
    reply = visit(OK, max_bytes=4)
    assert (reply.body, reply.truncated) == (b"hell", True)


@pytest.mark.parametrize(
    "talk",
    [endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536), endless(CHUNKED, b"5\r\nhello\r\n" * 1000)],
    ids=["until the close", "chunked"],
)
def test_an_endless_body_is_cut_at_the_cap(visit, talk):
    reply = visit(talk, max_bytes=100_000)
    assert (len(reply.body), reply.truncated) == (100_000, True)


def test_one_line_of_fifty_megabytes_is_cut_like_any_body(visit):
    reply = visit(endless(b"HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n", b"<" * 1_000_000))
    assert (len(reply.body), reply.truncated) == (1_000_000, True)


@pytest.mark.parametrize(
    "talk",
    [
        silent,
        drip(b"", b"H"),
        drip(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        drip(b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
        drip(CHUNKED, b"1\r\nx\r\n"),
        drip(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", b""),
        drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["tarpit", "status line", "headers", "body", "chunks", "stopped body", "interim answers"],
)
def test_no_server_outlasts_the_deadline(visit, talk):
    assert reason_of(visit, talk, deadline=0.2) == Reason.TIMEOUT


def test_a_closed_port_refuses(run):
    async def main():
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            async with Engine() as engine:
                target = Target("http", "site.example", held.getsockname()[1], "/")
                await engine.send(target, "127.0.0.1", "GET", {}, CAPS)

    with pytest.raises(NetError) as caught:
        run(main())
    assert caught.value.reason == Reason.REFUSED


@pytest.mark.parametrize(
    "parts",
    [(), (b"HTTP/1.1 200 OK\r\n",), (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",), (CHUNKED, b"5\r\nhe")],
)
def test_a_reset_is_told_as_such(visit, parts):
    assert reason_of(visit, reset(*parts)) == Reason.RESET


def test_a_close_without_a_word_is_a_reset(visit):
    assert reason_of(visit, b"") == Reason.RESET


@pytest.mark.parametrize(
    "talk",
    [b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf!", CHUNKED + b"5\r\nhalf!\r\n", CHUNKED + b"9\r\nhalf!"],
    ids=["length", "between chunks", "within a chunk"],
)
def test_what_came_before_the_server_broke_off_is_kept(visit, talk):
    reply = visit(talk)
    assert (reply.body, reply.truncated) == (b"half!", True)


@pytest.mark.parametrize(
    "talk",
    [b"\x00\xff\xfe garbage\r\n\r\n", b"220 mail.site.example ESMTP\r\n", b"<html>HTTP/0.9</html>"],
    ids=["garbage", "smtp", "http/0.9"],
)
def test_what_is_not_http_is_malformed(visit, talk):
    assert reason_of(visit, talk) == Reason.MALFORMED_REPLY


@pytest.mark.parametrize(
    "head",
    [b"X: " + b"y" * 70_000 + b"\r\n", b"X: y\r\n" * 20_000, b"X: " + b"y" * 8_000 + b"\r\n" + b"Y: " + b"z" * 60_000],
    ids=["one line", "many lines", "both"],
)
def test_headers_over_the_cap_are_too_large(visit, head):
    assert reason_of(visit, b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\nhello") == Reason.TOO_LARGE


def test_an_endless_header_line_is_too_large(visit):
    assert reason_of(visit, endless(b"HTTP/1.1 200 OK\r\nX: ", b"y" * 65536)) == Reason.TOO_LARGE


def test_many_middling_headers_are_too_large_together(visit):
    head = b"".join(b"X-%d: %s\r\n" % (number, b"y" * 7_000) for number in range(12))
    assert reason_of(visit, b"HTTP/1.1 200 OK\r\n" + head + b"\r\nhello") == Reason.TOO_LARGE


def test_coded_bodies_arrive_decoded(visit):
    coded = zlib.compress(b"hello" * 100)
    reply = visit(b"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n" + coded)
    assert (reply.body, reply.wire_bytes) == (b"hello" * 100, len(coded))


def test_a_body_in_a_broken_coding_is_malformed(visit):
    assert reason_of(visit, b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n<html>") == Reason.MALFORMED_REPLY


ODD = [
    b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nX Powered By: y\r\nContent-Length: 5\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nX: " + b"y" * 20_000 + b"\r\nContent-Length: 5\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nno colon here\r\nContent-Length: 5\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 5\r\n\r\nhello",
    b"HTTP/1.1 200 OK\nContent-Length: 5\n\nhello",
    b"HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello",
    b"http/1.1 200 ok\r\nContent-Length: 5\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"Content-Length: 5\r\n\r\nhello",
    CHUNKED + b"5 \r\nhello\r\n0\r\n\r\n",
    CHUNKED + b"5\r\nhello\r\n0\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
]


@pytest.mark.parametrize("talk", ODD, ids=range(len(ODD)))
def test_odd_replies_that_browsers_read_are_read(visit, talk):
    reply = visit(talk)
    assert (reply.status, reply.body, reply.truncated) == (200, b"hello", False)


def test_a_bad_chunk_size_at_the_end_costs_only_the_rest(visit):
    reply = visit(CHUNKED + b"5\r\nhello\r\nxyz\r\nmore")
    assert (reply.body, reply.truncated, reply.reader) == (b"hello", True, "lenient")


def test_the_second_reading_is_marked(visit):
    assert visit(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello").reader == "lenient"


def test_options_is_never_asked_twice(run, serve):
    asked = []

    async def talk(reader, writer):
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"garbage\r\n\r\n")

    async def main():
        async with serve(talk) as port, Engine() as engine:
            await engine.send(Target("http", "site.example", port, "/"), "127.0.0.1", "OPTIONS", {}, CAPS)

    with pytest.raises(NetError, match="malformed"):
        run(main())
    assert len(asked) == 1


def test_a_server_refused_three_times_is_no_longer_asked_twice(run, serve):
    asked = []

    async def talk(reader, writer):
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello")

    async def main():
        async with serve(talk) as port, Engine() as engine:
            for _ in range(5):
                await engine.send(Target("http", "site.example", port, "/"), "127.0.0.1", "GET", {}, CAPS)

    run(main())
    assert len(asked) == 3 * 2 + 2
