"""How much may be read, unpacked and listed, and until when; and how reading ends where it can't go on."""

import time
from threading import Event

from xuncha.api import NetError, Reason


class FlawError(Exception):
    """An artefact is not whole: a message key, the byte at which that shows, the name of the entry there."""

    def __init__(self, key: str, at: int, entry: str = "") -> None:
        super().__init__(f"{key} at byte {at} {entry}".strip())
        self.key = key
        self.at = at
        self.entry = entry


class UntoldError(Exception):
    """Whether an artefact is whole can't be told, and why."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail


def untold(error: NetError) -> UntoldError:
    """Why a program could not tell, in the words for documents."""
    too_much = error.reason in (Reason.TIMEOUT, Reason.TOO_LARGE)
    return UntoldError(Reason.DOCUMENT_TOO_LARGE if too_much else error.reason, error.detail)


class Meter:
    """The limits of one look, shared by all streams in it.

    A thread can't be cancelled: whoever reads in one takes from the meter as it goes on, and ends where it says so.

    Args:
        most: bytes that may be unpacked.
        entries: files that may be listed.
        seconds: from now on.
    """

    def __init__(self, most: int, entries: int, seconds: float) -> None:
        self._bytes = most
        self._entries = entries
        self._until = time.monotonic() + seconds
        self._stopped = Event()

    @property
    def seconds_left(self) -> float:
        """Never negative."""
        return max(self._until - time.monotonic(), 0.0)

    def take(self, count: int) -> None:
        """Count unpacked bytes. Raises UntoldError(document-too-large), also where it takes too long."""
        self._bytes -= count
        if self._bytes < 0:
            raise UntoldError(Reason.DOCUMENT_TOO_LARGE, "more bytes than may be unpacked")
        if self._stopped.is_set() or not self.seconds_left:
            raise UntoldError(Reason.DOCUMENT_TOO_LARGE, "more time than it may take")

    def take_entry(self) -> None:
        """Count an entry of an archive. Raises UntoldError(document-too-large)."""
        self._entries -= 1
        if self._entries < 0:
            raise UntoldError(Reason.DOCUMENT_TOO_LARGE, "more entries than may be listed")

    def stop(self) -> None:
        """Nobody waits any more."""
        self._stopped.set()
