"""At most so many browsers at once, over all workers. A place is a locked file: the kernel frees it with its owner."""

import asyncio
import os
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where no browser is started either
    fcntl = None  # type: ignore[assignment]

_POLL = 0.2


class Places:
    """``most`` places, as files in ``folder``."""

    def __init__(self, folder: Path, most: int) -> None:
        self._files = [folder / f"browser-{number}.lock" for number in range(most)]
        self._held: int | None = None

    async def take(self) -> None:
        """Wait for a place, unless we hold one."""
        while self._held is None:
            self._held = next(filter(None, map(_locked, self._files)), None)
            if self._held is None:
                await asyncio.sleep(_POLL)

    def give_back(self) -> None:
        """Let another worker have it."""
        if self._held is not None:
            os.close(self._held)
            self._held = None


def _locked(file: Path) -> int | None:
    """The open file, locked; None where somebody else holds it."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle
