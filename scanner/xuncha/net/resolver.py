"""Names become addresses here and nowhere else, and a denied name is told apart from a lookup that failed.

The addresses found are the ones that are vetted and then connected; no other part ever looks the name up again, so a
name that changes its answer in between (DNS rebinding) changes nothing. IP literals never get here.
"""

import asyncio
import ipaddress
import time
from collections.abc import Callable, Iterable, Mapping, Sequence

import dns.asyncbackend
import dns.asyncresolver
import dns.exception
import dns.flags
import dns.name
import dns.nameserver
import dns.rdataclass
import dns.rdatatype
import dns.resolver
from ada_url import idna_to_ascii

from xuncha.model.hosts import is_address
from xuncha.model.netapi import Answer, NetError
from xuncha.model.reach import REFERENCE
from xuncha.model.reasons import Reason

DEADLINE = 6.0
"""Seconds for one lookup, all tries and name servers together."""

KEPT = 300.0
"""Seconds that an answer is kept: long enough to ask once per site, short enough to follow a move."""

FAILURE_KEPT = 30.0
MOST_KEPT = 10_000
SOCKETS = 32
EDNS_PAYLOAD = 1_232
"""Bytes of one datagram that pass every network unfragmented (DNS flag day 2020); longer answers come over TCP."""

_LOOPBACK = ("127.0.0.1", "::1")
_NEVER = (dns.resolver.NXDOMAIN, dns.name.LabelTooLong, dns.name.NameTooLong, dns.name.EmptyLabel)
_Outcome = tuple[str, ...] | NetError


