"""The parent's bookkeeping by hand, and whole rounds with workers that are shell scripts."""

import asyncio
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from xuncha.model.reasons import Reason
from xuncha.worker import quarantine
from xuncha.worker import supervisor as supervising
from xuncha.worker.board import IDLE
from xuncha.worker.output import OUTPUT
from xuncha.worker.supervisor import SILENCE, STRIKES, Supervisor

POSIX = pytest.mark.skipif(not Path("/bin/sh").exists(), reason="the workers are shell scripts")


@dataclass
class Line:
    """A worker's standard input, and the process that has it."""

    said: list = field(default_factory=list)

    @property
    def stdin(self):
        return self

    def write(self, data):
        self.said.append(int(data))


@pytest.fixture
def supervise(bundle, plan, board):
    """A supervisor of some of the plan's sites, and the worker that it feeds."""

    def make(sites=(0, 1, 2, 3), jobs=1, width=4):
        made = Supervisor(bundle, plan, [plan.sites[number] for number in sites], jobs, width, lambda _progress: None)
        made._board = board
        worker = supervising._Worker(0, Line())
        made._feed(worker)
        return made, worker

    return make


def waiting(made):
    return list(made._waiting), list(made._lonely), made.given_up


def test_a_worker_gets_no_more_sites_at_once_than_its_width(supervise):
    made, worker = supervise(width=3)
    assert (worker.process.said, waiting(made)) == ([0, 1, 2], ([3], [], []))


def test_sites_are_spread_over_the_workers(supervise):
    _made, worker = supervise(jobs=2, width=4)
    assert worker.process.said == [0, 1]


def test_there_are_no_more_workers_than_sites(supervise):
    made, _worker = supervise(sites=(0,), jobs=8)
    assert made._jobs == 1


def test_a_settled_site_makes_room_for_the_next(supervise):
    made, worker = supervise(width=1)
    made._hear(worker, {"site": 0})
    made._feed(worker)
    assert (made.progress.settled, worker.process.said) == ([0], [0, 1])


def test_a_failed_site_is_tried_again_first(supervise):
    made, worker = supervise(width=2)
    made._hear(worker, {"site": 1, "failed": "ValueError"})
    assert waiting(made) == ([1, 2, 3], [], [])


def test_a_full_disk_ends_the_run(supervise):
    made, worker = supervise(width=1)
    made._hear(worker, {"site": 0, "trouble": "disk-full"})
    made._feed(worker)
    assert (made.trouble, worker.process.said, made.progress.settled) == (Reason.DISK_FULL, [0], [])


@pytest.mark.parametrize(
    ("strikes", "where"),
    [(STRIKES - 1, ([0], [], [])), (STRIKES, ([], [0], [])), (STRIKES + 1, ([], [], [0]))],
    ids=["with others", "alone", "no more"],
)
def test_a_site_is_tried_with_others_then_alone_then_no_more(supervise, strikes, where):
    made, _worker = supervise(sites=(0,))
    made._strikes[0] = strikes
    made._again(0)
    assert waiting(made) == where


def test_a_lonely_site_waits_until_nothing_else_is_under_way(supervise):
    made, worker = supervise(sites=(0, 1), width=2)
    made._strikes[0] = STRIKES - 1
    made._hear(worker, {"site": 0, "failed": "MemoryError"})
    made._feed(worker)
    assert worker.process.said == [0, 1]
    made._hear(worker, {"site": 1})
    made._feed(worker)
    assert (worker.process.said, worker.alone) == ([0, 1, 0], True)


def test_a_worker_with_a_lonely_site_gets_no_other(supervise):
    made, worker = supervise(sites=(0, 1), width=2)
    worker.sites, worker.alone = {0}, True
    made._waiting.append(3)
    made._feed(worker)
    assert worker.process.said == [0, 1]


def test_the_call_on_the_board_is_set_aside_for_its_site_alone(supervise, board):
    made, worker = supervise()
    board.pen(0).call(2, 1)
    made._blame(worker, Reason.DEADLINE)
    found = [quarantine.read(made._folder(number)) for number in range(4)]
    assert found == [{}, {}, {"demo.two": Reason.DEADLINE}, {}]


def test_with_a_culprit_nobody_gets_a_strike_and_all_go_on(supervise, board):
    made, worker = supervise()
    board.pen(0).call(2, 1)
    made._blame(worker, Reason.DEADLINE)
    assert not +made._strikes
    assert sorted(made._waiting) == [0, 1, 2, 3]
    assert worker.sites == set()


def test_without_a_culprit_every_site_of_the_worker_gets_a_strike(supervise):
    made, worker = supervise()
    made._blame(worker, Reason.WORKER_KILLED)
    assert dict(made._strikes) == dict.fromkeys(range(4), 1)
    assert made.progress.restarts == 1


