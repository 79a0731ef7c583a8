"""What can be read from a URL alone. Nothing here fails on a malformed one."""

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit

_NOTHING = SplitResult("", "", "", "", "")
_INSIDE_ONLY = ("local", "lan", "internal", "intranet", "corp", "home.arpa")


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return _NOTHING


def host_of(url: str) -> str:
    """The host in lower case, without port, brackets and ``www.``."""
    try:
        return (_split(url).hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return ""


def ending_of(url: str) -> str:
    """What the last segment of the path ends in, in lower case; empty where there is no dot in it."""
    name = unquote(_split(url).path).rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


def plain(url: str) -> str:
    """A URL as it is compared: without scheme, ``www.``, fragment and the slash at its end."""
    parts = _split(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{host_of(url)}{unquote(parts.path).rstrip('/')}{query}"


def without_query(url: str) -> str:
    """What a form with the method GET sends its fields to."""
    return url.partition("#")[0].partition("?")[0]


def is_private(host: str) -> bool:
    """Whether ``host`` is this machine itself or an address that the public can't reach."""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def is_inside(host: str, suffixes: Iterable[str] = ()) -> bool:
    """Whether only an inner network knows ``host``: a private address, a name without a dot or under a suffix."""
    if is_private(host):
        return True
    if "." not in host:
        return ":" not in host
    return any(f".{host}".endswith(f".{suffix.lower().strip('.')}") for suffix in (*_INSIDE_ONLY, *suffixes))
