"""One Chromium: started confined, spoken to over a pipe, ended with all its processes."""

import asyncio
import os
import shutil
import signal
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Self

from xuncha.browser.confined import NOBODY, Order
from xuncha.browser.errors import BrowserError, CommandError
from xuncha.browser.limits import NORMAL, Limits
from xuncha.browser.program import BrowserSettings, command_line, find_program
from xuncha.browser.protocol import Heard, Line
from xuncha.browser.usage import Usage, members, usage
from xuncha.model.reasons import Reason
from xuncha.net.tether import NOT_STARTED

try:
    import fcntl
except ImportError:  # Windows, where no browser is started
    fcntl = None  # type: ignore[assignment]

_PREFIX = "xuncha-browser-"
_STARTING = 20.0
_ENDING = 5.0
_MOST_SAID = 8_000
_NO_SANDBOX = ("No usable sandbox", "without --no-sandbox", "sandbox/linux", "setuid sandbox")
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "TZ": "Asia/Shanghai", "DBUS_SESSION_BUS_ADDRESS": "disabled:"}


class Chromium:
    """A running browser. Made by ``start``; ``line`` speaks with it."""

    def __init__(
        self,
        process: asyncio.subprocess.Process,
        line: Line,
        folder: Path,
        hold: int | None,
        settings: BrowserSettings,
    ) -> None:
        self._process = process
        self._folder = folder
        self._hold = hold
        self._complaints = asyncio.ensure_future(_tail(process))
        self.line = line
        self.sandboxed = not settings.unsandboxed
        self.product = ""
        self.agent = ""

    @classmethod
    async def start(cls, heard: Heard, settings: BrowserSettings, limits: Limits = NORMAL) -> Self:
        """A new Chromium with an empty profile of its own.

        Raises:
            BrowserError: browser-off, no-browser, no-sandbox or browser-failed.
        """
        if settings.off:
            raise BrowserError(Reason.BROWSER_OFF, "browser: none")
        program = find_program(settings)
        if not program or sys.platform == "win32":
            raise BrowserError(Reason.NO_BROWSER, settings.program or "chromium")
        folder, hold = _profile()
        command = command_line(program, folder / "profile", settings)
        try:
            process, line = await _spawn(command, folder, heard, limits.process, own_network=settings.own_network)
        except OSError as problem:
            _remove(folder, hold)
            raise BrowserError(Reason.BROWSER_FAILED, f"{program}: {problem}") from problem
        chromium = cls(process, line, folder, hold, settings)
        try:
            await chromium._greet()
        except BaseException:
            await chromium.end()
            raise
        return chromium

    @property
    def alone(self) -> bool | None:
        """Whether it lives in a network of its own, without devices; None where that can't be told."""
        try:
            return _network(self._process.pid) != _network("self")
        except OSError:
            return None

    @property
    def lost(self) -> bool:
        """Whether nobody can speak with it any more."""
        return self.line.lost.done()

    def usage(self) -> Usage:
        """What it uses with all its processes."""
        return usage(self._process.pid)

    def kill(self) -> None:
        """End it with all its processes, at once."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        for process in members(self._process.pid):
            with suppress(ProcessLookupError, PermissionError):
                os.kill(process, signal.SIGKILL)

    async def end(self) -> None:
        """The same, and see it gone with its profile."""
        self.kill()
        with suppress(TimeoutError):
            async with asyncio.timeout(_ENDING):
                await self._process.wait()
        self.line.close()
        self._complaints.cancel()
        await asyncio.gather(self._complaints, return_exceptions=True)
        hold, self._hold = self._hold, None
        _remove(self._folder, hold)

    async def _greet(self) -> None:
        try:
            about = await self.line.ask("Browser.getVersion", within=_STARTING)
        except (BrowserError, CommandError) as problem:
            raise await self._why_not(problem) from problem
        self.product = str(about.get("product", ""))
        self.agent = str(about.get("userAgent", "")).replace("HeadlessChrome", "Chrome")

    async def _why_not(self, problem: Exception) -> BrowserError:
        self.kill()
        with suppress(TimeoutError):
            async with asyncio.timeout(_ENDING):
                await asyncio.wait({self._complaints})
        said = self._complaints.result() if self._complaints.done() else ""
        if any(sign in said for sign in _NO_SANDBOX):
            return BrowserError(Reason.NO_SANDBOX, _last_line(said))
        return BrowserError(Reason.BROWSER_FAILED, _last_line(said) or str(problem))


def _sweep(folder: Path) -> None:
    """Remove what workers left that were killed: whose profile nobody holds any more."""
    for left in folder.glob(f"{_PREFIX}*"):
        hold = _held(left)
        if hold is not None:
            shutil.rmtree(left, ignore_errors=True)
            os.close(hold)


def _held(folder: Path) -> int | None:
    """The open folder, locked until it is closed or we end; None where somebody else holds it, or it is not ours."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def _remove(folder: Path, hold: int | None) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    if hold is not None:
        os.close(hold)


def _network(process: int | str) -> Path:
    return Path(f"/proc/{process}/ns/net").readlink()


def _profile() -> tuple[Path, int | None]:
    """A new folder, held by us; it gets its name only then, or another worker might remove it before."""
    common = Path(tempfile.gettempdir())
    _sweep(common)
    made = Path(tempfile.mkdtemp(prefix=f".{_PREFIX}"))
    hold = _held(made)
    folder = made.rename(common / made.name[1:])
    if os.geteuid() == 0:
        with suppress(OSError):  # a container may have no such user: then it can't become him either
            os.chown(folder, NOBODY, NOBODY)
    return folder, hold


async def _spawn(
    command: list[str], folder: Path, heard: Heard, memory: int, *, own_network: bool
) -> tuple[asyncio.subprocess.Process, Line]:
    reads, ours_to_write = os.pipe()
    ours_to_read, writes = os.pipe()
    order = Order(os.getpid(), reads, writes, memory, int(own_network)).arguments()
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-m", "xuncha.browser.confined", *order, *command),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            cwd=folder,
            env={**_ENVIRONMENT, "PATH": os.environ.get("PATH", ""), "HOME": str(folder), "TMPDIR": str(folder)},
            pass_fds=(reads, writes),
            start_new_session=True,
        )
    except BaseException:
        os.close(ours_to_read)
        os.close(ours_to_write)
        raise
    finally:
        os.close(reads)
        os.close(writes)
    return process, await _connected(ours_to_read, ours_to_write, heard)


async def _connected(reads: int, writes: int, heard: Heard) -> Line:
    loop = asyncio.get_running_loop()
    reader, line = await loop.connect_read_pipe(lambda: Line(heard), os.fdopen(reads, "rb", buffering=0))
    writer, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, os.fdopen(writes, "wb", buffering=0))
    line.attach(reader, writer)
    return line


async def _tail(process: asyncio.subprocess.Process) -> str:
    """The last that it complained about."""
    said = b""
    assert process.stderr is not None
    while data := await process.stderr.read(4_096):
        said = (said + data)[-_MOST_SAID:]
    return said.decode(errors="replace")


def _last_line(said: str) -> str:
    lines = [line for line in said.splitlines() if NOT_STARTED in line or "FATAL" in line or "sandbox" in line.lower()]
    return (lines or said.splitlines() or [""])[-1]
