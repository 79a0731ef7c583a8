"""The entries of a website: where each leads, and what is its twin under the other scheme. No I/O."""

from collections.abc import Iterable

from ada_url import URL

from xuncha.model.hosts import host_of

_PORTS = {"http:": 80, "https:": 443}


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


def _web(url: str) -> URL | None:
    try:
        parts = URL(url)
    except ValueError:  # surrogates, which no URL has, are one too
        return None
    return parts if parts.protocol in _PORTS and parts.port != "0" else None


def _moved(parts: URL, scheme: str) -> str:
    parts.protocol, parts.port, parts.username, parts.password = scheme, "", "", ""
    return parts.href
