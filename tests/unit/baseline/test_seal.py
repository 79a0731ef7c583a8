"""Keys, torn lines, several machines, and what people can do when the seal doesn't hold."""

import shutil

import pytest

from xuncha.baseline import acts, book
from xuncha.baseline.book import Baselines
from xuncha.baseline.entries import MOST_NAME, MOST_NOTE, Act, Draft
from xuncha.baseline.key import find_keys, key_file
from xuncha.errors import XunchaError
from xuncha.model.prints import SealState


@pytest.fixture
def another_machine(machine, tmp_path, monkeypatch):
    """A second machine with the same key and the same workspace, which never saw it before."""

    def move():
        folder = tmp_path / "machine-2"
        (folder / "xuncha").mkdir(parents=True)
        shutil.copy(machine / "seal.key", folder / "xuncha")
        monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))

    return move


def fresh(baselines):
    """As another process sees it."""
    return Baselines(baselines.workspace)


def test_nothing_approved_is_no_seal_and_no_key(baselines):
    assert baselines.look().seal.state is SealState.UNSEALED
    assert not key_file().exists()


def test_the_key_is_made_at_the_first_approval(baselines, approve, urls):
    approve(baselines, urls.home)
    assert len(key_file().read_text().strip()) == 64


def test_the_key_may_come_from_the_environment(baselines, approve, urls, monkeypatch):
    monkeypatch.setenv("XUNCHA_SEAL_KEY", "a" * 40)
    assert approve(baselines, urls.home).seal.state is SealState.INTACT
    assert not key_file().exists()


def test_a_short_key_is_refused(baselines, approve, urls, monkeypatch):
    monkeypatch.setenv("XUNCHA_SEAL_KEY", "secret")
    with pytest.raises(XunchaError, match="at least 32 characters"):
        approve(baselines, urls.home)


def test_a_key_that_others_can_read_is_refused(approved):
    key_file().chmod(0o644)
    seal = approved.look().seal
    assert (seal.state, seal.length) == (SealState.KEY_MISSING, 3)
    assert "chmod 600" in seal.problem.en


def test_a_missing_key_is_no_broken_seal_but_nothing_is_handed_on(approved):
    key_file().unlink()
    found = approved.look()
    assert (found.seal.state, found.seal.length, found.sites) == (SealState.KEY_MISSING, 3, {})


def test_a_new_key_is_not_made_for_an_old_log(approved, approve, urls):
    key_file().unlink()
    with pytest.raises(XunchaError, match="XUNCHA_SEAL_KEY"):
        approve(approved, urls.home)
    assert not key_file().exists()


def test_a_torn_line_after_the_known_end_is_left_aside_and_then_removed(approved, approve, urls):
    with approved.log.open("ab") as log:
        log.write(b"3f9a torn")
    found = fresh(approved).look()
    assert (found.seal.state, found.chain.torn) == (SealState.INTACT, 9)
    assert approve(approved, urls.home).chain.length == 4
    assert b"torn" not in approved.log.read_bytes()


def test_a_first_line_torn_by_a_kill_is_overwritten(baselines, approve, urls):
    baselines.folder.mkdir()
    baselines.log.write_bytes(b"3f9a torn")
    assert approve(baselines, urls.home).seal.length == 2
    assert fresh(baselines).look().seal.state is SealState.INTACT


def test_lines_written_before_the_process_died_are_taken_over(approved, approve, urls, monkeypatch):
    monkeypatch.setattr(Baselines, "note", lambda *_: 1 / 0)  # killed between the log and the record beside the key
    with pytest.raises(ZeroDivisionError):
        approve(approved, urls.home, title="新")
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(approved.workspace.parent / "machine"))
    assert fresh(approved).look().seal.length == 4
    approved.log.write_bytes(b"".join(approved.log.read_bytes().splitlines(keepends=True)[:3]))
    assert fresh(approved).look().seal.state is SealState.BROKEN


def test_prints_written_before_the_process_died_are_replaced(approved, approve, urls, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Baselines, "append", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            approve(approved, urls.home, title="一")
    state = approve(approved, urls.home, title="二").sites["a"]
    assert approved.packs.read([state.pages[urls.home]])[0].print.title == "二"


def test_who_looked_at_an_older_state_is_told_to_look_again(approved, approve, urls, times):
    seen = approved.look()
    approve(approved, urls.home, by="李四")
    with pytest.raises(XunchaError, match="look again"):
        acts.add(approved, [Draft(Act.WITHDRAW, "张三", "a", urls.home)], seen, times.later)


def test_another_machine_is_told_what_to_compare(approved, another_machine):
    another_machine()
    seal = approved.look().seal
    assert (seal.state, seal.confirmed) == (SealState.INTACT, False)
    assert f"3 条，首部 {seal.head[:12]}" in seal.problem.zh


def test_accepting_asks_for_the_head(approved, another_machine, times):
    another_machine()
    with pytest.raises(XunchaError, match="not the head"):
        acts.accept(approved, "0" * 12, "李四", "", times.later)


def test_once_accepted_the_other_machine_notices_a_cut(approved, another_machine, times):
    another_machine()
    acts.accept(approved, approved.look().seal.head[:12], "李四", "核对过", times.later)
    assert approved.look().seal.confirmed
    approved.log.write_bytes(b"".join(approved.log.read_bytes().splitlines(keepends=True)[:3]))
    assert approved.look().seal.state is SealState.BROKEN


def test_what_another_machine_appended_with_the_same_key_is_taken_over(
    approved, approve, another_machine, machine, times, monkeypatch, urls
):
    another_machine()
    acts.accept(approved, approved.look().seal.head[:12], "李四", "", times.later)
    approve(approved, urls.home, by="李四")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(machine.parent))
    assert (fresh(approved).look().seal.state, fresh(approved).look().seal.length) == (SealState.INTACT, 5)


