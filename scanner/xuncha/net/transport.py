"""An httpx client over our engine: plugin authors write httpx, every request and redirect passes the guard."""

from collections.abc import Awaitable, Callable, Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import NoReturn

import httpx

from xuncha.model.netapi import NetError, Reply
from xuncha.model.reasons import Reason

Fetch = Callable[[str, str, Mapping[str, str]], Awaitable[Reply]]
"""One request through the guard, redirects not followed: method, URL, headers."""

REPLY = "xuncha.reply"
"""Where ``httpx.Response.extensions`` keeps the ``Reply``: TLS, address, truncation."""

_UNDONE = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_OURS = frozenset({"host", "connection", "accept-encoding", "content-length"})


class HttpConnectError(NetError, httpx.ConnectError):
    """No connection, hence no answer."""


class HttpTimeoutError(NetError, httpx.ReadTimeout):
    """The total deadline passed."""


class HttpReadError(NetError, httpx.ReadError):
    """The connection broke off."""


class HttpProtocolError(NetError, httpx.RemoteProtocolError):
    """An answer that can't be read as HTTP."""


class HttpRefusedError(NetError, httpx.TransportError):
    """Our own guard said no."""


_BY_REASON: dict[Reason, type[NetError]] = {
    Reason.NO_SUCH_NAME: HttpConnectError,
    Reason.DNS_FAILED: HttpConnectError,
    Reason.REFUSED: HttpConnectError,
    Reason.UNREACHABLE: HttpConnectError,
    Reason.TLS_FAILED: HttpConnectError,
    Reason.TLS_TOO_OLD: HttpConnectError,
    Reason.NOT_TLS: HttpConnectError,
    Reason.TIMEOUT: HttpTimeoutError,
    Reason.RESET: HttpReadError,
    Reason.TOO_LARGE: HttpReadError,
    Reason.MALFORMED_REPLY: HttpProtocolError,
}


class GuardedTransport(httpx.AsyncBaseTransport):
    """Hands each request to ``fetch``. Failures are httpx exceptions and NetErrors at once, with ``reason``."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One hop. Bodies arrive decoded and capped; the headers of their codings are left out."""
        if await request.aread():
            _raise(NetError(Reason.METHOD_FORBIDDEN, "requests carry no body"), request)
        headers = {name: value for name, value in request.headers.items() if name not in _OURS}
        try:
            reply = await self._fetch(request.method, str(request.url), headers)
        except NetError as error:
            _raise(error, request)
        return _response(reply)


def http_client(fetch: Fetch) -> httpx.AsyncClient:
    """A client that keeps no cookies, reads no environment and sends no headers of its own.

    It does not follow redirects unless asked; then each hop passes ``fetch``.
    """
    client = httpx.AsyncClient(
        transport=GuardedTransport(fetch),
        trust_env=False,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        timeout=None,  # noqa: S113 - the guard's total deadline holds
    )
    client.headers.clear()
    return client


def _response(reply: Reply) -> httpx.Response:
    return httpx.Response(
        reply.status,
        headers=[(name.encode(), value.encode()) for name, value in reply.headers if name not in _UNDONE],
        content=reply.body,
        extensions={"http_version": f"HTTP/{reply.http_version}".encode(), REPLY: reply},
    )


def _raise(error: NetError, request: httpx.Request) -> NoReturn:
    failure = _BY_REASON.get(error.reason, HttpRefusedError)(error.reason, error.detail)
    failure.params = error.params
    assert isinstance(failure, httpx.RequestError)
    failure.request = request
    raise failure from error
