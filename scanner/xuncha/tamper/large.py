"""Words that styles within a page make large, and pictures from elsewhere behind all of it."""

import re
from collections.abc import Iterator
from itertools import chain, islice

from xuncha.model.hosts import host_of
from xuncha.page import Page
from xuncha.store.mask import excerpt
from xuncha.tamper.effects import HIDES, MAX_HEAD, MAX_HEADS, TAGS_OF
from xuncha.tamper.styles import MAX_START, Styled
from xuncha.tamper.wayfinding import resolved

_MAX_FOUND = 60
_MAX_INNER = 600
_MAX_OPENING = 1_600
_MAX_NAMES = 40
_MAX_BEARERS = 20
_LEAST = 5
_LEAST_SIZES = {"px": 40, "pt": 30, "rem": 4, "em": 4, "vw": 4, "%": 250}

_SIZED = r"font(?:-size)?\s{0,3}:[^:;{}\"<>]{0,40}?(?<![\d.])(\d{1,3})(?:\.\d{1,4})?(px|pt|r?em|vw|%)"
_LOWER = re.compile(_SIZED)
_ANY_CASE = re.compile(_SIZED, re.IGNORECASE)  # many times as slow
_OPENED = re.compile(r"<([a-z][a-z0-9]{0,11})(?: [^<>]{0,400})?$")
_NAMES = re.compile(r"([#.])([\w-]{1,40})\s{0,9}(?:,|$)")
_NO_LETTERS = re.compile(r"[\d\W_]+")
_WHOLE = frozenset(("html", "body", "style", "link", "meta", "input", "img", "script"))
_BEHIND = re.compile(
    r"<(?:html|body) [^<>]{0,600}?style=\"[^\"<>]{0,600}?url\((?:&quot;|')?([^\"'()<>]{3,300}?)(?:&quot;|')?\)"
)


def sized(page: Page, styled: Styled) -> tuple[str, ...]:
    """Words that a font size makes large, of which no more than a line stands in one element; no links."""
    large = chain(_by_style(styled), _by_rule(styled))
    found = dict.fromkeys(words for tag, start in large if (words := _words(tag, styled.markup, start)))
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


def _by_style(styled: Styled) -> Iterator[tuple[str, int]]:
    """Tags of elements whose own style has such a size, and where their contents begin."""
    for before, says, at in styled.own:
        if any(_large_sizes(says)) and not HIDES.search(says) and (opened := _OPENED.search(before)):
            yield opened[1], styled.markup.find(">", at) + 1


def _by_rule(styled: Styled) -> Iterator[tuple[str, int]]:
    """The same of the first elements that bear a name for which a rule is that has such a size."""
    found = (name for sheet in styled.sheets for at in _large_sizes(sheet) for name in _names(sheet, at))
    names = list(islice(dict.fromkeys(islice(found, _MAX_FOUND)), _MAX_NAMES))
    if not names:
        return
    either = "|".join(re.escape(name) for _, name in names)
    bears = re.compile(rf" (id|class)=\"(?:[^\"<>]{{0,100}} )?({either})[ \"]")
    for bearer in islice(bears.finditer(styled.markup), _MAX_BEARERS):
        opened = _OPENED.search(styled.markup, max(bearer.start() - MAX_START, 0), bearer.start())
        if opened and ("#" if bearer[1] == "id" else ".", bearer[2]) in names:
            yield opened[1], styled.markup.find(">", bearer.start()) + 1


def _large_sizes(css: str) -> Iterator[int]:
    """Where such sizes are declared."""
    if "font" in css or "FONT" in css:
        for found in (_ANY_CASE if "FONT" in css else _LOWER).finditer(css):
            if int(found[1]) >= _LEAST_SIZES[found[2].lower()]:
                yield found.start() + 1


def _names(sheet: str, at: int) -> list[tuple[str, str]]:
    """The marks and names for which the rule is that holds ``at``."""
    brace = max(sheet.rfind("{", 0, at), 0)
    selectors = sheet[max(sheet.rfind("}", 0, brace) + 1, brace - MAX_START) : brace]
    return _NAMES.findall(" ".join(selectors.split()))


def _words(tag: str, markup: str, start: int) -> str:
    """What an element says; nothing where it is no line of words, or holds a link."""
    inner, closed, _ = markup[start : start + _MAX_INNER].partition(f"</{tag}>")
    if tag in _WHOLE or not closed or "<a " in inner:
        return ""
    words = " ".join(TAGS_OF.sub(" ", inner).split())
    return words if len(words) <= MAX_HEAD and len(_NO_LETTERS.sub("", words)) >= _LEAST else ""
