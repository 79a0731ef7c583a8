"""What the name of a host tells (``hosts.yaml``): whose it is, whether it is known, whether it is called like spam."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import urlsplit

from xuncha.api import Table, host_of, public_suffix, read_table, same_registrable
from xuncha_plugins.darklinks.words import advertises

_OF_THE_STATE = frozenset(("gov", "edu", "mil", "ac", "xn--zfr164b", "xn--55qw42g"))
"""How the suffixes of governments, schools and armies begin, here and abroad; the last two are 政务 and 公益."""

_PLAIN_PORTS = frozenset((None, 80, 443))


class _Bad(Table):
    host: str
    kind: str
    confidence: str
    source: str


class _Table(Table):
    trusted: tuple[str, ...]
    words: re.Pattern[str]
    maybe_words: re.Pattern[str]
    errands: re.Pattern[str]
    endings: tuple[str, ...]
    numeric: re.Pattern[str]
    bad: tuple[_Bad, ...]


@dataclass(frozen=True, slots=True)
class _Names:
    trusted: frozenset[str]
    words: re.Pattern[str]
    maybe_words: re.Pattern[str]
    errands: re.Pattern[str]
    endings: frozenset[str]
    numeric: re.Pattern[str]
    bad: dict[str, _Bad]


@cache
def _names() -> _Names:
    table = read_table(_Table, __package__, "hosts.yaml")
    return _Names(
        frozenset(table.trusted),
        table.words,
        table.maybe_words,
        table.errands,
        frozenset(table.endings),
        table.numeric,
        {one.host: one for one in table.bad},
    )


def origin_of(url: str) -> str:
    """Scheme and authority of an absolute URL, with the slash that ends them."""
    return "/".join(url.split("/", 3)[:3]) + "/"


@lru_cache(maxsize=8_192)
def is_strange(host: str, own: str) -> bool:
    """Whether ``host`` is neither of the same registration as ``own`` nor the state's nor a well-known one."""
    if "." not in host or same_registrable(host, own) or public_suffix(host).partition(".")[0] in _OF_THE_STATE:
        return False
    return not _listed(host, _names().trusted)


@lru_cache(maxsize=8_192)
def leads_astray(authority: str, own: str) -> bool:
    """The same of the authority of a URL, which may hold a port."""
    return is_strange(host_of(f"http://{authority}/"), own)


def _listed(host: str, names: frozenset[str]) -> bool:
    parts = host.split(".")
    return any(".".join(parts[at:]) in names for at in range(len(parts)))


@lru_cache(maxsize=4_096)
def bad_source(host: str) -> tuple[str, str, bool] | None:
    """Kind, source and whether verified, where a host is known for bad scripts."""
    parts = host.split(".")
    found = next((one for at in range(len(parts)) if (one := _names().bad.get(".".join(parts[at:])))), None)
    return (found.kind, found.source, found.confidence == "verified") if found else None


@lru_cache(maxsize=4_096)
def says_spam(host: str) -> bool:
    """Whether the name itself says what it sells."""
    return _names().words.search(host) is not None or ("xn--" in host and bool(advertises(_as_written(host))))


def _as_written(host: str) -> str:
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return ""


@lru_cache(maxsize=4_096)
def is_odd(host: str) -> bool:
    """Whether the name has a shape that spam prefers; proves nothing alone."""
    return is_named_oddly(host) or host.replace(".", "").isdigit() or _names().maybe_words.search(host) is not None


def is_named_oddly(host: str) -> bool:
    """The same of names alone: a bare address may be a counter that an office runs."""
    return says_spam(host) or has_spam_ending(host) or _names().numeric.search(host) is not None


def has_spam_ending(host: str) -> bool:
    """Whether its top level is one that is sold for next to nothing."""
    return host.rpartition(".")[2] in _names().endings


def runs_errands(url: str) -> bool:
    """Whether a URL reads as a counter's, a login's or a chat's, which often stand in frames that nobody sees."""
    return _names().errands.search(url.partition("//")[2]) is not None


def has_odd_port(url: str) -> bool:
    """Whether a URL names a port that websites for the public don't use."""
    try:
        return urlsplit(url).port not in _PLAIN_PORTS
    except ValueError:
        return False
