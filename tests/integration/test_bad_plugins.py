"""A plugin that fails in any way ends in named outcomes; everything else is as without it."""

from pathlib import Path

import pytest

from xuncha.exit_codes import PLUGIN_FAILED, exit_code
from xuncha.model.outcome import Severity, Status
from xuncha.model.reasons import Reason

SITES = ("portal", "education")
YAML = """
plugin:
  title: {zh: 坏插件, en: a bad plugin}
  version: "1"
checks:
  bad.one:
    severity: low
    title: {zh: 一, en: one}
    rationale: {zh: 因此, en: because}
    remediation: [{role: developer, zh: 改, en: mend}]
    messages: {found: {zh: 有, en: found}}
"""
HEAD = """
import re, sys, time
from collections.abc import Iterator
from dataclasses import dataclass
from xuncha.api import *
@hookimpl
def xuncha_plugin():
    return sys.modules[__name__]
"""
FACT = """
@dataclass(frozen=True, slots=True)
class Fact:
    value: int = 1
"""
OVER_FACT = (
    FACT
    + """
@probe(provides=Fact)
async def gives(site: Site) -> Fact:
    return Fact()

@check("bad.one")
def one(fact: Fact) -> Iterator[object]:
"""
)
PER_PAGE = """
@page_check("bad.one")
def one(page: Page) -> Iterator[object]:
"""
PROBE = """
@check("bad.one")
def one(fact: Fact) -> Iterator[object]:
    yield from ()

@probe(provides=Fact, deadline=5)
async def gives(site: Site) -> Fact:
"""
PAGE_PROBE = (
    FACT
    + """
@check("bad.one")
def one(fact: Fact) -> Iterator[object]:
    yield from ()

@page_probe(provides=Fact)
class Gives:
    def conclude(self) -> Fact:
        return Fact()

    def visit(self, page: Page) -> None:
"""
)
RAISES = "    raise ValueError('on purpose')\n    yield\n"
LOOPS = "    while True:\n        pass\n    yield\n"
HANGS_IN_C = "    re.match(r'(a+)+$', 'a' * 64 + 'b')\n    yield\n"
SWALLOWS = """
    while True:
        try:
            while True:
                pass
        except Exception:
            pass
    yield
"""
EATS = "    held = [bytes(200_000_000) for _ in range(100)]\n    yield\n"
DIES = "    import os\n    os._exit(9)\n    yield\n"
BREAKS = "    yield 'a string'\n"

CASES = {
    "fails at import": ("import nothing_of_that_name\n", Reason.PLUGIN_NOT_LOADED),
    "hangs at import": ("import time\ntime.sleep(3600)\n", Reason.PLUGIN_NOT_LOADED),
    "dies at import": ("import os\nos._exit(3)\n", Reason.PLUGIN_NOT_LOADED),
    "has no hook": ("x = 1\n", Reason.PLUGIN_NOT_LOADED),
    "check raises": (HEAD + OVER_FACT + RAISES, Reason.RAISED),
    "check breaks the contract": (HEAD + OVER_FACT + BREAKS, Reason.BROKE_CONTRACT),
    "check loops for ever": (HEAD + OVER_FACT + LOOPS, Reason.DEADLINE),
    "check hangs in C": (HEAD + OVER_FACT + HANGS_IN_C, Reason.DEADLINE),
    "check swallows its deadline": (HEAD + OVER_FACT + SWALLOWS, Reason.DEADLINE),
    "check eats memory": (HEAD + OVER_FACT + EATS, Reason.MEMORY),
    "check kills the process": (HEAD + OVER_FACT + DIES, Reason.WORKER_KILLED),
    "page check raises": (HEAD + PER_PAGE + RAISES, Reason.RAISED),
    "page check loops for ever": (HEAD + PER_PAGE + LOOPS, Reason.DEADLINE),
    "page check kills the process": (HEAD + PER_PAGE + DIES, Reason.WORKER_KILLED),
    "page probe raises": (HEAD + PAGE_PROBE + "        raise ValueError('on purpose')\n", Reason.RAISED),
    "page probe loops for ever": (HEAD + PAGE_PROBE + "        while True: pass\n", Reason.BROKE_CONTRACT),
    "page probe kills the process": (HEAD + PAGE_PROBE + "        import os; os._exit(9)\n", Reason.QUARANTINED),
    "probe raises": (HEAD + FACT + PROBE + "    raise ValueError('on purpose')\n", Reason.RAISED),
    "probe loops for ever": (HEAD + FACT + PROBE + "    while True: pass\n", Reason.BROKE_CONTRACT),
    "probe kills the process": (HEAD + FACT + PROBE + "    import os; os._exit(9)\n", Reason.QUARANTINED),
    "probe returns something else": (HEAD + FACT + PROBE + "    return 7\n", Reason.BROKE_CONTRACT),
}


@pytest.fixture(scope="module")
def undisturbed():
    """What the run says without any bad plugin; made by the first test and kept for the others."""
    return {}


@pytest.mark.parametrize("case", CASES)
def test_a_bad_plugin_ends_in_named_errors_and_disturbs_nobody(case, plugin, scan, impatient, undisturbed, told):
    if not undisturbed:
        undisturbed["result"] = told(scan(SITES, borders=impatient, name="without")[1])
    code, reason = CASES[case]
    plugin("one", code, YAML)
    ending, result, _known = scan(SITES, include=("availability.*", "links.*", "icp.*", "bad.*"), borders=impatient)
    bad = [outcome for site in result.sites for outcome in site.outcomes if outcome.check == "bad.one"]
    assert ending.state == "finished"
    assert [(outcome.status, outcome.reason.code) for outcome in bad] == [(Status.ERROR, reason)] * len(SITES)
    assert exit_code(result, Severity.HIGH, 1.0) == PLUGIN_FAILED
    assert told(result, leaving_out=["bad."]) == undisturbed["result"]


ORPHAN = """
@check("bad.one")
def one(fact: Fact) -> Iterator[object]:
    yield from ()

@probe(provides=Fact, deadline=60, programs=("sleep",))
async def gives(site: Site, net: Net) -> Fact:
    import asyncio
    running = asyncio.ensure_future(net.run(["sleep", "4242"], deadline=60))
    await asyncio.sleep(0.5)
    while True: re.match(r'(a+)+$', 'a' * 64 + 'b')
"""


def test_programs_end_with_the_worker_that_ran_them(plugin, scan, impatient):
    plugin("one", HEAD + FACT + ORPHAN, YAML)
    scan(("portal",), include=("bad.*",), borders=impatient)
    commands = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline")]
    assert b"sleep\x004242\x00" not in commands
