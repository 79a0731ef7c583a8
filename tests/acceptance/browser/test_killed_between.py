"""A run that is killed between two renders goes on behind them: none is done again, and each is counted once."""

import shutil
import subprocess
from dataclasses import replace
from types import SimpleNamespace

import pytest

from xuncha import runs
from xuncha.browser.program import BrowserSettings
from xuncha.config.frameworks import load_framework
from xuncha.config.library import roots
from xuncha.config.profiles import load_profile
from xuncha.lab.lab import Lab
from xuncha.lab.pace import at_full_speed
from xuncha.plan import Surroundings
from xuncha.profile import Pattern
from xuncha.store.bundle import Bundle
from xuncha.worker.board import JOURNAL
from xuncha.worker.journal import Journal
from xuncha.worker.renders import RENDER

pytestmark = pytest.mark.acceptance

SITE = "civil"
RENDERS = 6
KILLED_AT = 3
"""Documents that the browser has asked for."""


def documents(lab):
    """What browsers asked the lab for as pages, in order."""
    of_browsers = (one.path for one in lab.requests if "Chrome/" in one.user_agent and one.host.startswith("mzj."))
    return [path for path in of_browsers if path == "/" or path.endswith(".html")]


def renders_in(journal, copy):
    """URLs of the renders that were written down; read from a copy, for whoever opens a journal mends its end."""
    shutil.copy(journal, copy)
    opened = Journal(copy)
    found = [record.key.split(" ")[1] for record in opened.records() if record.kind == RENDER]
    opened.close()
    return found


@pytest.fixture(scope="module")
def killed(chromium, known, killing, tmp_path_factory):
    """What was rendered before and after, and what an undisturbed run of the same site had."""
    folder = tmp_path_factory.mktemp("killed")
    profile = at_full_speed(load_profile("notice", roots()))
    checks = tuple(Pattern(glob, profile.include[0].place) for glob in ("availability.levels-open", "freshness.*"))
    profile = replace(profile, budgets=replace(profile.budgets, pages=12, renders=RENDERS, pictures=0), include=checks)
    with Lab() as lab:
        around = Surroundings(
            nameservers=(lab.nameserver,), open_addresses=("127.0.0.0/8", "::1/128"), ca_file=str(lab.ca_file),
            clock=lab.now, browser=BrowserSettings(chromium),
        )  # fmt: skip
        request = runs.Request(profile, load_framework("notice", roots()), (lab.site(SITE),), around)
        bundle, _ = runs.start(folder / "state" / "xuncha" / "runs", request, known)
        before = _until_killed(lab, bundle, folder, killing)
        asked = len(documents(lab))
        killing.resume(folder / "state", bundle.meta().id).wait()
        after = documents(lab)[asked:]
        calm, plan = runs.start(folder / "calm", request, known)
        runs.carry_out(calm, plan, 1, 1, lambda _: None)
        home = lab.site(SITE).home
    return SimpleNamespace(
        before=before, after=[home.rstrip("/") + path for path in after], bundle=Bundle(bundle.folder), calm=calm
    )


def _until_killed(lab, bundle, folder, killing):
    first = killing.resume(folder / "state", bundle.meta().id)
    while first.poll() is None and len(documents(lab)) < KILLED_AT:
        try:
            first.wait(timeout=0.01)
        except subprocess.TimeoutExpired:
            continue
    killing.kill_all(first)
    return renders_in(bundle.site_folder(0, SITE) / JOURNAL, folder / "copy")


def pages(bundle):
    told = ("url", "title", "rendered", "scripted", "words", "problem")
    return [[page[name] for name in told] for kind, page in bundle.read_facts(0) if kind == "crawl.page"]


def test_it_was_killed_between_two_renders(killed):
    assert 0 < len(killed.before) < RENDERS
    assert killed.after


def test_no_page_is_rendered_again(killed):
    assert not {*killed.before} & {*killed.after}


def test_the_budget_is_counted_once(killed):
    ended = killed.bundle.meta().state, killed.bundle.verify()
    assert ended == ("finished", [])
    assert killed.bundle.read_stats(0).rendered == killed.calm.read_stats(0).rendered
    assert len({*killed.before, *killed.after}) <= RENDERS


def test_what_came_of_it_is_what_an_undisturbed_run_sees(killed):
    assert pages(killed.bundle) == pages(killed.calm)
