"""One writer at a time in a folder. The lock goes when the process does, however it ends."""

import json
import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from xuncha.config.errors import Place, Problem, WorkspaceError, quoted
from xuncha.model.clock import SHANGHAI
from xuncha.model.text import Text


@contextmanager
def writing(folder: Path, what: str) -> Iterator[None]:
    """Hold ``folder`` for writing.

    Args:
        folder: made where it does not exist.
        what: what the holder does, told to whoever comes second (``xuncha scan``).

    Raises:
        WorkspaceError: somebody else holds it; the message names process, host, since when and what for.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / ".lock"
    with path.open("a+b") as file:
        if not _locked(file):
            raise WorkspaceError([Problem(Place(str(folder)), _holder(path))])
        since = datetime.now(SHANGHAI).isoformat(timespec="seconds")
        holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": since, "what": what}
        _tell(file, json.dumps(holder, ensure_ascii=False))
        try:
            yield
        finally:
            _tell(file, "")


def _tell(file: IO[bytes], holder: str) -> None:
    """Write down who holds the lock; on a full disk it holds all the same."""
    with suppress(OSError):
        file.truncate(0)
        os.write(file.fileno(), holder.encode())


def _holder(path: Path) -> Text:
    try:
        held = json.loads(path.read_bytes())
        who = {name: quoted(held[name]) for name in ("pid", "host", "since", "what")}
    except (OSError, ValueError, KeyError, TypeError):
        return Text("另一个进程正在使用这个工作目录", "another process is writing here")
    return Text(
        "进程 {pid}（主机 {host}，{what}）自 {since} 起正在使用这个工作目录，请等它结束".format_map(who),
        "process {pid} ({what} on {host}) has been writing here since {since}; wait until it ends".format_map(who),
    )


def _lock_function() -> Callable[[IO[bytes]], None]:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - Windows only

        def lock(file: IO[bytes]) -> None:
            file.seek(1 << 20)  # beyond the text, which others must be able to read
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

        return lock
    import fcntl  # noqa: PLC0415 - POSIX only

    return lambda file: fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


_lock = _lock_function()


def _locked(file: IO[bytes]) -> bool:
    try:
        _lock(file)
    except OSError:
        return False
    return True
