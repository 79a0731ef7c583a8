"""Judging a stored run again: today's checks over yesterday's facts, without the network."""

import pytest

from xuncha import catalogue as catalogues
from xuncha import runs
from xuncha.model.outcome import Status
from xuncha.store.bundle import Bundle
from xuncha.store.result import build_result
from xuncha.store.warc import read_capture


@pytest.fixture(scope="module")
def rejudged(inspected, lab, known, tmp_path_factory):
    """The run judged again, and how many connections the lab saw of that."""
    before = lab.connections
    ending = runs.rejudge(inspected, tmp_path_factory.mktemp("rejudged"), known)
    return ending.bundle, lab.connections - before


def test_a_run_judged_again_says_the_same(inspected, rejudged, told):
    assert told(build_result(rejudged[0])) == told(build_result(inspected))


def test_judging_again_makes_no_connection(rejudged):
    assert rejudged[1] == 0


def test_what_page_checks_said_is_taken_over_as_it_was(inspected, rejudged):
    old, new = ({outcome.check: outcome for outcome in bundle.read_outcomes(1)} for bundle in (inspected, rejudged[0]))
    per_page = {check.check for check in runs.stored_plan(inspected).sites[1].checks if check.per_page}
    assert any(old[check].findings for check in per_page)
    assert {check: new[check] for check in per_page} == {check: old[check] for check in per_page}


def test_findings_keep_the_captures_that_prove_them(inspected, rejudged):
    named = [
        sorted(found.evidence for outcome in bundle.read_outcomes(1) for found in outcome.findings)
        for bundle in (inspected, rejudged[0])
    ]
    assert named[0] == named[1]
    assert read_capture(rejudged[0].captures_file(1, "education"), named[1][-1]).body


def test_the_new_run_is_sealed_and_names_the_old_one(inspected, rejudged):
    bundle = rejudged[0]
    assert (bundle.meta().state, bundle.verify()) == ("finished", [])
    assert bundle.meta().options["rejudges"] == inspected.meta().id


def test_its_times_are_those_of_the_inspection(inspected, rejudged):
    old, new = inspected.meta(), rejudged[0].meta()
    assert old.finished is not None
    assert (new.started, new.finished) == (old.started, old.finished)


def test_the_old_run_stays_as_it_was(inspected, rejudged):
    assert inspected.verify() == []


CODE = """
import sys
from collections.abc import Iterator
from xuncha.api import *
@hookimpl
def xuncha_plugin():
    return sys.modules[__name__]
@check("today.one")
def one(site: Site) -> Iterator[object]:
    yield from ()
"""
TEXTS = """
plugin:
  title: {zh: 今天, en: today}
  version: "1"
checks:
  today.one:
    severity: low
    title: {zh: 一, en: one}
    rationale: {zh: 因此, en: because}
    remediation: [{role: developer, zh: 改, en: mend}]
    messages: {found: {zh: 有, en: found}}
"""


def test_the_checks_of_today_judge(plugin, scan, tmp_path):
    package = plugin("today", CODE, TEXTS)
    ending, _result, _known = scan(("portal",), include=("today.*",))
    stricter = CODE.replace("yield from ()", 'yield finding(SiteLocator(), "found")')
    (package / "__init__.py").write_text(stricter + "# of another length, so that no stale bytecode is used\n")
    again = runs.rejudge(ending.bundle, tmp_path / "again", catalogues.catalogue())
    statuses = [Bundle(run.bundle.folder).read_outcomes(0)[0].status for run in (ending, again)]
    assert statuses == [Status.PASS, Status.FAIL]
