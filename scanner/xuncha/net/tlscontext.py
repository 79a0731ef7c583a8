"""The four ways in which we try TLS: strict, then legacy, and either with or without trust in the certificate.

An old protocol or an untrusted certificate is a finding, never a reason not to look at the page.
"""

import os
import ssl
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from xuncha.model.netapi import TlsSeen
from xuncha.net.errors import certificate_problem

_OP_LEGACY_SERVER_CONNECT = 0x4  # ssl names it from Python 3.12 on


@dataclass(frozen=True, slots=True)
class Way:
    """One way to shake hands. ``problem`` is why the certificate is not trusted, in OpenSSL's words."""

    context: Literal["strict", "legacy"] = "strict"
    problem: str = ""

    def after(self, failure: BaseException) -> "Way | None":
        """What to try once this way failed; None when nothing is left."""
        if not self.problem and (problem := certificate_problem(failure)):
            return replace(self, problem=problem)
        return replace(self, context="legacy") if self.context == "strict" else None


class TlsContexts:
    """Contexts, made when first needed and shared by all connections of a worker.

    Args:
        extra_ca: a PEM file of further authorities (or single certificates) to trust beside the system's.

    Raises:
        OSError: ``extra_ca`` can't be read; ssl.SSLError, which is one, where it is no PEM file of certificates.
    """

    def __init__(self, extra_ca: Path | None = None) -> None:
        self._extra_ca = extra_ca
        self._made: dict[tuple[str, bool], ssl.SSLContext] = {}
        if extra_ca is not None:  # found out now, lest it look like a fault of the sites
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(extra_ca)

    def of(self, way: Way) -> ssl.SSLContext:
        """The context for ``way``."""
        key = (way.context, not way.problem)
        if key not in self._made:
            self._made[key] = self._make(*key)
        return self._made[key]

    def _make(self, level: str, verify: bool) -> ssl.SSLContext:  # noqa: FBT001 - called with the key
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.set_alpn_protocols(["http/1.1"])
        _LEVELS[level](context)
        if verify:
            _trust(context, self._extra_ca)
        else:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context


def tls_seen(connection: ssl.SSLObject, way: Way) -> TlsSeen:
    """What was agreed on ``connection``."""
    cipher = connection.cipher()
    return TlsSeen(
        version=connection.version() or "",
        cipher=cipher[0] if cipher else "",
        context=way.context,
        trusted=not way.problem,
        problem=way.problem,
        alpn=connection.selected_alpn_protocol() or "",
    )


def _strict(context: ssl.SSLContext) -> None:
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("DEFAULT:@SECLEVEL=2")


def _legacy(context: ssl.SSLContext) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # that TLS 1.0 is old is what we are here to say
        context.minimum_version = ssl.TLSVersion.TLSv1
    context.set_ciphers("ALL:!aNULL:!eNULL:@SECLEVEL=0")
    context.options |= _OP_LEGACY_SERVER_CONNECT


_LEVELS: dict[str, Callable[[ssl.SSLContext], None]] = {"strict": _strict, "legacy": _legacy}


def _trust(context: ssl.SSLContext, extra_ca: Path | None) -> None:
    context.load_default_certs()
    if _system_has_no_authorities():
        import certifi  # noqa: PLC0415 - only slim containers need it

        context.load_verify_locations(certifi.where())
    if extra_ca is not None:
        context.load_verify_locations(extra_ca)
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # an intermediate or single certificate may be the anchor


def _system_has_no_authorities() -> bool:
    if os.name != "posix":
        return False
    paths = ssl.get_default_verify_paths()
    folder: str | None = paths.capath
    return not paths.cafile and not (folder and any(os.scandir(folder)))
