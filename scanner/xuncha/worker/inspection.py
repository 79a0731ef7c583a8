"""One site from plan to outcomes: crawl and probes gather, checks judge, the bundle keeps."""

import time
from asyncio import to_thread
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from xuncha.baseline.book import FOLDER, PICTURES
from xuncha.baseline.handing import approved_first, baseline_of
from xuncha.browser.places import Places, as_many_as_fit, shared_folder
from xuncha.browser.service import Browser
from xuncha.declare import ProbeSpec, arguments, recalls
from xuncha.documents.ration import Ration
from xuncha.documents.reader import DocumentReader
from xuncha.evidence.gathering import deadlines_of, evidence_of, folder_of, is_refused
from xuncha.gather.page_probes import PageGatherer
from xuncha.gather.probes import BoundProbe, Gathering
from xuncha.judge import BoundCheck, PageJudge, describe, judge, settled
from xuncha.model.assignment import Assignment, Progress
from xuncha.model.availability import availability
from xuncha.model.clock import Clock, day_of
from xuncha.model.crawl import Crawl
from xuncha.model.documents import Documents
from xuncha.model.evidence import Evidence
from xuncha.model.fact import Gap
from xuncha.model.files import Files, FolderFiles
from xuncha.model.netapi import Net
from xuncha.model.outcome import Outcome, Recorded, Status
from xuncha.model.pictures import Pictures
from xuncha.model.prints import Baseline
from xuncha.model.reasons import Reason
from xuncha.model.rendered import Renderer
from xuncha.model.sampling import HomeSamples
from xuncha.model.site import Mode, Site
from xuncha.monitor.recall import recalled
from xuncha.net.client import SiteNet
from xuncha.page import Page
from xuncha.pictures.album import message_of, shunned, wishes
from xuncha.plan import Plan, PlannedCheck, SitePlan
from xuncha.registers import Registers
from xuncha.registry import Registry, fact_name, load
from xuncha.store.bundle import Bundle, SiteStats
from xuncha.store.pictures import Album
from xuncha.worker import quarantine
from xuncha.worker.account import Account
from xuncha.worker.after_pictures import as_kept, marked, naming_kept, quoting_none
from xuncha.worker.board import JOURNAL, Pen
from xuncha.worker.camera import Camera
from xuncha.worker.crawling import crawl_site
from xuncha.worker.doors import Doors, Knocking
from xuncha.worker.facts import JournalFacts, JournalProgress, stored_facts
from xuncha.worker.journal import Journal
from xuncha.worker.leavings import leave, take_over, write
from xuncha.worker.network import Network
from xuncha.worker.past import past
from xuncha.worker.photographing import photograph
from xuncha.worker.renders import Renders
from xuncha.worker.second_look import SecondLook
from xuncha.worker.shooting import Whose
from xuncha.worker.watch import Watch


@dataclass(slots=True)
class Panel:
    """The checks of one site: those settled already, those over facts, those over pages; and who gathers from pages."""

    settled: list[Outcome]
    facts: list[BoundCheck]
    pages: list[PageJudge]
    gatherers: list[PageGatherer] = field(default_factory=list)

    def see(self, page: Page) -> None:
        """Show a page to every page probe and page check."""
        for gatherer in self.gatherers:
            gatherer.visit(page)
        for page_judge in self.pages:
            page_judge.visit(page)

    def conclude(self, site: Site, facts: Mapping[type, object], watch: Watch) -> list[Outcome]:
        """Every outcome, in the plan's order of kinds: settled, over facts, over pages."""
        crawl = facts.get(Crawl, Gap(Reason.FACT_MISSING))
        assert isinstance(crawl, Crawl | Gap)
        over_facts = [judge(check, site, facts, watch) for check in self.facts]
        return self.settled + over_facts + [page_judge.outcome(crawl) for page_judge in self.pages]


