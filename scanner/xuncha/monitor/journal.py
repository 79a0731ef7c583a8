"""Files that only grow: a line for each thing seen, each line bound to those before it.

A line is ``link JSON``. The link is a hash over the link before and the JSON, so that a line that was changed, left out
or slipped in shows. A line that a killed process left torn at the end is cut off when the next one is written.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from xuncha.store.codec import Json, decode, encode, masked
from xuncha.store.disk import append_at, read_file
from xuncha.store.errors import StoreError

MAX_BYTES = 64_000_000
_LINK = 16


def append(path: Path, entries: Sequence[Json], before: str, size: int) -> tuple[str, int]:
    """Write entries, masked, after the ``size`` bytes that are known to be whole and end with the link ``before``.

    What is written survives the death of this process from the moment this returns. Returns the new link and size.

    Raises:
        StoreError: the disk is full, or refuses.
    """
    lines = b""
    for entry in entries:
        data = encode(masked(entry))
        before = _linked(before, data)
        lines += before.encode() + b" " + data + b"\n"
    append_at(path, lines, size, sync=False)
    return before, size + len(lines)


def read(path: Path) -> tuple[list[Json], str, int]:
    """The entries, the last link, and the size of what is whole; nothing where there is no file.

    Raises:
        StoreError: a line is not what was written; the message names the file and the line.
    """
    if not path.exists():
        return [], "", 0
    entries: list[Json] = []
    link, size = "", 0
    data = read_file(path, MAX_BYTES)
    for number, line in enumerate(_whole_lines(data), 1):
        found, _, body = line.partition(b" ")
        link = _linked(link, body)
        if found != link.encode():
            raise StoreError(
                f"{path}: line {number} was changed after it had been written, or is damaged",
                f"{path}：第 {number} 行写入后被改动，或已损坏",
            )
        entries.append(decode(body))
        size += len(line) + 1
    return entries, link, size


def _whole_lines(data: bytes) -> Iterator[bytes]:
    return iter(data.split(b"\n")[:-1])


def _linked(before: str, data: bytes) -> str:
    return sha256(before.encode() + b" " + data).hexdigest()[:_LINK]


def as_stored(entry: Json) -> Json:
    """An entry as it is read back: masked, and with what JSON makes of it."""
    return decode(encode(masked(entry)))
