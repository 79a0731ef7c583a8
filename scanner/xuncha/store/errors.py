"""What can go wrong between the program and its disk or database."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xuncha.errors import XunchaError
from xuncha.model.text import Lang, Text
from xuncha.os_errors import refusal

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class StoreError(XunchaError):
    """A bundle or the database cannot be read or written; the message says which, why, and what to do.

    ``str(error)`` is English; ``zh`` is given for what a user may meet.
    """

    def __init__(self, en: str, zh: str = "") -> None:
        super().__init__(en)
        self.said = Text(zh or en, en)

    def lines(self, lang: Lang) -> list[str]:
        return [self.said.of(lang)]


class DiskFullError(StoreError):
    """Nothing more fits. What was recorded before is whole; the run can be resumed when there is room."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            f"{path}: the disk is full; everything recorded so far is kept. Make room, then go on.",
            f"{path}：磁盘空间不足。已经记录的内容都保留着，请清理磁盘后再继续。",
        )


@contextmanager
def disk_errors(path: Path, doing: str) -> Iterator[None]:
    """Turn operating system errors while ``doing`` something with ``path`` into a StoreError."""
    try:
        yield
    except OSError as error:
        raise disk_error(error, path, doing) from error


def disk_error(error: OSError, path: Path, doing: str) -> StoreError:
    """What ``disk_errors`` raises, for whoever writes so often that the context manager counts (2 µs)."""
    if error.errno in _FULL:
        return DiskFullError(path)
    return StoreError(f"{path}: cannot {doing}: {error.strerror or error}", f"{path}：{refusal(error).zh}")


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Put the file's name before a StoreError that does not say it."""
    try:
        yield
    except StoreError as error:
        if str(path) in str(error) or isinstance(error, DiskFullError):
            raise
        raise type(error)(f"{path}: {error}", f"{path}：{error.said.zh}") from None
