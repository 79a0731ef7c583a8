"""Joins what our own hellos and sslyze told of one endpoint into one account. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from xuncha.api import Reason
from xuncha_plugins.tls.certificates import linked, read_all
from xuncha_plugins.tls.entries import Entry
from xuncha_plugins.tls.facts import Deployment, Endpoint, Protocol, Suite, Suites, Version
from xuncha_plugins.tls.greet import Greeting
from xuncha_plugins.tls.sslyze_report import Report


@dataclass(frozen=True, slots=True)
class Run:
    """One run of sslyze: its report, or the reason why there is none."""

    report: Report | None = None
    reason: Reason | None = None
    detail: str = ""


NOT_RUN = Run(reason=Reason.NOT_SELECTED)


def endpoint(
    entry: Entry, greeting: Greeting, certificates: Run = NOT_RUN, suites: Run = NOT_RUN, *, address: str = ""
) -> Endpoint:
    """The account of one endpoint. What either source saw is seen.

    Where the unit itself declares HTTPS, a shut port is no proof that it isn't offered: it may be down just now.
    """
    runs = [run.report for run in (certificates, suites) if run.report]
    offered = True if any(report.connected for report in runs) else greeting.offered
    if entry.https and greeting.reason is Reason.REFUSED:
        offered = None
    deployments, chains_reason = _deployments(greeting, certificates)
    return Endpoint(
        entry.host,
        entry.port,
        address,
        declared=entry.https,
        offered=offered,
        reason=None if offered else greeting.reason,
        protocols=_protocols(greeting, runs),
        suites=_suites(greeting, suites),
        deployments=deployments,
        chains_reason=chains_reason,
        trust_reason=_trust_reason(deployments, certificates),
        curves=suites.report.curves if suites.report else None,
        notes=tuple(_notes(certificates, suites)),
    )


def _deployments(greeting: Greeting, run: Run) -> tuple[tuple[Deployment, ...], Reason | None]:
    """The chains of sslyze, which sees every kind of key; else the one that our hello was shown."""
    if run.report and run.report.deployments:
        return run.report.deployments, None
    chain, unreadable = read_all(greeting.chain)
    if chain:
        return (Deployment(chain, unreadable, linked=linked(chain)),), None
    if greeting.chain:
        return (), Reason.MALFORMED_REPLY
    return (), greeting.chain_problem or run.reason or Reason.PROGRAM_FAILED


def _trust_reason(deployments: tuple[Deployment, ...], run: Run) -> Reason | None:
    if any(deployment.trust for deployment in deployments):
        return None
    return run.reason or Reason.PROGRAM_FAILED


def _protocols(greeting: Greeting, reports: Iterable[Report]) -> tuple[Protocol, ...]:
    accounts = [*greeting.protocols, *(protocol for report in reports for protocol in report.protocols)]
    found = (_protocol(version, [one for one in accounts if one.version is version]) for version in Version)
    return tuple(protocol for protocol in found if protocol)


def _protocol(version: Version, accounts: list[Protocol]) -> Protocol | None:
    """One yes is a yes; then one proper no is a no; silence alone stays unknown."""
    for answer in (True, False):
        if any(one.offered is answer for one in accounts):
            return Protocol(version, offered=answer)
    return accounts[0] if accounts else None


def _suites(greeting: Greeting, run: Run) -> Suites:
    seen: dict[tuple[Version, str], Suite] = {}
    for suite in (*greeting.suites.accepted, *(run.report.suites if run.report else ())):
        known = seen.get((suite.version, suite.name))
        if known is None or known.dh_bits is None:
            seen[suite.version, suite.name] = suite
    complete = not greeting.suites.reason or _listed_all(greeting, run.report)
    return Suites(tuple(seen.values()), None if complete else greeting.suites.reason)


def _listed_all(greeting: Greeting, report: Report | None) -> bool:
    """Whether sslyze got an answer for every suite of every version that we know to be offered."""
    if report is None or report.timed_out or report.failed:
        return False
    agreed = {protocol.version for protocol in report.protocols if protocol.offered}
    return all(protocol.version in agreed for protocol in greeting.protocols if protocol.offered)


def _notes(certificates: Run, suites: Run) -> Iterable[str]:
    for name, run in (("certificates", certificates), ("suites", suites)):
        if run.detail:
            yield f"{name}: {run.detail}"
        if run.report and run.report.trouble:
            yield f"{name}: {run.report.trouble}"
        if run.report and run.report.failed:
            yield f"{name}: failed: {', '.join(run.report.failed)}"
    if suites.report and suites.report.timed_out:
        yield f"suites: no answer to some of {', '.join(sorted(suites.report.timed_out))}"
