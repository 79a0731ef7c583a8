"""Pages that hold hardly anything but what defacers write (``bare.yaml``): a person is asked, without a baseline."""

from collections.abc import Callable, Iterator
from functools import cache

from xuncha.api import OneOf, Table, read_table

MAX_LINES = 60


class _Bare(Table):
    stems: tuple[str, ...]
    words: OneOf


@cache
def _bare() -> _Bare:
    return read_table(_Bare, __package__, "bare.yaml")


def may_be_bare(lower: str) -> bool:
    """Whether one of the stems is in a text in lower case."""
    return any(stem in lower for stem in _bare().stems)


def left_behind(text: str, is_report: Callable[[str], bool]) -> Iterator[str]:
    """What defacers leave behind in the lines of a short text; lines by those who report on them don't count."""
    for line in text.split("\n", MAX_LINES)[:MAX_LINES]:
        found = _bare().words.search(line)
        if found is not None and not is_report(line):
            yield found[0]
