"""Which page is next: breadth first, in the order of discovery, the same in every run that sees the same replies.

Within a level (depth) pages are taken in turn from each page that linked to them, so that a budget which ends in the
middle of a level has seen a little of every column instead of all of the first. What a page is made of (frames,
fragments) and where it sends us at once come directly after it.
"""

from collections import deque
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
    send us on to it.
    """

    url: str
    key: str
    depth: int
    parent: str = ""
    link_text: str = ""
    part_of: str = ""
    sent_on: int = 0


class Frontier:
    """The queue of one crawl, for a budget of ``pages`` down to level ``depth``."""

    def __init__(self, *, pages: int, depth: int) -> None:
        self._pages = pages
        self._depth = depth
        self._keys = max(20_000, KEYS * pages)
        self._met: set[int] = set()
        self._first: deque[Entry] = deque()
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
        return self._offered + len(self._orphans)

    @property
    def unvisited(self) -> int:
        """How many of them nobody has taken: below the depth, beyond the budget, or still waiting."""
        return self.left + self.waiting

    @property
    def waiting(self) -> int:
        """How many may still be taken."""
        return self._waiting + len(self._orphans)

    def begin(self, home: Entry) -> None:
        """The first page."""
        self.meets(digest(home.key))
        self.count()
        self.put_first([home])

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
        if entry.depth > self._depth or self._waiting >= WAITING * self._pages:
            self.left += 1
            return
        self._waiting += 1
        if later:
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

    def put_first(self, entries: list[Entry]) -> None:
        """What belongs to the page just taken: directly next, in this order, and not counted as known."""
        self._first.extendleft(reversed(entries))

    def peek(self, count: int) -> list[Entry]:
        """The next ``count`` pages as far as they are certain, without taking them."""
        return list(islice(chain(self._first, self._level), count))

    def take(self) -> Entry | None:
        """The next page."""
        if self._first:
            return self._first.popleft()
        if not self._level:
            self._level.extend(self._next_level())
        if not self._level:
            return None
        self._waiting -= 1
        entry = self._level.popleft()
        self._deepest = max(self._deepest, entry.depth)
        return entry

    def _next_level(self) -> list[Entry]:
        if self._below:
            lists, self._below = list(self._below.values()), {}
            return _in_turn(lists)
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