class Resolver:
    """One per worker.

    Args:
        nameservers: addresses, with a port where it isn't 53 (``127.0.0.1:5300``, ``[::1]:5300``); else the system's.
        hosts: names answered without asking, as in a hosts file or by an inventory's ``connect_to``.
        deadline: seconds for one lookup.
        sockets: lookups on the way at the same time.
        clock: seconds, for what is kept; monotonic.
    """

    def __init__(
        self,
        nameservers: Sequence[str] = (),
        *,
        hosts: Mapping[str, Sequence[str]] | None = None,
        deadline: float = DEADLINE,
        sockets: int = SOCKETS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._nameservers = [_nameserver(text) for text in nameservers]
        self._hosts = {name.lower(): tuple(addresses) for name, addresses in (hosts or {}).items()}
        self._deadline = deadline
        self._sockets = asyncio.Semaphore(sockets)
        self._clock = clock
        self._kept: dict[str, tuple[float, _Outcome]] = {}
        self._asking: dict[str, asyncio.Task[_Outcome]] = {}
        self._stubs: dict[bool, dns.asyncresolver.Resolver] = {}

    async def addresses(self, host: str) -> tuple[str, ...]:
        """The addresses of ``host``, IPv4 first, in a stable order; kept for a while.

        Raises:
            NetError: no-such-name when the name is denied or has no address, dns-failed when nobody could tell.
        """
        host = host.lower()
        until, outcome = self._kept.get(host, (0.0, ()))
        if until <= self._clock():
            outcome = await self._ask_once(host)
        if isinstance(outcome, NetError):
            raise NetError(outcome.reason, outcome.detail)
        return outcome

    async def resolve(self, name: str, kind: str = "A", *, signed: bool = False) -> Answer:
        """A fresh lookup of any kind of record, see ``Net.resolve``. Raises NetError (dns-failed, not-supported)."""
        given = self._hosts.get(name.lower(), ())
        if given and kind in ("A", "AAAA"):
            return Answer(name, kind, tuple(each for each in given if (":" in each) == (kind == "AAAA")))
        try:
            rdtype = dns.rdatatype.from_text(kind)
            return await self._query(name, kind, rdtype, signed=signed)
        except (dns.rdatatype.UnknownRdatatype, dns.resolver.NoMetaqueries) as problem:
            raise NetError(Reason.NOT_SUPPORTED, f"record type {kind!r}") from problem

    async def knows_public_names(self) -> bool:
        """Whether ``REFERENCE`` has an address here: a resolver that denies it, denies whatever is on the Internet."""
        try:
            return bool(await self.addresses(REFERENCE))
        except NetError:
            return False

    async def _ask_once(self, host: str) -> _Outcome:
        """Lookups of one name at the same time share one; a caller that gives up does not end it for the others."""
        task = self._asking.get(host)
        if task is None:
            task = self._asking[host] = asyncio.create_task(self._look_up(host))
            task.add_done_callback(lambda _: self._asking.pop(host, None))
        return await asyncio.shield(task)

    async def _look_up(self, host: str) -> _Outcome:
        outcome: _Outcome
        try:
            outcome = self._given(host) or await self._both_families(host)
        except NetError as problem:
            outcome = problem
        if len(self._kept) >= MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        seconds = FAILURE_KEPT if isinstance(outcome, NetError) else KEPT
        self._kept[host] = (self._clock() + seconds, outcome)
        return outcome

    def _given(self, host: str) -> tuple[str, ...]:
        if host in self._hosts:
            return self._hosts[host]
        return _LOOPBACK if host == "localhost" or host.endswith(".localhost") else ()  # RFC 6761, 6.3

    async def _both_families(self, host: str) -> tuple[str, ...]:
        answers = await asyncio.gather(self.resolve(host, "A"), self.resolve(host, "AAAA"), return_exceptions=True)
        found = tuple(each for answer in answers if isinstance(answer, Answer) for each in _ordered(answer.values))
        if found:
            return found
        failures = [answer for answer in answers if isinstance(answer, BaseException)]
        if any(isinstance(answer, Answer) and not answer.exists for answer in answers):
            raise NetError(Reason.NO_SUCH_NAME, host)
        if failures:
            raise failures[0]
        raise NetError(Reason.NO_SUCH_NAME, f"{host} has no address")

    async def _query(self, name: str, kind: str, rdtype: dns.rdatatype.RdataType, *, signed: bool) -> Answer:
        try:
            async with self._sockets, asyncio.timeout(self._deadline + 1):
                answer = await self._resolver(signed=signed).resolve(
                    dns.name.from_text(_ascii(name)),
                    rdtype,
                    search=False,
                    lifetime=self._deadline,
                    raise_on_no_answer=False,
                    backend=dns.asyncbackend.get_backend("asyncio"),
                )
        except _NEVER:
            return Answer(name, kind, exists=False)
        except dns.resolver.NoMetaqueries:
            raise
        except (dns.exception.DNSException, OSError, ValueError) as problem:
            raise NetError(Reason.DNS_FAILED, f"{name} {kind}: {problem}") from problem
        values = tuple(record.to_text() for record in answer.rrset or ())
        return Answer(name, kind, values, signatures=_signatures(answer), owner=answer.canonical_name.to_text())

    def _resolver(self, *, signed: bool) -> dns.asyncresolver.Resolver:
        if signed not in self._stubs:
            stub = self._stubs[signed] = dns.asyncresolver.Resolver(configure=not self._nameservers)
            if self._nameservers:
                stub.nameservers = self._nameservers
            stub.timeout = self._deadline / 3
            if signed:
                stub.use_edns(0, dns.flags.DO, EDNS_PAYLOAD)
                stub.flags = dns.flags.RD | dns.flags.CD
        return self._stubs[signed]


def read_hosts(text: str) -> dict[str, tuple[str, ...]]:
    """A hosts file as a table; lines that aren't ``address name…`` are left out."""
    table: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        address, *names = line.partition("#")[0].split() or ("",)
        if is_address(address):
            table |= {name.lower(): (*table.get(name.lower(), ()), address) for name in names}
    return table


def _nameserver(text: str) -> dns.nameserver.Nameserver:
    """Raises ValueError for what is neither an address nor an address with a port."""
    if is_address(text):
        return dns.nameserver.Do53Nameserver(text)
    address, _, port = text.rpartition(":")
    address = address.removeprefix("[").removesuffix("]")
    if not (is_address(address) and port.isdecimal()):
        raise ValueError(f"name server {text!r} is not an address like 223.5.5.5 or 127.0.0.1:5300 or [::1]:5300")
    return dns.nameserver.Do53Nameserver(address, int(port))


def _signatures(answer: dns.resolver.Answer) -> tuple[str, ...]:
    """The RRSIG records over the answer's values."""
    response, owner = answer.response, answer.canonical_name
    found = response.get_rrset(response.answer, owner, dns.rdataclass.IN, dns.rdatatype.RRSIG, answer.rdtype)
    return tuple(record.to_text() for record in found or ())


def _ordered(addresses: Iterable[str]) -> list[str]:
    return sorted(addresses, key=lambda text: ipaddress.ip_address(text).packed)


def _ascii(name: str) -> str:
    return name if name.isascii() else idna_to_ascii(name).decode()
