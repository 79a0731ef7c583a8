"""Sitemaps (sitemaps.org): a source of pages that nothing links to. Read by pattern, so no entity is ever expanded."""

import re
import zlib
from collections.abc import Iterator
from html import unescape
from itertools import islice

MAX_BYTES = 16_000_000
MAX_URLS = 50_000
MAX_URL = 2048

# Possessive: a hostile file repeats what nearly matches, and is read once all the same.
_LOC = re.compile(rb"(?i)<loc\s*+>\s*+(?:<!\[CDATA\[)?+\s*+([^\s<\]]{1,4096}+)")
_LINE = re.compile(rb"(?m)^[ \t]*+(https?://[^\s<>]{1,4096}+)")


def listed(body: bytes) -> Iterator[str]:
    """The URLs that a sitemap lists, in its order, at most ``MAX_URLS``; plain lists of lines are read, too."""
    pattern = _LOC if _is_markup(body) else _LINE
    for match in islice(pattern.finditer(body), MAX_URLS):
        url = unescape(match[1].decode("utf-8", "replace"))
        if len(url) <= MAX_URL and url.startswith(("http://", "https://")):
            yield url


def _is_markup(body: bytes) -> bool:
    return body[:1024].lstrip(b" \t\r\n").startswith(b"<")


def is_index(body: bytes) -> bool:
    """Whether it lists sitemaps, not pages."""
    return b"<sitemapindex" in body[:4096]


def unpacked(body: bytes) -> bytes:
    """The sitemap itself, without gzip and byte order mark; cut at ``MAX_BYTES``, empty where it is broken."""
    if body[:2] != b"\x1f\x8b":
        return body[:MAX_BYTES].removeprefix(b"\xef\xbb\xbf")
    try:
        return zlib.decompressobj(wbits=31).decompress(body, MAX_BYTES)
    except zlib.error:
        return b""
