"""Whether two visitors were shown the same page, as far as that can be told: dates, counters and lists may differ."""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urljoin

from xuncha.api import Page, Reply, title_words
from xuncha_plugins.darklinks.contents import ENOUGH, MAX_TEXT
from xuncha_plugins.darklinks.words import squeezed

LIKE = 0.3
"""This share of the shorter text has to stand in the other, for both to be the same page."""

NAMED = 0.25
"""This share of the shorter title has to stand in the other, for both to be titles of the same page."""

_RUN = 6
_SESSION = re.compile(r"[?;].*")
_DIGITS = re.compile(r"\d+")
_REDIRECTING = range(300, 400)
_SUCCESS = range(200, 300)

Likeness = Literal["alike", "moved", "other", "unknown"]


@dataclass(frozen=True, slots=True)
class Sight:
    """What a visitor was shown: the title, its words, the text in runs of characters, where a redirect leads."""

    status: int
    title: str
    words: frozenset[str]
    text: str
    runs: frozenset[str]
    moved: str = ""

    @property
    def tells(self) -> bool:
        """Whether there is enough text to be compared."""
        return len(self.text) >= ENOUGH


def sight_of(page: Page, reply: Reply) -> Sight:
    """What the visitor was shown who got ``reply``; numbers don't count."""
    text = _DIGITS.sub("", squeezed(page.text[:MAX_TEXT]))
    runs = frozenset(text[at : at + _RUN] for at in range(max(len(text) - _RUN, 0) + 1))
    moved = urljoin(reply.url, reply.header("location") or "") if reply.status in _REDIRECTING else ""
    return Sight(reply.status, squeezed(page.title), title_words(page.title), text, runs, _SESSION.sub("", moved))


def likeness(one: Sight, plain: Sight) -> Likeness:
    """Whether ``one`` was shown what the ``plain`` visitor was, or sent on; unknown where too little was shown."""
    if one.moved or plain.moved:
        return "alike" if one.moved == plain.moved else "unknown" if plain.moved else "moved"
    if one.status != plain.status:
        return "other" if one.status in _SUCCESS else "unknown"
    if (one.title, one.text) == (plain.title, plain.text):
        return "alike"
    if one.tells and _retitled(one, plain):
        return "other"
    alike = _shared(one.runs, plain.runs) >= LIKE
    if one.tells and plain.tells:
        return "alike" if alike else "other"
    same = one.title == plain.title and not (one.tells or plain.tells)
    return "alike" if same and (alike or one.status not in _SUCCESS) else "unknown"


def _retitled(one: Sight, plain: Sight) -> bool:
    return bool(one.words and plain.words) and _shared(one.words, plain.words) < NAMED


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other))
