"""What of a page must not be in its picture: personal data and secrets, found by the rules that mask texts."""

import re
from collections.abc import Iterator, Sequence

from xuncha.model.rendered import Rect, Sight, Writing
from xuncha.store.mask import has_secret_mark, mask_text, plain_places

MOST = 2_000
"""Words that are covered one by one; a page with more of them is made unreadable as a whole."""

_NUMBER = re.compile(r"[0-9Xx]{11,}|[0-9Xx]{1,10}(?:[ -][0-9Xx]{1,10}(?![0-9Xx])){0,4}")
"""In one piece, or in up to five groups."""

_WORD = re.compile(r"""[^\s"'<>]+""")
_BREAK = re.compile(r"(?<=[0-9-])(?: *\r?\n){1,2} *(?=[0-9Xx])|(?<=[0-9]) {2,}(?=[0-9])")
"""Within a number that goes on in the next line (``<br>`` is a character of its own), or whose groups are far apart."""

_PERSONS, _OF_ID = frozenset({11, 12, 13, 18}), 18
"""Characters of a mobile number, with 0 or 86 in front or without, and of an ID number."""

_A_TELEPHONE = 7
"""Digits of an office's number: on a line of its own it does not go on from the line above."""

_LONGEST_MARK, _MOST_LINES = 40, 12
"""Characters of a mark, and lines over which a narrow frame may break it."""

_MAY_BEGIN_MARK = re.compile("[绝机秘密]")
_Span = tuple[int, int]


def recognised(*texts: str) -> tuple[str, ...]:
    """The whole words in which something is to be masked, each once; more than ``MOST`` are not told."""
    found: dict[str, None] = {}
    for text in texts:
        for start, end in _spans(text):
            found[text[start:end]] = None
            if len(found) > MOST:
                return tuple(found)
    return tuple(found)


def bears_mark(*texts: str) -> bool:
    """Whether a mark of secrecy stands in one of them, wherever: in a line, in a cell of one, or broken over lines."""
    return any(has_secret_mark(one, anywhere=True) for text in texts for one in _lines_and_cells(text))


def _lines_and_cells(text: str) -> Iterator[str]:
    yield text
    yield text.replace("\t", "\n")
    yield from _broken_marks(text.splitlines())


def _broken_marks(lines: Sequence[str]) -> Iterator[str]:
    """Lines that follow each other, joined, where they may be a mark with its star that a narrow frame broke."""
    for at, line in enumerate(lines):
        if not _MAY_BEGIN_MARK.search(line[:_LONGEST_MARK]):
            continue
        joined = line.strip()
        for after in lines[at + 1 : at + _MOST_LINES]:
            joined += after.strip()
            if len(joined) > _LONGEST_MARK:
                break
            if "★" in joined:
                yield joined


def still_legible(sight: Sight) -> tuple[Rect, ...]:
    """Where something is still to be covered: the pieces of recognised words; of a frame that has some, all of it."""
    found = (rect for writing in sight.writings for rect in _legible(writing))
    return tuple(dict.fromkeys(rect for rect in found if rect.width > 0 and rect.height > 0))


def largest_letters(sight: Sight) -> float:
    """Their height in CSS pixels."""
    return max((piece.rect.height for writing in sight.writings for piece in writing.pieces), default=0.0)


def _legible(writing: Writing) -> Iterator[Rect]:
    size = len(writing.text)
    spans = [*_spans(writing.text)]
    spans += [(size - end, size - start) for start, end in _spans(writing.text[::-1])]  # written from the right
    if spans and writing.frame is not None:
        yield writing.frame
        return
    for start, end in spans:
        yield from (piece.rect for piece in writing.pieces if piece.start < end and start < piece.end)


def _spans(text: str) -> Iterator[_Span]:
    """Where something is to be masked, however it is spelt: with odd blanks, with what is not seen, over two lines."""
    plain, places = (text, range(len(text))) if text.isascii() else plain_places(text)
    yield from ((places[start], places[end - 1] + 1) for start, end in _words(plain))
    for gap in ("", " ") if _BREAK.search(plain) else ():
        joined, within = _joined(plain, gap)
        for start, end in _words(joined):
            first, last = within[start], within[end - 1]
            if _is_one_number(plain[first : last + 1]):
                yield places[first], places[last] + 1


def _joined(text: str, gap: str) -> tuple[str, list[int]]:
    """The text with ``gap`` for breaks of lines within numbers, one blank for several, and every character's place."""
    said: list[str] = []
    places: list[int] = []
    done = 0
    for one in _BREAK.finditer(text):
        put = gap if "\n" in one[0] else " "
        said += (text[done : one.start()], put)
        places += (*range(done, one.start()), *[one.start()] * len(put))
        done = one.end()
    return "".join((*said, text[done:])), [*places, *range(done, len(text))]


def _is_one_number(said: str) -> bool:
    """Whether it is somebody's number over some lines, rather than numbers below each other."""
    lines = [sum(char in "0123456789Xx" for char in line) for line in said.splitlines()]
    whole = sum(lines)
    return len(lines) == 1 or (whole in _PERSONS and (whole == _OF_ID or max(lines[1:]) < _A_TELEPHONE))


def _words(text: str) -> Iterator[_Span]:
    """Around every run of characters that masking changes, the number or else the word that holds it."""
    masked = mask_text(text)
    if masked == text:
        return
    done = 0
    for start in _changes(text, masked):
        if start >= done:
            word = _around(_NUMBER, text, start) or _around(_WORD, text, start)
            if word is not None:
                yield word.span()
                done = word.end()


def _changes(text: str, masked: str) -> Iterator[int]:
    return (at for at, (old, new) in enumerate(zip(text, masked, strict=True)) if old != new)


def _around(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str] | None:
    """The match that covers a place; numbers and words are looked for a little before it."""
    begin = max(0, at - 200)
    return next((one for one in pattern.finditer(text, begin, at + 200) if one.start() <= at < one.end()), None)
