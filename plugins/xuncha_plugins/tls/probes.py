"""The probes: visits over HTTP and HTTPS, the TLS scan, vulnerability tests, and the Chinese protocols."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pydantic import Field

from xuncha.api import Clock, Gap, Lease, Mode, Net, NetError, Params, Reason, Site, probe
from xuncha_plugins.tls import greet_sm, sslyze_run, visits
from xuncha_plugins.tls.entries import Entry, entries
from xuncha_plugins.tls.facts import (
    Endpoint,
    HttpsEntries,
    TlcpEndpoint,
    TlcpScan,
    TlsScan,
    TlsVulnerabilities,
    Vulnerabilities,
)
from xuncha_plugins.tls.greet import CONNECTIONS, Greeting, Speaker, greet
from xuncha_plugins.tls.greet_sm import SmSpeaker
from xuncha_plugins.tls.merge import Run, endpoint
from xuncha_plugins.tls.sslyze_report import Report, vulnerabilities

MOST_ENTRIES = 2
_DEADLINE = 300
_SPARE = 10.0
"""Seconds kept back from the deadline, so that what was learnt is handed over."""


class Depth(StrEnum):
    """``quick``: certificates and our own hellos. ``normal``: every cipher suite as well. ``deep``: curves, too."""

    QUICK = "quick"
    NORMAL = "normal"
    DEEP = "deep"


_LISTINGS = {
    Depth.QUICK: (),
    Depth.NORMAL: sslyze_run.SUITES,
    Depth.DEEP: (*sslyze_run.SUITES, *sslyze_run.CURVES),
}


class VisitParams(Params):
    """``entries``: how many of the declared entries are visited."""

    entries: int = Field(default=2, ge=1, le=MOST_ENTRIES)


class HelloParams(VisitParams):
    """``hello_seconds``: patience with one hello."""

    hello_seconds: float = Field(default=5.0, gt=0, le=20)


class ScanParams(HelloParams):
    """``seconds``: for all entries together. ``ca_file``: further roots to trust, an absolute path to a PEM file."""

    depth: Depth = Depth.NORMAL
    seconds: float = Field(default=180.0, gt=0, le=_DEADLINE - _SPARE)
    ca_file: str = ""


class VulnerabilityParams(Params):
    """``seconds``: for all entries together."""

    seconds: float = Field(default=120.0, gt=0, le=_DEADLINE - _SPARE)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a probe still has: ``until`` in the event loop's time."""

    until: float

    @classmethod
    def of(cls, seconds: float) -> "Patience":
        """Patience that begins now."""
        return cls(asyncio.get_running_loop().time() + seconds)

    @property
    def left(self) -> float:
        """Seconds, never negative."""
        return max(self.until - asyncio.get_running_loop().time(), 0.0)


@probe(provides=HttpsEntries, params=VisitParams, deadline=120, connections=1, requests=MOST_ENTRIES * visits.REQUESTS)
async def https_entries(site: Site, params: VisitParams, net: Net) -> HttpsEntries | Gap:
    """The declared entries, visited over HTTP and over HTTPS."""
    found = entries(site)[: params.entries]
    if not found:
        return Gap(Reason.NO_ENTRY_URL)
    return HttpsEntries(tuple([await visits.visit_entry(net, entry) for entry in found]))


@probe(
    provides=TlsScan,
    params=ScanParams,
    deadline=_DEADLINE,
    connections=2,
    requests=MOST_ENTRIES * (CONNECTIONS + sslyze_run.CONNECTIONS),
    programs=(sslyze_run.PROGRAM,),
)
async def tls_scan(site: Site, params: ScanParams, net: Net, clock: Clock) -> TlsScan | Gap:
    """Certificates, protocols and cipher suites of the declared entries."""
    found = entries(site)
    if not found:
        return Gap(Reason.NO_ENTRY_URL)
    patience = Patience.of(params.seconds)
    scanned = [await _scan(net, entry, params, patience) for entry in found[: params.entries]]
    left_out = [Endpoint(entry.host, entry.port, reason=Reason.BUDGET_REACHED) for entry in found[params.entries :]]
    return TlsScan(clock(), (*scanned, *left_out))


