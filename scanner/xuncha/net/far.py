"""Whether anything far away answers: the servers of the top level cn, over TCP, as only the open network can carry it.

They are there to be asked by anybody, and one question a minute at most is put to them. A name that a resolver near by
keeps in mind says nothing of the way out; this does.
"""

import asyncio
from ipaddress import ip_address

import dns.asyncquery
import dns.exception
import dns.message

from xuncha.model.netapi import NetError
from xuncha.net.resolver import Resolver

SERVERS = ("a.dns.cn", "d.dns.cn")
PATIENCE = 5.0
"""Seconds for one server's answer."""


async def far_servers_answer(resolver: Resolver) -> bool:
    """Whether one of them answers from here."""
    return any(await asyncio.gather(*(_answers(resolver, name) for name in SERVERS)))


async def _answers(resolver: Resolver, name: str) -> bool:
    try:
        found = await resolver.resolve(name)
        address = next((one for one in found.values if "." in one and ip_address(one).is_global), "")
        if address:
            await dns.asyncquery.tcp(dns.message.make_query("cn", "SOA"), address, timeout=PATIENCE)
    except (NetError, OSError, EOFError, dns.exception.DNSException):
        return False
    return bool(address)
