"""Loopback servers that say exactly what a test wants, and one request of the engine to them."""

import asyncio
import ssl
import warnings
from contextlib import asynccontextmanager, suppress

import pytest
import trustme
import uvloop

from xuncha.net.engine import Caps, Engine
from xuncha.net.target import Target
from xuncha.net.tlscontext import TlsContexts

HOST = "site.example"


@pytest.fixture(params=[asyncio.run, uvloop.run], ids=["asyncio", "uvloop"])
def run(request):
    return request.param


async def _converse(talk, reader, writer):
    with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
        if isinstance(talk, bytes):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(talk)
            await writer.drain()
        else:
            await talk(reader, writer)


@asynccontextmanager
async def _serve(talk, tls=None, address="127.0.0.1", port=0):
    """A server on a free port. ``talk``: bytes sent after each request head, or a coroutine over both streams."""
    tasks = set()

    async def accept(reader, writer):
        tasks.add(asyncio.current_task())
        try:
            await _converse(talk, reader, writer)
        finally:
            writer.close() if tls is None else writer.transport.abort()

    server = await asyncio.start_server(accept, address, port, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
def serve():
    return _serve


@pytest.fixture
def visit(run):
    """Start a server, ask it once, return the reply."""

    def ask(talk, *, method="GET", path="/", tls=None, contexts=None, deadline=5.0, max_bytes=1_000_000):
        async def main():
            async with _serve(talk, tls) as port, Engine(contexts) as engine:
                target = Target("http" if contexts is None else "https", HOST, port, path)
                caps = Caps(max_bytes, deadline)
                return await engine.send(target, "127.0.0.1", method, {"User-Agent": "t"}, caps)

        return run(main())

    return ask


@pytest.fixture(scope="session")
def authority():
    return trustme.CA()


@pytest.fixture(scope="session")
def contexts(authority, tmp_path_factory):
    """Contexts that trust ``authority`` beside the system."""
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    path.write_bytes(authority.cert_pem.bytes())
    return TlsContexts(path)


@pytest.fixture(scope="session")
def server_tls(authority):
    """A server's TLS context, of the given highest version, with the given certificate or a good one."""

    def make(certificate=None, version=None, ciphers="DEFAULT"):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_ciphers(f"{ciphers}:@SECLEVEL=0")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = version or ssl.TLSVersion.TLSv1_2
            context.maximum_version = version or ssl.TLSVersion.TLSv1_3
        (certificate or authority.issue_cert(HOST)).configure_cert(context)
        return context

    return make
