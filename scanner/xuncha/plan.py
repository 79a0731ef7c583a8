"""The exact list of (site, check) to settle, made before anything is sent, and kept in the bundle.

Every pair ends in exactly one outcome. What can be known beforehand (the kind of site, an announced shutdown, a
missing authorisation, a plugin that did not load) is settled here; the rest goes to the workers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter

from xuncha.catalogue import Catalogue, CheckEntry, ProbeEntry
from xuncha.model.crawl import Crawl
from xuncha.model.message import Params
from xuncha.model.message import params as message_params
from xuncha.model.outcome import NOTHING, Because, Outcome, Status
from xuncha.model.reasons import Reason
from xuncha.model.site import Authorisation, Mode, Site, SiteStatus
from xuncha.profile import Profile
from xuncha.registry import PluginRef, fact_name

CRAWL = fact_name(Crawl)


@dataclass(frozen=True, slots=True)
class PlannedCheck:
    """A check on one site. With ``status`` it is already settled, for ``reason``; ``error`` names what failed."""

    check: str
    version: str
    per_page: bool = False
    params: dict[str, Any] = field(default_factory=dict)
    min_coverage: float = 0.8
    unverified: bool = False
    messages: tuple[str, ...] = ()
    status: Status | None = None
    reason: Reason | None = None
    reason_params: Params = field(default_factory=dict)
    error: str = ""

    def outcome(self, site: str) -> Outcome:
        """The outcome of a check that was settled beforehand."""
        assert self.status is not None
        because = Because(self.reason, self.reason_params) if self.reason else None
        return Outcome(site, self.check, self.version, self.status, because, NOTHING, error=self.error)


@dataclass(frozen=True, slots=True)
class PlannedProbe:
    """A probe that some check of this site leans on."""

    name: str
    params: dict[str, Any] = field(default_factory=dict)
    requests: int = 0
    connections: int = 0


@dataclass(frozen=True, slots=True)
class SitePlan:
    """What is to be done with one site; ``number`` names its folder and its row on the board."""

    number: int
    site: Site
    checks: tuple[PlannedCheck, ...]
    probes: tuple[PlannedProbe, ...] = ()
    crawl: bool = False
    requests: int = 0

    @property
    def open_checks(self) -> tuple[PlannedCheck, ...]:
        return tuple(check for check in self.checks if check.status is None)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the run may reach and how it names itself; the lab and tests inject their own.

    ``open_addresses`` are ranges that the address policy opens besides public ones; ``ca_file`` holds extra roots;
    ``registers`` maps kinds (``icp``) to files.
    """

    contact: str = ""
    nameservers: tuple[str, ...] = ()
    open_addresses: tuple[str, ...] = ()
    ca_file: str = ""
    evidence: str = ""
    registers: dict[str, str] = field(default_factory=dict)
    clock: datetime | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What one site may cost; from the profile's ``budgets``."""

    pages: int = 2000
    depth: int = 6
    seconds: float = 3600
    bytes: int = 1_000_000_000
    page_bytes: int = 8_000_000
    requests_per_second: float = 4
    concurrency: int = 4
    external_links: int = 2000
    call_seconds: float = 10
    memory: int = 1_500_000_000


@dataclass(frozen=True, slots=True)
class Plan:
    """A run before it starts. Stored as ``plan.json``; workers read it from there."""

    profile: str
    framework: str
    plugins: tuple[PluginRef, ...]
    sites: tuple[SitePlan, ...]
    limits: Limits = field(default_factory=Limits)
    surroundings: Surroundings = field(default_factory=Surroundings)
    calls: tuple[str, ...] = ()

    def numbers(self) -> dict[str, int]:
        """The number by which the board names each check and probe."""
        return {name: number for number, name in enumerate(self.calls)}


_ADAPTER: TypeAdapter[Plan] = TypeAdapter(Plan)


def to_json(plan: Plan) -> bytes:
    return _ADAPTER.dump_json(plan)


def from_json(data: bytes) -> Plan:
    return _ADAPTER.validate_json(data)


def make_plan(
    catalogue: Catalogue,
    profile: Profile,
    sites: Sequence[Site],
    today: date,
    surroundings: Surroundings | None = None,
    limits: Limits | None = None,
) -> Plan:
    """Profile × loaded plugins × site."""
    chosen = [entry for entry in catalogue.checks if profile.selects(entry.id)]
    failures = {entry.ref.name: entry.failure for entry in catalogue.failed()}
    planner = _Planner(catalogue, profile, chosen, failures, today, limits or limits_of(profile))
    planned = tuple(planner.site(number, site) for number, site in enumerate(sites))
    calls = tuple([entry.id for entry in catalogue.checks] + [entry.name for entry in catalogue.probes])
    return Plan(
        profile.id,
        profile.framework,
        catalogue.loaded(),
        planned,
        planner.limits,
        surroundings or Surroundings(),
        calls,
    )
