"""A site whose every page misbehaves goes through the whole program: in time, in little memory, hurting nobody else."""

import os
import re
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from xuncha.lab import hostile
from xuncha.lab.lab import Lab
from xuncha.model.reasons import Reason

pytestmark = pytest.mark.acceptance

SECONDS = 60
MIB = 1 << 20


@pytest.fixture(scope="module")
def lab():
    with Lab() as served:
        yield served


@pytest.fixture(scope="module")
def runs_of_both(lab, scanned_once, department, killing):
    """The portal alone, then beside the hostile site in the same worker; with the peak memory of the workers."""
    around = {"nameservers": (lab.nameserver,), "ca_file": str(lab.ca_file), "clock": lab.now}
    budgets = {"pages": 60, "seconds": SECONDS}
    peaks = {"alone": 0, "beside": 0}

    def watching(name):
        def watch(_progress):
            pids = killing.descendants(os.getpid())
            peaks[name] = max([peaks[name], *map(high_water, pids)])

        return watch

    portal, other = lab.site("portal"), department("hostile", f"{lab.hostile}/")
    alone = scanned_once(portal, jobs=1, budgets=budgets, name="alone", watch=watching("alone"), **around)
    begun = time.monotonic()
    beside = scanned_once(portal, other, jobs=1, budgets=budgets, name="beside", watch=watching("beside"), **around)
    return SimpleNamespace(alone=alone, beside=beside, peaks=peaks, seconds=time.monotonic() - begun)


def high_water(pid):
    """The most memory that a process ever had, in bytes; 0 for one that is gone."""
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


@pytest.fixture(scope="module")
def pages(runs_of_both, lab):
    """How each path of the hostile site was recorded."""
    found = {}
    for fact in runs_of_both.beside.facts("crawl.page"):
        if fact["url"].startswith(lab.hostile):
            found[fact["url"].removeprefix(lab.hostile)] = fact
    return found


def test_the_run_ends_in_time_and_nobody_dies(runs_of_both):
    assert runs_of_both.seconds < 4 * SECONDS
    assert runs_of_both.beside.ending.restarts == 0


def test_the_workers_memory_stays_bounded(runs_of_both):
    peaks = runs_of_both.peaks
    assert 0 < peaks["alone"] < 250 * MIB
    assert peaks["beside"] < peaks["alone"] + 100 * MIB


def test_the_other_site_is_told_the_same_as_without_it(runs_of_both):
    assert runs_of_both.beside.of_site("portal") == runs_of_both.alone.of_site("portal")


def test_every_hostile_page_was_tried(pages):
    assert set(hostile.PATHS) <= set(pages) | {"/"}


PROBLEMS = {
    Reason.TIMEOUT: ("/silent", "/drip"),
    Reason.RESET: ("/reset", "/half"),
    Reason.TOO_LARGE: (
        "/short",
        "/endless",
        "/long-line",
        *(path for path in hostile.PATHS if path.startswith("/bomb")),
    ),
    Reason.PAGE_UNREADABLE: ("/nested", "/attributes"),
    Reason.MALFORMED_REPLY: ("/bare",),
    Reason.TOO_MANY_REDIRECTS: ("/redirect-loop", "/redirects/10000"),
    Reason.ADDRESS_FORBIDDEN: ("/to-private", "/to-metadata"),
    Reason.BAD_REDIRECT: ("/to-file",),
    Reason.RATE_LIMITED: ("/busy",),
    None: ("/invalid-utf8", "/two-lengths", "/space-in-name", "/long-header"),
}


@pytest.mark.parametrize(
    ("path", "problem"), [(path, problem) for problem, paths in PROBLEMS.items() for path in paths]
)
def test_what_could_not_be_read_says_why(pages, path, problem):
    assert pages[path]["problem"] == problem


def test_every_way_to_misbehave_has_its_expectation():
    assert {path for paths in PROBLEMS.values() for path in paths} == set(hostile.PATHS) - {"/"}


def test_no_check_passes_over_what_nobody_could_read(runs_of_both):
    seen = runs_of_both.beside.outcome("hostile", "links.empty")
    assert (seen.status, seen.reason.code) == ("inconclusive", Reason.LOW_COVERAGE)
