"""What words and hosts tell of harmful pages (``harmful.yaml``): signs on a link, and what an opened page shows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from xuncha.api import Table, public_suffix, read_table
from xuncha_plugins.content.lexicon import alternation

SEVERAL = 2
"""So many different words tell: of those who fight it, that a page warns of it; of trades, that it is honest."""

_OF_THE_STATE = frozenset(("gov", "xn--zfr164b", "xn--55qw42g"))
"""How the suffixes of governments begin, here and abroad; the others are 政务 and 公益."""

_SPEAKS = 3
"""A link says what it is by one word of so many characters that fills more than half of it."""

ACTS = 2
"""A page that solicits has so many different words of soliciting."""


class _Family(Table):
    id: str
    strong: tuple[str, ...]
    weak: tuple[str, ...] = ()
    acts: tuple[str, ...]


class _Table(Table):
    families: tuple[_Family, ...]
    against: tuple[str, ...]
    trades: tuple[str, ...]
    trusted: tuple[str, ...]
    hosts: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Words:
    strong: dict[str, re.Pattern[str]]
    all: dict[str, re.Pattern[str]]
    acts: dict[str, re.Pattern[str]]
    any: re.Pattern[str]
    against: re.Pattern[str]
    trades: re.Pattern[str]
    trusted: tuple[str, ...]
    hosts: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows: the family of its words, ``""`` for none, how many different ones, and whether for certain."""

    family: str = ""
    words: int = 0
    certain: bool = False


@cache
def _words() -> _Words:
    table = read_table(_Table, __package__, "harmful.yaml")
    strong = {family.id: _any(family.strong) for family in table.families}
    return _Words(
        strong,
        {family.id: _any((*family.strong, *family.weak)) for family in table.families},
        {family.id: _any(family.acts) for family in table.families},
        _any(word for family in table.families for word in family.strong),
        _any(table.against),
        _any(table.trades),
        tuple(f".{ending}" for ending in table.trusted),
        table.hosts,
    )


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(alternation(words), re.IGNORECASE)


def is_trusted(host: str) -> bool:
    """Whether a host belongs to the state, a newspaper or a well-known platform."""
    return f".{host}".endswith(_words().trusted) or public_suffix(host).partition(".")[0] in _OF_THE_STATE


def is_odd(host: str) -> bool:
    """Whether a host is called like those of harmful pages, which says nothing certain."""
    return _words().hosts.search(host) is not None


def is_sign(text: str) -> bool:
    """Whether the words of a link speak of what harmful pages offer, and not of fighting it."""
    words = _words()
    if words.against.search(text):
        return False
    return words.any.search(text) is not None or any(_solicits(text, family) for family in words.all)


def is_plain_sign(text: str) -> bool:
    """Whether a link's words by themselves leave little doubt: two of them, one that solicits, or nothing else.

    Enough to ask a person about a link whose target nobody can open.
    """
    if not is_sign(text) or _words().trades.search(text):
        return False
    said = _different(_words().any, text)
    longest = max(map(len, said), default=0)
    fills = longest >= _SPEAKS and 2 * longest > len(text.strip())
    return fills or len(said) >= SEVERAL or any(_solicits(text, family) for family in _words().all)


def _solicits(text: str, family: str) -> bool:
    """Whether a link has a word of a family, such as the name of a hotel, with one of soliciting."""
    words = _words()
    return words.all[family].search(text) is not None and words.acts[family].search(text) is not None


def shown_by(title: str, text: str, at_least: int) -> Shown:
    """What a page with this title and these words shows.

    Certain is only a page whose title has such a word, which has ``at_least`` different ones, solicits, and speaks
    neither like those who fight it nor like an honest trade.
    """
    whole = f"{title}\n{text}"
    if len(_different(_words().against, whole)) >= SEVERAL:
        return Shown()
    doubted = _is_doubted(title, whole)
    best = Shown()
    for family, strong in _words().strong.items():
        words = _different(_words().all[family], whole)
        if len(words) < 2 or not strong.search(whole):  # noqa: PLR2004 - a single word may stand anywhere
            continue
        solicits = len(words) >= at_least and len(_different(_words().acts[family], whole)) >= ACTS
        certain = solicits and not doubted and strong.search(title) is not None
        best = max(best, Shown(family, len(words), certain), key=lambda one: (one.certain, one.words))
    return best


def _is_doubted(title: str, whole: str) -> bool:
    """Whether a title or a page speaks of something else beside, so that a person should look."""
    words = _words()
    spoken = words.against.search(title) or words.trades.search(title)
    return spoken is not None or len(_different(words.trades, whole)) >= SEVERAL


def masked(text: str) -> str:
    """``text`` with all but the first character of each harmful word starred; names of places where it solicits."""
    words = _words()
    starred = [words.all[family] for family in words.all if _solicits(text, family)] or [words.any]
    for pattern in (*starred, words.any):
        text = pattern.sub(lambda match: match[0][0] + "*" * (len(match[0]) - 1), text)
    return text


def _different(words: re.Pattern[str], text: str) -> set[str]:
    return {match[0].lower() for match in words.finditer(text)}
