"""Learns protocols, weak suites and the certificate of an endpoint by hellos of our own: a dozen connections.

Where sslyze gives up (SM2 chains, tiny groups, SSL 2.0) this still sees, and where sslyze is silently throttled it
contradicts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from xuncha.api import Net, Reason
from xuncha_plugins.tls.answer import Answer, Ssl2Answer
from xuncha_plugins.tls.facts import Protocol, Suite, Suites, Version
from xuncha_plugins.tls.hello import NUMBERS, VERSIONS, one_version
from xuncha_plugins.tls.suites import EPHEMERAL_DH, WEAK, name_of
from xuncha_plugins.tls.talk import Heard, say

_ORDER = (Version.TLS12, Version.TLS13, Version.TLS11, Version.TLS10, Version.SSL3, Version.SSL2)
_IN_CLEAR = (Version.TLS12, Version.TLS11, Version.TLS10, Version.SSL3)
_MAX_WEAK = 10
CONNECTIONS = len(_ORDER) + _MAX_WEAK + 3
"""The most that ``greet`` opens, one after the other."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Sends hellos to one endpoint, each within ``seconds``."""

    net: Net
    host: str
    port: int
    seconds: float

    async def ask(self, version: Version, suites: Sequence[int] = ()) -> Heard:
        """The answer to a hello of one version."""
        parser = Ssl2Answer() if version is Version.SSL2 else Answer()
        hello = one_version(version, self.host, suites)
        return await say(self.net, self.host, self.port, hello, parser, deadline=self.seconds)


@dataclass(frozen=True, slots=True)
class Greeting:
    """What our hellos told. ``chain`` is DER as sent, empty where the server speaks only TLS 1.3."""

    offered: bool | None
    reason: Reason | None = None
    protocols: tuple[Protocol, ...] = ()
    suites: Suites = field(default_factory=Suites)
    chain: tuple[bytes, ...] = ()
    chain_problem: Reason | None = None


async def greet(speaker: Speaker) -> Greeting:
    """All that our own hellos can tell of an endpoint."""
    heard: dict[Version, Heard] = {}
    for version in _ORDER:
        heard[version] = await speaker.ask(version)
        if _hopeless(heard):
            break
    good = next((version for version in _ORDER if version in heard and _took(version, heard[version])), None)
    if good is None:
        return Greeting(*_why_not(heard.values()))
    throttled = _hung_up(heard.values()) and not (await speaker.ask(good)).flight.greeted
    protocols = tuple(_protocol(version, one, throttled=throttled) for version, one in heard.items())
    return Greeting(
        offered=True,
        protocols=protocols,
        suites=await _suites(speaker, heard),
        chain=next((one.flight.certificates for one in heard.values() if one.flight.certificates), ()),
        chain_problem=next((one.problem for one in heard.values() if one.flight.greeted and one.problem), None),
    )


def _hopeless(heard: dict[Version, Heard]) -> bool:
    """Whether asking for more versions would only repeat what is known: nobody there, silence, or another protocol."""
    answers = list(heard.values())
    if answers[0].problem is Reason.TIMEOUT:
        return len(answers) > 1 and answers[1].problem is Reason.TIMEOUT
    if not answers[0].connected:
        return True
    return len(answers) > 1 and all(one.problem is Reason.NOT_TLS for one in answers)


def _took(version: Version, heard: Heard) -> bool:
    """Whether the server accepted exactly this version."""
    return heard.flight.greeted and (version is Version.SSL2 or heard.flight.version == NUMBERS[version])


def _hung_up(answers: Iterable[Heard]) -> bool:
    return any(one.problem in {Reason.RESET, Reason.TIMEOUT} or not one.connected for one in answers)


def _why_not(answers: Iterable[Heard]) -> tuple[bool | None, Reason]:
    """Whether TLS is surely not offered (False) or could not be told (None), and why."""
    found = list(answers)
    first = found[0].problem or Reason.TLS_FAILED
    if any(one.speaks_tls for one in found):
        return None, Reason.TLS_FAILED
    shut = first is Reason.REFUSED and not found[0].connected
    return (False if shut or first is Reason.NOT_TLS else None), first


def _protocol(version: Version, heard: Heard, *, throttled: bool) -> Protocol:
    if _took(version, heard):
        return Protocol(version, offered=True)
    if throttled and not heard.speaks_tls:
        return Protocol(version, offered=None, reason=Reason.BLOCKED_DURING_RUN)
    if heard.flight.greeted or heard.refused:
        return Protocol(version, offered=False)
    return Protocol(version, offered=None, reason=heard.problem)


async def _suites(speaker: Speaker, heard: dict[Version, Heard]) -> Suites:
    """The suites that the server chose, then every weak one that it takes when nothing else is on offer."""
    chosen = [_suite(one) for one in heard.values() if one.flight.greeted and one.flight.suite]
    ssl2 = [Suite(Version.SSL2, name) for one in heard.values() for name in one.flight.specs]
    highest = next((version for version in _IN_CLEAR if version in heard and _took(version, heard[version])), None)
    if highest is None:
        return Suites((*chosen, *ssl2))
    group = await speaker.ask(highest, list(EPHEMERAL_DH))
    if group.flight.greeted:
        chosen.append(_suite(group))
    weak, reason = await _weak(speaker, highest)
    return Suites(tuple(dict.fromkeys((*chosen, *ssl2, *weak))), reason)


async def _weak(speaker: Speaker, version: Version) -> tuple[list[Suite], Reason | None]:
    """Weak suites one by one, each taken from the next offer, until the server refuses; the reason if it didn't."""
    left, found = list(WEAK), list[Suite]()
    for _ in range(_MAX_WEAK):
        heard = await speaker.ask(version, left)
        if heard.refused:
            return found, await _still_there(speaker, version, heard)
        if not heard.flight.greeted or heard.flight.suite not in left:
            return found, heard.problem or Reason.MALFORMED_REPLY
        found.append(_suite(heard))
        left.remove(heard.flight.suite)
    return found, Reason.BUDGET_REACHED


async def _still_there(speaker: Speaker, version: Version, refusal: Heard) -> Reason | None:
    """None where the refusal was meant: an alert says so; one who merely hangs up must still greet a sound hello."""
    if refusal.speaks_tls or (await speaker.ask(version)).flight.greeted:
        return None
    return Reason.BLOCKED_DURING_RUN


def _suite(heard: Heard) -> Suite:
    flight = heard.flight
    return Suite(VERSIONS.get(flight.version, Version.TLS12), name_of(flight.suite), flight.dh_bits)
