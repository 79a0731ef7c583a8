import errno
import json
import os
import stat
from dataclasses import replace
from datetime import timedelta

import pytest

from xuncha.model.fact import Gap
from xuncha.model.reasons import Reason
from xuncha.store import disk
from xuncha.store.bundle import Bundle, Mismatch, SiteStats, new_run_id
from xuncha.store.errors import DiskFullError, StoreError


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def full_disk(monkeypatch):
    def refuse(_file):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(disk.os, "fsync", refuse)


def test_run_ids_sort_by_time_and_read_as_shanghai(meta):
    first, second = new_run_id(meta.started), new_run_id(meta.started + timedelta(seconds=1))
    assert first.startswith("20241122-101112-")
    assert first < second


def test_a_bundle_comes_back_as_it_was_written(bundle, meta):
    assert Bundle.open(bundle.folder).meta() == meta


def test_outcomes_and_gaps_come_back(bundle, failing):
    gaps = {"tls": Gap(Reason.TIMEOUT, detail="no answer")}
    bundle.write_outcomes(3, "市北a", [failing], gaps)
    assert bundle.read_outcomes(3) == (failing,)
    assert bundle.read_gaps(3) == gaps


def test_facts_come_back_in_their_order(bundle):
    facts = [("a", {"x": 1}), ("b", ["市北"]), ("a", None)]
    bundle.write_facts(0, "a", iter(facts))
    assert list(bundle.read_facts(0)) == facts


def test_facts_are_masked(bundle):
    bundle.write_facts(0, "a", [("a", {"phone": "13812345678"})])
    assert list(bundle.read_facts(0)) == [("a", {"phone": "138****5678"})]


def test_stats_come_back(bundle):
    bundle.write_stats(0, "a", SiteStats(pages=60, cpu_seconds=0.5))
    assert bundle.read_stats(0) == SiteStats(pages=60, cpu_seconds=0.5)


def test_a_site_that_was_never_reached_has_nothing(bundle):
    assert bundle.read_outcomes(9) == ()
    assert bundle.read_gaps(9) == {}
    assert list(bundle.read_facts(9)) == []
    assert bundle.read_stats(9) == SiteStats()


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_only_the_owner_may_read(bundle, failing):
    bundle.write_outcomes(0, "a", [failing])
    bundle.seal()
    paths = [bundle.folder, *bundle.folder.rglob("*")]
    assert {mode(path) for path in paths} == {0o700, 0o600}
    assert all(mode(path) == (0o700 if path.is_dir() else 0o600) for path in paths)


@pytest.mark.parametrize("site", ["../../etc", "a/b", "市北区", "", "." * 90, "x" * 300])
def test_no_site_id_leaves_the_folder(bundle, site):
    assert bundle.site_folder(1, site).parent == bundle.folder / "sites"
    assert bundle.site_numbers() == (1,)


def test_a_site_keeps_its_folder(bundle):
    assert bundle.site_folder(1, "a") == bundle.site_folder(1, "another-name")


def test_an_unchanged_bundle_verifies(bundle, failing):
    bundle.write_outcomes(0, "a", [failing])
    bundle.seal()
    assert bundle.verify() == []


def test_what_was_changed_after_sealing_is_named(bundle, failing):
    bundle.write_outcomes(0, "a", [failing])
    bundle.write_plan(b"{}")
    bundle.seal()
    bundle.write_plan(b"[]")
    (bundle.folder / "extra.txt").write_text("x")
    (bundle.folder / "sites/00000-a/outcomes.json").unlink()
    assert bundle.verify() == [
        Mismatch("extra.txt", "extra"),
        Mismatch("plan.json", "changed"),
        Mismatch("sites/00000-a/outcomes.json", "missing"),
    ]


@pytest.mark.parametrize("name", ["../../../etc/passwd", "/etc/passwd", "a\\..\\b"])
def test_a_manifest_cannot_point_outside(bundle, name):
    bundle.seal()
    (bundle.folder / "manifest.json").write_text(json.dumps({"files": {name: "0"}}))
    assert Mismatch(name, "unsafe") in bundle.verify()


