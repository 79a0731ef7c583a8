"""Broken TLS servers on loopback, and a net that reaches only them but is otherwise real."""

import asyncio
import json
import os
import re
import socket
import ssl
import subprocess
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from xuncha.api import Lease, Site
from xuncha.lab.certificates import Authorities, Wanted
from xuncha.net.programs import run_program
from xuncha.net.stream import open_stream
from xuncha_plugins.tls import probes

HOST = "www.example.gov.cn"
DATA = Path(__file__).parents[2] / "plugins" / "tls" / "data"
Handler = Callable[[socket.socket], None]


class Loopback:
    """Streams and programs as in production, leases and addresses of loopback. Keeps what sslyze printed."""

    def __init__(self) -> None:
        self.connections = 0
        self.printed: list[bytes] = []

    async def connect(self, host, port, *, deadline=10.0, max_bytes=262_144):
        self.connections += 1
        return await open_stream("127.0.0.1", port, deadline=deadline, max_bytes=max_bytes)

    async def run(self, program, *, deadline, stdin=b"", max_output=16_000_000):
        finished = await run_program(program, deadline=deadline, stdin=stdin, max_output=max_output)
        self.printed.append(finished.stdout)
        return finished

    @asynccontextmanager
    async def lease(self, host, port, *, connections, pause_http=True):
        yield Lease(host, port, "127.0.0.1", connections)


def clock() -> datetime:
    return datetime.now(UTC)


def site(port: int) -> Site:
    return Site("a", "示例局", (f"https://{HOST}:{port}/",))


@contextmanager
def serving(handle: Handler) -> Iterator[int]:
    """A threaded server that hands each connection to ``handle``; the port."""
    with ExitStack() as held:
        listener = held.enter_context(socket.create_server(("127.0.0.1", 0), backlog=64))
        threads: list[threading.Thread] = []
        closing = threading.Event()

        def one(connection: socket.socket) -> None:
            with connection, suppress(Exception):
                connection.settimeout(6)
                handle(connection)

        def accept() -> None:
            while not closing.is_set():
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                threads.append(threading.Thread(target=one, args=(connection,), daemon=True))
                threads[-1].start()

        acceptor = threading.Thread(target=accept, daemon=True)
        acceptor.start()
        yield listener.getsockname()[1]
        closing.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        acceptor.join(2)
        for thread in threads:
            thread.join(0.2)


@pytest.fixture
def serve() -> Iterator[Callable[[Handler], int]]:
    """Starts servers that end with the test."""
    with ExitStack() as held:
        yield lambda handle: held.enter_context(serving(handle))


@pytest.fixture(scope="session")
def authorities() -> Authorities:
    return Authorities(clock())


