"""What kind of file bytes are, by how they begin, and which kinds a file name may promise."""

import re
from collections.abc import Mapping

PAGE = "page"
TEXT = "text"
UNKNOWN = "unknown"
_HEAD = 4096
_MOST_STRANGE = 0.02

_STARTS = (
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "rtf"),
    (b"\xff\xd8\xff", "picture"),
    (b"\x89PNG", "picture"),
    (b"GIF8", "picture"),
    (b"MZ", "program"),
)
_MARKUP = re.compile(
    rb"(?i)\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|script|center|div|h1|p|font)\b",
    re.DOTALL,
)
_OFFICE = (b"urn:schemas-microsoft-com:", b'progid="', b"ProgId", b"Excel.Sheet", b"Word.Document")
_ERROR_WORDS = re.compile(
    r"(?i)不存在|已(?:经)?被?删除|未找到|找不到|没有找到|无法(?:找到|下载|访问)|无权|没有权限|权限不足|"
    r"请(?:先|重新)?登录|登录超时|会话|出错|错误|异常|失败|not found|error|denied|forbidden|log\s?in"
)

_OOXML = frozenset(("zip", "ole"))  # an encrypted one is an OLE container
_OLD = frozenset(("ole", "zip", "rtf", "xml", "page", "text"))  # office programs open all of these
PROMISED: Mapping[str, frozenset[str]] = {
    "pdf": frozenset(("pdf",)),
    "ofd": frozenset(("zip",)),
    "zip": frozenset(("zip",)),
    "rar": frozenset(("rar", "zip")),
    "7z": frozenset(("7z",)),
    **dict.fromkeys(("docx", "xlsx", "pptx"), _OOXML),
    **dict.fromkeys(("doc", "xls", "ppt", "wps", "et", "dps"), _OLD),
}
"""File name ending → the kinds of content that programs for it open."""

NEVER_PAGES = frozenset(("pdf", "ofd", "zip", "rar", "7z", "docx", "xlsx", "pptx"))
"""Endings of files that are never written as a web page."""


def kind_of(body: bytes) -> str:
    """The kind of a file that begins so: one of ``PROMISED``'s kinds, ``page``, ``text``, ``empty`` or ``unknown``."""
    if not body:
        return "empty"
    head = body[:_HEAD]
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if b"%PDF-" in head[:1024]:
        return "pdf"
    plain = head.lstrip(b"\xef\xbb\xbf")
    if _MARKUP.match(plain):
        return "xml" if any(mark in head for mark in _OFFICE) else PAGE
    if plain.lstrip().startswith(b"<?xml"):
        return "xml"
    return TEXT if _is_text(head) else UNKNOWN


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    strange = sum(byte < 0x20 and byte not in b"\t\r\n\f\x1a" for byte in head)  # noqa: PLR2004 - control characters
    return strange <= _MOST_STRANGE * len(head) and b"\0" not in head


def has_end(body: bytes, kind: str) -> bool | None:
    """Whether a whole file of that kind has what such files end with; None where nothing tells."""
    if kind == "pdf":
        return b"%%EOF" in body[-4096:] or b"startxref" in body[-4096:]
    if kind == "zip":
        return b"PK\x05\x06" in body[-66_000:]
    return None


def speaks_of_error(words: str) -> bool:
    """Whether the words of a page say that something went wrong, or ask to log in."""
    return bool(_ERROR_WORDS.search(words))
