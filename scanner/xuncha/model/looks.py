"""Looks of pages: what a picture of a page comes to, small enough to be kept and compared years later.

``xuncha.tamper.looks`` makes and compares them.
"""

from dataclasses import dataclass
from datetime import datetime

from xuncha.model.pictures import Photo


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a page, in whole CSS pixels from its upper left corner."""

    left: int
    top: int
    width: int
    height: int

    @property
    def pixels(self) -> int:
        return self.width * self.height


@dataclass(frozen=True, slots=True)
class Setting:
    """What else than the page decides how it looks: looks of different settings differ without any change.

    ``browser`` is its name and main version, ``fonts`` a hash of how wide words are, ``width`` that of the window in
    CSS pixels.
    """

    browser: str
    fonts: str
    width: int


@dataclass(frozen=True, slots=True)
class LookPrint:
    """How a page looked on one visit, as cells of 16 × 16 CSS pixels; a few kilobytes.

    Attributes:
        url: of the page.
        taken: when.
        algorithm: how the cells were made, as ``name/version``; only looks of the same are compared.
        setting: in which it was seen.
        height: CSS pixels of the page that are covered by cells; ``whole`` is False where it goes on below.
        hash: perceptual hash of what is seen first, 64 bits in hex: the more bits differ, the more differs.
        cells: colour and kind of each cell, row by row, packed.
        restless: marks cells that differed between pictures taken some seconds apart, packed.
        shots: how many pictures there were.
        slots: places of pictures that lead to a page of the website: leads, carousels, topics; ``leads`` are hashes of
            where each does.
        floats: elements that stay where they are in the window, or move over the page.
        written: what stands at its top in large letters or is written by style sheets, letters only; None where nobody
            looked.
        lacking: pictures and frames of the page that were refused or did not come.
    """

    url: str
    taken: datetime
    algorithm: str
    setting: Setting
    height: int
    whole: bool
    hash: str
    cells: str
    restless: str = ""
    shots: int = 1
    slots: tuple[Area, ...] = ()
    leads: tuple[str, ...] = ()
    floats: tuple[Area, ...] = ()
    lacking: int = 0
    written: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class LookHabit:
    """What visits taught about the look of a page: which cells change by themselves.

    ``volatile`` marks those that two visits saw change, ``once`` those that one did, both packed; ``visits`` counts
    those from which it was learned, ``since`` is the first.
    """

    url: str
    since: datetime
    visits: int
    volatile: str = ""
    once: str = ""


@dataclass(frozen=True, slots=True)
class SeenLook:
    """One page as it looked. ``photo`` is the picture that people are shown; None where there is none."""

    look: LookPrint
    habit: LookHabit
    photo: Photo | None = None


@dataclass(frozen=True, slots=True)
class ApprovedPicture:
    """The picture of an approved look, made small: a JPEG, named by its ``sha256``, of ``width`` × ``height`` pixels.

    ``photo`` is the picture that it was made from, which may be gone with its run.
    """

    sha256: str
    width: int
    height: int
    photo: Photo


@dataclass(frozen=True, slots=True)
class Looks:
    """A fact: the looks of a site's pages on one visit."""

    pages: tuple[SeenLook, ...]
