"""How a run ends, with workers that are shell scripts: what is settled, what stays to be resumed, what is removed."""

import errno
import os
import stat
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from xuncha import plan as plans
from xuncha import runs
from xuncha.browser.program import BrowserSettings
from xuncha.catalogue import Catalogue
from xuncha.config.frameworks import load_framework
from xuncha.config.library import roots
from xuncha.config.profiles import load_profile
from xuncha.model.outcome import Status
from xuncha.model.reasons import Reason
from xuncha.model.site import Site
from xuncha.plan import Plan, PlannedCheck, SitePlan, Surroundings
from xuncha.profile import Budgets
from xuncha.store.bundle import Bundle, RunMeta
from xuncha.store.errors import DiskFullError
from xuncha.store.labels import BROWSER_OFF, UNSANDBOXED
from xuncha.worker import supervisor
from xuncha.worker.board import JOURNAL
from xuncha.worker.journal import Journal, Record

pytestmark = pytest.mark.skipif(not Path("/bin/sh").exists(), reason="the workers are shell scripts")

OPEN = PlannedCheck("demo.one", "1")
BEFOREHAND = PlannedCheck("demo.two", "1", status=Status.NOT_APPLICABLE, reason=Reason.ANNOUNCED)
FULL_DISK = 'while read site; do echo "{\\"site\\": $site, \\"trouble\\": \\"disk-full\\"}"; done'


@pytest.fixture
def carried_out(tmp_path, monkeypatch):
    """A run of one site with these checks, whose journal holds a page already; its workers are ``script``."""

    def run(script, *checks):
        program = tmp_path / "worker"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o700)
        monkeypatch.setattr(sys, "executable", str(program))
        monkeypatch.setattr(supervisor, "POLL", 0.01)
        site = SitePlan(0, Site("a", "a", ("http://a.example/",)), checks, (), crawl=True)
        plan = Plan("notice", "notice", (), (site,), Budgets(60, 3, 60.0, 10**8, 10**6, 4.0, 4, 100))
        meta = RunMeta("20260810-080000-abcd", "running", "notice", "notice", datetime(2026, 8, 10, tzinfo=UTC))
        bundle = Bundle.create(tmp_path / "runs", meta)
        bundle.write_plan(plans.to_json(plan))
        journal = Journal(bundle.site_folder(0, "a") / JOURNAL)
        journal.append(Record("reply", "http://a.example/", {}, b"a page as it came"))
        journal.close()
        return runs.carry_out(bundle, plan, 1, 4, lambda _progress: None)

    return run


def journals(ending):
    return list(ending.bundle.folder.glob(f"sites/*/{JOURNAL}"))


def test_a_site_that_was_settled_beforehand_needs_no_worker(carried_out):
    ending = carried_out("exit 1", BEFOREHAND)
    assert (ending.state, ending.restarts) == ("finished", 0)
    assert ending.bundle.read_outcomes(0)[0].reason.code is Reason.ANNOUNCED


def test_every_check_of_a_site_that_is_given_up_has_its_outcome(carried_out):
    ending = carried_out("exit 1", OPEN, BEFOREHAND)
    found = {outcome.check: (outcome.status, outcome.reason.code) for outcome in ending.bundle.read_outcomes(0)}
    assert ending.state == "finished"
    assert found == {
        "demo.one": (Status.ERROR, Reason.WORKER_KILLED),
        "demo.two": (Status.NOT_APPLICABLE, Reason.ANNOUNCED),
    }


@pytest.mark.parametrize("check", [OPEN, BEFOREHAND], ids=["given up", "settled beforehand"])
def test_no_page_stays_of_a_settled_site_and_none_is_sealed(carried_out, check):
    ending = carried_out("exit 1", check)
    assert journals(ending) == []
    assert ending.bundle.verify() == []


