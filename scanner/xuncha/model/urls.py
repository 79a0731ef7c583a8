"""What can be read from a URL alone, its host aside. No I/O, and never an error."""

from collections.abc import Iterable
from urllib.parse import SplitResult, unquote, urlsplit

from ada_url import URL

from xuncha.model.hosts import host_of

_PORTS = {"http:": 80, "https:": 443}
_NOTHING = SplitResult("", "", "", "", "")


def url_parts(url: str) -> SplitResult:
    """Scheme, authority, path, query and fragment; all of them empty where the URL is malformed.

    For the host there is ``host_of``, which reads it as browsers do.
    """
    try:
        return urlsplit(url)
    except ValueError:
        return _NOTHING


def ending_of(url: str) -> str:
    """What the last segment of the path ends in, in lower case; empty where there is no dot in it."""
    name = unquote(url_parts(url).path).rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


def endpoint_of(url: str) -> tuple[str, int]:
    """The host and port of a web address; ("", 0) where it is none."""
    parts = _web(url)
    return (host_of(url), int(parts.port or _PORTS[parts.protocol])) if parts else ("", 0)


def other_scheme(url: str, declared: Iterable[str]) -> str:
    """The same entry under the other scheme: as declared, else at that scheme's own port.

    Empty where ``url`` is no web address.
    """
    own = _web(url)
    if own is None:
        return ""
    scheme = "http:" if own.protocol == "https:" else "https:"
    twins = (one for one in declared if (other := _web(one)) and other.protocol == scheme)
    return next((one for one in twins if host_of(one) == host_of(url)), "") or _moved(own, scheme)


def without_scheme(url: str) -> str:
    """A web address from its host on: what a website keeps that moves to HTTPS."""
    return url.partition("//")[2]


def _web(url: str) -> URL | None:
    try:
        parts = URL(url)
    except ValueError:  # surrogates, which no URL has, are one too
        return None
    return parts if parts.protocol in _PORTS and parts.port != "0" else None


def _moved(parts: URL, scheme: str) -> str:
    parts.protocol, parts.port, parts.username, parts.password = scheme, "", "", ""
    return parts.href
