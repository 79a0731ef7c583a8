"""What words end in that sell (``stems.yaml``): names are countless, 澳门某某赌场 and 某某私服 are not.

A stem proves less than a name of the lexicon, or the ambiguous words of it: they count only for a link that nobody
sees, and never in sentences.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from xuncha.api import Table, read_table
from xuncha_plugins.darklinks.voices import TRADE, VICE, Voice
from xuncha_plugins.darklinks.words import Finder, gives_notice, opposed, outright, plain, weak_words

_AROUND = 6
"""Other Chinese characters beside a stem: a place or a brand are no more, a headline is."""

_HAN = re.compile("[\u4e00-\u9fff]")


class _Table(Table):
    vices: tuple[str, ...]
    trades: tuple[str, ...]
    beside: tuple[str, ...]


class _Patterns(NamedTuple):
    vices: re.Pattern[str]
    trades: re.Pattern[str]
    beside: re.Pattern[str]
    find: Finder
    """Whether there is any of them: most links are left after that."""


class Stem(NamedTuple):
    """What a link's words are built on, and how that speaks."""

    word: str
    voice: Voice


@cache
def _patterns() -> _Patterns:
    table = read_table(_Table, __package__, "stems.yaml")
    trades = {*table.trades, *(word for word in weak_words() if not word.isascii())}
    return _Patterns(_any(table.vices), _any(trades), _any(table.beside), Finder((*table.vices, *trades)))


def _any(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return re.compile(
        "|".join(rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else word for word in longest_first)
    )


def holds_stem(texts: Iterable[str]) -> bool:
    """Whether any of them may be built on a stem. Latin ones are looked at together: nothing within them is put in."""
    texts = set(texts)
    latin = "\n".join(text for text in texts if text.isascii())
    read = [latin.lower(), *(plain(text) for text in texts if not text.isascii())]
    return any(next(_patterns().find(text), None) is not None for text in read)


@lru_cache(maxsize=2_000)
def stem(text: str) -> Stem | None:
    """The stem of a link's words; None for words without one, in a sentence, or of those who fight it."""
    if next(_patterns().find(plain(text)), None) is None:
        return None
    said = outright(text)
    return _built(text, said, _patterns().vices, VICE) or _built(text, said, _patterns().trades, TRADE)


def _built(text: str, said: str, stems: re.Pattern[str], voice: Voice) -> Stem | None:
    found = stems.search(said)
    return Stem(found[0], voice) if found and _is_offered(text, stems.sub("\n", said)) else None


def _is_offered(text: str, rest: str) -> bool:
    """Whether nothing beside a stem speaks of it in other ways than offering it."""
    if len(_HAN.findall(rest)) > _AROUND or _patterns().beside.search(rest):
        return False
    return not (opposed(text) or gives_notice(text))
