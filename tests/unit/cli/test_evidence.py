"""``xuncha evidence``: the folder, the run without a network, what people decide."""

import json
import os
import sys
from pathlib import Path

import pytest

from xuncha import catalogue as catalogues
from xuncha.cli.sources import Sources
from xuncha.config.errors import ConfigError
from xuncha.evidence.declaration import read_declaration
from xuncha.model.evidence import Declaration
from xuncha.registry import PluginRef

SITES = "编号,网站名称,网址\na,区民政局,http://a.gov.example/\nb,区文旅局,\n"
TOLD = [
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.sendto",
    "socket.sendmsg",
    "socket.bind",
]
HOOK = """
import os, sys
def told(event, arguments):
    if event in {events!r}:
        with open({log!r}, "a") as log:
            log.write(f"{{event}} {{arguments[1:]}}\\n")
with open({log!r}, "a") as log:
    log.write("a worker" if "xuncha.worker" in sys.orig_argv else f"{{sys.orig_argv}}")
sys.addaudithook(told)
"""
ASKING = """
from xuncha.api import *
import sys
@hookimpl
def xuncha_plugin():
    return sys.modules[__name__]
@check("drill.signed")
def signed(evidence: Evidence):
    for file in evidence.of(Piece.EMERGENCY_DRILL):
        yield ask(DocumentLocator(file.path, "emergency.drill", sha256=file.sha256), "is-it-signed")
    if not evidence.handed_in(Piece.EMERGENCY_DRILL):
        yield not_handed_in(evidence, Piece.EMERGENCY_DRILL)
"""
TEXTS = """
plugin: {title: {zh: 演练, en: drill}, version: "1"}
checks:
  drill.signed:
    severity: medium
    title: {zh: 演练记录有签字, en: The drill record is signed}
    rationale: {zh: 因此, en: because}
    remediation: [{role: webmaster, zh: 补, en: mend}]
    messages:
      is-it-signed: {zh: 记录有签字吗, en: is it signed}
      not-handed-in: {zh: "{due} 前未提交", en: "not by {due}"}
"""


@pytest.fixture(scope="session")
def with_evidence(tmp_path_factory):
    """Plugins that judge evidence, and one that visits sites."""
    folder = tmp_path_factory.mktemp("plugins")
    (folder / "drill_plugin").mkdir()
    (folder / "drill_plugin" / "__init__.py").write_text(ASKING)
    (folder / "drill_plugin" / "checks.yaml").write_text(TEXTS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(folder), prepend=os.pathsep)
        patch.syspath_prepend(str(folder))
        refs = [
            PluginRef("availability", "xuncha_plugins.availability", "xuncha", "1"),
            PluginRef("evidence", "xuncha_plugins.evidence", "xuncha", "1"),
            PluginRef("drill", "drill_plugin", "drill", "1"),
        ]
        known = catalogues.catalogue(refs=refs)
        assert not known.failed()
        yield folder, known


@pytest.fixture
def office(workspace, with_evidence, tmp_path, monkeypatch):
    """A workspace with two sites, one of them without an address."""
    folder, known = with_evidence
    monkeypatch.setattr(Sources, "catalogue", lambda _self: known)
    monkeypatch.setenv("PYTHONPATH", str(folder), prepend=os.pathsep)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (workspace / "sites.csv").write_text(SITES, encoding="utf-8-sig")
    return workspace


@pytest.fixture
def drilled(office):
    """The record of a drill was handed in."""
    folder = office / "evidence" / "a"
    folder.mkdir()
    (folder / "record.txt").write_text("演练记录")
    (folder / "evidence.yaml").write_text("emergency: {drill: {files: [record.txt], held: 2026-05-06}}")
    return office


def outcomes(workspace, site=0):
    run = max((workspace / "runs").iterdir())
    path = next(run.glob(f"sites/{site:05d}-*/outcomes.json"))
    return {one["check"]: one for one in json.loads(path.read_text())["outcomes"]}


def test_the_template_is_a_declaration_that_declares_nothing(xuncha, office):
    ran = xuncha("evidence", "template", "a")
    assert ran.code == 0
    assert read_declaration(office / "evidence" / "a" / "evidence.yaml") == Declaration()
    assert "不要提交什么" in (office / "evidence" / "a" / "填写说明.md").read_text()


def test_the_examples_in_the_template_are_valid_once_uncommented(xuncha, office):
    xuncha("evidence", "template", "a")
    path = office / "evidence" / "a" / "evidence.yaml"
    path.write_text(path.read_text().replace("\n  #  ", "\n    "))
    said = read_declaration(path)
    assert (said.backup.copies[0].holds, said.staffing.team[0].full_time) == ("网页", True)


def test_the_template_overwrites_nothing(xuncha, office):
    own = office / "evidence" / "a" / "evidence.yaml"
    own.parent.mkdir()
    own.write_text("filled_by: 张三")
    ran = xuncha("evidence", "template", "区民政局")
    assert own.read_text() == "filled_by: 张三"
    assert "已有，未改动" in ran.err


def test_an_unknown_site_is_told(xuncha, office):
    ran = xuncha("evidence", "template", "c")
    assert (ran.code, "没有 c" in ran.err) == (2, True)


def test_verify_judges_only_evidence_also_of_a_site_without_an_address(xuncha, office):
    xuncha("evidence", "verify")
    assert set(outcomes(office, 1)) == {"evidence.files", "evidence.refused", "evidence.own-papers", "drill.signed"}
    assert {one["status"] for one in outcomes(office, 1).values()} == {"not_run"}


