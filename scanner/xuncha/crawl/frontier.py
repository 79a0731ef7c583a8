"""Which page is next: breadth first, in the order of discovery, the same in every run that sees the same replies.

Within a level (depth) pages are taken in turn from each page that linked to them, so that a budget which ends in the
middle of a level has seen a little of every column instead of all of the first. What a page is made of (frames,
fragments) and where it sends us at once come directly after it. Favoured pages come before their level, as they are
met, and those that nothing favoured leads to directly after them.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from xuncha.crawl.keys import digest, page_key

KEYS = 4
"""For so many times the page budget keys are kept (20,000 always); pages met beyond that are not even counted."""

WAITING = 2
"""For so many times the page budget pages wait; those beyond it could not be reached and are only counted."""


@dataclass(slots=True)
class Entry:
    """A page to be asked for.

    ``part_of`` names the page that it is a frame or fragment of; ``sent_on`` counts the pages that did nothing but
    send us on to it. ``recalled``: it is known from before, and nothing has led to it yet.
    """

    url: str
    key: str
    depth: int
    parent: str = ""
    link_text: str = ""
    part_of: str = ""
    sent_on: int = 0
    recalled: bool = False


class Frontier:
    """The queue of one crawl, for a budget of ``pages`` down to level ``depth``."""

    def __init__(self, *, pages: int, depth: int) -> None:
        self._pages = pages
        self._depth = depth
        self._keys = max(20_000, KEYS * pages)
        self._met: set[int] = set()
        self._first: deque[Entry] = deque()
        self._favoured: dict[str, Entry] = {}
        self._soon: deque[Entry] = deque()
        self._level: deque[Entry] = deque()
        self._below: dict[str, list[Entry]] = {}
        self._later: list[Entry] = []
        self._orphans: dict[int, str] = {}
        self._waiting = 0
        self._offered = 0
        self._deepest = 0
        self.left = 0

    @property
    def known(self) -> int:
        """How many distinct pages were offered; at least so many where our memory was full."""
        return self._offered + len(self._favoured) + len(self._orphans)

    @property
    def unvisited(self) -> int:
        """How many of them nobody has taken: below the depth, beyond the budget, or still waiting."""
        return self.left + self.waiting

    @property
    def waiting(self) -> int:
        """How many may still be taken."""
        return self._waiting + len(self._favoured) + len(self._orphans)

    def begin(self, home: Entry) -> None:
        """The first page."""
        self.meets(digest(home.key))
        self.count()
        self.put_first([home])

    def favour(self, entries: Iterable[Entry]) -> None:
        """Let these pages come before all others, from the next one that is offered on."""
        within = {entry.key: entry for entry in entries if entry.depth <= self._depth}
        self._favoured = {key: entry for key, entry in within.items() if not self.met(digest(key))}

    def met(self, name: int) -> bool:
        """Whether the page with this digest is an old one."""
        return name in self._met

    def meets(self, name: int) -> bool:
        """Whether the page with this digest is met for the first time; from then on it is an old one."""
        if name in self._met or len(self._met) >= self._keys:
            return False
        self._met.add(name)
        self._orphans.pop(name, None)
        return True

    def offer(self, entry: Entry, *, later: bool = False) -> None:
        """A page that was met for the first time; ``later`` puts it behind everything that isn't."""
        self._offered += 1
        favoured = self._favoured.pop(entry.key, None) is not None
        if entry.depth > self._depth or (self._waiting >= WAITING * self._pages and not favoured):
            self.left += 1
            return
        self._waiting += 1
        if favoured:
            self._soon.append(entry)
        elif later:
            self._later.append(entry)
        else:
            self._below.setdefault(entry.parent, []).append(entry)

    def count(self) -> None:
        """A page that was met but may not be asked for: known, and nothing more."""
        self._offered += 1

    def offer_orphan(self, name: int, url: str) -> None:
        """A page that a sitemap lists. It isn't met until it is taken: a link to it may still be found.

        Its level is not known, so it comes last, as one below all others.
        """
        if name not in self._met and len(self._orphans) < self._keys:
            self._orphans.setdefault(name, url)

    def uncount(self) -> None:
        """A page that turned out to be none any more."""
        self._offered -= 1

    def put_first(self, entries: list[Entry]) -> None:
        """What belongs to the page just taken: directly next, in this order, and not counted as known."""
        self._first.extendleft(reversed(entries))

    def peek(self, count: int) -> list[Entry]:
        """The next ``count`` pages as far as they are certain, without taking them."""
        after = () if self._favoured else self._level
        return list(islice(chain(self._first, self._soon, after), count))

    def take(self) -> Entry | None:
        """The next page."""
        if self._first:
            return self._first.popleft()
        if self._soon or self._favoured:
            return self._take_favoured()
        if not self._level:
            self._level.extend(self._next_level())
        if not self._level:
            return None
        self._waiting -= 1
        entry = self._level.popleft()
        self._deepest = max(self._deepest, entry.depth)
        return entry

    def _take_favoured(self) -> Entry | None:
        if not self._soon:
            unmet, self._favoured = self._favoured, {}
            self._soon.extend(entry for key, entry in unmet.items() if self.meets(digest(key)))
            self._offered += len(self._soon)
            self._waiting += len(self._soon)
        if not self._soon:
            return self.take()
        self._waiting -= 1
        return self._soon.popleft()

    def _next_level(self) -> list[Entry]:
        if self._below:
            upper = min(waiting[0].depth for waiting in self._below.values())
            lists = {parent: waiting for parent, waiting in self._below.items() if waiting[0].depth == upper}
            self._below = {parent: waiting for parent, waiting in self._below.items() if parent not in lists}
            return _in_turn(list(lists.values()))
        if self._later:
            crowd, self._later = self._later, []
            return crowd
        return self._orphaned()

    def _orphaned(self) -> list[Entry]:
        orphans, self._orphans = self._orphans, {}
        urls = [url for name, url in orphans.items() if self.meets(name)]
        level = [Entry(url, page_key(url), self._deepest + 1) for url in urls[: WAITING * self._pages]]
        self._offered += len(urls)
        self._waiting += len(level)
        self.left += len(urls) - len(level)
        return level


def _in_turn(lists: list[list[Entry]]) -> list[Entry]:
    """The first of each list, then the second of each, and so on."""
    return [entry for row in zip_longest(*lists) for entry in row if entry is not None]
