"""From init over plan and scan to the index, with a site that needs no request."""

import json
import sys
from dataclasses import replace

import docx
import pytest

from xuncha.cli.sources import Sources
from xuncha.lock import writing
from xuncha.store.bundle import Bundle
from xuncha.store.result import build_result

ANSWERS = ("--office", "区电政办", "--telephone", "0532-8591", "--authorisation", "", "--address", "")


def test_init_makes_a_workspace_and_tells_the_next_command(xuncha, tmp_path):
    ran = xuncha("init", tmp_path / "new", *ANSWERS)
    assert (ran.code, ran.out) == (0, "")
    assert "xuncha plan" in ran.err
    assert (tmp_path / "new" / "xuncha.yaml").is_file()


def test_init_refuses_a_folder_that_is_a_workspace_already(xuncha, workspace):
    assert xuncha("init", workspace, *ANSWERS).code == 2


@pytest.mark.parametrize(("option", "value"), [("--office", ""), ("--telephone", "none"), ("--address", "here")])
def test_init_refuses_an_answer_that_makes_no_sense(xuncha, tmp_path, option, value):
    answers = list(ANSWERS)
    answers[answers.index(option) + 1] = value
    assert xuncha("init", tmp_path / "new", *answers).code == 2
    assert not (tmp_path / "new").exists()


def test_the_plan_says_what_would_be_done(xuncha, known):
    plan = json.loads(xuncha("plan", "http://a.gov.example/", "--profile", "notice", "--format", "json").out)
    (site,) = plan["sites"]
    assert [check["check"] for check in site["checks"]] == [entry.id for entry in known.checks]
    assert site["crawl"]
    assert 2000 < site["requests"] < 30_000


def test_the_plan_of_a_quick_look_asks_for_less(xuncha):
    def requests(profile):
        plan = json.loads(xuncha("plan", "http://a.gov.example/", "-p", profile, "--format", "json").out)
        return plan["sites"][0]["requests"]

    assert requests("quick") < requests("notice") < requests("deep")


def test_the_plan_names_what_will_not_run_and_why(xuncha):
    plan = json.loads(xuncha("plan", "http://a.gov.example/", "--profile", "notice", "--format", "json").out)
    left_out = {check["check"]: check["reason"] for check in plan["sites"][0]["checks"] if check["status"]}
    assert left_out == {"tls.known-vulnerabilities": "not-authorised"}


def test_the_table_of_the_plan_names_each_site(xuncha):
    ran = xuncha("plan", "http://a.gov.example/", "http://b.gov.example/")
    assert ran.code == 0
    assert [name for name in ("a.gov.example", "b.gov.example") if name not in ran.out] == []


def test_a_strict_plan_refuses_an_inventory_with_a_bad_row(xuncha, tmp_path):
    (tmp_path / "list.csv").write_text(INVENTORY)
    assert (xuncha("plan", tmp_path / "list.csv").code, xuncha("plan", "--strict", tmp_path / "list.csv").code) == (
        0,
        2,
    )


def test_the_plan_stores_nothing(xuncha, workspace):
    assert xuncha("plan").code == 0
    assert list((workspace / "runs").iterdir()) == []


def test_the_sites_of_the_workspace_are_listed(xuncha, workspace):
    listed = json.loads(xuncha("site", "list", "--format", "json").out)
    assert [(one["id"], one["urls"]) for one in listed] == [("office", ["http://a.gov.example/"])]
    assert "office" in xuncha("site", "list").out


INVENTORY = "网站名称,网址\n甲局,http://b.gov.example/\n,\n乙局,不是网址 x\n"


def test_an_inventory_with_bad_rows_is_imported_and_they_are_named(xuncha, workspace, tmp_path):
    (tmp_path / "list.csv").write_text(INVENTORY)
    ran = xuncha("site", "import", tmp_path / "list.csv")
    assert ran.code == 0
    assert "list.csv:4" in ran.err
    assert "甲局" in xuncha("site", "list").out


