"""Looks of pages: taken from pictures, and held against each other.

What an update changes is no difference: words on the ground they stood on, what a list that grew pushes down, pictures
in the places of pictures that lead to news, what changes within seconds or did so on earlier visits. What remains are
cells that are nowhere near where they were.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import chain, repeat

from xuncha.model.looks import Area, LookPrint, Setting
from xuncha.tamper.grid import CELL, CellKind, Grid, colour_of, kind_of, packed_marks, unpacked, unpacked_marks
from xuncha.tamper.pixels import UnreadablePictureError, grid_of, open_picture, perceptual_hash
from xuncha.tamper.regions import boxes_of

ALGORITHM = "cells/1"
FIRST = 768
"""CSS pixels: the part of a page that is seen first."""

DRIFT = 14
"""Rows that updates push a cell down or up, at most: a list that grew, a line of notice on top.

Further down the page there are more lists above, so for each ``_LOWER`` rows it is one more.
"""

_LOWER = 4

_NEAR, _NEAR_IN_PICTURES = 2, 3
"""Of 16 steps of a colour: how far those of two alike cells are apart."""

_COLOURED, _MANY_COLOURED, _GREY = 3, 0.01, 0.002
_FLOATING = 0.12
"""Of what is seen first: elements that float over it are ordinary up to here, together."""

_EMPTY = 0.9
"""Of the cells with pictures that change: those without anything, from which on something is laid over them."""

_DARK = 3
"""Of 16 steps of each colour: what is nearly black."""

_NO_LETTER = re.compile(r"[\W\d_]+")
_DAILY = re.compile("星期|今天|今日|天气|农历|倒计时")
_LEAST_LETTERS, _MOST_LETTERS = 4, 60

_SHIFT = CELL
"""CSS pixels by which the width of a picture's place may differ, and where it begins from the left."""


def look_of(
    url: str,
    shots: Sequence[bytes],
    taken: datetime,
    setting: Setting,
    *,
    whole: bool = True,
    slots: Sequence[Area] = (),
    leads: Sequence[str] = (),
    floats: Sequence[Area] = (),
    lacking: int = 0,
    written: Iterable[str] = (),
) -> LookPrint:
    """What the page at ``url`` looked like in the last of the ``shots``, which are PNGs of one size.

    Raises UnreadablePictureError where they aren't, and ImportError without Pillow.
    """
    pictures = [open_picture(shot) for shot in shots]
    if not pictures or len({picture.size for picture in pictures}) > 1:
        raise UnreadablePictureError("pictures of different sizes, or none")
    grids = [grid_of(picture) for picture in pictures]
    last = grids[-1]
    restless = {at for grid in grids[:-1] for at, cell in enumerate(grid.cells) if not is_alike(cell, last.cells[at])}
    return LookPrint(
        url=url,
        taken=taken,
        algorithm=ALGORITHM,
        setting=setting,
        height=last.rows * CELL,
        whole=whole,
        hash=perceptual_hash(pictures[-1], FIRST),
        cells=last.packed(),
        restless=packed_marks(sorted(restless), len(last.cells)),
        shots=len(shots),
        slots=tuple(slots),
        leads=tuple(leads),
        floats=tuple(floats),
        lacking=lacking,
        written=lettering(written),
    )


@dataclass(frozen=True, slots=True)
class Region:
    """A part that differs: ``first`` is its share of what is seen first, ``page`` of the whole page.

    ``dark`` is the share of its cells that are nearly black.
    """

    box: Area
    first: float
    page: float
    dark: float = 0.0


@dataclass(frozen=True, slots=True)
class LookChange:
    """How the look of a page differs from another.

    Attributes:
        added: what is seen now and was not before, on the page of now; ``gone`` the other way, on the page of before.
        width: of both, in CSS pixels.
        first: share of what is seen first, and is compared, that differs; ``page`` of the page.
        compared: share of what is seen first that could be compared.
        emptied: share of what is seen first in which pictures may change, and hardly anything is to be seen now.
        greyed: one of the two has no colours; then only light and dark were compared.
        words_before: cells with something written, and ``words_now``.
        unsteady: cells on the page of now that differ, in places of pictures too.
        slots: places of pictures on the page of before, ``same`` those that are there now.
        steady: those of them that no visit saw change, ``exchanged`` those whose pictures are others now.
        lettered: words in large letters, or written by style sheets, that were not there.
        swapped: places with another picture that leads to the same page as before.
    """

    added: tuple[Region, ...]
    gone: tuple[Region, ...]
    width: int
    first: float
    page: float
    compared: float
    emptied: float
    greyed: bool
    words_before: int
    words_now: int
    unsteady: frozenset[int] = field(default_factory=frozenset, repr=False)
    slots: int = 0
    same: int = 0
    steady: int = 0
    exchanged: int = 0
    swapped: int = 0
    lettered: tuple[str, ...] = ()

    @property
    def regions(self) -> tuple[Region, ...]:
        """What differs, the largest first."""
        return tuple(sorted((*self.added, *self.gone), key=lambda one: -one.box.pixels))


