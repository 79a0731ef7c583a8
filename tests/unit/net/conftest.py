"""The whole policy half with an engine that plays planned answers instead of sending."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason
from xuncha.model.site import Site
from xuncha.net.client import open_site
from xuncha.net.engine import RawReply
from xuncha.net.ledger import Ledger, Limit
from xuncha.net.resolver import Resolver
from xuncha.net.settings import Settings

NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
FAST = Limit(rate=1e6, concurrent=50, burst=50)
HOME = "http://www.example.gov.cn/"
_OF_THE_WAY = ("exempt", "hosts", "recognise", "elsewhere", "spent", "noted")


@pytest.fixture(name="raw")
def raw_reply():
    return raw


@pytest.fixture
def paced():
    """Settings without pace."""
    return lambda **options: Settings(**{"host": FAST, "address": FAST, "platform": FAST, "service": FAST} | options)


def raw(status=200, body=b"", /, *, seconds=0.1, **headers):
    """An answer of the engine; header names with underscores, values may be lists."""
    pairs = [(name.replace("_", "-"), value) for name, value in headers.items()]
    flat = tuple((name, each) for name, value in pairs for each in (value if isinstance(value, list) else [value]))
    return RawReply(
        *(status, "", flat, body), truncated=False, seconds=seconds, address="", http_version="1.1", reader="strict",
        tls=None, wire_bytes=len(body),
    )  # fmt: skip


@dataclass
class PlannedEngine:
    """Answers by URL, or by (URL, address): a reply, a reason, a list of them, or a function of the headers."""

    answers: dict
    sent: list = field(default_factory=list)
    closed: bool = False

    async def send(self, target, address, method, headers, caps):
        self.sent.append((method, target.url, address, dict(headers), caps))
        answer = self.answers.get((target.url, address), self.answers.get(target.url, raw(404)))
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if callable(answer):
            answer = answer(headers)
        if isinstance(answer, Reason):
            raise NetError(answer, target.url)
        return answer

    async def aclose(self):
        self.closed = True

    @property
    def urls(self):
        """What was sent, robots.txt left out."""
        return [url for _, url, *_ in self.sent if not url.endswith("/robots.txt")]

    @property
    def addresses(self):
        return [address for _, url, address, *_ in self.sent if not url.endswith("/robots.txt")]


@pytest.fixture
def world(tmp_path):
    """``world(answers, names, site options…)`` gives a SiteNet; its ``engine`` tells what was sent."""
    ledgers = []

    def make(answers=None, names=None, *, settings=None, ledger=None, urls=(HOME,), clock=lambda: NOON, **options):
        keywords = {key: options.pop(key) for key in _OF_THE_WAY if key in options}
        if ledger is None:
            Ledger.create(tmp_path / "ledger", workers=2)
            ledger = Ledger(tmp_path / "ledger", 0)
            ledgers.append(ledger)
        names = {"www.example.gov.cn": ["223.5.5.5"], **(names or {})}
        engine = PlannedEngine(answers or {HOME: raw()})
        net = open_site(
            Site("s1", "示例", urls, **options),
            engine=engine,
            ledger=ledger,
            resolver=Resolver(["127.0.0.1:9"], hosts=names, deadline=0.01),
            settings=settings or Settings(host=FAST, address=FAST, platform=FAST),
            clock=clock,
            **keywords,
        )
        net.engine, net.ledger = engine, ledger
        return net

    yield make
    for ledger in ledgers:
        ledger.close()


@pytest.fixture
def fetched():
    """What a fetch gave: the reply, or the reason of its NetError."""

    def fetch(net, url=HOME, **options):
        async def run():
            async with net:
                return await net.fetch(url, **options)

        try:
            return asyncio.run(run())
        except NetError as error:
            return error.reason

    return fetch