def names(file):
    return [line.partition(",")[2].partition(",")[0] for line in file.read_text("utf-8-sig").splitlines()[1:]]


def test_an_imported_list_is_added_to_what_stands_there(xuncha, workspace, tmp_path):
    before = (workspace / "sites.csv").read_bytes()
    (tmp_path / "list.csv").write_bytes(INVENTORY.encode("gb18030"))
    assert "新增 1 个网站" in xuncha("site", "import", tmp_path / "list.csv").err
    assert names(workspace / "sites.csv") == ["示例区办公室", "甲局"]
    assert (workspace / "sites.csv.bak").read_bytes() == before


def test_only_who_says_replace_gives_the_inventory_up(xuncha, workspace, tmp_path):
    (tmp_path / "list.csv").write_text("编号,网站名称,网址\nb,甲局,http://b.gov.example/\n")
    assert xuncha("site", "import", "--replace", tmp_path / "list.csv").code == 0
    assert names(workspace / "sites.csv") == ["甲局"]
    assert "示例区办公室" in (workspace / "sites.csv.bak").read_text("utf-8-sig")


def test_a_list_whose_sites_name_a_paper_of_the_workspace_is_imported(xuncha, workspace, tmp_path):
    paper = "authorisations:\n  - {id: p1, document: 1号, ordered_by: 区政府}\n"
    (workspace / "authorisations.yaml").write_text(paper, "utf-8")
    (tmp_path / "list.csv").write_text("网站名称,网址,检查授权\n甲局,http://b.gov.example/,p1\n")
    assert xuncha("site", "import", tmp_path / "list.csv").code == 0


def test_an_inventory_that_cannot_be_read_whole_is_not_written_over(xuncha, workspace, tmp_path):
    (workspace / "sites.csv").write_text('网站名称,网址\n"甲"局,http://a.example/\n', encoding="utf-8")
    (tmp_path / "list.csv").write_text(INVENTORY)
    assert xuncha("site", "import", tmp_path / "list.csv").code == 2
    assert "甲" in (workspace / "sites.csv").read_text("utf-8")


def test_strict_refuses_an_inventory_with_a_bad_row(xuncha, workspace, tmp_path):
    before = (workspace / "sites.csv").read_bytes()
    (tmp_path / "list.csv").write_text(INVENTORY)
    assert xuncha("site", "import", "--strict", tmp_path / "list.csv").code == 2
    assert (workspace / "sites.csv").read_bytes() == before


def test_import_needs_a_workspace(xuncha, tmp_path):
    (tmp_path / "list.csv").write_text(INVENTORY)
    assert xuncha("site", "import", tmp_path / "list.csv").code == 2


def test_a_scan_stores_a_sealed_run_and_tells_the_next_command(xuncha, workspace):
    ran = xuncha("scan")
    (folder,) = (workspace / "runs").iterdir()
    bundle = Bundle.open(folder)
    assert (ran.code, bundle.meta().state, bundle.verify()) == (0, "finished", [])
    assert f"xuncha report {folder.name}" in ran.err


def test_a_scan_settles_every_planned_check(scanned, known):
    (site,) = build_result(Bundle.open(scanned)).sites
    assert sorted(outcome.check for outcome in site.outcomes) == sorted(entry.id for entry in known.checks)


def test_without_a_workspace_runs_go_to_the_state_folder(xuncha, tmp_path):
    (tmp_path / "list.csv").write_text("编号,网址,网站状态\na,http://a.gov.example/,临时关停\n")
    assert xuncha("scan", tmp_path / "list.csv").code == 0
    assert len(list((tmp_path / "state" / "xuncha" / "runs").iterdir())) == 1


