"""What can go wrong between the program and its disk or database."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xuncha.errors import XunchaError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class StoreError(XunchaError):
    """A bundle or the database cannot be read or written; the message says which, why, and what to do."""


class DiskFullError(StoreError):
    """Nothing more fits. What was recorded before is whole; the run can be resumed when there is room."""


@contextmanager
def disk_errors(path: Path, doing: str) -> Iterator[None]:
    """Turn operating system errors while ``doing`` something with ``path`` into a StoreError."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFullError(
                f"{path}: the disk is full; everything recorded so far is kept. Make room, then resume the run."
            ) from error
        raise StoreError(f"{path}: cannot {doing}: {error.strerror or error}") from error


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Put the file's name before a StoreError that does not say it."""
    try:
        yield
    except StoreError as error:
        if str(path) in str(error):
            raise
        raise type(error)(f"{path}: {error}") from None