class Inspector:
    """What a worker shares between its sites: the loaded plugins, the board, the way to the network."""

    def __init__(self, run: Path, plan: Plan, pen: Pen, number: int) -> None:
        self._bundle = Bundle(run)
        self._plan = plan
        self._pen = pen
        self._numbers = plan.numbers()
        self._registry: Registry = load(plan.plugins, texts=False)
        self._checks = {spec.id: spec for spec in self._registry.checks()}
        self._probes = {spec.name: spec for spec in self._registry.probes()}
        self._page_facts = {spec.provides for spec in self._registry.probes() if spec.per_page}
        self._network = Network(run, plan, number)
        self._registers = Registers(plan.surroundings.registers)
        self._documents = DocumentReader()
        self._browser = _browser(run, plan, self._network)
        self._monitors = Path(plan.surroundings.monitors) if plan.surroundings.monitors else None
        meta = self._bundle.meta()
        self._run, self._vantage = meta.id, meta.vantage
        self._started, self._seal = meta.started, meta.seal
        self.pages = 0
        self._ahead: dict[int, int] = {}

    def beat(self, seconds: float) -> None:
        """Say on the board that the loop is alive and how far it is, and that it will again after ``seconds``."""
        self._network.stopwatch.beat(seconds)
        self._pen.beat(self.pages, self._network.requests, self._network.received, sum(self._ahead.values()))

    async def inspect(self, planned: SitePlan) -> int:
        """Settle one site and write it down. Returns how many pages it had."""
        if self._plan.rejudges:
            self._rejudge(planned, Bundle(Path(self._plan.rejudges)))
        else:
            await self._inspect(planned)
        return self._bundle.read_stats(planned.number).pages

    def _rejudge(self, planned: SitePlan, old: Bundle) -> None:
        """Judge the facts of an earlier run; what page checks said then is taken over."""
        site, number = planned.site, planned.number
        before = {outcome.check: outcome for outcome in old.read_outcomes(number)}
        panel = self._panel(planned, {})
        kept = [Baseline, Evidence, *(spec.provides for spec in self._registry.probes())]
        facts = stored_facts(old, number, {fact_name(fact): fact for fact in kept})
        for one in panel.pages:
            missing = settled(one.check, site, Status.INCONCLUSIVE, Reason.FACT_MISSING)
            panel.settled.append(before.get(one.check.id, missing))
        panel.pages.clear()
        outcomes = take_over(old, self._bundle, planned, panel.conclude(site, facts, self._watch(planned)))
        write(self._bundle, planned, outcomes, facts, old.read_stats(number))

    async def _inspect(self, planned: SitePlan) -> None:
        """Gather, judge and write down. What was journaled before is replayed, not gathered again."""
        folder = self._bundle.site_folder(planned.number, planned.site.id)
        journal = Journal(folder / JOURNAL)
        account, begun = Account(journal), time.process_time()
        try:
            self._note_availability(planned)
            async with (
                self._network.of(planned.site, account) as net,
                self._rendering(planned, net, journal) as (renders, camera),
            ):
                aside = quarantine.read(folder)
                looking = self._looking(planned, renders)
                panel, facts = await self._look(
                    planned, net, journal, aside, account.seconds_before, renders, looking, camera
                )
                outcomes = panel.conclude(planned.site, facts, self._watch(planned))
                album = await self._photographed(planned, camera, outcomes, facts, journal)
                if camera.secret:
                    outcomes, facts = self._reconsidered(planned, panel, outcomes, facts, camera.secret)
                outcomes, facts = naming_kept(album, outcomes), as_kept(album, facts)
            # In a thread, because a large site takes seconds: the loop keeps the other sites' deadlines and our beat.
            stats, workspace = _stats(account, facts, begun, looking), self._plan.surroundings.baselines
            pictures = Path(workspace) / FOLDER / PICTURES if workspace else None
            await to_thread(leave, self._bundle, planned, outcomes, facts, stats, journal, album, pictures)
        finally:
            journal.close()
            self._ahead.pop(planned.number, None)
        (folder / JOURNAL).unlink(missing_ok=True)

    def _note_availability(self, planned: SitePlan) -> None:
        """What the monitor saw, for reports."""
        sampled = availability(self._sampled(planned.site))
        if sampled:
            self._bundle.write_availability(planned.number, planned.site.id, sampled)

    @asynccontextmanager
    async def _rendering(
        self, planned: SitePlan, net: SiteNet, journal: Journal
    ) -> AsyncIterator[tuple[Renders, Camera]]:
        """A browser for the site's pages and for pictures of them, as far as the profile allows for it."""
        visitor = self._browser.visitor(net.bound(asker="browser"))
        budgets, number = self._plan.budgets, planned.number
        kept = sum(probe.spec.renders for probe in self._planned_probes(planned, per_page=False))
        doors = Doors()
        renders = Renders(journal, visitor, budgets.renders, kept, doors)
        whose = Whose(number, self._bundle.site_folder(number, planned.site.id), self._run, self._vantage)
        by_camera = Knocking(visitor.beside(net.bound(asker="pictures")), doors)
        try:
            yield renders, Camera(whose, by_camera, journal, budgets.pictures, renders.forget)
        finally:
            await visitor.aclose()

    async def _photographed(
        self,
        planned: SitePlan,
        camera: Camera,
        outcomes: Sequence[Outcome],
        facts: Mapping[type, object],
        journal: Journal,
    ) -> Album:
        """The site's pictures, of the home page and of pages with findings."""
        severities = {check.check: check.severity for check in planned.checks}
        harmful = {check.check for check in planned.checks if check.blurs}
        harmful |= {message_of(check.check, key) for check in planned.checks for key in check.blurs_for}
        wished = wishes(outcomes, facts.get(Crawl), severities, harmful)
        camera.shunned = shunned(outcomes, facts.get(Crawl), harmful)
        return await photograph(camera, wished, self._plan.budgets.pictures, journal)

    def _reconsidered(
        self,
        planned: SitePlan,
        panel: Panel,
        outcomes: Sequence[Outcome],
        facts: Mapping[type, object],
        secret: frozenset[str],
    ) -> tuple[list[Outcome], dict[type, object]]:
        """Judged once more, now that the camera has seen marks of secrecy; checks over pages stay by what they saw."""
        facts, watch = marked(facts, secret), self._watch(planned)
        again = {check.spec.id: judge(check, planned.site, facts, watch) for check in panel.facts}
        return quoting_none([again.get(one.check, one) for one in outcomes], secret), facts

    def _looking(self, planned: SitePlan, renders: Renders) -> SecondLook | None:
        """Who opens those pages of the crawl in the browser that need it."""
        if not (planned.crawl and self._plan.budgets.renders):
            return None
        return SecondLook(renders, self._network.recogniser.recognise)

    async def _look(
        self,
        planned: SitePlan,
        net: SiteNet,
        journal: Journal,
        set_aside: Mapping[str, Reason],
        seconds_before: float,
        renders: Renders,
        looking: SecondLook | None,
        camera: Camera,
    ) -> tuple[Panel, dict[type, object]]:
        panel = self._panel(planned, set_aside)
        panel.gatherers = self._gatherers(planned, set_aside)
        documents = Ration(self._documents)
        shared: dict[type, object] = {Documents: documents, Renderer: renders, Pictures: camera}
        gathering = self._gathering(planned, net, journal, shared, set_aside)
        baseline = await self._baseline_of(planned, panel)
        if planned.crawl:
            on_page, on_progress = partial(self._see, panel), partial(self._look_ahead, planned.number)
            site, scope, budgets = planned.site, self._network.scope(planned.site), self._plan.budgets
            first = approved_first(baseline)
            looks = crawl_site(site, scope, budgets, net, journal, on_page, seconds_before, on_progress, first, looking)
            gathering.offer(Crawl, looks)
        if baseline is not None:
            gathering.lend(Baseline, lambda: baseline)
        if Evidence in self._wanted(panel, planned):
            gathering.provide(Evidence, self._evidence_of(planned.site, documents))
        for one in panel.gatherers:
            gathering.offer(one.spec.provides, gathering.after(Crawl, one.conclude))
        return panel, await gathering.gather()

    def _wanted(self, panel: Panel, planned: SitePlan) -> set[type]:
        """What the checks and probes of a site ask for."""
        probes = [self._probes[probe.name] for probe in planned.probes if probe.name in self._probes]
        asked = {fact for check in panel.facts for fact in check.spec.wants.values()}
        return asked | {fact for probe in probes for fact in probe.needs}

    async def _baseline_of(self, planned: SitePlan, panel: Panel) -> Baseline | Gap | None:
        """What is approved of a site; None where nobody asks."""
        if Baseline not in self._wanted(panel, planned):
            return None
        return await to_thread(baseline_of, self._bundle, self._plan.surroundings.baselines, planned, self._seal)

    def _see(self, panel: Panel, page: Page) -> None:
        self.pages += 1
        panel.see(page)

    def _look_ahead(self, number: int, _done: int, ahead: int) -> None:
        self._ahead[number] = ahead

    def _watch(self, planned: SitePlan) -> Watch:
        return Watch(self._pen, planned.number, self._numbers, self._plan.borders.call_seconds)

    def _panel(self, planned: SitePlan, set_aside: Mapping[str, Reason]) -> Panel:
        watch = self._watch(planned)
        panel = Panel([check.outcome(planned.site.id) for check in planned.checks if check.status], [], [])
        for check in planned.open_checks:
            if check.check not in self._checks:
                panel.settled.append(_not_loaded(check, planned.site, self._registry.failures))
                continue
            bound = self._bound(check, planned.recorded)
            if check.check in set_aside:
                panel.settled.append(settled(bound, planned.site, Status.ERROR, set_aside[check.check]))
            elif check.per_page:
                panel.pages.append(PageJudge(bound, planned.site, watch))
            else:
                panel.facts.append(bound)
        return panel

    def _bound(self, check: PlannedCheck, recorded: Sequence[Recorded]) -> BoundCheck:
        spec = self._checks[check.check]
        return BoundCheck(
            spec,
            spec.params(**check.params),
            check.version,
            check.min_coverage,
            frozenset(check.messages),
            check.unverified,
            over_pages=not self._page_facts.isdisjoint(spec.wants.values()),
            recorded={said.asked: said for said in recorded if said.check == check.check},
        )

    def _gatherers(self, planned: SitePlan, set_aside: Mapping[str, Reason]) -> list[PageGatherer]:
        watch = self._watch(planned)
        given = {Site: planned.site, Clock: self._network.clock}
        return [
            PageGatherer(probe, given | self._past(planned, probe.spec), watch, set_aside.get(probe.spec.name))
            for probe in self._planned_probes(planned, per_page=True)
        ]

    def _sampled(self, site: Site) -> HomeSamples:
        """What the monitor saw of the home page before this run; the same when the run is resumed."""
        return recalled(self._monitors, site, self._started) if self._monitors else HomeSamples(site.home)

    def _past(self, planned: SitePlan, probe: ProbeSpec) -> dict[type, object]:
        """What the probe may recall of earlier runs."""
        runs = self._plan.surroundings.past
        return {hint: past(runs, planned, fact) for hint, fact in recalls(probe).items()}

    def _planned_probes(self, planned: SitePlan, *, per_page: bool) -> list[BoundProbe]:
        specs = [(self._probes[probe.name], probe.params) for probe in planned.probes if probe.name in self._probes]
        return [BoundProbe(spec, spec.params(**params)) for spec, params in specs if spec.per_page is per_page]

    def _gathering(
        self,
        planned: SitePlan,
        net: SiteNet,
        journal: Journal,
        shared: dict[type, object],
        set_aside: Mapping[str, Reason],
    ) -> Gathering:
        bound = {probe.spec.provides: probe for probe in self._planned_probes(planned, per_page=False)}
        handed = partial(self._handed, planned, net, journal, shared)
        gathering = Gathering(bound, handed, JournalFacts(journal), self._watch(planned).steps, set_aside)
        folder = self._evidence_folder(planned.site)
        shared[Files] = FolderFiles(folder, refused=lambda path: is_refused(path, gathering.known(Evidence)))
        return gathering

    def _evidence_folder(self, site: Site) -> Path:
        return folder_of(Path(self._plan.surroundings.evidence or "/nonexistent"), site)

    async def _evidence_of(self, site: Site, documents: Documents) -> Evidence | Gap:
        """What the unit handed in."""
        deadlines = deadlines_of(site, self._plan.surroundings.evidence_due)
        today = day_of(self._network.clock())
        try:
            return await evidence_of(self._evidence_folder(site), documents, deadlines, today)
        except Exception as error:  # noqa: BLE001 - a strange folder must not take the site's other facts along
            return Gap(Reason.RAISED, detail=describe(error))

    def _handed(
        self, planned: SitePlan, net: SiteNet, journal: Journal, shared: Mapping[type, object], probe: ProbeSpec
    ) -> dict[type, object]:
        site = planned.site
        own = next(one for one in planned.probes if one.name == probe.name)
        mode, programs, services = Mode(probe.mode), probe.programs, probe.services
        view = net.bound(mode=mode, programs=programs, requests=own.requests, services=services, asker=probe.name)
        given: dict[type, object] = {Site: site, Net: view, Clock: self._network.clock}
        given |= {Registers: self._registers, **shared}
        given |= {Assignment: Assignment(own.checks, own.requests), Progress: JournalProgress(journal, probe.name)}
        if HomeSamples in arguments(probe.function).values():
            given[HomeSamples] = self._sampled(site)
        return given | self._past(planned, probe)


