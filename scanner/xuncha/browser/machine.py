"""What this machine has of a browser, for ``xuncha doctor``."""

import asyncio
import shutil
import subprocess
from dataclasses import dataclass

from xuncha.browser.errors import BrowserError
from xuncha.browser.process import Chromium
from xuncha.browser.program import BrowserSettings, find_program
from xuncha.model.fact import Gap

_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Tried:
    """A Chromium that was started once.

    ``gap`` says why it could not be; ``alone`` whether it had a network of its own, without devices.
    """

    program: str
    product: str = ""
    sandboxed: bool = False
    alone: bool | None = None
    gap: Gap | None = None


def try_browser(settings: BrowserSettings) -> Tried:
    """Start it and end it."""
    return asyncio.run(_try(settings))


async def _try(settings: BrowserSettings) -> Tried:
    program = find_program(settings)
    try:
        chromium = await Chromium.start(lambda *_: None, settings)
    except BrowserError as error:
        return Tried(program, gap=error.gap)
    try:
        return Tried(program, chromium.product, chromium.sandboxed, chromium.alone)
    finally:
        await chromium.end()


def chinese_fonts() -> int | None:
    """How many fonts can write Chinese; None where nobody can tell."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    try:
        listed = subprocess.run(  # noqa: S603 - a fixed command
            [program, ":lang=zh", "family"], capture_output=True, timeout=_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return len({*filter(None, listed.stdout.splitlines())})
