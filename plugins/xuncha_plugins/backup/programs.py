"""What other programs say of copies: 7-Zip of its archives. The core bounds their time, memory and output."""

import posixpath
import re
from datetime import date
from typing import Final

from xuncha.api import Finished, Net, NetError, Reason
from xuncha_plugins.backup.bounds import FlawError, Meter, UntoldError, untold

SEVEN_ZIP: Final = ("7z", "7zz", "7za")
"""The names under which systems install it."""

_NO_PASSWORD = "-pxuncha-has-none"  # noqa: S105 - so that it doesn't ask for one
_MEMORY = 8
_DAY = re.compile(r"^Modified = (\d{4})-(\d\d)-(\d\d)", re.MULTILINE)
_SIZE = re.compile(r"^Size = (\d{1,15})$", re.MULTILINE)
_FOLDER = re.compile(r"^Attributes = D", re.MULTILINE)
_COMPLAINT = re.compile(r"^.*(?:[Ee]rror|Failed|Unexpected|annot|an't|does not|not match).*$", re.MULTILINE)
_WORDS = 200
_MOST_LISTED = 64_000_000


class Listing:
    """What a 7z archive holds: files, their bytes, the newest day."""

    def __init__(self, text: str, today: date) -> None:
        self.entries = self.bytes = 0
        self.newest: date | None = None
        for one in text.split("\n\n"):
            if "Path = " in one and not _FOLDER.search(one):
                self._add(one, today)

    def _add(self, one: str, today: date) -> None:
        self.entries += 1
        self.bytes += int(size[1]) if (size := _SIZE.search(one)) else 0
        day = _day(one)
        if day and day <= today:
            self.newest = max(self.newest or day, day)


def _day(text: str) -> date | None:
    said = _DAY.search(text)
    try:
        return date(*(int(part) for part in said.groups())) if said else None
    except ValueError:
        return None


async def seven_zip(net: Net, arguments: tuple[str, ...], meter: Meter, max_output: int = 1_000_000) -> Finished:
    """Run 7-Zip on an archive.

    Raises:
        FlawError: ``told-by-program``, with its words as entry.
        UntoldError: encrypted, too large, not installed, out of time.
    """
    finished = await _run(net, arguments, meter, max_output)
    said = f"{finished.stderr.decode(errors='replace')}\n{finished.stdout[-20_000:].decode(errors='replace')}"
    if finished.code in (0, 1):
        return finished
    if "Wrong password" in said:
        raise UntoldError(Reason.DOCUMENT_ENCRYPTED)
    if finished.code == _MEMORY or "allocate" in said:
        raise UntoldError(Reason.DOCUMENT_TOO_LARGE, "it asks for too much memory to be unpacked")
    if "Unsupported Method" in said:
        raise UntoldError(Reason.DOCUMENT_UNSUPPORTED)
    raise FlawError("told-by-program", 0, f"7z: {complaint(said, arguments[-1])}")


async def _run(net: Net, arguments: tuple[str, ...], meter: Meter, max_output: int) -> Finished:
    for name in SEVEN_ZIP:
        try:
            command = (name, arguments[0], "-bd", _NO_PASSWORD, *arguments[1:])
            return await net.run(command, deadline=max(meter.seconds_left, 1), max_output=max_output)
        except NetError as error:
            if error.reason is not Reason.PROGRAM_MISSING:
                raise untold(error) from None
    raise UntoldError(Reason.PROGRAM_MISSING, SEVEN_ZIP[0])


async def seven_zip_listing(net: Net, path: str, meter: Meter, today: date) -> Listing:
    """What an archive holds. Raises FlawError, UntoldError."""
    listed = await seven_zip(net, ("l", "-slt", "-ba", "-sccUTF-8", path), meter, _MOST_LISTED)
    return Listing(listed.stdout.decode("utf-8", "replace").replace("\r\n", "\n"), today)


def complaint(said: str, place: str) -> str:
    """The words of a program's first complaint; where on this machine the copy lies is nobody's business."""
    plain = said.replace(place, posixpath.basename(place))
    found = _COMPLAINT.search(plain)
    return (found[0] if found else plain.strip()[-_WORDS:]).strip()[:_WORDS]
