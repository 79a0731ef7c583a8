"""Visits in disguise: what a search engine's spider, its visitors and telephones are shown (快照劫持). At most eight.

Runs only within an authorisation that allows disguise. Redirects are looked at, and not followed. A disguise that is
turned away tells nothing: many protection systems turn away spiders that do not come from the engine's own addresses.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urljoin

from pydantic import Field

from xuncha.api import Crawl, Net, NetError, Params, Reason, Reply, Site, defanged, probe
from xuncha_plugins.darklinks.facts import Guise, Guises
from xuncha_plugins.darklinks.likeness import likeness
from xuncha_plugins.darklinks.looking import Look, look_at

MOST = 8
_ENGINE = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0"
_BROWSER = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_ENGINE} Safari/537.36"
_REFERRER = "https://www.baidu.com/link?url=xuncha&from=www.so.com.www.sogou.com.www.google.com.cn.bing.com"
"""What tells visitors from a search apart looks for the engine's name anywhere in the address that they come from."""

_SPIDER = "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)"
_SPIDERS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) Sogou web spider/4.0 360Spider "
    "bingbot/2.0 YisouSpider Bytespider"
)
"""The other engines' in one: what tells spiders apart looks for their names, and each visit has to be paid for."""

_TELEPHONE = f"Mozilla/5.0 (Linux; Android 14; Pixel 8) {_ENGINE} Mobile Safari/537.36"
HEADERS = {
    "browser": {"User-Agent": _BROWSER},
    "spider": {"User-Agent": _SPIDER},
    "spiders": {"User-Agent": _SPIDERS},
    "searcher": {"User-Agent": _BROWSER, "Referer": _REFERRER},
    "telephone": {"User-Agent": _TELEPHONE},
}
_MISSING = "xuncha-20000101.html"
_BLOCKING = frozenset((401, 403, 405, 406, 412, 418, 429, 444, 456, 468, 493, 521))
_SERVER_ERROR = 500
_GONE = frozenset((404, 410))
_GRAVITY = ("words", "sent", "said", "other", "moved", "hosts")
_SHOWN = 200
NEW_HOSTS = 2
"""So many strange hosts that nobody else is shown are worth a second look."""

NEW_ON_TELEPHONES = 5
"""The same on telephones, which may have pages of their own."""

BY_CHANCE = frozenset(("said", "moved", "other", "hosts"))
"""What may differ from one visit to the next: the browser's has to be made again as well."""


class CloakingParams(Params):
    """``patience`` is in seconds for one answer."""

    patience: float = Field(default=15, gt=0, le=60)


@probe(
    provides=Guises, needs=(Crawl,), params=CloakingParams, deadline=300, connections=1, requests=MOST, mode="disguise"
)
async def guises(site: Site, crawl: Crawl, params: CloakingParams, net: Net) -> Guises:
    """The home page as five kinds of visitor see it, an address that does not exist as a spider; what differs twice."""
    home = crawl.pages[0].final_url if crawl.pages and crawl.pages[0].opened else site.home
    asking = _Asking(net, params.patience)
    visits = [await asking.visit(guise, "home", home) for guise in HEADERS if guise != "spiders"]
    visits += await _missing(asking, urljoin(home, f"/{_MISSING}"))
    visits += await _again(asking, visits)
    if len(visits) <= MOST - 2:
        visits.append(await asking.visit("spiders", "home", home))
        visits += await _again(asking, visits)
    return Guises(tuple(visits))


async def _again(asking: "_Asking", visits: list[Guise]) -> list[Guise]:
    worth = list(_repeated(visits))[: MOST - len(visits)]
    return [replace(await asking.visit(one.guise, one.page, one.url), again=True) for one in worth]


async def _missing(asking: "_Asking", url: str) -> list[Guise]:
    """A spider, where nothing is; the browser before it is asked only where that had anything to show."""
    spider = await asking.visit("spider", "missing", url)
    if spider.status in _GONE and not _suspicious(spider):
        return [replace(spider, likeness="alike")]
    if spider.problem:
        return [spider]
    return [await asking.visit("browser", "missing", url), asking.beside_browser(spider)]


def _suspicious(one: Guise) -> bool:
    return bool(one.words or one.linked or one.said or one.strange or one.left_for)


