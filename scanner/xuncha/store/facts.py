"""The facts of a site as one compressed file: a JSON line each, so that writing and reading need little memory."""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import zstandard

from xuncha.store.codec import Json, decode, encode, masked
from xuncha.store.disk import open_regular, replacing
from xuncha.store.errors import StoreError, disk_errors

MAX_LINE = 256_000_000
MAX_TOTAL = 4_000_000_000
MAX_WINDOW = 1 << 27
_LEVEL = 3


def write_facts(path: Path, facts: Iterable[tuple[str, Json]]) -> int:
    """Store named facts, masked, replacing what was there; a name may come several times. Returns how many."""
    count = 0
    compressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
    with replacing(path) as stream, compressor.stream_writer(stream, closefd=False) as out:
        for name, value in facts:
            out.write(encode({"fact": name, "value": masked(value)}) + b"\n")
            count += 1
        out.write(encode({"end": count}) + b"\n")
    return count


def read_facts(path: Path) -> Iterator[tuple[str, Json]]:
    """The named facts in the order in which they were written.

    Raises:
        StoreError: missing, damaged, or larger than ``MAX_LINE`` and ``MAX_TOTAL`` bytes allow.
    """
    reader = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW)
    with open_regular(path) as stream, disk_errors(path, "read"):
        try:
            yield from _entries(_lines(io.BufferedReader(reader.stream_reader(stream)), path), path)
        except (zstandard.ZstdError, KeyError, TypeError, AttributeError) as error:
            raise StoreError(f"{path}: is damaged ({error})") from None


def _entries(lines: Iterator[bytes], path: Path) -> Iterator[tuple[str, Json]]:
    """The entries up to the closing line, without which the file was cut: a cut frame looks like an end to zstd."""
    for count, line in enumerate(lines):
        entry = decode(line)
        if entry.get("end") == count:
            return
        yield entry["fact"], entry["value"]
    raise StoreError(f"{path}: is damaged (its end is missing)")


def _lines(stream: io.BufferedReader, path: Path) -> Iterator[bytes]:
    total = 0
    while line := stream.readline(MAX_LINE + 1):
        total += len(line)
        if len(line) > MAX_LINE or total > MAX_TOTAL:
            raise StoreError(f"{path}: is larger than facts can be")
        yield line
