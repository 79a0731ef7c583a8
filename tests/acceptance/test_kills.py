"""A run may be killed at any moment, and again while it is resumed: it ends as an undisturbed one does (law 9)."""

import random
import subprocess
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest

from xuncha import runs
from xuncha.config.frameworks import load_framework
from xuncha.config.library import roots
from xuncha.lab.lab import Lab
from xuncha.plan import Surroundings
from xuncha.profile import Pattern
from xuncha.store.bundle import Bundle
from xuncha.store.result import build_result

pytestmark = pytest.mark.acceptance

SITES = ("portal", "culture")
CHECKS = ("availability.*", "links.*", "icp.*", "freshness.*")
MOMENTS = 50
AT_MOST = 5
"""Of them in one run, which is then left to end."""
SEED = 20260805


def small(profile):
    """Page checks, page probes and probes on a few pages: enough to be interrupted in."""
    patterns = tuple(Pattern(glob, profile.include[0].place) for glob in CHECKS)
    return replace(profile, include=patterns, budgets=replace(profile.budgets, pages=15))


@pytest.fixture(scope="module")
def started(tmp_path_factory, brisk, known):
    """Starts a run that nobody has carried out yet; gives its bundle and the state folder."""
    with Lab() as lab:
        around = Surroundings(
            nameservers=(lab.nameserver,),
            open_addresses=("127.0.0.0/8", "::1/128"),
            ca_file=str(lab.ca_file),
            clock=lab.now,
        )
        sites = tuple(lab.site(name) for name in SITES)

        def start():
            state = tmp_path_factory.mktemp("state")
            request = runs.Request(small(brisk(0)), load_framework("notice", roots()), sites, around)
            return runs.start(state / "xuncha" / "runs", request, known)[0], state

        yield start


@pytest.fixture(scope="module")
def undisturbed(started, killing):
    bundle, state = started()
    begun = time.monotonic()
    killing.resume(state, bundle.meta().id).wait(100)
    return SimpleNamespace(told=told(bundle), seconds=time.monotonic() - begun)


def told(bundle):
    """What a run says, without times and durations."""
    assert Bundle.open(bundle.folder).meta().state == "finished"
    assert bundle.verify() == []
    result = build_result(bundle)
    return [
        (site.id, one.check, one.status, one.reason and one.reason.code, one.coverage, one.findings_total, found(one))
        for site in result.sites
        for one in site.outcomes
    ] + [(site.id, site.stats.pages) for site in result.sites]


def found(outcome):
    return [finding.fingerprint for finding in outcome.findings]


def is_killed_after(process, seconds, killing):
    """Kill the run when so much time is over; False where it had ended by then."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        killing.kill_all(process)
        return True
    return False


def test_runs_that_were_killed_at_fifty_moments_end_as_an_undisturbed_one(started, undisturbed, killing):
    chance, killed = random.Random(SEED), 0
    while killed < MOMENTS:
        bundle, state = started()
        moments = [chance.uniform(0, 0.7 * undisturbed.seconds) for _ in range(AT_MOST)]
        for moment in moments:
            if not is_killed_after(killing.resume(state, bundle.meta().id), moment, killing):
                break
            killed += 1
        killing.resume(state, bundle.meta().id).wait(100)
        assert told(bundle) == undisturbed.told, f"after {killed} kills, in this run at {moments}"
