"""The same words written in many ways: full-width and half-width, with blanks and marks between them."""

import re
import unicodedata

_MARKS = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """``text`` in half-width characters; tabs stay, they part cells."""
    return unicodedata.normalize("NFKC", text)


def close(text: str) -> str:
    """``text`` without blanks and marks, in lower case: to compare names and titles."""
    return _MARKS.sub("", plain(text)).lower()
