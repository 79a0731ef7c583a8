"""What the TLS probes leave as facts: plain frozen values, one entry per endpoint of the site."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from xuncha.api import EndpointLocator, Hop, Reason


class Version(StrEnum):
    """Protocol versions, oldest first."""

    SSL2 = "SSL 2.0"
    SSL3 = "SSL 3.0"
    TLS10 = "TLS 1.0"
    TLS11 = "TLS 1.1"
    TLS12 = "TLS 1.2"
    TLS13 = "TLS 1.3"


class PathProblem(StrEnum):
    """Why a trust store did not accept a chain, told from the validator's words."""

    NAME = "name"
    DATES = "dates"
    UNKNOWN_ISSUER = "unknown-issuer"
    WEAK = "weak"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate, read from its DER by ourselves.

    ``key`` is ``RSA``, ``EC``, ``SM2``, ``Ed25519``, ``Ed448``, ``DSA`` or a dotted OID; ``key_bits`` 0 means
    unknown. ``hash`` is the signature's hash in lower case, empty where the algorithm is unknown. ``names`` are the
    DNS names of the subjectAltName, at most ``certificates.MAX_NAMES`` kept of ``names_total``. ``self_signed`` says
    that issuer and subject are equal (the signature isn't checked where its algorithm is unknown to us);
    ``issuer_url`` that it names a place to fetch its issuer's certificate from, as those of public CAs do.
    """

    sha256: str
    subject: str
    issuer: str
    serial: str
    not_before: datetime
    not_after: datetime
    common_name: str = ""
    names: tuple[str, ...] = ()
    names_total: int = 0
    addresses: tuple[str, ...] = ()
    key: str = ""
    key_bits: int = 0
    curve: str = ""
    hash: str = ""
    signature_oid: str = ""
    self_signed: bool = False
    usages: tuple[str, ...] = ()
    issuer_url: bool = False
    must_staple: bool = False
    extensions_readable: bool = True


@dataclass(frozen=True, slots=True)
class Trust:
    """What one trust store says of a chain; ``text`` are the validator's own words, for the expert."""

    store: str
    trusted: bool
    problem: PathProblem | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Staple:
    """An OCSP answer that the server stapled; ``status`` is GOOD, REVOKED, UNKNOWN or empty."""

    status: str
    trusted: bool | None
    revoked_at: datetime | None = None
    next_update: datetime | None = None


@dataclass(frozen=True, slots=True)
class Deployment:
    """One chain as sent, the site's own certificate first; a server may have one per kind of key.

    ``unreadable`` counts certificates that could not be parsed; ``trust`` is empty where nobody validated;
    ``linked`` says that each certificate is issued by the next one.
    """

    chain: tuple[Certificate, ...]
    unreadable: int = 0
    trust: tuple[Trust, ...] = ()
    staple: Staple | None = None
    staple_known: bool = False
    linked: bool = True

    @property
    def leaf(self) -> Certificate:
        """The site's own certificate."""
        return self.chain[0]


@dataclass(frozen=True, slots=True)
class Protocol:
    """Whether a version is offered; None with a ``reason`` where it could not be told."""

    version: Version
    offered: bool | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Suite:
    """An accepted cipher suite by its IANA name; ``dh_bits`` is the size of the finite-field group it came with."""

    version: Version
    name: str
    dh_bits: int | None = None


@dataclass(frozen=True, slots=True)
class Suites:
    """The accepted suites that were seen. Without a ``reason`` every suite known to be weak was asked for."""

    accepted: tuple[Suite, ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """One host and port of the site."""

    host: str
    port: int

    @property
    def place(self) -> EndpointLocator:
        """Where findings about it are."""
        return EndpointLocator(self.host, self.port)


@dataclass(frozen=True, slots=True)
class Endpoint(Reached):
    """What was learnt of TLS at one host and port.

    ``offered`` None means that it could not be told, and ``reason`` says why; ``declared`` says that the inventory
    itself names HTTPS there. ``chains_reason`` says why there is no
    certificate, ``trust_reason`` why no trust store was asked. ``curves`` None means that nobody asked for them.
    ``notes`` are corrections of misleading answers and errors of commands, for the expert's eye.
    """

    address: str = ""
    declared: bool = True
    offered: bool | None = None
    reason: Reason | None = None
    protocols: tuple[Protocol, ...] = ()
    suites: Suites = Suites()
    deployments: tuple[Deployment, ...] = ()
    chains_reason: Reason | None = None
    trust_reason: Reason | None = None
    curves: tuple[str, ...] | None = None
    notes: tuple[str, ...] = ()

    def speaks(self, version: Version) -> bool | None:
        """Whether ``version`` is offered; None where it could not be told."""
        return next((protocol.offered for protocol in self.protocols if protocol.version is version), None)


@dataclass(frozen=True, slots=True)
class TlsScan:
    """Certificates, protocols and cipher suites of the site's entries, as they were at ``observed_at``."""

    observed_at: datetime
    endpoints: tuple[Endpoint, ...]


class Robot(StrEnum):
    """What the test for Bleichenbacher's oracle (ROBOT) said."""

    STRONG = "strong"
    WEAK = "weak"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Vulnerabilities(Reached):
    """Answers of one endpoint to vulnerability tests; None means not told, and ``reason`` says why."""

    offered: bool | None = None
    heartbleed: bool | None = None
    ccs_injection: bool | None = None
    robot: Robot | None = None
    compression: bool | None = None
    secure_renegotiation: bool | None = None
    client_renegotiation: bool | None = None
    fallback_scsv: bool | None = None
    early_data: bool | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class TlsVulnerabilities:
    """The vulnerability tests of the site's entries."""

    endpoints: tuple[Vulnerabilities, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of the home page over HTTP or HTTPS. ``status`` 0 means that no answer came; ``problem`` says why.

    ``hsts`` are the raw Strict-Transport-Security headers of the first answer; ``refresh`` is where the page itself
    sends its visitors; ``trusted`` is what the client's own verification said of the certificate.
    """

    url: str
    status: int = 0
    final_url: str = ""
    hops: tuple[Hop, ...] = ()
    problem: Reason | None = None
    hsts: tuple[str, ...] = ()
    refresh: str = ""
    challenge: str = ""
    trusted: bool | None = None
    trust_text: str = ""

    @property
    def opened(self) -> bool:
        """Whether a page came that was not a security product's challenge."""
        return 200 <= self.status < 300 and not self.challenge  # noqa: PLR2004 - HTTP success


@dataclass(frozen=True, slots=True)
class HttpsEntry(Reached):
    """One declared entry, visited over both schemes."""

    plain: Visit
    secure: Visit


@dataclass(frozen=True, slots=True)
class HttpsEntries:
    """The site's declared entries over HTTP and HTTPS; not ``complete`` where there are more than were visited."""

    entries: tuple[HttpsEntry, ...]
    complete: bool = True

    def at(self, host: str, port: int) -> HttpsEntry | None:
        """The entry of an endpoint."""
        return next((entry for entry in self.entries if (entry.host, entry.port) == (host, port)), None)


@dataclass(frozen=True, slots=True)
class TlcpEndpoint(Reached):
    """What was learnt of TLCP (GB/T 38636) and of the SM suites in TLS 1.3 (RFC 8998) at one host and port.

    ``tlcp`` and ``tls13`` are None where it could not be told, and ``reason`` says why. Signatures of the handshake
    and of the certificates are not verified: it proves that the server speaks so, not that it holds the keys.
    """

    tlcp: bool | None = None
    suites: tuple[str, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    client_certificate: bool = False
    tls13: bool | None = None
    tls13_suites: tuple[str, ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class TlcpScan:
    """The SM protocols of the site's entries, as they were at ``observed_at``."""

    observed_at: datetime
    endpoints: tuple[TlcpEndpoint, ...]
    complete: bool = True
