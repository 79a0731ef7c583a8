"""What inline scripts are and do, as far as their text tells: nothing of them is run."""

import re
from functools import lru_cache
from zlib import crc32

from xuncha.model.hosts import host_of

MAX_HOSTS = 6
MAX_READ = 65_536

_VARYING = re.compile(r"[0-9\s]+")
_LONG_VALUES = re.compile(r"(\"[^\"\\\n]{0,400}\"|'[^'\\\n]{0,400}')")
_LOADS = ("createElement", ".write", ".src", "innerHTML", "insertAdjacent", "importScripts", "getScript", "fetch(")
_SENDS = re.compile(
    r"\blocation\s*(?:\.\s*href\s*)?=(?!=)|\blocation\s*\.\s*(?:replace|assign)\s*\(|\bopen\s*\([^)]{0,200}_(?:self|top)"
)
_ADDRESS = re.compile(r"""(?:https?:)?(?:\\?/){2}([A-Za-z0-9][A-Za-z0-9.-]{1,250}\.[A-Za-z]{2,24})(?=[:/"'\\?]|$)""")
_PACKED = re.compile(
    r"\beval\s*\(\s*(?:function\s*\(\s*p\s*,\s*a\s*,\s*c|unescape|atob|String\.fromCharCode|decodeURIComponent)"
    r"|(?:\\x[0-9a-fA-F]{2}){20}|(?:%[0-9a-fA-F]{2}){24}|(?:\\u00[0-9a-fA-F]{2}){16}"
    r"|fromCharCode\s*\((?:\s*(?:0x)?[0-9a-fA-F]{1,4}\s*,){15}|\batob\s*\(\s*[\"'][A-Za-z0-9+/=]{40}"
)


@lru_cache(maxsize=512)
def script_hash(text: str) -> str:
    """A hash of a script without what varies by itself: numbers, blanks and the contents of short quotes."""
    plain = _VARYING.sub("", _LONG_VALUES.sub('""', text[:MAX_READ]))
    return f"{crc32(plain.encode('utf-8', 'replace')):08x}"


@lru_cache(maxsize=512)
def loads(text: str) -> tuple[str, ...]:
    """The hosts from which a script loads something or to which it sends visitors; bounded, sorted."""
    text = text[:MAX_READ]
    if "//" not in text and r"\/" not in text:
        return ()
    if not any(sign in text for sign in _LOADS) and not _SENDS.search(text):
        return ()
    found = {host_of(f"//{host}/") for host in _ADDRESS.findall(text)}
    return tuple(sorted(found - {"", "www.w3.org"})[:MAX_HOSTS])


def is_packed(text: str) -> bool:
    """Whether a good part of a script is encoded, so that nobody can read what it does."""
    return _PACKED.search(text[:MAX_READ]) is not None
