"""What is inspected, under whose authorisation."""

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum


class SiteKind(StrEnum):
    """网站类型."""

    PORTAL = "portal"
    DEPARTMENT = "department"
    TOPIC = "topic"
    BUSINESS_SYSTEM = "business-system"
    PUBLIC_INSTITUTION = "public-institution"
    SCHOOL_OR_HOSPITAL = "school-or-hospital"
    STATE_ENTERPRISE = "state-enterprise"


class SiteStatus(StrEnum):
    """状态, as declared by the unit."""

    NORMAL = "normal"
    TEMPORARILY_OFFLINE = "temporarily-offline"
    MAINTENANCE = "maintenance"
    CLOSED = "closed"


class Mode(StrEnum):
    """What an authorisation can allow; passive needs no paper."""

    PASSIVE = "passive"
    PROBE = "probe"
    DISGUISE = "disguise"


@dataclass(frozen=True, slots=True)
class Column:
    """栏目; ``deadline_days`` None means: take it from the kind."""

    name: str
    url: str
    kind: str = ""
    level: int | None = None
    deadline_days: int | None = None
    department: str = ""
    exempt: str = ""


@dataclass(frozen=True, slots=True)
class Authorisation:
    """检查授权: who ordered what, for which hosts, from when to when; printed in every report."""

    id: str
    document: str
    ordered_by: str
    domains: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    hours: tuple[time, time] | None = None
    modes: tuple[Mode, ...] = (Mode.PASSIVE,)
    ignore_robots: bool = False
    robots_decision: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """网站. ``urls`` are its entries, the first is the home page; only a name or a URL is mandatory.

    ``former_urls`` are addresses given up for good: they belong to the site's past and are never crawled.
    ``evidence_due`` is until when the unit is to hand in its evidence, where that is another day than the office's.
    """

    id: str
    name: str
    urls: tuple[str, ...]
    sponsor: str = ""
    department: str = ""
    undertaker: str = ""
    operator: str = ""
    site_code: str = ""
    icp: str = ""
    police: str = ""
    kind: SiteKind | None = None
    level: str = ""
    parent_site: str = ""
    platform: str = ""
    hosting: str = ""
    navigation_home: bool = False
    serves_public: bool = True
    status: SiteStatus = SiteStatus.NORMAL
    status_until: date | None = None
    network: tuple[str, ...] = ()
    connect_to: str = ""
    protection_level: int | None = None
    authorisation: Authorisation | None = None
    maintenance: tuple[str, ...] = ()
    yearly_visits: int | None = None
    team_present: bool | None = None
    contacts: tuple[str, ...] = ()
    evidence: str = ""
    columns: tuple[Column, ...] = field(default=())
    former_urls: tuple[str, ...] = ()
    evidence_due: date | None = None

    @property
    def home(self) -> str:
        """The declared entry; empty where only a name is known."""
        return self.urls[0] if self.urls else ""

    def seen_from(self, vantage: str) -> bool:
        """Whether an office at ``vantage`` sees the site as its visitors do; one that said nothing is believed to."""
        return vantage in {"", "intranet" if self.network else "inside"}
