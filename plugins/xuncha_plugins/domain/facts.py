"""What was found out about a domain. Plain values, so that facts can be stored and judged again."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from xuncha.api import Reason


@dataclass(frozen=True, slots=True)
class Registration:
    """What the registry told of ``domain`` at ``asked``. ``raw_…`` are its own words, the moments know their zone.

    ``known`` is False where the registry has no such domain; ``registrant`` is empty where it is not public. Where it
    is ``shared``, the site lies below a government domain that is registered for another, and nobody was asked.
    """

    domain: str
    server: str
    asked: datetime
    shared: bool = False
    known: bool = True
    registrant: str = ""
    registered: datetime | None = None
    expires: datetime | None = None
    raw_registered: str = ""
    raw_expires: str = ""


@dataclass(frozen=True, slots=True)
class NameServer:
    """One server of a zone. ``denied``: its own name does not exist; ``reason``: why its addresses are not known."""

    name: str
    addresses: tuple[str, ...] = ()
    denied: bool = False
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class NameServers:
    """The servers of the zone in which the site's host lies; ``shared`` where the zone is another's."""

    host: str
    zone: str
    shared: bool
    servers: tuple[NameServer, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class CaaRecords:
    """Who may issue certificates for ``host``: the records of the nearest name that has some (RFC 8659), ``at``."""

    host: str
    shared: bool
    at: str = ""
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MailRecords:
    """What ``domain`` publishes for mail: receivers (MX), SPF records, DMARC records, as texts."""

    domain: str
    shared: bool
    receivers: tuple[str, ...] = ()
    spf: tuple[str, ...] = ()
    dmarc: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alias:
    """A name that is a CNAME; ``chain`` leads from its first to its last target.

    ``denied``: the last target certainly does not exist; ``claimable``: nor does the domain it lies in, so that anybody
    could register it. ``reason``: why neither is known. ``declared`` where the name is an entry of the site.
    """

    name: str
    chain: tuple[str, ...]
    declared: bool
    denied: bool = False
    claimable: bool = False
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Aliases:
    """The aliases among the site's names; ``unknown`` names got no answer, for ``reason``."""

    looked_at: int
    aliases: tuple[Alias, ...]
    unknown: int = 0
    reason: Reason | None = None
    complete: bool = True


class Chain(StrEnum):
    """Where validation against the parent's DS led; ``unknown`` where it could not be done."""

    SECURE = "secure"
    UNSIGNED = "unsigned"
    ISLAND = "island"
    BROKEN = "broken"
    UNKNOWN = "unknown"


class Fault(StrEnum):
    """What breaks the chain."""

    NO_KEYS = "no-keys"
    NO_MATCH = "no-match"
    UNSIGNED = "records-unsigned"
    EXPIRED = "expired"
    EARLY = "not-yet-valid"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Dnssec:
    """The zone's signatures at ``at``. ``record`` is the kind that failed, ``until`` when its signature ended."""

    zone: str
    shared: bool
    at: datetime
    chain: Chain
    fault: Fault | None = None
    record: str = ""
    until: datetime | None = None
    reason: Reason | None = None
