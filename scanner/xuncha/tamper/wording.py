"""What of a page's words stays when its lists move on: its sentences, and what many of its lines begin or end with."""

import re
from collections import Counter
from collections.abc import Iterable

SENTENCES = 32
CLAUSES = 24
MAX_READ = 60_000
_LEAST_SENTENCE = 10
_LEAST_CLAUSE = 5
_MARKS = re.compile("[。，；：、！？\n]")
_REFRAIN = 10
_LEAST_LINES = 6
_MOST_OF = 0.6
_MAX_LINES = 400


def sentences(text: str) -> set[str]:
    """What ends with a full stop: the words of articles, hardly ever those of lists."""
    found = (piece.rpartition("\n")[2].strip() for piece in text[:MAX_READ].split("。")[:-1])
    return {one for one in found if len(one) >= _LEAST_SENTENCE}


def clauses(found: Iterable[str]) -> set[str]:
    """What sentences are made of: corrections keep most of it."""
    return {piece for one in found for piece in _MARKS.split(one) if len(piece) >= _LEAST_CLAUSE}


def refrain(text: str) -> str:
    """What most of the longer lines begin or end with; empty where they differ."""
    if text.isascii():
        return ""
    long = [line for line in text[:MAX_READ].split("\n", _MAX_LINES)[:_MAX_LINES] if len(line) > _REFRAIN]
    if len(long) < _LEAST_LINES:
        return ""
    return _common([line[:_REFRAIN] for line in long]) or _common([line[-_REFRAIN:] for line in long])


def _common(pieces: list[str]) -> str:
    """The piece that is most of the pieces. Mostly too many are different for that, which is told at once."""
    enough = max(_LEAST_LINES, _MOST_OF * len(pieces))
    if len(pieces) - len({*pieces}) + 1 < enough:
        return ""
    piece, times = Counter(pieces).most_common(1)[0]
    return piece if times >= enough and not piece.isascii() else ""