def is_comparable(before: LookPrint, now: LookPrint) -> bool:
    """Whether nothing but the page itself can make the two differ."""
    return before.algorithm == now.algorithm == ALGORITHM and before.setting == now.setting


def difference(before: LookPrint, now: LookPrint, volatile: str = "") -> LookChange:
    """How ``now`` differs from ``before``, of the same algorithm and width; ``volatile`` as visits taught.

    Raises ValueError where a look is damaged, or the two can't be compared at all.
    """
    if before.algorithm != now.algorithm or before.setting.width != now.setting.width:
        raise ValueError("looks of different kinds or widths")
    old, new = _Side.of(before), _Side.of(now)
    greyed = old.is_grey != new.is_grey
    if greyed:
        old, new = old.greyed(), new.greyed()
    learned = unpacked_marks(volatile)
    pairs = list(_same_slots(before, now))
    other = [one.now for one in pairs if _is_exchanged(old.grid, new.grid, one)]
    moving = learned | old.restless | new.restless
    swapped = [one for one in pairs if one.now in other and one.leads_alike and _is_steady(new.grid, one, moving)]
    ordinary = [one for one in pairs if one not in swapped]
    free_old = learned | old.restless | _cells(old.grid, [one.was for one in ordinary]) | old.floating
    free_new = learned | new.restless | _cells(new.grid, [one.now for one in ordinary]) | new.floating
    gone = _missing(old.grid, new.grid, free_old)
    added = _missing(new.grid, old.grid, free_new)
    steady = [one.now for one in pairs if _is_steady(new.grid, one, learned)]
    return LookChange(
        added=_regions(new.grid, added),
        gone=_regions(old.grid, gone),
        width=new.grid.columns * CELL,
        first=max(_share_of_first(new.grid, added, free_new), _share_of_first(old.grid, gone, free_old)),
        page=max(len(added) / len(new.grid.cells), len(gone) / len(old.grid.cells)),
        compared=1 - max(_part_of_first(new.grid, free_new), _part_of_first(old.grid, free_old)),
        emptied=_emptied(old, new, free_old),
        greyed=greyed,
        words_before=old.words,
        words_now=new.words,
        unsteady=frozenset(added) | _cells(new.grid, other) | new.restless,
        slots=len(before.slots),
        same=len(pairs),
        steady=len(steady),
        exchanged=sum(one in other for one in steady),
        swapped=len(swapped),
        lettered=_lettered(before, now),
    )


def lettering(written: Iterable[str]) -> tuple[str, ...]:
    """Words as they are compared: letters only, so that no date, count or number is among them; short ones left out."""
    plain = dict.fromkeys(_NO_LETTER.sub("", one)[:_MOST_LETTERS] for one in written)
    return tuple(one for one in plain if len(one) >= _LEAST_LETTERS and not _DAILY.search(one))


def _lettered(before: LookPrint, now: LookPrint) -> tuple[str, ...]:
    """What is written now and was not, nor as part of something longer."""
    if before.written is None or now.written is None:
        return ()
    return tuple(one for one in now.written if not any(one in known for known in before.written))


def bits_apart(one: str, other: str) -> int:
    """How many of the 64 bits of two perceptual hashes differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


@lru_cache(65_536)
def is_alike(one: int, other: int) -> bool:
    """Whether two cells show the same, or words on the same ground."""
    if one == other:
        return True
    near = _NEAR_IN_PICTURES if CellKind.PICTURE in (kind_of(one), kind_of(other)) else _NEAR
    return all(abs(a - b) <= near for a, b in zip(colour_of(one), colour_of(other), strict=True))


@dataclass(frozen=True, slots=True)
class _Side:
    """One of two looks, unpacked."""

    grid: Grid
    restless: frozenset[int]
    floating: frozenset[int]

    @classmethod
    def of(cls, look: LookPrint) -> "_Side":
        grid = unpacked(look.cells, look.setting.width // CELL)
        floating = _cells(grid, look.floats)
        ordinary = _part_of_first(grid, floating) <= _FLOATING
        return cls(grid, unpacked_marks(look.restless), floating if ordinary else frozenset())

    @property
    def is_grey(self) -> bool:
        """Whether it has no colours at all."""
        return _coloured(self.grid) <= _GREY

    @property
    def words(self) -> int:
        return sum(kind_of(cell) is CellKind.TEXT for cell in self.grid.cells)

    def greyed(self) -> "_Side":
        """The same in light and dark."""
        cells = self.grid.cells.__class__("H", map(_grey, self.grid.cells))
        return _Side(Grid(self.grid.columns, cells), self.restless, self.floating)


def _coloured(grid: Grid) -> float:
    return sum(max(colour_of(cell)) - min(colour_of(cell)) >= _COLOURED for cell in grid.cells) / len(grid.cells)


@lru_cache(8_192)
def _grey(cell: int) -> int:
    red, green, blue = colour_of(cell)
    light = round(0.2126 * red + 0.7152 * green + 0.0722 * blue)  # as browsers do
    return kind_of(cell) << 12 | light << 8 | light << 4 | light


def _missing(grid: Grid, other: Grid, free: frozenset[int]) -> set[int]:
    """The cells of ``grid`` that ``other`` has nowhere near in the same column."""
    return {
        at
        for at, cell in enumerate(grid.cells)
        if at not in free and not any(is_alike(cell, there) for there in _near(other, at))
    }


def _near(grid: Grid, at: int) -> Iterator[int]:
    """The cells in the column of ``at``, the nearest first."""
    size, columns = len(grid.cells), grid.columns
    if at < size:
        yield grid.cells[at]
    for step in range(columns, (DRIFT + at // columns // _LOWER + 1) * columns, columns):
        if 0 <= at - step < size:
            yield grid.cells[at - step]
        if at + step < size:
            yield grid.cells[at + step]


def _cells(grid: Grid, boxes: Sequence[Area]) -> frozenset[int]:
    """The cells that these boxes touch."""
    return frozenset(at for box in boxes for at in _touched(grid, box))


def _touched(grid: Grid, box: Area) -> Iterator[int]:
    rows = range(max(box.top // CELL, 0), min((box.top + box.height - 1) // CELL + 1, grid.rows))
    columns = range(max(box.left // CELL, 0), min((box.left + box.width - 1) // CELL + 1, grid.columns))
    return (row * grid.columns + column for row in rows for column in columns)


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place of a picture in both looks, and whether the picture leads where it did."""

    was: Area
    now: Area
    leads_alike: bool


