"""Styles within a page: of single elements, and style sheets. Linked style sheets are not fetched."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise
from typing import NamedTuple

MAX_STYLES = 300
MAX_SHEET = 100_000
MAX_STYLE = 1_000
MAX_START = 420
_STYLE = ' style="'
_SHEET = re.compile(rf"<style(?: ([^>]{{0,100}}))?>([^<]{{0,{MAX_SHEET}}})")


class OwnStyle(NamedTuple):
    """What an element's attribute says; ``before`` is what stands before it in the markup, ``at`` where it begins."""

    before: str
    says: str
    at: int


@dataclass(frozen=True)
class Styled:
    """A page's markup, as its tree writes it, and the first styles in it, read once for all who ask."""

    markup: str

    @cached_property
    def own(self) -> tuple[OwnStyle, ...]:
        """The styles of elements, without comments."""
        return tuple(self._own())

    def _own(self) -> Iterator[OwnStyle]:
        pieces, at = self.markup.split(_STYLE, MAX_STYLES), 0
        for before, after in pairwise(pieces):
            at += len(before) + len(_STYLE)
            if (end := after.find('"', 0, MAX_STYLE)) > 0:
                yield OwnStyle(before[-MAX_START:], uncommented(after[:end]), at)

    @cached_property
    def sheets(self) -> tuple[str, ...]:
        """What style elements hold, unless it is for printing alone."""
        found = islice(_SHEET.finditer(self.markup), MAX_STYLES) if "<style" in self.markup else ()
        return tuple(one[2] for one in found if "print" not in (one[1] or ""))


def uncommented(css: str) -> str:
    """Without comments, also such as don't end."""
    if "/*" not in css:
        return css
    first, *others = css.split("/*")
    return first + "".join(piece.partition("*/")[2] for piece in others)
