"""Which host of the lab is reached where: listeners, origins, DNS answers, the map for clients that are given one."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from xuncha.lab.hostile import HOST as HOSTILE
from xuncha.lab.messages import Scheme
from xuncha.lab.server import Listener, can_bind
from xuncha.model.reach import REFERENCE

Ports = Literal["explicit", "default"]
Place = tuple[str, int]

PRIVATE_ADDRESS = "10.20.30.40"
ASTRAY: Mapping[str, tuple[str, ...]] = {
    "private.example": (PRIVATE_ADDRESS,),
    "metadata.example": ("169.254.169.254",),
    "mapped.example": ("::ffff:10.20.30.40",),
    REFERENCE: ("192.0.2.80",),
}
"""Names that resolve to what nobody should connect to; the last shows that the lab knows names outside."""

CHANGING = "changing.example"
"""Resolves to the hostile host, and every second time to a private address."""

_DEFAULT_PORTS: Mapping[Scheme, int] = {"http": 80, "https": 443}


class Estate:
    """The hosts and their listeners.

    Args:
        groups: host → group; hosts of one group share an address and its ports.
        listen: makes the listener of a group at an address.
        ports: whether origins carry the real ports.
        spread: whether each group has an address of its own, where the machine allows it.
    """

    def __init__(
        self, groups: Mapping[str, str], listen: Callable[[str, str], Listener], *, ports: Ports, spread: bool
    ) -> None:
        self._groups = groups
        self._explicit = ports == "explicit"
        self.listeners: dict[str, Listener] = {}
        try:
            for number, group in enumerate(dict.fromkeys(groups.values()), start=10):
                self.listeners[group] = listen(group, f"127.77.0.{number}" if spread else "127.0.0.1")
        except OSError:
            self.release()
            raise
        changing = (self.at(HOSTILE).address,), (PRIVATE_ADDRESS,)
        self._changing: Iterator[tuple[str, ...]] = itertools.cycle(changing)

    def __contains__(self, host: str) -> bool:
        return host in self._groups

    def at(self, host: str) -> Listener:
        """The listener that serves ``host``."""
        return self.listeners[self._groups[host]]

    def hosts(self, group: str) -> tuple[str, ...]:
        """The hosts of a group, the default one first."""
        return tuple(host for host, its in self._groups.items() if its == group)

    def origin(self, host: str, scheme: Scheme) -> str:
        """``scheme://host``, with its port where ports are explicit; unknown hosts never have one."""
        if not self._explicit or host not in self:
            return f"{scheme}://{host}"
        return f"{scheme}://{host}:{self._port(host, scheme)}"

    def _port(self, host: str, scheme: Scheme) -> int:
        listener = self.at(host)
        return (listener.http if scheme == "http" else listener.https).number

    def connect_map(self) -> dict[Place, Place]:
        """(host, port as in a URL) → (address, real port), for default and for real ports."""
        found: dict[Place, Place] = {}
        for host in self._groups:
            for scheme, default in _DEFAULT_PORTS.items():
                place = (self.at(host).address, self._port(host, scheme))
                found[host, default] = found[host, place[1]] = place
        return found

    def addresses(self, host: str, *, ipv6: bool) -> tuple[str, ...] | None:
        """What the name resolves to; None where it does not exist."""
        if host == CHANGING:
            return next(self._changing)
        if host in self:
            return (self.at(host).address, "::1") if ipv6 else (self.at(host).address,)
        return ASTRAY.get(host)

    def release(self) -> None:
        """Give all ports back."""
        for listener in self.listeners.values():
            listener.release()


def can_spread() -> bool:
    """Whether this machine has loopback addresses besides 127.0.0.1."""
    return can_bind("127.77.0.1")
