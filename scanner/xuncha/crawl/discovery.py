"""What a page leads to: its parts, where it sends us at once, and the pages that it links to."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from xuncha.crawl.ahead import Fetch, answer
from xuncha.crawl.budget import Budget
from xuncha.crawl.challenges import Recogniser, hindrance
from xuncha.crawl.frontier import Entry, Frontier
from xuncha.crawl.keys import digest, host_of, origin_of, page_key, sibling
from xuncha.crawl.links import LinkTable
from xuncha.crawl.onward import onward
from xuncha.crawl.permission import Permission
from xuncha.crawl.sitemap import MAX_URLS, is_index, listed, unpacked
from xuncha.crawl.traps import Trap, Traps
from xuncha.model.crawl import LinkUse
from xuncha.model.netapi import NetError
from xuncha.net.scope import Scope
from xuncha.net.target import BadUrl, Target
from xuncha.page import Link, Page
from xuncha.page.targets import use_by_name

LINKS_OF_A_PAGE = 10_000
PARTS_OF_A_PAGE = 8
MAX_HOSTS = 10_000
MAX_SENT_ON = 5

_LEADING = frozenset({"a", "area", "onclick", "meta-refresh"})
_OK = 200


class Inside:
    """Whether a URL belongs to the site; asked for every new link, so each host is looked up once."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._hosts: dict[str, bool] = {}

    def __call__(self, url: str) -> bool:
        host = host_of(url)
        known = self._hosts.get(host)
        if known is None:
            if len(self._hosts) >= MAX_HOSTS:
                self._hosts.clear()
            known = self._hosts[host] = self._contains(url)
        return known

    def _contains(self, url: str) -> bool:
        try:
            return self._scope.contains(Target.parse(url))
        except BadUrl:
            return False