def test_a_link_in_place_of_a_file_is_unsafe(bundle):
    bundle.write_plan(b"{}")
    bundle.seal()
    (bundle.folder / "plan.json").unlink()
    (bundle.folder / "plan.json").symlink_to("/etc/hostname")
    assert bundle.verify() == [Mismatch("plan.json", "unsafe")]
    with pytest.raises(StoreError):
        bundle.read_plan()


def test_a_pipe_in_place_of_a_file_does_not_hang(bundle):
    os.mkfifo(bundle.folder / "plan.json")
    with pytest.raises(StoreError, match="not a regular file"):
        bundle.read_plan()


@pytest.mark.parametrize("manifest", ["", "[]", '{"files": 1}', '{"files": {"a": 1}}'])
def test_a_damaged_manifest_is_an_error_not_a_pass(bundle, manifest):
    (bundle.folder / "manifest.json").write_text(manifest)
    with pytest.raises(StoreError):
        bundle.verify()


def test_the_manifest_of_a_finished_run_is_missed(bundle):
    bundle.set_state("finished")
    assert bundle.verify() == [Mismatch("manifest.json", "missing")]


def test_an_unsealed_bundle_cannot_be_verified(bundle):
    with pytest.raises(StoreError, match="when it ends"):
        bundle.verify()


def test_what_a_killed_process_left_is_removed_when_sealing(bundle):
    left = bundle.site_folder(0, "a") / ".outcomes.json.0a1b2c3d"
    left.write_text("half")
    bundle.seal()
    assert not left.exists()


def test_a_run_that_goes_on_is_no_longer_sealed(bundle, meta):
    bundle.seal()
    bundle.set_state("running")
    assert not bundle.sealed


def test_a_full_disk_is_told_in_both_languages():
    error = DiskFullError("/a")
    assert ("磁盘空间不足" in error.lines("zh")[0], "the disk is full" in error.lines("en")[0]) == (True, True)


def test_a_full_disk_keeps_what_was_recorded(bundle, failing, full_disk):
    with pytest.raises(DiskFullError, match="everything recorded so far is kept"):
        bundle.write_meta(replace(bundle.meta(), state="finished"))
    assert Bundle.open(bundle.folder).meta().state == "running"
    assert [path.name for path in bundle.folder.iterdir()] == ["run.json"]


def test_a_run_is_never_overwritten(bundle, meta):
    with pytest.raises(StoreError, match="exists already"):
        Bundle.create(bundle.folder.parent, meta)


@pytest.mark.parametrize("run", ["", "../x", "20241122-101112-AB12", "20241122-101112-ab12\n"])
def test_a_run_id_is_no_path(tmp_path, meta, run):
    with pytest.raises(StoreError, match="no run id"):
        Bundle.create(tmp_path, replace(meta, id=run))


def test_a_folder_without_run_is_named(tmp_path):
    with pytest.raises(StoreError, match="is no run"):
        Bundle.open(tmp_path)


@pytest.mark.parametrize("text", ["{", "[]", '{"schema": 2}', '{"schema": 1}', '{"schema": "1"}'])
def test_a_damaged_or_newer_run_is_named(bundle, text):
    (bundle.folder / "run.json").write_text(text)
    with pytest.raises(StoreError, match=bundle.folder.name):
        Bundle.open(bundle.folder)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"outcomes": 1}', b'{"outcomes": [1]}'])
def test_damaged_outcomes_are_never_a_pass(bundle, content):
    (bundle.site_folder(0, "a") / "outcomes.json").write_bytes(content)
    if content == b"{}":
        assert bundle.read_outcomes(0) == ()
    else:
        with pytest.raises(StoreError):
            bundle.read_outcomes(0)


def test_damaged_facts_are_named(bundle):
    bundle.write_facts(0, "a", [("a", "x" * 5000)])
    path = bundle.site_folder(0, "a") / "facts.jsonl.zst"
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(StoreError, match=r"facts\.jsonl\.zst"):
        list(bundle.read_facts(0))


def test_facts_of_a_failing_source_leave_the_old_ones(bundle):
    bundle.write_facts(0, "a", [("a", 1)])
    with pytest.raises(ZeroDivisionError):
        bundle.write_facts(0, "a", (("a", 1 // number) for number in (1, 0)))
    assert list(bundle.read_facts(0)) == [("a", 1)]