def test_two_machines_that_wrote_apart_are_told(approved, approve, tmp_path, urls):
    copy = tmp_path / "copy"
    shutil.copytree(approved.folder, copy)
    approve(approved, urls.home, by="李四")
    mine = approved.log.read_bytes()
    shutil.rmtree(approved.folder)
    shutil.copytree(copy, approved.folder)
    (tmp_path / "machine" / "xuncha" / "heads").rename(tmp_path / "heads")
    approve_elsewhere = approved.look()
    assert not approve_elsewhere.seal.confirmed
    approve(approved, urls.news, by="王五")
    theirs = approved.log.read_bytes()
    shutil.rmtree(tmp_path / "machine" / "xuncha" / "heads")
    (tmp_path / "heads").rename(tmp_path / "machine" / "xuncha" / "heads")
    assert len(mine.splitlines()) == len(theirs.splitlines())
    assert "第 4 条与本机见过的不同" in fresh(approved).look().seal.problem.zh


def test_an_older_copy_can_be_accepted_by_a_person(approved, times):
    approved.log.write_bytes(b"".join(approved.log.read_bytes().splitlines(keepends=True)[:2]))
    head = approved.log.read_bytes().splitlines()[-1][:12].decode()
    after = acts.accept(approved, head, "张三", "从备份恢复", times.later)
    assert (after.seal.state, after.seal.length) == (SealState.INTACT, 3)
    assert after.chain.entries[-1].what.note.startswith("从备份恢复 [3 · ")


def test_a_broken_log_is_put_aside_and_a_new_one_begun(approved, times):
    approved.log.write_bytes(b"rubbish\n")
    after, aside = acts.reset(approved, "张三", "无备份", times.later)
    assert (after.seal.state, after.seal.length, after.sites) == (SealState.INTACT, 1, {})
    assert (aside / book.LOG).read_bytes() == b"rubbish\n"


def test_a_moved_workspace_is_known_by_its_log(approved, tmp_path):
    approved.workspace.rename(tmp_path / "moved")
    assert Baselines(tmp_path / "moved").look().seal == approved_seal(tmp_path)


def approved_seal(tmp_path):
    found = Baselines(tmp_path / "moved").look().seal
    assert (found.state, found.confirmed, found.problem) == (SealState.INTACT, True, None)
    return found


def test_a_moved_workspace_cut_on_the_way_shows(approved, tmp_path):
    approved.workspace.rename(tmp_path / "moved")
    moved = Baselines(tmp_path / "moved")
    moved.log.write_bytes(b"".join(moved.log.read_bytes().splitlines(keepends=True)[:2]))
    assert moved.look().seal.state is SealState.BROKEN


def test_after_a_change_of_keys_the_former_one_is_not_needed(approved, approve, times, urls):
    former = key_file().read_text().split()[0]
    acts.rekey(approved, "张三", times.later)
    newest = key_file().read_text().split()[0]
    key_file().write_text(newest)
    assert newest != former
    assert approved.look().seal.state is SealState.INTACT
    assert approve(approved, urls.home).seal.length == 5


def test_two_workspaces_change_to_one_new_key(approved, approve, times, tmp_path, urls):
    (tmp_path / "other").mkdir()
    other = Baselines(tmp_path / "other")
    approve(other, urls.home)
    acts.rekey(approved, "张三", times.later)
    acts.rekey(other, "张三", times.later)
    keys = find_keys(approved.workspace)
    assert len(keys.keys) == 2
    assert approved.look().chain.key == other.look().chain.key == keys.newest


def test_a_change_of_keys_interrupted_halfway_loses_nothing(approved, times, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Baselines, "append", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            acts.rekey(approved, "张三", times.later)
    assert approved.look().seal.state is SealState.INTACT
    assert acts.rekey(approved, "张三", times.later).seal.length == 4


def test_names_and_notes_are_bounded_and_hold_no_control_characters():
    draft = Draft(Act.APPROVE, "张\x1b[31m三" * 100, note="x\u202e" * 9999)
    assert (len(draft.by), len(draft.note)) == (MOST_NAME, MOST_NOTE)
    assert "\x1b" not in draft.by
