"""What can differ between two visits to a page, as values."""

from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    """The closed list of differences."""

    TITLE = "title"
    DESCRIBED = "described"
    LANDED = "landed"
    REFRESH = "refresh"
    CANONICAL = "canonical"
    SCRIPT = "script"
    LOADER = "loader"
    PACKED = "packed"
    BASE = "base"
    FRAME = "frame"
    FORM = "form"
    HOSTS = "hosts"
    OWNER = "owner"
    FILING = "filing"
    REPLACED = "replaced"
    SHRUNK = "shrunk"
    HOLLOW = "hollow"
    REWRITTEN = "rewritten"
    REFRAIN = "refrain"
    SERIES = "series"
    LINKS = "links-gone"
    LANGUAGE = "language"
    STRUCTURE = "structure"
    PICTURES = "pictures"
    BANNER = "banner"
    ASSET = "asset"
    REGIONS = "regions"
    COVER = "cover"
    RULED = "ruled"
    HIDDEN = "hidden"
    SHADOW = "shadow"
    WIPED = "wiped"
    RETITLED = "retitled"
    WORKER = "worker"
    CLIPBOARD = "clipboard"
    TUCKED = "tucked"
    MENU = "menu"
    HEADING = "heading"
    UPLOADED = "uploaded"
    SWAPPED = "swapped"
    DOWNLOAD = "download"
    DISGUISED = "disguised"
    VEILED = "veiled"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    ``before`` and ``now`` are what stood there (empty where nothing did), ``host`` the one that is new. ``share`` is
    what is left of what was approved, from 0 to 1, where the kind has such a share.
    """

    kind: ChangeKind
    before: str = ""
    now: str = ""
    host: str = ""
    share: float | None = None
