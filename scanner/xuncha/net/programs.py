"""Runs another program so that nothing of it outlives its deadline, its memory or our patience for its output."""

import asyncio
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress

from xuncha.model.netapi import Finished, NetError
from xuncha.model.reasons import Reason
from xuncha.net.tether import NOT_STARTED, tethered

if sys.platform != "win32":
    import resource

_POSIX = os.name == "posix"
_GRACE = 5.0  # seconds for the system to end what was killed
_KEPT = ("PATH", "SYSTEMROOT", "SSL_CERT_FILE", "SSL_CERT_DIR")
_SHANGHAI = "CST-8"
"""As POSIX spells it, which needs no table of zones: what a program says without one is of there."""
MEMORY = 2 << 30
"""Bytes of address space. Threads reserve far more of it than they touch, hence so much."""

MAX_FILE = 64 << 20
"""Bytes that one file of the program may have."""


async def run_program(
    program: Sequence[str],
    *,
    deadline: float,
    stdin: bytes = b"",
    max_output: int = 16_000_000,
    memory: int = MEMORY,
) -> Finished:
    """Run ``program`` (argument by argument, no shell) in an empty folder of its own, with a bare environment.

    It gets a process group of its own, killed as a whole at the end; on Linux the kernel kills it when this process is
    killed. Where the system can't limit another process (anything but Linux), ``memory`` is not enforced.

    Args:
        program: the executable and its arguments.
        deadline: seconds until it is killed.
        stdin: what it reads.
        max_output: bytes of stdout and stderr together.
        memory: bytes of address space.

    Raises:
        NetError: program-missing, program-failed (it could not be started), timeout or too-large.
    """
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="xuncha-", ignore_cleanup_errors=True) as folder:
        talk = _Talk(max_output)
        starting = asyncio.ensure_future(_start(program, folder, stdin, talk))
        try:
            async with asyncio.timeout(deadline):
                transport = await asyncio.shield(starting)
                _limit(transport.get_pid(), memory)
                await talk.ended
        except TimeoutError as problem:
            raise NetError(Reason.TIMEOUT, f"{program[0]} ran longer than {deadline} s") from problem
        finally:
            await _end(starting, talk)
    code = transport.get_returncode()
    stdout, stderr = talk.said()
    if stderr.startswith(NOT_STARTED.encode()):
        raise NetError(Reason.PROGRAM_FAILED, f"{program[0]}: {stderr.decode(errors='replace')}")
    return Finished(-1 if code is None else code, stdout, stderr, time.monotonic() - began)


class _Talk(asyncio.SubprocessProtocol):
    """What a program says on both channels, under one cap. ``ended`` when it is over and both are closed."""

    def __init__(self, most: int) -> None:
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.exited = asyncio.Event()
        self._left = most
        self._open = {1, 2}
        self._said = {1: bytearray(), 2: bytearray()}

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        self._left -= len(data)
        if self._left >= 0:
            self._said[fd] += data
        elif not self.ended.done():
            self.ended.set_exception(NetError(Reason.TOO_LARGE, "the program says more than it may"))

    def pipe_connection_lost(self, fd: int, _problem: Exception | None) -> None:
        self._open.discard(fd)
        self._check_end()

    def process_exited(self) -> None:
        self.exited.set()
        self._check_end()

    def _check_end(self) -> None:
        if self.exited.is_set() and not self._open and not self.ended.done():
            self.ended.set_result(None)

    def said(self) -> tuple[bytes, bytes]:
        """Standard output and standard error."""
        return bytes(self._said[1]), bytes(self._said[2])


async def _start(program: Sequence[str], folder: str, stdin: bytes, talk: _Talk) -> asyncio.SubprocessTransport:
    loop, env = asyncio.get_running_loop(), _environment(folder)
    if shutil.which(program[0], os.F_OK, env.get("PATH")) is None:
        raise NetError(Reason.PROGRAM_MISSING, program[0])
    command = tethered([*program])
    try:
        with tempfile.TemporaryFile(dir=folder) as given:  # not a pipe: nobody has to wait until it is read
            given.write(stdin)
            given.seek(0)
            transport, _ = await loop.subprocess_exec(
                lambda: talk, *command, stdin=given, cwd=folder, env=env, start_new_session=_POSIX
            )
    except FileNotFoundError as problem:
        raise NetError(Reason.PROGRAM_MISSING, program[0]) from problem
    except (OSError, ValueError) as problem:
        raise NetError(Reason.PROGRAM_FAILED, f"{program[0]}: {problem}") from problem
    return transport


def _environment(folder: str) -> Mapping[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "TZ": _SHANGHAI, "HOME": folder, "TMPDIR": folder}


def _limit(pid: int, memory: int) -> None:
    if sys.platform == "linux":
        with suppress(ProcessLookupError, PermissionError):  # it is over already
            resource.prlimit(pid, resource.RLIMIT_AS, (memory, memory))
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (MAX_FILE, MAX_FILE))
            resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))


async def _end(starting: asyncio.Future[asyncio.SubprocessTransport], talk: _Talk) -> None:
    """Kill the program and all it has started and left behind, and see it gone."""
    try:
        transport = await starting
    except NetError:  # it never ran, and the caller knows
        return
    _kill_group(transport)
    with suppress(TimeoutError):
        async with asyncio.timeout(_GRACE):
            await talk.exited.wait()
    transport.close()


def _kill_group(transport: asyncio.SubprocessTransport) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if _POSIX:
            os.killpg(transport.get_pid(), signal.SIGKILL)
        else:
            transport.kill()
