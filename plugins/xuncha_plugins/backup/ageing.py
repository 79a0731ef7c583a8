"""From when a copy is, and on whose word; which copies are of the same series."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xuncha_plugins.backup.facts import CopyKind, CopySeen

_DIGITS = re.compile(r"\d+")
_DUMPS = frozenset({CopyKind.SQL_DUMP, CopyKind.PG_CUSTOM})


class Word(StrEnum):
    """On whose word a day rests, the best first."""

    ITSELF = "itself"
    CONTENT = "content"
    """The newest time stamp in it: it is of that day or later."""
    DECLARED = "declared"
    FILE_TIME = "file-time"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Age:
    """The day of a copy."""

    day: date | None
    word: Word


def dated(copy: CopySeen) -> Age:
    """The day of a copy by the best word there is; what it holds says only that it isn't older."""
    if copy.made:
        return Age(copy.made, Word.ITSELF)
    if copy.newest and (copy.declared is None or copy.newest >= copy.declared):
        return Age(copy.newest, Word.CONTENT)
    if copy.declared:
        return Age(copy.declared, Word.DECLARED)
    return Age(copy.modified, Word.FILE_TIME if copy.modified else Word.NOBODY)


def series(copy: CopySeen) -> str:
    """What makes copies of different days comparable: what they hold and how; else their names without numbers."""
    return f"{copy.kind} {copy.holds}" if copy.holds else f"{copy.kind} {_DIGITS.sub('#', copy.path)}"


def group(copy: CopySeen) -> str:
    """Of which copies only the newest has to be recent."""
    return copy.holds or ("dump" if copy.kind in _DUMPS else "files")


def size_of(copy: CopySeen) -> int:
    """Bytes to compare: of what is in it, where that is known."""
    return copy.unpacked or copy.size
