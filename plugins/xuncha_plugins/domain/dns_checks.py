"""Checks of what the name servers say: redundancy, dangling aliases, signatures, CAA, mail."""

import re
from collections.abc import Iterator
from ipaddress import ip_address, ip_network

from xuncha.api import (
    Ask,
    Coverage,
    Finding,
    NotApplicable,
    Reason,
    SiteLocator,
    Table,
    Unsure,
    ask,
    check,
    day_of,
    finding,
    not_applicable,
    read_table,
    unsure,
    warning,
)
from xuncha_plugins.domain.facts import (
    Alias,
    Aliases,
    CaaRecords,
    Chain,
    Dnssec,
    Fault,
    MailRecords,
    NameServer,
    NameServers,
)

Said = Finding | Ask | Unsure | NotApplicable

_FEWEST_SERVERS = 2
_NETWORK = {4: 24, 6: 48}
"""Prefix lengths within which one cut of a line or one failure of a router takes all servers away."""

_ISSUER = re.compile(r"\d+ +issue(?:wild)? ", re.IGNORECASE)
_ANYBODY = re.compile(r"(?:^|\s)\+?all(?:\s|$)", re.IGNORECASE)
_WATCHING = re.compile(r";\s*p\s*=\s*none\b", re.IGNORECASE)


@check("dns.name-servers")
def redundancy(seen: NameServers) -> Iterator[Said]:
    """At least two servers (RFC 1034, 4.1) in different networks (RFC 2182, 3.1)."""
    if seen.shared:
        yield not_applicable(Reason.CARRIED_BY_PARENT)
        return
    zone = seen.zone
    for server in seen.servers:
        if server.denied:
            yield finding(SiteLocator(), "denied", distinct=server.name, zone=zone, server=server.name)
    living = [server for server in seen.servers if not server.denied]
    unknown = [server.reason for server in living if server.reason]
    if len(seen.servers) < _FEWEST_SERVERS:
        yield finding(SiteLocator(), "single", distinct=zone, zone=zone, server=seen.servers[0].name)
    elif unknown:
        yield unsure(unknown[0])
    elif len(living) >= _FEWEST_SERVERS and len(networks := _networks(living)) == 1:
        yield warning(SiteLocator(), "one-network", distinct=zone, zone=zone, count=len(living), network=networks.pop())


def _networks(servers: list[NameServer]) -> set[str]:
    return {
        str(ip_network(f"{address}/{_NETWORK[ip_address(address).version]}", strict=False))
        for server in servers
        for address in server.addresses
    }


class _Service(Table):
    """Where names of strangers live. ``open``: any name below answers, so that only its operator knows whose it is."""

    name: str
    suffixes: tuple[str, ...]
    open: bool = False


class _Services(Table):
    services: tuple[_Service, ...]


_SERVICES = read_table(_Services, __package__, "takeover.yaml").services


@check("dns.dangling")
def dangling(seen: Aliases) -> Iterator[Said | Coverage]:
    """An alias leads to a name that exists, and that is still ours."""
    for alias in seen.aliases:
        yield from _leads_nowhere(alias)
    if seen.unknown:
        yield unsure(seen.reason or Reason.DNS_FAILED)
    done = seen.looked_at - seen.unknown
    yield Coverage(done, seen.looked_at, complete=seen.complete and not seen.unknown)


def _leads_nowhere(alias: Alias) -> Iterator[Said]:
    target = alias.chain[-1]
    service = next((one for one in _SERVICES if f".{target}".endswith(tuple(f".{s}" for s in one.suffixes))), None)
    if alias.reason:
        yield unsure(alias.reason)
    elif alias.claimable:
        yield finding(SiteLocator(), "claimable", distinct=alias.name, host=alias.name, target=target)
    elif alias.denied and service:
        yield finding(
            SiteLocator(), "released", distinct=alias.name, host=alias.name, target=target, service=service.name
        )
    elif alias.denied:
        yield finding(SiteLocator(), "denied", distinct=alias.name, host=alias.name, target=target)
    elif service and service.open and not alias.declared:
        yield ask(SiteLocator(), "whose", distinct=alias.name, host=alias.name, target=target, service=service.name)


@check("dns.dnssec")
def signed(seen: Dnssec) -> Iterator[Said]:
    """Signatures that are there hold (RFC 4035); a zone without any is told so, nothing more."""
    place, zone = SiteLocator(), seen.zone
    if seen.chain is Chain.UNKNOWN:
        yield unsure(seen.reason or Reason.DNS_FAILED)
    elif seen.fault is Fault.EXPIRED and seen.until:
        yield finding(place, "expired", distinct=zone, zone=zone, record=seen.record, until=day_of(seen.until))
    elif seen.fault:
        yield finding(place, str(seen.fault), distinct=zone, zone=zone, record=seen.record)
    elif seen.shared and seen.chain is not Chain.SECURE:
        yield not_applicable(Reason.CARRIED_BY_PARENT)
    elif seen.chain is not Chain.SECURE:
        yield warning(place, str(seen.chain), distinct=zone, zone=zone)


@check("dns.caa")
def issuers(seen: CaaRecords) -> Iterator[Said]:
    """CAA records say who may issue certificates (RFC 8659)."""
    if any(_ISSUER.match(record) for record in seen.records):
        return
    if seen.shared:
        yield not_applicable(Reason.CARRIED_BY_PARENT)
    elif seen.records:
        yield warning(SiteLocator(), "no-issuer", distinct=seen.at, host=seen.at)
    else:
        yield warning(SiteLocator(), "missing", distinct=seen.host, host=seen.host)


@check("dns.mail")
def mail(seen: MailRecords) -> Iterator[Said]:
    """SPF (RFC 7208) and DMARC (RFC 7489) keep others from writing in its name, also where the domain sends no mail."""
    if seen.shared:
        yield not_applicable(Reason.CARRIED_BY_PARENT)
        return
    place, domain = SiteLocator(), seen.domain
    if not seen.spf:
        yield warning(place, "no-spf" if seen.receivers else "no-spf-silent", distinct="spf", domain=domain)
    elif len(seen.spf) > 1:
        yield warning(place, "several-spf", distinct="spf", domain=domain, count=len(seen.spf))
    elif _ANYBODY.search(seen.spf[0]):
        yield warning(place, "open-spf", distinct="spf", domain=domain)
    if not seen.dmarc:
        yield warning(place, "no-dmarc", distinct="dmarc", domain=domain)
    elif _WATCHING.search(seen.dmarc[0]):
        yield warning(place, "watching-dmarc", distinct="dmarc", domain=domain)
