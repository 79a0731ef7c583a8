"""The words by which functions of a site are known: data (``words.yaml``), validated when first used."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from pydantic import Field

from xuncha.api import Page, Table, read_table

LONGEST = 500
"""Characters of a text that patterns are held against."""


class SearchWords(Table):
    """How a search is recognised, and what its answers say. All but ``fields`` and ``common`` are patterns."""

    fields: frozenset[str]
    action: re.Pattern[str]
    label: re.Pattern[str]
    limited: re.Pattern[str]
    page: re.Pattern[str]
    nothing: re.Pattern[str]
    stock: re.Pattern[str]
    undone: re.Pattern[str]
    refused: re.Pattern[str]
    common: tuple[str, ...]
    filled: re.Pattern[str]


class _Systems(Table):
    longest: int
    names: re.Pattern[str]
    excluded: re.Pattern[str] = Field(alias="except")


class _Platforms(Table):
    hosts: re.Pattern[str]
    names: re.Pattern[str]


class _Table(Table):
    search: SearchWords
    systems: _Systems
    platforms: _Platforms


@dataclass(frozen=True, slots=True)
class Words:
    """The table in the forms in which it is asked."""

    search: SearchWords
    _systems: _Systems
    _platforms: _Platforms

    def is_system(self, text: str) -> bool:
        """Whether a link of these words promises an online system."""
        name = text.strip()
        if not 1 < len(name) <= self._systems.longest:
            return False
        return bool(self._systems.names.match(name)) and not self._systems.excluded.search(name)

    def is_platform(self, host: str, text: str = "") -> bool:
        """Whether a host, or the words of a link, are those of a unified platform (一体化政务服务平台)."""
        return bool(self._platforms.hosts.search(host[:LONGEST]) or self._platforms.names.search(text[:LONGEST]))


@cache
def words() -> Words:
    """The table of ``words.yaml``."""
    table = read_table(_Table, __package__, "words.yaml")
    return Words(table.search, table.systems, table.platforms)


_CHINESE = re.compile("[一-鿿]")
_GLANCE = 200
_SEPARATOR = re.compile(r"\s*[_|｜]\s*|\s*[-—–]+\s*|\s+>\s+")


def is_chinese(page: Page) -> bool:
    """Whether a page is in Chinese, told by its title, the link that led to it, or its first words."""
    return bool(_CHINESE.search(page.title) or _CHINESE.search(page.link_text) or _CHINESE.search(page.text[:_GLANCE]))


def heading(title: str) -> str:
    """What the title of a window says of its page, without the names of column and site behind it."""
    return _SEPARATOR.split(title.strip(), maxsplit=1)[0].strip()


def bare(text: str) -> str:
    """A text as it is compared: normalised, without blanks, marks and brackets."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()
