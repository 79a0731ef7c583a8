"""One page in the browser: opened, waited for, read out."""

import asyncio
import time
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from xuncha.browser.errors import BrowserError, CommandError, SilentError
from xuncha.browser.interception import Interception
from xuncha.browser.limits import Limits
from xuncha.browser.protocol import Json, Line
from xuncha.browser.reading import (
    HEIGHT,
    WIDTH,
    WORLD,
    Snapshot,
    read_layout,
    read_parts,
    read_picture,
    read_snapshot,
    retouching,
    script,
    source,
)
from xuncha.browser.sight import ASKED, read_sight
from xuncha.model.reasons import Reason
from xuncha.model.rendered import Layout, Parts, Picture, Retouch, Sight

_LOOK = 0.05
_MOST_DIALOGS = 20
_TRIES = 3
_GLANCE = 0.1
"""Seconds that a screen is looked at while the page is scrolled through."""
_LATE = 0.25
_READING = 5.0
"""Seconds in which a page that is not busy is read out."""

_LATE = 5.0
"""Seconds for what is fetched only once it comes into sight."""

ATTACH_ALL: Json = {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": True}
"""Whatever comes to life waits until we have said what becomes of it."""

_LOADING = {"Page.frameStartedLoading": False, "Page.frameStoppedLoading": True}
_CRASHED = frozenset({"Inspector.targetCrashed", "Target.targetCrashed"})
_LET_IN = frozenset({"iframe", "worker"})
"""What of a page may live in a process of its own. Shared and service workers never begin."""


class Tab:
    """For one rendering.

    Args:
        line: to Chromium.
        context: of the site, with its cookies.
        traffic: answers its requests.
        limits: of the rendering.
        agent: how the browser names itself.
    """

    def __init__(self, line: Line, context: str, traffic: Interception, limits: Limits, agent: str) -> None:
        self._line = line
        self._context = context
        self._traffic = traffic
        self._limits = limits
        self._agent = agent
        self._sessions: set[str] = set()
        self._target = ""
        self._session = ""
        self._loaded = False
        self._loaded_at = 0.0
        self._crashed = False
        self._navigated: asyncio.Task[None] | None = None
        self._height = HEIGHT
        self._whole = False
        self.dialogs = 0
        self.stopped = False

    def heard(self, session: str, method: str, said: Json) -> None:
        """An event of Chromium."""
        if method == "Target.attachedToTarget":
            self._attach(session, said)
        elif session in self._sessions:
            self._hear(session, method, said)

    def _hear(self, session: str, method: str, said: Json) -> None:
        if method == "Fetch.requestPaused":
            self._traffic.paused(session, said)
        elif method == "Page.javascriptDialogOpening":
            self._dismiss(session, said)
        elif method in _LOADING and said.get("frameId") == self._target:
            self._loaded = _LOADING[method]
            self._loaded_at = time.monotonic()
        elif method in _CRASHED and session == self._session:
            self._crashed = True

    def _attach(self, parent: str, said: Json) -> None:
        """Something new, which waits for us to let it begin."""
        info, session = said["targetInfo"], said["sessionId"]
        ours = not (parent or self._session) and info["type"] == "page"
        if ours or (parent in self._sessions and info["type"] in _LET_IN):
            self._sessions.add(session)
            self._line.tell("Fetch.enable", session, patterns=[{"urlPattern": "*"}])
            self._line.tell("Target.setAutoAttach", session, **ATTACH_ALL)
            if ours:
                self._session = session
            else:
                self._line.tell("Runtime.runIfWaitingForDebugger", session)
        elif info["type"] == "page":
            self._line.tell("Target.closeTarget", targetId=info["targetId"])

    def _dismiss(self, session: str, said: Json) -> None:
        self.dialogs += 1
        self._line.tell("Page.handleJavaScriptDialog", session, accept=said.get("type") == "beforeunload")
        if self.dialogs >= _MOST_DIALOGS:
            self.stopped = True
            self._line.tell("Runtime.terminateExecution", session)
            self._line.tell("Emulation.setScriptExecutionDisabled", session, value=True)

    async def open(self, url: str) -> None:
        """Begin to load ``url``. Raises BrowserError and CommandError."""
        made = self._line.ask("Target.createTarget", url="about:blank", browserContextId=self._context)
        self._target = str((await made)["targetId"])
        self._traffic.main_frame = self._target
        if not self._session:
            raise BrowserError(Reason.BROWSER_FAILED, "a new page can't be spoken with")
        ask, session = self._line.ask, self._session
        await asyncio.gather(
            ask("Page.enable", session),
            ask("Emulation.setUserAgentOverride", session, userAgent=self._agent, acceptLanguage="zh-CN,zh"),
            ask("Emulation.setFocusEmulationEnabled", session, enabled=True),
            self._resize(HEIGHT),
            ask("Page.addScriptToEvaluateOnNewDocument", session, source=source("noting.js"), worldName=WORLD),
            ask("Page.addScriptToEvaluateOnNewDocument", session, source=source("before.js")),
            ask("Runtime.runIfWaitingForDebugger", session),
        )
        self._navigated = asyncio.create_task(self._navigate(url))

    async def _navigate(self, url: str) -> None:
        """Until the document has come. Where the empty page that stood there before gets in the way, once more."""
        for _ in range(_TRIES):
            await self._line.ask("Page.navigate", self._session, url=url, within=self._limits.longest)
            if self._traffic.begun:
                return

    async def settle(self) -> bool:
        """Wait until the page is at rest; False where it was still busy when its time was up."""
        limits, begun, seconds, loaded_at = self._limits, time.monotonic(), 0.0, 0.0
        while True:
            before = time.monotonic()
            await asyncio.sleep(_LOOK)
            now = time.monotonic()
            if not self._traffic.under_way and self._traffic.document is not None:
                seconds += now - before
            loaded_at = (loaded_at or seconds) if self._loaded else 0.0
            if self._is_over() or now - begun >= limits.longest:
                return False
            if self._at_rest(now) and (not self._challenged or seconds >= limits.challenge):
                return True
            if self._loaded and seconds - loaded_at >= limits.after_load and not self._challenged:
                return False
            if seconds >= limits.seconds:
                return False

    async def look_through(self) -> bool:
        """Scroll once through the page at rest, and wait for what that loads; False where it was still busy then.

        Visitors see lists that are fetched when they come into sight, or a little later by a clock: so do we.
        """
        if self._challenged:
            return True
        try:
            empty = await self._scroll()
            settled = await self._calm(self._limits.after_load)
            while empty and settled and time.monotonic() - self._loaded_at < self._limits.late:
                await asyncio.sleep(_LATE)
                empty = bool((await self._screen(0))["empty"])
                settled = await self._calm(self._limits.after_load)
        except (CommandError, KeyError, TypeError, ValueError):  # another document came in between
            self.check()
            return await self._calm(self._limits.after_load)
        return settled

    async def _scroll(self) -> bool:
        """Down and up again; whether a list was empty then. Raises CommandError, KeyError, TypeError and ValueError."""
        at, last = 1, 2
        while at < min(last, self._limits.screens):
            last = int((await self._screen(at))["screens"])
            await asyncio.sleep(_GLANCE)
            at += 1
        return bool((await self._screen(0))["empty"])

    async def _screen(self, at: int) -> Json:
        found: Json = await self._evaluate(source("scroll.js").replace("AT", str(at), 1))
        return found

    async def _calm(self, seconds: float) -> bool:
        """Wait until nothing is under way, our own requests left out of the ``seconds``; False where it never is."""
        left = seconds
        ends = time.monotonic() + self._limits.seconds
        while left > 0 and time.monotonic() < ends:
            self.check()
            if self._at_rest(time.monotonic()):
                return True
            await asyncio.sleep(_LOOK)
            left -= 0 if self._traffic.under_way else _LOOK
        return False

    def _is_over(self) -> bool:
        """Whether there is nothing to wait for."""
        self.check()
        return self._traffic.flooded or (self._went_nowhere() and not self._traffic.under_way)

    def check(self) -> None:
        """Raises BrowserError where the page is no more."""
        if self._line.lost.done():
            raise self._line.lost.result()
        if self._crashed:
            raise BrowserError(Reason.RENDER_TOO_HEAVY, "the page's process crashed")

    def _went_nowhere(self) -> bool:
        done = self._navigated is not None and self._navigated.done()
        return done and self._traffic.document is None

    def _at_rest(self, now: float) -> bool:
        quiet = not self._traffic.under_way and now - self._traffic.busy_at >= self._limits.quiet
        return self._loaded and quiet and self._traffic.document is not None

    @property
    def _challenged(self) -> bool:
        document = self._traffic.document
        return document is not None and bool(document.challenge)

    async def read(self) -> Snapshot:
        """The page as it is now. Where its script holds it, the script is stopped first.

        Raises:
            BrowserError: render-too-heavy where it can't be read at all.
        """
        for _ in range(_TRIES):
            try:
                return read_snapshot(await self._evaluate(script("snapshot.js", self._limits)))
            except SilentError:
                break
            except (CommandError, KeyError, TypeError, ValueError):  # another document came in between
                self.check()
                await asyncio.sleep(_LOOK)
        self.check()
        self.stopped = True
        self._line.tell("Runtime.terminateExecution", self._session)
        self._line.tell("Emulation.setScriptExecutionDisabled", self._session, value=True)
        self._line.tell("Page.stopLoading", self._session)
        try:
            return read_snapshot(await self._evaluate(script("snapshot.js", self._limits)))
        except (CommandError, KeyError, TypeError, ValueError) as problem:
            self.check()
            raise BrowserError(Reason.RENDER_TOO_HEAVY, f"its script does not let go: {problem}") from problem

    async def layout(self) -> Layout | None:
        """Where its links stand; None where that can't be had."""
        with suppress(CommandError, KeyError, TypeError, ValueError):
            return read_layout(await self._evaluate(script("layout.js", self._limits)))
        self.check()
        return None

    async def stand(self) -> bool:
        """Make the page as high as its picture, let come what comes only into sight now, and stop its scripts.

        False where it doesn't let us. From here on it is what the picture shows.
        """
        with suppress(CommandError, KeyError, TypeError, ValueError):
            for _ in range(_TRIES):
                height = max(HEIGHT, min(await self._full_height(), self._limits.height))
                if self._height == height:
                    break
                self._height = height
                await self._resize(height)
                await self._rest(self._limits.quiet, _LATE)
            await self._line.ask("Emulation.setScriptExecutionDisabled", self._session, value=True)
            await self._line.ask("Page.stopLoading", self._session)
            await self._line.ask("Animation.enable", self._session)
            await self._line.ask("Animation.setPlaybackRate", self._session, playbackRate=0)
            self._whole = await self._full_height() <= self._height
            return True
        self.check()
        return False

    async def sight(self) -> Sight | None:
        """What can be read on it; None where that can't be had."""
        with suppress(CommandError, KeyError, IndexError, TypeError, ValueError):
            return await self._sight()
        self.check()
        return None

    async def _sight(self) -> Sight:
        return read_sight(await self._line.ask("DOMSnapshot.captureSnapshot", self._session, within=_READING, **ASKED))

    async def picture(self, retouch: Retouch) -> Picture | None:
        """What it looks like once retouched, as it stands; None where either can't be had, or nobody could read it."""
        with suppress(CommandError, KeyError, IndexError, TypeError, ValueError):
            boxes: list[Json | None] = []
            if retouch != Retouch():
                boxes = await self._evaluate(retouching(retouch))
            before = await self._sight()
            said = await self._line.ask("Page.captureScreenshot", self._session, within=2 * _READING, format="png")
            seen = tuple(dict.fromkeys((before, await self._sight())))
            return replace(read_picture(said, WIDTH, self._height, boxes, whole=self._whole), seen=seen)
        self.check()
        return None

    async def shots(self, count: int) -> tuple[Picture, ...]:
        """Its upper part, ``count`` times; fewer where the page does not let us, or has changed its height meanwhile.

        The window stays as high as it is, so that what is measured by it stays as well. What loads only now, because
        it comes into sight, gets its time before the first shot.
        """
        taken: list[Picture] = []
        with suppress(CommandError, KeyError, TypeError, ValueError):
            for at in range(count + 1):
                shot = await self._shot()
                taken += [shot] if at else []
                if at < count:
                    await self._rest(self._limits.apart if at else self._limits.quiet)
        self.check()
        return tuple(one for one in taken if one.height == taken[-1].height)

    async def _full_height(self) -> int:
        sizes = await self._line.ask("Page.getLayoutMetrics", self._session, within=_READING)
        return int(sizes["cssContentSize"]["height"])

    async def _rest(self, seconds: float, longer: float = 0.0) -> None:
        """Wait, and again as long (or ``longer``) while requests are under way."""
        await asyncio.sleep(seconds)
        for _ in range(round((longer or seconds) / _LOOK)):
            if not self._traffic.under_way:
                return
            await asyncio.sleep(_LOOK)

    async def _shot(self) -> Picture:
        """Raises CommandError, KeyError, TypeError and ValueError."""
        full = await self._full_height()
        height = max(HEIGHT, min(full, self._limits.look))
        clip: Json = {"x": 0, "y": 0, "width": WIDTH, "height": height, "scale": 1}
        wanted: Json = {"format": "png", "captureBeyondViewport": True, "clip": clip}
        said = await self._line.ask("Page.captureScreenshot", self._session, within=2 * _READING, **wanted)
        return read_picture(said, WIDTH, height, whole=full <= height)

    async def parts(self) -> Parts | None:
        """What of it may change by itself; None where that can't be had."""
        with suppress(CommandError, KeyError, TypeError, ValueError):
            return read_parts(await self._evaluate(script("look.js", self._limits)))
        self.check()
        return None

    async def close(self) -> None:
        """Leave the page, whatever it does."""
        await self._traffic.end()
        if self._navigated is not None:
            self._navigated.cancel()
            await asyncio.gather(self._navigated, return_exceptions=True)
        if self._target:
            with suppress(CommandError, BrowserError):
                await self._line.ask("Target.closeTarget", targetId=self._target, within=_READING)

    def _resize(self, height: int) -> Awaitable[Json]:
        size = {"width": WIDTH, "height": height, "deviceScaleFactor": 1, "mobile": False}
        return self._line.ask("Emulation.setDeviceMetricsOverride", self._session, **size)

    async def _evaluate(self, code: str) -> Any:
        """What one of our scripts returns. Raises CommandError and KeyError."""
        ask = self._line.ask
        world = await ask(
            "Page.createIsolatedWorld", self._session, within=_READING, frameId=self._target, worldName=WORLD
        )
        said = await ask(
            "Runtime.evaluate",
            self._session,
            within=_READING,
            expression=code,
            contextId=world["executionContextId"],
            returnByValue=True,
            timeout=_READING * 1000,
        )
        if "exceptionDetails" in said:
            raise CommandError(str(said["exceptionDetails"].get("exception", {}).get("description", ""))[:300])
        return said["result"]["value"]
