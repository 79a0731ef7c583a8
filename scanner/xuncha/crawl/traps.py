"""Sites that never end: calendars, lists filtered in every combination, paths that repeat themselves.

Every rule catches a pattern, not a page: the pattern's first pages are seen, the rest is counted and left aside.
"""

import re
from collections import Counter
from enum import StrEnum

from xuncha.crawl.keys import digest

MAX_LENGTH = 1024
MAX_SEGMENTS = 16
MAX_PATTERNS = 20_000

CALENDAR_PAGES = 60
COMBINATIONS = 24
"""How many sets of parameter names one path may have: filters that are switched on and off make more."""

ALIKE = 20
"""So many pages of one pattern with the same content, one after the other, close the pattern."""

_DIGITS = re.compile(r"\d+")
_PERIOD = re.compile(
    r"(?i)year|month|day|date|week|ym|ymd|yyyymm|nian|yue|ri|rq|riqi|(?:start|begin|end|from|to)_?(?:date|time|day)"
)
_CALENDAR_PATH = re.compile(r"(?i)/(?:calendars?|rili|schedule|events?/\d{4}|archives?/\d{4})(?=[/_-]?\d|/)")


class Trap(StrEnum):
    """Why a URL was left aside; ``CROWDED`` only puts it last."""

    ENDLESS_PATH = "endless-path"
    REPEATING_PATH = "repeating-path"
    CALENDAR = "calendar"
    COMBINATION = "combination"
    SAME_CONTENT = "same-content"
    CROWDED = "crowded"


class Traps:
    """Judges each page key once, in the order in which they are discovered.

    Args:
        pages: the page budget. A pattern with a query that has had half of it (but 200 pages always) is crowded: the
            rest of it is worth a request only when nothing else is left.
    """

    def __init__(self, pages: int) -> None:
        self._share = max(200, pages // 2)
        self._counts: Counter[int] = Counter()
        self._alike: dict[int, tuple[int, int]] = {}
        self._closed: set[int] = set()
        self.caught: Counter[Trap] = Counter()

    @property
    def total(self) -> int:
        """How many URLs were left aside for good."""
        return self.caught.total() - self.caught[Trap.CROWDED]

    def catches(self, key: str) -> Trap | None:
        """Why the page at ``key`` is not worth a request; None where it is."""
        trap = self._catches(key)
        if trap is not None:
            self.caught[trap] += 1
        return trap

    def answered(self, key: str, content: int) -> None:
        """Note the content of a page; a pattern that shows nothing new is closed."""
        pattern = _pattern(key)
        if pattern not in self._alike and len(self._alike) >= MAX_PATTERNS:
            return
        last, times = self._alike.get(pattern, (content, 0))
        times = times + 1 if last == content else 1
        self._alike[pattern] = (content, times)
        if times >= ALIKE:
            self._closed.add(pattern)

    def _catches(self, key: str) -> Trap | None:
        path, _, query = key.partition("?")
        trap = _shape(key, path)
        if trap is not None:
            return trap
        if self._closed and _pattern(key) in self._closed:
            return Trap.SAME_CONTENT
        if query:
            return self._query(_DIGITS.sub("#", path), query)
        if _CALENDAR_PATH.search(path) and self._counted(f"calendar {_DIGITS.sub('#', path)}") > CALENDAR_PAGES:
            return Trap.CALENDAR
        return None

    def _query(self, path: str, query: str) -> Trap | None:
        names = sorted({pair.partition("=")[0] for pair in query.split("&")})
        seen = self._counted(f"{path}?{'&'.join(names)}")
        if any(_PERIOD.fullmatch(name) for name in names) and seen > CALENDAR_PAGES:
            return Trap.CALENDAR
        if seen == 1 and self._counted(f"sets of {path}") > COMBINATIONS:
            self._counts[digest(f"{path}?{'&'.join(names)}")] = 0  # the set stays unknown, so it is caught again
            return Trap.COMBINATION
        return Trap.CROWDED if seen > self._share else None

    def _counted(self, pattern: str) -> int:
        """Count one more of ``pattern``: how many that makes. Beyond our memory all share one count, but for sets."""
        name = digest(pattern)
        if name not in self._counts and len(self._counts) >= MAX_PATTERNS:
            if pattern.startswith("sets of "):
                return 1
            name = 0
        self._counts[name] += 1
        return self._counts[name]


def _pattern(key: str) -> int:
    path, _, query = key.partition("?")
    names = "&".join(pair.partition("=")[0] for pair in query.split("&"))
    return digest(f"{_DIGITS.sub('#', path)}?{names}")


def _shape(key: str, path: str) -> Trap | None:
    """What the path alone shows. The first three of its slashes are the scheme's and the root's."""
    depth = path.count("/") - 2
    if len(key) > MAX_LENGTH or depth > MAX_SEGMENTS:
        return Trap.ENDLESS_PATH
    return Trap.REPEATING_PATH if depth > 2 and _repeats(path.split("/")[3:]) else None  # noqa: PLR2004 - three times


def _repeats(segments: list[str]) -> bool:
    """Whether some segments stand three times in a row, as relative links on error pages make them.

    Digits alone may: ``/11/11/11/``.
    """
    for size in range(1, len(segments) // 3 + 1):
        for start in range(len(segments) - 3 * size + 1):
            first, second, third = (segments[start + turn * size : start + (turn + 1) * size] for turn in range(3))
            if first == second == third and not "".join(first).isdigit():
                return True
    return False
