"""A run whose processes were all killed goes on, and ends as an undisturbed one does (law 9)."""

import os
import random
import subprocess
from pathlib import Path

import pytest

from xuncha import runs
from xuncha.store.bundle import Bundle
from xuncha.store.result import build_result

SITES = ("portal", "education", "culture", "health")
MOMENTS = int(os.environ.get("XUNCHA_KILLS", "3"))

pytestmark = pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="finds the run's processes in /proc")


@pytest.fixture(scope="module")
def undisturbed():
    return {}


@pytest.fixture
def finished(known, killing):
    """A run that is killed when so many bytes are journaled, then resumed to its end. Gives its result and bytes."""

    def finish(state, request, kill_at):
        bundle, _plan = runs.start(state / "xuncha" / "runs", request, known)
        first = killing.resume(state, bundle.meta().id, jobs=1)
        while first.poll() is None and killing.journaled(bundle.folder) < kill_at:
            try:
                first.wait(timeout=0.01)
            except subprocess.TimeoutExpired:
                continue
        killing.kill_all(first)
        if Bundle.open(bundle.folder).meta().state != "finished":
            killing.resume(state, bundle.meta().id, jobs=1).wait()
        assert Bundle.open(bundle.folder).meta().state == "finished"
        assert bundle.verify() == []
        return build_result(bundle), killing.journaled(bundle.folder)

    return finish


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_a_killed_run_is_resumed_to_the_result_of_an_undisturbed_one(
    moment, tmp_path, request_for, told, undisturbed, finished
):
    request = request_for(SITES, include=("availability.*", "links.*", "icp.*"))
    if not undisturbed:
        result, size = finished(tmp_path / "undisturbed", request, 1 << 40)
        undisturbed.update(told=told(result), size=size)
    chance = random.Random(moment)
    kill_at = chance.randrange(max(undisturbed["size"], 1) * 3)
    result, _size = finished(tmp_path / "killed", request, kill_at)
    assert told(result) == undisturbed["told"]


def test_resuming_counts_no_page_twice(tmp_path, request_for, finished):
    request = request_for(("portal",))
    result, _size = finished(tmp_path / "state", request, 50_000)
    urls = [
        page["url"]
        for name, page in Bundle.open(next((tmp_path / "state/xuncha/runs").iterdir())).read_facts(0)
        if name == "crawl.page"
    ]
    assert urls
    assert len(urls) == len(set(urls)) == result.sites[0].stats.pages
