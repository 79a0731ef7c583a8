"""Words that styles within a page make large, and pictures from elsewhere behind all of it."""

import re
from collections.abc import Iterator
from itertools import islice

from xuncha.model.hosts import host_of
from xuncha.page import Page
from xuncha.store.mask import excerpt
from xuncha.tamper.effects import HIDES, MAX_HEAD, MAX_HEADS, MAX_SHEET, TAGS_OF
from xuncha.tamper.wayfinding import resolved

_MAX_FOUND = 60
_MAX_START = 420
_MAX_INNER = 600
_MAX_OPENING = 1_600
_MAX_NAMES = 40
_MAX_BEARERS = 20
_LEAST = 5
_LEAST_SIZES = {"px": 40, "pt": 30, "rem": 4, "em": 4, "vw": 4, "%": 250}

_SIZED = r"font(?:-size)?\s{0,3}:[^:;{}\"<>]{0,40}?(?<![\d.])(\d{1,3})(?:\.\d{1,4})?(px|pt|r?em|vw|%)"
_LOWER = re.compile(_SIZED)
_ANY_CASE = re.compile(_SIZED, re.IGNORECASE)  # many times as slow
_OPENED = re.compile(r"<([a-z][a-z0-9]{0,11})[ >]")
_NAMES = re.compile(r"([#.])([\w-]{1,40})\s{0,9}(?:,|$)")
_NO_LETTERS = re.compile(r"[\d\W_]+")
_WHOLE = frozenset(("html", "body", "style", "link", "meta", "input", "img", "script"))
_BEHIND = re.compile(
    r"<(?:html|body) [^<>]{0,600}?style=\"[^\"<>]{0,600}?url\((?:&quot;|')?([^\"'()<>]{3,300}?)(?:&quot;|')?\)"
)


def sized(page: Page, markup: str) -> tuple[str, ...]:
    """Words that a font size makes large, of which no more than a line stands in one element; no links."""
    found = dict.fromkeys(words for tag, start in _large(markup) if (words := _words(tag, markup, start)))
    shown = (words for words in found if not any(words in link.text for link in page.links))
    return tuple(excerpt(words, MAX_HEAD) for words in islice(shown, MAX_HEADS))


def backdrop(page: Page, markup: str) -> str:
    """The host of a picture that the page's outermost elements lay behind everything; empty for the site's own."""
    body = max(markup.find("<body"), 0)
    outermost = markup[:_MAX_OPENING] + markup[body : body + _MAX_OPENING]
    if "url(" not in outermost:
        return ""
    host = next((host_of(url) for url in resolved(_BEHIND, page, outermost)), "")
    return "" if host == host_of(page.url) else host


def _large(markup: str) -> Iterator[tuple[str, int]]:
    """Tags of elements with such a size, and where their contents begin."""
    ruled = dict[tuple[str, str], None]()
    for at, end in islice(_large_sizes(markup), _MAX_FOUND):
        start = markup.rfind("<", max(at - MAX_SHEET, 0), at)
        opened = _OPENED.match(markup, start) if start >= 0 else None
        if opened is None:
            continue
        if opened[1] == "style":
            ruled |= dict.fromkeys(_ruled(markup, markup.rfind(">", start, at) + 1, at))
        elif at - start <= _MAX_START and not HIDES.search(markup, start, close := markup.find(">", end)):
            yield opened[1], close + 1
    if ruled:
        yield from _bearers(markup, list(ruled)[:_MAX_NAMES])


def _large_sizes(markup: str) -> Iterator[tuple[int, int]]:
    """Where such sizes are declared."""
    pattern = _ANY_CASE if "FONT-SIZE" in markup else _LOWER
    for found in pattern.finditer(markup):
        if int(found[1]) >= _LEAST_SIZES[found[2].lower()]:
            yield found.span()


def _ruled(markup: str, start: int, at: int) -> list[tuple[str, str]]:
    """The marks and names for which the rule is that holds ``at``."""
    brace = max(markup.rfind("{", start, at), start)
    selectors = markup[max(markup.rfind("}", start, brace) + 1, start, brace - _MAX_START) : brace]
    return _NAMES.findall(" ".join(selectors.split()))


def _bearers(markup: str, names: list[tuple[str, str]]) -> Iterator[tuple[str, int]]:
    """The first elements that bear one of the names."""
    either = "|".join(re.escape(name) for _, name in names)
    bears = re.compile(rf" (id|class)=\"(?:[^\"<>]{{0,100}} )?({either})[ \"]")
    for found in islice(bears.finditer(markup), _MAX_BEARERS):
        start = markup.rfind("<", max(found.start() - _MAX_START, 0), found.start())
        opened = _OPENED.match(markup, start) if start >= 0 else None
        if opened and ("#" if found[1] == "id" else ".", found[2]) in names:
            yield opened[1], markup.find(">", found.start()) + 1


def _words(tag: str, markup: str, start: int) -> str:
    """What an element says; nothing where it is no line of words, or holds a link."""
    inner, closed, _ = markup[start : start + _MAX_INNER].partition(f"</{tag}>")
    if tag in _WHOLE or not closed or "<a " in inner:
        return ""
    words = " ".join(TAGS_OF.sub(" ", inner).split())
    return words if len(words) <= MAX_HEAD and len(_NO_LETTERS.sub("", words)) >= _LEAST else ""
