"""One pass over a text that finds the words of all of them."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

# What Chinese characters begin with in UTF-8. No other byte has these values, so plain search tells, at a tenth of what
# a regular expression costs.
_CHINESE = tuple(bytes([lead]) for lead in range(0xE4, 0xEA))


class Hit(NamedTuple):
    """A word of a lexicon in a text."""

    word: str
    start: int
    end: int


Hits = Mapping[str, list[Hit]]
"""Hits by the family of their words."""


class Automaton:
    """Finds the words of several families in one pass; where several begin at one place, the longest.

    Raises ValueError where two families hold the same word.
    """

    def __init__(self, families: Mapping[str, Iterable[str]]) -> None:
        self._family: dict[str, str] = {}
        for family, words in families.items():
            for word in words:
                if self._family.setdefault(word, family) != family:
                    raise ValueError(f"{word!r} stands in two lexicons: {self._family[word]} and {family}")
        self._pattern = re.compile(alternation(self._family))

    def hits(self, text: str) -> dict[str, list[Hit]]:
        """What ``text`` holds, by family."""
        found: dict[str, list[Hit]] = {}
        for match in self._pattern.finditer(text):
            found.setdefault(self._family[match[0]], []).append(Hit(match[0], match.start(), match.end()))
        return found


def alternation(words: Iterable[str]) -> str:
    """A pattern for the longest of ``words``; written as a tree of their beginnings, so that few branches are tried."""
    heads: dict[str, list[str]] = {}
    for word in words:
        heads.setdefault(word[:1], []).append(word[1:])
    ends_here = heads.pop("", None) is not None
    branches = [re.escape(head) + alternation(tails) for head, tails in heads.items()]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)}){'?' if ends_here else ''}"


def has_chinese(text: str) -> bool:
    """Whether there is a Chinese character in ``text``."""
    if "的" in text or text.isascii():
        return "的" in text
    data = text.encode("utf-8", "replace")
    return any(lead in data for lead in _CHINESE)


def line_of(text: str, hit: Hit) -> str:
    """The line of ``text`` in which a hit stands."""
    start = text.rfind("\n", 0, hit.end) + 1
    end = text.find("\n", hit.end)
    return text[start : None if end < 0 else end].strip()


def around(text: str, hit: Hit, most: int = 24) -> str:
    """A hit with some characters of its line before and after it."""
    start = max(text.rfind("\n", 0, hit.start) + 1, hit.start - most)
    end = text.find("\n", hit.end, hit.end + most)
    return text[start : hit.end + most if end < 0 else end]
