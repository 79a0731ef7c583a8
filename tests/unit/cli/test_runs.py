import json
import stat
import zipfile

import pytest

from xuncha.cli.ending import finish
from xuncha.cli.sources import Sources
from xuncha.exit_codes import INTERRUPTED
from xuncha.model.reasons import Reason
from xuncha.runs import Ending
from xuncha.store.bundle import Bundle


def test_runs_are_listed(xuncha, scanned):
    assert [one["id"] for one in json.loads(xuncha("run", "list", "--format", "json").out)] == [scanned.name]
    assert scanned.name in xuncha("run", "list").out


def test_a_damaged_run_does_not_hide_the_others(xuncha, scanned):
    bad = scanned.parent / "20260101-000000-abcd"
    bad.mkdir()
    (bad / "run.json").write_text("{")
    ran = xuncha("run", "list", "--format", "json")
    assert [one["id"] for one in json.loads(ran.out)] == [scanned.name]
    assert bad.name in ran.err


@pytest.mark.parametrize("name", ["", "whole", "beginning", "path"])
def test_a_run_is_found_by_its_id_the_beginning_of_it_or_its_path(xuncha, scanned, name):
    names = {"": [], "whole": [scanned.name], "beginning": [scanned.name[:8]], "path": [scanned]}
    shown = json.loads(xuncha("run", "show", *names[name], "--format", "json").out)
    assert shown["run"]["id"] == scanned.name


@pytest.mark.parametrize("name", ["*", "../x", "?", "[0-9]", "no-such-run"])
def test_a_name_is_no_pattern(xuncha, scanned, name):
    assert xuncha("run", "show", name).code == 2


def test_the_summary_of_a_run_goes_to_standard_output(xuncha, scanned):
    assert "示例区办公室" in xuncha("run", "show").out


def test_an_untouched_run_is_verified(xuncha, scanned):
    assert (xuncha("run", "verify").code, xuncha("run", "verify").out) == (0, "")


def test_a_changed_file_is_named(xuncha, scanned):
    (scanned / "plan.json").write_text("{}")
    ran = xuncha("run", "verify")
    assert (ran.code, ran.out) == (1, "内容已改动：plan.json\n")
    assert "备份" in ran.err


def test_who_interrupts_a_run_is_told_once_how_to_go_on(xuncha, scanned, capsys):
    ending = Ending(Bundle.open(scanned), "interrupted", Reason.INTERRUPTED)
    assert finish(ending, Sources.here().workspace, Sources.here().profile("quick")) == INTERRUPTED
    assert capsys.readouterr().err.count("xuncha run resume") == 1


def test_a_finished_run_is_not_resumed(xuncha, scanned):
    ran = xuncha("run", "resume")
    assert ran.code == 2
    assert scanned.name in ran.err


def test_an_interrupted_run_is_resumed_to_its_end(xuncha, scanned):
    bundle = Bundle.open(scanned)
    bundle.set_state("interrupted")
    assert xuncha("run", "resume", scanned.name).code == 0
    assert (bundle.meta().state, bundle.verify()) == ("finished", [])


def test_rejudging_ends_as_a_scan_with_these_results_would(xuncha, scanned, monkeypatch):
    monkeypatch.setattr("xuncha.cli.ending.exit_code", lambda *_: 3)
    assert xuncha("run", "rejudge").code == 3


def test_rejudging_makes_a_new_run_and_leaves_the_old_one(xuncha, scanned):
    assert xuncha("run", "rejudge").code == 0
    runs = {path.name for path in scanned.parent.iterdir()}
    assert len(runs) == 2
    assert Bundle.open(scanned).verify() == []


@pytest.mark.parametrize(("formats", "endings"), [("html", {".html"}), ("html, json", {".html", ".json"})])
def test_a_report_is_written_in_each_format(xuncha, scanned, tmp_path, formats, endings):
    ran = xuncha("report", "--format", formats, "-o", tmp_path / "out")
    written = list((tmp_path / "out").iterdir())
    assert ran.code == 0
    assert {path.suffix for path in written} == endings
    assert sorted(ran.out.split()) == sorted(str(path) for path in written)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_report_names_its_run_and_language(xuncha, scanned, tmp_path, lang):
    xuncha("report", scanned.name, "--format", "json", "--lang", lang, "-o", tmp_path / "out")
    (path,) = (tmp_path / "out").iterdir()
    assert path.name == f"xuncha-{scanned.name}-{lang}.json"
    assert json.loads(path.read_bytes())["run"]["id"] == scanned.name


def test_an_unknown_format_is_told_with_those_that_there_are(xuncha, scanned):
    ran = xuncha("report", "--format", "html,pdff")
    assert ran.code == 2
    assert "html" in ran.err


@pytest.mark.parametrize(("words", "inside"), [((), "/manifest.json"), (("--redacted",), "/result.json")])
def test_a_run_is_packed_for_handing_on(xuncha, scanned, tmp_path, words, inside):
    ran = xuncha("run", "export", scanned.name, *words, "-o", tmp_path / "out.zip")
    names = zipfile.ZipFile(tmp_path / "out.zip").namelist()
    assert ran.code == 0
    assert f"{scanned.name}{inside}" in names
    assert stat.S_IMODE((tmp_path / "out.zip").stat().st_mode) == 0o600


def test_an_export_overwrites_nothing(xuncha, scanned, tmp_path):
    (tmp_path / "out.zip").write_bytes(b"mine")
    assert xuncha("run", "export", scanned.name, "-o", tmp_path / "out.zip").code == 2
    assert (tmp_path / "out.zip").read_bytes() == b"mine"


def test_a_run_that_is_not_finished_is_not_packed_as_it_is(xuncha, scanned, tmp_path):
    (scanned / "manifest.json").unlink()
    ran = xuncha("run", "export", scanned.name, "-o", tmp_path / "out.zip")
    assert (ran.code, (tmp_path / "out.zip").exists()) == (2, False)
    assert xuncha("run", "export", scanned.name, "--redacted", "-o", tmp_path / "out.zip").code == 0
