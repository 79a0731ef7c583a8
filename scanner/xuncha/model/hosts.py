"""What a host's name or address tells by itself: whose it is, and who can reach it. No I/O, and never an error.

Names are compared as the DNS has them: lower case, A-labels (``xn--…``), no final dot. Addresses stand in their usual
spelling, IPv6 without brackets.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from ipaddress import ip_address

from ada_url import URL

LONGEST_NAME = 253
"""Characters of a name (RFC 1035). Longer ones reach nobody, and are not kept in memory."""

# Below .cn anybody registers under a category or a province (《中国互联网络域名体系》, 工业和信息化部公告2018年第7号,
# the same as the section "cn" of publicsuffix.org); the last three categories are 公司, 网络 and 網絡.
_CATEGORIES = frozenset((
    "ac", "com", "edu", "gov", "mil", "net", "org", "xn--55qx5d", "xn--io0a7i", "xn--od0alg",
))  # fmt: skip
_PROVINCES = frozenset((
    "ah", "bj", "cq", "fj", "gd", "gs", "gx", "gz", "ha", "hb", "he", "hi", "hk", "hl", "hn", "jl", "js", "jx",
    "ln", "mo", "nm", "nx", "qh", "sc", "sd", "sh", "sn", "sx", "tj", "tw", "xj", "xz", "yn", "zj",
))  # fmt: skip
# Below other country codes: what most of them have, and what those have that pages here link to most.
_ABROAD = frozenset((
    "ac", "co", "com", "edu", "gob", "gov", "mil", "net", "org",
))  # fmt: skip
_ALSO_ABROAD = frozenset((
    "go.jp", "or.jp", "ne.jp", "lg.jp", "go.kr", "or.kr", "re.kr", "go.th", "or.th", "go.id", "or.id", "idv.hk",
    "idv.tw", "me.uk", "nhs.uk", "gouv.fr",
))  # fmt: skip
_COUNTRY_CODE = 2
# Reserved for documents and trials (RFC 2606): here they stand in for .cn.
_STAND_INS = frozenset(("example", "test"))

_PLAIN = re.compile(r"((?:[a-z0-9-]+\.)+[a-z]{2,})(?::[0-9]{1,4})?")
"""Names that the URL standard leaves as they are: nothing to decode, no address in disguise, no digits at the end."""

_INSIDE_ONLY = ("local", "lan", "internal", "intranet", "corp", "home.arpa")


def host_of(url: str) -> str:
    """The host of an absolute URL, or of one that begins with ``//``; empty where there is none.

    Read by the URL standard, as by browsers and by the guard: without user and port, ``http://0x7f.1/`` is 127.0.0.1.
    """
    scheme, _, rest = url.partition("//")
    authority = rest.partition("/")[0]
    if scheme in {"http:", "https:", ""} and len(authority) <= LONGEST_NAME:
        return _at(authority) or _parsed(url)
    return _parsed(url)


@lru_cache(maxsize=4096)
def _at(authority: str) -> str:
    """Many URLs have one authority: this is what makes ``host_of`` cheap.

    Where a hostile page names another one in each link, most are plain: telling that takes a tenth of parsing.
    """
    plain = _PLAIN.fullmatch(authority)
    return plain[1] if plain and "xn--" not in authority else _parsed(f"http://{authority}/")


def _parsed(url: str) -> str:
    try:
        return URL(f"http:{url}" if url.startswith("//") else url).hostname.strip("[]").removesuffix(".").lower()
    except ValueError:  # surrogates, which no URL has, are one too
        return ""


def without_www(host: str) -> str:
    """``www.a.gov.cn`` and ``a.gov.cn`` are one website to every citizen."""
    return host.removeprefix("www.")


def site_host(url: str) -> str:
    """The host of a URL as websites are told apart: without ``www.``."""
    return without_www(host_of(url))


def is_address(host: str) -> bool:
    """Whether it is an IP address, without brackets or port, and no name."""
    if not (":" in host or host[-1:].isdigit()):  # most hosts are names, and an exception costs twenty times as much
        return False
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def public_suffix(host: str) -> str:
    """The part of a name below which anybody of its kind can register: ``gov.cn``, ``sh.cn``, ``cn``, ``com``."""
    labels = host.split(".")
    return ".".join(labels[-_public(labels) :])


def registrable(host: str) -> str:
    """The part that somebody registered: ``bd.gov.cn`` of ``slj.bd.gov.cn``; a suffix or an address is itself.

    Names that providers let to their customers (``github.io``) count as one registration, the provider's.
    """
    return _registrable(host) if len(host) <= LONGEST_NAME else host


@lru_cache(maxsize=4096)
def _registrable(host: str) -> str:
    if is_address(host):
        return host
    labels = host.split(".")
    return ".".join(labels[-_public(labels) - 1 :])


def _public(labels: list[str]) -> int:
    """How many of the last labels nobody can register."""
    *_, second, top = ("", *labels)
    if top == "cn" or top in _STAND_INS:
        return 2 if second in _CATEGORIES or second in _PROVINCES else 1
    if len(top) != _COUNTRY_CODE:
        return 1
    return 2 if second in _ABROAD or f"{second}.{top}" in _ALSO_ABROAD else 1


def same_registrable(one: str, other: str) -> bool:
    """Whether two hosts belong to one registration; no host belongs to none."""
    return bool(one) and registrable(one) == registrable(other)


def upwards(host: str) -> Iterator[str]:
    """The name and those above it, down to what somebody registered."""
    last = registrable(host)
    while host != last:
        yield host
        host = host.partition(".")[2]
    yield last


def is_private(host: str) -> bool:
    """Whether it is this machine itself or an address that the public can't reach."""
    if is_address(host):
        return not ip_address(host).is_global
    return host == "localhost" or host.endswith(".localhost")


def is_inside(host: str, suffixes: Iterable[str] = ()) -> bool:
    """Whether only an inner network knows it: a private address, a name without a dot or below one of ``suffixes``."""
    if is_private(host):
        return True
    if "." not in host:
        return ":" not in host
    return any(f".{host}".endswith(f".{suffix.lower().strip('.')}") for suffix in (*_INSIDE_ONLY, *suffixes))
