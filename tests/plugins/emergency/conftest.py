"""Plans and drill records as offices write them, with what a reader would say of each (``plans``, ``records``)."""

import asyncio
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from xuncha.api import Declaration, Emergency, EmergencyDrill, EmergencyPlan
from xuncha.testing import FakeDocuments, FakeFiles, evidence, judge
from xuncha_plugins.emergency import checks, reporting_checks
from xuncha_plugins.emergency.probes import drill_read, plan_read

LOOKED = date(2026, 11, 23)
PLAN_CHECKS = {
    "complete": checks.plan_complete,
    "reporting": reporting_checks.reporting,
    "current": checks.plan_current,
    "approved": checks.plan_approved,
    "contacts": checks.contacts,
}


def case(path):
    """The expected sections, the expected statuses, and the text."""
    head, _, text = path.read_text("utf-8").partition("----\n")
    words = head.split()
    expected = dict(word.split("=") for word in words if "=" in word)
    return SimpleNamespace(
        path=path,
        kind=expected.pop("kind", "site"),
        sections=expected,
        statuses=dict(word.split(":") for word in words if ":" in word),
        text=text,
    )


def cases(folder):
    return [case(path) for path in sorted((Path(__file__).parent / folder).glob("*.txt"))]


@pytest.fixture(scope="session", name="cases")
def _cases():
    return cases


@pytest.fixture(scope="session", name="read_plan")
def _read_plan():
    return read_plan


@pytest.fixture(scope="session", name="read_drill")
def _read_drill():
    return read_drill


def read_plan(planned, **declared):
    """The evidence and the plan of these files, by name; a string is one document."""
    files = {"plan.docx": planned} if isinstance(planned, str) or not isinstance(planned, dict) else planned
    said = Declaration(emergency=Emergency(EmergencyPlan(files=tuple(files), **declared)))
    return _read(plan_read, said, files)


def read_drill(planned, **declared):
    """The same of drill records."""
    files = {"drill.docx": planned} if isinstance(planned, str) or not isinstance(planned, dict) else planned
    said = Declaration(emergency=Emergency(drill=EmergencyDrill(files=tuple(files), **declared)))
    return _read(drill_read, said, files)


def _read(probe, said, files):
    given = evidence(said, dict.fromkeys(files, b"x"), looked=LOOKED)
    return given, asyncio.run(probe(given, FakeFiles(dict.fromkeys(files, b"x")), FakeDocuments(files)))


@pytest.fixture(scope="session")
def statuses():
    """What each check of a plan comes to."""

    def ask(given, plan, **more):
        return {name: str(judge(one, given, plan, **more).status) for name, one in PLAN_CHECKS.items()}

    return ask
