"""``Browser``: renders pages for a worker's sites, one after the other, in one Chromium that is started when needed."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from xuncha.browser.errors import BrowserError, CommandError
from xuncha.browser.limits import NORMAL, Limits
from xuncha.browser.pantry import Pantry
from xuncha.browser.places import Places
from xuncha.browser.process import Chromium
from xuncha.browser.program import BrowserSettings
from xuncha.browser.protocol import Json
from xuncha.browser.rendering import Rendering
from xuncha.browser.tab import ATTACH_ALL
from xuncha.browser.way import Way
from xuncha.model.clock import Clock, system_clock
from xuncha.model.fact import Gap
from xuncha.model.netapi import Reply
from xuncha.model.reasons import Reason
from xuncha.model.rendered import BeforePicture, Rendered, Retouch, Want

IDLE = 5.0
"""Seconds after which a Chromium that nobody asks gives its memory and its place back."""

TURN = 10
"""Pages after which the place goes to another worker, if one waits."""

MOST_RENDERED = 100
"""Pages after which a new Chromium is started: it only ever grows."""

Recognise = Callable[[Reply], Reply]


class Browser:
    """For one worker.

    Args:
        places: over all workers.
        settings: which Chromium, and whether it may run without its sandbox.
        recognise: marks replies that aren't the site's own words, as the way out does.
        clock: for the moment a page was read out.
        limits: of each rendering.
    """

    def __init__(
        self,
        places: Places,
        settings: BrowserSettings | None = None,
        *,
        recognise: Recognise = lambda reply: reply,
        clock: Clock = system_clock,
        limits: Limits = NORMAL,
    ) -> None:
        self._places = places
        self._settings = settings or BrowserSettings()
        self._recognise = recognise
        self._clock = clock
        self._limits = limits
        self._turn = asyncio.Lock()
        self._chromium: Chromium | None = None
        self._visitors = 0
        self._rendered = 0
        self._rendering: Rendering | None = None
        self._rest: asyncio.Task[None] | None = None

    def visitor(self, way: Way) -> "Visitor":
        """Somebody who visits one site, with a fresh profile."""
        self._visitors += 1
        return Visitor(self, way)

    async def leave(self) -> None:
        """A visitor has left. With the last one Chromium ends: a worker without sites may be killed at any moment."""
        self._visitors -= 1
        if not self._visitors:
            await self.aclose()

    async def aclose(self) -> None:
        """End Chromium. A worker that ends need not: Chromium ends with it."""
        async with self._turn:
            self._stay_awake()
            await self._end()

    async def render(
        self, visitor: "Visitor | Beside", url: str, want: Want, before_picture: BeforePicture
    ) -> Rendered | Gap:
        """See ``Visitor.render``."""
        async with self._turn:
            self._stay_awake()
            try:
                return await self._render(visitor, url, want, before_picture)
            except BrowserError as error:
                await self._end()
                return error.gap
            except BaseException:
                await self._end()
                raise
            finally:
                self._rendering = None
                self._rest = asyncio.create_task(self._doze())

    async def _render(
        self, visitor: "Visitor | Beside", url: str, want: Want, before_picture: BeforePicture
    ) -> Rendered | Gap:
        if self._chromium is not None and (self._chromium.lost or self._rendered >= MOST_RENDERED):
            await self._end()
        elif self._chromium is not None and self._rendered >= TURN and self._places.wanted:
            await self._end()
            await self._places.pass_on()
        chromium = self._chromium or await self._start()
        chromium.line.afresh()
        self._rendered += 1
        try:
            context = await visitor.context(chromium)
        except CommandError as problem:
            raise BrowserError(Reason.BROWSER_FAILED, str(problem)) from problem
        way, pantry, recognise = visitor.way, visitor.pantry, self._recognise
        rendering = self._rendering = Rendering(
            chromium, context, way, pantry, self._limits, want, recognise, self._clock, before_picture
        )
        return await rendering.run(url)

    async def _start(self) -> Chromium:
        if not self._settings.off:
            await self._places.take()
        chromium = self._chromium = await Chromium.start(self._heard, self._settings, self._limits)
        self._rendered = 0
        await chromium.line.ask("Target.setAutoAttach", **ATTACH_ALL)
        return chromium

    async def _end(self) -> None:
        chromium, self._chromium = self._chromium, None
        if chromium is not None:
            await chromium.end()
        self._places.give_back()

    async def _doze(self) -> None:
        await asyncio.sleep(IDLE)
        async with self._turn:
            self._rest = None
            await self._end()

    def _stay_awake(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None

    def _heard(self, session: str, method: str, said: Json) -> None:
        if self._rendering is not None:
            self._rendering.tab.heard(session, method, said)


class Visitor:
    """One site's view of the browser: its way out, its cookies, what was fetched for its pages."""

    def __init__(self, browser: Browser, way: Way) -> None:
        self._browser = browser
        self._chromium: Chromium | None = None
        self._context = ""
        self.way = way
        self.pantry = Pantry()

    async def render(
        self,
        url: str,
        want: Want = Want(),  # noqa: B008 - immutable
        before_picture: BeforePicture = lambda _: Retouch(),
    ) -> Rendered | Gap:
        """The page at ``url`` as a browser shows it, when it is our turn.

        ``before_picture`` is shown the page as it was read, and says how its picture is to be retouched; None takes no
        picture. Never raises for what the page or Chromium does. The gap's reason is ``no-browser``, ``no-sandbox``,
        ``browser-failed``, ``render-too-heavy``, ``challenged``, or why its document was not to be had.
        """
        return await self._browser.render(self, url, want, before_picture)

    def beside(self, way: Way) -> "Beside":
        """The same visitor, whose requests are put down to somebody else."""
        return Beside(self._browser, self, way)

    async def context(self, chromium: Chromium) -> str:
        """The profile of this visitor in ``chromium``. Raises BrowserError and CommandError."""
        if self._chromium is not chromium:
            made = await chromium.line.ask("Target.createBrowserContext", disposeOnDetach=True)
            self._chromium, self._context = chromium, str(made["browserContextId"])
            deny: Json = {"behavior": "deny", "browserContextId": self._context}
            await chromium.line.ask("Browser.setDownloadBehavior", **deny)
        return self._context

    async def aclose(self) -> None:
        """Forget the profile; to be called once."""
        chromium, self._chromium = self._chromium, None
        if chromium is not None and not chromium.lost:
            with suppress(BrowserError, CommandError):
                await chromium.line.ask("Target.disposeBrowserContext", browserContextId=self._context)
        await self._browser.leave()


class Beside:
    """Looks at a site's pages with the cookies of a visitor, by a way of its own."""

    def __init__(self, browser: Browser, visitor: Visitor, way: Way) -> None:
        self._browser = browser
        self._visitor = visitor
        self.way = way

    @property
    def pantry(self) -> Pantry:
        """What was fetched for the visitor's pages."""
        return self._visitor.pantry

    async def context(self, chromium: Chromium) -> str:
        """The visitor's profile."""
        return await self._visitor.context(chromium)

    async def render(
        self,
        url: str,
        want: Want = Want(),  # noqa: B008 - immutable
        before_picture: BeforePicture = lambda _: Retouch(),
    ) -> Rendered | Gap:
        """See ``Visitor.render``."""
        return await self._browser.render(self, url, want, before_picture)
