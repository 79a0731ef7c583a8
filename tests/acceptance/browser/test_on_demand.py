"""Whole inspections of the lab's sites that need a browser, with a real Chromium and without one."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

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

pytestmark = pytest.mark.acceptance

CHECKS = ("availability.levels-open", "freshness.*", "icp.filing-shown")
CHALLENGED, SCRIPTED = 0, 1
RENDERS = 8


@pytest.fixture(scope="module")
def profiles():
    """Where the browsers of this test have their profiles: others may have some of their own."""
    with TemporaryDirectory(prefix="xuncha-profiles-") as folder, pytest.MonkeyPatch.context() as patch:
        Path(folder).chmod(0o711)
        patch.setenv("TMPDIR", folder)
        yield folder


@pytest.fixture(scope="module")
def looked_at(known, tmp_path_factory, profiles):
    """The bundle of a run over a challenged and a scripted site of the lab, with this browser."""

    def run(program):
        profile = at_full_speed(load_profile("notice", roots()))
        budgets = replace(profile.budgets, pages=12, renders=RENDERS)
        include = tuple(Pattern(glob, profile.include[0].place) for glob in CHECKS)
        profile = replace(profile, budgets=budgets, include=include)
        with Lab() as lab:
            around = Surroundings(
                nameservers=(lab.nameserver,), open_addresses=("127.0.0.0/8",), ca_file=str(lab.ca_file), clock=lab.now,
                browser=BrowserSettings(program),
            )  # fmt: skip
            sites = (lab.site("transport"), lab.site("civil"))
            request = runs.Request(profile, load_framework("notice", roots()), sites, around)
            bundle, plan = runs.start(tmp_path_factory.mktemp("runs"), request, known)
            ending = runs.carry_out(bundle, plan, 1, 2, lambda _: None)
        assert (ending.state, ending.trouble, ending.restarts, bundle.verify()) == ("finished", None, 0, [])
        return bundle

    return run


@pytest.fixture(scope="module")
def seen(looked_at, chromium):
    return looked_at(chromium)


@pytest.fixture(scope="module")
def unseen(looked_at):
    return looked_at("/nonexistent/chromium")


def pages(bundle, site):
    return [page for kind, page in bundle.read_facts(site) if kind == "crawl.page"]


def reason(bundle, site, check):
    found = next(one for one in bundle.read_outcomes(site) if one.check == check)
    return found.reason.code if found.reason else None


def test_a_challenge_is_passed_as_a_visitor_would(seen):
    home = pages(seen, CHALLENGED)[0]
    assert (home["rendered"], home["status"], home["problem"]) == (True, 200, None)
    assert home["words"] > 100


def test_pages_behind_it_are_visited_as_far_as_the_budget_goes(seen):
    opened = [page for page in pages(seen, CHALLENGED) if page["rendered"]]
    assert len(opened) == seen.read_stats(CHALLENGED).rendered == RENDERS - 1  # one was for robots.txt


def test_robots_txt_behind_it_is_read_and_heeded(seen):
    crawl = next(fact for kind, fact in seen.read_facts(CHALLENGED) if kind == "crawl")
    assert crawl["robots"] == "partly"


def test_what_scripts_write_is_read_and_followed(seen, unseen):
    assert reason(seen, SCRIPTED, "icp.filing-shown") is None
    assert pages(seen, SCRIPTED)[0]["rendered"]
    assert pages(seen, SCRIPTED)[0]["words"] > pages(unseen, SCRIPTED)[0]["words"]


def test_without_a_browser_nothing_is_told_but_that(unseen):
    assert pages(unseen, CHALLENGED)[0]["problem"] == "challenged"
    assert reason(unseen, SCRIPTED, "icp.filing-shown") == "needs-browser"
    assert unseen.read_stats(SCRIPTED).unrendered["no-browser"] > 0
    assert unseen.read_stats(CHALLENGED).unrendered["no-browser"] > 0


def test_nothing_of_the_browser_is_left(seen, profiles):
    assert not list(seen.folder.glob("browser-*"))
    assert not [one for one in Path("/proc").glob("[0-9]*/cmdline") if _names(one, profiles)]
    assert not [*Path(profiles).glob("xuncha-browser-*"), *Path(profiles).glob(".xuncha-browser-*")]


def _names(cmdline, folder):
    try:
        return folder.encode() in cmdline.read_bytes()
    except OSError:
        return False
