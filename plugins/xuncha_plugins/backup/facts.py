"""What the probes found of backups, offices' rules for them, and rehearsed restores. Small, storable, masked."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xuncha.api import DocumentLocator, Reason
from xuncha_plugins.evidence.doubts import Doubt
from xuncha_plugins.evidence.reading import Shown


class CopyKind(StrEnum):
    """What a copy is, by its content."""

    TAR = "tar"
    ZIP = "zip"
    SEVEN_ZIP = "7z"
    SQL_DUMP = "sql"
    PG_CUSTOM = "pg_dump-custom"
    FILE = "file"
    RESTIC = "restic"
    BORG = "borg"
    DOCUMENT = "document"
    """A screenshot or a list: no copy, but something that speaks of one."""
    OTHER = "other"


class Listed(StrEnum):
    """What the list of checksums says of a copy."""

    NO_LIST = "no-list"
    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_THERE = "not-there"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a copy is not whole: a message key, the byte at which that shows, the entry there."""

    key: str
    at: int
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One of the copies that a repository holds; ``size`` is None where the program doesn't tell."""

    taken: date
    size: int | None = None


@dataclass(frozen=True, slots=True)
class CopySeen:
    """A copy, read to its end.

    Args:
        path: where it lies below the evidence folder.
        kind: by its content.
        holds: what it holds by the declaration.
        size: its bytes; of all files of a repository.
        sha256: empty for a repository.
        unpacked: bytes of what is in it, as far as they were read.
        entries: files in it; 1 where it is no archive.
        dumps: how many of them are database dumps.
        made: the day that it tells of itself: a dump's last line, a repository's newest snapshot.
        newest: the newest time stamp of what is in it; the copy can't be older.
        declared: the day by the declaration.
        modified: that of the file's time stamp, which anybody may have set.
        flaw: why it is not whole.
        unread: why that can't be told; the rest is then as far as it was read.
        detail: more about that.
        listed: what the list of checksums says.
        partial: holds only what changed since an earlier one.
        snapshots: of a repository, oldest first.
        outside: entries whose names lead out of the folder that it is unpacked to; ``outside_name`` is the first.
        trailing: bytes behind the end of the archive, which unpacking leaves out; at least so many.
    """

    path: str
    kind: CopyKind
    holds: str = ""
    size: int = 0
    sha256: str = ""
    unpacked: int = 0
    entries: int = 0
    dumps: int = 0
    made: date | None = None
    newest: date | None = None
    declared: date | None = None
    modified: date | None = None
    flaw: Flaw | None = None
    unread: Reason | None = None
    detail: str = ""
    listed: Listed = Listed.NO_LIST
    partial: bool = False
    snapshots: tuple[Snapshot, ...] = ()
    outside: int = 0
    outside_name: str = ""
    trailing: int = 0

    def locator(self, place: str = "backup.copies") -> DocumentLocator:
        """Where it is, for findings."""
        return DocumentLocator(self.path, place, sha256=self.sha256)


@dataclass(frozen=True, slots=True)
class CopiesSeen:
    """The copies that are there, in the order of the declaration; ``complete`` is False where one was left out.

    ``before`` are sizes of copies of earlier rounds, as (what, day, bytes); see ``measuring``. ``left_out`` are the
    paths of those that were not read.
    """

    copies: tuple[CopySeen, ...] = ()
    before: tuple[tuple[str, Snapshot], ...] = ()
    complete: bool = True
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A document without text for us, and why; ``locator`` has its hash, so that an answer stays with the document."""

    locator: DocumentLocator
    reason: Reason


@dataclass(frozen=True, slots=True)
class Named:
    """A passage in which a document names something; ``text`` is masked."""

    what: str
    text: str
    locator: DocumentLocator


@dataclass(frozen=True, slots=True)
class PolicyRead:
    """What the backup policy names. ``characters`` of text were read; ``cycles`` are those it names, in days.

    ``maybe`` are passages that may name something in words that are not known, ``denied`` such that deny backups,
    ``doubts`` such that leave something blank or repeal the policy.
    """

    named: tuple[Named, ...] = ()
    about: bool = False
    characters: int = 0
    cycles: tuple[float, ...] = ()
    unread: tuple[Unread, ...] = ()
    maybe: tuple[Named, ...] = ()
    denied: tuple[Shown, ...] = ()
    doubts: tuple[tuple[Doubt, Shown], ...] = ()
    only_here: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Dated:
    """A day that a record names, and where; ``held`` whether it says that this is the drill's, None if nothing."""

    day: date
    text: str
    locator: DocumentLocator
    held: bool | None = None


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long something took by a record, in minutes, and where; ``restoring`` whether that was restoring."""

    minutes: float
    text: str
    locator: DocumentLocator
    restoring: bool = False


@dataclass(frozen=True, slots=True)
class RecordRead:
    """What a record tells: days, durations, passages by what they name, and sentences that deny or question it."""

    days: tuple[Dated, ...] = ()
    lasting: tuple[Lasting, ...] = ()
    named: tuple[Named, ...] = ()
    characters: int = 0
    unread: tuple[Unread, ...] = ()
    denied: tuple[Shown, ...] = ()
    doubts: tuple[tuple[Doubt, Shown], ...] = ()
    short: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class OffsiteRead:
    """The proof of the off-site copy."""

    record: RecordRead = RecordRead()


@dataclass(frozen=True, slots=True)
class DrillRead:
    """The record of the restore drill."""

    record: RecordRead = RecordRead()


@dataclass(frozen=True, slots=True)
class Found:
    """How many pages were looked for in one way, how many of them were found, and how many of these are the same."""

    sought: int = 0
    found: int = 0
    equal: int = 0


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A restore, tried: what was unpacked, and how much of the last crawl is in it.

    Args:
        crawled: the day of that crawl; None where there was none.
        pages: how many pages it had that a backup can be asked for.
        tried: the copies that were unpacked.
        files: pages found as files, and equal to the byte.
        dump: pages whose title stands in a database dump.
        either: pages found in the one way or the other.
        unasked: pages that programs make, of which no dump could tell.
        newer: pages left out because their address has a day after the copy's.
        missing: addresses of pages that are not there, the first few.
        refused: entries that were not unpacked: names that lead out, links, more than fits.
        unread: copies that could not be unpacked, and why.
        complete: False where time or space ended it.
    """

    crawled: date | None = None
    pages: int = 0
    tried: tuple[str, ...] = ()
    files: Found = Found()
    dump: Found = Found()
    either: int = 0
    unasked: int = 0
    newer: int = 0
    missing: tuple[str, ...] = ()
    refused: int = 0
    unread: tuple[tuple[str, Reason], ...] = ()
    complete: bool = True
