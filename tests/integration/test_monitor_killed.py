"""The monitor as a process of its own: killed, interrupted and begun again, on a clock that runs very fast."""

import json
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta

import pytest

from xuncha.model.clock import SHANGHAI
from xuncha.model.site import Site
from xuncha.monitor.journal import read
from xuncha.monitor.plan import MonitorPlan, PlanFolder
from xuncha.profile import Budgets

BEGUN = datetime(2026, 11, 16, tzinfo=SHANGHAI)
SITES = tuple(Site(f"s{number}", "", (f"http://s{number}.gov.example/",)) for number in range(20))
PROGRAM = """
import asyncio, json, sys, time
from datetime import timedelta
from pathlib import Path
from xuncha.model.sampling import Sample
from xuncha.monitor import undertaking
from xuncha.monitor.plan import PlanFolder
from xuncha.monitor.visiting import Visited

SPEED, zero = 86400.0 / 2, float(sys.argv[2])
folder = PlanFolder(Path(sys.argv[1]))
plan = folder.read()
clock = lambda: plan.begun + timedelta(seconds=(time.time() - zero) * SPEED)

class Visitor:
    def __init__(self, *_): pass
    def close(self): pass
    async def visit(self, site):
        moment = clock()
        await asyncio.sleep(0.001)
        return Visited(Sample(moment, 0.1, 200), "192.0.2.1")

undertaking.Visitor = Visitor
wait = lambda seconds: asyncio.sleep(seconds / SPEED)
ending = undertaking.carry_out(folder, plan, lambda *_: None, clock, lambda: time.time() * SPEED, wait)
print(json.dumps({"interrupted": ending.interrupted, "made": ending.tally.made}))
"""


@pytest.fixture
def folder(tmp_path):
    budgets = Budgets(60, 3, 60, 10**8, 10**6, 4, 4, 10)
    plan = MonitorPlan("20261116-000000-abcd", BEGUN, BEGUN + timedelta(days=8), 24, 1, budgets, SITES)
    return PlanFolder.create(tmp_path / "monitor", plan)


@pytest.fixture
def start(folder):
    begun = time.time()

    def begin():
        command = [sys.executable, "-c", PROGRAM, str(folder.folder), str(begun)]
        return subprocess.Popen(command, stdout=subprocess.PIPE)

    return begin


def slots(folder):
    """The visited slots of each site."""
    return [[entry["slot"] for entry in read(folder.samples(site))[0][1:]] for site in SITES]


def wait_for_samples(folder, process):
    before = sum(map(len, slots(folder)))
    while process.poll() is None and sum(map(len, slots(folder))) <= before + 20:
        try:
            process.wait(timeout=0.02)
        except subprocess.TimeoutExpired:
            continue


def test_killed_again_and_again_it_visits_no_slot_twice_and_ends(folder, start):
    for _ in range(3):
        process = start()
        wait_for_samples(folder, process)
        process.kill()
        process.communicate()
    told, _ = start().communicate()
    assert json.loads(told)["interrupted"] is False
    assert folder.sealed
    visited = slots(folder)
    assert any(visited)
    assert all(len(set(found)) == len(found) for found in visited)


def test_interrupted_it_ends_in_order_and_keeps_what_was_seen(folder, start):
    process = start()
    wait_for_samples(folder, process)
    process.send_signal(signal.SIGINT)
    told = json.loads(process.communicate()[0])
    assert told["interrupted"] is True
    assert sum(map(len, slots(folder))) == told["made"]
    assert not folder.sealed
