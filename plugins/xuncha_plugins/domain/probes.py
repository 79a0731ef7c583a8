"""What name servers say of the site's domain: who serves it, what it is signed with, what its names lead to."""

import asyncio
import re
from collections.abc import Iterator

from pydantic import Field

from xuncha.api import (
    Answer,
    Clock,
    Crawl,
    Gap,
    Net,
    NetError,
    Params,
    Reason,
    Site,
    host_of,
    is_address,
    knows_public_names,
    probe,
    registrable,
    same_registrable,
    upwards,
    without_www,
)
from xuncha_plugins.domain import dnssec
from xuncha_plugins.domain.facts import (
    Alias,
    Aliases,
    CaaRecords,
    Chain,
    Dnssec,
    MailRecords,
    NameServer,
    NameServers,
)
from xuncha_plugins.domain.names import ascii_name, hosts, shares_domain
from xuncha_plugins.domain.public import public_host

MOST_SERVERS = 13
_LONGEST_CHAIN = 8
_AT_ONCE = 8
_LONGEST_TEXT = 1_000
_MOST_TEXTS = 20
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


@probe(provides=NameServers, deadline=90, connections=0, requests=0)
async def name_servers(site: Site, net: Net) -> NameServers | Gap:
    """The name servers of the zone and their addresses."""
    name = public_host(site)
    if isinstance(name, Gap):
        return name
    zone, listed = await _zone_of(net, name)
    shown = sorted({ascii_name(one) for one in listed})
    servers = await asyncio.gather(*(_server(net, one) for one in shown[:MOST_SERVERS]))
    return NameServers(name, zone, _is_shared(name, zone), tuple(servers), complete=len(shown) <= MOST_SERVERS)


async def _zone_of(net: Net, name: str) -> tuple[str, tuple[str, ...]]:
    """The nearest name above ``name`` (or itself) that has name servers, and these. Raises NetError."""
    for one in upwards(name):
        if (await net.resolve(one, "CNAME")).values:  # an alias has no zone of its own
            continue
        if listed := (await net.resolve(one, "NS")).values:
            return one, listed
    raise NetError(Reason.DNS_FAILED, f"no name servers found for {name}")


def _is_shared(name: str, zone: str) -> bool:
    return shares_domain(name) and zone != without_www(name)


async def _server(net: Net, name: str) -> NameServer:
    try:
        answers = [await net.resolve(name, kind) for kind in ("A", "AAAA")]
    except NetError as error:
        return NameServer(name, reason=error.reason)
    denied = _denies(*answers)
    if denied and not await knows_public_names(net):
        return NameServer(name, reason=Reason.VANTAGE_UNFIT)
    return NameServer(name, tuple(value for one in answers for value in one.values), denied)


def _denies(*answers: Answer) -> bool:
    return all(not one.exists for one in answers)


@probe(provides=CaaRecords, deadline=60, connections=0, requests=0)
async def caa_records(site: Site, net: Net) -> CaaRecords | Gap:
    """The CAA records that hold for the site's host."""
    name = public_host(site)
    if isinstance(name, Gap):
        return name
    for at in upwards(name):
        if found := (await net.resolve(at, "CAA")).values:
            return CaaRecords(name, shares_domain(name), at, tuple(one[:_LONGEST_TEXT] for one in found[:_MOST_TEXTS]))
    return CaaRecords(name, shares_domain(name))


@probe(provides=MailRecords, deadline=60, connections=0, requests=0)
async def mail_records(site: Site, net: Net) -> MailRecords | Gap:
    """MX, SPF and DMARC of the registered domain."""
    name = public_host(site)
    if isinstance(name, Gap):
        return name
    domain = registrable(name)
    receivers = (await net.resolve(domain, "MX")).values
    spf = _texts(await net.resolve(domain, "TXT"), "v=spf1")
    dmarc = _texts(await net.resolve(f"_dmarc.{domain}", "TXT"), "v=dmarc1")
    real = tuple(one for one in receivers[:_MOST_TEXTS] if one.split()[-1:] != ["."])
    return MailRecords(domain, shares_domain(name), real, spf, dmarc)


def _texts(answer: Answer, beginning: str) -> tuple[str, ...]:
    """The TXT records that begin so, their strings joined (RFC 7208, 3.3)."""
    texts = ("".join(_QUOTED.findall(value))[:_LONGEST_TEXT] for value in answer.values)
    return tuple(text for text in texts if text.lower().startswith(beginning))[:_MOST_TEXTS]


