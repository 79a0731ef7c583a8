"""What ordinary updates say (``ordinary.yaml``): words of any office's title, and large words of festivals."""

import re
from functools import cache, lru_cache

from xuncha.api import OneOf, Table, read_table, title_words


class _Ordinary(Table):
    titles: tuple[str, ...]
    headings: OneOf
    series: OneOf
    hostile: tuple[str, ...]


_ORDINARY = read_table(_Ordinary, __package__, "ordinary.yaml")


@cache
def _of_any_title() -> re.Pattern[str]:
    words = sorted(_ORDINARY.titles, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


@lru_cache(maxsize=4_096)
def telling_words(title: str) -> frozenset[str]:
    """What a title is made of (see ``title_words``), without what any office's may say."""
    return title_words(_of_any_title().sub(" ", title))


def is_ordinary_heading(words: str) -> bool:
    """Whether large words are those of a festival, a campaign, a meeting or a notice."""
    return _ORDINARY.headings.search(words) is not None and not _is_hostile(words)


def is_ordinary_series(words: str, *, home: bool) -> bool:
    """Whether headlines that differ by a number alone are such as offices write; of columns all are that don't rail."""
    return not _is_hostile(words) and (not home or _ORDINARY.series.search(words) is not None)


def _is_hostile(words: str) -> bool:
    return any(one in words for one in _ORDINARY.hostile)
