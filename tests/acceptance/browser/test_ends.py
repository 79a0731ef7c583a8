"""A browser that crashes, and one whose worker dies."""

import asyncio
import os
import select
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from xuncha.browser.places import Places
from xuncha.browser.process import Chromium
from xuncha.browser.program import BrowserSettings
from xuncha.browser.service import Browser
from xuncha.browser.usage import members
from xuncha.model.fact import Gap
from xuncha.model.netapi import Reply
from xuncha.model.reasons import Reason

pytestmark = pytest.mark.acceptance

HOME = "http://www.example.gov.cn/"
LIVING = """
import asyncio, sys
from xuncha.browser.process import Chromium
from xuncha.browser.program import BrowserSettings
async def main():
    chromium = await Chromium.start(lambda *_: None, BrowserSettings())
    print(chromium._process.pid, chromium._folder, flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""


class Way:
    """Answers everything; ``before`` is called first."""

    def __init__(self, before=lambda: None):
        self.before = before

    def contains(self, _url):
        return True

    def agent(self, browser):
        return browser

    async def browse(self, url, **_):
        self.before()
        return Reply(url, url, 200, (("content-type", "text/html"),), b"<p>here")


def test_after_a_crash_the_next_page_gets_a_new_browser(chromium, tmp_path):
    async def crash():
        browser = Browser(Places(tmp_path, 1))
        crashing = browser.visitor(Way(lambda: browser._chromium.kill()))  # noqa: PLW0108 - there is none yet
        sound = browser.visitor(Way())
        found = [await visitor.render(HOME) for visitor in (sound, crashing, sound)]
        await browser.aclose()
        return found

    before, broken, after = asyncio.run(crash())
    assert (before.text, broken.reason, after.text) == ("here", Reason.BROWSER_FAILED, "here")


def die(session, kind):
    """Kill the processes of this kind, with no time for last words; returns how many."""
    doomed = [one for one in members(session) if f"--type={kind}" in Path(f"/proc/{one}/cmdline").read_text()]
    for process in doomed:
        os.kill(process, signal.SIGKILL)
    return len(doomed)


ANY = (True, False)


@pytest.mark.parametrize(("kind", "gaps"), [("renderer", (True,)), ("utility", ANY), ("gpu-process", ANY)])
def test_where_a_part_of_it_is_killed_there_is_a_gap_at_most(chromium, tmp_path, kind, gaps):
    """The renderer takes the page along; what Chromium starts anew by itself need not."""

    async def crash():
        browser, killed = Browser(Places(tmp_path, 1)), []
        dying = browser.visitor(Way(lambda: killed.append(die(browser._chromium._process.pid, kind))))
        sound = browser.visitor(Way())
        found = [await visitor.render(HOME) for visitor in (dying, sound)]
        await browser.aclose()
        return killed[0], *found

    killed, broken, after = asyncio.run(crash())
    if not killed:
        pytest.skip(f"impossible here: this Chromium has no {kind}")
    assert isinstance(broken, Gap) in gaps
    assert not isinstance(broken, Gap) or broken.reason in {Reason.BROWSER_FAILED, Reason.RENDER_TOO_HEAVY}
    assert after.text == "here"


def test_a_render_that_is_given_up_leaves_the_next_one_alone(chromium, tmp_path):
    async def cancel():
        browser = Browser(Places(tmp_path, 1))
        begun = asyncio.Event()
        given_up = asyncio.ensure_future(browser.visitor(Way(begun.set)).render(HOME))
        await begun.wait()
        given_up.cancel()
        with suppress(asyncio.CancelledError):
            await given_up
        found = await browser.visitor(Way()).render(HOME)
        await browser.aclose()
        return found

    assert asyncio.run(cancel()).text == "here"


def test_a_browser_dies_with_its_worker(chromium):
    worker = subprocess.Popen([sys.executable, "-c", LIVING], stdout=subprocess.PIPE, text=True)
    session, folder = worker.stdout.readline().split()
    assert members(int(session))
    worker.kill()
    worker.wait()
    worker.stdout.close()
    assert gone(int(session))
    shutil.rmtree(folder)


def test_nothing_is_left_of_a_browser_that_was_ended(chromium):
    async def end():
        running = await Chromium.start(lambda *_: None, BrowserSettings())
        session, folder = running._process.pid, running._folder
        await running.end()
        return session, folder

    session, folder = asyncio.run(end())
    assert (gone(session), Path(folder).exists()) == (True, False)


def gone(session):
    """Whether every process of the session ends; zombies that nobody collects are none."""
    return all(_ends(process) for process in members(session))


def _ends(process):
    with suppress(OSError):
        handle = os.pidfd_open(process)
        try:
            return bool(select.select([handle], [], [], 10)[0])
        finally:
            os.close(handle)
    return True


def owners_of(session):
    return {Path(f"/proc/{process}").stat().st_uid for process in members(session)}


def test_root_gives_its_rights_up(chromium):
    if os.geteuid() != 0:
        pytest.skip("impossible here: this is not root")

    async def who():
        running = await Chromium.start(lambda *_: None, BrowserSettings())
        owners, alone = owners_of(running._process.pid), running.alone
        await running.end()
        return owners, alone

    owners, alone = asyncio.run(who())
    assert (0 in owners, alone) == (False, True)
