"""One walk along redirects, as a browser would take it; every step is given back to the guard."""

from xuncha.model.crawl import Hop
from xuncha.model.netapi import NetError
from xuncha.model.reasons import Reason
from xuncha.net.engine import RawReply
from xuncha.net.target import BadUrl, Target

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SEE_OTHER = 303
_MOST_COOKIES = 20
_LONGEST_COOKIE = 2_048


class Walk:
    """Where a request has got to. Cookies live as long as the walk, for hosts that let nobody in without theirs."""

    def __init__(self, target: Target, method: str, most: int) -> None:
        self.target = target
        self.method = method
        self.hops: list[Hop] = []
        self._most = most
        self._cookies: dict[str, dict[str, str]] = {}
        self._seen = {self._state()}

    @property
    def cookies(self) -> dict[str, str]:
        """The Cookie header for where the walk stands; empty where there is none."""
        jar = self._cookies.get(self.target.host, {})
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in jar.items())} if jar else {}

    def step(self, reply: RawReply) -> bool:
        """Go where ``reply`` leads; False where the walk ends with it.

        Raises:
            NetError: bad-redirect, too-many-redirects (also for a loop).
        """
        location = next((value for name, value in reply.headers if name == "location"), None)
        if reply.status not in REDIRECTS or location is None:
            return False
        self._take_cookies(reply)
        here, self.target = self.target, self._following(location)
        self.hops.append(Hop(here.url, reply.status, self.target.url))
        if reply.status == _SEE_OTHER and self.method != "HEAD":
            self.method = "GET"
        if len(self.hops) > self._most or self._state() in self._seen:
            raise NetError(Reason.TOO_MANY_REDIRECTS, f"{len(self.hops)} redirects, the last to {self.target.url}")
        self._seen.add(self._state())
        return True

    def _following(self, location: str) -> Target:
        try:
            return Target.parse(location, self.target.url)
        except BadUrl as problem:
            raise NetError(Reason.BAD_REDIRECT, f"{self.target.url} redirects to {location[:200]!r}") from problem

    def _take_cookies(self, reply: RawReply) -> None:
        jar = self._cookies.setdefault(self.target.host, {})
        for name, value in reply.headers:
            pair = value.partition(";")[0].strip()
            key, equals, content = pair.partition("=")
            sound = equals and pair.isascii() and pair.isprintable() and len(pair) <= _LONGEST_COOKIE
            if name == "set-cookie" and sound and (key in jar or len(jar) < _MOST_COOKIES):
                jar[key] = content

    def _state(self) -> tuple[Target, str]:
        """A page that is asked for again with other cookies is no loop."""
        return self.target, self.cookies.get("Cookie", "")
