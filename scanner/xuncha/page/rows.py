"""The rows of a page's lists: the largest element around a link that belongs to no other link."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from xuncha.page.outline import Outline
from xuncha.page.row_dates import DatedText

_ROW_TAGS = frozenset(("li", "tr", "dl", "article"))
_HIGHEST = 16
"""Levels between a link and its row."""
_LONGEST = 1_500
_LONG_WORDS = 6
_MOST_LINKS = 4


@dataclass(slots=True)
class FoundRow:
    """Element ``element`` of the outline, below ``box``, is the row of link number ``link``.

    ``marked_up``: it is, or wraps, an element that makes rows, such as a list item.
    """

    element: int
    box: int
    link: int
    marked_up: bool


class RowFinder:
    """Finds the row of every link. Linear: each link climbs a bounded number of levels."""

    def __init__(self, dated: DatedText) -> None:
        self._dated = dated
        self._outline = dated.outline
        keys = [link.target or link.raw for link in self._outline.links]
        self._changes = list(accumulate((a != b for a, b in pairwise(keys)), initial=0))

    def rows(self) -> Iterator[FoundRow]:
        """The rows, in the order of the document."""
        done = 0
        for number, link in enumerate(self._outline.links):
            if number < done or not link.text:
                continue
            element, marked_up = self._row_around(self._outline.anchors[number])
            inside = self._outline.links_in(element)
            done = inside.stop
            yield FoundRow(element, self._outline.parents[element], self._main_link(inside), marked_up)

    def _row_around(self, element: int) -> tuple[int, bool]:
        outline, changes, is_row = self._outline, self._changes, False
        for _ in range(_HIGHEST):
            above = outline.parents[element]
            if above <= 0 or outline.ends[above] - outline.starts[above] > _LONGEST:
                break
            alone = changes[outline.nexts[above] - 1] == changes[outline.firsts[above]]
            if is_row and not (alone and outline.words(above) == outline.words(element)):
                break
            if not alone and not (outline.tags[above] in _ROW_TAGS and self._one_article(above)):
                break
            element, is_row = above, is_row or outline.tags[above] in _ROW_TAGS
        return element, is_row

    def _one_article(self, element: int) -> bool:
        """Whether a row with several links (its column, its department) has one date and one title."""
        outline = self._outline
        inside = outline.links_in(element)
        if len(inside) > _MOST_LINKS:
            return False
        dates = self._dated.alone(outline.starts[element], outline.ends[element])
        if not dates:
            return False
        titles = [number for number in inside if len(outline.links[number].text) >= _LONG_WORDS]
        places = [outline.starts[outline.anchors[number]] for number in inside]
        beside = all(bisect_left(places, seen.start) in (0, len(places)) for seen in dates)
        return len(titles) <= 1 or beside

    def _main_link(self, inside: range) -> int:
        if len(inside) == 1:
            return inside.start
        return max(inside, key=lambda number: len(self._outline.links[number].text))


def by_box(rows: Iterable[FoundRow]) -> list[list[FoundRow]]:
    """The rows below each element, in the order of the document."""
    boxes: dict[int, list[FoundRow]] = {}
    for row in rows:
        boxes.setdefault(row.box, []).append(row)
    return sorted(boxes.values(), key=lambda group: group[0].element)


def are_neighbours(outline: Outline, box: int, next_box: int) -> bool:
    """Whether two boxes of the same kind follow each other with nothing said between them."""
    return (
        outline.parents[box] == outline.parents[next_box]
        and outline.tags[box] == outline.tags[next_box]
        and outline.lasts[box] < next_box
        and not outline.text[outline.ends[box] : outline.starts[next_box]].strip()
        and outline.nodes[box].attr("class") == outline.nodes[next_box].attr("class")
    )
