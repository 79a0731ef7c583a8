"""One site: each page fetched once, parsed once, shown to every page check, in an order that replies alone decide.

The crawl is a function of the exchanges it is handed (``fetch``) and of when it is told to stop (``Watcher.stop``): a
worker that records both can resume or repeat it and gets the same ``Crawl``.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from xuncha.crawl.ahead import Ahead, Answer, Fetch, answer
from xuncha.crawl.breaker import Breaker, Recheck, odd
from xuncha.crawl.budget import Budget
from xuncha.crawl.challenges import Recogniser, hindrance
from xuncha.crawl.closer import answer_behind, past_challenge, stands_at, with_scripts_run
from xuncha.crawl.discovery import Discovery, Inside
from xuncha.crawl.frontier import Entry, Frontier
from xuncha.crawl.keys import digest, host_of, origin_of, page_key, twin
from xuncha.crawl.permission import Permission
from xuncha.crawl.reading import Read, read, unanswered, unread
from xuncha.model.crawl import Crawl, PageRecord, Robots
from xuncha.model.netapi import NetError, Reply
from xuncha.model.reasons import Reason
from xuncha.model.rendered import Rendered
from xuncha.model.site import Site
from xuncha.net.robots import RobotsTxt
from xuncha.net.scope import Scope
from xuncha.net.target import BadUrl, Target
from xuncha.page import Page

Sleep = Callable[[float], Awaitable[None]]

_GONE = frozenset({404, 410})
_CLOSED_TO_US = {Robots.SHUT: Reason.ROBOTS_FORBIDDEN, Robots.UNKNOWN: Reason.ROBOTS_UNKNOWN}


async def _no_second_look(_url: str, _page: Page | None) -> None:
    pass


async def _nobody_inside(_url: str) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Watcher:
    """What others want of a crawl; all are called in its order, and only those about a visitor may wait.

    ``on_page`` sees every page that was read; frames and fragments come directly after the page they belong to.
    ``look_again`` may show the page at a URL as a visitor gets to see it; it is handed the page as it was answered, or
    None where a challenge stands in front of it. Where what it shows stands elsewhere, the crawl goes there next.
    ``robots_inside`` may tell what the robots.txt at a URL says to a visitor whom a challenge has let in.
    ``leave`` may say why a page must not be looked at: it is neither shown nor followed, and of it only the URL, the
    time and the hash are kept. ``stop`` is asked once before each page. ``on_progress`` gets how many pages are done
    and how many are still to come, as far as that is known.
    """

    on_page: Callable[[Page], None] = lambda _: None
    look_again: Callable[[str, Page | None], Awaitable[Rendered | None]] = _no_second_look
    robots_inside: Callable[[str], Awaitable[RobotsTxt | None]] = _nobody_inside
    leave: Callable[[Page], Reason | None] = lambda _: None
    stop: Callable[[], Reason | None] = lambda: None
    on_progress: Callable[[int, int], None] = lambda _done, _ahead: None


async def crawl(
    site: Site,
    *,
    fetch: Fetch,
    recogniser: Recogniser,
    budget: Budget,
    watcher: Watcher,
    scope: Scope | None = None,
    entry: str = "",
    first: Sequence[tuple[str, int]] = (),
    sleep: Sleep = asyncio.sleep,
) -> Crawl:
    """Visit ``site`` as far as ``budget`` and robots.txt allow.

    Args:
        site: its further entries and its columns are visited beside the links of the home page; its authorisation
            may set robots.txt aside.
        fetch: asked once for each URL, and again only for a page that was good before anomalies began.
        recogniser: marks every reply before anything else reads it.
        budget: where to end.
        watcher: who looks on.
        scope: the hosts of the site; by default those of its entries.
        entry: the home page, where it isn't the first entry.
        first: pages to be visited before all others, as URL and level, so that a crawl that is cut short has seen them.
        sleep: waits for so many seconds, as a replay need not.

    Raises:
        NetError: (no-entry-url) there is nothing to begin with.
    """
    try:
        home = Target.parse(entry or site.home).url
    except BadUrl as problem:
        raise NetError(Reason.NO_ENTRY_URL, str(problem)) from None
    return await Crawler(
        site=site,
        home=home,
        fetch=fetch,
        recogniser=recogniser,
        budget=budget,
        watcher=watcher,
        scope=scope or Scope.of(site),
        first=first,
        sleep=sleep,
    ).run()


class Crawler:
    """One crawl under way: takes pages from the frontier, reads them, keeps their records."""

    def __init__(
        self,
        *,
        site: Site,
        home: str,
        fetch: Fetch,
        recogniser: Recogniser,
        budget: Budget,
        watcher: Watcher,
        scope: Scope,
        first: Sequence[tuple[str, int]],
        sleep: Sleep,
    ) -> None:
        self._site = site
        self._home = home
        self._fetch = fetch
        self._recogniser = recogniser
        self._budget = budget
        self._watcher = watcher
        self._sleep = sleep
        self._inside = Inside(scope)
        self._frontier = Frontier(pages=budget.pages, depth=budget.depth)
        ignored = bool(site.authorisation and site.authorisation.ignore_robots)
        self._permission = Permission(fetch, recogniser, ignored=ignored)
        self._discovery = Discovery(self._frontier, self._inside, self._permission, budget, first)
        self._breaker = Breaker()
        self._addresses: dict[str, str] = {}
        self._records: list[PageRecord] = []
        self._twins: set[int] = set()
        self._pages = 0
        self._bytes = 0
        self._skipped = 0
        self._stopped: Reason | None = None

    async def run(self) -> Crawl:
        """From robots.txt and the home page to the last page within reach."""
        robots = await self._permission.learn(self._home)
        listed = 0
        self._frontier.begin(Entry(self._home, page_key(self._home), 0))
        async with Ahead(self._fetch) as ahead:
            await self._visit_next(ahead)
            if self._moved:
                robots = await self._permission.learn(self._moved)
            closed = _CLOSED_TO_US.get(robots.state)
            if closed is None:
                listed = await self._seed(robots.sitemaps)
                while await self._visit_next(ahead):
                    pass
        return self._result(robots.state, closed, listed)

    @property
    def _moved(self) -> str:
        """Where the home page really is, when it answered within the site."""
        final = self._records[0].final_url if self._records else ""
        return final if final and self._inside(final) else ""

    async def _seed(self, sitemaps: tuple[str, ...]) -> int:
        """What the inventory and the sitemaps know beside the links; returns how many URLs the sitemaps list."""
        declared = [(url, "") for url in self._site.urls] + [(one.url, one.name) for one in self._site.columns]
        await self._discovery.declare(declared, self._home)
        await self._discovery.favour(self._home)
        if not self._home_opened:
            return 0
        files = sitemaps or (f"{origin_of(self._moved or self._home)}/sitemap.xml",)
        return await self._discovery.read_sitemaps(files, self._fetch, self._recogniser)

    @property
    def _home_opened(self) -> bool:
        return bool(self._records) and self._records[0].opened

    async def _visit_next(self, ahead: Ahead) -> bool:
        """Take one page; False when the crawl is at its end."""
        entry = self._frontier.take() if self._stopped is None else None
        if entry is None:
            return False
        if self._breaker.shut(self._address(entry.url)):
            self._skipped += 1
            return True
        self._stopped = self._watcher.stop() or self._over_budget(entry)
        if self._stopped:
            self._skipped += 1
            return False
        self._pages += not entry.part_of
        ahead.want([entry.url, *self._upcoming()])
        await self._visit(entry, await ahead.take(entry.url))
        self._watcher.on_progress(len(self._records), self._ahead())
        return True

    def _ahead(self) -> int:
        """Pages that are known and within the budget."""
        return max(0, min(self._frontier.waiting, self._budget.pages - self._pages))

    def _over_budget(self, entry: Entry) -> Reason | None:
        over = self._bytes >= self._budget.bytes or (self._pages >= self._budget.pages and not entry.part_of)
        return Reason.BUDGET_REACHED if over else None

    def _upcoming(self) -> list[str]:
        """What may be fetched ahead: no more than the budget will let us take."""
        count = min(self._budget.ahead - 1, self._budget.pages - self._pages)
        return [entry.url for entry in self._frontier.peek(count) if not self._breaker.shut(self._address(entry.url))]

    async def _visit(self, entry: Entry, got: Answer) -> None:
        result = await self._looked_again(entry, got, self._read(entry, got))
        if entry.recalled and result.record.status in _GONE:  # it has left the website: nobody is sent there
            self._frontier.uncount()
            return
        self._records.append(result.record)
        if result.page is not None:
            if result.record.opened:
                self._discovery.links.opened(entry.url)
            await self._discovery.follow(result.page, entry)
            self._watcher.on_page(result.page)
        await self._mind(entry, got, result)

    async def _looked_again(self, entry: Entry, got: Answer, result: Read) -> Read:
        """What was read, or what a visitor gets to see where that is more."""
        page = result.page
        challenged = page is None and result.own and result.record.problem is Reason.CHALLENGED
        if isinstance(got, NetError) or not (page or challenged):
            return result
        seen = await self._watcher.look_again(page.url if page else got.final_url, page)
        if seen is None:
            return result
        if page is None:
            await self._permission.learn_inside(seen.final_url, self._watcher.robots_inside)
            return past_challenge(self._read(entry, answer_behind(got, seen), page_key(got.final_url)), seen)
        if stands_at(page.url, seen):
            marks = self._recogniser.recognise(seen.reply()).marks
            return self._shown(entry, got, with_scripts_run(result, page, seen, marks))
        await self._discovery.send_on(page, entry, seen.final_url)
        return result

    def _shown(self, entry: Entry, got: Reply, result: Read) -> Read:
        """The page as its scripts made it, unless it is to be left; it is no repetition of those answered alike."""
        assert result.page is not None
        if reason := self._watcher.leave(result.page):
            return unread(entry, got, reason, result.page.sha256)
        self._discovery.traps.answered(page_key(result.page.url), digest(result.page.html))
        return result

    def _read(self, entry: Entry, got: Answer, met: str = "") -> Read:
        """What the answer is worth: a page is read once, wherever and however often it answers.

        ``met`` is the key of a page whose turn this is already.
        """
        if isinstance(got, NetError):
            return unanswered(entry, got)
        reply = self._recogniser.recognise(got)
        self._bytes += reply.wire_bytes or len(reply.body)
        if not self._inside(reply.final_url):
            return unread(entry, reply, hindrance(reply) or Reason.OUT_OF_SCOPE)
        key = page_key(reply.final_url)
        if key not in (entry.key, met) and not self._frontier.meets(digest(key)):
            return replace(unread(entry, reply, hindrance(reply)), own=False)
        result = read(entry, reply)
        return self._kept(entry, key, reply, result.page) or result if result.page is not None else result

    def _kept(self, entry: Entry, key: str, reply: Reply, page: Page) -> Read | None:
        """The bare record of a page that is not to be shown; None for one that is."""
        if reason := self._watcher.leave(page):
            return unread(entry, reply, reason, page.sha256)
        name = twin(key, page.sha256)
        if name in self._twins:
            return unread(entry, reply, None, page.sha256)
        self._twins.add(name)
        self._discovery.traps.answered(key, int(page.sha256[:16], 16))
        return None

    async def _mind(self, entry: Entry, got: Answer, result: Read) -> None:
        """Tell the breaker how the address answered, and do what it asks for."""
        address = self._address(entry.url, got)
        recheck: Recheck | None = None
        if result.page is not None and result.page.fetched is None:  # asked again, it would be a challenge again
            self._breaker.answered(address)
        elif result.page is not None:
            self._breaker.good(address, entry.url)
        elif odd(result.record.problem, result.record.status):
            recheck = self._breaker.odd(address, len(self._records) - 1)
        else:
            self._breaker.answered(address)
        while recheck is not None:
            recheck = self._breaker.rechecked(recheck, good=await self._good_again(recheck))
        if self._breaker.shut(self._address(self._home)):
            self._stopped = Reason.BLOCKED_DURING_RUN if self._breaker.blocked else result.record.problem

    async def _good_again(self, recheck: Recheck) -> bool:
        if recheck.pause:
            await self._sleep(recheck.pause)
        got = await answer(self._fetch, recheck.url)
        if isinstance(got, NetError) or hindrance(self._recogniser.recognise(got)):
            return False
        return 200 <= got.status < 300  # noqa: PLR2004 - HTTP success

    def _address(self, url: str, got: Answer | None = None) -> str:
        """The address that answers for the host of ``url``, as far as it is known; else the host."""
        host = host_of(url)
        if isinstance(got, Reply) and got.address and host_of(got.final_url) == host:
            self._addresses[host] = got.address
        return self._addresses.get(host, host)

    def _result(self, robots: Robots, closed: Reason | None, listed: int) -> Crawl:
        frontier, discovery = self._frontier, self._discovery
        for number in self._breaker.blocked:
            self._records[number] = replace(self._records[number], problem=Reason.BLOCKED_DURING_RUN)
        left = frontier.unvisited + self._skipped
        stopped = self._stopped or closed or (Reason.BUDGET_REACHED if frontier.left else None)
        return Crawl(
            home=self._home,
            pages=tuple(self._records),
            targets=discovery.links.hand_over(self._inside),
            known=frontier.known,
            complete=stopped is None and not left and self._home_opened,
            stopped=stopped,
            robots=robots,
            sitemap_urls=listed,
            trapped=discovery.traps.total,
            targets_dropped=discovery.links.dropped,
            forbidden=discovery.forbidden,
        )
