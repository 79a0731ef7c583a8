"""Turns the JSON of sslyze 6 into what is true: a pure reading that corrects its false and misleading answers.

Corrected here: timed-out suites counted as rejected, a version called unsupported after time-outs, validation
errors that name a symptom, an SSL 2.0 server called unreachable, local paths in texts. Certificates are read again
from their PEM, so that sizes, hashes and dates are ours.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from xuncha.api import Reason
from xuncha_plugins.tls.certificates import UnreadableError, linked, read_pem
from xuncha_plugins.tls.facts import (
    Deployment,
    PathProblem,
    Protocol,
    Robot,
    Staple,
    Suite,
    Trust,
    Version,
    Vulnerabilities,
)
from xuncha_plugins.tls.suites import uses_group

SUPPLIED = "Supplied CA file"
_MAX_TEXT = 200
_MAX_CHAIN = 20
_MAX_DIGITS = 100
_TIMED_OUT = "timed out"
_T = TypeVar("_T")


class ReportError(ValueError):
    """What the program printed is not a report of one scanned server; the only error of ``read``."""


class _Json(BaseModel):
    """Ignores what we don't use; the rest must have the shape that was documented."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)


class _Attempt(_Json, Generic[_T]):
    status: str = "NOT_SCHEDULED"
    error_reason: str | None = None
    error_trace: str | None = None
    result: _T | None = None


class _Pem(_Json):
    as_pem: str


class _Store(_Json):
    name: str


class _Path(_Json):
    trust_store: _Store
    was_validation_successful: bool
    validation_error: str | None = None


class _Ocsp(_Json):
    certificate_status: str | None = None
    revocation_time: datetime | None = None
    next_update: datetime | None = None


class _Deployment(_Json):
    received_certificate_chain: list[_Pem]
    path_validation_results: list[_Path]
    ocsp_response: _Ocsp | None = None
    ocsp_response_is_trusted: bool | None = None


class _Certificates(_Json):
    certificate_deployments: list[_Deployment]


class _SuiteName(_Json):
    name: str


class _EphemeralKey(_Json):
    type_name: str
    size: int


class _Accepted(_Json):
    cipher_suite: _SuiteName
    ephemeral_key: _EphemeralKey | None = None


class _Rejected(_Json):
    cipher_suite: _SuiteName
    error_message: str = ""


class _Suites(_Json):
    is_tls_version_supported: bool
    accepted_cipher_suites: list[_Accepted]
    rejected_cipher_suites: list[_Rejected]


class _Curve(_Json):
    name: str


class _Curves(_Json):
    supported_curves: list[_Curve] | None = None


class _Flags(_Json):
    """The commands whose result is one or two values."""

    robot_result: str | None = None
    is_vulnerable_to_heartbleed: bool | None = None
    is_vulnerable_to_ccs_injection: bool | None = None
    supports_compression: bool | None = None
    supports_early_data: bool | None = None
    supports_fallback_scsv: bool | None = None
    supports_secure_renegotiation: bool | None = None
    is_vulnerable_to_client_renegotiation_dos: bool | None = None


class _Commands(_Json):
    certificate_info: _Attempt[_Certificates] = _Attempt()
    ssl_2_0_cipher_suites: _Attempt[_Suites] = _Attempt()
    ssl_3_0_cipher_suites: _Attempt[_Suites] = _Attempt()
    tls_1_0_cipher_suites: _Attempt[_Suites] = _Attempt()
    tls_1_1_cipher_suites: _Attempt[_Suites] = _Attempt()
    tls_1_2_cipher_suites: _Attempt[_Suites] = _Attempt()
    tls_1_3_cipher_suites: _Attempt[_Suites] = _Attempt()
    elliptic_curves: _Attempt[_Curves] = _Attempt()
    heartbleed: _Attempt[_Flags] = _Attempt()
    robot: _Attempt[_Flags] = _Attempt()
    openssl_ccs_injection: _Attempt[_Flags] = _Attempt()
    tls_compression: _Attempt[_Flags] = _Attempt()
    session_renegotiation: _Attempt[_Flags] = _Attempt()
    tls_fallback_scsv: _Attempt[_Flags] = _Attempt()
    tls_1_3_early_data: _Attempt[_Flags] = _Attempt()


class _Server(_Json):
    connectivity_status: str
    connectivity_error_trace: str | None = None
    scan_result: _Commands | None = None


