"""Refuses pages that no honest site sends, before the parser sees them. Linear in the page's length.

The parser is linear itself (100,000 nested tags in 10 ms); the caps bound what a page may cost in memory and what a
plugin may spend on it. Of 9,500 real documentation pages one is refused: a whole manual of 8.4 MB in one file.
"""

import re
from collections import Counter

MAX_CHARS = 4 * 1024 * 1024
MAX_TAGS = 300_000
MAX_DEPTH = 30_000
MAX_ATTRIBUTES = 500_000

# A quote without a partner is an ordinary character; there is at most one of each kind, so this stays linear.
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*)((?:[^"'>]+|"(?:[^"]*")?|'(?:[^']*')?)*+)""")
# Never hold children, or are closed by their next sibling: they can't nest without another element between them.
_FLAT = frozenset((
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
    "meta", "param", "source", "track", "wbr", "html", "head", "body", "p", "li", "dt", "dd", "option", "optgroup",
    "td", "th", "tr", "thead", "tbody", "tfoot", "colgroup", "caption", "rb", "rp", "rt", "rtc",
))  # fmt: skip
_SAMPLED = 4_096
_MOST_CONTROLS = 50
"""One control character to so many bytes is no text any more; documents have none at all."""
_TEXTUAL = bytes(sorted({*range(0x20, 0x7F), *range(0x80, 0x100), *b"\t\n\v\f\r\x1a\x1b"}))
_SEPARATORS = " \t\n\f\r/\"'"
_DRAWN = frozenset((
    "animate", "circle", "ellipse", "image", "line", "path", "polygon", "polyline", "rect", "stop", "use",
))  # fmt: skip


def excess(html: str) -> str:
    """Which cap ``html`` exceeds, in words for the log; empty where it may be parsed."""
    if len(html) <= MAX_DEPTH:
        return ""  # every tag and every attribute has a character at least: too short to exceed anything
    if len(html) > MAX_CHARS:
        return f"{len(html)} characters, more than {MAX_CHARS}"
    marks = html.count("<")
    if marks > MAX_TAGS:
        return f"about {marks} tags, more than {MAX_TAGS}"
    # Few tags can't nest deeply, and every attribute needs a separator before it: most pages need no second look.
    if marks > MAX_DEPTH and marks - html.count("</") > MAX_DEPTH:
        return _nesting_or_attributes(html)
    if len(html) > 2 * MAX_ATTRIBUTES and sum(map(html.count, _SEPARATORS)) > MAX_ATTRIBUTES:
        return _nesting_or_attributes(html)
    return ""


def is_noise(body: bytes) -> bool:
    """Whether ``body`` is no text in any encoding whose letters ASCII bytes stand for (all but UTF-16)."""
    sample = body[:_SAMPLED]
    controls = len(sample.translate(None, _TEXTUAL))
    return controls > 3 and controls * _MOST_CONTROLS > len(sample)  # noqa: PLR2004 - a few may be slips of an editor


def _nesting_or_attributes(html: str) -> str:
    attributes, depth = 0, 0
    still_open: Counter[str] = Counter()
    for closing, tag, rest in _TAG.findall(html):
        name = tag.lower()
        attributes += _attributes_at_most(rest)
        if attributes > MAX_ATTRIBUTES:
            return f"more than {MAX_ATTRIBUTES} attributes"
        if name in _FLAT or (name in _DRAWN and rest.endswith("/")):
            continue
        if not closing:
            still_open[name] += 1
            depth += 1
        elif still_open[name] > 0:
            still_open[name] -= 1
            depth -= 1
        if depth > MAX_DEPTH:
            return f"nested more than {MAX_DEPTH} deep"
    return ""


def _attributes_at_most(rest: str) -> int:
    rest = rest.rstrip("/")
    return len(rest.split()) + rest.count("/") + rest.count('"') // 2 + rest.count("'") // 2 if rest else 0
