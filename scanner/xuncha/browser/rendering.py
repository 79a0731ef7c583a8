"""One rendering from its address to what is known of the page, or to the gap that says why nothing is."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from xuncha.browser.errors import BrowserError, CommandError
from xuncha.browser.interception import Interception
from xuncha.browser.limits import Limits
from xuncha.browser.pantry import Pantry
from xuncha.browser.process import Chromium
from xuncha.browser.reading import Snapshot
from xuncha.browser.tab import Tab
from xuncha.browser.way import Way
from xuncha.model.clock import Clock
from xuncha.model.fact import Gap
from xuncha.model.netapi import Reply
from xuncha.model.reasons import Reason
from xuncha.model.rendered import BeforePicture, Rendered, Want

_LOOK_AT_USAGE = 0.5
_GRACE = 15.0
"""Seconds beyond ``Limits.longest`` in which the page is read out."""


class Rendering:
    """Of one page.

    Args:
        chromium: to be killed when the page takes too much.
        context: of the site.
        way: the site's way out; ``pantry``: what came by it before.
        limits: what it may cost.
        want: what is wanted beside the HTML.
        recognise: marks replies that aren't the site's own words.
        clock: for the moment it was read out.
        before_picture: sees the page and says how its picture is retouched, or that none is taken.
    """

    def __init__(
        self,
        chromium: Chromium,
        context: str,
        way: Way,
        pantry: Pantry,
        limits: Limits,
        want: Want,
        recognise: Callable[[Reply], Reply],
        clock: Clock,
        before_picture: BeforePicture,
    ) -> None:
        self._chromium = chromium
        self._limits = limits
        self._want = want
        self._recognise = recognise
        self._clock = clock
        self._before_picture = before_picture
        self._agent = way.agent(chromium.agent)
        self._traffic = Interception(chromium.line, way, pantry, limits, images=want != Want(), agent=self._agent)
        self.tab = Tab(chromium.line, context, self._traffic, limits, self._agent)
        self._inside = way.contains
        self._begun = time.monotonic()
        self._before = chromium.usage().cpu
        self._cpu = 0.0
        self._memory = 0

    async def run(self, url: str) -> Rendered | Gap:
        """Render ``url``. Raises BrowserError where Chromium is not to be used again."""
        watch = asyncio.create_task(self._watch())
        try:
            async with asyncio.timeout(self._limits.longest + _GRACE):
                return await self._run(url)
        except TimeoutError:
            raise self._given_up() from None
        except CommandError as problem:
            raise BrowserError(Reason.BROWSER_FAILED, str(problem)) from problem
        finally:
            watch.cancel()
            await asyncio.gather(watch, return_exceptions=True)

    async def _run(self, url: str) -> Rendered | Gap:
        try:
            await self.tab.open(url)
            settled = await self.tab.settle()
            if self._traffic.document is None:
                return self._nothing()
            if settled and not self.tab.stopped:
                settled = await self.tab.look_through()
            return await self._seen(url, settled=settled)
        finally:
            await self.tab.close()

    async def _seen(self, url: str, *, settled: bool) -> Rendered | Gap:
        """The page as it stands, with what else is wanted of it."""
        rendered = await self._read(url, settled=settled)
        if isinstance(rendered, Gap):
            return rendered
        if self._want.layout and not self._want.picture:
            rendered = replace(rendered, layout=await self.tab.layout())
        if self._want.shots and self._before_picture(rendered) is not None:
            shots, parts = await self.tab.shots(self._want.shots), await self.tab.parts()
            rendered = replace(rendered, shots=shots, parts=parts, traffic=self._traffic.traffic)
        return await self._pictured(rendered) if self._want.picture else rendered

    async def _read(self, url: str, *, settled: bool) -> Rendered | Gap:
        return self._rendered(url, await self.tab.read(), settled=settled and not self.tab.stopped)

    async def _pictured(self, before: Rendered) -> Rendered | Gap:
        """With its picture. The page is read anew as it stands for that: much comes only once it comes into sight."""
        if not await self.tab.stand():
            return before
        rendered = await self._read(before.url, settled=before.settled)
        if isinstance(rendered, Gap):
            return rendered
        layout = await self.tab.layout() if self._want.layout else None
        sight = await self.tab.sight()
        rendered = replace(rendered, layout=layout, sight=sight, shots=before.shots, parts=before.parts)
        retouch = self._before_picture(rendered)
        return rendered if retouch is None else replace(rendered, picture=await self.tab.picture(retouch))

    def _nothing(self) -> Gap:
        trouble = self._traffic.trouble
        if trouble is not None:
            return Gap(trouble.reason, trouble.params, trouble.detail)
        late = Reason.DEADLINE if self._traffic.under_way else Reason.TIMEOUT  # it waited for its turn, or for the site
        return Gap(late, detail="the page did not come")

    def _rendered(self, url: str, snapshot: Snapshot, *, settled: bool) -> Rendered | Gap:
        document = self._traffic.document
        assert document is not None
        if snapshot.html is None:
            return Gap(Reason.RENDER_TOO_HEAVY, detail="more elements than are read out")
        if not self._inside(snapshot.url):
            return Gap(Reason.PAGE_UNREADABLE, detail=f"it ends at {snapshot.url[:200]}")
        self._look()
        rendered = Rendered(
            url=url,
            final_url=snapshot.url,
            status=document.status,
            headers=document.headers,
            html=snapshot.html,
            text=snapshot.text,
            cut=snapshot.cut or document.truncated,
            settled=settled,
            failures=snapshot.failures,
            dialogs=snapshot.dialogs + self.tab.dialogs,
            traffic=self._traffic.traffic,
            seconds=round(time.monotonic() - self._begun, 3),
            cpu=round(self._cpu, 2),
            memory=self._memory,
            browser=self._chromium.product,
            agent=self._agent,
            sandboxed=self._chromium.sandboxed,
            at=self._clock(),
        )
        return self._through(rendered, document)

    def _through(self, rendered: Rendered, document: Reply) -> Rendered | Gap:
        """A page that is still a challenge, by the reply it came with or by what it looks like, is not the site's."""
        challenge = document.challenge or self._recognise(rendered.reply()).challenge
        if challenge:
            return Gap(Reason.CHALLENGED, detail=challenge)
        return replace(rendered, passed=tuple(self._traffic.challenges))

    def _given_up(self) -> BrowserError:
        return BrowserError(Reason.RENDER_TOO_HEAVY, f"longer than {self._limits.longest + _GRACE} s")

    async def _watch(self) -> None:
        """Kill Chromium as soon as it uses more than a page may."""
        while True:
            await asyncio.sleep(_LOOK_AT_USAGE)
            self._look()
            excess = self._excess()
            if excess:
                self._chromium.line.give_up(BrowserError(Reason.RENDER_TOO_HEAVY, excess))
                self._chromium.kill()
                return

    def _excess(self) -> str:
        if self._cpu > self._limits.cpu:
            return f"more than {self._limits.cpu} s of processor time"
        return f"more than {self._limits.memory} bytes" if self._memory > self._limits.memory else ""

    def _look(self) -> None:
        with suppress(OSError):
            now = self._chromium.usage()
            self._cpu = max(self._cpu, now.cpu - self._before)
            self._memory = max(self._memory, now.memory)
