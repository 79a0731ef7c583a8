"""The files of one evidence folder: size, kind and SHA-256 of each, and what is wrong with them. Reads no document."""

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from xuncha.evidence.kinds import HEAD, belies_its_name, extension, kind_of
from xuncha.evidence.refusals import named_fault
from xuncha.model.clock import SHANGHAI
from xuncha.model.evidence import DECLARATION, EvidenceFile, EvidenceProblem, Fault
from xuncha.model.files import is_text
from xuncha.store.mask import mask_name

MOST_FILES = 10_000
MOST_HASHED = 50_000_000_000
"""Bytes that are hashed in all, a few minutes; what lies deeper stays without a hash."""

MOST_PROBLEMS = 1_000
OURS = frozenset((DECLARATION, "README.md", "填写说明.md"))
"""What ``xuncha evidence template`` wrote is no evidence."""

_CHUNK = 1 << 20
_CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\u2010-\u2030\xb7]")
_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(slots=True)
class Listed:
    """What the folder holds. ``complete`` turns False where a limit left something out."""

    files: list[EvidenceFile] = field(default_factory=list)
    problems: list[EvidenceProblem] = field(default_factory=list)
    complete: bool = True

    def fault(self, path: str, fault: Fault, detail: str = "", ocr: int | None = None) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(EvidenceProblem(path, fault, detail=detail, ocr=ocr))
        else:
            self.complete = False


def list_folder(folder: Path) -> Listed:
    """Everything below ``folder``, upper levels first, so that a repository of many files crowds nothing out."""
    folder = folder.resolve()
    listed, left, seen = Listed(), MOST_HASHED, 0
    for path in _upper_first(folder):
        name = path.relative_to(folder).as_posix()
        if name in OURS and not path.is_symlink():
            continue
        seen += 1
        if seen > MOST_FILES:
            listed.fault(name if is_text(name) else as_text(name), Fault.TOO_MANY)
            listed.complete = False
            break
        if is_text(name):
            left -= _look(folder, path, name, listed, left)
        else:
            _misnamed(folder, name, listed)
    listed.files.sort(key=lambda one: one.path)
    return listed


def _upper_first(folder: Path) -> Iterator[Path]:
    """Files and links by level, then by name; links to folders are not walked into."""
    level = [folder]
    while level:
        below: list[Path] = []
        for one in level:
            try:
                entries = sorted(os.scandir(one), key=lambda entry: entry.name)
            except OSError:
                continue
            below += [Path(entry) for entry in entries if entry.is_dir(follow_symlinks=False)]
            yield from (Path(entry) for entry in entries if not entry.is_dir(follow_symlinks=False))
        level = below


def as_text(name: str) -> str:
    """A path as text: of a name that is no UTF-8 all but ASCII is written as numbers."""
    parts = (
        part if is_text(part) else os.fsencode(part).decode("ascii", "backslashreplace") for part in name.split("/")
    )
    return "/".join(parts)


def _misnamed(folder: Path, name: str, listed: Listed) -> None:
    """A file or folder whose name is no UTF-8, told once, by what the unit means: the name as it reads in GBK."""
    parts = name.split("/")
    bad = next(number for number, part in enumerate(parts) if not is_text(part))
    escaped = as_text("/".join(parts[: bad + 1]))
    meant = "/".join([*parts[:bad], _in_gbk(parts[bad])])
    told = escaped if not _in_gbk(parts[bad]) or os.path.lexists(folder / meant) else meant
    problem = EvidenceProblem(mask_name(told), named_fault(told) or Fault.NAME_NOT_UTF8, detail=mask_name(escaped))
    if problem not in listed.problems[-1:]:
        listed.fault(problem.path, problem.fault, problem.detail)


def _in_gbk(name: str) -> str:
    """A name as it reads in GBK; empty where it does not, or not as Chinese."""
    try:
        read = os.fsencode(name).decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return read if all(char.isascii() or _CHINESE.match(char) for char in read) and read.isprintable() else ""


def _look(folder: Path, path: Path, name: str, listed: Listed, left: int) -> int:
    """Note one file; the bytes that were hashed of it."""
    if path.is_symlink() and not _leads_inside(path, folder):
        listed.fault(name, Fault.LINK_OUT)
    elif fault := named_fault(name):
        listed.fault(mask_name(name), fault)
    else:
        try:
            return _take(path, name, listed, left)
        except FileNotFoundError:
            listed.fault(name, Fault.NOT_REGULAR)
        except OSError as error:
            listed.fault(name, Fault.UNREADABLE, error.strerror or type(error).__name__)
    return 0


def _leads_inside(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder)
    except (OSError, RuntimeError):  # links in a ring
        return False


def _take(path: Path, name: str, listed: Listed, left: int) -> int:
    """Open, look, hash. Raises FileNotFoundError for what is no regular file, OSError."""
    target = path.resolve()
    file = os.open(target, _OPEN)
    with os.fdopen(file, "rb") as stream:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode):
            raise FileNotFoundError(name)
        head = stream.read(HEAD)
        hashed = status.st_size <= left
        digest = _hash(head, stream.read, status.st_size) if hashed else ""
    kind = kind_of(head)
    if belies_its_name(name, kind):
        listed.fault(name, Fault.WRONG_EXTENSION, f"{extension(name)}: {kind}")
    day = datetime.fromtimestamp(status.st_mtime, SHANGHAI).date()
    listed.files.append(EvidenceFile(name, status.st_size, kind, digest, day))
    listed.complete = listed.complete and hashed
    return status.st_size if hashed else 0


def _hash(head: bytes, read: Callable[[int], bytes], size: int) -> str:
    """The hash of what a file held when it was opened; one that grows meanwhile has none."""
    digest, done = hashlib.sha256(head), len(head)
    while chunk := read(_CHUNK):
        digest.update(chunk)
        done += len(chunk)
        if done > size:
            return ""
    return digest.hexdigest()
