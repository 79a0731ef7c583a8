"""The same words written in many ways: full-width and half-width, with blanks and marks between them."""

import re
import unicodedata
from functools import lru_cache

_MARKS = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """``text`` in half-width characters; tabs stay, they part cells."""
    return unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=256)
def as_written(said: str, written: str) -> str:
    """The part of ``written`` that reads as ``said``, blanks and forms of characters apart; else ``said``."""
    if said in written:
        return said
    places = [(char, at) for at, one in enumerate(written) for char in plain(one) if not char.isspace()]
    even, wanted = "".join(char for char, _ in places), "".join(plain(said).split())
    start = even.find(wanted) if wanted else -1
    return written[places[start][1] : places[start + len(wanted) - 1][1] + 1] if start >= 0 else said


def close(text: str) -> str:
    """``text`` without blanks and marks, in lower case: to compare names and titles."""
    return _MARKS.sub("", plain(text)).lower()