def test_verify_makes_no_network_call_at_all(xuncha, drilled, tmp_path, monkeypatch):
    log = tmp_path / "log"
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(HOOK.format(events=TOLD, log=str(log)))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "hook"), prepend=os.pathsep)
    seen = []
    watching = [True]
    sys.addaudithook(lambda event, given: seen.append((event, given[1:])) if watching and event in TOLD else None)
    xuncha("evidence", "verify")
    watching.clear()
    assert outcomes(drilled)["drill.signed"]["status"] == "manual"
    assert seen == []
    assert set(log.read_text().split("a worker")) == {""}


def test_after_the_deadline_what_is_missing_is_a_failure(xuncha, office):
    with (office / "xuncha.yaml").open("a") as settings:
        settings.write("evidence_due: 2026-01-01\n")
    xuncha("evidence", "verify", "a")
    assert outcomes(office)["drill.signed"]["status"] == "fail"


def test_verify_names_the_lines_of_a_list_with_mistakes(xuncha, drilled):
    (drilled / "evidence" / "a" / "evidence.yaml").write_text("emergency:\n  drills: {}\n")
    ran = xuncha("evidence", "verify", "a")
    assert "evidence.yaml:2:3" in ran.err
    found = outcomes(drilled)
    assert found["evidence.files"]["findings"][0]["key"] == "list-mistakes"
    assert found["drill.signed"]["reason"]["code"] == "evidence-unreadable"


def test_a_list_with_mistakes_is_no_better_than_an_empty_folder_once_it_is_late(xuncha, drilled):
    with (drilled / "xuncha.yaml").open("a") as settings:
        settings.write("evidence_due: 2026-01-01\n")
    (drilled / "evidence" / "a" / "evidence.yaml").write_text("backup: [")
    xuncha("evidence", "verify", "a")
    found = outcomes(drilled)
    assert (found["drill.signed"]["status"], found["evidence.files"]["status"]) == ("fail", "fail")


def test_verify_keeps_what_units_had_declared_as_a_scan_does(xuncha, drilled, monkeypatch):
    asked = []
    monkeypatch.setattr(Sources, "declared", lambda _self, sites: asked.append(sites))
    xuncha("evidence", "verify", "a")
    assert asked == [["a"]]


def question(xuncha):
    (asked,) = json.loads(xuncha("evidence", "review", "--format", "json").out)
    return asked


def test_review_lists_what_people_must_decide(xuncha, drilled):
    xuncha("evidence", "verify", "a")
    asked = question(xuncha)
    assert (asked["check"], asked["locator"]["path"], asked["answer"]) == ("drill.signed", "record.txt", None)
    assert "  问题：记录有签字吗" in xuncha("evidence", "review").out


def test_the_help_of_review_shows_no_pattern_of_a_date(xuncha):
    assert "--until 日期" in xuncha("evidence", "review", "--help").out


def test_review_says_when_nothing_is_left(xuncha, drilled):
    xuncha("evidence", "verify", "a")
    answer(xuncha, question(xuncha), "--verdict", "met")
    assert "没有待审核的问题" in xuncha("evidence", "review").err


def answer(xuncha, asked, *more):
    return xuncha("evidence", "review", "--question", asked["question"], "--by", "李四", "--reason", "已看原件", *more)


def test_an_answer_counts_from_the_next_verification_on_and_is_shown(xuncha, drilled):
    xuncha("evidence", "verify", "a")
    assert answer(xuncha, question(xuncha), "--verdict", "符合").code == 0
    xuncha("evidence", "verify", "a")
    outcome = outcomes(drilled)["drill.signed"]
    assert (outcome["status"], outcome["answered"][0]["answer"]["by"]) == ("pass", "李四")
    assert "李四" in xuncha("report", "--format", "html", "-o", "out").out or "李四" in written(Path("out"))


def written(folder):
    return "".join(path.read_text() for path in folder.rglob("*.html"))


def test_an_answer_falls_with_the_document_that_it_was_about(xuncha, drilled):
    xuncha("evidence", "verify", "a")
    answer(xuncha, question(xuncha), "--verdict", "met")
    (drilled / "evidence" / "a" / "record.txt").write_text("另一份记录")
    xuncha("evidence", "verify", "a")
    assert outcomes(drilled)["drill.signed"]["status"] == "manual"
    assert "材料已更换" in xuncha("evidence", "review").out


def test_an_answer_can_be_taken_back(xuncha, drilled):
    xuncha("evidence", "verify", "a")
    asked = question(xuncha)
    answer(xuncha, asked, "--verdict", "unmet")
    answer(xuncha, asked, "--retract")
    assert question(xuncha)["answer"] is None


@pytest.mark.parametrize("more", [(), ("--verdict", "met", "--until", "2020-01-01")])
def test_an_answer_without_verdict_or_with_a_past_end_is_refused(xuncha, drilled, more):
    xuncha("evidence", "verify", "a")
    assert answer(xuncha, question(xuncha), *more).code == 2


def test_a_resident_id_in_the_list_is_refused_with_its_line(tmp_path):
    (tmp_path / "evidence.yaml").write_text("staffing:\n  team:\n    - name: 张三 11010519491231002X\n")
    with pytest.raises(ConfigError) as told:
        read_declaration(tmp_path / "evidence.yaml")
    assert "evidence.yaml:3:13" in str(told.value)
    assert "11010519491231002X" not in str(told.value)
