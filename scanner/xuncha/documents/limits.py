"""What one reading may cost, and how the process that does it is confined."""

import ctypes
import os
import signal
import sys
from dataclasses import dataclass
from types import FrameType

from xuncha.documents.refusal import OutOfTimeError

if sys.platform != "win32":
    import resource

GRACE = 3
"""Seconds of processor time between the word that it is used up and the end by force."""

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` of processor time, ``memory`` in bytes of address space, ``characters`` of text in all.

    ``pages`` counts pages, sheets or slides; ``cells`` the rows and cells of all sheets, empty ones too; ``drawing``
    the bytes that one page of a PDF may unpack to.
    """

    seconds: int = 10
    memory: int = 1 << 30
    characters: int = 4_000_000
    pages: int = 3_000
    cells: int = 2_000_000
    drawing: int = 4_000_000


NORMAL = Limits()
CONVERTING = Limits(seconds=30, memory=4 << 30)
"""Where another program turns an old format into a newer one first."""

SCANS = Limits(seconds=100, memory=3 << 30)
"""Where pictures are read by OCR, whose engine takes 1.3 GB of address space."""


def confine() -> None:
    """Cut this process off from the network where the kernel lets us, and from core dumps.

    A document may name pictures and templates elsewhere, and the programs that read it may want to fetch them.
    """
    if sys.platform != "linux":
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    flags = _NEW_NETWORK if os.geteuid() == 0 else _NEW_USER | _NEW_NETWORK
    ctypes.CDLL(None, use_errno=True).unshare(flags)  # where it is refused, the settings of each program remain


def limit(limits: Limits) -> None:
    """Bound this process; when its time is used up, ``OutOfTimeError`` is raised wherever it is."""
    if sys.platform == "win32":
        return
    signal.signal(signal.SIGXCPU, _out_of_time)
    _lower(resource.RLIMIT_CPU, limits.seconds, limits.seconds + GRACE)
    if sys.platform == "linux":
        _lower(resource.RLIMIT_AS, limits.memory, limits.memory)


def _lower(what: int, soft: int, hard: int) -> None:
    """Never above what the process was given."""
    _, given = resource.getrlimit(what)
    most = hard if given == resource.RLIM_INFINITY else min(hard, given)
    resource.setrlimit(what, (min(soft, most), most))


def _out_of_time(_signal: int, _frame: FrameType | None) -> None:
    raise OutOfTimeError
