"""A run from its plan to its sealed bundle: start, carry out, resume, settle what nobody could.

Everything here happens in the parent: it imports no plugin and does no network.
"""

import os
import platform
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from xuncha import __version__
from xuncha import plan as plans
from xuncha.baseline.book import Baselines, Book
from xuncha.baseline.handing import hand_over, hand_over_again
from xuncha.baseline.strays import said_of_left, said_of_renamed, strays
from xuncha.browser.places import PLACES
from xuncha.catalogue import Catalogue, CheckEntry
from xuncha.config.binding import bind
from xuncha.earlier import earlier_runs
from xuncha.evidence.answers import with_answers
from xuncha.framework import Framework
from xuncha.history import leave, remembered
from xuncha.interrupts import interrupted
from xuncha.model.clock import Clock, system_clock
from xuncha.model.outcome import NOTHING, Because, Outcome, Status
from xuncha.model.reasons import Reason
from xuncha.model.selfcheck import Declared
from xuncha.model.site import Site
from xuncha.model.text import Text
from xuncha.plan import Plan, SitePlan, Surroundings
from xuncha.profile import Profile
from xuncha.store.bundle import Bundle, RunMeta, State, new_run_id
from xuncha.store.codec import dump
from xuncha.store.errors import DiskFullError, StoreError
from xuncha.store.labels import BROWSER_OFF, UNSANDBOXED
from xuncha.store.snapshot import read_snapshot, snapshot
from xuncha.vantage import outgoing
from xuncha.worker.board import BOARD, JOURNAL, LEDGER
from xuncha.worker.supervisor import Progress, Supervisor

SITES_AT_ONCE = 8
"""Sites that one worker inspects at the same time: a polite crawl waits most of the time."""


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asked for. ``jobs`` 0 means one worker per core; ``declared`` is what units say of the sites.

    ``offline``: it judges only what was handed in, so that not even the system is asked for its way out.
    """

    profile: Profile
    framework: Framework
    sites: tuple[Site, ...]
    surroundings: Surroundings = field(default_factory=Surroundings)
    jobs: int = 0
    sites_at_once: int = SITES_AT_ONCE
    options: dict[str, Any] = field(default_factory=dict)
    declared: Declared | None = None
    offline: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended: its state, and what stopped it if it did not finish."""

    bundle: Bundle
    state: State
    trouble: Reason | None = None
    restarts: int = 0


def prepare(request: Request, known: Catalogue, clock: Clock = system_clock) -> Plan:
    """The plan of a request.

    Raises:
        ConfigError: the profile gives a check or probe parameters that it does not take.
    """
    binding = bind(
        request.profile,
        {entry.id: entry.params_schema for entry in known.checks},
        {entry.name: entry.params_schema for entry in known.probes},
    )
    return plans.make_plan(known, request.profile, binding, request.sites, clock().date(), request.surroundings)


def start(runs: Path, request: Request, known: Catalogue, clock: Clock = system_clock) -> tuple[Bundle, Plan]:
    """A new bundle with the plan and the snapshot of all texts in it; the runs beside it are what it may recall."""
    plan = prepare(request, known, clock)
    started = clock()
    earlier = earlier_runs(runs, plan, known, started)
    plan = replace(plan, surroundings=replace(plan.surroundings, past=earlier.runs))
    book = Baselines(Path(plan.surroundings.baselines)).look() if plan.surroundings.baselines else None
    plan = with_answers(plan, book, started.date())
    papers = {site.authorisation.id: site.authorisation for site in request.sites if site.authorisation}
    meta = RunMeta(
        id=new_run_id(started),
        state="running",
        profile=request.profile.id,
        framework=request.framework.id,
        started=started,
        versions=versions(known),
        vantage=_vantage(request.surroundings, offline=request.offline) | _risk(request),
        authorisations=tuple(papers.values()),
        options=request.options,
        notes=(*earlier.notes, *_seal_notes(book, request), *_browser_notes(request)),
        seal=book.seal if book and book.begun else None,
    )
    bundle = Bundle.create(runs, meta)
    try:
        bundle.write_plan(plans.to_json(plan))
        bundle.write_catalogue(snapshot(known, request.framework, request.profile))
        if request.declared:
            bundle.write_declared(dump(request.declared))
        if before := remembered(plan):
            bundle.write_history(before)
        if book:
            hand_over(bundle, plan, book.sites)
    except StoreError:  # half a beginning could neither be read nor resumed
        shutil.rmtree(bundle.folder, ignore_errors=True)
        raise
    return bundle, plan


