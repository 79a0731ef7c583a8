"""Killed with SIGKILL while approving: what was acknowledged is there, and the seal holds."""

import subprocess
import sys

import pytest

from xuncha.model.prints import SealState

APPROVING = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from xuncha.baseline import acts
from xuncha.baseline.book import Baselines
from xuncha.baseline.entries import Act, Draft
from xuncha.baseline.packs import digest
baselines = Baselines(Path(sys.argv[1]))
book = baselines.look()
for number in range(100_000):
    prints = {digest(data): data for data in [{"number": number, "page": page} for page in range(20)]}
    drafts = [Draft(Act.APPROVE, "张三", "a", f"http://a/{number}/{page}", name) for page, name in enumerate(prints)]
    book = acts.add(baselines, drafts, book, datetime.now(UTC), prints)
    print(book.seal.length, flush=True)
"""


def acknowledged(baselines, acts_seen):
    """Approve in a process of its own and kill it after so many acts; the length that it last told."""
    command = [sys.executable, "-c", APPROVING, str(baselines.workspace)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        told = [int(process.stdout.readline()) for _ in range(acts_seen)]
        process.kill()
    return told[-1]


@pytest.mark.parametrize("acts_seen", [1, 7])
def test_what_was_acknowledged_is_there_and_one_can_go_on(baselines, approve, urls, acts_seen):
    for _ in range(2):
        told = acknowledged(baselines, acts_seen)
        seal = baselines.look().seal
        assert (seal.state, seal.confirmed) == (SealState.INTACT, True)
        assert seal.length >= told
    assert approve(baselines, urls.home).seal.length > told


def test_every_print_that_the_log_names_is_stored(baselines):
    acknowledged(baselines, 5)
    packs = {page.pack for page in baselines.look().sites["a"].pages.values()}
    assert all(baselines.packs.path(number).is_file() for number in packs)


@pytest.mark.parametrize("cut", range(1, 400, 57))
def test_a_last_act_that_reached_the_disk_in_part_leaves_an_intact_log(approved, approve, urls, cut):
    known = {path: path.read_bytes() for path in approved.heads.folder.iterdir()}
    approve(approved, urls.home, urls.news, title="新")
    for path, data in known.items():
        path.write_bytes(data)
    approved.log.write_bytes(approved.log.read_bytes()[:-cut])
    found = approved.look()
    assert found.seal.state is SealState.INTACT
    assert 3 <= found.seal.length <= 4
    assert approve(approved, urls.home).seal.state is SealState.INTACT
