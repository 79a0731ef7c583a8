"""Which pictures of a site's pages are kept (``pictures.json``), and of which pages none was to be had.

A picture is ``pictures/<number>.png`` in the site's folder, with a small ``pictures/<number>.jpg`` for reports; its
evidence id is ``picture:<site number>:<number>``, numbered from 0.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from xuncha.model.fact import Gap
from xuncha.model.pictures import Photo
from xuncha.model.text import Text
from xuncha.store.codec import decode, dump, encode, known_format, load
from xuncha.store.disk import private_folder, read_file, write_file
from xuncha.store.errors import StoreError, disk_errors, naming

SCHEMA = 1
FOLDER, ALBUM = "pictures", "pictures.json"
MAX_PER_SITE = 100_000_000
MAX_ALBUM = 16_000_000
MAX_THUMBNAIL = 200_000
_FILE = re.compile(r"pictures/([0-9]{1,6})\.(png|jpg)")
_EVIDENCE = re.compile(r"picture:([0-9]{1,9}):([0-9]{1,6})")


class Mark(StrEnum):
    """How a picture shows a finding."""

    OUTLINED = "outlined"
    UNSEEN = "unseen"
    NOT_FOUND = "not-found"
    WHOLE = "whole-page"


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture as it is kept.

    ``page`` is the address it was taken for, ``file`` and ``thumbnail`` stand below the site's folder. ``covered``
    counts the words that were covered as personal data, ``frames`` are addresses of documents framed in the page.
    ``agent`` and ``notes`` are what the strip says beside the photo, ``letters`` the height of the page's largest in
    CSS pixels: what it takes to make the picture unreadable later. ``findings`` tells by fingerprint how those of the
    page are shown; there are none where a probe had it taken (``asked_by_probe``).
    """

    photo: Photo
    page: str
    file: str
    thumbnail: str
    covered: int = 0
    findings: dict[str, Mark] = field(default_factory=dict)
    asked_by_probe: bool = False
    frames: tuple[str, ...] = ()
    agent: str = ""
    notes: tuple[Text, ...] = ()
    letters: float = 0.0


@dataclass(frozen=True, slots=True)
class Untaken:
    """A page with findings of which there is no picture, for ``why``; ``text`` is what it says, masked and cut."""

    page: str
    why: Gap
    text: str = ""
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Album:
    """``pictures.json``; ``beyond`` counts pages with findings for which none was left, ``home`` is the home page."""

    taken: tuple[Shot, ...] = ()
    untaken: tuple[Untaken, ...] = ()
    beyond: int = 0
    home: str = ""
    schema: int = SCHEMA


def evidence_id(site: int, number: int) -> str:
    """Names a picture."""
    return f"picture:{site}:{number}"


def number_of(evidence: str) -> int:
    """The number of a picture within its site. Raises ValueError."""
    return int(evidence.rpartition(":")[2])


def is_picture(evidence: str) -> bool:
    """Whether an evidence id names a picture."""
    return _EVIDENCE.fullmatch(evidence) is not None


def file_of(number: int, kind: str) -> str:
    """Where a picture is below its site's folder; ``kind`` is ``png`` or ``jpg``."""
    return f"{FOLDER}/{number}.{kind}"


def keep(site: Path, number: int, png: bytes, thumbnail: bytes) -> None:
    """Write a picture. Raises StoreError where the disk refuses."""
    private_folder(site / FOLDER)
    write_file(site / file_of(number, "png"), png)
    write_file(site / file_of(number, "jpg"), thumbnail)


def drop(site: Path, shot: Shot) -> None:
    """Remove a picture. Raises StoreError where the disk refuses."""
    for name in (shot.file, shot.thumbnail):
        path = site / _checked(name, site)
        with disk_errors(path, "remove"):
            path.unlink(missing_ok=True)


def write_album(site: Path, album: Album) -> None:
    """Store the list, where there is anything to list; pictures that it doesn't name, of a killed worker, go.

    Raises:
        StoreError: the disk refuses.
    """
    named = {name for shot in album.taken for name in (shot.file, shot.thumbnail)}
    folder = site / FOLDER
    for path in folder.iterdir() if folder.is_dir() else ():
        if f"{FOLDER}/{path.name}" not in named:
            with disk_errors(path, "remove"):
                path.unlink()
    if album != Album():
        write_file(site / ALBUM, encode(dump(album)))


def copy_album(old: Path, site: Path) -> None:
    """Take over the pictures of an earlier run. Raises StoreError."""
    album = read_album(old)
    for shot in album.taken:
        private_folder(site / FOLDER)
        for name in (shot.file, shot.thumbnail):
            write_file(site / _checked(name, old), read_file(old / name, MAX_PER_SITE))
    write_album(site, album)


def read_album(site: Path) -> Album:
    """The list; an empty one where none was made. Raises StoreError for one that is damaged."""
    path = site / ALBUM
    if not path.is_file():
        return Album()
    with naming(path):
        return load(Album, known_format(decode(read_file(path, MAX_ALBUM)), SCHEMA))


def read_thumbnail(site: Path, shot: Shot) -> bytes:
    """The small picture. Raises StoreError where it is missing, or the list names another place."""
    return read_file(site / _checked(shot.thumbnail, site), MAX_THUMBNAIL)


def _checked(name: str, site: Path) -> str:
    if not _FILE.fullmatch(name):
        raise StoreError(f"{site / ALBUM}: is damaged", f"{site / ALBUM}：文件已损坏")
    return name
