"""Asks a registry about a domain over port 43 (RFC 3912) and reads the reply: ``key: value`` lines, bounded.

A parser of our own: the general ones hold the times of CNNIC for UTC (eight hours off), drop the whole record over one
odd date, and do not tell "ask less often" from an empty record.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from xuncha.api import Gap, Net, NetError, Reason, Table, read_table
from xuncha_plugins.domain.facts import Registration
from xuncha_plugins.domain.names import ascii_name, readable

PORT = 43
MOST_BYTES = 65_536
_MOST_LINES = 1_000
_LONGEST_VALUE = 300
_YEARS = range(1985, 2200)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]+")


class Registry(Table):
    """One registry: where to ask, how it names its fields, which time it means."""

    suffixes: tuple[str, ...]
    server: str
    zone: str
    domain: tuple[str, ...]
    registrant: tuple[str, ...]
    registered: tuple[str, ...]
    expires: tuple[str, ...]


class _Table(Table):
    registries: tuple[Registry, ...]
    limited: tuple[str, ...]
    absent: tuple[str, ...]
    withheld: tuple[str, ...]


@cache
def _table() -> _Table:
    return read_table(_Table, __package__, "registries.yaml")


def servers() -> tuple[str, ...]:
    """Every server of the table."""
    return tuple(registry.server for registry in _table().registries)


def registry_of(domain: str) -> Registry | None:
    """The registry of a domain's top level; None for one that the table does not have."""
    top = domain.rpartition(".")[2]
    return next((one for one in _table().registries if top in map(ascii_name, one.suffixes)), None)


def usual_registry() -> Registry:
    """The form in which CNNIC answers."""
    return _table().registries[0]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a registry is asked."""

    host: str
    port: int = PORT

    @classmethod
    def of(cls, text: str) -> "Place":
        """From ``host`` or ``host:port``."""
        name, _, port = text.rpartition(":")
        return cls(name, int(port)) if name and port.isdecimal() else cls(text)


async def ask(net: Net, place: Place, domain: str, *, seconds: float) -> str:
    """The reply, all of it within ``seconds``. Raises NetError; too-large where it does not end."""
    stream = await net.connect(place.host, place.port, deadline=seconds, max_bytes=2 * MOST_BYTES)
    heard = bytearray()
    try:
        await stream.send(f"{domain}\r\n".encode())
        while data := await stream.receive():
            heard += data
            if len(heard) > MOST_BYTES:
                raise NetError(Reason.TOO_LARGE, place.host)
    finally:
        await stream.close()
    return decoded(bytes(heard))


def decoded(data: bytes) -> str:
    """UTF-8 or GB18030, whichever it is, without control characters."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    return _CONTROL.sub(" ", text.replace("\r", "\n"))


def fields(text: str) -> dict[str, str]:
    """The ``key: value`` lines of a reply, keys in lower case; of a repeated key the first."""
    found: dict[str, str] = {}
    for line in text.split("\n", _MOST_LINES)[:_MOST_LINES]:
        key, colon, value = line[: 2 * _LONGEST_VALUE].partition(":")
        if colon and (value := value.strip()):
            found.setdefault(key.strip().lower(), value[:_LONGEST_VALUE])
    return found


def moment(raw: str, zone: str) -> datetime | None:
    """A time as registries write it, ``zone`` where it names none itself; None for what is no such time."""
    try:
        found = datetime.fromisoformat(raw.strip().upper())
    except ValueError:
        return None
    if found.year not in _YEARS:
        return None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))


def read(text: str, domain: str, registry: Registry, asked: datetime, *, server: str) -> Registration | Gap:
    """What the reply of ``server`` tells of ``domain``, or why it tells nothing; ``registry`` is whose form it has."""
    said = fields(text)
    if ascii_name(_first(said, registry.domain)) != domain:
        return _without_record(text, domain, server, asked)
    registrant = _first(said, registry.registrant)
    raw_registered, raw_expires = _first(said, registry.registered), _first(said, registry.expires)
    return Registration(
        domain=readable(domain),
        server=server,
        asked=asked,
        registrant="" if _says(registrant, _table().withheld) else registrant,
        registered=moment(raw_registered, registry.zone),
        expires=moment(raw_expires, registry.zone),
        raw_registered=raw_registered,
        raw_expires=raw_expires,
    )


def _without_record(text: str, domain: str, server: str, asked: datetime) -> Registration | Gap:
    if _says(text, _table().limited):
        return Gap(Reason.RATE_LIMITED, detail=f"{server}: {text.strip()[:100]}")
    if _says(text, _table().absent):
        return Registration(readable(domain), server, asked, known=False)
    return Gap(Reason.FACT_MISSING, detail=f"{server} answered without a record of {domain}")


def _first(said: Mapping[str, str], keys: tuple[str, ...]) -> str:
    return next((said[key] for key in keys if key in said), "")


def _says(text: str, words: tuple[str, ...]) -> bool:
    text = text.lower()
    return any(word in text for word in words)
