"""A site whose pages misbehave, a stranger who writes down whoever reaches him, and a real Chromium between them."""

import asyncio
import socket
from contextlib import AsyncExitStack, suppress
from types import SimpleNamespace

import pytest

from xuncha.browser.limits import Limits
from xuncha.browser.places import Places
from xuncha.browser.program import BrowserSettings, find_program
from xuncha.browser.service import Browser
from xuncha.model.rendered import Want
from xuncha.model.site import Site
from xuncha.net.client import open_site
from xuncha.net.engine import Engine
from xuncha.net.ledger import Ledger, Limit
from xuncha.net.resolver import Resolver
from xuncha.net.settings import Caller, Settings

SITE, STRANGER = "127.0.0.1", "127.0.0.2"
"""Both on loopback, where browsers allow what they allow only to HTTPS; the address policy lets only the site pass."""

BRIEF = Limits(seconds=4, longest=60, after_load=2, quiet=0.4, challenge=3, cpu=25, memory=900_000_000)
NOTHING_MORE = Want()
FAST = Limit(rate=1e6, concurrent=50, burst=50)


class Web:
    """A server that writes down who connected and what was asked. ``pages``: path to HTML or (status, head, body)."""

    def __init__(self, pages):
        self.pages = pages
        self.connections = 0
        self.asked = []

    async def open(self, address):
        self._server = await asyncio.start_server(self._serve, address, 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def close(self):
        self._server.close()

    async def _serve(self, reader, writer):
        self.connections += 1
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                method, path, _ = head.split(" ", 2)
                cookie = next((line[8:] for line in head.split("\r\n") if line.lower().startswith("cookie: ")), "")
                self.asked.append((method, path, cookie))
                writer.write(self._answer(path, cookie))
                await writer.drain()
        writer.close()

    def _answer(self, path, cookie):
        said = self.pages.get(path.partition("?")[0], (404, {}, "<h1>没有这个页面</h1>"))
        said = said(cookie) if callable(said) else said
        status, head, body = said if isinstance(said, tuple) else (200, {}, said)
        media = "text/javascript" if path.endswith(".js") else "text/html; charset=utf-8"
        data = body if isinstance(body, bytes) else body.encode()
        head = {"Content-Type": media, **head, "Content-Length": len(data)}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        return f"HTTP/1.1 {status} Said\r\n{lines}\r\n".encode() + data


@pytest.fixture(scope="session")
def chromium():
    """The path of the browser."""
    return find_program(BrowserSettings()) or pytest.skip("Chromium is not installed")


@pytest.fixture(scope="session")
def visit(chromium, tmp_path_factory):
    """``visit(pages, paths, want, …)`` renders one page after the other, or has ``look(visitor, url)`` do it.

    ``pages`` is told where the stranger is.

    Gives by path what came of it, ``asked`` of the site and whether the stranger was ``reached`` at all.
    """

    def make(pages, paths, want=NOTHING_MORE, **options):
        return asyncio.run(_visit(tmp_path_factory.mktemp("browser"), pages, paths, want, **options))

    return make


async def _visit(
    folder, pages, paths, want, *, limits=BRIEF, own_network=True, recognise=lambda reply: reply, look=None, **how
):
    Ledger.create(folder / "ledger", workers=1)
    async with AsyncExitStack() as held:
        stranger = await Web({"/": "<p>stranger"}).open(STRANGER)
        held.push_async_callback(stranger.close)
        datagrams = held.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        datagrams.bind((STRANGER, stranger.port))
        datagrams.setblocking(False)
        site = await Web({}).open(SITE)
        held.push_async_callback(site.close)
        site.pages = pages(f"{STRANGER}:{stranger.port}") if callable(pages) else pages
        browser = Browser(
            Places(folder, 1), BrowserSettings(own_network=own_network), limits=limits, recognise=recognise
        )
        held.push_async_callback(browser.aclose)
        home = f"http://{SITE}:{site.port}"
        ledger = Ledger(folder / "ledger", 0)
        held.callback(ledger.close)
        net = _way(home, ledger, recognise)
        await held.enter_async_context(net)
        found, asked = {}, {}
        visitor = browser.visitor(net)
        for path in paths:
            before = len(site.asked)
            found[path] = await (look(visitor, home + path) if look else visitor.render(home + path, want, **how))
            asked[path] = site.asked[before:]
        await visitor.aclose()
        with suppress(BlockingIOError):
            stranger.connections += len(datagrams.recv(1))
        return SimpleNamespace(found=found, asked=asked, home=home, reached=stranger.connections, all=site.asked)


def _way(home, ledger, recognise):
    settings = Settings(caller=Caller("Office"), host=FAST, address=FAST, platform=FAST)
    return open_site(
        Site("s1", "示例", (f"{home}/",)),
        engine=Engine(),
        ledger=ledger,
        resolver=Resolver(["127.0.0.1:9"], hosts={"stranger.example": [STRANGER]}, deadline=0.1),
        settings=settings,
        exempt=(f"{SITE}/32",),
        recognise=recognise,
    )
