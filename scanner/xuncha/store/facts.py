"""The facts of a site as one compressed file: a JSON line each, so that writing and reading need little memory."""

import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import zstandard

from xuncha.model.prints import Prints
from xuncha.store.codec import Json, decode, encode, masked
from xuncha.store.disk import open_regular, replacing
from xuncha.store.errors import StoreError, disk_errors, naming
from xuncha.store.rows import Row, pieces, row

MAX_LINE = 256_000_000
MAX_TOTAL = 4_000_000_000
MAX_WINDOW = 1 << 27
_LEVEL = 3


def write_facts(path: Path, facts: Iterable[tuple[str, Json | Row]]) -> int:
    """Store named facts, masked, replacing what was there; a name may come several times. Returns how many."""
    count = 0
    compressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
    with replacing(path) as stream, compressor.stream_writer(stream, closefd=False) as out:
        for name, value in facts:
            for piece in _line(name, value):
                out.write(piece)
            count += 1
        out.write(encode({"end": count}) + b"\n")
    return count


def _line(name: str, value: Json | Row) -> Iterator[bytes]:
    """A line, that of prints in pieces."""
    if not isinstance(value, Row):
        yield encode({"fact": name, "value": masked(value)}) + b"\n"
        return
    head = f'{{"fact":{json.dumps(name)},"value":'
    if isinstance(value, Prints):
        yield head.encode()
        yield from (piece.encode("utf-8", "replace") for piece in pieces(value))
        yield b"}\n"
    else:
        yield f"{head}{row(value)}}}\n".encode("utf-8", "replace")


def read_facts(path: Path, names: Iterable[str] = ()) -> Iterator[tuple[str, Json]]:
    """The named facts in the order in which they were written.

    Args:
        path: the file; it is always read to its end, so that damage is found.
        names: only these are decoded and given; all where nothing is named.

    Raises:
        StoreError: missing, damaged, or larger than ``MAX_LINE`` and ``MAX_TOTAL`` bytes allow.
    """
    reader = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW)
    with naming(path), open_regular(path) as stream, disk_errors(path, "read"):
        try:
            lines = _lines(io.BufferedReader(reader.stream_reader(stream)), path)
            yield from _entries(lines, path, _beginnings(names))
        except (zstandard.ZstdError, KeyError, TypeError, AttributeError) as error:
            raise StoreError(f"{path}: is damaged ({error})", f"{path}：文件已损坏（{error}）") from None


def _beginnings(names: Iterable[str]) -> tuple[bytes, ...]:
    """How the lines of these facts, and the closing line, begin; what every line begins with where none is named."""
    found = tuple(encode({"fact": name}).removesuffix(b"}") + b"," for name in names)
    return (*found, b'{"end":') if found else (b"",)


def _entries(lines: Iterator[bytes], path: Path, beginnings: tuple[bytes, ...]) -> Iterator[tuple[str, Json]]:
    """The entries up to the closing line, without which the file was cut: a cut frame looks like an end to zstd."""
    for count, line in enumerate(lines):
        if not line.startswith(beginnings):
            continue
        entry = decode(line)
        if entry.get("end") == count:
            return
        yield entry["fact"], entry["value"]
    raise StoreError(f"{path}: is damaged (its end is missing)", f"{path}：文件已损坏（结尾缺失）")


def _lines(stream: io.BufferedReader, path: Path) -> Iterator[bytes]:
    total = 0
    while line := stream.readline(MAX_LINE + 1):
        total += len(line)
        if len(line) > MAX_LINE or total > MAX_TOTAL:
            raise StoreError(f"{path}: is larger than facts can be", f"{path}：超过采集数据文件的大小上限")
        yield line