def _same_slots(before: LookPrint, now: LookPrint) -> Iterator[_Slot]:
    """Places of pictures that both have: as wide, as far from the left, as high, hardly higher or lower on the page."""
    left = _led(now)
    for was, leads in _led(before):
        alike = (one for one in left if _is_same(was, one[0]))
        found = min(alike, key=lambda one: (one[1] != leads, abs(one[0].top - was.top)), default=None)
        if found is not None:
            left.remove(found)
            yield _Slot(was, found[0], bool(leads) and found[1] == leads)


def _led(look: LookPrint) -> list[tuple[Area, str]]:
    """Places of pictures, and where each leads; empty where that is not known."""
    return list(zip(look.slots, chain(look.leads, repeat("")), strict=False))


def _is_same(was: Area, now: Area) -> bool:
    sizes = ((was.left, now.left), (was.width, now.width), (was.height, now.height))
    return all(abs(a - b) <= _SHIFT for a, b in sizes) and abs(was.top - now.top) <= DRIFT * CELL + was.top // _LOWER


def _is_steady(grid: Grid, slot: _Slot, moving: frozenset[int]) -> bool:
    return moving.isdisjoint(_touched(grid, slot.now))


def _emptied(old: "_Side", new: "_Side", free: frozenset[int]) -> float:
    """Where pictures change and something is laid over them, not one cell in ten shows a picture any more."""
    size = min(_first(old.grid), _first(new.grid))
    busy = [at for at in free if at < size and kind_of(old.grid.cells[at]) is CellKind.PICTURE]
    flat = sum(kind_of(new.grid.cells[at]) is CellKind.FLAT for at in busy)
    return len(busy) / size if busy and flat >= _EMPTY * len(busy) else 0.0


def _is_exchanged(old: Grid, new: Grid, slot: _Slot) -> bool:
    places = zip(_touched(old, slot.was), _touched(new, slot.now), strict=False)
    pairs = [(old.cells[was], new.cells[now]) for was, now in places]
    return sum(not is_alike(a, b) for a, b in pairs) > len(pairs) / 2


def _regions(grid: Grid, cells: set[int]) -> tuple[Region, ...]:
    return tuple(
        Region(box, _share_seen_first(box, grid), box.pixels / (len(grid.cells) * CELL * CELL), _darkness(grid, box))
        for box in boxes_of(cells, grid.columns)
    )


def _darkness(grid: Grid, box: Area) -> float:
    touched = list(_touched(grid, box))
    return sum(max(colour_of(grid.cells[at])) <= _DARK for at in touched) / max(len(touched), 1)


def _share_seen_first(box: Area, grid: Grid) -> float:
    height = max(0, min(box.top + box.height, FIRST) - box.top)
    return box.width * height / (grid.columns * CELL * FIRST)


def _first(grid: Grid) -> int:
    return min(len(grid.cells), FIRST // CELL * grid.columns)


def _part_of_first(grid: Grid, cells: frozenset[int]) -> float:
    size = _first(grid)
    return sum(at < size for at in cells) / size


def _share_of_first(grid: Grid, cells: set[int], free: frozenset[int]) -> float:
    """Of what is compared there; of half of it at least, or little would be much."""
    size = _first(grid)
    compared = size - sum(at < size for at in free)
    return sum(at < size for at in cells) / max(compared, size / 2)
