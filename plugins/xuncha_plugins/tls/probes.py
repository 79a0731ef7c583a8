"""The probes: visits over HTTP and HTTPS, the TLS scan, vulnerability tests, and the Chinese protocols."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pydantic import Field

from xuncha.api import Clock, Gap, Lease, Mode, Net, NetError, Params, Reason, Site, probe
from xuncha_plugins.tls import sslyze_run, visits
from xuncha_plugins.tls.entries import Entry, entries
from xuncha_plugins.tls.facts import (
    Endpoint,
    HttpsEntries,
    TlcpScan,
    TlsScan,
    TlsVulnerabilities,
    Vulnerabilities,
)
from xuncha_plugins.tls.greet import CONNECTIONS, Speaker, greet
from xuncha_plugins.tls.greet_sm import CONNECTIONS as SM_CONNECTIONS
from xuncha_plugins.tls.greet_sm import SmSpeaker, greet_sm
from xuncha_plugins.tls.merge import Run, endpoint
from xuncha_plugins.tls.sslyze_report import vulnerabilities

MOST_ENTRIES = 2


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
    """``seconds``: for sslyze on one entry. ``ca_file``: further roots to trust, an absolute path to a PEM file."""

    depth: Depth = Depth.NORMAL
    seconds: float = Field(default=180.0, gt=0, le=300)
    ca_file: str = ""


class VulnerabilityParams(Params):
    """``seconds``: for sslyze on one entry."""

    seconds: float = Field(default=120.0, gt=0, le=300)


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
    found = entries(site)
    if not found:
        return Gap(Reason.NO_ENTRY_URL)
    visited = [await visits.visit_entry(net, entry) for entry in found[: params.entries]]
    return HttpsEntries(tuple(visited), complete=len(visited) == len(found))


@probe(
    provides=TlsScan,
    params=ScanParams,
    deadline=900,
    connections=2,
    requests=0,
    conversations=MOST_ENTRIES * (CONNECTIONS + sslyze_run.CONNECTIONS),
    programs=(sslyze_run.PROGRAM,),
)
async def tls_scan(site: Site, params: ScanParams, net: Net, clock: Clock) -> TlsScan | Gap:
    """Certificates, protocols and cipher suites of the declared entries."""
    found = entries(site)
    if not found:
        return Gap(Reason.NO_ENTRY_URL)
    scanned = [await _scan(net, entry, params) for entry in found[: params.entries]]
    left_out = [Endpoint(entry.host, entry.port, reason=Reason.BUDGET_REACHED) for entry in found[params.entries :]]
    return TlsScan(clock(), (*scanned, *left_out))


async def _scan(net: Net, entry: Entry, params: ScanParams) -> Endpoint:
    greeting = await greet(Speaker(net, entry.host, entry.port, params.hello_seconds))
    if not (greeting.offered or greeting.reason is Reason.TLS_FAILED):  # nobody speaks TLS: sslyze would say no more
        return endpoint(entry, greeting)
    try:
        async with net.lease(entry.host, entry.port, connections=sslyze_run.AT_ONCE) as lease:
            sslyze = Sslyze(net, lease, Patience.of(params.seconds), params.ca_file)
            certificates = await sslyze.run(sslyze_run.CERTIFICATES)
            suites = await sslyze.run(_LISTINGS[params.depth])
    except NetError as error:
        return endpoint(entry, greeting, Run(reason=error.reason, detail=error.detail))
    return endpoint(entry, greeting, certificates, suites, address=lease.address)


@dataclass(frozen=True, slots=True)
class Sslyze:
    """Runs of sslyze on one endpoint under one lease."""

    net: Net
    lease: Lease
    patience: Patience
    ca_file: str

    async def run(self, options: Sequence[str]) -> Run:
        """One run, or the reason why there is none. Never raises."""
        if not options:
            return Run(reason=Reason.NOT_SELECTED)
        left = self.patience.left
        if not left:
            return Run(reason=Reason.BUDGET_REACHED)
        try:
            return Run(await sslyze_run.run(self.net, self.lease, options, deadline=left, ca_file=self.ca_file))
        except sslyze_run.Sm2ChainError:
            return Run(reason=Reason.NOT_SUPPORTED, detail="SM2 certificates, read by our own hello")
        except NetError as error:
            return Run(reason=error.reason, detail=error.detail)


@probe(
    provides=TlsVulnerabilities,
    needs=(TlsScan,),
    params=VulnerabilityParams,
    deadline=600,
    connections=2,
    requests=0,
    conversations=MOST_ENTRIES * sslyze_run.CONNECTIONS,
    programs=(sslyze_run.PROGRAM,),
    mode=Mode.PROBE,
)
async def tls_vulnerabilities(scan: TlsScan, params: VulnerabilityParams, net: Net) -> TlsVulnerabilities | Gap:
    """Tests that send malformed or unusual messages: only inside an authorisation."""
    try:
        found = [await _tested(net, one, params.seconds) for one in scan.endpoints]
    except ProgramMissingError:
        return Gap(Reason.PROGRAM_MISSING, detail=sslyze_run.INSTALL)
    return TlsVulnerabilities(tuple(found))


class ProgramMissingError(Exception):
    """sslyze isn't installed: the same for every endpoint."""


async def _tested(net: Net, one: Endpoint, seconds: float) -> Vulnerabilities:
    if not one.offered:
        return Vulnerabilities(one.host, one.port, one.offered, reason=one.reason)
    try:
        async with net.lease(one.host, one.port, connections=sslyze_run.AT_ONCE) as lease:
            report = await sslyze_run.run(net, lease, sslyze_run.VULNERABILITIES, deadline=seconds)
    except NetError as error:
        if error.reason is Reason.PROGRAM_MISSING:
            raise ProgramMissingError from error
        return Vulnerabilities(one.host, one.port, offered=True, reason=error.reason)
    return vulnerabilities(report, one.host, one.port)


@probe(
    provides=TlcpScan,
    params=HelloParams,
    deadline=300,
    connections=1,
    requests=0,
    conversations=MOST_ENTRIES * SM_CONNECTIONS,
)
async def tlcp_scan(site: Site, params: HelloParams, net: Net, clock: Clock) -> TlcpScan | Gap:
    """TLCP (GB/T 38636) and the SM suites of TLS 1.3 (RFC 8998) at the declared entries."""
    found = entries(site)
    if not found:
        return Gap(Reason.NO_ENTRY_URL)
    speakers = [SmSpeaker(net, entry.host, entry.port, params.hello_seconds) for entry in found[: params.entries]]
    greeted = [await greet_sm(speaker) for speaker in speakers]
    return TlcpScan(clock(), tuple(greeted), complete=len(greeted) == len(found))
