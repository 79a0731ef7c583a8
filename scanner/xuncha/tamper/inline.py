"""What inline scripts are and do, as far as their text tells: nothing of them is run."""

import re
from functools import lru_cache
from zlib import crc32

from xuncha.model.hosts import host_of

MAX_HOSTS = 6
MAX_READ = 65_536

_VARYING = re.compile(r"[0-9\s]+")
_LONG_VALUES = re.compile(r"(\"[^\"\\\n]{0,400}\"|'[^'\\\n]{0,400}')")
_SHORT = 1_500
"""A script so short does nothing else: whatever addresses it holds are what it loads."""

_LOADS = re.compile(
    r"createElement|\.src\s*=|\bwrite(?:ln)?\s*\(|getScript|importScripts|\bfetch\s*\(|insertAdjacent|appendChild"
    r"|\bimport\b|WebSocket|EventSource|sendBeacon|\blocation[\"']\s*\]\s*=(?!=)"
    r"|\.action\s*=(?!=)|\blocation\s*(?:\.\s*href\s*)?=(?!=)|\blocation\s*\.\s*(?:replace|assign)|\bopen\s*\("
)
_HOST = r"(?:https?:|:)?(?:\\?/){2}([A-Za-z0-9][A-Za-z0-9.-]{1,250}\.[A-Za-z0-9]{1,24})(?=[:/\"'\\?]|$)"
_ADDRESS = re.compile(_HOST)
_NEAR = re.compile(
    r"(?:\.src\s*=|\bwrite(?:ln)?\s*\(|\blocation(?:\s*\.\s*href)?\s*=|\blocation\s*\.\s*(?:replace|assign)\s*\("
    r"|\bimport\s*[(\"']|\bfrom\s*[\"']|WebSocket\s*\(|EventSource\s*\(|sendBeacon\s*\(|\blocation[\"']\s*\]\s*="
    r"|\.action\s*=|\bopen\s*\(|getScript\s*\(|fetch\s*\(|importScripts\s*\(|<script\b|<iframe\b)[^;\n<]{0,160}?"
    + _HOST
)
_PACKED = re.compile(
    r"\beval\s*\(\s*(?:function\s*\(\s*p\s*,\s*a\s*,\s*c|unescape|atob|String\.fromCharCode|decodeURIComponent)"
    r"|(?:\\x[0-9a-fA-F]{2}){10}|(?:%[0-9a-fA-F]{2}){16}|(?:\\u00[0-9a-fA-F]{2}){10}"
    r"|fromCharCode\s*\((?:\s*(?:0x)?[0-9a-fA-F]{1,4}\s*,){15}|\batob\s*\(\s*[\"'][A-Za-z0-9+/=]{40}"
)

_CODE = re.compile(r"\\x([2-7][0-9a-fA-F])|\\u00([2-7][0-9a-fA-F])")
_JOINED = re.compile(r"[\"']\s{0,20}\+\s{0,20}[\"']")
_KEYED = re.compile(r"\[\s{0,5}[\"']([A-Za-z_$][\w$]{0,40})[\"']\s{0,5}\]")
_TEXT = r"(?:\"[^\"\n]{0,200}\"|'[^'\n]{0,200}')\s{0,5}"
_LIST = re.compile(
    rf"\[\s{{0,5}}({_TEXT}(?:,\s{{0,5}}{_TEXT}){{1,20}})\]\s{{0,5}}\.join\(\s{{0,5}}[\"']([^\"'\n]{{0,3}})[\"']\s{{0,5}}\)"
)
_QUOTE = re.compile(r"\"([^\"\n]{0,200})\"|'([^'\n]{0,200})'")
_TAKEN_APART = ("['", '["', "[ ", ".join(", "`")
_MAPS = '"imports"'
_OBFUSCATED = 2
"""Names such as ``_0x1a2b`` are given by programs that make scripts unreadable, and all over them."""


@lru_cache(maxsize=512)
def script_hash(text: str) -> str:
    """A hash of a script without what varies by itself: numbers, blanks and the contents of short quotes."""
    plain = _VARYING.sub("", _LONG_VALUES.sub('""', text[:MAX_READ]))
    return f"{crc32(plain.encode('utf-8', 'replace')):08x}"


@lru_cache(maxsize=512)
def loads(text: str) -> tuple[str, ...]:
    """The hosts from which a script loads something or to which it sends visitors; bounded, sorted."""
    return _led_to(_put_together(text[:MAX_READ]))


@lru_cache(maxsize=512)
def spelled(text: str) -> tuple[str, ...]:
    """The same of a script that names what it does by quoted keys or joined lists; and what maps of imports name."""
    text = text[:MAX_READ]
    if text.lstrip().startswith("{") and _MAPS in text:
        return _hosts(_ADDRESS, text)
    if not any(sign in text for sign in _TAKEN_APART):
        return ()
    plain = _put_together(text)
    meant = _JOINED.sub("", _LIST.sub(_as_joined, plain).replace("`", '"'))
    meant = _KEYED.sub(r".\1", meant)
    return tuple(host for host in _led_to(meant) if host not in loads(text)) if meant != plain else ()


def _as_joined(found: re.Match[str]) -> str:
    return '"' + found[2].join(one or other for one, other in _QUOTE.findall(found[1])) + '"'


def _led_to(text: str) -> tuple[str, ...]:
    if ("//" not in text and r"\/" not in text) or not _LOADS.search(text):
        return ()
    return _hosts(_ADDRESS if len(text) <= _SHORT else _NEAR, text)


def _hosts(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    found = {host_of(f"//{host}/") for host in pattern.findall(text)}
    return tuple(sorted(found - {"", "www.w3.org"})[:MAX_HOSTS])


def _put_together(text: str) -> str:
    """A script with its quotes as they are meant: addresses are hidden by writing them in pieces or as codes."""
    if "\\x" in text or "\\u00" in text:
        text = _CODE.sub(lambda found: chr(int(found[1] or found[2], 16)), text)
    return _JOINED.sub("", text) if "+" in text else text


def is_packed(text: str) -> bool:
    """Whether a good part of a script is encoded, so that nobody can read what it does."""
    text = text[:MAX_READ]
    return _PACKED.search(text) is not None or text.count("_0x") >= _OBFUSCATED
