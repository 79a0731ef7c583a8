"""What of a page must not be in its picture: personal data and secrets, found by the rules that mask texts."""

import re
from collections.abc import Iterator

from xuncha.store.mask import mask_text

MOST = 2_000
"""Words that are covered one by one; a page with more of them is made unreadable as a whole."""

_DIGIT = "[0-9０-９XxＸｘ]"
_NUMBER = re.compile(rf"{_DIGIT}{{11,}}|{_DIGIT}{{1,10}}(?:[ -]{_DIGIT}{{1,10}}(?!{_DIGIT})){{0,4}}")
"""In one piece, or in up to five groups."""

_WORD = re.compile(r"""[^\s"'<>]+""")


def recognised(*texts: str) -> tuple[str, ...]:
    """The whole words in which something is to be masked, each once; more than ``MOST`` are not told."""
    found: dict[str, None] = {}
    for text in texts:
        for word in _words(text):
            found[word] = None
            if len(found) > MOST:
                return tuple(found)
    return tuple(found)


def _words(text: str) -> Iterator[str]:
    """Around every run of characters that masking changes, the number or else the word that holds it."""
    masked = mask_text(text)
    if masked == text:
        return
    done = 0
    for start in _changes(text, masked):
        if start >= done:
            word = _around(_NUMBER, text, start) or _around(_WORD, text, start)
            if word is not None:
                yield word[0]
                done = word.end()


def _changes(text: str, masked: str) -> Iterator[int]:
    return (at for at, (old, new) in enumerate(zip(text, masked, strict=True)) if old != new)


def _around(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str] | None:
    """The match that covers a place; numbers and words are looked for a little before it."""
    begin = max(0, at - 200)
    return next((one for one in pattern.finditer(text, begin, at + 200) if one.start() <= at < one.end()), None)