class _Report(_Json):
    server_scan_results: list[_Server]


_SUITE_COMMANDS = {
    Version.SSL2: "ssl_2_0_cipher_suites",
    Version.SSL3: "ssl_3_0_cipher_suites",
    Version.TLS10: "tls_1_0_cipher_suites",
    Version.TLS11: "tls_1_1_cipher_suites",
    Version.TLS12: "tls_1_2_cipher_suites",
    Version.TLS13: "tls_1_3_cipher_suites",
}
_ROBOT = {
    "VULNERABLE_STRONG_ORACLE": Robot.STRONG,
    "VULNERABLE_WEAK_ORACLE": Robot.WEAK,
    "NOT_VULNERABLE_NO_ORACLE": Robot.NONE,
    "NOT_VULNERABLE_RSA_NOT_SUPPORTED": Robot.NONE,
}
# The validator looks at the site's own certificate first, so anything but UNKNOWN_ISSUER and WEAK may hide that the
# chain is not trusted either. An "invalid extension" in an issuer's certificate means that an issuer was found.
_PATH_PROBLEMS = (
    (PathProblem.NAME, re.compile(r"matching subjectAltName|has no subjectAltName")),
    (PathProblem.DATES, re.compile(r"not valid at validation time")),
    (PathProblem.WEAK, re.compile(r"[Ff]orbidden (signature|public key) algorithm|weak")),
    (PathProblem.FORM, re.compile(r"invalid extension")),
    (PathProblem.UNKNOWN_ISSUER, re.compile(r"candidates exhausted|max depth|no interior errors")),
)


@dataclass(frozen=True, slots=True)
class Report:
    """What one run of sslyze on one server told. Versions whose command was not run or failed are missing.

    ``connected`` False means that sslyze itself found no way to speak with the server: no word about the server.
    ``timed_out`` names the versions of which some suite got no answer. ``failed`` names commands that ended in an
    error.
    """

    connected: bool
    deployments: tuple[Deployment, ...] = ()
    protocols: tuple[Protocol, ...] = ()
    suites: tuple[Suite, ...] = ()
    timed_out: frozenset[Version] = frozenset()
    curves: tuple[str, ...] | None = None
    flags: Mapping[str, bool | str] = field(default_factory=dict)
    failed: tuple[str, ...] = ()
    trouble: str = ""


def read(output: bytes) -> Report:
    """The report in what sslyze printed for one server. Raises ReportError."""
    try:
        found = _Report.model_validate(json.loads(output, parse_int=_integer)).server_scan_results
    except (ValueError, RecursionError) as error:  # pydantic's ValidationError is a ValueError
        raise ReportError(_said(error)) from error
    if len(found) != 1:
        raise ReportError(f"{len(found)} servers in the report, expected one")
    return _server(found[0])


def _integer(digits: str) -> int:
    """Long moduli would reach Python's limit for numbers in text; nobody reads them."""
    return int(digits) if len(digits) <= _MAX_DIGITS else 0


def _said(error: Exception) -> str:
    return str(error.errors(include_url=False)[0]["msg"]) if isinstance(error, ValidationError) else str(error)[:80]


def _server(server: _Server) -> Report:
    trouble = _last_line(server.connectivity_error_trace or "")
    if server.scan_result is None:
        only_ssl2 = "only supports SSL 2.0" in trouble
        protocols = (Protocol(Version.SSL2, offered=True),) if only_ssl2 else ()
        return Report(connected=only_ssl2, protocols=protocols, trouble=trouble)
    commands = server.scan_result
    by_version = {version: getattr(commands, name).result for version, name in _SUITE_COMMANDS.items()}
    asked = {version: result for version, result in by_version.items() if result is not None}
    return Report(
        connected=True,
        deployments=_deployments(commands.certificate_info.result),
        protocols=tuple(_protocol(version, result) for version, result in asked.items()),
        suites=tuple(suite for version, result in asked.items() for suite in _accepted(version, result)),
        timed_out=frozenset(version for version, result in asked.items() if _silent(result)),
        curves=_curves(commands.elliptic_curves.result),
        flags=_flags(commands),
        failed=tuple(name for name in _Commands.model_fields if getattr(commands, name).status == "ERROR"),
        trouble=trouble,
    )