class Discovery:
    """Fills the frontier. Every URL is judged once: in scope, new, open to robots, no trap.

    The first page that is followed, the home page, tells where the site really is: by http or https, with or without
    ``www.``.
    """

    def __init__(
        self,
        frontier: Frontier,
        inside: Inside,
        permission: Permission,
        budget: Budget,
        first: Sequence[tuple[str, int]] = (),
    ) -> None:
        self._frontier = frontier
        self._inside = inside
        self._permission = permission
        self._budget = budget
        self._first = first
        self._parts = 0
        self.links = LinkTable()
        self.traps = Traps(budget.pages)
        self.forbidden = 0
        self._origin = ""

    async def follow(self, page: Page, entry: Entry) -> None:
        """Note every link of ``page``, and put what is new into the frontier."""
        self._origin = self._origin or origin_of(page.url)
        await self.favour(page.url)
        fresh = self._noted(page)
        sent_on = onward(page)
        reachable = [link.target for link in fresh] + ([sent_on] if sent_on and self._inside(sent_on) else [])
        await self._permission.learn_all(reachable)
        first = list(self._parts_of(page, entry, fresh))
        if sent_on in reachable:
            first += self._following(page, entry, sent_on)
        self._frontier.put_first(first)
        for link in fresh:
            if link.kind in _LEADING:
                self.offer(link.target, entry.depth + 1, page.url, link.text)

    async def send_on(self, page: Page, entry: Entry, url: str) -> None:
        """Visit next where the script of ``page`` leads a visitor, if that is within the site."""
        target = _target(url)
        if target and self._inside(target):
            await self._permission.learn_all([target])
            self._frontier.put_first(self._following(page, entry, target))

    def _noted(self, page: Page) -> list[Link]:
        """The links to pages and parts of this site that no page had before."""
        self.links.dropped += max(0, len(page.links) - LINKS_OF_A_PAGE)
        fresh: list[Link] = []
        for link in page.links[:LINKS_OF_A_PAGE]:
            if not link.target:
                continue
            held = self.links.note(link)
            if held is not None and held.offered:  # nearly every link of nearly every page
                continue
            if link.use is LinkUse.FRAME or (link.use is LinkUse.PAGE and link.kind in _LEADING):
                if held is not None:
                    held.offered = True
                if self._inside(link.target):
                    fresh.append(link)
        return fresh

    def offer(self, url: str, depth: int, parent: str, text: str) -> None:
        """A page of this site, to be visited in its turn unless it is old, closed to us or part of a trap."""
        key = page_key(url)
        if not self._frontier.meets(digest(key)):
            return
        if not self._permission.allows(url):
            self._frontier.count()
            self.forbidden += 1
            return
        trap = self.traps.catches(key)
        if trap is None or trap is Trap.CROWDED:
            later = trap is not None or self._doubled(url)
            self._frontier.offer(Entry(url, key, depth, parent, text), later=later)

    def _doubled(self, url: str) -> bool:
        """Whether it is probably the http or www form of a page that we have at the home page's own origin."""
        twin = sibling(url, self._origin) if self._origin else ""
        return bool(twin) and self._frontier.met(digest(page_key(twin)))

    def _parts_of(self, page: Page, entry: Entry, fresh: Iterable[Link]) -> Iterator[Entry]:
        """The frames and fragments that ``page`` is made of; those of a part only where it is a frameset."""
        found = 0
        for link in fresh:
            if link.use is not LinkUse.FRAME or (entry.part_of and link.kind != "frame"):
                continue
            if found >= PARTS_OF_A_PAGE or self._parts >= self._budget.parts:
                return
            if key := self._new_and_open(link.target):
                found += 1
                self._parts += 1
                yield Entry(link.target, key, entry.depth, page.url, link.text, entry.part_of or page.url)

    def _following(self, page: Page, entry: Entry, url: str) -> list[Entry]:
        """The page that ``page`` sends the citizen on to: of the same level, and directly next."""
        key = self._new_and_open(url) if entry.sent_on < MAX_SENT_ON else ""
        return [Entry(url, key, entry.depth, page.url, "", entry.part_of, entry.sent_on + 1)] if key else []

    def _new_and_open(self, url: str) -> str:
        """The key of a page that is met for the first time and open to us; else empty."""
        key = page_key(url)
        if not self._permission.allows(url) or not self._frontier.meets(digest(key)):
            return ""
        self._frontier.count()
        return key

    async def declare(self, urls: Iterable[tuple[str, str]], home: str) -> None:
        """Entries and columns that the inventory names, as (URL, name): one level below the home page."""
        targets = [(target, name) for url, name in urls if (target := _target(url, home)) and self._inside(target)]
        await self._permission.learn_all([target for target, _ in targets])
        for target, name in targets:
            self.offer(target, 1, "", name)

    async def favour(self, home: str) -> None:
        """Let the pages known from before come first, once; half of what may be visited at most."""
        if not self._first:
            return
        first, self._first = self._first, ()
        within = [(target, depth) for url, depth in first if (target := _target(url, home)) and self._inside(target)]
        here = [((self._origin and sibling(url, self._origin)) or url, depth) for url, depth in within]
        await self._permission.learn_all([url for url, _ in here])
        open_ = ((url, depth) for url, depth in here if self._permission.allows(url))
        allowed = (Entry(url, page_key(url), depth, recalled=True) for url, depth in open_)
        self._frontier.favour(islice(allowed, self._budget.pages // 2))

    async def read_sitemaps(self, files: Iterable[str], fetch: Fetch, recogniser: Recogniser) -> int:
        """Put the pages that sitemaps list behind all others. Returns how many URLs they list (at most 50,000)."""
        waiting = deque(self._own(files))
        asked: set[str] = set()
        count = 0
        while waiting and len(asked) < self._budget.sitemaps and count < MAX_URLS:
            url = waiting.popleft()
            if url in asked:
                continue
            asked.add(url)
            body = await _sitemap(url, fetch, recogniser)
            if is_index(body):
                waiting.extend(self._own(listed(body)))
                continue
            for listed_url in islice(listed(body), MAX_URLS - count):
                count += 1
                self._orphan(listed_url)
        return count

    def _own(self, urls: Iterable[str]) -> list[str]:
        """The first files among ``urls`` that are the site's own; no more than could be asked for."""
        targets = (target for url in urls if (target := _target(url)) and self._inside(target))
        return list(islice(targets, self._budget.sitemaps))

    def _orphan(self, url: str) -> None:
        target = _target(url)
        if target and self._inside(target) and self._permission.allows(target) and use_by_name(target) is LinkUse.PAGE:
            self._frontier.offer_orphan(digest(page_key(target)), target)


async def _sitemap(url: str, fetch: Fetch, recogniser: Recogniser) -> bytes:
    """The sitemap at ``url``; empty where there is none, or where something else answers."""
    reply = await answer(fetch, url)
    if isinstance(reply, NetError) or reply.status != _OK or hindrance(recogniser.recognise(reply)):
        return b""
    return unpacked(reply.body)


def _target(url: str, base: str | None = None) -> str:
    """``url`` in its one spelling; empty where it is none that can be asked for."""
    try:
        return Target.parse(url, base).url
    except BadUrl:
        return ""
