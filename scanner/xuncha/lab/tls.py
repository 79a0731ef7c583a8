"""How each site speaks TLS, and what faults make of it."""

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from xuncha.lab.certificates import Authorities, Wanted

# OpenSSL 3's SSL_OP_ALLOW_CLIENT_RENEGOTIATION, which the ssl module does not name.
_ALLOW_CLIENT_RENEGOTIATION = 1 << 8
_AGED_SUITES = "ECDHE+AES+SHA:kRSA+AES+SHA"
_ORDINARY_SUITES = "ECDHE+AESGCM:ECDHE+CHACHA20"


@dataclass(frozen=True, slots=True)
class TlsManner:
    """Certificate and settings of one site's TLS."""

    wanted: Wanted
    oldest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_2
    newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3
    suites: str = _ORDINARY_SUITES
    renegotiates: bool = False
    tlcp: bool = True


def ordinary(host: str, now: datetime, real: datetime) -> TlsManner:
    """A sound site. Valid at the lab's time and at the real one, which TLS programs go by."""
    return TlsManner(Wanted(host, min(now, real) - timedelta(days=60), max(now, real) + timedelta(days=200)))


def _wanting(change: Callable[[Wanted], Wanted]) -> Callable[[TlsManner], TlsManner]:
    return lambda manner: replace(manner, wanted=change(manner.wanted))


def _expired(wanted: Wanted) -> Wanted:
    return replace(wanted, begins=wanted.begins - timedelta(days=365), ends=wanted.begins + timedelta(days=40))


EDITS: Mapping[str, Callable[[TlsManner], TlsManner]] = {
    "certificate-expired": _wanting(_expired),
    "certificate-expiring": _wanting(lambda it: replace(it, ends=it.ends - timedelta(days=193))),
    "certificate-other-name": _wanting(lambda it: replace(it, host="mail.other.example")),
    "certificate-self-signed": _wanting(lambda it: replace(it, issuer="itself")),
    "certificate-unknown-root": _wanting(lambda it: replace(it, issuer="unknown")),
    "chain-incomplete": _wanting(lambda it: replace(it, with_chain=False)),
    "key-weak": _wanting(lambda it: replace(it, key="rsa-1024")),
    "signature-weak": _wanting(lambda it: replace(it, issuer="sha1")),
    "protocols-old": lambda it: replace(
        it, oldest=ssl.TLSVersion.MINIMUM_SUPPORTED, suites=f"{it.suites}:{_AGED_SUITES}"
    ),
    "suites-weak": lambda it: replace(it, suites=f"{it.suites}:eNULL:aNULL"),
    "renegotiation-open": lambda it: replace(it, renegotiates=True, newest=ssl.TLSVersion.TLSv1_2),
    "tlcp-missing": lambda it: replace(it, tlcp=False),
}
"""Fault id → what it makes of a sound site."""


def altered(manner: TlsManner, faults: frozenset[str]) -> TlsManner:
    """The manner with these faults."""
    for fault_id in sorted(faults & EDITS.keys()):
        manner = EDITS[fault_id](manner)
    return manner


def server_context(manner: TlsManner, authorities: Authorities, folder: Path) -> ssl.SSLContext:
    """A context for that manner. The certificate passes through a file in ``folder``, as the ssl module wants it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # Level 0 lets the faulty sites serve what OpenSSL would refuse; it weakens nobody, since each names its suites.
    context.set_ciphers(f"{manner.suites}:@SECLEVEL=0")
    context.minimum_version = manner.oldest
    context.maximum_version = manner.newest
    if manner.renegotiates:
        context.options |= _ALLOW_CLIENT_RENEGOTIATION
        context.options &= ~ssl.OP_NO_RENEGOTIATION
    chain, key = authorities.issue(manner.wanted)
    path = folder / "identity.pem"
    path.touch(0o600)
    path.write_bytes(key + chain)
    context.load_cert_chain(path)
    path.unlink()
    return context
