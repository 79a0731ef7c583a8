"""Bytes become text once, in the encoding that a browser would choose (WHATWG Encoding; HTML §13.2.3).

Byte-order mark, then the Content-Type header, then ``<meta>``; without any of them the bytes are looked at. A
declaration after the first 1,024 bytes counts too, as in browsers, which start over when they meet it.
Government pages often declare one encoding and send another: the text stays what a citizen's browser shows, and the
contradiction is kept as ``Encoding.conflict``.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator
from functools import lru_cache

import turbohtml
from turbohtml.detect import Detection, detect, detect_all

from xuncha.page.values import Encoding, EncodingSource

PRESCANNED = 1_024
SNIFFED = 65_536
"""Bytes in which a ``<meta>`` declaration is looked for, at first and in the end."""

SAMPLED = 4_096
"""How many bytes decide an undeclared encoding, counted from the first that is not ASCII."""

_BIG5_FROM = 0.7  # below it the simplified encoding is likelier on a mainland site
_GARBLED = "\ufffd"
_CHINESE = Detection(allowed=frozenset({"UTF-8", "GBK", "Big5"}))
_BOMS = ((BOM_UTF8, "UTF-8"), (BOM_UTF16_LE, "UTF-16LE"), (BOM_UTF16_BE, "UTF-16BE"))
# Also what Chinese authors write beside the standard's labels.
_HOUSE_LABELS = {"utf": "utf-8", "utf_8": "utf-8", "utf-8-bom": "utf-8", "gb_18030": "gb18030", "gbk2312": "gbk"}

_CHARSET = re.compile(r"(?i)charset\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s;,]+))")
_MARKUP = re.compile(rb"(?i)<(?:!--|(?:meta|body)(?=[\s/>])|/?[a-z]|[!/?])")
_WORDS = re.compile(rb"[\x80-\xff][^<\n]*")  # ends between characters in UTF-8, GB 18030 and Big5 alike
_ATTRIBUTE = re.compile(rb"""[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"']*))?""")


def decode(body: bytes, content_type: str = "") -> tuple[str, Encoding]:
    """The text of ``body`` and how that was decided. Never raises; bytes that mean nothing become U+FFFD.

    Args:
        body: the decoded HTTP body.
        content_type: the value of the Content-Type header.
    """
    name, source = _declared(body, content_type)
    if not name:
        return _undeclared(body)
    text = _text(body, name)
    return text, Encoding(name, source, 1.0, _contradiction(body, name, text))


@lru_cache(maxsize=256)
def standard_name(label: str) -> str:
    """The WHATWG name behind a label (``gb2312`` is ``GBK``); empty where no browser knows the label."""
    label = label[:60].strip("\t\n\f\r \"'").lower()
    try:
        return turbohtml.parse(b"", encoding=_HOUSE_LABELS.get(label, label)).encoding or ""
    except (LookupError, ValueError):
        return ""


def _declared(body: bytes, content_type: str) -> tuple[str, EncodingSource]:
    for mark, name in _BOMS:
        if body.startswith(mark):
            return name, "bom"
    if name := _charset(content_type):
        return name, "header"
    return _meta(body[:PRESCANNED]) or _meta(body[:SNIFFED]), "meta"


def _charset(text: str) -> str:
    found = _CHARSET.search(text)
    return standard_name(next(filter(None, found.groups()), "")) if found else ""


def _meta(head: bytes) -> str:
    """The encoding that a ``<meta>`` declares; UTF-16 in an ASCII-readable page can only be UTF-8 (HTML §13.2.3.2)."""
    for attributes in _metas(head):
        name = standard_name(attributes.get("charset", ""))
        if not name and attributes.get("http-equiv", "").lower() == "content-type":
            name = _charset(attributes.get("content", ""))
        if name:
            return {"UTF-16LE": "UTF-8", "UTF-16BE": "UTF-8", "x-user-defined": "windows-1252"}.get(name, name)
    return ""


def _metas(head: bytes) -> Iterator[dict[str, str]]:
    """The attributes of each ``<meta>`` before the last word "charset" or the body."""
    at, end = 0, head.lower().rfind(b"charset")
    while found := _MARKUP.search(head, at, max(end, 0)):
        at = found.end()
        if found[0] == b"<!--":
            at = head.find(b"-->", at - 2) + 3
            if at < 3:  # noqa: PLR2004 - the comment never ends
                return
        elif found[0][1:].lower() == b"body":
            return
        elif found[0][-1:] not in b"!/?":
            attributes, at = _attributes(head, at)
            if found[0][1:].lower() == b"meta":
                yield attributes


def _attributes(head: bytes, at: int) -> tuple[dict[str, str], int]:
    """The attributes of the tag whose name ends before or at ``at``, and where they end."""
    attributes: dict[str, str] = {}
    while found := _ATTRIBUTE.match(head, at):
        at = found.end()
        name, value = (part.decode("ascii", "replace") for part in (found[1].lower(), found[2] or b""))
        attributes.setdefault(name, value.strip("\"'"))
    return attributes, at


def _undeclared(body: bytes) -> tuple[str, Encoding]:
    if body.isascii():
        return body.decode("ascii"), Encoding("UTF-8", "assumed")
    if _is_utf8(body):
        return _text(body, "UTF-8"), Encoding("UTF-8", "detected")
    name, confidence = _likeliest(_sample(body))
    if confidence:
        return _text(body, name), Encoding(name, "detected", confidence)
    return _text(body, name), Encoding(name, "assumed", 0.0)


def _likeliest(sample: bytes) -> tuple[str, float]:
    """UTF-8 with a few cut characters, else by the frequency of character pairs; windows-1252 at last."""
    text = sample.decode("utf-8", "replace")
    damage = text.count(_GARBLED) / max(sum(not char.isascii() for char in text), 1)
    if damage < 0.1:  # noqa: PLR2004 - GBK read as UTF-8 is nearly all damage
        return "UTF-8", 1 - damage
    for match in detect_all(sample, _CHINESE):
        if match.confidence and (match.encoding != "Big5" or match.confidence >= _BIG5_FROM):
            return ("gb18030" if match.encoding == "GBK" else str(match.encoding)), match.confidence
    other = detect(sample)
    return other.encoding or "windows-1252", other.confidence


def _sample(body: bytes) -> bytes:
    """The first words outside ASCII, with the markup between them taken out."""
    first = _WORDS.search(body)
    window = body[first.start() : first.start() + 16 * SAMPLED] if first else b""
    return b"\n".join(_WORDS.findall(window))[:SAMPLED]


def _contradiction(body: bytes, name: str, text: str) -> str:
    """What the bytes really are, where they are certainly not what was declared."""
    if name.startswith("UTF-16") or body.isascii():
        return ""
    if name != "UTF-8" and _is_utf8(body):
        return "UTF-8"
    if name in ("GBK", "gb18030", "Big5") or (name == "UTF-8" and _GARBLED not in text):
        return ""
    return "gb18030" if _is_gb18030(body) else ""


def _is_utf8(body: bytes) -> bool:
    """Whether ``body`` is valid UTF-8, but for a character cut off at its end."""
    try:
        getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return False
    return True


def _is_gb18030(body: bytes) -> bool:
    """Whether ``body`` is valid GB 18030 and reads like Chinese."""
    try:
        getincrementaldecoder("gb18030")().decode(body)
    except UnicodeDecodeError:
        return False
    return _likeliest(_sample(body))[0] == "gb18030"


def _text(body: bytes, name: str) -> str:
    codec = "utf-8" if name == "UTF-8" else f"whatwg-{name}"
    return body.decode(codec, "replace").removeprefix("\ufeff")
