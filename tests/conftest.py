"""Nothing is left out in silence: a test run ends with a list of what was, and why; in acceptance that is a failure."""

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says more of the machine than of the program.
settings.register_profile("xuncha", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("xuncha")

STRICT = os.environ.get("XUNCHA_ACCEPTANCE") == "1"
IMPOSSIBLE = "impossible here: "
"""How the reason begins where this machine forbids what a test needs; such a test is left out, and listed."""
_ACCEPTANCE = pytest.StashKey[Counter[tuple[str, str]]]()


def pytest_configure(config):
    config.stash[_ACCEPTANCE] = Counter()


def pytest_deselected(items):
    """Whoever chooses tests by name knows what that leaves out; of acceptance tests people are told."""
    for item in items:
        mark = item.get_closest_marker("acceptance")
        if mark:
            why = mark.kwargs.get("reason", "needs real servers")
            item.config.stash[_ACCEPTANCE][_file(item), f"{why}: make acceptance"] += 1


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    return _no_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    return _no_skip((yield))


def _no_skip(report):
    if STRICT and report.skipped and not hasattr(report, "wasxfail") and IMPOSSIBLE not in _reason(report):
        report.outcome, report.longrepr = "failed", f"left out in acceptance: {_reason(report)}"
    return report


def pytest_terminal_summary(terminalreporter, config):
    skipped = Counter((_file(one), _reason(one)) for one in terminalreporter.stats.get("skipped", ()))
    left_out = config.stash[_ACCEPTANCE] + skipped
    if not left_out:
        return
    terminalreporter.section("left out")
    width = max(len(file) for file, _ in left_out)
    for (file, reason), count in sorted(left_out.items()):
        terminalreporter.line(f"{file:<{width}}  {count:>3}  {reason}")


def _file(found):
    """Of a test or a report."""
    return found.nodeid.partition("::")[0]


def _reason(report):
    """What the test said; pytest keeps (path, line, ``Skipped: …``)."""
    said = report.longrepr[-1] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return said.removeprefix("Skipped: ")
