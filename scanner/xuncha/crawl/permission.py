"""What robots.txt of each origin of the site lets us visit."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace

from xuncha.crawl.ahead import Fetch, answer
from xuncha.crawl.challenges import Recogniser, hindrance
from xuncha.crawl.keys import origin_of
from xuncha.model.crawl import Robots
from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason
from xuncha.net.robots import ROBOTS_PATH, RobotsTxt

MAX_ORIGINS = 12
"""Schemes and hosts of one site are few; a page that links to it on a thousand ports gets no request for each."""

# A redirect that leads nowhere we may go means that there is no robots.txt, not that the server is in trouble.
_LED_AWAY = frozenset({Reason.OUT_OF_SCOPE, Reason.BAD_REDIRECT, Reason.TOO_MANY_REDIRECTS, Reason.SCHEME_FORBIDDEN})


class Permission:
    """Asks for each robots.txt once; before an origin is learnt, nothing of it is allowed.

    Args:
        ignored: the authorisation says to leave robots.txt aside; its sitemaps are read all the same.
    """

    def __init__(self, fetch: Fetch, recogniser: Recogniser, *, ignored: bool = False) -> None:
        self._fetch = fetch
        self._recogniser = recogniser
        self._ignored = ignored
        self._texts: dict[str, RobotsTxt] = {}
        self._barred: set[str] = set()

    async def learn(self, url: str) -> RobotsTxt:
        """What the robots.txt of the origin of ``url`` says."""
        origin = origin_of(url)
        if origin not in self._texts:
            full = len(self._texts) >= MAX_ORIGINS
            if full:
                return RobotsTxt(Robots.UNKNOWN)
            text = await self._ask(origin)
            self._texts[origin] = replace(text, state=Robots.IGNORED) if self._ignored else text
        return self._texts[origin]

    async def learn_inside(self, url: str, read: Callable[[str], Awaitable[RobotsTxt | None]]) -> None:
        """Learn it anew where a challenge stood before it that has now let somebody in: he can ``read`` it."""
        origin = origin_of(url)
        if origin in self._barred:
            self._barred.remove(origin)
            self._texts[origin] = await read(f"{origin}{ROBOTS_PATH}") or self._texts[origin]

    async def learn_all(self, urls: Iterable[str]) -> None:
        """Learn the origins of ``urls`` that are new, in this order."""
        for url in urls:
            if origin_of(url) not in self._texts:
                await self.learn(url)

    def allows(self, url: str) -> bool:
        """Whether ``url`` may be visited."""
        origin = origin_of(url)
        text = self._texts.get(origin)
        return text is not None and text.state is not Robots.SHUT and text.allows(url[len(origin) :] or "/")

    async def _ask(self, origin: str) -> RobotsTxt:
        reply = await answer(self._fetch, f"{origin}{ROBOTS_PATH}")
        if isinstance(reply, NetError):
            return RobotsTxt(Robots.FREE if reply.reason in _LED_AWAY else Robots.UNKNOWN)
        why = hindrance(self._recogniser.recognise(reply))
        if why is Reason.CHALLENGED and not self._ignored:
            self._barred.add(origin)
        return RobotsTxt.from_answer(reply.status, reply.body, challenged=why is not None)
