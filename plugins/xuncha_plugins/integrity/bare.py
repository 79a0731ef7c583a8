"""Pages that hold hardly anything but what defacers write (``bare.yaml``): a person is asked, without a baseline."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice

from xuncha.api import OneOf, Table, read_table

MAX_SENTENCES = 100
_SENTENCE = re.compile("[^。；\n]+")


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
    """What defacers leave behind in the sentences of a short text; those of who reports on them don't count."""
    for sentence in islice(_SENTENCE.finditer(text), MAX_SENTENCES):
        found = _bare().words.search(sentence[0])
        if found is not None and not is_report(sentence[0]):
            yield found[0]
