"""One copy that is a file: read to its last byte, so that it is known to be whole, or why not."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from posixpath import normpath

from xuncha.api import BackupCopy, EvidenceFile, FileKind, Files, Reason, TooMuchError
from xuncha_plugins.backup.bounds import FlawError, Meter, UntoldError
from xuncha_plugins.backup.checksums import hasher, is_whole_folder, listed
from xuncha_plugins.backup.dumps import DumpWatch
from xuncha_plugins.backup.facts import CopyKind, CopySeen, Flaw, Listed
from xuncha_plugins.backup.leaves import Artefact, Form, Leaf
from xuncha_plugins.backup.pieces import pieces_of

_DOCUMENTS = frozenset({FileKind.PDF, FileKind.IMAGE, FileKind.OLE, FileKind.RTF})
_OFFICE = re.compile(r"\.(?:doc|xls|ppt|odt|ods|ofd|wps|et|dps)[xm]?$", re.IGNORECASE)
_ENCRYPTED_NAME = re.compile(r"\.(?:gpg|pgp|asc|age|enc|sm4)$", re.IGNORECASE)
_ENCRYPTED_HEAD = (b"Salted__", b"age-encryption.org/", b"-----BEGIN PGP MESSAGE")
_PART = re.compile(
    r"\.(?:tar|t?gz|t?bz2|t?xz|zst|zip|7z|sql|dump)\.(?!(?:gz|xz|7z)$)(?:part)?(?:[a-z]{2}|\d{1,4})$|\.z\d\d$",
    re.IGNORECASE,
)
"""A piece of an archive that was split. By itself it must look broken."""

_PARTIAL = re.compile(r"增量|差异|incr|diff", re.IGNORECASE)
_KINDS = {Form.TAR: CopyKind.TAR, Form.ZIP: CopyKind.ZIP, Form.CUSTOM_DUMP: CopyKind.PG_CUSTOM}
_LONGEST_LIST = 4_000_000
_ROOM = 64_000_000
"""Bytes that reading a zip may take beyond twice its size."""


@dataclass(slots=True)
class Look:
    """What one look at a copy has found so far."""

    today: date
    kind: CopyKind = CopyKind.FILE
    unpacked: int = 0
    entries: int = 0
    dumps: int = 0
    blank: bool = True
    made: date | None = None
    newest: date | None = None
    flaw: Flaw | None = None
    unread: Reason | None = None
    detail: str = ""
    within: str = ""
    outside: int = 0
    outside_name: str = ""
    trailing: int = 0

    @contextmanager
    def told(self) -> Iterator[None]:
        """What ends the look is noted."""
        try:
            yield
        except FlawError as found:
            self.flaw = Flaw(found.key, found.at, (found.entry or self.within)[:200])
        except UntoldError as found:
            self.unread, self.detail = found.reason, found.detail[:200]
        except TooMuchError:
            self.unread = Reason.DOCUMENT_TOO_LARGE
        except OSError as error:
            self.unread, self.detail = Reason.DOCUMENT_DAMAGED, error.strerror or ""

    def name(self, name: str) -> None:
        """Whether an entry would be unpacked beside the folder that it is unpacked to."""
        if normpath(name.replace("\\", "/")).split("/")[0] == "..":
            self.outside += 1
            self.outside_name = self.outside_name or name[:200]

    def date(self, day: date | None) -> None:
        """A time stamp of what is in it. One of tomorrow is a clock that goes wrong and says nothing."""
        if day and day <= self.today and (self.newest is None or day > self.newest):
            self.newest = day


def seen(copy: BackupCopy, file: EvidenceFile, look: Look, checked: Listed) -> CopySeen:
    """The copy as a fact."""
    return CopySeen(
        file.path,
        look.kind,
        copy.holds,
        file.size,
        file.sha256,
        look.unpacked,
        look.entries,
        look.dumps,
        look.made,
        look.newest,
        copy.taken,
        file.modified,
        look.flaw,
        look.unread,
        look.detail,
        checked,
        bool(_PARTIAL.search(f"{copy.holds} {copy.kind} {file.path}")),
        outside=look.outside,
        outside_name=look.outside_name,
        trailing=look.trailing,
    )


def examine(file: EvidenceFile, files: Files, meter: Meter, today: date) -> Look:
    """Read a copy, other than 7z, to its end. Takes long: to be called in a thread."""
    look = Look(today)
    if file.kind is FileKind.EMPTY:
        look.flaw = Flaw("empty", 0)
    elif file.kind in _DOCUMENTS or _OFFICE.search(file.path):
        look.kind = CopyKind.DOCUMENT
    elif file.kind is FileKind.RAR or _PART.search(file.path):
        look.kind, look.unread = CopyKind.OTHER, Reason.DOCUMENT_UNSUPPORTED
    else:
        with look.told(), files.open(file.path, 2 * file.size + _ROOM) as stream:
            if _ENCRYPTED_NAME.search(file.path) or stream.read(32).startswith(_ENCRYPTED_HEAD):
                raise UntoldError(Reason.DOCUMENT_ENCRYPTED)
            stream.seek(0)
            _read(look, Artefact(stream, file.path, file.kind, file.size, meter), file.kind)
    return look


def _read(look: Look, artefact: Artefact, kind: FileKind) -> None:
    try:
        for leaf in artefact.leaves():
            look.name(leaf.name)
            look.within = "" if artefact.form is Form.FILE else leaf.name
            _read_leaf(look, leaf)
    finally:
        look.kind, look.trailing = _KINDS.get(artefact.form, look.kind), artefact.trailing
    if look.blank:
        raise FlawError("empty", 0)
    if look.kind is CopyKind.FILE and kind is FileKind.TEXT:
        look.kind = CopyKind.DOCUMENT
    elif look.kind is CopyKind.FILE and kind is FileKind.OTHER:
        raise UntoldError(Reason.DOCUMENT_UNSUPPORTED)


def _read_leaf(look: Look, leaf: Leaf) -> None:
    look.entries += 1
    look.date(leaf.modified)
    if leaf.made and leaf.made <= look.today:
        look.made = max(look.made or leaf.made, leaf.made)
    watch = DumpWatch(leaf.name)
    for piece in leaf.body:
        watch.see(piece)
    look.unpacked += watch.seen
    look.blank = look.blank and watch.blank and not leaf.is_link
    dumped = watch.dumped() if not leaf.made else None
    look.dumps += bool(dumped or leaf.made)
    if dumped is None:
        return
    if look.kind is CopyKind.FILE:
        look.kind = CopyKind.SQL_DUMP
    if dumped.complete is False:
        look.flaw = look.flaw or Flaw("dump-cut-off", watch.seen, leaf.name[:200])
    elif dumped.day and dumped.day <= look.today:
        look.made = max(look.made or dumped.day, dumped.day)
    elif dumped.complete is None:
        look.detail = "no-last-line"


def checked(copy: BackupCopy, file: EvidenceFile, files: Files, meter: Meter) -> Listed:
    """Whether the copy is what its list of checksums says. Takes long: to be called in a thread."""
    if not copy.checksums:
        return Listed.NO_LIST
    try:
        text = files.read(copy.checksums, _LONGEST_LIST).decode("utf-8", "replace")
        wanted = listed(text, copy.checksums, file.path)
        if not wanted:
            return Listed.NOT_THERE if is_whole_folder(text) else Listed.UNREADABLE
        found = [_digest(kind, file, files, meter) == checksum for kind, checksum in wanted]
    except (OSError, UntoldError):
        return Listed.UNREADABLE
    return Listed.AGREES if all(found) else Listed.DIFFERS


def _digest(kind: str, file: EvidenceFile, files: Files, meter: Meter) -> str:
    """Raises UntoldError, OSError."""
    if kind == "sha256" and file.sha256:
        return file.sha256
    digest = hasher(kind)
    if digest is None:
        raise UntoldError(Reason.NOT_SUPPORTED, kind)
    with files.open(file.path, file.size) as stream:
        for piece in pieces_of(stream):
            meter.take(0)
            digest.update(piece)
    return digest.hexdigest()
