"""What the head of a packed file tells of its content: the names of its first entries, its first text. Pure.

An archive may be a backup of the site or a download for everybody: its names tell, its type does not. Nothing is
written out, and nothing is unpacked beyond a window, so that no archive can grow.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from itertools import islice

from xuncha.model.glance import decoded

MAX_ENTRIES = 2_000
_MAX_NAME = 500

_ZIP = b"PK\x03\x04"
_ZIP_HEADER = struct.Struct("<4s5H3I2H")
_SIZE_FOLLOWS = 0x08
"""APPNOTE.TXT, 4.4.4: the sizes stand behind the content."""

_GZIP = b"\x1f\x8b\x08"
_GZIP_ONLY = 31
"""Window bits by which zlib reads a gzip header."""

_BLOCK = 512
_TAR = slice(257, 262)
_LONG_NAME = b"L"
_PAX = b"x"
_PAX_PATH = re.compile(rb"\d{1,6} path=([^\n]{1,500})\n")
_OTHER_DESCRIPTIONS = b"gK"


def unpacked(head: bytes, most: int) -> bytes:
    """At most ``most`` bytes of what a gzip file holds; any other file as it is."""
    if not head.startswith(_GZIP):
        return head
    try:
        return zlib.decompressobj(_GZIP_ONLY).decompress(head, most)
    except zlib.error:
        return b""


def entries(head: bytes, most: int) -> tuple[str, ...]:
    """The names of the first entries of a zip file, or of a tar file, packed by gzip or not."""
    content = unpacked(head, most)
    names = _of_tar(content) if content[_TAR] == b"ustar" else _of_zip(content)
    return tuple("".join(sign for sign in name if sign.isprintable()) for name in islice(names, MAX_ENTRIES))


def _of_zip(head: bytes) -> Iterator[str]:
    """By the local headers, which stand before the content of each entry."""
    at = 0 if head.startswith(_ZIP) else -1
    while 0 <= at <= len(head) - _ZIP_HEADER.size:
        _, _, flags, _, _, _, _, packed, _, name, extra = _ZIP_HEADER.unpack_from(head, at)
        begin = at + _ZIP_HEADER.size
        if name <= _MAX_NAME:
            yield decoded(head[begin : begin + name])
        behind = begin + name + extra + (0 if flags & _SIZE_FOLLOWS else packed)
        at = head.find(_ZIP, behind)


def _of_tar(head: bytes) -> Iterator[str]:
    """By the headers; long names, which stand in an entry of their own before the entry, are read there."""
    at, long_name = 0, b""
    while head[at : at + _BLOCK][_TAR] == b"ustar":
        block = head[at : at + _BLOCK]
        size, kind = _octal(block[124:136]), block[156:157]
        content = head[at + _BLOCK : at + _BLOCK + min(size, _MAX_NAME)]
        at += _BLOCK + -(-size // _BLOCK) * _BLOCK
        if kind == _LONG_NAME:
            long_name = content
        elif kind == _PAX:
            path = _PAX_PATH.search(content)
            long_name = path[1] if path else b""
        elif kind not in _OTHER_DESCRIPTIONS:
            yield decoded((long_name or _name(block)).rstrip(b"\0"))
            long_name = b""


def _name(block: bytes) -> bytes:
    """POSIX puts the front of long names into a field of its own, GNU tar other things."""
    name, prefix = block[:100].partition(b"\0")[0], block[345:500].partition(b"\0")[0]
    return prefix + b"/" + name if prefix and block[262:263] == b"\0" else name


def _octal(field: bytes) -> int:
    digits = field.strip(b" \0")
    return int(digits, 8) if digits and not digits.strip(b"01234567") else 0