def _seal_notes(book: Book | None, request: Request) -> Iterator[Text]:
    """What is to be said of the baselines: their seal, and sites that have one and left the inventory."""
    if book is None:
        return
    if problem := book.seal.problem:
        yield Text(f"基线：{problem.zh}", f"baselines: {problem.en}")
    found = strays(book.sites, request.sites)
    yield from said_of_renamed(found)
    if not request.options.get("targets"):
        yield from said_of_left(found)


def _vantage(around: Surroundings, *, offline: bool) -> dict[str, Any]:
    """Who looked, and from where: ``declared`` and ``address`` are the office's words, ``source`` the system's.

    Who looks only at what was handed in looks from nowhere, and not even the system is asked.
    """
    office = around.inspector or around.office
    who = {"contact": " ".join(part for part in (office, around.telephone) if part), "office": office}
    if offline:
        return {**who, "system": platform.system()}
    declared = {"declared": around.vantage} if around.vantage else {}
    address = {"address": around.address} if around.address else {"source": outgoing()}
    return {**who, "system": platform.system(), **declared, **address}


def _risk(request: Request) -> dict[str, Any]:
    """That a browser without a sandbox opens pages, for whoever reads the result."""
    return {"unsandboxed": True} if _opens_unsandboxed(request) else {}


def _opens_unsandboxed(request: Request) -> bool:
    budgets, browser = request.profile.budgets, request.surroundings.browser
    return browser.unsandboxed and not browser.off and budgets.in_browser > 0 and not request.offline


def _browser_notes(request: Request) -> Iterator[Text]:
    """What is to be said of the browser before it opens anything."""
    if _opens_unsandboxed(request):
        yield UNSANDBOXED
    if request.surroundings.browser.off and request.profile.budgets.in_browser:
        yield BROWSER_OFF


def versions(known: Catalogue) -> dict[str, str]:
    """The program, the interpreter and every plugin."""
    plugins = {f"plugin {entry.ref.name}": f"{entry.ref.distribution} {entry.ref.version}" for entry in known.plugins}
    return {"xuncha": __version__, "python": platform.python_version(), **plugins}


def carry_out(
    bundle: Bundle, plan: Plan, jobs: int, at_once: int, report: Callable[[Progress], None], clock: Clock = system_clock
) -> Ending:
    """Inspect the sites that are not settled yet, and seal the bundle.

    Interrupted by the user or by a full disk, it leaves a bundle that can be read and resumed.
    """
    _forget_board(bundle)
    open_sites = [site for site in plan.sites if not settled(bundle, site)]
    worker_sites = [site for site in open_sites if site.open_checks]
    supervisor = Supervisor(bundle, plan, worker_sites, jobs or os.cpu_count() or 1, at_once, report)
    try:
        trouble = _settle(bundle, plan, [site for site in open_sites if not site.open_checks], supervisor)
    except DiskFullError:
        trouble = Reason.DISK_FULL
    _forget_board(bundle)
    _forget_pages(bundle)
    trouble = _close(bundle, trouble, _inspected_until(plan) or clock())
    return Ending(bundle, "interrupted" if trouble else "finished", trouble, supervisor.progress.restarts)


def _settle(bundle: Bundle, plan: Plan, known: list[SitePlan], supervisor: Supervisor) -> Reason | None:
    """Write down the sites of which everything is known beforehand, and inspect the others; what ended that early."""
    for site in known:
        bundle.write_outcomes(site.number, site.site.id, [check.outcome(site.site.id) for check in site.checks])
    stopped = interrupted(supervisor.work)  # a second Ctrl-C is not needed: workers are stopped at once
    for number in supervisor.given_up:
        _give_up(bundle, plan.sites[number])
    return supervisor.trouble or (Reason.INTERRUPTED if stopped else None)


def _inspected_until(plan: Plan) -> datetime | None:
    """Of a run that judges the facts of another, when that ended: since then nobody has looked. None of any other."""
    return Bundle(Path(plan.rejudges)).meta().finished if plan.rejudges else None


