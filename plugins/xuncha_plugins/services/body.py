"""The part of a page that is the guide itself: what stands behind the breadcrumb, without menus and the footer."""

import re
from collections import Counter
from urllib.parse import urldefrag

from xuncha.api import Page
from xuncha_plugins.services.elements import without_footer
from xuncha_plugins.services.words import heading

MAX_TEXT = 60_000
MAX_MENU = 500
"""Links of one page that are held against the lines of its text."""

_LONGEST_ENTRY = 15
_TRAIL = re.compile(r"(?:当前|所在|现在|您的|你的)的?\s?位\s?置|[您你](?:现在|当前)?所?在(?:这里)?\s?[：:]")
_LONGEST_TRAIL = 200
_COLUMN = re.compile(r"(?i)/(?:(?:index|list|default|more|channel|column)[\w-]*\.\w+)?(?:[?#]|$)|/col/col\d+/")
"""Addresses of columns: a link there, called 表格下载 or 咨询投诉, is an entry of a menu and no part of the guide."""

_BETWEEN = re.compile(r"[\s|｜/·•>＞»]+")


def body_of(page: Page) -> str:
    """The text of the guide on a page; the whole text above the footer where nothing tells where it begins."""
    lines = without_footer(page.text[:MAX_TEXT]).split("\n")
    begin, menu = _begin(lines, page), _Menu(page)
    own = [not menu.takes(line) for line in lines]
    return "\n".join(line for line, is_own in zip(lines[begin:], own[begin:], strict=True) if is_own)


def _begin(lines: list[str], page: Page) -> int:
    """The line behind the breadcrumb, or of the heading."""
    for number, line in enumerate(lines if page.trail else ()):
        if len(line) <= _LONGEST_TRAIL and _TRAIL.search(line):
            return number
    title = heading(page.title)
    return lines.index(title) if title in lines else 0


def leads_to_column(target: str, own: str) -> bool:
    """Whether a link of the page ``own`` leads to a column, as entries of menus do."""
    return bool(target) and urldefrag(target)[0] != urldefrag(own)[0] and bool(_COLUMN.search(target))


class _Menu:
    """The entries of a page's menus. Each takes one line: a guide may have an element of the same name."""

    def __init__(self, page: Page) -> None:
        links = list(page.navigation)
        links += [link for link in page.links if link.kind == "a" and leads_to_column(link.target, page.url)]
        texts = {(link.line, link.target, link.text): link.text for link in links[:MAX_MENU]}
        self._left = Counter(text for text in texts.values() if 1 < len(text) <= _LONGEST_ENTRY)

    def takes(self, line: str) -> bool:
        """Whether a line holds nothing but entries of menus that have not stood there yet."""
        if len(line) > _LONGEST_TRAIL:
            return False
        entries = Counter([line] if line in self._left else filter(None, _BETWEEN.split(line)))
        if not entries or not entries <= self._left:
            return False
        self._left -= entries
        return True
