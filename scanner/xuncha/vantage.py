"""From where in the network we look: what can be told without asking anybody who did not ask to be asked."""

import asyncio
import socket
from collections.abc import Sequence
from dataclasses import dataclass

from xuncha.model.reach import REFERENCE
from xuncha.net.resolver import Resolver

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
    resolves = asyncio.run(Resolver(nameservers).knows_public_names())
    return Vantage(resolves, _source(socket.AF_INET), _source(socket.AF_INET6))


def _source(family: socket.AddressFamily) -> str:
    """The address that the system would send from: connecting a UDP socket picks it and sends nothing."""
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((_NOWHERE[family], 9))
            return str(probe.getsockname()[0])
    except OSError:
        return ""
