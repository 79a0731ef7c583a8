"""Which hosts belong to a site, and for which of them somebody has signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Self

from xuncha.model.site import Authorisation, Site
from xuncha.net.target import BadUrl, Target


@dataclass(frozen=True, slots=True)
class Scope:
    """``hosts`` belong to the site; ``zones`` and ``addresses`` are authorised beyond them, but not crawled."""

    hosts: frozenset[str]
    zones: frozenset[str] = frozenset()
    addresses: tuple[str, ...] = ()

    @classmethod
    def of(cls, site: Site, *, extra: Iterable[str] = (), elsewhere: Iterable[str] = ()) -> Self:
        """The hosts of the entries, their ``www.`` siblings, the hosts the authorisation names, and ``extra`` ones.

        ``*.example.gov.cn`` in an authorisation allows its modes on that host and every one below, without making
        them all part of this site. ``elsewhere`` are hosts of other sites of the inventory: a host that two could
        claim stays with the one whose entry it is.
        """
        entries = {host for url in site.urls if (host := host_of(url))}
        authorisation = site.authorisation or Authorisation("", "", "")
        zones, named = _split(authorisation.domains)
        own = _with_siblings(entries)
        others = _with_siblings({host for text in elsewhere if (host := host_of(text))}) - own
        hosts = own | (_with_siblings(named | {host for text in extra if (host := host_of(text))}) - others)
        return cls(frozenset(hosts), frozenset(zones), authorisation.addresses)

    def contains(self, target: Target) -> bool:
        """Whether ``target`` is part of the site, on whatever port."""
        return target.host in self.hosts

    def authorises(self, host: str, address: str = "") -> bool:
        """Whether the authorisation covers ``host``, by its name or by the address it has."""
        if host in self.hosts or any(f".{host}".endswith(f".{zone}") for zone in self.zones):
            return True
        return bool(address) and any(ip_address(address) in ip_network(text, strict=False) for text in self.addresses)


def host_of(text: str) -> str:
    """The host of a URL, of a bare name or of an address, in its one spelling; empty where there is none."""
    url = text if "://" in text else f"http://[{text}]" if text.count(":") > 1 and text[0] != "[" else f"http://{text}"
    try:
        return Target.parse(url).host
    except BadUrl:
        return ""


def _split(domains: Iterable[str]) -> tuple[set[str], set[str]]:
    """Zones (``*.example.gov.cn``) and hosts."""
    zones, hosts = set[str](), set[str]()
    for domain in domains:
        wild = domain.strip().startswith("*.")
        (zones if wild else hosts).add(host_of(domain.strip().removeprefix("*.")))
    return zones - {""}, hosts - {""}


def _with_siblings(hosts: set[str]) -> set[str]:
    """``www.example.gov.cn`` and ``example.gov.cn`` are one site to every citizen."""
    return hosts | {host.removeprefix("www.") if host.startswith("www.") else f"www.{host}" for host in hosts}
