"""The exact list of (site, check) to settle, made before anything is sent, and kept in the bundle.

Every pair ends in exactly one outcome. What can be known beforehand (the kind of site, an announced shutdown, a
missing authorisation, a plugin that did not load) is settled here; the rest goes to the workers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from xuncha.browser.limits import NORMAL
from xuncha.browser.program import BrowserSettings
from xuncha.catalogue import Catalogue, CheckEntry, ProbeEntry
from xuncha.config.binding import Binding
from xuncha.declare import most_requests
from xuncha.model.crawl import Crawl
from xuncha.model.evidence import Evidence
from xuncha.model.message import Params
from xuncha.model.message import params as message_params
from xuncha.model.outcome import NOTHING, Because, Outcome, Recorded, Severity, Status
from xuncha.model.reasons import Reason
from xuncha.model.site import Authorisation, Mode, Site, SiteStatus
from xuncha.profile import Budgets, Profile
from xuncha.registry import PluginRef, fact_name

CRAWL, EVIDENCE = fact_name(Crawl), fact_name(Evidence)


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
    severity: Severity = Severity.MEDIUM
    blurs: bool = False
    blurs_for: tuple[str, ...] = ()
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
    """A probe that some check of this site leans on.

    ``services`` are servers beyond the site that it may ask, ``conversations`` the connections outside HTTP in all.
    ``checks`` are those that lean on it, where it knows to do less for fewer of them; else none are named.
    """

    name: str
    params: dict[str, Any] = field(default_factory=dict)
    requests: int = 0
    connections: int = 0
    services: tuple[str, ...] = ()
    conversations: int = 0
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SitePlan:
    """What is to be done with one site; ``number`` names its folder and its row on the board.

    ``requests`` are the most that it may be sent in all, ``by_browser`` those of them that pages opened in a browser
    may ask for. ``recorded`` are the answers in force that people gave to questions about it.
    """

    number: int
    site: Site
    checks: tuple[PlannedCheck, ...]
    probes: tuple[PlannedProbe, ...] = ()
    crawl: bool = False
    requests: int = 0
    recorded: tuple[Recorded, ...] = ()
    by_browser: int = 0

    @property
    def open_checks(self) -> tuple[PlannedCheck, ...]:
        return tuple(check for check in self.checks if check.status is None)


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """A stored run that ended at ``finished``; ``sites`` maps numbers of sites in this plan to their numbers there."""

    folder: str
    finished: datetime
    sites: dict[int, int]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the run may reach and how it names itself; the lab and tests inject their own.

    ``open_addresses`` are ranges that the address policy opens besides public ones; ``ca_file`` holds extra roots;
    ``registers`` maps kinds (``icp``) to files; ``past`` are the earlier runs that probes may recall, newest first.
    ``office`` is announced in the User-Agent, ``inspector`` is its name in reports where that is another; ``vantage``
    is from where the office says that it looks. ``whois`` (``host:port``) is asked about every domain in place of the
    registries' own servers. ``monitors`` is the folder of what was sampled over days, ``baselines`` the workspace whose
    baselines pages are compared with. ``browser`` is the one that renders pages. ``evidence`` is the folder of what
    units hand in, ``evidence_due`` until when, by piece (see ``Settings``). ``address`` is the outgoing one, as the
    office says.
    """

    office: str = ""
    telephone: str = ""
    authorisation: str = ""
    nameservers: tuple[str, ...] = ()
    open_addresses: tuple[str, ...] = ()
    ca_file: str = ""
    evidence: str = ""
    registers: dict[str, str] = field(default_factory=dict)
    clock: datetime | None = None
    past: tuple[EarlierRun, ...] = ()
    inspector: str = ""
    vantage: str = ""
    whois: str = ""
    monitors: str = ""
    baselines: str = ""
    browser: BrowserSettings = field(default_factory=BrowserSettings)
    evidence_due: dict[str, date] = field(default_factory=dict)
    address: str = ""

    @property
    def probe_params(self) -> dict[str, Any]:
        """What fills parameters of this name where a probe has them and the profile is silent."""
        known = {"ca_file": self.ca_file, "whois": self.whois, "vantage": self.vantage}
        return {name: value for name, value in known.items() if value}


@dataclass(frozen=True, slots=True)
class Borders:
    """What plugins may use: seconds for one call of a check or one step of a probe, bytes of memory for a worker."""

    call_seconds: float = 10
    memory: int = 1_500_000_000


