"""Headlines in a row that are the same apart from numbers."""

import re
from collections.abc import Iterator, Sequence

from xuncha.model.hosts import host_of
from xuncha.model.prints import Series
from xuncha.page import Page
from xuncha.store.mask import excerpt

MAX_LINKS = 1_000
MAX_WORDS = 40
_LEAST = 5
_LEAST_REPEATED = 9
_FEW = 4
_PIECE = 3
_NUMBERS = re.compile(r"[0-9０-９一二三四五六七八九十百\W_]+")


def series(page: Page) -> Series:
    """The longest such row of links within the site; rows of fewer than four are none."""
    host = host_of(page.url)
    own = (f"http://{host}/", f"https://{host}/")
    links = [link for link in page.links[:MAX_LINKS] if link.kind == "a" and len(link.text) > _LEAST]
    words = [link.text for link in links if link.target.startswith(own)]
    best = max(_rows(words), key=len, default=range(0))
    return Series(excerpt(words[best[0]], MAX_WORDS), len(best)) if len(best) >= _FEW else Series("", 0)


def _rows(words: Sequence[str]) -> Iterator[range]:
    """Where neighbours are alike; most pairs begin and end differently, which is told at once."""
    heads, tails = [one[:_PIECE] for one in words], [one[-_PIECE:] for one in words]
    near = [at for at in range(1, len(words)) if heads[at] == heads[at - 1] or tails[at] == tails[at - 1]]
    first = last = 0
    for at in near if len(near) >= _FEW - 1 else ():
        if _is_alike(words[at - 1], words[at]):
            first = first if first < last == at - 1 else at - 1
            last = at
            yield range(first, last + 1)


def _is_alike(one: str, other: str) -> bool:
    """Whether they are the same apart from numbers; short ones such as "more" often are."""
    if one == other:
        return len(one) >= _LEAST_REPEATED
    plain = _NUMBERS.sub("", one)
    return len(plain) >= _LEAST and plain == _NUMBERS.sub("", other)