def _browser(run: Path, plan: Plan, network: Network) -> Browser:
    """Not started before a page needs it."""
    settings = plan.surroundings.browser
    places = Places(shared_folder(run), settings.at_once or as_many_as_fit())
    return Browser(places, settings, recognise=network.recogniser.recognise, clock=network.clock)


def _stats(account: Account, facts: Mapping[type, object], begun: float, looking: SecondLook | None) -> SiteStats:
    """What looking at the site took; the CPU time is the last worker's, which it may have shared with other sites."""
    crawl = facts.get(Crawl)
    pages = crawl.pages if isinstance(crawl, Crawl) else ()
    return SiteStats(
        pages=len(pages),
        opened=sum(page.opened for page in pages),
        requests=account.spent.requests + account.spent.external,
        bytes=account.spent.bytes,
        seconds=round(account.seconds, 3),
        cpu_seconds=round(time.process_time() - begun, 3),
        by_asker=dict(account.spent.by_asker.most_common()),
        rendered=looking.rendered if looking else 0,
        unrendered=looking.unrendered if looking else {},
    )


def _not_loaded(check: PlannedCheck, site: Site, failures: Mapping[str, str]) -> Outcome:
    """The catalogue knew the check, this process does not: its plugin failed here and not there."""
    detail = "; ".join(f"{name}: {failure}" for name, failure in sorted(failures.items()))
    missing = replace(check, status=Status.ERROR, reason=Reason.PLUGIN_NOT_LOADED, error=detail[:300])
    return missing.outcome(site.id)
