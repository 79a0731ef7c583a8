"""What goes wrong around a command is told in a sentence, with a code that programs can tell apart."""

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from xuncha.cli.sources import Sources
from xuncha.store.bundle import Bundle
from xuncha.store.errors import DiskFullError


def test_init_without_anybody_to_answer_names_the_options(xuncha, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("区电政办\n"))
    ran = xuncha("init", tmp_path / "new", "--address", "")
    assert ran.code == 2
    assert "--telephone" in ran.err
    assert "--office" not in ran.err
    assert "--address" not in ran.err
    assert not (tmp_path / "new").exists()


def test_a_manifest_that_was_removed_is_named(xuncha, scanned):
    (scanned / "manifest.json").unlink()
    ran = xuncha("run", "verify")
    assert (ran.code, ran.out) == (1, "文件缺失：manifest.json\n")


def test_a_report_of_a_changed_run_is_written_with_a_warning(xuncha, scanned, tmp_path):
    (scanned / "run.json").write_text((scanned / "run.json").read_text() + " ")
    ran = xuncha("report", "-o", tmp_path / "out")
    assert (ran.code, "run.json" in ran.err) == (1, True)
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_a_report_for_the_terminal_is_printed_and_not_written(xuncha, scanned, tmp_path):
    ran = xuncha("report", "--format", "console", "-o", tmp_path / "out")
    assert (ran.code, "示例区办公室" in ran.out) == (0, True)
    assert not (tmp_path / "out").exists()


def test_no_format_is_a_usage_error(xuncha, scanned):
    assert xuncha("report", "--format", "").code == 2


def test_a_resumed_run_keeps_the_limits_and_the_broken_plugins_of_its_scan(xuncha, workspace, known, monkeypatch):
    entries = tuple(replace(one, failure="SyntaxError") if one.ref.name == "links" else one for one in known.plugins)
    monkeypatch.setattr(Sources, "catalogue", lambda _self: replace(known, plugins=entries))
    xuncha("scan", "--fail-on", "low", "--max-unassessed", "0.5")
    (folder,) = (workspace / "runs").iterdir()
    kept = Bundle.open(folder).set_state("interrupted").options
    assert (kept["fail_on"], kept["max_unassessed"]) == ("low", 0.5)
    ran = xuncha("run", "resume")
    assert (ran.code, "links" in ran.err) == (4, True)


def test_a_state_folder_that_is_a_file_is_told_with_its_path(xuncha, tmp_path):
    (tmp_path / "state").write_text("a file")
    ran = xuncha("scan", "http://a.gov.example/")
    assert ran.code == 2
    assert str(tmp_path / "state") in ran.err


def test_a_report_folder_below_a_file_is_told_with_its_path(xuncha, scanned, tmp_path):
    (tmp_path / "file").write_text("")
    ran = xuncha("report", "-o", tmp_path / "file" / "below")
    assert (ran.code, str(tmp_path / "file") in ran.err) == (2, True)


def test_a_damaged_run_is_told_in_the_language_of_the_process(xuncha, scanned):
    (scanned / "run.json").write_text("{")
    ran = xuncha("run", "show", scanned)
    assert (ran.code, "文件已损坏" in ran.err) == (2, True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_an_output_that_takes_nothing_is_told_without_a_trace():
    command = [sys.executable, "-X", "utf8", "-c", "from xuncha.cli import main; main()", "--version"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, "磁盘空间不足" in done.stderr, "Traceback" in done.stderr) == (2, True, False)


def test_a_plan_that_does_not_fit_on_the_disk_leaves_nothing_behind(xuncha, workspace, monkeypatch):
    def refuse(bundle, _plan):
        raise DiskFullError(bundle.folder / "plan.json")

    monkeypatch.setattr(Bundle, "write_plan", refuse)
    ran = xuncha("scan")
    assert (ran.code, "磁盘空间不足" in ran.err) == (2, True)
    assert list((workspace / "runs").iterdir()) == []


def test_what_was_killed_before_its_plan_was_written_is_not_the_latest_run(xuncha, scanned):
    killed = scanned.parent / "29990101-000000-abcd"
    killed.mkdir()
    (killed / "run.json").write_bytes((scanned / "run.json").read_bytes())
    assert xuncha("run", "verify").code == 0
