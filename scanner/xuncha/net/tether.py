"""Ties the life of a process to its parent's, where the system can (Linux): what nobody waits for any more ends.

A parent that is killed with SIGKILL can end nothing itself. The kernel then does, if the child has asked for it. A
program asks by way of this file, run as a script before it: code between fork and exec would not be safe in a process
with threads.
"""

import os
import signal
import sys

_PR_SET_PDEATHSIG = 1
CAN_TETHER = sys.platform == "linux"
NOT_STARTED = "xuncha could not start it: "
"""Begins what a program's stand-in says when the program can't be executed; its exit code is then 126."""

_CANNOT_EXECUTE = 126


def die_with(parent: int) -> None:
    """Let the kernel kill this process when the thread of ``parent`` that started it ends; at once if it has ended."""
    import ctypes  # noqa: PLC0415 - needed once per process, and not everywhere there

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def tethered(command: list[str]) -> list[str]:
    """``command``, to be started by this process and to end with it."""
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), *command] if CAN_TETHER else command


def main() -> None:
    """``tether.py PARENT PROGRAM ARGUMENT…``: become the program."""
    die_with(int(sys.argv[1]))
    try:
        os.execvp(sys.argv[2], sys.argv[2:])  # noqa: S606 - argument by argument, no shell
    except (OSError, ValueError) as problem:
        sys.stderr.write(f"{NOT_STARTED}{problem}")
        sys.exit(_CANNOT_EXECUTE)


if __name__ == "__main__":
    main()