@probe(provides=Dnssec, deadline=90, connections=0, requests=0)
async def signatures(site: Site, net: Net, clock: Clock) -> Dnssec | Gap:
    """The zone's signatures, looked at a second time where they seem broken."""
    name = public_host(site)
    if isinstance(name, Gap):
        return name
    zone, _ = await _zone_of(net, name)
    shared = _is_shared(name, zone)
    first = dnssec.judged(zone, await _signed(net, name, zone), clock(), shared=shared)
    if first.chain in {Chain.SECURE, Chain.UNKNOWN}:
        return first
    if first.chain is not Chain.BROKEN:
        return first if await _passes_signatures(net, zone) else _unknown(first, Reason.VANTAGE_UNFIT)
    again = dnssec.judged(zone, await _signed(net, name, zone), clock(), shared=shared)
    return again if again.fault is first.fault else _unknown(first, Reason.DNS_FAILED)


def _unknown(seen: Dnssec, reason: Reason) -> Dnssec:
    return Dnssec(seen.zone, seen.shared, seen.at, Chain.UNKNOWN, reason=reason)


async def _passes_signatures(net: Net, zone: str) -> bool:
    """Whether signatures get through to us: those of the zones above, which would vouch for this one."""
    above = zone.partition(".")[2]
    for name in dict.fromkeys((above, above.rpartition(".")[2])):
        try:
            if (await net.resolve(name, "SOA", signed=True)).signatures:
                return True
        except NetError:
            continue
    return False


async def _signed(net: Net, name: str, zone: str) -> dnssec.Answers:
    ds, keys, start, address = [
        await net.resolve(one, kind, signed=True)
        for one, kind in ((zone, "DS"), (zone, "DNSKEY"), (zone, "SOA"), (name, "A"))
    ]
    records = [start, address] if ascii_name(address.owner or name) == name else [start]
    return dnssec.Answers(ds, keys, tuple(records))


class AliasParams(Params):
    """``names``: how many of the site's names are looked at, its entries and former addresses first."""

    names: int = Field(default=40, ge=1, le=200)


@probe(provides=Aliases, needs=(Crawl,), params=AliasParams, deadline=240, connections=0, requests=0)
async def aliases(site: Site, crawl: Crawl | Gap, params: AliasParams, net: Net) -> Aliases | Gap:
    """The names of the site and of its domain that are aliases, and whether these lead anywhere."""
    first = public_host(site)
    if isinstance(first, Gap):
        return first
    names = tuple(dict.fromkeys(_names(site, crawl, registrable(first))))
    declared = hosts(site)
    found: list[Alias | None] = []
    for start in range(0, min(len(names), params.names), _AT_ONCE):
        group = names[start : min(start + _AT_ONCE, params.names)]
        found += await asyncio.gather(*(_alias(net, one, declared=one in declared) for one in group))
    unknown = [one.reason for one in found if one and not one.chain]
    return Aliases(
        looked_at=len(found),
        aliases=tuple(one for one in found if one and one.chain),
        unknown=len(unknown),
        reason=next(iter(unknown), None),
        complete=len(names) <= params.names,
    )


def _names(site: Site, crawl: Crawl | Gap, domain: str) -> Iterator[str]:
    """Entries, addresses given up, and names of the own domain that pages link to."""
    linked = () if isinstance(crawl, Gap) else (target.url for target in crawl.targets)
    for url in (*site.urls, *site.former_urls):
        if (name := host_of(url)) and not is_address(name):
            yield name
    if not shares_domain(host_of(site.home)):
        yield from (name for url in linked if (name := host_of(url)).endswith(f".{domain}"))


async def _alias(net: Net, name: str, *, declared: bool) -> Alias | None:
    """None for a name that is no alias; without a chain where nobody could tell."""
    chain: list[str] = []
    try:
        while len(chain) < _LONGEST_CHAIN:
            targets = (await net.resolve(chain[-1] if chain else name, "CNAME")).values
            if not targets:
                break
            chain.append(ascii_name(targets[0]))
        if not chain:
            return None
        denied = len(chain) < _LONGEST_CHAIN and await _is_denied(net, chain[-1])
        if denied and not await knows_public_names(net):
            return Alias(name, tuple(chain), declared, reason=Reason.VANTAGE_UNFIT)
        claimable = denied and await _is_claimable(net, name, chain[-1])
    except NetError as error:
        return Alias(name, tuple(chain), declared, reason=error.reason)
    return Alias(name, tuple(chain), declared, denied, claimable)


async def _is_denied(net: Net, target: str) -> bool:
    """Certain only where both questions are answered so."""
    return _denies(await net.resolve(target, "A"), await net.resolve(target, "AAAA"))


async def _is_claimable(net: Net, name: str, target: str) -> bool:
    if same_registrable(target, name):
        return False
    domain = registrable(target)
    return _denies(await net.resolve(domain, "NS"), await net.resolve(domain, "SOA"))
