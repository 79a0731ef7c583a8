"""Whether two answers are one page to a reader: how a site answers made-up names must prove nothing. Pure."""

import re
from functools import lru_cache

from xuncha.model.glance import visible_words
from xuncha.rules.response import Response

ALIKE = 0.9
"""Share of words in common from which two answers are one page."""

_CHANGING = re.compile(r"[0-9a-f]{8,64}|\d{1,20}")
_WORD = re.compile(r"[^\W_]{1,40}")
_MAX_WORDS = 4_000


def alike(one: Response, other: Response, *names: str) -> bool:
    """Whether the answers say the same, but for numbers and the ``names`` by which they were asked for."""
    if one.status != other.status:
        return False
    if one.body == other.body:
        return True
    mine, others = _words(one, names), _words(other, names)
    if not mine and not others:
        return _sizes_alike(one, other)
    return len(mine & others) >= ALIKE * len(mine | others)


def _sizes_alike(one: Response, other: Response) -> bool:
    """Without words only sizes can be compared: of two empty pages, two pictures."""
    return abs(one.size - other.size) <= max(one.size, other.size) * (1 - ALIKE)


def _words(seen: Response, names: tuple[str, ...]) -> frozenset[str]:
    text = seen.text
    for name in names:
        text = text.replace(name, "")
    return _set_of(text)


@lru_cache(maxsize=64)
def _set_of(text: str) -> frozenset[str]:
    words = _CHANGING.sub("0", visible_words(text).lower())
    return frozenset(_WORD.findall(words)[:_MAX_WORDS])
