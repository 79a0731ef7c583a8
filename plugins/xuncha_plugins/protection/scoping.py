"""Which sentences of a proof speak of one measure: a paper often tells of several, each with a licence of its own.

A sentence that names the measure or its product counts, one that names only another measure does not. What names none
goes on about what was named last; before anything was named it is about all.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xuncha.api import Passage, Piece
from xuncha_plugins.evidence.spelling import plain
from xuncha_plugins.protection.words import WORDS, topic

MEASURES = (Piece.ANTI_ATTACK, Piece.ANTI_TAMPER, Piece.ANTI_VIRUS)
SHORTEST_NAME = 3
"""Characters of a name that says which product is meant."""

_SENTENCE = re.compile(r"[^。;!?]+[。;!?]?")
Pattern = re.Pattern[str]


def names_of_product(product: str) -> list[str]:
    """The words of a product's name that are long enough to be a brand or a model."""
    words = re.split(r"[\s()（）/、,，]+", plain(product))
    return [word for word in words if len(re.sub(r"[\W_]+", "", word)) >= SHORTEST_NAME]


def measured(piece: Piece, product: str) -> Pattern:
    """What a sentence on a measure holds: its kind, or the declared product."""
    return re.compile("|".join((topic(piece).pattern, *map(re.escape, names_of_product(product)))))


@dataclass(frozen=True, slots=True)
class Scope:
    """The parts of each line, from start to end, that speak of a measure."""

    parts: tuple[tuple[tuple[int, int], ...], ...]

    def holds(self, line: int, place: int) -> bool:
        """Whether what stands at ``place`` of a line counts."""
        return any(start <= place < end for start, end in self.parts[line])

    def lines(self, given: Sequence[Passage]) -> Iterator[Passage]:
        """The parts that count as lines of their own, in one form for each character."""
        for line, parts in zip(given, self.parts, strict=True):
            even = plain(line.text)
            yield from (Passage(even[start:end], line.locator) for start, end in parts)


def scope(lines: Iterable[Passage], piece: Piece, products: Mapping[Piece, str]) -> Scope | None:
    """What of ``lines`` speaks of ``piece``; None for pieces that are no measure, of which every line speaks."""
    if piece not in MEASURES:
        return None
    own = measured(piece, products.get(piece, ""))
    others = [measured(other, products.get(other, "")) for other in MEASURES if other is not piece]
    reader = _Reader(own, others)
    return Scope(tuple(tuple(reader.parts(plain(line.text))) for line in lines))


class _Reader:
    """Goes through the sentences in their order, and knows which measure was named last."""

    def __init__(self, own: Pattern, others: Iterable[Pattern]) -> None:
        self._own, self._others, self._here = own, tuple(others), True

    def parts(self, text: str) -> Iterator[tuple[int, int]]:
        """The parts of a line that count; the row of a table is one."""
        if "\t" in text:
            yield from [(0, len(text))] if self._counts(text) else ()
            return
        yield from (found.span() for found in _SENTENCE.finditer(text) if self._counts(found[0]))

    def _counts(self, sentence: str) -> bool:
        if self._own.search(sentence):
            self._here = True
            return True
        named = [found for other in self._others if (found := other.search(sentence))]
        if not named:
            return self._here
        if any(WORDS.begins.search(sentence[: found.start()]) for found in named):
            self._here = False
        return False
