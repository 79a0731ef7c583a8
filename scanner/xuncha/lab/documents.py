"""Attachments and images with true formats: PDF, the compound files of .doc and .xls, and PNG.

All of them open in their programs. The .doc is a document of Word 97 that a program wrote; its only line, as long as
a title can be, is put in its place.
"""

import struct
import zlib
from functools import cache
from importlib.resources import files

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALLEST_PLAIN_STREAM = 4096
_LINE = "题" * 40
_HOUSE = 28
_ROOFS = (0.62, 0.5, 0.56, 0.4, 0.7, 0.45, 0.6, 0.3, 0.52, 0.66)


def pdf(title: str) -> bytes:
    """One page with the title in a font that every reader has."""
    words = b"<" + title.encode("utf-16-be").hex().encode() + b">"
    stream = b"BT /F1 16 Tf 72 760 Td " + words + b" Tj ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[6 0 R]>>",
        (
            b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/FontDescriptor 7 0 R"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>"
        ),
        (
            b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
            b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>"
        ),
    )
    return _pdf_file(objects)


def _pdf_file(objects: tuple[bytes, ...]) -> bytes:
    body, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, entries)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return bytes(body) + table + trailer


def xls(title: str) -> bytes:
    """A workbook (BIFF8) with one sheet and the title in its first cell."""
    name = "Sheet1"
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    sheet += _record(0x0204, struct.pack("<HHHHB", 0, 0, 0, len(title), 1) + title.encode("utf-16-le"))
    sheet += _record(0x000A, b"")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    offset = len(start) + 4 + 8 + len(name) + 4
    bound = _record(0x0085, struct.pack("<IBBBB", offset, 0, 0, len(name), 0) + name.encode())
    return _compound("Workbook", start + bound + _record(0x000A, b"") + sheet)


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def doc(title: str) -> bytes:
    """A document of Word 97 with the title, cut to 40 characters."""
    line = title[: len(_LINE)].ljust(len(_LINE), "\u3000")
    return _empty_document().replace(_LINE.encode("utf-16-le"), line.encode("utf-16-le"))


@cache
def _empty_document() -> bytes:
    return files("xuncha.lab").joinpath("templates", "document.doc").read_bytes()


def _compound(stream_name: str, data: bytes) -> bytes:
    """A compound file of version 3 with one stream; padded so that it needs no mini stream."""
    size = max(len(data), _SMALLEST_PLAIN_STREAM)
    sectors = -(-size // _SECTOR)
    chain = [*range(3, 2 + sectors), _END]
    table = struct.pack(f"<{2 + sectors}I", _FAT, _END, *chain).ljust(_SECTOR, b"\xff")
    folder = _entry("Root Entry", 5, 1, _END, 0) + _entry(stream_name, 2, _FREE, 2, size)
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0")
        + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
        + struct.pack("<9I", 0, 1, 1, 0, _SMALLEST_PLAIN_STREAM, _END, 0, _END, 0)
        + struct.pack("<I", 0)
    ).ljust(_SECTOR, b"\xff")
    return header + table + folder.ljust(_SECTOR, b"\0") + data.ljust(sectors * _SECTOR, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<BBIII", kind, 1, _FREE, _FREE, child)
    return text.ljust(64, b"\0") + struct.pack("<H", len(text)) + links + bytes(36) + struct.pack("<IQ", start, size)


@cache
def png(width: int, height: int, colour: str, *, skyline: bool = False) -> bytes:
    """A picture that fades from ``colour`` (``#rrggbb``) to white, with a row of houses if wanted."""
    strong = bytes.fromhex(colour.removeprefix("#"))
    rows = bytearray()
    for row in range(height):
        share = row / height
        sky = bytes(round(channel + (255 - channel) * share) for channel in strong)
        rows += b"\0" + (_houses(width, share, sky, strong) if skyline else sky * width)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _houses(width: int, share: float, sky: bytes, wall: bytes) -> bytes:
    """One row: walls where a house is at least that high, sky between."""
    pieces = ((wall if share > _ROOFS[house % len(_ROOFS)] else sky) * _HOUSE for house in range(-(-width // _HOUSE)))
    return b"".join(pieces)[: 3 * width]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
