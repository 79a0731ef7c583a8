"""The rows of a list of letters, with all their words: tables, lists, or whatever stands between two titles."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from xuncha.api import Page

MAX_ROWS = 1_000
"""No list shows more on one page; what a page holds beyond is not read."""

_SHAPES = ("tr:not(:has(tr))", "li:not(:has(li))", "dl")
_SHORTEST_TITLE = 3
_LONGEST_ROW = 1_000
_LONGEST_TITLE = 200
_LONGEST_REST = 200


@dataclass(frozen=True, slots=True)
class RowSeen:
    """One row: the link's words and target ("" where script opens it), and the words around the link.

    ``number`` is its place among the rows of a table, -1 elsewhere.
    """

    title: str
    target: str
    rest: str
    number: int = -1


def rows_by_shape(page: Page) -> Iterator[Iterator[RowSeen]]:
    """The rows with a link, for one shape that lists have after the other, the surest first."""
    targets = {link.raw: link.target for link in page.links if link.kind == "a"}
    for shape in _SHAPES:
        yield _shaped(page, shape, targets)
    yield _between_titles(page)


def _shaped(page: Page, shape: str, targets: dict[str, str]) -> Iterator[RowSeen]:
    """Rows and the links inside them come in the same order, so that each link is looked for from its row on."""
    links = iter(page.select(f"{shape} a"))
    link = next(links, None)
    for number, row in enumerate(page.select(shape)):
        words = row.text[:_LONGEST_ROW]
        title, target = "", ""
        while link is not None and (link.text in words or (link.line or 0) < (row.line or 0)):
            if len(link.text) > len(title) and link.text in words:
                title, target = link.text[:_LONGEST_TITLE], targets.get(link.attrs.get("href", ""), "")
            link = next(links, None)
        if len(title) >= _SHORTEST_TITLE:
            yield RowSeen(title, target, words.replace(title, "\n", 1), number if row.tag == "tr" else -1)


def _between_titles(page: Page) -> Iterator[RowSeen]:
    """Rows made of divs: what stands between the title of one link and the next."""
    text, at, places = page.text, 0, list[tuple[int, str, str]]()
    for link in page.links:
        if link.kind == "a" and len(link.text) >= _SHORTEST_TITLE and len(places) < MAX_ROWS:
            start = text.find(link.text[:_LONGEST_TITLE], at)
            if start >= 0:
                places.append((start, link.text[:_LONGEST_TITLE], link.target))
                at = start + len(link.text)
    last = places[-1][0] if places else 0
    for (start, title, target), (end, _, _) in pairwise([*places, (len(text), "", "")]):
        rest = text[start + len(title) : end]
        if len(rest) <= _LONGEST_REST or start == last:
            yield RowSeen(title, target, rest[:_LONGEST_REST])
