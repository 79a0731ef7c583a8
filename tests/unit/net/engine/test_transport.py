import httpx
import pytest

from xuncha.model.netapi import NetError, Reply, TlsSeen
from xuncha.model.reasons import Reason
from xuncha.net.transport import REPLY, http_client

URL = "https://site.example/"


def reply(status=200, headers=(), body=b"hello"):
    return Reply(URL, URL, status, tuple(headers), body, tls=TlsSeen("TLSv1.3", "x", "strict", trusted=True))


@pytest.fixture
def get(run):
    """GET over a client whose ``fetch`` gives ``replies`` in turn; returns the response and what was fetched."""

    def ask(*replies, url=URL, method="GET", follow=False, **options):
        fetched = []

        async def fetch(method, url, headers):
            fetched.append((method, url, dict(headers)))
            answer = replies[min(len(fetched), len(replies)) - 1]
            if isinstance(answer, Exception):
                raise answer
            return answer

        async def main():
            async with http_client(fetch) as client:
                return await client.request(method, url, follow_redirects=follow, **options)

        return run(main()), fetched

    return ask


def test_a_reply_becomes_a_response(get):
    response, _ = get(reply(404, [("content-type", "text/html; charset=utf-8")], "公告".encode()))
    assert (response.status_code, response.text, response.http_version) == (404, "公告", "HTTP/1.1")


def test_bodies_are_not_decoded_twice(get):
    response, _ = get(reply(headers=[("content-encoding", "gzip"), ("content-length", "9"), ("x", "y")]))
    assert response.content == b"hello"
    assert "content-encoding" not in response.headers
    assert (response.headers["content-length"], response.headers["x"]) == ("5", "y")


def test_repeated_headers_stay_apart(get):
    response, _ = get(reply(headers=[("set-cookie", "a=1"), ("set-cookie", "b=2")]))
    assert response.headers.get_list("set-cookie") == ["a=1", "b=2"]


def test_the_reply_is_at_hand(get):
    assert get(reply())[0].extensions[REPLY].tls.version == "TLSv1.3"


def test_only_the_authors_headers_are_passed_on(get):
    assert get(reply(), headers={"X-Probe": "1"})[1] == [("GET", URL, {"x-probe": "1"})]


def test_a_disguise_is_passed_on_to_be_refused(get):
    assert get(reply(), headers={"User-Agent": "Mozilla"})[1][0][2] == {"user-agent": "Mozilla"}


def test_cookies_are_not_kept(run):
    seen = []

    async def fetch(_method, _url, headers):
        seen.append(dict(headers))
        return reply(headers=[("set-cookie", "a=1; Path=/")])

    async def main():
        async with http_client(fetch) as client:
            for _ in range(2):
                await client.get(URL)

    run(main())
    assert seen == [{}, {}]


def test_redirects_are_left_to_the_author(get):
    response, fetched = get(reply(302, [("location", "/next")]))
    assert (response.status_code, len(fetched)) == (302, 1)


def test_every_hop_passes_the_guard(get):
    _, fetched = get(reply(302, [("location", "http://other.example/a")]), reply(), follow=True)
    assert [url for _, url, _ in fetched] == [URL, "http://other.example/a"]


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (Reason.TIMEOUT, httpx.TimeoutException),
        (Reason.REFUSED, httpx.ConnectError),
        (Reason.TLS_TOO_OLD, httpx.ConnectError),
        (Reason.RESET, httpx.ReadError),
        (Reason.MALFORMED_REPLY, httpx.RemoteProtocolError),
        (Reason.OUT_OF_SCOPE, httpx.TransportError),
        (Reason.BUDGET_REACHED, httpx.TransportError),
    ],
)
def test_failures_speak_httpx_and_keep_their_reason(get, reason, expected):
    with pytest.raises(expected) as caught:
        get(NetError(reason, "why"))
    assert (caught.value.reason, caught.value.detail, str(caught.value.request.url)) == (reason, "why", URL)


@pytest.mark.parametrize("reason", Reason)
def test_every_failure_is_still_a_net_error(get, reason):
    with pytest.raises(NetError) as caught:
        get(NetError(reason))
    assert isinstance(caught.value, httpx.TransportError)


def test_a_request_with_a_body_is_refused(get):
    with pytest.raises(httpx.TransportError, match="no body"):
        get(reply(), method="POST", content=b"x")