@dataclass(frozen=True, slots=True)
class Plan:
    """A run before it starts. Stored as ``plan.json``; workers read it from there.

    ``rejudges`` names the bundle whose facts are judged again instead of gathering new ones.
    """

    profile: str
    framework: str
    plugins: tuple[PluginRef, ...]
    sites: tuple[SitePlan, ...]
    budgets: Budgets
    borders: Borders = field(default_factory=Borders)
    surroundings: Surroundings = field(default_factory=Surroundings)
    calls: tuple[str, ...] = ()
    rejudges: str = ""

    def numbers(self) -> dict[str, int]:
        """The number by which the board names each check and probe."""
        return {name: number for number, name in enumerate(self.calls)}


@cache
def _adapter() -> TypeAdapter[Plan]:
    return TypeAdapter(Plan)


def to_json(plan: Plan) -> bytes:
    return _adapter().dump_json(plan)


def from_json(data: bytes) -> Plan:
    return _adapter().validate_json(data)


def make_plan(
    catalogue: Catalogue,
    profile: Profile,
    binding: Binding,
    sites: Sequence[Site],
    today: date,
    surroundings: Surroundings | None = None,
    borders: Borders | None = None,
) -> Plan:
    """Profile × loaded plugins × site."""
    around = surroundings or Surroundings()
    in_browser = 0 if around.browser.off else profile.budgets.in_browser
    planner = _Planner(catalogue, profile, binding, today, around.probe_params, in_browser)
    calls = tuple([entry.id for entry in catalogue.checks] + [entry.name for entry in catalogue.probes])
    planned = tuple(planner.site(number, site) for number, site in enumerate(sites))
    return Plan(
        profile=profile.id,
        framework=profile.framework,
        plugins=planner.plugins(planned),
        sites=planned,
        budgets=profile.budgets,
        borders=borders or Borders(),
        surroundings=around,
        calls=calls,
    )


