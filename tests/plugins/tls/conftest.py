"""Facts, certificates and a scripted TLS server for the tests of the TLS plugin."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from xuncha.api import Site
from xuncha.lab.certificates import Authorities, Wanted
from xuncha_plugins.tls import sslyze_report
from xuncha_plugins.tls.facts import Certificate, Deployment, Endpoint, Protocol, Suite, Suites, TlsScan, Trust, Version
from xuncha_plugins.tls.wire import HANDSHAKE, Reader, message, record, vector

HOST = "www.example.gov.cn"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DATA = Path(__file__).parent / "data"


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def site() -> Site:
    return Site("a", "示例局", (f"https://{HOST}/",))


@pytest.fixture
def recorded() -> Callable[[str], sslyze_report.Report]:
    """A report that the real program printed, read."""
    return lambda name: sslyze_report.read((DATA / f"{name}.json").read_bytes())


@pytest.fixture
def printed() -> Callable[[str], bytes]:
    """What the real program printed."""
    return lambda name: (DATA / f"{name}.json").read_bytes()


@pytest.fixture
def certificate() -> Callable[..., Certificate]:
    """A sound certificate, with changes."""
    sound = Certificate(
        sha256="00" * 32,
        subject=f"CN={HOST}",
        issuer="CN=Issuing CA",
        serial="1",
        not_before=NOW - timedelta(days=100),
        not_after=NOW + timedelta(days=200),
        names=(HOST,),
        names_total=1,
        key="RSA",
        key_bits=2048,
        hash="sha256",
        signature_oid="1.2.840.113549.1.1.11",
    )
    return lambda **changes: replace(sound, **changes)


@pytest.fixture
def scan(certificate) -> Callable[..., TlsScan]:
    """A scan of one endpoint with a sound chain that every store trusts; the arguments change it."""

    def make(*chain: Certificate, trust: Sequence[Trust] = (), deployment: dict | None = None, **endpoint) -> TlsScan:
        if deployment is None:
            deployment = {}
        trusted = tuple(trust) or (Trust("Mozilla", trusted=True), Trust("Windows", trusted=True))
        own = Deployment(chain or (certificate(),), trust=trusted, staple_known=True)
        sound = Endpoint(
            HOST,
            443,
            offered=True,
            protocols=tuple(Protocol(one, offered=one in {Version.TLS12, Version.TLS13}) for one in Version),
            suites=Suites((Suite(Version.TLS12, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),)),
            deployments=(replace(own, **deployment),),
        )
        return TlsScan(NOW, (replace(sound, **endpoint),))

    return make


@cache
def _authorities() -> Authorities:
    return Authorities(NOW)


@pytest.fixture(scope="session")
def issued() -> Callable[..., tuple[bytes, ...]]:
    """Certificates of the lab in DER, the site's own first."""

    def make(**changes) -> tuple[bytes, ...]:
        plain = {"host": HOST, "begins": NOW - timedelta(days=30), "ends": NOW + timedelta(days=90)}
        chain, _ = _authorities().issue(Wanted(**(plain | changes)))
        return tuple(one.public_bytes(Encoding.DER) for one in x509.load_pem_x509_certificates(chain))

    return make


class Hello:
    """What a ClientHello offers, read independently of what wrote it."""

    def __init__(self, sent: bytes) -> None:
        reader = Reader(sent[9:])
        self.version = reader.number(2)
        reader.take(32)
        reader.vector(1)
        ids = reader.vector(2)
        self.suites = [int.from_bytes(ids[at : at + 2], "big") for at in range(0, len(ids), 2)]
        reader.vector(1)
        self.extensions: dict[int, bytes] | None = None
        if reader.left:
            self.extensions, block = {}, Reader(reader.vector(2))
            while block.left:
                kind = block.number(2)
                self.extensions[kind] = block.vector(2)

    @property
    def highest(self) -> int:
        return 0x0304 if 43 in (self.extensions or {}) else self.version


@pytest.fixture(name="hello_of", scope="session")
def _hello() -> type[Hello]:
    return Hello


ALERT = bytes.fromhex("15030300020228")


class Server:
    """Answers hellos as a server with these versions and suites would; plugs into the fake net's streams."""

    def __init__(self, versions=(0x0303, 0x0304), suites=(0xC02F, 0x1301), chain=(), dh_bits=0) -> None:
        self.versions, self.suites, self.chain, self.dh_bits = versions, suites, chain, dh_bits
        self.hellos = 0

    def __call__(self, sent: bytes) -> bytes:
        self.hellos += 1
        if sent[0] & 0x80:
            return ALERT
        hello = Hello(sent)
        version = max((one for one in self.versions if one <= hello.highest), default=0)
        if hello.highest == 0x0304 and version != 0x0304:
            return ALERT
        suite = next((one for one in self.suites if one in hello.suites), None)
        return ALERT if not version or suite is None else self.flight(version, suite)

    def flight(self, version: int, suite: int) -> bytes:
        extensions = b"\x00\x2b\x00\x02\x03\x04" if version == 0x0304 else b""
        body = min(version, 0x0303).to_bytes(2, "big") + bytes(32) + b"\0" + suite.to_bytes(2, "big") + b"\0"
        messages = message(2, body + (vector(extensions, 2) if extensions else b""))
        if version < 0x0304:
            messages += message(11, vector(b"".join(vector(one, 3) for one in self.chain), 3))
            if self.dh_bits:
                messages += message(12, vector((1 << (self.dh_bits - 1)).to_bytes(self.dh_bits // 8, "big"), 2))
            messages += message(14, b"")
        return b"".join(record(HANDSHAKE, 0x0303, messages[at : at + 9000]) for at in range(0, len(messages), 9000))


@pytest.fixture(name="fake_server", scope="session")
def _server() -> type[Server]:
    return Server


@pytest.fixture(scope="session")
def damaged(issued) -> bytes:
    """A sound certificate for the tests to damage."""
    return issued()[0]
