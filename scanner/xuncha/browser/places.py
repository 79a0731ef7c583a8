"""At most so many browsers at once, over all workers of all runs of a user.

A place is a locked file: the kernel frees it with its owner.
"""

import asyncio
import os
import stat
import tempfile
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where no browser is started either
    fcntl = None  # type: ignore[assignment]

PLACES = "browser-*.lock"
"""What the files are called."""

_FOLDER = "xuncha-browsers-"

_POLL = 0.2
_EACH = 3 << 30
_CONTAINER = Path("/sys/fs/cgroup/memory.max")
_ALONE = getattr(fcntl, "LOCK_EX", 0)


def shared_folder(beside: Path) -> Path:
    """Where all runs of this user on this machine keep their places; ``beside`` where nobody can vouch for it."""
    folder = Path(tempfile.gettempdir()) / f"{_FOLDER}{os.getuid() if hasattr(os, 'getuid') else 0}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return beside
    own = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
    return folder if own else beside


def as_many_as_fit() -> int:
    """How many browsers this machine carries beside its other work: two for each core, one for each 3 GB of memory.

    Two at least, sixteen at most. They mostly wait for the network; each may take half of that memory at worst, with
    ordinary pages a tenth.
    """
    return max(2, min(16, 2 * (os.cpu_count() or 1), _memory() // _EACH))


def _memory() -> int:
    """Bytes, as far as the system or the container tells."""
    try:
        machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return 0
    limit = _CONTAINER.read_text().strip() if _CONTAINER.is_file() else ""
    return min(machine, int(limit)) if limit.isdecimal() else machine


class Places:
    """``most`` places, as files in ``folder``."""

    def __init__(self, folder: Path, most: int) -> None:
        self._files = [folder / f"browser-{number}.lock" for number in range(most)]
        self._line = folder / "browser-line.lock"
        self._held: int | None = None

    async def take(self) -> None:
        """Wait for a place, unless we hold one."""
        if self._held is None:
            self._held = self._free()
        if self._held is not None:
            return
        waiting = _locked(self._line, fcntl.LOCK_SH)
        try:
            while self._held is None:
                await asyncio.sleep(_POLL)
                self._held = self._free()
        finally:
            if waiting is not None:
                os.close(waiting)

    @property
    def wanted(self) -> bool:
        """Whether another worker waits for a place."""
        line = _locked(self._line)
        if line is not None:
            os.close(line)
        return line is None

    def give_back(self) -> None:
        """Let another worker have it."""
        if self._held is not None:
            os.close(self._held)
            self._held = None

    async def pass_on(self) -> None:
        """Let one of those who wait have it, and time to take it."""
        self.give_back()
        await asyncio.sleep(2 * _POLL)

    def _free(self) -> int | None:
        return next(filter(None, map(_locked, self._files)), None)


def _locked(file: Path, how: int = _ALONE) -> int | None:
    """The open file, locked; None where somebody else holds it."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle
