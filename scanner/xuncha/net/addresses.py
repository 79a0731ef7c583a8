"""Which addresses may be spoken to. Every address is vetted right before it is connected, never a name.

The ranges are those of the IANA special-purpose registries (RFC 6890 and successors). The policy is injected: the
public path is exactly the same code in the lab and in the tests, with loopback opened by name.
"""

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Self

from xuncha.model.reasons import Reason

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


def _networks(*ranges: str) -> tuple[Network, ...]:
    return tuple(ip_network(text) for text in ranges)


METADATA = _networks(
    "169.254.169.254/32",  # AWS, Azure, Google, Huawei, Baidu
    "169.254.0.23/32",  # Tencent
    "169.254.170.2/32",  # AWS containers
    "100.100.100.200/32",  # Aliyun
    "100.96.0.96/32",  # Volcengine
    "168.63.129.16/32",  # Azure's wire server, a public address
    "192.0.0.192/32",  # Oracle
    "fd00:ec2::/32",  # AWS
    "fd20:ce::/32",  # Google
)
"""What hands out a cloud machine's keys: never opened, whoever asks."""

LINK_LOCAL = _networks("169.254.0.0/16", "fe80::/10")

PRIVATE = _networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "198.18.0.0/15", "fc00::/7")
"""What ``network: private`` may open, range by range: RFC 1918, carrier-grade NAT, benchmarking, unique local."""

_NOT_PUBLIC = (
    *METADATA,
    *LINK_LOCAL,
    *PRIVATE,
    *_networks(
        "0.0.0.0/8",
        "127.0.0.0/8",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "2001::/23",  # protocol assignments; Teredo is among them
        "2001:db8::/32",
        "3fff::/20",
    ),
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_6TO4 = IPv6Network("2002::/16")
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)

LOOPBACK = ("127.0.0.0/8", "::1/128")
"""What the lab and the tests exempt."""


class AddressPolicy:
    """Public addresses, and what is opened by name.

    Args:
        private_ranges: of a site whose ``network`` is private. Opens only what lies within ``PRIVATE``.
        exempt: ranges the caller answers for, of whatever kind (``LOOPBACK`` in the lab). Metadata stays shut.

    Raises:
        ValueError: a range isn't one; the message names it.
    """

    def __init__(self, private_ranges: Iterable[str] = (), *, exempt: Iterable[str] = ()) -> None:
        self._private = tuple(ip_network(text.strip(), strict=False) for text in private_ranges)
        self._exempt = tuple(ip_network(text.strip(), strict=False) for text in exempt)

    @property
    def is_public(self) -> bool:
        """Whether nothing but public addresses passes."""
        return not (self._private or self._exempt)

    def public_only(self) -> Self:
        """The same policy without the site's private ranges: for what lies outside the site."""
        policy = type(self)()
        policy._exempt = self._exempt  # noqa: SLF001 - its own class
        return policy

    def for_operators_own(self) -> Self:
        """The same policy for a server that the operator of the run named: in his networks, on this machine too."""
        policy = type(self)(map(str, PRIVATE), exempt=LOOPBACK)
        policy._exempt += self._exempt  # noqa: SLF001 - its own class
        return policy

    def vet(self, address: str) -> Reason | None:
        """None where ``address`` may be connected. Text that is no address, or has a zone, may not."""
        try:
            parsed = ip_address(address)
        except ValueError:
            return Reason.ADDRESS_FORBIDDEN
        return None if all(self._allows(each) for each in meanings(parsed)) else Reason.ADDRESS_FORBIDDEN

    def _allows(self, address: Address) -> bool:
        if within(address, METADATA):
            return False
        if within(address, self._exempt):
            return True
        if within(address, PRIVATE):
            return within(address, self._private)
        return _is_public(address)


def is_private_range(network: Network) -> bool:
    """Whether all of ``network`` is what ``network: private`` may open."""
    return any(_lies_in(network, private) for private in PRIVATE)


def _lies_in(inner: Network, outer: Network) -> bool:
    if isinstance(inner, IPv4Network):
        return isinstance(outer, IPv4Network) and inner.subnet_of(outer)
    return isinstance(outer, IPv6Network) and inner.subnet_of(outer)


def within(address: Address, networks: Iterable[Network]) -> bool:
    """Whether one of ``networks`` holds ``address``; of another IP version none does."""
    return any(address in network for network in networks)


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST:
        return False
    return not within(address, _NOT_PUBLIC)


def meanings(address: Address) -> Iterator[Address]:
    """Every address that a packet to ``address`` may end at: the one inside where it carries another, else itself."""
    if isinstance(address, IPv4Address):
        yield address
        return
    if address.scope_id:
        yield IPv6Address("fe80::")  # a zone names an interface of ours, whatever the rest says
        return
    inner = _inner(address)
    if inner is not None:
        yield inner
    if address.ipv4_mapped is None and address not in _NAT64:
        yield address


def _inner(address: IPv6Address) -> IPv4Address | None:
    number = int(address)
    if address.ipv4_mapped is not None or address in _NAT64 or (number >> 32) & 0xFFFF_FFFF in _ISATAP:
        return IPv4Address(number & 0xFFFF_FFFF)
    if address in _6TO4:
        return IPv4Address((number >> 80) & 0xFFFF_FFFF)
    return None