def test_the_index_is_upgraded_and_rebuilt_from_the_bundles(xuncha, scanned):
    index = scanned.parent.parent / "xuncha.db"
    index.unlink()
    assert xuncha("db", "upgrade").code == 0
    ran = xuncha("db", "rebuild")
    assert ran.code == 0
    assert index.stat().st_size > 0
    assert "1" in ran.err


def test_a_damaged_run_is_named_and_left_out_of_the_index(xuncha, scanned):
    (scanned / "run.json").write_text("{")
    ran = xuncha("db", "rebuild")
    assert ran.code == 0
    assert scanned.name in ran.err


def test_a_run_that_was_stopped_tells_how_to_go_on(xuncha, workspace, tmp_path, monkeypatch):
    worker = tmp_path / "worker"
    worker.write_text('#!/bin/sh\nread site; echo "{\\"site\\": $site, \\"trouble\\": \\"disk-full\\"}"; read more\n')
    worker.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(worker))
    ran = xuncha("scan", "http://b.gov.example/")
    (folder,) = (workspace / "runs").iterdir()
    assert ran.code == 130
    assert f"xuncha run resume {folder.name}" in ran.err


def test_two_writers_in_one_workspace_are_one_too_many(xuncha, workspace):
    with writing(workspace, "another scan"):
        ran = xuncha("scan")
    assert ran.code == 2
    assert "another scan" in ran.err
    assert list((workspace / "runs").iterdir()) == []


@pytest.fixture
def broken(known, monkeypatch):
    """A plugin that did not load, whose checks are known from its texts."""
    entries = tuple(replace(one, failure="SyntaxError") if one.ref.name == "links" else one for one in known.plugins)
    monkeypatch.setattr(Sources, "catalogue", lambda _self: replace(known, plugins=entries))


def test_a_plugin_that_did_not_load_makes_the_exit_code_4(xuncha, workspace, broken):
    ran = xuncha("scan")
    assert ran.code == 4
    assert "links" in ran.err


def test_the_list_of_plugins_names_what_did_not_load(xuncha, broken):
    ran = xuncha("plugin", "list", "--format", "json")
    assert ran.code == 4
    assert {one["name"]: one["failure"] for one in json.loads(ran.out)}["links"] == "SyntaxError"


def letter_of(folder):
    (path,) = folder.glob("*.docx")
    return path, "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def test_init_writes_the_letter_that_announces_the_inspection(xuncha, tmp_path):
    folder = tmp_path / "w"
    xuncha(
        "init",
        folder,
        "--office",
        "区电政办",
        "--telephone",
        "0532-8591",
        "--authorisation",
        "",
        "--address",
        "192.0.2.7",
    )
    said = letter_of(folder)[1]
    assert all(one in said for one in ("192.0.2.7", "tel 0532-8591", "区电政办", "（单位印章）"))
    assert "检查授权（" not in said


def test_the_letter_gives_the_user_agent_in_a_line_of_its_own_and_what_to_look_for_in_it(xuncha, tmp_path):
    answers = {"--office": "区电政办", "--telephone": "0532-8591", "--authorisation": "", "--address": "192.0.2.7"}
    xuncha("init", tmp_path / "w", *(word for answer in answers.items() for word in answer))
    lines = letter_of(tmp_path / "w")[1].split("\n")
    assert "“Xuncha/”" in "".join(lines)
    assert any(line.startswith("Xuncha/") and line.endswith(")") for line in lines)
    assert [line.strip() for line in lines][-3:-1] == ["区电政办", "（单位印章）"]


def test_a_letter_that_somebody_has_edited_is_left_alone(xuncha, tmp_path):
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "告知函.docx").write_bytes(b"edited")
    (tmp_path / "w" / "letter.docx").write_bytes(b"edited")
    xuncha(
        "init",
        tmp_path / "w",
        "--office",
        "区电政办",
        "--telephone",
        "0532-8591",
        "--authorisation",
        "",
        "--address",
        "",
    )
    assert {path.read_bytes() for path in (tmp_path / "w").glob("*.docx")} == {b"edited"}
