"""The pictures of a site as reports show them."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from xuncha.model.message import Params
from xuncha.model.reasons import Reason
from xuncha.model.text import Text
from xuncha.store.comparisons import FOLDER as LOOKS
from xuncha.store.comparisons import Comparison, Comparisons, read_compared
from xuncha.store.disk import read_file
from xuncha.store.errors import StoreError
from xuncha.store.pictures import MAX_PER_SITE, MAX_THUMBNAIL, Album, Mark, Shot, Untaken

__all__ = [
    "Comparison",
    "Gallery",
    "Hanging",
    "PictureView",
    "Shown",
    "UntakenView",
    "compared",
    "compared_picture",
    "hang",
    "kept_picture",
    "thumbnail",
]

_THUMBNAIL = re.compile(r"sites/[A-Za-z0-9.-]+/pictures/[0-9]+\.jpg")
_PICTURE = re.compile(r"sites/[A-Za-z0-9.-]+/pictures/[0-9]+\.png")
_SITE = re.compile(r"sites/[A-Za-z0-9.-]+")
_JPEG = b"\xff\xd8\xff"

Words = Callable[[Reason, Params], Text]
Clean = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture (截图). ``file`` and ``thumbnail`` are paths within the run's folder; ``sha256`` is of the file.

    ``pixels_sha256`` is of what is below its first ``strip`` rows, as the strip says: 8-bit RGB, row by row. ``whole``
    False: the page goes on below. ``blurred``: made unreadable. ``covered`` counts words of personal data that were
    covered. ``outlined``, ``unseen`` and ``lost`` count findings: those are on the page and can't be seen, or were not
    found on it. ``asked_by_probe``: taken for a check's own sake, not as evidence of the page's findings.
    """

    evidence: str
    page: str
    url: str
    at: datetime
    file: str
    thumbnail: str
    sha256: str
    pixels_sha256: str
    width: int
    height: int
    strip: int
    whole: bool
    blurred: bool
    covered: int
    outlined: int
    unseen: int
    lost: int
    asked_by_probe: bool


@dataclass(frozen=True, slots=True)
class UntakenView:
    """A page of which there is no picture, and why; ``text`` is what it says, masked and cut."""

    page: str
    code: Reason
    zh: str
    en: str
    text: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gallery:
    """A site's pictures; ``home`` is the evidence id of its home page's; ``beyond`` pages had findings and no turn.

    ``compared`` are pages beside their approved pictures, with files as paths within the run's folder.
    """

    pictures: tuple[PictureView, ...] = ()
    untaken: tuple[UntakenView, ...] = ()
    beyond: int = 0
    home: str = ""
    compared: tuple[Comparison, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """Which picture shows a finding, and how."""

    picture: str = ""
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Hanging:
    """A gallery, with the findings that hang in it by their fingerprints."""

    gallery: Gallery
    findings: dict[str, Shown] = field(default_factory=dict)


def hang(album: Album, folder: str, words: Words, clean: Clean) -> Hanging:
    """What reports show of an album.

    Args:
        album: of a site.
        folder: of the site, within the run's.
        words: what a reason means.
        clean: makes words of a page harmless.
    """
    found = {of: Shown(shot.photo.evidence, mark) for shot in album.taken for of, mark in shot.findings.items()}
    views = tuple(_picture(shot, folder) for shot in album.taken)
    untaken = tuple(_untaken(one, words, clean) for one in album.untaken)
    home = next(
        (shot.photo.evidence for shot in album.taken if shot.page == album.home and not shot.asked_by_probe), ""
    )
    return Hanging(Gallery(views, untaken, album.beyond, home), found)


def compared(found: Comparisons, folder: str) -> tuple[Comparison, ...]:
    """Pages beside their approved pictures; ``folder`` is the site's, within the run's."""
    return tuple(
        replace(one, before=one.before and f"{folder}/{one.before}", now=f"{folder}/{one.now}") for one in found.pages
    )


def compared_picture(run: str, file: str) -> bytes:
    """A small picture of these, a JPEG; nothing where it is gone or something else. ``run`` is the run's folder."""
    site, _, name = file.partition(f"/{LOOKS}/")
    if not run or not _SITE.fullmatch(site):
        return b""
    return read_compared(Path(run) / site, f"{LOOKS}/{name}")


def thumbnail(run: str, picture: PictureView) -> bytes:
    """The small picture, a JPEG; nothing where the file is gone or is something else. ``run`` is the run's folder."""
    data = _held(run, picture.thumbnail, _THUMBNAIL, MAX_THUMBNAIL)
    return data if data.startswith(_JPEG) else b""


def kept_picture(run: str, picture: PictureView) -> bytes:
    """The picture as it is kept, a PNG; nothing where the file is gone, or is not the one that was taken."""
    data = _held(run, picture.file, _PICTURE, MAX_PER_SITE)
    return data if hashlib.sha256(data).hexdigest() == picture.sha256 else b""


def _held(run: str, file: str, shape: re.Pattern[str], most: int) -> bytes:
    if not run or not shape.fullmatch(file):
        return b""
    try:
        return read_file(Path(run) / file, most)
    except StoreError:
        return b""


def _picture(shot: Shot, folder: str) -> PictureView:
    photo, marks = shot.photo, [*shot.findings.values()]
    return PictureView(
        evidence=photo.evidence,
        page=shot.page,
        url=photo.url,
        at=photo.at,
        file=f"{folder}/{shot.file}",
        thumbnail=f"{folder}/{shot.thumbnail}",
        sha256=photo.sha256,
        pixels_sha256=photo.pixels_sha256,
        width=photo.width,
        height=photo.height,
        strip=photo.strip,
        whole=photo.whole,
        blurred=photo.blurred,
        covered=shot.covered,
        outlined=marks.count(Mark.OUTLINED),
        unseen=marks.count(Mark.UNSEEN),
        lost=marks.count(Mark.NOT_FOUND),
        asked_by_probe=shot.asked_by_probe,
    )


def _untaken(one: Untaken, words: Words, clean: Clean) -> UntakenView:
    said = words(one.why.reason, one.why.params)
    return UntakenView(one.page, one.why.reason, said.zh, said.en, clean(one.text), one.findings)
