"""``python -m xuncha.browser.confined``: confine this process, then become Chromium.

A program of its own, because code between fork and exec would not be safe in a process with threads.
"""

import ctypes
import os
import sys
from contextlib import suppress
from dataclasses import astuple, dataclass

from xuncha.net.tether import CAN_TETHER, NOT_STARTED, die_with

if sys.platform != "win32":
    import fcntl
    import resource

NOBODY = 65_534
"""Who root becomes: Chromium's sandbox doesn't work for root, and a page is nobody's business to run as root."""

MAX_FILE = 256 << 20
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_CANNOT_EXECUTE = 126
_READS, _WRITES = 3, 4  # where ``--remote-debugging-pipe`` expects its ends


@dataclass(frozen=True, slots=True)
class Order:
    """What the parent tells: its id, the ends of the pipe, bytes of memory for each process, 1 for a network apart."""

    parent: int
    reads: int
    writes: int
    memory: int
    own_network: int

    def arguments(self) -> list[str]:
        """As they stand on the command line."""
        return [*map(str, astuple(self))]


def main() -> None:
    """``PARENT READS WRITES MEMORY OWN_NETWORK PROGRAM ARGUMENT…``."""
    order, command = Order(*map(int, sys.argv[1:6])), sys.argv[6:]
    try:
        _lay_pipe(order)
        _limit(order.memory)
        if order.own_network:
            _leave_network()
        _drop_root()
        if CAN_TETHER:
            die_with(order.parent)
        os.execv(command[0], command)  # noqa: S606 - argument by argument, no shell
    except (OSError, ValueError) as problem:
        sys.stderr.write(f"{NOT_STARTED}{problem}")
        sys.exit(_CANNOT_EXECUTE)


def _lay_pipe(order: Order) -> None:
    ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 16) for end in (order.reads, order.writes)]  # out of each other's way
    for end, place in zip(ends, (_READS, _WRITES), strict=True):
        os.dup2(end, place, inheritable=True)
        os.close(end)
    os.closerange(_WRITES + 1, 256)


def _limit(memory: int) -> None:
    """Written-to memory of each process (the address space is mostly reserved, never used), files, core dumps."""
    for what, most in ((resource.RLIMIT_DATA, memory), (resource.RLIMIT_FSIZE, MAX_FILE), (resource.RLIMIT_CORE, 0)):
        _, given = resource.getrlimit(what)
        most = most if given == resource.RLIM_INFINITY else min(most, given)  # noqa: PLW2901 - never above what we have
        resource.setrlimit(what, (most, most))


def _leave_network() -> None:
    """Into a network of our own, without a single device. Where the kernel refuses, Chromium's own flags remain."""
    if sys.platform != "linux":
        return
    unshare, user, group = ctypes.CDLL(None, use_errno=True).unshare, os.geteuid(), os.getegid()
    if user == 0:
        unshare(_NEW_NETWORK)
    elif unshare(_NEW_USER | _NEW_NETWORK) == 0:
        with suppress(OSError):
            _tell("/proc/self/setgroups", "deny")
            _tell("/proc/self/uid_map", f"{user} {user} 1")
            _tell("/proc/self/gid_map", f"{group} {group} 1")


def _tell(file: str, text: str) -> None:
    with open(file, "w", encoding="ascii") as stream:  # noqa: PTH123 - pathlib is not worth its time here
        stream.write(text)


def _drop_root() -> None:
    """Where root can't become anybody else (in some containers), Chromium itself refuses to run with its sandbox."""
    if os.geteuid() == 0:
        with suppress(OSError):
            os.setgroups([])
        with suppress(OSError):
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)


if __name__ == "__main__":
    main()