def test_a_full_disk_leaves_a_run_that_can_be_resumed(carried_out):
    ending = carried_out(FULL_DISK, OPEN)
    assert (ending.state, ending.trouble) == ("interrupted", Reason.DISK_FULL)
    assert not ending.bundle.sealed
    assert ending.bundle.meta().state == "interrupted"


def test_what_an_interrupted_run_keeps_is_for_its_owner_only(carried_out):
    ending = carried_out(FULL_DISK, OPEN)
    (journal,) = journals(ending)
    folders = [journal.parent, journal.parent.parent, ending.bundle.folder]
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}


def test_the_board_and_the_ledger_go_when_the_run_ends(carried_out):
    ending = carried_out(FULL_DISK, OPEN)
    assert {path.name for path in ending.bundle.folder.iterdir()} == {"run.json", "plan.json", "sites"}


@pytest.fixture
def no_room(monkeypatch):
    """From now on nothing fits on the disk any more, as far as ``doing`` is concerned."""

    def refuse(owner, doing):
        def full(*_args, **_kwargs):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(owner, doing, full)

    return refuse


@pytest.mark.skipif(not hasattr(os, "posix_fallocate"), reason="room is not reserved on this system")
def test_without_room_for_the_ledger_the_run_can_be_resumed(carried_out, no_room):
    no_room(os, "posix_fallocate")
    ending = carried_out("exit 1", OPEN)
    assert (ending.state, ending.trouble) == ("interrupted", Reason.DISK_FULL)


def test_a_run_whose_end_did_not_fit_is_not_called_finished(carried_out, monkeypatch, no_room):
    sealing = Bundle.seal
    monkeypatch.setattr(Bundle, "seal", lambda bundle: (no_room(os, "fsync"), sealing(bundle)))
    ending = carried_out("exit 1", OPEN)
    assert (ending.state, ending.trouble, ending.bundle.sealed) == ("interrupted", Reason.DISK_FULL, False)


def test_a_run_that_could_not_begin_leaves_nothing(tmp_path, no_room, monkeypatch):
    profile = load_profile("quick", roots())
    request = runs.Request(profile, load_framework("notice", roots()), ())
    monkeypatch.setattr(Bundle, "write_catalogue", lambda bundle, _texts: bundle.set_state("running"))
    monkeypatch.setattr(runs, "prepare", lambda *_args: Plan("quick", "notice", (), (), profile.budgets))
    monkeypatch.setattr(Bundle, "write_plan", lambda _bundle, _plan: no_room(os, "fsync"))
    with pytest.raises(DiskFullError):
        runs.start(tmp_path, request, Catalogue())
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def begun(tmp_path):
    """What ``run.json`` says of a run with such a browser, where the profile opens so many pages."""

    def begin(browser, renders=30):
        profile = load_profile("notice", roots())
        profile = replace(profile, include=(), budgets=replace(profile.budgets, renders=renders, pictures=0))
        around = Surroundings(browser=browser, address="192.0.2.1")
        request = runs.Request(profile, load_framework("notice", roots()), (), around)
        return runs.start(tmp_path, request, Catalogue((), (), ()))[0].meta()

    return begin


def test_a_run_without_the_sandbox_says_so_in_its_notes_and_its_result(begun):
    meta = begun(BrowserSettings(unsandboxed=True))
    assert (meta.vantage["unsandboxed"], UNSANDBOXED in meta.notes) == (True, True)


@pytest.mark.parametrize(("browser", "renders"), [(BrowserSettings(), 30), (BrowserSettings(unsandboxed=True), 0)])
def test_nothing_is_said_of_a_sandbox_that_works_or_is_not_needed(begun, browser, renders):
    meta = begun(browser, renders)
    assert ("unsandboxed" in meta.vantage, meta.notes) == (False, ())


def test_a_browser_that_is_switched_off_is_told_and_endangers_nobody(begun):
    meta = begun(BrowserSettings(unsandboxed=True, off=True))
    assert ("unsandboxed" in meta.vantage, meta.notes) == (False, (BROWSER_OFF,))
