"""From where in the network we look: what can be told without asking anybody who did not ask to be asked."""

import asyncio
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address

from xuncha.model.reach import REFERENCE

ASKED = REFERENCE

_NOWHERE = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}


@dataclass(frozen=True, slots=True)
class Vantage:
    """Whether names resolve, and the addresses from which packets would leave; empty where there is no route."""

    resolves: bool
    ipv4: str
    ipv6: str


def look(nameservers: Sequence[str] = ()) -> Vantage:
    """One lookup; routes are read from the system without sending a packet."""
    from xuncha.net.resolver import Resolver  # noqa: PLC0415 - most who ask for the way out look nothing up

    resolves = asyncio.run(Resolver(nameservers).knows_public_names())
    return Vantage(resolves, _source(socket.AF_INET), _source(socket.AF_INET6))


def outgoing() -> str:
    """The address from which packets leave this machine, a public one where there is one; empty without a route."""
    found = [address for address in (_source(socket.AF_INET), _source(socket.AF_INET6)) if address]
    return next((address for address in found if ip_address(address).is_global), found[0] if found else "")


def _source(family: socket.AddressFamily) -> str:
    """The address that the system would send from: connecting a UDP socket picks it and sends nothing."""
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((_NOWHERE[family], 9))
            return str(probe.getsockname()[0])
    except OSError:
        return ""
