"""Whoever can write the workspace, and nothing else, changes no baseline unseen."""

import os
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xuncha.baseline import acts
from xuncha.baseline.book import Baselines
from xuncha.baseline.chain import Chain, seal
from xuncha.baseline.entries import Act, Draft
from xuncha.baseline.key import Key, Keys
from xuncha.baseline.packs import PackError
from xuncha.errors import XunchaError
from xuncha.model.prints import SealState


def lines(baselines):
    return baselines.log.read_bytes().splitlines(keepends=True)


def put(baselines, changed):
    baselines.log.write_bytes(b"".join(changed))


def state(baselines):
    return baselines.look().seal.state


def test_left_alone_it_is_intact(approved, urls):
    book = approved.look()
    assert (book.seal.state, book.seal.length, book.seal.problem) == (SealState.INTACT, 3, None)
    assert list(book.sites["a"].pages) == [urls.home, urls.news]


def test_a_changed_byte_shows(approved):
    put(approved, [line.replace("张三".encode(), "李四".encode()) for line in lines(approved)])
    assert state(approved) is SealState.BROKEN


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(data=st.data())
def test_no_byte_can_be_changed_unseen(approved, data):
    whole = approved.log.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda one: one != whole[place]))
    approved.log.write_bytes(whole[:place] + bytes([byte]) + whole[place + 1 :])
    found = state(approved)
    approved.log.write_bytes(whole)
    assert found is not SealState.INTACT


@pytest.mark.parametrize("left", [0, 1, 2])
def test_a_cut_end_shows(approved, left):
    put(approved, lines(approved)[:left])
    assert state(approved) is SealState.BROKEN


def test_an_end_cut_within_the_last_line_shows(approved):
    approved.log.write_bytes(approved.log.read_bytes()[:-1])
    assert state(approved) is SealState.BROKEN


@pytest.mark.parametrize("order", [(0, 2, 1), (1, 0, 2), (2, 1, 0)])
def test_another_order_shows(approved, order):
    put(approved, [lines(approved)[index] for index in order])
    assert state(approved) is SealState.BROKEN


@pytest.mark.parametrize("dropped", [0, 1, 2])
def test_a_dropped_entry_shows(approved, dropped):
    put(approved, [line for index, line in enumerate(lines(approved)) if index != dropped])
    assert state(approved) is SealState.BROKEN


def test_a_repeated_entry_shows(approved):
    put(approved, [*lines(approved), lines(approved)[1]])
    assert state(approved) is SealState.BROKEN


def test_an_earlier_state_of_everything_put_back_shows(approved, approve, tmp_path, urls):
    shutil.copytree(approved.folder, tmp_path / "earlier")
    approve(approved, urls.home, title="新标题")
    shutil.rmtree(approved.folder)
    shutil.copytree(tmp_path / "earlier", approved.folder)
    assert state(approved) is SealState.BROKEN
    assert approved.look().sites == {}


def test_a_dropped_log_shows(approved):
    approved.log.unlink()
    assert state(approved) is SealState.BROKEN


def test_a_dropped_folder_shows(approved):
    shutil.rmtree(approved.folder)
    assert (state(approved), approved.look().seal.length) == (SealState.BROKEN, 3)


def test_an_emptied_log_shows(approved):
    approved.log.write_bytes(b"")
    assert state(approved) is SealState.BROKEN


def test_a_link_or_folder_in_its_place_shows(approved, tmp_path):
    approved.log.rename(tmp_path / "moved")
    approved.log.symlink_to(tmp_path / "moved")
    assert state(approved) is SealState.BROKEN
    approved.log.unlink()
    approved.log.mkdir()
    assert state(approved) is SealState.BROKEN


def test_the_log_of_another_workspace_of_the_same_key_shows(approved, approve, tmp_path, urls):
    (tmp_path / "other").mkdir()
    other = Baselines(tmp_path / "other")
    for url in (urls.home, urls.news, urls.home):
        approve(other, url, title="别的")
    shutil.rmtree(approved.folder)
    shutil.copytree(other.folder, approved.folder)
    assert state(approved) is SealState.BROKEN


def test_a_log_forged_with_another_key_shows(approved, times):
    key = Key(b"x" * 64)
    forged = [Draft(Act.START, "张三", workspace=approved.look().chain.workspace, key=key.name)]
    approved.log.write_bytes(seal(forged, Chain(), key, times.now)[0])
    assert state(approved) is SealState.BROKEN


def test_a_forged_change_of_keys_shows(approved, times):
    chain, key = approved.look().chain, Key(b"x" * 64)
    forged = seal([Draft(Act.KEY, "张三", key=key.name, over="0" * 64)], chain, key, times.now)[0]
    put(approved, [*lines(approved), forged])
    assert state(approved) is SealState.BROKEN


def test_a_swapped_print_shows(approved, urls):
    first, second = approved.packs.path(1), approved.packs.path(3)
    shutil.copy(first, second)
    with pytest.raises(PackError, match="missing or was changed"):
        approved.packs.read(approved.look().sites["a"].pages.values())


def test_a_dropped_print_shows(approved):
    approved.packs.path(1).unlink()
    with pytest.raises(PackError):
        approved.packs.read(approved.look().sites["a"].pages.values())


@pytest.mark.parametrize("harm", ["cut", "dropped", "changed"])
def test_nothing_is_written_upon_a_broken_log(approved, approve, urls, harm):
    whole = lines(approved)
    put(approved, {"cut": whole[:2], "dropped": [], "changed": [*whole[:2], whole[2].replace(b"news", b"olds")]}[harm])
    before = approved.log.read_bytes()
    with pytest.raises(XunchaError):
        approve(approved, urls.home)
    assert approved.log.read_bytes() == before


def test_what_breaks_it_is_told_with_what_to_do(approved):
    put(approved, lines(approved)[:2])
    problem = approved.look().seal.problem
    assert "本机记得有 3 条，现在只有 2 条" in problem.zh
    assert "xuncha baseline reset" in problem.en


@pytest.mark.parametrize("key", ["", "x" * 40])
def test_a_key_or_a_memory_inside_the_workspace_is_refused(baselines, approve, monkeypatch, urls, key):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(baselines.workspace))
    monkeypatch.setenv("XUNCHA_SEAL_KEY", key)
    with pytest.raises(XunchaError, match="within the workspace"):
        approve(baselines, urls.home)


def test_without_its_record_an_older_log_can_not_be_told_and_that_is_said(approved, machine):
    shutil.rmtree(machine / "heads")
    seal_found = approved.look().seal
    assert (seal_found.state, seal_found.confirmed) == (SealState.INTACT, False)
    assert "xuncha baseline accept" in seal_found.problem.en


def test_a_leaked_former_key_changes_nothing_before_its_change(approved, times):
    former = approved.look().chain.key
    acts.rekey(approved, "张三", times.later)
    body = lines(approved)
    old = body[1].partition(b" ")[2].replace(b"news", b"home")
    forged = Keys((former,), "leak").newest.mac(b"xuncha baseline 1\n" + old).encode() + b" " + old
    put(approved, [body[0], forged, *body[2:]])
    assert state(approved) is SealState.BROKEN


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_only_the_owner_can_read_any_of_it(approved, machine):
    found = [path for folder in (approved.folder, machine) for path in folder.rglob("*")]
    assert {path.stat().st_mode & 0o777 for path in found if path.is_file()} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in found if path.is_dir()} == {0o700}
