"""Visits in disguise: what a search engine's spider, its visitors and telephones are shown (快照劫持). At most eight.

Runs only within an authorisation that allows disguise. Redirects are looked at, and not followed. A disguise that is
turned away tells nothing: many protection systems turn away spiders that do not come from the engine's own addresses.
"""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urljoin

from pydantic import Field

from xuncha.api import Crawl, Net, NetError, Params, Reason, Reply, Site, probe
from xuncha_plugins.darklinks.facts import Guise, Guises
from xuncha_plugins.darklinks.looking import look_at

MOST = 8
_ENGINE = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0"
_BROWSER = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_ENGINE} Safari/537.36"
_SPIDER = "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)"
_TELEPHONE = f"Mozilla/5.0 (Linux; Android 14; Pixel 8) {_ENGINE} Mobile Safari/537.36"
HEADERS = {
    "browser": {"User-Agent": _BROWSER},
    "spider": {"User-Agent": _SPIDER},
    "searcher": {"User-Agent": _BROWSER, "Referer": "https://www.baidu.com/link?url=xuncha"},
    "telephone": {"User-Agent": _TELEPHONE},
}
_MISSING = "xuncha-20000101.html"
_BLOCKING = frozenset((401, 403, 405, 406, 412, 418, 429, 444, 456, 468, 493, 521))
_SERVER_ERROR = 500
NEW_HOSTS = 5
"""So many strange hosts that nobody else is shown are worth a second look."""


class CloakingParams(Params):
    """``patience`` is in seconds for one answer."""

    patience: float = Field(default=15, gt=0, le=60)


@probe(
    provides=Guises, needs=(Crawl,), params=CloakingParams, deadline=300, connections=1, requests=MOST, mode="disguise"
)
async def guises(site: Site, crawl: Crawl, params: CloakingParams, net: Net) -> Guises:
    """The home page as four kinds of visitor see it, an address that does not exist as two; what differs twice."""
    home = crawl.pages[0].final_url if crawl.pages and crawl.pages[0].opened else site.home
    asking = _Asking(net, params.patience)
    visits = [await asking.visit(guise, "home", home) for guise in HEADERS]
    missing = urljoin(home, f"/{_MISSING}")
    visits += [await asking.visit(guise, "missing", missing) for guise in ("browser", "spider")]
    for one in list(differing(visits))[: MOST - len(visits)]:
        visits.append(replace(await asking.visit(one.guise, one.page, one.url), again=True))
    return Guises(tuple(visits))


class _Asking:
    def __init__(self, net: Net, patience: float) -> None:
        self._net = net
        self._patience = patience

    async def visit(self, guise: str, page: str, url: str) -> Guise:
        """One visit; nothing that goes wrong with it ends the others."""
        try:
            reply = await self._net.fetch(url, headers=HEADERS[guise], follow=False, deadline=self._patience)
        except NetError as error:
            return Guise(guise, page, url, problem=error.reason)
        return _seen(guise, page, url, reply)


def _seen(guise: str, page: str, url: str, reply: Reply) -> Guise:
    if problem := _in_the_way(reply):
        return Guise(guise, page, url, reply.final_url, reply.status, problem=problem)
    look = look_at(reply)
    return Guise(guise, page, url, reply.final_url, reply.status, look.title, look.words, look.strange, look.left_for)


def _in_the_way(reply: Reply) -> Reason | None:
    if reply.challenge or reply.status in _BLOCKING:
        return Reason.CHALLENGED
    return Reason.SERVER_ERROR if reply.status >= _SERVER_ERROR else None


def differing(visits: list[Guise]) -> Iterator[Guise]:
    """The visits that were shown what the browser was not."""
    plain = {one.page: one for one in visits if one.guise == "browser" and not one.problem and not one.again}
    for one in visits:
        own = plain.get(one.page)
        if own and one.guise != "browser" and not one.problem and extra(one, own):
            yield one


def extra(one: Guise, own: Guise) -> str:
    """What a visit was shown that the browser was not: ``words``, ``sent`` away, many ``hosts``; empty for nothing."""
    if set(one.words) - set(own.words):
        return "words"
    if one.left_for and one.left_for != own.left_for:
        return "sent"
    return "hosts" if len(set(one.strange) - set(own.strange)) >= NEW_HOSTS else ""


def same_again(one: Guise, again: Guise, own: Guise) -> bool:
    """Whether a second visit was shown the same that the browser was not: links that change by chance are not."""
    both = replace(
        again,
        words=tuple(set(one.words) & set(again.words)),
        strange=tuple(set(one.strange) & set(again.strange)),
        left_for=again.left_for if again.left_for == one.left_for else "",
    )
    return not again.problem and extra(both, own) == extra(one, own)
