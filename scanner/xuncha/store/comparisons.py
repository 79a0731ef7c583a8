"""Pictures of pages as they were approved and as they are (``comparisons.json``), where somebody is asked to compare.

``looks/<number>-before.jpg`` and ``looks/<number>-now.jpg`` in the site's folder are small, with what differs outlined,
so that a report shows both from the run alone. The approved picture itself stays beside the baseline.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from xuncha.model.looks import ApprovedPicture
from xuncha.store.codec import decode, dump, encode, known_format, load
from xuncha.store.disk import private_folder, read_file, write_file
from xuncha.store.errors import StoreError, naming

SCHEMA = 1
FOLDER, LIST = "looks", "comparisons.json"
MAX_LIST, MAX_PICTURE = 1_000_000, 500_000
_FILE = re.compile(r"looks/[0-9]{1,4}-(?:before|now)\.jpg")
_JPEG = b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A page before and now.

    Attributes:
        page: its address.
        approved_by: who approved it, and ``approved_at``.
        approved: the picture of then; its own file may be gone, so that ``before`` is empty.
        evidence: names the picture of now, ``at`` which moment.
        before: the files of both below the site's folder.
        now: the same.
    """

    page: str
    approved_by: str
    approved_at: datetime
    approved: ApprovedPicture
    evidence: str
    at: datetime
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Comparisons:
    """``comparisons.json``."""

    pages: tuple[Comparison, ...] = ()
    schema: int = SCHEMA


def file_of(number: int, when: Literal["before", "now"]) -> str:
    """Where a picture is below its site's folder."""
    return f"{FOLDER}/{number}-{when}.jpg"


def write_comparisons(site: Path, found: Comparisons, files: dict[str, bytes]) -> None:
    """Store the list and the pictures that it names. Raises StoreError."""
    private_folder(site / FOLDER)
    for name, data in files.items():
        write_file(site / name, data)
    write_file(site / LIST, encode(dump(found)))


def read_comparisons(site: Path) -> Comparisons:
    """The list; an empty one where none was made. Raises StoreError for one that is damaged."""
    path = site / LIST
    if not path.is_file():
        return Comparisons()
    with naming(path):
        return load(Comparisons, known_format(decode(read_file(path, MAX_LIST)), SCHEMA))


def copy_comparisons(old: Path, site: Path) -> None:
    """Take over those of an earlier run. Raises StoreError."""
    found = read_comparisons(old)
    if found.pages:
        names = [name for one in found.pages for name in (one.before, one.now) if name]
        write_comparisons(site, found, {name: data for name in names if (data := read_compared(old, name))})


def read_compared(site: Path, name: str) -> bytes:
    """One of its pictures; nothing where the file is gone or is something else."""
    if not _FILE.fullmatch(name):
        return b""
    try:
        data = read_file(site / name, MAX_PICTURE)
    except StoreError:
        return b""
    return data if data.startswith(_JPEG) else b""
