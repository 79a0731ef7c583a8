import asyncio
import os
import sys

import pytest

from xuncha.browser import process
from xuncha.browser.errors import BrowserError
from xuncha.browser.places import Places
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


def test_what_killed_workers_left_is_removed_after_a_day(tmp_path):
    old, new = tmp_path / "xuncha-browser-old", tmp_path / "xuncha-browser-new"
    for folder in (old, new, tmp_path / "other"):
        folder.mkdir()
    for folder in (old, tmp_path / "other"):
        os.utime(folder, (0, 0))
    process._sweep(tmp_path)
    assert {folder.name for folder in tmp_path.iterdir()} == {"xuncha-browser-new", "other"}


def test_the_sandbox_is_given_up_only_where_that_is_said(tmp_path):
    flags = [command_line("chromium", tmp_path, BrowserSettings(unsandboxed=given)) for given in (False, True)]
    assert ["--no-sandbox" in each for each in flags] == [False, True]
