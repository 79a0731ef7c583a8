"""Whom a page may load from without a question (``hosts.yaml``), and which names spam prefers."""

from functools import cache

from xuncha.api import OneOf, Table, is_shared, read_table, upwards


class _Hosts(Table):
    providers: frozenset[str]
    media: frozenset[str]
    packages: frozenset[str]
    state: OneOf
    odd: OneOf
    strange: OneOf
    harmful: OneOf


@cache
def _hosts() -> _Hosts:
    return read_table(_Hosts, __package__, "hosts.yaml")


def is_trusted(host: str) -> bool:
    """Whether it is a state body's, or one of the services that many websites use; never where anybody places files."""
    hosts = _hosts()
    if is_shared(host):
        return False
    return hosts.state.search(host) is not None or not hosts.providers.isdisjoint(upwards(host))


def is_media(host: str) -> bool:
    """Whether it is one of the media and bodies of Party and state whose pictures and frames offices take over."""
    return not _hosts().media.isdisjoint(upwards(host))


def is_known_package(owner: str) -> bool:
    """Whether whoever owns it (see ``owner_of``) is a package that everybody uses, where anybody may publish."""
    host, _, path = owner.partition("/")
    if host == "cdn.jsdelivr.net":
        kind, _, path = path.partition("/")
        return kind == "npm" and path in _hosts().packages
    return host == "unpkg.com" and path.partition("/")[0] in _hosts().packages


def is_odd(host: str) -> bool:
    """Whether the name has a shape or an ending that spam prefers; proves nothing alone."""
    return _hosts().odd.search(host) is not None


def is_strange(host: str) -> bool:
    """Whether it has an ending that hardly any honest body uses."""
    return _hosts().strange.search(host) is not None


def is_harmful(host: str) -> bool:
    """Whether the name itself says that gambling or pornography is sold there."""
    return _hosts().harmful.search(host) is not None