def _last_line(trace: str) -> str:
    """The last line of a traceback: the lines before it hold local paths."""
    return trace.strip().rpartition("\n")[2][:_MAX_TEXT]


def _protocol(version: Version, result: _Suites) -> Protocol:
    if result.is_tls_version_supported or result.accepted_cipher_suites:
        return Protocol(version, offered=True)
    if _silent(result):  # sslyze counts a suite that got no answer as rejected
        return Protocol(version, offered=None, reason=Reason.TIMEOUT)
    return Protocol(version, offered=False)


def _silent(result: _Suites) -> bool:
    return any(_TIMED_OUT in rejected.error_message for rejected in result.rejected_cipher_suites)


def _accepted(version: Version, result: _Suites) -> list[Suite]:
    return [Suite(version, one.cipher_suite.name, _group_bits(one)) for one in result.accepted_cipher_suites]


def _group_bits(accepted: _Accepted) -> int | None:
    """None for other key exchanges, and for a group that was too small for sslyze: our own hello measures that."""
    key = accepted.ephemeral_key
    return key.size if key and key.type_name == "DH" and uses_group(accepted.cipher_suite.name) else None


def _deployments(result: _Certificates | None) -> tuple[Deployment, ...]:
    found = [_deployment(one) for one in result.certificate_deployments] if result else []
    return tuple(one for one in found if one is not None)


def _deployment(one: _Deployment) -> Deployment | None:
    """The chain as sent, read anew; None where the site's own certificate can't be read."""
    chain, unreadable = [], 0
    for sent in one.received_certificate_chain[:_MAX_CHAIN]:
        try:
            chain.append(read_pem(sent.as_pem))
        except UnreadableError:
            if not chain:
                return None
            unreadable += 1
    if not chain:
        return None
    trust = tuple(_trust(path) for path in one.path_validation_results)
    staple = _staple(one)
    return Deployment(tuple(chain), unreadable, trust, staple, staple_known=True, linked=linked(chain))


def _trust(path: _Path) -> Trust:
    if path.was_validation_successful:
        return Trust(path.trust_store.name, trusted=True)
    text = (path.validation_error or "").removeprefix("validation failed: ").partition(" (encountered")[0][:_MAX_TEXT]
    problem = next((problem for problem, rule in _PATH_PROBLEMS if rule.search(text)), PathProblem.FORM)
    return Trust(path.trust_store.name, trusted=False, problem=problem, text=text)


def _staple(one: _Deployment) -> Staple | None:
    answer = one.ocsp_response
    if answer is None:
        return None
    return Staple(
        answer.certificate_status or "", one.ocsp_response_is_trusted, answer.revocation_time, answer.next_update
    )


def _curves(result: _Curves | None) -> tuple[str, ...] | None:
    if result is None:
        return None
    return tuple(curve.name for curve in result.supported_curves or ())


_FLAG_COMMANDS = (
    "heartbleed",
    "robot",
    "openssl_ccs_injection",
    "tls_compression",
    "session_renegotiation",
    "tls_fallback_scsv",
    "tls_1_3_early_data",
)


def _flags(commands: _Commands) -> dict[str, bool | str]:
    found: dict[str, bool | str] = {}
    for command in _FLAG_COMMANDS:
        result: _Flags | None = getattr(commands, command).result
        found |= result.model_dump(exclude_none=True) if result else {}
    return found


def vulnerabilities(report: Report, host: str, port: int) -> Vulnerabilities:
    """What the vulnerability tests in ``report`` told; a test that failed stays None."""
    flags: dict[str, Any] = dict(report.flags)
    told = len(flags) > 0
    robot = flags.get("robot_result")
    return Vulnerabilities(
        host,
        port,
        offered=True if report.connected else None,
        heartbleed=flags.get("is_vulnerable_to_heartbleed"),
        ccs_injection=flags.get("is_vulnerable_to_ccs_injection"),
        robot=_ROBOT.get(robot, Robot.UNKNOWN) if robot else None,
        compression=flags.get("supports_compression"),
        secure_renegotiation=flags.get("supports_secure_renegotiation"),
        client_renegotiation=flags.get("is_vulnerable_to_client_renegotiation_dos"),
        fallback_scsv=flags.get("supports_fallback_scsv"),
        early_data=flags.get("supports_early_data"),
        reason=None if told and not report.failed else Reason.PROGRAM_FAILED,
    )
