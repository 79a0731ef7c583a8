"""Every link target of the site once, with the first places where it stands; bounded whatever the pages hold."""

from collections import deque
from collections.abc import Callable

from xuncha.model.crawl import LinkSource, LinkTarget, LinkUse
from xuncha.page.values import Link

MAX_TARGETS = 100_000
MAX_SOURCES = 20
SOURCES_OF_OPENED = 6
"""A link to a page that opened is seldom a finding: of where it stands no more is kept than a message names."""

ALL_SOURCES = 150_000
"""Sources kept over all targets; beyond it every new target keeps its first one."""

MAX_TEXT = 200
MAX_RAW = 500


class Held:
    """A target while the crawl goes on. ``offered``: it was already looked at as a page to visit."""

    __slots__ = ("full", "most", "offered", "on_home", "sources", "total", "url", "use")

    def __init__(self, url: str, use: LinkUse) -> None:
        self.url = url
        self.use = use
        self.sources: list[LinkSource] = []
        self.total = 0
        self.most = MAX_SOURCES
        self.full = False
        self.on_home = False
        self.offered = False


class LinkTable:
    """The link targets of one crawl, in the order of their discovery."""

    def __init__(self) -> None:
        self._held: dict[str, Held] = {}
        self._kept = 0
        self._most = MAX_SOURCES
        self.dropped = 0

    def __len__(self) -> int:
        return len(self._held)

    def note(self, link: Link) -> Held | None:
        """Count a link that has a target. None where the table is full and the target new."""
        held = self._held.get(link.target)
        if held is None:
            if len(self._held) >= MAX_TARGETS:
                self.dropped += 1
                return None
            held = self._held[link.target] = Held(link.target, link.use)
        held.total += 1
        if not held.full:
            self._keep(held, link)
        if link.depth == 0:
            held.on_home = True
        return held

    def opened(self, url: str) -> None:
        """The page at ``url`` opened."""
        if held := self._held.get(url):
            held.most = SOURCES_OF_OPENED
            self._kept -= len(held.sources[held.most :])
            del held.sources[held.most :]
            held.full = len(held.sources) >= held.most

    def _keep(self, held: Held, link: Link) -> None:
        text, raw = link.text[:MAX_TEXT], link.raw[:MAX_RAW]
        if held.sources:  # most pages write the same link with the same words: one copy of each is enough
            last = held.sources[-1]
            if last.text == text:
                text = last.text
            if last.raw == raw:
                raw = last.raw
        held.sources.append(LinkSource(link.page, text, link.line, link.depth, raw))
        self._kept += 1
        if self._kept >= ALL_SOURCES:
            self._most = 1
        held.full = len(held.sources) >= min(held.most, self._most)

    def hand_over(self, inside: Callable[[str], bool]) -> tuple[LinkTarget, ...]:
        """The targets as facts; ``inside`` tells which are the site's own. The table is empty afterwards."""
        waiting = deque(self._held.values())
        self._held.clear()
        return tuple(_fact(waiting.popleft(), inside) for _ in range(len(waiting)))


def _fact(held: Held, inside: Callable[[str], bool]) -> LinkTarget:
    return LinkTarget(held.url, held.use, inside(held.url), tuple(held.sources), held.total, held.on_home)
