"""Cells of a page's picture: what each one shows, packed into a few kilobytes.

A cell is 16 × 16 CSS pixels, of which 16 samples are taken. Where many are of one colour, that is its ground, whatever
words stand on it: the words may change, and the cell doesn't. Where they differ it is part of a picture, and their mean
counts.
"""

import zlib
from array import array
from base64 import b85decode, b85encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

CELL = 16
"""CSS pixels."""

SAMPLED = 4
"""Pixels from one sample to the next."""

PER_CELL = (CELL // SAMPLED) ** 2
MOST_CELLS = 50_000
_GROUND = 6
"""Samples of one colour from which on a cell has a ground."""

_STANDS_OUT = 5
"""Of 16 steps of a colour: how far what is written is from its ground."""


class CellKind(IntEnum):
    """FLAT: of one colour. SHADED: nearly. TEXT: something that stands out from its ground. PICTURE: many colours."""

    FLAT = 0
    SHADED = 1
    TEXT = 2
    PICTURE = 3


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells row by row. Each is a number: its kind, then 4 bits each of red, green and blue."""

    columns: int
    cells: "array[int]"

    @property
    def rows(self) -> int:
        return len(self.cells) // self.columns

    def packed(self) -> str:
        """As text. The three colours and the kinds are laid apart, which halves it."""
        planes = (bytes(cell >> shift & 15 for cell in self.cells) for shift in (12, 8, 4, 0))
        return b85encode(zlib.compress(b"".join(planes), 9)).decode()


def cell_of(samples: Sequence[int]) -> int:
    """The cell that shows these samples, each 12 bits of colour."""
    ground = max(set(samples), key=samples.count)
    times = samples.count(ground)
    if times == len(samples):
        return CellKind.FLAT << 12 | ground
    if times >= _GROUND:
        kind = CellKind.TEXT if any(_stands_out(sample, ground) for sample in samples) else CellKind.SHADED
        return kind << 12 | ground
    red, green, blue = (sum(sample >> shift & 15 for sample in samples) // len(samples) for shift in (8, 4, 0))
    return CellKind.PICTURE << 12 | red << 8 | green << 4 | blue


def _stands_out(sample: int, ground: int) -> bool:
    pairs = zip(colour_of(sample), colour_of(ground), strict=True)
    return max(abs(one - other) for one, other in pairs) >= _STANDS_OUT


def kind_of(cell: int) -> CellKind:
    return CellKind(cell >> 12)


def colour_of(cell: int) -> tuple[int, int, int]:
    """Red, green and blue in 16 steps each."""
    return cell >> 8 & 15, cell >> 4 & 15, cell & 15


def unpacked(text: str, columns: int) -> Grid:
    """What ``Grid.packed`` made. Raises ValueError for anything else."""
    data = _inflated(text, 4 * MOST_CELLS)
    size, rest = divmod(len(data), 4)
    if rest or not columns or size % columns or max(data, default=0) > 15:  # noqa: PLR2004 - 4 bits
        raise ValueError("is no grid of cells")
    kinds, reds, greens, blues = (data[size * at : size * (at + 1)] for at in range(4))
    parts = zip(kinds, reds, greens, blues, strict=True)
    return Grid(columns, array("H", (kind << 12 | red << 8 | green << 4 | blue for kind, red, green, blue in parts)))


def packed_marks(marked: Iterable[int], size: int) -> str:
    """Which of ``size`` cells are marked, as text; empty where none is."""
    bits = bytearray((size + 7) // 8)
    some = False
    for at in marked:
        bits[at >> 3] |= 1 << (at & 7)
        some = True
    return b85encode(zlib.compress(bytes(bits), 9)).decode() if some else ""


def unpacked_marks(text: str) -> frozenset[int]:
    """What ``packed_marks`` made. Raises ValueError for anything else."""
    if not text:
        return frozenset()
    data = _inflated(text, MOST_CELLS // 8 + 1)
    return frozenset(at << 3 | bit for at, byte in enumerate(data) if byte for bit in range(8) if byte >> bit & 1)


def _inflated(text: str, most: int) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        data = unpacker.decompress(b85decode(text), most)
    except zlib.error as problem:
        raise ValueError(str(problem)) from problem
    if unpacker.unconsumed_tail or not unpacker.eof:
        raise ValueError("is larger than a grid can be, or was cut")
    return data
