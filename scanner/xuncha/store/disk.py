"""Files that only their owner may read, written whole or not at all, and read with a limit."""

import errno
import hashlib
import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from xuncha.store.errors import StoreError, disk_errors

FILE_MODE = 0o600
FOLDER_MODE = 0o700
_BINARY = getattr(os, "O_BINARY", 0)
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_TEMPORARY = re.compile(r"\..+\.[0-9a-f]{8}")
_CHUNK = 1 << 20


def private_folder(path: Path) -> Path:
    """``path`` as a folder, made with mode 0700 where it is missing; a link in its place is refused."""
    with disk_errors(path, "make the folder"):
        path.mkdir(FOLDER_MODE, parents=True, exist_ok=True)
    if path.is_symlink():
        raise StoreError(f"{path}: is a symbolic link where a folder is expected", f"{path}：是符号链接，这里应为目录")
    return path


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A new file that takes the place of ``path`` when the block ends well; else ``path`` stays as it was.

    Raises:
        StoreError: the disk is full, or refuses.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with disk_errors(path, "write"):
        try:
            with os.fdopen(_create(temporary), "wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(path)
            _settle(path.parent)
        except BaseException:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise


def write_file(path: Path, data: bytes) -> None:
    """Replace the file's content as a whole."""
    with replacing(path) as stream:
        stream.write(data)


def append_at(path: Path, data: bytes, size: int, *, sync: bool = True) -> None:
    """Write ``data`` after the first ``size`` bytes, which are known to be whole; what stood behind them is cut off.

    All of it is written, or the file ends after ``size`` bytes again. With ``sync`` it outlives a power cut.

    Raises:
        StoreError: the disk is full, or refuses.
    """
    with disk_errors(path, "write"):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | _BINARY | _NO_FOLLOW, FILE_MODE)
        try:
            os.ftruncate(file, size)
            os.lseek(file, size, os.SEEK_SET)
            if os.write(file, data) < len(data):
                os.ftruncate(file, size)
                raise OSError(errno.ENOSPC, "no space left")
            if sync:
                os.fsync(file)
        finally:
            os.close(file)
    if sync and not size:
        _settle(path.parent)


def open_regular(path: Path) -> BinaryIO:
    """A file opened for reading; links, pipes and devices are refused, since reading them may never end."""
    with disk_errors(path, "read"):
        file = os.open(path, os.O_RDONLY | _BINARY | _NO_FOLLOW | getattr(os, "O_NONBLOCK", 0))
        if not stat.S_ISREG(os.fstat(file).st_mode):
            os.close(file)
            raise StoreError(f"{path}: is not a regular file", f"{path}：不是普通文件")
        return os.fdopen(file, "rb")


def read_file(path: Path, most: int) -> bytes:
    """The file's content. Raises StoreError when it is missing, no regular file or larger than ``most`` bytes."""
    with open_regular(path) as stream, disk_errors(path, "read"):
        data = stream.read(most + 1)
    if len(data) > most:
        raise StoreError(
            f"{path}: is larger than the {most:,} bytes that such a file can have",
            f"{path}：超过此类文件的上限 {most:,} 字节",
        )
    return data


def sha256_of(path: Path) -> str:
    """The hash of a file's content, in hex."""
    digest = hashlib.sha256()
    with open_regular(path) as stream, disk_errors(path, "read"):
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def files_below(folder: Path) -> Iterator[Path]:
    """Everything below ``folder`` that is no folder, in sorted order; links to folders are not followed."""
    for root, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        folders[:] = sorted(set(folders) - set(links))
        yield from (Path(root) / name for name in sorted([*names, *links]))


def remove_leftovers(folder: Path) -> None:
    """Remove what a killed process left of files that it was writing."""
    for path in files_below(folder):
        if _TEMPORARY.fullmatch(path.name):
            with disk_errors(path, "remove"):
                path.unlink(missing_ok=True)


def _create(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY | _NO_FOLLOW, FILE_MODE)


def _settle(folder: Path) -> None:
    """Make a rename outlive a power cut, where the system can."""
    with suppress(OSError, PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