class _Planner:
    """Settles what can be settled beforehand and finds the probes that the rest leans on."""

    def __init__(
        self,
        catalogue: Catalogue,
        profile: Profile,
        binding: Binding,
        today: date,
        around: dict[str, Any],
        in_browser: int,
    ) -> None:
        self._chosen = [entry for entry in catalogue.checks if profile.selects(entry.id)]
        self._failures = {entry.ref.name: entry.failure for entry in catalogue.failed()}
        self._probes = {entry.provides: entry for entry in catalogue.probes}
        self._entries, self._loaded = catalogue.checks, catalogue.loaded()
        self._profile = profile
        self._binding = binding
        self._around = around
        self._by_browser = in_browser * NORMAL.requests
        self._today = today

    def plugins(self, sites: Iterable[SitePlan]) -> tuple[PluginRef, ...]:
        """The plugins behind what is left to settle, and those whose facts they lean on: a worker loads no others."""
        open_checks = {check.check for site in sites for check in site.open_checks}
        chosen, waiting = set[str](), {entry.plugin for entry in self._chosen if entry.id in open_checks}
        while waiting:
            name = waiting.pop()
            chosen.add(name)
            waiting |= self._leans_on(name) - chosen
        return tuple(ref for ref in self._loaded if ref.name in chosen)

    def _leans_on(self, plugin: str) -> set[str]:
        """The plugins that provide what this one's probes and checks need; it does not load without them."""
        probes = [entry for entry in self._probes.values() if entry.plugin == plugin]
        needs = {fact for entry in probes for fact in (*entry.needs, *entry.recalls)}
        needs |= {fact for entry in self._entries if entry.plugin == plugin for fact in entry.wants}
        return {self._probes[fact].plugin for fact in needs if fact in self._probes}

    def site(self, number: int, site: Site) -> SitePlan:
        checks = tuple(self._check(entry, site) for entry in self._chosen)
        still_open = {check.check for check in checks if check.status is None}
        entries = [entry for entry in self._chosen if entry.id in still_open]
        probes = tuple(self._probe(entry, self._leaning_on(entry, entries)) for entry in self._needed(entries))
        wants = {fact for entry in entries for fact in entry.wants} | {
            fact for entry in self._needed(entries) for fact in entry.needs
        }
        crawl = CRAWL in wants or any(entry.per_page for entry in entries)
        pages = self._profile.budgets.pages if crawl else 0
        looks = crawl or any(entry.opens_pages for entry in self._needed(entries))
        by_browser = self._by_browser if looks else 0
        most = pages + by_browser + sum(probe.requests for probe in probes)
        return SitePlan(number, site, checks, probes, crawl, most, by_browser=by_browser)

    def _check(self, entry: CheckEntry, site: Site) -> PlannedCheck:
        planned = PlannedCheck(
            check=entry.id,
            version=entry.meta.version,
            per_page=entry.per_page,
            params=self._binding.params.get(entry.id, {}),
            min_coverage=entry.meta.min_coverage,
            unverified=entry.id in self._binding.unverified,
            messages=tuple(entry.meta.text.messages),
            severity=entry.meta.severity,
            blurs=entry.meta.blurs,
            blurs_for=entry.meta.blurs_for,
        )
        settled = self._beforehand(entry, site)
        return replace(planned, **settled) if settled else planned

    def _beforehand(self, entry: CheckEntry, site: Site) -> dict[str, Any] | None:  # noqa: PLR0911 - rule by rule
        """The status and reason of what needs no look at the site."""
        if entry.plugin in self._failures:
            failure = self._failures[entry.plugin]
            return {"status": Status.ERROR, "reason": Reason.PLUGIN_NOT_LOADED, "error": f"{entry.plugin}: {failure}"}
        if entry.meta.applies_to and site.kind and site.kind not in entry.meta.applies_to:
            return {"status": Status.NOT_APPLICABLE, "reason": Reason.KIND_OF_SITE}
        if not self._profile.allows(entry.meta.requires):
            return {"status": Status.NOT_RUN, "reason": Reason.NOT_SELECTED}
        if announced(site, self._today) and not (entry.meta.asks_closed and site.status is SiteStatus.CLOSED):
            until = message_params(until=site.status_until) if site.status_until else {}
            return {"status": Status.NOT_APPLICABLE, "reason": Reason.ANNOUNCED, "reason_params": until}
        if not authorised(site.authorisation, entry.meta.requires, self._today):
            return {"status": Status.NOT_RUN, "reason": Reason.NOT_AUTHORISED}
        if not site.home and not self._from_evidence(entry):
            return {"status": Status.INCONCLUSIVE, "reason": Reason.NO_ENTRY_URL}
        return None

    def _from_evidence(self, entry: CheckEntry) -> bool:
        """Whether a check judges what was handed in, which needs no address."""
        return from_evidence(entry, self._probes)

    def _leaning_on(self, probe: ProbeEntry, entries: Sequence[CheckEntry]) -> tuple[str, ...]:
        """Those of the checks that lean on a probe, itself or through others; none where it does the same for all."""
        if not probe.shares:
            return ()
        leaning = tuple(entry.id for entry in entries if probe in self._needed([entry]))
        return leaning if probe.shares.keys() >= set(leaning) else ()

    def _probe(self, entry: ProbeEntry, checks: tuple[str, ...]) -> PlannedProbe:
        known = entry.params_schema.get("properties", {})
        around = {name: value for name, value in self._around.items() if name in known}
        params = around | self._binding.probes.get(entry.name, {})
        values = {name: one["default"] for name, one in known.items() if "default" in one} | params
        services = (self._around["whois"],) if entry.services and "whois" in around else entry.services
        most = most_requests(entry.requests, values)
        if checks:
            most = min(most, sum(most_requests(entry.shares[check], values) for check in checks))
        return PlannedProbe(entry.name, params, most, entry.connections, services, entry.conversations, checks)

    def _needed(self, entries: Iterable[CheckEntry]) -> list[ProbeEntry]:
        """The probes behind these checks and behind each other, in the catalogue's order."""
        waiting = [fact for entry in entries for fact in entry.wants]
        found: dict[str, ProbeEntry] = {}
        while waiting:
            probe = self._probes.get(waiting.pop())
            if probe and probe.name not in found:
                found[probe.name] = probe
                waiting += probe.needs
        return [probe for probe in self._probes.values() if probe.name in found]


def from_evidence(entry: CheckEntry, probes: Mapping[str, ProbeEntry]) -> bool:
    """Whether a check leans on handed-in evidence and on nothing that sends anything; ``probes`` by their facts."""
    waiting, seen = list(entry.wants), set[str]()
    while waiting:
        fact = waiting.pop()
        probe = probes.get(fact)
        if fact == CRAWL or (probe and not probe.is_silent):
            return False
        if probe and fact not in seen:
            waiting += probe.needs
        seen.add(fact)
    return EVIDENCE in seen and not entry.per_page


def announced(site: Site, today: date) -> bool:
    """Whether the site is within an announced shutdown or maintenance."""
    return site.status is not SiteStatus.NORMAL and (site.status_until is None or today <= site.status_until)


def authorised(paper: Authorisation | None, mode: Mode, today: date) -> bool:
    """Whether ``mode`` is allowed today; looking passively needs no paper (law 5)."""
    if mode is Mode.PASSIVE:
        return True
    if paper is None or mode not in paper.modes:
        return False
    begun = paper.valid_from is None or paper.valid_from <= today
    return begun and (paper.valid_until is None or today <= paper.valid_until)
