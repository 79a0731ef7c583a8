"""Learns whether an endpoint speaks TLCP or TLS 1.3 with SM suites, by hellos of our own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from xuncha.api import Net, Reason
from xuncha_plugins.tls import tlcp
from xuncha_plugins.tls.answer import TLS13, Answer
from xuncha_plugins.tls.certificates import read_all
from xuncha_plugins.tls.facts import TlcpEndpoint
from xuncha_plugins.tls.talk import Heard, say

CONNECTIONS = len(tlcp.TLCP_SUITES) + len(tlcp.TLS13_SUITES) + 3
"""The most that ``greet_sm`` opens, one after the other."""


@dataclass(frozen=True, slots=True)
class SmSpeaker:
    """Sends hellos of the Chinese protocols to one endpoint, each within ``seconds``."""

    net: Net
    host: str
    port: int
    seconds: float

    async def say(self, hello: bytes) -> Heard:
        """The answer to one hello."""
        return await say(self.net, self.host, self.port, hello, Answer(tlcp.MAJORS), deadline=self.seconds)


Offer = Callable[[Iterable[int]], bytes]


async def greet_sm(speaker: SmSpeaker) -> TlcpEndpoint:
    """What our hellos told. Nobody there and silence end it early: neither protocol could be told."""
    first, offer = await _opening(speaker)
    if not first.connected or first.problem is Reason.TIMEOUT:
        return TlcpEndpoint(speaker.host, speaker.port, reason=first.problem)
    accepted = await _accepted(speaker, offer, first, set(tlcp.TLCP_SUITES), tlcp.VERSION)
    certificates, _ = read_all(first.flight.certificates) if accepted else ((), 0)

    def offer13(suites: Iterable[int]) -> bytes:
        return tlcp.tls13_hello(suites, speaker.host)

    first13 = await speaker.say(offer13(tlcp.TLS13_SUITES))
    accepted13 = await _accepted(speaker, offer13, first13, set(tlcp.TLS13_SUITES), TLS13)
    silent = first13.problem is Reason.TIMEOUT or not first13.connected
    return TlcpEndpoint(
        speaker.host,
        speaker.port,
        tlcp=bool(accepted),
        suites=tuple(tlcp.TLCP_SUITES[number] for number in accepted),
        certificates=certificates,
        client_certificate=bool(accepted) and first.flight.client_certificate,
        tls13=None if silent else bool(accepted13),
        tls13_suites=tuple(tlcp.TLS13_SUITES[number] for number in accepted13),
        reason=first13.problem if silent else None,
    )


async def _opening(speaker: SmSpeaker) -> tuple[Heard, Offer]:
    """The answer to a TLCP hello, and the form of hello to go on with: some servers refuse any extension."""

    def named(suites: Iterable[int]) -> bytes:
        return tlcp.tlcp_hello(suites, speaker.host, named=True)

    def bare(suites: Iterable[int]) -> bytes:
        return tlcp.tlcp_hello(suites, speaker.host, named=False)

    first = await speaker.say(named(tlcp.TLCP_SUITES))
    if first.flight.version == tlcp.VERSION or not first.connected or first.problem is Reason.TIMEOUT:
        return first, named
    return await speaker.say(bare(tlcp.TLCP_SUITES)), bare


async def _accepted(speaker: SmSpeaker, offer: Offer, heard: Heard, left: set[int], version: int) -> list[int]:
    """The suites that the server chose, each taken from the next offer, until it refuses."""
    found: list[int] = []
    while heard.flight.version == version and heard.flight.suite in left:
        found.append(heard.flight.suite)
        left.discard(heard.flight.suite)
        if not left:
            break
        heard = await speaker.say(offer(sorted(left)))
    return found
