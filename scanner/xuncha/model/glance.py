"""What a glance at a body tells without parsing it: its text, its title, its words. Bounded, whatever the body is like.

Nothing here is as good as ``xuncha.page``; it is for replies that are looked at and not read.
"""

import html
import re

HEAD = 16_384
"""Bytes of a body in which a title is looked for."""

_TITLE = re.compile(rb"<title[^>]{0,200}>(.{0,600}?)</title", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]{0,300}>")
_UNSEEN = ("script", "style", "noscript", "template")


def decoded(head: bytes) -> str:
    """The head of a body as text: UTF-8, else GB18030. Only a character cut off at the end is left out."""
    try:
        return head.decode()
    except UnicodeDecodeError as problem:
        if problem.start >= len(head) - 3:
            return head[: problem.start].decode()
        return head.decode("gb18030", "replace")


def title_of(body: bytes, end: int = HEAD) -> str:
    """The words of a ``<title>`` that begins before ``end``; empty where there is none."""
    return element_words(_TITLE, body, b"<title", end)


def element_words(pattern: re.Pattern[bytes], body: bytes, start: bytes, end: int) -> str:
    """The words of the first element that ``pattern`` finds; ``start`` is how it usually begins."""
    match = pattern.search(body, max(body.find(start, 0, end), 0), end + 1000)
    return " ".join(html.unescape(_TAG.sub(" ", decoded(match[1]))).split()) if match else ""


def visible_words(markup: str) -> str:
    """The words that a visitor reads, the title's among them; what different elements say is parted by a blank."""
    first, *commented = markup.split("<!--")
    before, *pieces = (first + " ".join(one.partition("-->")[2] for one in commented)).split("<")
    seen, unseen = [before], ""
    for piece in pieces:
        tag, _, words = piece.partition(">")
        name = tag[:9].lower()
        if unseen:
            unseen = "" if name.startswith(f"/{unseen}") else unseen
        else:
            unseen = next((one for one in _UNSEEN if name.startswith(one)), "")
        seen += [] if unseen else [words]
    return " ".join(html.unescape(" ".join(seen)).split())