def _close(bundle: Bundle, trouble: Reason | None, now: datetime) -> Reason | None:
    """Note how the run ended, and seal it. Where even that does not fit on the disk, it stays open to be resumed."""
    try:
        bundle.set_state("interrupted" if trouble else "finished", now)
        if trouble is None:
            leave(bundle)
            bundle.seal()
    except DiskFullError:
        return Reason.DISK_FULL
    return trouble


def stored_plan(bundle: Bundle) -> Plan:
    return plans.from_json(bundle.read_plan())


def resume(bundle: Bundle, report: Callable[[Progress], None], jobs: int = 0, at_once: int = SITES_AT_ONCE) -> Ending:
    """Go on with a run that was interrupted or killed, from its sites' journals."""
    plan = stored_plan(bundle)
    meta = bundle.set_state("running")
    if meta.seal:
        bundle.write_meta(replace(meta, seal=hand_over_again(bundle, plan, meta.seal)))
    return carry_out(bundle, plan, jobs, at_once, report)


def rejudge(bundle: Bundle, runs: Path, known: Catalogue, clock: Clock = system_clock) -> Ending:
    """A new run that judges the facts of a stored one with the checks of today; nothing is sent.

    Page checks cannot look again, because pages are not kept: their outcomes are taken over as they were. Its times are
    those of the inspection; its id tells when it was judged.
    """
    old, meta = stored_plan(bundle), bundle.meta()
    texts = read_snapshot(bundle.read_catalogue())
    now = {entry.id: entry for entry in known.checks}
    checks = {
        name: replace(words, meta=now[name].meta) if name in now else words for name, words in texts.checks.items()
    }
    broken = {entry.ref.name: entry.failure for entry in known.failed()}
    options = {**meta.options, "rejudges": meta.id, "broken": broken}
    made = Bundle.create(
        runs, replace(meta, id=new_run_id(clock()), state="running", versions=versions(known), options=options)
    )
    plan = replace(old, plugins=known.loaded(), rejudges=str(bundle.folder.resolve()), sites=tuple(_again(old, now)))
    book = Baselines(Path(plan.surroundings.baselines)).look() if plan.surroundings.baselines else None
    plan = with_answers(plan, book, clock().date())
    made.write_plan(plans.to_json(plan))
    made.write_catalogue(dump(replace(texts, checks=checks)))
    if declared := bundle.read_declared():
        made.write_declared(dump(declared))
    if before := bundle.read_history():
        made.write_history(before)
    return carry_out(made, plan, 1, SITES_AT_ONCE, lambda _progress: None)


def _again(plan: Plan, now: Mapping[str, CheckEntry]) -> Iterator[SitePlan]:
    """The sites with today's versions and messages of their checks."""
    for site in plan.sites:
        checks = tuple(
            replace(check, version=now[check.check].meta.version, messages=tuple(now[check.check].meta.text.messages))
            if check.check in now
            else check
            for check in site.checks
        )
        yield replace(site, checks=checks)


def settled(bundle: Bundle, site: SitePlan) -> bool:
    """Whether the site's outcomes stand in the bundle."""
    return bool(bundle.read_outcomes(site.number)) or not site.checks


def _forget_board(bundle: Bundle) -> None:
    (bundle.folder / BOARD).unlink(missing_ok=True)
    (bundle.folder / LEDGER).unlink(missing_ok=True)
    for place in bundle.folder.glob(PLACES):
        place.unlink(missing_ok=True)


def _forget_pages(bundle: Bundle) -> None:
    """Remove the journals of settled sites, which hold pages as they came, that dead workers left (law 11)."""
    for journal in bundle.folder.glob(f"sites/*/{JOURNAL}"):
        if bundle.read_outcomes(int(journal.parent.name.partition("-")[0])):
            journal.unlink()


def _give_up(bundle: Bundle, site: SitePlan) -> None:
    """A site that took its worker down time and again, with nobody to blame: every open check says so."""
    because = Because(Reason.WORKER_KILLED)
    outcomes = [
        check.outcome(site.site.id)
        if check.status
        else Outcome(site.site.id, check.check, check.version, Status.ERROR, because, NOTHING)
        for check in site.checks
    ]
    bundle.write_outcomes(site.number, site.site.id, outcomes)
