"""robots.txt as RFC 9309 reads it: groups merged by product token, wildcards, longest match, allow wins a tie."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Self

from xuncha.model.crawl import Robots
from xuncha.model.reasons import Reason

PRODUCT = "Xuncha"
"""Our product token: what stands before the slash of our User-Agent."""

ROBOTS_PATH = "/robots.txt"
MAX_BYTES = 500 * 1024  # RFC 9309, 2.5
MAX_RULES = 5_000
"""Rules for us beyond which the file counts as unreadable: each costs time on every URL."""

MAX_SITEMAPS = 100
_KEPT, _UNREAD_KEPT = 86_400.0, 21_600.0
_MOST_REMEMBERED = 100

_OK = 200
_TOO_MANY_REQUESTS = 429
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")
_NOT_ASCII = re.compile(r"[^\x21-\x7e]")


@dataclass(frozen=True, slots=True)
class Rule:
    """One Allow or Disallow line. ``pieces`` stand between the wildcards; ``anchored`` ends with ``$``."""

    allow: bool
    length: int
    pieces: tuple[str, ...]
    anchored: bool

    @classmethod
    def parse(cls, pattern: str, *, allow: bool) -> Self:
        """``pattern`` in its one spelling; two that mean the same are equal."""
        anchored = pattern.endswith("$")
        spelled = _spelled(pattern.removesuffix("$"))
        return cls(allow, len(spelled) + anchored, tuple(re.sub(r"\*+", "*", spelled).split("*")), anchored)

    def matches(self, path: str) -> bool:
        """Whether ``path``, in its one spelling, is meant. Linear: leftmost pieces are always good enough."""
        first, *others = self.pieces
        if not path.startswith(first):
            return False
        if not others:
            return not self.anchored or len(path) == len(first)
        at = len(first)
        *inner, last = others
        for piece in inner:
            at = path.find(piece, at) + len(piece)
            if at < len(piece):
                return False
        return path.endswith(last) and len(path) - len(last) >= at if self.anchored else path.find(last, at) >= 0


@dataclass(frozen=True, slots=True)
class RobotsTxt:
    """What a site's robots.txt says to us. ``crawl_delay`` is in seconds, as asked for, not as honoured.

    ``problem`` is why no answer came.
    """

    state: Robots
    rules: tuple[Rule, ...] = ()
    crawl_delay: float | None = None
    sitemaps: tuple[str, ...] = ()
    problem: Reason | None = None

    @classmethod
    def from_answer(cls, status: int, body: bytes = b"", *, challenged: bool = False) -> Self:
        """RFC 9309, 2.3.1: a 4xx leaves us free; a server error, a challenge or too many requests leave it unknown."""
        if challenged or status == _TOO_MANY_REQUESTS or status not in range(_OK, 500):
            return cls(Robots.UNKNOWN)
        return cls.parse(body) if status == _OK else cls(Robots.FREE)

    @classmethod
    def parse(cls, body: bytes) -> Self:
        """The rules for our product token. What isn't robots.txt, such as an HTML page, has none and leaves us free."""
        # As latin-1, so that a path in GBK keeps its bytes.
        text = body[:MAX_BYTES].removeprefix(b"\xef\xbb\xbf").decode("latin-1")
        lines = [*_lines(text)]
        named = _group(lines, PRODUCT.lower())
        ours = named if named is not None else _group(lines, "*") or []
        sitemaps = tuple(value for key, value in lines if key == "sitemap")[:MAX_SITEMAPS]
        rules = {
            Rule.parse(value, allow=key == "allow") for key, value in ours if value and key in ("allow", "disallow")
        }
        if len(rules) > MAX_RULES:
            return cls(Robots.UNKNOWN, sitemaps=sitemaps)
        ordered = tuple(sorted(rules, key=lambda rule: (-rule.length, not rule.allow, rule.pieces)))
        return cls(_state(ordered), ordered, _delay(ours), sitemaps)

    def allows(self, path: str) -> bool:
        """Whether ``path`` (with its query) may be asked for; False for everything where the rules are unknown."""
        if self.state in (Robots.FREE, Robots.IGNORED):
            return True
        if self.state is Robots.UNKNOWN:
            return False
        spelled = _spelled(path)
        longest = next((rule for rule in self.rules if rule.matches(spelled)), None)
        return longest is None or longest.allow


class RobotsMemory:
    """Rules by origin for whoever comes back within a day (RFC 9309, 2.4), so that a visit need not ask again.

    What could not be read is asked again after a quarter of a day. ``steady``: monotonic seconds.
    """

    def __init__(self, steady: Callable[[], float]) -> None:
        self._steady = steady
        self._kept: dict[str, tuple[float, RobotsTxt]] = {}

    def recall(self, origin: str) -> RobotsTxt | None:
        """The rules of an origin, if they are fresh."""
        until, robots = self._kept.get(origin, (0.0, None))
        return robots if self._steady() < until else None

    def keep(self, origin: str, robots: RobotsTxt) -> None:
        """Remember them; long lists of rules are not kept."""
        if len(robots.rules) <= _MOST_REMEMBERED:
            seconds = _UNREAD_KEPT if robots.state is Robots.UNKNOWN else _KEPT
            self._kept[origin] = (self._steady() + seconds, robots)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Keys in lower case with their values, comments removed."""
    for line in re.split(r"[\r\n]+", text):
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield key.strip(" \t").lower(), value.strip(" \t")


def _group(lines: list[tuple[str, str]], token: str) -> list[tuple[str, str]] | None:
    """The lines of all groups that name ``token``, merged; None where no group does."""
    found: list[tuple[str, str]] | None = None
    named, in_names = False, False
    for key, value in lines:
        if key == "user-agent":
            named = (named and in_names) or _product(value) == token
            in_names = True
            found = [] if named and found is None else found
        elif key in ("allow", "disallow", "crawl-delay"):
            in_names = False
            if named and found is not None:
                found.append((key, value))
    return found


def _product(value: str) -> str:
    """The product token of a User-agent line: letters, ``_`` and ``-``, or the wildcard."""
    return "*" if value.startswith("*") else re.match(r"[A-Za-z_-]*", value)[0].lower()  # type: ignore[index]


def _state(rules: tuple[Rule, ...]) -> Robots:
    if all(rule.allow for rule in rules):
        return Robots.FREE
    shut = any(rule.pieces[0] in ("", "/") and not any(rule.pieces[1:]) and not rule.anchored for rule in rules)
    return Robots.SHUT if shut and not any(rule.allow for rule in rules) else Robots.PARTLY


def _delay(lines: list[tuple[str, str]]) -> float | None:
    delays = [_seconds(value) for key, value in lines if key == "crawl-delay"]
    return max((delay for delay in delays if delay > 0), default=None)


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        return 0.0
    return seconds if math.isfinite(seconds) else 0.0


def _spelled(path: str) -> str:
    """RFC 9309, 2.2.2: escapes of unreserved characters undone, everything beyond ASCII escaped, hex in capitals."""
    if "%" in path:
        path = _ESCAPED.sub(_unescape, path)
    return path if path.isascii() and path.isprintable() and " " not in path else _NOT_ASCII.sub(_escape, path)


def _unescape(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char in _UNRESERVED else match[0].upper()


def _escape(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("latin-1", "replace"))
