"""Tar archives (POSIX ustar and pax, GNU), read from a stream that can't seek.

Not ``tarfile``: it takes an archive that was cut off between two entries for a whole one, tells no place, and reads
extended headers of any size into memory.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from xuncha.api import Reason
from xuncha_plugins.backup.bounds import FlawError, Meter, UntoldError
from xuncha_plugins.backup.pieces import Pieces

BLOCK = 512
_EXTENDED = 1 << 20
"""Bytes of one extended header; those of honest archives are a few hundred."""

_FILE, _LINKS, _SYMBOLIC, _SPARSE = b"0\0\x007", b"12", b"2", b"S"
_LONG_NAME, _LONG_LINK, _PAX, _PAX_GLOBAL = b"L", b"K", b"x", b"g"
_BINARY = (0o200, 0o377)
_HEADERS = (_LONG_NAME, _LONG_LINK, _PAX, _PAX_GLOBAL)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: ``size`` bytes follow; ``modified`` is its time stamp in seconds since 1970, None where it has none.

    ``link`` is the name that a hard link or symbolic link leads to, from the root of the archive; empty for others.
    """

    name: str
    size: int
    modified: float | None
    is_file: bool
    link: str = ""


@dataclass(slots=True)
class _Extended:
    """What extended headers say of the entry that follows."""

    values: dict[str, str] = field(default_factory=dict)


def is_tar(head: bytes) -> bool:
    """Whether something that begins with these 512 bytes is a tar archive: its first header has the right checksum."""
    return len(head) == BLOCK and _sum_is_right(head)


def entries(stream: Pieces, meter: Meter) -> Iterator[Entry]:
    """The entries of an archive. Between two of them the caller may read the body, at most; the rest is skipped.

    Raises:
        FlawError: ``cut-off``, ``no-end`` (the end mark is missing) or ``corrupt``, with the byte of the unpacked
            archive and the name of the entry.
        UntoldError: an extended header of a size that no honest archive has; the meter is empty.
    """
    said, name = _Extended(), ""
    while True:
        at = stream.at
        header = stream.read(BLOCK)
        if not header:
            raise FlawError("no-end", at, name)
        if len(header) < BLOCK:
            raise FlawError("cut-off", at + len(header), name)
        if not any(header):
            return
        if not _sum_is_right(header):
            raise FlawError("corrupt", at, name)
        size, kind = _number(header[124:136], at, name), header[156:157]
        if kind in _HEADERS:
            _extend(said, kind, _body(stream, size, name))
            continue
        meter.take_entry()
        entry = _entry(header, said, size, at)
        if kind == _SPARSE and header[482]:
            _skip_sparse_map(stream, entry.name)
        said, name = _Extended(), entry.name
        yield from _with_body(stream, entry)


def _with_body(stream: Pieces, entry: Entry) -> Iterator[Entry]:
    """The entry; when the caller has read of its body what it wants, the rest goes."""
    end = stream.at + entry.size
    yield entry
    padded = end + -entry.size % BLOCK
    for _ in stream.up_to(padded - stream.at):
        pass
    if stream.at < padded:
        raise FlawError("cut-off", stream.at, entry.name)


def _entry(header: bytes, said: _Extended, size: int, at: int) -> Entry:
    values, kind = said.values, header[156:157]
    name = values.get("path") or _text(header[:100])
    prefix = _text(header[345:500]) if header[257:263] == b"ustar\0" and "path" not in values else ""
    is_link, is_file = kind in _LINKS, kind in _FILE or kind == _SPARSE
    size = _decimal(values["size"], at, name) if "size" in values else size
    modified = values.get("mtime", "")
    when = float(modified) if _is_number(modified) else float(_number(header[136:148], at, name))
    full = f"{prefix}/{name}" if prefix else name
    link = values.get("linkpath") or _text(header[157:257])
    if kind == _SYMBOLIC:
        link = posixpath.join(posixpath.dirname(full), link)
    return Entry(
        full, 0 if is_link else size, when or None, is_file and not full.endswith("/"), link if is_link else ""
    )


def _extend(said: _Extended, kind: bytes, body: bytes) -> None:
    if kind == _LONG_NAME:
        said.values["path"] = _text(body)
    elif kind == _LONG_LINK:
        said.values["linkpath"] = _text(body)
    elif kind == _PAX:
        said.values |= _records(body)


def _records(body: bytes) -> dict[str, str]:
    """``length key=value`` lines of a pax header."""
    found: dict[str, str] = {}
    while body:
        length, _, _ = body.partition(b" ")
        if not length.isdigit() or not 0 < (size := int(length)) <= len(body):
            break
        key, _, value = body[len(length) + 1 : size].rstrip(b"\n").partition(b"=")
        found[key.decode("utf-8", "replace")] = value.decode("utf-8", "replace")
        body = body[size:]
    return found


def _body(stream: Pieces, size: int, name: str) -> bytes:
    """Of an extended header."""
    if size > _EXTENDED:
        raise UntoldError(Reason.DOCUMENT_UNSAFE, "an extended header of a size that no honest archive has")
    body = stream.read(size + -size % BLOCK)
    if len(body) < size:
        raise FlawError("cut-off", stream.at, name)
    return body[:size]


def _skip_sparse_map(stream: Pieces, name: str) -> None:
    more = 1
    while more:
        block = stream.read(BLOCK)
        if len(block) < BLOCK:
            raise FlawError("cut-off", stream.at, name)
        more = block[504]


def _sum_is_right(header: bytes) -> bool:
    said = header[148:156].strip(b"\0 ")
    if not said or any(byte not in b"01234567" for byte in said):
        return False
    total = sum(header) - sum(header[148:156]) + 8 * 0x20
    signed = total - 256 * sum(byte > 127 for byte in header[:148] + header[156:])  # noqa: PLR2004 - as old tars did
    return int(said, 8) in (total, signed)


def _number(raw: bytes, at: int, name: str) -> int:
    """Octal, or binary where it is too large for that."""
    if raw[0] in _BINARY:
        return max(int.from_bytes(raw[1:], "big", signed=raw[0] == _BINARY[1]), 0)
    said = raw.strip(b"\0 ")
    if any(byte not in b"01234567" for byte in said):
        raise FlawError("corrupt", at, name)
    return int(said or b"0", 8)


def _decimal(said: str, at: int, name: str) -> int:
    if not (said.isascii() and said.isdigit()) or len(said) > 18:  # noqa: PLR2004 - an exabyte
        raise FlawError("corrupt", at, name)
    return int(said)


def _is_number(said: str) -> bool:
    whole, _, part = said.partition(".")
    return said.isascii() and whole.isdigit() and len(whole) < 12 and (part.isdigit() or not part)  # noqa: PLR2004


def _text(raw: bytes) -> str:
    """A name: UTF-8, else as Chinese systems of old wrote it."""
    plain = raw.partition(b"\0")[0]
    try:
        return plain.decode()
    except UnicodeDecodeError:
        return plain.decode("gb18030", "replace")
