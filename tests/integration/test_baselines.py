"""How baselines reach the checks of a run, and what becomes of them when it is judged again or resumed."""

from dataclasses import replace
from datetime import datetime

import pytest

from xuncha import catalogue as catalogues
from xuncha import runs
from xuncha.baseline import acts
from xuncha.baseline.book import Baselines
from xuncha.baseline.entries import Act, Draft
from xuncha.baseline.packs import Kept, as_json, digest
from xuncha.model.clock import SHANGHAI
from xuncha.model.crawl import PageRecord
from xuncha.model.outcome import Status
from xuncha.model.prints import Algorithms, PageKind, PagePrint, SealState
from xuncha.model.reasons import Reason
from xuncha.store.codec import load
from xuncha.store.facts import read_facts
from xuncha.worker.facts import CRAWL_PARTS

NOW = datetime(2026, 8, 10, 9, 0, tzinfo=SHANGHAI)
CODE = """
import sys
from collections.abc import Iterator
from xuncha.api import *
@hookimpl
def xuncha_plugin():
    return sys.modules[__name__]
@check("tampered.one")
def one(baseline: Baseline, crawl: Crawl) -> Iterator[object]:
    for page in baseline.pages:
        yield finding(PageLocator(page.print.url, page.print.depth), "found", by=page.approval.by)
"""
TEXTS = """
plugin:
  title: {zh: 试验, en: trial}
  version: "1"
checks:
  tampered.one:
    severity: low
    title: {zh: 一, en: one}
    rationale: {zh: 因此, en: because}
    remediation: [{role: developer, zh: 改, en: mend}]
    messages: {found: {zh: "{by}", en: "{by}"}}
"""


@pytest.fixture
def baselines(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "machine"))
    (tmp_path / "workspace").mkdir()
    return Baselines(tmp_path / "workspace")


@pytest.fixture
def scan(plugin, scan_sites, around, lab, baselines):
    """Run the check on one site; gives the bundle."""
    plugin("tampered", CODE, TEXTS)
    around = replace(around, baselines=str(baselines.workspace))
    return lambda name="runs": scan_sites([lab.site("portal")], ("tampered.*",), around, name)


@pytest.fixture
def approve(baselines, lab):
    def approve(by, path="", depth=0):
        site = lab.site("portal")
        print_ = PagePrint(site.home + path, "首页", NOW, depth, PageKind.HOME, "d", "s", "m", 9, 9, 9, 9)
        data = as_json(Kept(print_, Algorithms("d/1", "s/1", "m/1")))
        draft = Draft(Act.APPROVE, by, site.id, print_.url, digest(data))
        acts.add(baselines, [draft], baselines.look(), NOW, {digest(data): data})

    return approve


def outcome(bundle):
    (one,) = bundle.read_outcomes(0)
    return one


def test_without_a_baseline_the_check_is_not_run(scan):
    found = outcome(scan())
    assert (found.status, found.reason.code) == (Status.NOT_RUN, Reason.NO_BASELINE)


def test_what_was_approved_is_handed_to_the_check(scan, approve):
    approve("张三")
    (found,) = outcome(scan()).findings
    assert found.params["by"].value == "张三"


def test_a_broken_seal_is_told_and_nothing_is_compared(scan, approve, baselines):
    approve("张三")
    baselines.log.unlink()
    bundle = scan()
    found = outcome(bundle)
    assert (found.status, found.reason.code) == (Status.INCONCLUSIVE, Reason.BASELINE_BROKEN)
    assert bundle.meta().seal.state is SealState.BROKEN
    assert "本机记得有 2 条" in bundle.meta().notes[0].zh


def test_a_changed_print_is_told_and_nothing_is_compared(scan, approve, baselines):
    approve("张三")
    baselines.packs.path(1).write_bytes(b"rubbish")
    assert outcome(scan()).reason.code is Reason.BASELINE_BROKEN


def test_a_missing_key_is_told(scan, approve, monkeypatch, tmp_path):
    approve("张三")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "another"))
    assert outcome(scan()).reason.code is Reason.SEAL_KEY_MISSING


def test_a_run_judged_again_compares_with_what_it_had_then(scan, approve, baselines, tmp_path):
    approve("张三")
    bundle = scan()
    approve("李四")
    again = runs.rejudge(bundle, tmp_path / "again", catalogues.catalogue()).bundle
    assert outcome(again).findings == outcome(bundle).findings
    assert again.meta().seal == bundle.meta().seal


def test_a_resumed_run_compares_with_what_was_approved_when_it_began(scan, approve, baselines):
    approve("张三")
    bundle = scan()
    (bundle.site_folder(0, "portal") / "outcomes.json").unlink()
    approve("李四")
    bundle.set_state("interrupted")
    runs.resume(bundle, lambda _progress: None)
    (found,) = outcome(bundle).findings
    assert found.params["by"].value == "张三"


def visited(bundle):
    """The pages of the only site, in the order of the crawl."""
    facts = read_facts(bundle.facts_file(0, "portal"), [CRAWL_PARTS[1]])
    return [load(PageRecord, value).url for _, value in facts]


def test_an_approved_page_is_visited_directly_after_the_home_page(scan, approve):
    before = visited(scan())
    last = before[-1]
    approve("张三", last.removeprefix(before[0]), depth=2)
    after = visited(scan("again"))
    assert (after[0], after[1], sorted(after)) == (before[0], last, sorted(before))
