import asyncio
import os
import sys
import tempfile

import pytest

from xuncha.browser import places, process
from xuncha.browser.errors import BrowserError
from xuncha.browser.places import Places, as_many_as_fit, shared_folder
from xuncha.browser.process import Chromium
from xuncha.browser.program import BrowserSettings, command_line, find_program
from xuncha.browser.usage import members, usage
from xuncha.model.reasons import Reason


def test_a_place_is_one_worker_s_at_a_time(tmp_path):
    async def take_twice():
        first, second = Places(tmp_path, 1), Places(tmp_path, 1)
        await first.take()
        waiting = asyncio.ensure_future(second.take())
        await asyncio.sleep(0)
        free = waiting.done()
        first.give_back()
        await waiting
        second.give_back()
        return free

    assert asyncio.run(take_twice()) is False


def test_who_holds_a_place_hears_of_those_who_wait(tmp_path):
    async def wait():
        first, second = Places(tmp_path, 1), Places(tmp_path, 1)
        await first.take()
        before = first.wanted
        waiting = asyncio.ensure_future(second.take())
        await asyncio.sleep(0)
        during = first.wanted
        await first.pass_on()
        await waiting
        second.give_back()
        return before, during, first.wanted

    assert asyncio.run(wait()) == (False, True, False)


def test_there_are_as_many_places_as_allowed(tmp_path):
    async def take_both():
        both = Places(tmp_path, 2), Places(tmp_path, 2)
        for one in both:
            await one.take()
        for one in both:
            one.give_back()

    asyncio.run(take_both())


@pytest.mark.parametrize(("cores", "gigabytes", "browsers"), [(1, 1, 2), (2, 24, 4), (8, 16, 5), (64, 256, 16)])
def test_as_many_run_as_cores_and_memory_carry(monkeypatch, cores, gigabytes, browsers):
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    monkeypatch.setattr(places, "_memory", lambda: gigabytes << 30)
    assert as_many_as_fit() == browsers


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
@pytest.mark.parametrize(("said", "expected"), [("1000000\n", 1_000_000), ("max\n", None)])
def test_a_container_may_have_less_memory_than_its_machine(monkeypatch, tmp_path, said, expected):
    (tmp_path / "memory.max").write_text(said)
    monkeypatch.setattr(places, "_CONTAINER", tmp_path / "memory.max")
    assert places._memory() == (expected or os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_use_is_counted_over_a_session():
    session = os.getsid(0)
    assert os.getpid() in members(session)
    assert usage(session).memory > 1_000_000


def test_a_browser_that_is_not_there_is_a_gap(tmp_path):
    settings = BrowserSettings(program=str(tmp_path / "chromium"))
    with pytest.raises(BrowserError) as raised:
        asyncio.run(Chromium.start(lambda *_: None, settings))
    assert (find_program(settings), raised.value.gap.reason) == ("", Reason.NO_BROWSER)


def test_what_killed_workers_left_is_removed_by_the_next_and_what_is_in_use_stays(tmp_path):
    left, used = tmp_path / "xuncha-browser-left", tmp_path / "xuncha-browser-used"
    for folder in (left, used, tmp_path / "other"):
        folder.mkdir()
    hold = process._held(used)
    process._sweep(tmp_path)
    os.close(hold)
    assert {folder.name for folder in tmp_path.iterdir()} == {"xuncha-browser-used", "other"}


def test_what_only_bears_the_name_of_a_profile_is_left_alone(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "xuncha-browser-link").symlink_to(tmp_path / "elsewhere")
    process._sweep(tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_new_profile_is_held_until_its_browser_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder, hold = process._profile()
    process._sweep(tmp_path)
    stays = folder.is_dir()
    process._remove(folder, hold)
    assert (stays, list(tmp_path.iterdir())) == (True, [])


def test_runs_of_one_user_share_their_places(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    one, other = shared_folder(tmp_path / "run-1"), shared_folder(tmp_path / "run-2")
    assert (one, one.stat().st_mode & 0o777) == (other, 0o700)


@pytest.mark.parametrize("spoil", [lambda at: at.symlink_to(at.parent), lambda at: at.mkdir() or at.chmod(0o777)])
def test_a_folder_that_others_may_write_to_holds_no_places(tmp_path, monkeypatch, spoil):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    spoil(tmp_path / f"xuncha-browsers-{os.getuid()}")
    assert shared_folder(tmp_path / "run") == tmp_path / "run"


def test_the_sandbox_is_given_up_only_where_that_is_said(tmp_path):
    flags = [command_line("chromium", tmp_path, BrowserSettings(unsandboxed=given)) for given in (False, True)]
    assert ["--no-sandbox" in each for each in flags] == [False, True]


def test_a_browser_that_is_switched_off_is_not_started(tmp_path):
    with pytest.raises(BrowserError) as raised:
        asyncio.run(Chromium.start(lambda *_: None, BrowserSettings(off=True)))
    assert raised.value.gap.reason is Reason.BROWSER_OFF
