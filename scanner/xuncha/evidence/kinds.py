"""What a file is by its first bytes, and whether its name says the same."""

import re

from xuncha.model.evidence import FileKind

HEAD = 1_024
"""Bytes that are looked at."""

_MARKS: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF-", FileKind.PDF),
    (b"PK\x03\x04", FileKind.ZIP),
    (b"PK\x05\x06", FileKind.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind.OLE),
    (b"{\\rtf", FileKind.RTF),
    (b"\x1f\x8b", FileKind.GZIP),
    (b"BZh", FileKind.BZIP2),
    (b"\xfd7zXZ\x00", FileKind.XZ),
    (b"\x28\xb5\x2f\xfd", FileKind.ZSTD),
    (b"7z\xbc\xaf\x27\x1c", FileKind.SEVEN_ZIP),
    (b"Rar!\x1a\x07", FileKind.RAR),
    (b"PGDMP", FileKind.PG_DUMP),
    (b"\x89PNG\r\n", FileKind.IMAGE),
    (b"\xff\xd8\xff", FileKind.IMAGE),
    (b"GIF8", FileKind.IMAGE),
    (b"II*\x00", FileKind.IMAGE),
    (b"MM\x00*", FileKind.IMAGE),
)
_PICTURE = re.compile(rb"BM.{4}\x00{4}|RIFF.{4}WEBP", re.DOTALL)
_TAR_MARK, _TAR_AT = b"ustar", 257
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def _named(names: str, *kinds: FileKind) -> dict[str, frozenset[FileKind]]:
    return dict.fromkeys(names.split(), frozenset(kinds))


_EXPECTED: dict[str, frozenset[FileKind]] = {
    **_named("docx docm xlsx xlsm pptx ofd odt ods zip", FileKind.ZIP),
    **_named("wps et dps", FileKind.ZIP, FileKind.OLE),
    **_named("doc xls ppt", FileKind.OLE, FileKind.RTF, FileKind.TEXT),  # some are web pages
    **_named("png jpg jpeg gif bmp tif tiff webp", FileKind.IMAGE),
    **_named("txt md csv log yaml yml sql", FileKind.TEXT, FileKind.EMPTY),
    **_named("gz tgz", FileKind.GZIP),
    **_named("xz txz", FileKind.XZ),
    **_named("pdf", FileKind.PDF),
    **_named("rtf", FileKind.RTF),
    **_named("bz2", FileKind.BZIP2),
    **_named("zst", FileKind.ZSTD),
    **_named("7z", FileKind.SEVEN_ZIP),
    **_named("rar", FileKind.RAR),
    **_named("tar", FileKind.TAR),
}
DOCUMENTS = frozenset(
    ("docx", "docm", "doc", "wps", "rtf", "odt", "pdf", "ofd", "xlsx", "xlsm", "xls", "et", "ods", "csv", "pptx", "ppt")
) | {"dps", "txt", "md"}
"""Extensions of what is read as a document; dumps and archives hold the site's data and are no documents."""


def kind_of(head: bytes) -> FileKind:
    """The kind of a file that begins with ``head``."""
    if not head:
        return FileKind.EMPTY
    found = next((kind for mark, kind in _MARKS if head.startswith(mark)), None)
    if found:
        return found
    if _PICTURE.match(head):
        return FileKind.IMAGE
    if head[_TAR_AT:].startswith(_TAR_MARK):
        return FileKind.TAR
    if b"%PDF-" in head:  # Acrobat reads it too
        return FileKind.PDF
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return FileKind.TEXT if wide or not _CONTROL.search(head) else FileKind.OTHER


def extension(path: str) -> str:
    """The extension in lower case, without the dot."""
    return path.rpartition("/")[2].rpartition(".")[2].lower() if "." in path.rpartition("/")[2] else ""


def belies_its_name(path: str, kind: FileKind) -> bool:
    """Whether the content is not what the extension says; unknown extensions say nothing."""
    expected = _EXPECTED.get(extension(path))
    return expected is not None and kind not in expected
