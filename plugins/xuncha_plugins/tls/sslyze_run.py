"""Runs sslyze as the separate program it is: own process, leased address, hard deadline, JSON from its output."""

import sys
from collections.abc import Sequence

from xuncha.api import Lease, Net, NetError, Reason
from xuncha_plugins.tls.sslyze_report import Report, ReportError, read

PROGRAM = "sslyze"
INSTALL = "pip install 'xuncha[tls]'"

CERTIFICATES = ("--certinfo",)
SUITES = ("--sslv2", "--sslv3", "--tlsv1", "--tlsv1_1", "--tlsv1_2", "--tlsv1_3")
CURVES = ("--elliptic_curves",)
VULNERABILITIES = (
    "--heartbleed",
    "--robot",
    "--openssl_ccs",
    "--reneg",
    "--fallback",
    "--compression",
    "--early_data",
)
CONNECTIONS = 750
"""What all runs on one endpoint open in all: measured up to 725 on a server of TLS 1.0 to 1.2."""
AT_ONCE = 2
"""Connections at a time, as ``--slow_connection`` holds it to."""

_SM2 = "1.2.156.10197.1.301"


class Sm2ChainError(Exception):
    """sslyze can't read chains with SM2 certificates and loses all its results with them."""


async def run(net: Net, lease: Lease, options: Sequence[str], *, deadline: float, ca_file: str = "") -> Report:
    """One run against one endpoint.

    Raises:
        Sm2ChainError: read the certificates otherwise.
        NetError: ``program-missing``, ``program-failed`` or ``timeout``.
    """
    finished = await net.run(command(lease, options, ca_file), deadline=deadline)
    try:
        return read(finished.stdout)
    except ReportError as error:
        trouble = finished.stderr.decode("utf-8", "replace")
        if "No module named" in trouble and ("sslyze" in trouble or "nassl" in trouble):
            raise NetError(Reason.PROGRAM_MISSING, INSTALL) from error
        if _SM2 in trouble:
            raise Sm2ChainError from error
        raise NetError(Reason.PROGRAM_FAILED, trouble.strip().rpartition("\n")[2][:200] or str(error)) from error


def command(lease: Lease, options: Sequence[str], ca_file: str = "") -> list[str]:
    """The command line. The target carries the vetted address, so that sslyze looks up no name."""
    roots = ("--certinfo_ca_file", ca_file) if ca_file and CERTIFICATES[0] in options else ()
    host = f"[{lease.host}]" if ":" in lease.host else lease.host
    target = f"{host}:{lease.port}{{{lease.address}}}"
    program = (sys.executable, "-P", "-W", "ignore", "-m", "sslyze")  # -P: nothing from the working folder
    return [*program, "--json_out", "-", "--slow_connection", *options, *roots, "--", target]
