"""A WHOIS server that answers in the form of CNNIC, the registry of .cn. Its times are Beijing time."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from xuncha.lab.conversations import Conversations
from xuncha.lab.spec import LabSite

_LONGEST_QUESTION = 256
_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Registration:
    """What the registry knows of a domain."""

    domain: str
    registrant: str
    registered: datetime
    expires: datetime


def record(registration: Registration) -> str:
    """The answer for a registered domain."""
    lines = (
        ("Domain Name", registration.domain),
        ("ROID", "20030317s10001s00000012-cn"),
        ("Domain Status", "ok"),
        ("Registrant", registration.registrant),
        ("Registrant Contact Email", f"admin@{registration.domain}"),
        ("Sponsoring Registrar", "示例域名注册服务机构"),
        ("Name Server", f"ns1.{registration.domain}"),
        ("Name Server", f"ns2.{registration.domain}"),
        ("Registration Time", f"{registration.registered:%Y-%m-%d %H:%M:%S}"),
        ("Expiration Time", f"{registration.expires:%Y-%m-%d %H:%M:%S}"),
        ("DNSSEC", "unsigned"),
    )
    return "".join(f"{name}: {value}\r\n" for name, value in lines)


_CONTRACTOR = "示例科技有限公司"


def registrations(sites: Iterable[LabSite], now: datetime) -> tuple[Registration, ...]:
    """The domains of ``sites``, each for the first of them, and one that has expired."""
    long_ago = now - timedelta(days=8000)
    found = {"parked.example": Registration("parked.example", _CONTRACTOR, long_ago, now - timedelta(days=40))}
    for site in sites:
        ends = now + timedelta(days=20 if "domain-expiring" in site.faults else 500)
        holder = _CONTRACTOR if "domain-of-another" in site.faults else site.sponsor
        found.setdefault(site.domain, Registration(site.domain, holder, long_ago, ends))
    return tuple(found.values())


class WhoisServer:
    """Answers one question per connection from what ``known`` tells then. ``address`` is (host, port)."""

    def __init__(self, known: Callable[[], tuple[Registration, ...]]) -> None:
        self._known = known
        self._server: asyncio.Server | None = None
        self._conversations = Conversations(self._answer, _SECONDS)
        self.address = ("", 0)

    async def open(self, host: str) -> None:
        """Start on a free port of ``host``."""
        self._server = await asyncio.start_server(self._conversations.accept, host, 0, limit=_LONGEST_QUESTION)
        self.address = (host, self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Stop answering."""
        if self._server:
            self._server.close()
        await self._conversations.end()

    def text(self, question: str) -> str:
        """The registry's answer. Names below a registered domain have no registration of their own."""
        asked = question.strip().rstrip(".").lower()
        registration = next((one for one in self._known() if one.domain == asked), None)
        return record(registration) if registration else "No matching record.\r\n"

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        question = await reader.readline()
        writer.write(self.text(question.decode("utf-8", "replace")).encode())
        await writer.drain()
