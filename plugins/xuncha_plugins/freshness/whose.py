"""Whose list it is: a column's page shows its own rows and, beside them, boxes of what other columns published.

Rows in the column's folder, a pager or the column's name above make a list its own; the name of another column, rows
in another's folder, "more" that leads away make it another's. Of the rest, and of a list that goes on in a next box,
nothing is known: they speak for the column too, unless other columns show the same.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from xuncha.api import Listing, Page, Row
from xuncha_plugins.freshness.kinds import KINDS, plain
from xuncha_plugins.freshness.urls import MAX_URL, column_key, folder, mark

LOOKED_AT = 3
"""Rows by whose addresses it is told where a list is filed."""

LONG = 10
"""A list of so many rows is more than a box at the side."""

_NO_NAME = re.compile(r"首页|位置|(?:日期|时间|标题|名称|序号|文号|操作)$")
"""What stands above a list and calls it nothing: the way to it, the head of a table."""

_JCMS = re.compile(r"/art_(\d{1,12})_")


@dataclass(slots=True)
class Parts:
    """The lists of a page: the column's ``own``, those of which that is ``unclear``, and those of ``others``.

    ``proved`` of the others: each is called like another column, and its rows are filed there. ``foreign``: all that
    the page lists is filed with another column, though nothing calls it so.
    """

    own: list[Listing] = field(default_factory=list)
    unclear: list[Listing] = field(default_factory=list)
    others: list[Listing] = field(default_factory=list)
    proved: bool = True
    foreign: bool = False


class Shelves:
    """Which column a page is filed with, by the folders and numbers in addresses."""

    def __init__(self, keys: Mapping[str, object]) -> None:
        self._keys = keys

    def of(self, url: str) -> str:
        """The key of the column in whose folder a page lies; empty where it lies in none."""
        rest = url[:MAX_URL].partition("://")[2].removeprefix("www.").partition("?")[0].partition("#")[0]
        if "/art_" in rest and (found := _JCMS.search(rest)):
            key = f"{rest.partition('/')[0]}/col/col{found[1]}"
            if key in self._keys:
                return key
        while "/" in rest:
            rest = rest.rpartition("/")[0]
            if rest in self._keys and folder(rest):
                return rest
        return ""

    def side(self, rows: Sequence[Row], key: str) -> Literal["own", "other", ""]:
        """Whether rows are filed with the column ``key`` and those below it, or with another one."""
        kept = {self._side(self.of(row.target), key) for row in rows[:LOOKED_AT] if row.target}
        return kept.pop() if len(kept) == 1 else ""

    def _side(self, shelf: str, key: str) -> Literal["own", "other", ""]:
        if not shelf or key.startswith(f"{shelf}/"):
            return ""
        return "own" if shelf == key or shelf.startswith(f"{key}/") else "other"


def parted(listings: Iterable[Listing], key: str, name: str, names: Mapping[str, str], shelves: Shelves) -> Parts:
    """Part the lists on the page of the column ``key`` called ``name``; ``names`` has the keys of all by their name."""
    parts = Parts()
    strange = 0
    for listing in listings:
        heading = "" if _NO_NAME.search(listing.heading) else plain(listing.heading)
        named = KINDS.names.get(heading, "")
        other = names.get(heading, key) != key or (named and named != KINDS.of_name(name))
        side = shelves.side(listing.rows, key)
        whose = _whose(listing, heading, plain(name), side, key, other=bool(other))
        {"own": parts.own, "": parts.unclear, "other": parts.others}[whose].append(listing)
        strange += whose == "" and side == "other"
        if whose == "other":
            parts.proved &= side == "other" and bool(other or KINDS.is_sidebar(listing.heading))
    parts.foreign = not parts.own and 0 < strange == len(parts.unclear)
    return parts


def _whose(
    listing: Listing, heading: str, name: str, side: str, key: str, *, other: bool
) -> Literal["own", "other", ""]:
    if KINDS.is_sidebar(listing.heading or listing.name):
        return "other"
    if side == "own" or listing.pages is not None or (heading and heading in (name, f"{name}列表")):
        return "own"
    leads_away = bool(listing.more) and column_key(listing.more) != key
    if other or leads_away or (side == "other" and heading):
        return "other"
    return "own" if len(listing.rows) >= LONG else ""


def rows_alone(page: Page) -> Iterator[Row]:
    """The rows that count where nothing is known of the site but a page; all rows of a home page."""
    if page.depth == 0:
        return rows_of(page.lists)
    key = column_key(page.url)
    name = page.trail[-1].text if page.trail else page.tags.ColumnName or ""
    parts = parted(page.lists, key, name, {}, Shelves({key: name}))
    return rows_of((*parts.own, *parts.unclear))


def signature(listing: Listing) -> int:
    """A number that is the same for a box wherever it is shown."""
    return mark("\n".join(row.target for row in listing.rows))


def rows_of(listings: Iterable[Listing]) -> Iterator[Row]:
    """The rows of several lists."""
    return (row for listing in listings for row in listing.rows)