async def _scan(net: Net, entry: Entry, params: ScanParams, patience: Patience) -> Endpoint:
    if not patience.left:
        return Endpoint(entry.host, entry.port, reason=Reason.BUDGET_REACHED)
    most = CONNECTIONS + sslyze_run.CONNECTIONS
    try:
        async with net.lease(entry.host, entry.port, connections=most) as lease:
            greeting = await greet(Speaker(net, entry.host, entry.port, params.hello_seconds))
            sslyze = Sslyze(net, lease, params, patience, greeting)
            certificates = await sslyze.run(sslyze_run.CERTIFICATES)
            suites = await sslyze.run(_LISTINGS[params.depth])
    except NetError as error:
        return Endpoint(entry.host, entry.port, reason=error.reason)
    return endpoint(lease, entry.declared, greeting, certificates, suites)


@dataclass(frozen=True, slots=True)
class Sslyze:
    """Runs of sslyze on one endpoint, where it can tell more than our hellos: not where nobody speaks TLS."""

    net: Net
    lease: Lease
    params: ScanParams
    patience: Patience
    greeting: Greeting

    async def run(self, options: Sequence[str]) -> Run:
        """One run, or the reason why there is none. Never raises."""
        if not options:
            return Run(reason=Reason.NOT_SELECTED)
        if not (self.greeting.offered or self.greeting.reason is Reason.TLS_FAILED):
            return Run(reason=self.greeting.reason)
        if not self.patience.left:
            return Run(reason=Reason.BUDGET_REACHED)
        try:
            return Run(await self._report(options))
        except sslyze_run.Sm2ChainError:
            return Run(reason=Reason.NOT_SUPPORTED, detail="SM2 certificates, read by our own hello")
        except NetError as error:
            return Run(reason=error.reason, detail=error.detail)

    async def _report(self, options: Sequence[str]) -> Report:
        left, roots = self.patience.left, self.params.ca_file
        return await sslyze_run.run(self.net, self.lease, options, deadline=left, ca_file=roots)


@probe(
    provides=TlsVulnerabilities,
    needs=(TlsScan,),
    params=VulnerabilityParams,
    deadline=_DEADLINE,
    connections=2,
    requests=MOST_ENTRIES * sslyze_run.CONNECTIONS,
    programs=(sslyze_run.PROGRAM,),
    mode=Mode.PROBE,
)
async def tls_vulnerabilities(scan: TlsScan, params: VulnerabilityParams, net: Net) -> TlsVulnerabilities | Gap:
    """Tests that send malformed or unusual messages: only inside an authorisation."""
    patience = Patience.of(params.seconds)
    try:
        found = [await _tested(net, one, patience) for one in scan.endpoints]
    except ProgramMissingError:
        return Gap(Reason.PROGRAM_MISSING, detail=sslyze_run.INSTALL)
    return TlsVulnerabilities(tuple(found))


class ProgramMissingError(Exception):
    """sslyze isn't installed: the same for every endpoint."""


async def _tested(net: Net, one: Endpoint, patience: Patience) -> Vulnerabilities:
    if not one.offered:
        return Vulnerabilities(one.host, one.port, one.offered, reason=one.reason)
    if not patience.left:
        return Vulnerabilities(one.host, one.port, offered=True, reason=Reason.BUDGET_REACHED)
    try:
        async with net.lease(one.host, one.port, connections=sslyze_run.CONNECTIONS) as lease:
            report = await sslyze_run.run(net, lease, sslyze_run.VULNERABILITIES, deadline=patience.left)
    except NetError as error:
        if error.reason is Reason.PROGRAM_MISSING:
            raise ProgramMissingError from error
        return Vulnerabilities(one.host, one.port, offered=True, reason=error.reason)
    return vulnerabilities(report, one.host, one.port)


@probe(
    provides=TlcpScan,
    params=HelloParams,
    deadline=120,
    connections=1,
    requests=MOST_ENTRIES * greet_sm.CONNECTIONS,
)
async def tlcp_scan(site: Site, params: HelloParams, net: Net, clock: Clock) -> TlcpScan | Gap:
    """TLCP (GB/T 38636) and the SM suites of TLS 1.3 (RFC 8998) at the declared entries."""
    found = entries(site)[: params.entries]
    if not found:
        return Gap(Reason.NO_ENTRY_URL)
    return TlcpScan(clock(), tuple([await _sm(net, entry, params.hello_seconds) for entry in found]))


async def _sm(net: Net, entry: Entry, seconds: float) -> TlcpEndpoint:
    try:
        async with net.lease(entry.host, entry.port, connections=greet_sm.CONNECTIONS):
            return await greet_sm.greet_sm(SmSpeaker(net, entry.host, entry.port, seconds))
    except NetError as error:
        return TlcpEndpoint(entry.host, entry.port, reason=error.reason)
