"""What can be read from a URL alone. Nothing here fails on a malformed one: it is then no home page and not deep."""

import re
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

_HOME = re.compile(r"(?i)(?:(?:index|default|home|main|welcome|shouye|sy)(?:\.\w{1,5})?)?")
_LEADS_ON = re.compile(r"(?i)(?:https?(?::|%3a)|(?:url|target|goto|redirect\w*|link)=)")
_CARRIER_NAT = ip_network("100.64.0.0/10")
_INSIDE_ONLY = ("local", "lan", "internal", "intranet", "corp", "home.arpa")
_NOTHING = SplitResult("", "", "", "", "")


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return _NOTHING


def host_of(url: str) -> str:
    """The host in lower case, without port and brackets."""
    try:
        return (_split(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def origin_of(url: str) -> str:
    """Scheme, host and port."""
    parts = _split(url)
    return f"{parts.scheme}://{parts.netloc}"


def same_site(one: str, other: str) -> bool:
    """Whether both URLs have one host, with or without ``www.``."""
    return host_of(one).removeprefix("www.") == host_of(other).removeprefix("www.")


def _levels(url: str) -> list[str]:
    """The segments of the path, without the name of an index page at its end."""
    levels = [segment for segment in _split(url).path.split("/") if segment]
    return levels[:-1] if levels and _HOME.fullmatch(levels[-1]) else levels


def is_home(url: str) -> bool:
    """Whether the URL looks like the home page of its host."""
    parts = _split(url)
    return bool(parts.netloc) and not parts.query and not _levels(url)


def depth_of(url: str) -> int:
    """How far below the home page a URL points: segments of its path, one more for a query.

    0 for addresses that are made to lead elsewhere (``/jump?url=…``).
    """
    query = _split(url).query
    if _LEADS_ON.search(query):
        return 0
    return len(_levels(url)) + bool(query)


@lru_cache(maxsize=4096)
def is_private(host: str) -> bool:
    """Whether ``host`` is this machine itself or an address that the public can't reach."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_private or address.is_loopback or (address.version == 4 and address in _CARRIER_NAT)  # noqa: PLR2004


def is_inside_name(host: str, suffixes: Iterable[str] = ()) -> bool:
    """Whether ``host`` is a name that only an inner network knows: one without a dot, or under one of ``suffixes``."""
    if "." not in host:
        return ":" not in host
    return any(f".{host}".endswith(f".{suffix.lower().strip('.')}") for suffix in (*_INSIDE_ONLY, *suffixes))
