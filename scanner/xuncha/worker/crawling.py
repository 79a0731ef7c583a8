"""The crawl of a site behind its journal: what was fetched before is replayed, what is new is written down first."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from xuncha.crawl import Budget, Watcher, crawl
from xuncha.crawl.challenges import Recogniser
from xuncha.crawl.signatures import Signatures
from xuncha.model.crawl import Crawl
from xuncha.model.fact import Gap
from xuncha.model.netapi import Net, NetError, Reply
from xuncha.model.reasons import Reason
from xuncha.model.rendered import is_rendered
from xuncha.model.site import Site
from xuncha.net.robots import RobotsTxt
from xuncha.net.scope import Scope
from xuncha.page import Page
from xuncha.profile import Budgets
from xuncha.store.mask import has_secret_mark
from xuncha.worker.journal import Journal, Record, failure_record, replayed, reply_record
from xuncha.worker.second_look import SecondLook

_NOT_FOR_EVER = frozenset({Reason.OUTSIDE_HOURS, Reason.RATE_LIMITED, Reason.VANTAGE_UNFIT})
"""What a resumed run may find otherwise."""


class Way(Net, Protocol):
    """A site's way out; ``xuncha.net.client.SiteNet`` is one."""

    def heed(self, url: str, robots: RobotsTxt) -> None:
        """Obey ``robots`` at the origin of ``url`` from now on."""
        ...


async def crawl_site(
    site: Site,
    scope: Scope,
    budgets: Budgets,
    net: Way,
    journal: Journal,
    on_page: Callable[[Page], None],
    seconds_before: float = 0.0,
    on_progress: Callable[[int, int], None] = lambda _done, _ahead: None,
    first: Sequence[tuple[str, int]] = (),
    looking: SecondLook | None = None,
) -> Crawl | Gap:
    """The crawl as a fact, or the gap that says why there is none. The replies of ``net`` are marked.

    ``seconds_before`` is what earlier workers used up of the site's time; ``on_progress`` as in ``Watcher``,
    ``first`` as in ``crawl``. ``looking`` looks at pages again that need a browser.
    """
    fetch = Journaled(journal, net)
    watcher = Watcher(
        on_page=on_page,
        leave=lambda page: _secrecy(page, fetch),
        stop=TimeBudget(journal, budgets.seconds, seconds_before, lambda: looking.waited if looking else 0.0),
        on_progress=on_progress,
    )
    if looking is not None:
        watcher = _heeding(net, looking.watching(watcher))
    budget = Budget(pages=budgets.pages, depth=budgets.depth, bytes=budgets.bytes, ahead=budgets.concurrency)
    try:
        return await crawl(
            site, fetch=fetch, recogniser=_Marked(looking), budget=budget, watcher=watcher, scope=scope, first=first
        )
    except NetError as error:
        return Gap(error.reason, error.params, error.detail)
    finally:
        on_progress(0, 0)


def _heeding(net: Way, watcher: Watcher) -> Watcher:
    """``watcher``, with our own way out heeding the robots.txt that stands behind a challenge."""

    async def robots_inside(url: str) -> RobotsTxt | None:
        robots = await watcher.robots_inside(url)
        if robots is not None:
            net.heed(url, robots)
        return robots

    return replace(watcher, robots_inside=robots_inside)


class _Marked(Recogniser):
    """Finds every reply marked: the way to the network does it, once, and the journal keeps the marks.

    All but those that a browser wrote, which whoever looked a second time recognises.
    """

    def __init__(self, looking: SecondLook | None) -> None:
        super().__init__(Signatures(()))
        self._of_browser = looking.recognise if looking else super().recognise

    def recognise(self, reply: Reply) -> Reply:
        return self._of_browser(reply) if is_rendered(reply) else reply


class Journaled:
    """``fetch`` for the crawl."""

    def __init__(self, journal: Journal, net: Net) -> None:
        self._journal = journal
        self._net = net
        self._led_to: dict[str, list[str]] = {}
        self._secret: set[str] = set()

    async def __call__(self, url: str) -> Reply:
        recorded = self._journal.take("reply", url)
        reply = await self._fetch(url) if recorded is None else replayed(recorded)
        if reply.final_url != url:
            self._led_to.setdefault(reply.final_url, []).append(url)
        if reply.final_url in self._secret:
            self._journal.expunge("reply", url)
        return reply

    def forget(self, page: Page) -> None:
        """Let nothing of a page stay in the journal, whichever URL led or will lead to it."""
        self._secret.add(page.url)
        for url in {page.url, page.requested, *self._led_to.get(page.url, ())}:
            self._journal.expunge("reply", url)

    async def _fetch(self, url: str) -> Reply:
        try:
            reply = await self._net.fetch(url)
        except NetError as error:
            if error.reason not in _NOT_FOR_EVER:
                self._journal.append(failure_record(url, error))
            raise
        self._journal.append(reply_record(url, reply))
        return reply


class TimeBudget:
    """Says when the time is up. That it was, and at which page, is an event of the journal like any exchange.

    What was fetched in time is read again, also where earlier workers used all the time up; not for ever, though.
    What we ``waited`` for ourselves is not counted.
    """

    def __init__(
        self, journal: Journal, seconds: float, before: float = 0.0, waited: Callable[[], float] = lambda: 0.0
    ) -> None:
        self._journal = journal
        self._waited = waited
        self._gives_up = time.monotonic() + seconds
        self._ends = self._gives_up - before
        self._asked = 0
        record = journal.take("event", "time is up")
        self._recorded = None if record is None else int(record.head["page"])

    def __call__(self) -> Reason | None:
        self._asked += 1
        if self._recorded is not None:
            return Reason.BUDGET_REACHED if self._asked >= self._recorded else None
        if time.monotonic() - self._waited() < (self._gives_up if self._journal.unread else self._ends):
            return None
        self._recorded = self._asked
        self._journal.append(Record("event", "time is up", {"page": self._asked}))
        return Reason.BUDGET_REACHED


def _secrecy(page: Page, fetch: Journaled) -> Reason | None:
    """A page with a state-secret mark is left at once, and nothing of it stays in the journal (law 11)."""
    if not has_secret_mark(page.text):
        return None
    fetch.forget(page)
    return Reason.STATE_SECRET_MARK
