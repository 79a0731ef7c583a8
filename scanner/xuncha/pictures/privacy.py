"""What of a page must not be in its picture: personal data and secrets, found by the rules that mask texts."""

import re
from collections.abc import Iterator

from xuncha.model.rendered import Rect, Sight, Writing
from xuncha.store.mask import has_secret_mark, mask_text

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
            found[word[0]] = None
            if len(found) > MOST:
                return tuple(found)
    return tuple(found)


def bears_mark(*texts: str) -> bool:
    """Whether a mark of secrecy stands in one of them, wherever, in a line or in a cell of one."""
    return any(has_secret_mark(one, anywhere=True) for text in texts for one in (text, text.replace("\t", "\n")))


def still_legible(sight: Sight) -> tuple[Rect, ...]:
    """Where something is still to be covered: the pieces of recognised words; of a frame that has some, all of it."""
    found = (rect for writing in sight.writings for rect in _legible(writing))
    return tuple(dict.fromkeys(rect for rect in found if rect.width > 0 and rect.height > 0))


def largest_letters(sight: Sight) -> float:
    """Their height in CSS pixels."""
    return max((piece.rect.height for writing in sight.writings for piece in writing.pieces), default=0.0)


def _legible(writing: Writing) -> Iterator[Rect]:
    size = len(writing.text)
    spans = [one.span() for one in _words(writing.text)]
    spans += [(size - one.end(), size - one.start()) for one in _words(writing.text[::-1])]  # written from the right
    if spans and writing.frame is not None:
        yield writing.frame
        return
    for start, end in spans:
        yield from (piece.rect for piece in writing.pieces if piece.start < end and start < piece.end)


def _words(text: str) -> Iterator[re.Match[str]]:
    """Around every run of characters that masking changes, the number or else the word that holds it."""
    masked = mask_text(text)
    if masked == text:
        return
    done = 0
    for start in _changes(text, masked):
        if start >= done:
            word = _around(_NUMBER, text, start) or _around(_WORD, text, start)
            if word is not None:
                yield word
                done = word.end()


def _changes(text: str, masked: str) -> Iterator[int]:
    return (at for at, (old, new) in enumerate(zip(text, masked, strict=True)) if old != new)


def _around(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str] | None:
    """The match that covers a place; numbers and words are looked for a little before it."""
    begin = max(0, at - 200)
    return next((one for one in pattern.finditer(text, begin, at + 200) if one.start() <= at < one.end()), None)