def _repeated(visits: list[Guise]) -> Iterator[Guise]:
    """The visits to make again, the gravest first. With what may differ by chance goes the browser's."""
    twice = {(one.guise, one.page) for one in visits if one.again}
    first = [one for one in visits if not one.again and (one.guise == "browser" or (one.guise, one.page) not in twice)]
    found = sorted(differing(first), key=lambda one: _GRAVITY.index(extra(one, _own(one, visits))))
    for one in found:
        yield one
        if extra(one, _own(one, visits)) in BY_CHANCE and ("browser", one.page) not in twice:
            yield _own(one, visits)


class _Asking:
    """Remembers what the browser was shown at each address: all others are held against it."""

    def __init__(self, net: Net, patience: float) -> None:
        self._net = net
        self._patience = patience
        self._plain: dict[str, Look] = {}
        self._replies: dict[tuple[str, str], Reply] = {}

    async def visit(self, guise: str, page: str, url: str) -> Guise:
        """One visit; nothing that goes wrong with it ends the others."""
        try:
            reply = await self._net.fetch(url, headers=HEADERS[guise], follow=False, deadline=self._patience)
        except NetError as error:
            return Guise(guise, page, url, problem=error.reason)
        if problem := _in_the_way(reply):
            return Guise(guise, page, url, reply.final_url, reply.status, problem=problem)
        self._replies[guise, page] = reply
        return self._seen(guise, page, url, reply)

    def beside_browser(self, one: Guise) -> Guise:
        """The same visit, held against the browser's that was made after it."""
        return self._seen(one.guise, one.page, one.url, self._replies[one.guise, one.page])

    def _seen(self, guise: str, page: str, url: str, reply: Reply) -> Guise:
        plain = self._plain.get(page)
        look = look_at(reply, plain.contents if plain else None)
        if guise == "browser":
            plain = self._plain.setdefault(page, look)
        return Guise(
            guise,
            page,
            url,
            reply.final_url,
            reply.status,
            look.title,
            look.words,
            look.linked,
            look.said,
            look.strange,
            look.left_for,
            look.ill_named,
            likeness(look.sight, plain.sight) if plain else "unknown",
            defanged(look.sight.moved[:_SHOWN]),
        )


def _in_the_way(reply: Reply) -> Reason | None:
    if reply.challenge or reply.status in _BLOCKING:
        return Reason.CHALLENGED
    return Reason.SERVER_ERROR if reply.status >= _SERVER_ERROR else None


def _own(one: Guise, visits: Iterable[Guise]) -> Guise:
    """What the browser was shown at the same address."""
    return next(visit for visit in visits if (visit.guise, visit.page) == ("browser", one.page))


def differing(visits: list[Guise]) -> Iterator[Guise]:
    """The visits that were shown what the browser was not."""
    plain = {one.page: one for one in visits if one.guise == "browser" and not one.problem and not one.again}
    for one in visits:
        own = plain.get(one.page)
        if own and one.guise != "browser" and not one.problem and extra(one, own):
            yield one


def extra(one: Guise, own: Guise) -> str:
    """What a visit was shown that the browser was not; empty for nothing.

    ``words``, ``sent`` away, words that are ``said`` in a description or the text, ``moved`` to another address of the
    site, ``other``: another page altogether, many ``hosts`` on a page that is alike otherwise. Links with the same
    words excuse no title. Telephones may have pages of their own.
    """
    if set(one.words) - set(own.words) or set(one.linked) - set(own.linked) - set(own.words):
        return "words"
    if one.left_for and one.left_for != own.left_for:
        return "sent"
    if set(one.said) - {*own.said, *own.words, *own.linked}:
        return "said"
    if one.likeness in ("moved", "other") and one.guise != "telephone":
        return one.likeness
    most = NEW_ON_TELEPHONES if one.guise == "telephone" else NEW_HOSTS
    return "hosts" if one.likeness == "alike" and len(set(one.strange) - set(own.strange)) >= most else ""


def same_again(one: Guise, again: Guise, own: Guise) -> bool:
    """Whether a second visit was shown the same that the browser was not: links that change by chance are not."""
    both = replace(
        again,
        words=tuple(set(one.words) & set(again.words)),
        linked=tuple(set(one.linked) & set(again.linked)),
        said=tuple(set(one.said) & set(again.said)),
        strange=tuple(set(one.strange) & set(again.strange)),
        left_for=again.left_for if again.left_for == one.left_for else "",
    )
    return not again.problem and extra(both, own) == extra(one, own)


def is_compared(one: Guise) -> bool:
    """Whether what was shown could be held against what the browser was shown; a telephone's page may be another."""
    return one.guise in ("browser", "telephone") or one.likeness != "unknown"