def test_a_call_of_a_site_that_the_worker_does_not_have_blames_nobody(supervise, board):
    made, worker = supervise(sites=(0, 1))
    board.pen(0).call(3, 1)
    made._blame(worker, Reason.WORKER_KILLED)
    assert quarantine.read(made._folder(3)) == {}


def row(board, **changes):
    """What the board says, with times in seconds before now."""
    now = time.monotonic()
    times = {name: now - changes.pop(name) for name in ("since", "beat") if name in changes}
    return replace(board.read(0), **changes, **times)


@pytest.mark.parametrize(
    ("changes", "hung"),
    [
        ({"call": 1, "since": 1000}, True),
        ({"call": 1, "since": 0, "beat": 1000}, False),
        ({"beat": SILENCE + 10}, True),
        ({"beat": 1}, False),
    ],
    ids=["long call", "short call", "silent", "beating"],
)
def test_a_worker_hangs_when_its_call_or_its_silence_lasts(supervise, board, monkeypatch, changes, hung):
    made, worker = supervise()
    worker.started -= 1000
    said = row(board, **changes)
    monkeypatch.setattr(board, "read", lambda _number: said, raising=False)
    made._hung(worker)
    assert made._hung(worker) is hung


def test_one_look_at_a_row_that_is_just_being_written_kills_nobody(supervise, board, monkeypatch):
    made, worker = supervise()
    worker.started -= 1000
    rows = [row(board, call=1, since=1000), row(board, call=2, since=0)]
    monkeypatch.setattr(board, "read", lambda _number: rows.pop(0), raising=False)
    assert not made._hung(worker)
    assert not made._hung(worker)


@pytest.mark.parametrize(("ago", "hung"), [(0, False), (SILENCE + 10, True)])
def test_a_worker_that_says_nothing_from_its_start_hangs_too(supervise, ago, hung):
    made, worker = supervise()
    worker.started -= ago
    assert made._hung(worker) is hung


def test_progress_adds_up_over_restarts(supervise, board):
    made, _worker = supervise()
    board.pen(0).beat(10, 20, 30)
    made._add_up(0)
    board.pen(0).beat(1, 2, 3)
    seen = []
    made._report = seen.append
    made._tell()
    assert (seen[0].pages, seen[0].requests, seen[0].received) == (11, 22, 33)
    assert board.read(0).call == IDLE


@pytest.fixture
def round_with(bundle, plan, tmp_path, monkeypatch):
    """A whole round in which every worker is this shell script."""

    def run(script, sites=(0, 1, 2, 3), jobs=2, width=4):
        program = tmp_path / "worker"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o700)
        monkeypatch.setattr(sys, "executable", str(program))
        monkeypatch.setattr(supervising, "POLL", 0.01)
        chosen = [plan.sites[number] for number in sites]
        made = Supervisor(bundle, plan, chosen, jobs, width, lambda _progress: None)
        asyncio.run(made.work())
        return made

    return run


ANSWERS = 'while read site; do echo "{\\"site\\": $site}"; done'


@POSIX
def test_a_round_settles_every_site(round_with):
    assert sorted(round_with(ANSWERS).progress.settled) == [0, 1, 2, 3]


@POSIX
def test_workers_that_die_at_once_end_with_every_site_given_up(round_with):
    made = round_with("exit 1")
    assert sorted(made.given_up) == [0, 1, 2, 3]
    assert made.progress.settled == []


@POSIX
def test_a_site_that_kills_its_worker_takes_no_other_site_along(round_with):
    made = round_with('while read site; do [ "$site" = 2 ] && exit 1; echo "{\\"site\\": $site}"; done', jobs=1)
    assert (sorted(made.progress.settled), made.given_up) == ([0, 1, 3], [2])


@POSIX
def test_a_site_that_fails_every_time_is_given_up(round_with):
    made = round_with(
        'while read site; do echo "{\\"site\\": $site, \\"failed\\": \\"ValueError\\"}"; done', sites=(0,)
    )
    assert (made.given_up, made.progress.restarts) == ([0], 0)


@POSIX
def test_a_full_disk_leaves_the_rest_for_later(round_with):
    full = 'while read site; do echo "{\\"site\\": $site, \\"trouble\\": \\"disk-full\\"}"; done'
    made = round_with(full, jobs=1, width=1)
    assert (made.trouble, made.progress.settled, made.given_up) == (Reason.DISK_FULL, [], [])


@POSIX
def test_what_a_worker_prints_goes_to_a_file_of_the_run(round_with, bundle, capfd):
    round_with(f"echo 身份证 370202199001011237 >&2; {ANSWERS}", jobs=1)
    assert (bundle.folder / OUTPUT).read_text().startswith("身份证 ")
    assert "199001011237" not in (bundle.folder / OUTPUT).read_text()
    assert capfd.readouterr().err == ""


@POSIX
def test_workers_that_print_nothing_leave_no_file(round_with, bundle):
    round_with(ANSWERS)
    assert not (bundle.folder / OUTPUT).exists()