@pytest.fixture(scope="session")
def roots(authorities: Authorities, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A file with the root that the tests trust."""
    file = tmp_path_factory.mktemp("roots") / "roots.pem"
    file.write_bytes(authorities.root_pem)
    return str(file)


def wanted(**changes) -> Wanted:
    now = clock()
    plain = {"host": HOST, "begins": now - timedelta(days=30), "ends": now + timedelta(days=300)}
    return Wanted(**(plain | changes))


@pytest.fixture
def openssl_server(serve, authorities, tmp_path) -> Callable[..., int]:
    """Python's ssl with a certificate of the lab; ``also`` is appended to the chain, ``shape`` changes the context."""

    def start(*, also: bytes = b"", shape: Callable[[ssl.SSLContext], None] | None = None, **changes) -> int:
        chain, key = authorities.issue(wanted(**changes))
        file = tmp_path / f"{len(list(tmp_path.iterdir()))}.pem"
        file.write_bytes(chain + also + key)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_ciphers("ECDHE+AESGCM:@SECLEVEL=0")
        context.load_cert_chain(file)
        if shape:
            shape(context)

        def handle(connection: socket.socket) -> None:
            with context.wrap_socket(connection, server_side=True) as secured:
                secured.recv(4096)
                secured.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")

        return serve(handle)

    return start


@pytest.fixture
def tlslite_server(serve, authorities) -> Callable[..., int]:
    """tlslite-ng, which still speaks what OpenSSL 3 has dropped. Needs RSA keys."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its package imports asyncore
        from tlslite import api as tlslite  # noqa: PLC0415 - only here can its warning be silenced
    chain, key = authorities.issue(wanted(key="rsa-1024"))
    certificates = tlslite.X509CertChain()
    certificates.parsePemList(chain.decode())
    private = tlslite.parsePEMKey(_rsa_form(key).decode(), private=True, implementations=["python"])

    def start(**settings) -> int:
        offered = tlslite.HandshakeSettings()
        offered.minKeySize = 512
        for name, value in settings.items():
            setattr(offered, name, value)

        def handle(connection: socket.socket) -> None:
            server = tlslite.TLSConnection(connection)
            server.handshakeServer(certChain=certificates, privateKey=private, settings=offered)

        return serve(handle)

    return start


def _rsa_form(key: bytes) -> bytes:
    done = subprocess.run(["openssl", "rsa", "-traditional"], input=key, capture_output=True, check=True)
    return done.stdout


@pytest.fixture
def s_server(tmp_path, authorities) -> Iterator[Callable[..., int]]:
    """``openssl s_server`` with further options; the port that it chose."""
    with ExitStack() as held:

        def start(*options: str, **changes) -> int:
            chain, key = authorities.issue(wanted(**changes))
            (tmp_path / "key.pem").write_bytes(key)
            (tmp_path / "chain.pem").write_bytes(chain)
            given = ["-cert", "chain.pem", "-cert_chain", "chain.pem", "-key", "key.pem", *options]
            process = subprocess.Popen(
                ["openssl", "s_server", "-accept", "127.0.0.1:0", *given],
                cwd=tmp_path,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            held.enter_context(process)
            held.callback(process.kill)
            for line in process.stdout:
                if line.startswith(b"ACCEPT"):
                    return int(line.rpartition(b":")[2])
            raise AssertionError("s_server did not start")

        yield start


@pytest.fixture
def scan(request, roots) -> Callable[..., object]:
    """The only endpoint of a TLS scan with the real sslyze. With XUNCHA_RECORD set, its reports become test data."""

    def run(port: int, depth: str = "quick", **params) -> object:
        net = Loopback()
        given = probes.ScanParams(depth=depth, ca_file=roots, **params)
        found = asyncio.run(probes.tls_scan(site(port), given, net, clock))
        _record_all(request.node.name, net)
        return found

    return run


def _record_all(name: str, net: Loopback) -> None:
    if os.environ.get("XUNCHA_RECORD"):
        for number, printed in enumerate(filter(None, net.printed)):
            _record(f"{name}-{number}", printed)


def _record(name: str, printed: bytes) -> None:
    report = json.loads(re.sub(rb"/[^\" ]*/site-packages", b"/opt/site-packages", printed))
    for server in report["server_scan_results"]:
        server["network_configuration"] = None
        for command in (server["scan_result"] or {}).values():
            _trim(command["result"] or {})
    DATA.mkdir(exist_ok=True)
    (DATA / f"{name}.json").write_text(json.dumps(report, separators=(",", ":")) + "\n")


def _trim(result: dict) -> None:
    """Drops what is repeated a hundred times and what names the recording machine."""
    result.pop("certificate_deployment_with_sni_disabled", None)
    result["rejected_cipher_suites"] = result.get("rejected_cipher_suites", [])[:2]
    for deployment in result.get("certificate_deployments", []):
        deployment["verified_certificate_chain"] = None
        for sent in deployment["received_certificate_chain"]:
            sent.pop("public_key"), sent.pop("subject"), sent.pop("issuer")
        for path in deployment["path_validation_results"]:
            path["verified_certificate_chain"] = None
            path["trust_store"] |= {"path": "/opt/site-packages/roots.pem", "ev_oids": None}


@pytest.fixture
def loopback(request) -> Iterator[Loopback]:
    net = Loopback()
    yield net
    _record_all(f"{request.node.name}-tests", net)


@pytest.fixture(name="clock")
def _clock() -> Callable[[], datetime]:
    return clock


@pytest.fixture
def at() -> Callable[[int], Site]:
    """The site whose entry is at a port."""
    return site
