"""Cheap looks at the source, so that a page pays only for what it may hold.

Dates and lists are looked for on Chinese pages, and on pages in other languages of hosts below .cn.
"""

import re
from collections.abc import Iterable

from xuncha.model.crawl import LinkUse
from xuncha.page.targets import host
from xuncha.page.values import Link

TITLE = 9
"""Characters that titles of articles have on average, and names of columns don't."""

_RUNNING_TEXT = 12
"""A page with so many times more words than its titles have is a text with links in it."""


_DATE = re.compile(r"20[0-4]\d(?:[-/.]\d\d?[-/.]\d|(?<=[a-z,] 20\d\d))")  # begins literally, which is searched fast
# Every Chinese page has one of them. They are found at once: no Latin letter shares their low byte.
_CHINESE = "的日月发市首"
_DAY = re.compile(r"\d[-/月]\d{1,2}(?![\d-])|\d\.[0-3]\d(?![\d.])")  # 4.2 is a version
_IN_TIP = re.compile(r"20[0-4]\d ?[-/.年] ?\d")
_TRAIL = ("位置", "当前", "rumb", "dqwz", "weizhi")
_MENU = ("首页", "首 页", "主页", "主 页")


def may_have_lists(html: str, own_host: str) -> bool:
    """Whether there is Chinese text, or at least a date on a host below .cn."""
    return any(word in html for word in _CHINESE) or (own_host.endswith(".cn") and _DATE.search(html) is not None)


def may_show_days(text: str, html: str) -> bool:
    """Whether a page without a full date may show days without a year, or dates where a link is pointed at."""
    return _DAY.search(text) is not None or _IN_TIP.search(html) is not None


def links_titles(links: Iterable[Link], own_host: str, text: str) -> bool:
    """Whether some links lead to pages of the website by words of a title's length, and make up some of the text."""
    pages = (link for link in links if link.kind == "a" and link.use is LinkUse.PAGE and len(link.text) >= TITLE)
    own = {link.target: len(link.text) for link in pages if host(link.target) == own_host}
    return len(own) > 1 and _RUNNING_TEXT * sum(own.values()) >= len(text)


def has_trail(html: str) -> bool:
    """Whether there may be a breadcrumb."""
    return _has_any(_TRAIL, html)


def has_menu(html: str) -> bool:
    """Whether there may be a navigation that says where home is."""
    return _has_any(_MENU, html)


def _has_any(words: Iterable[str], html: str) -> bool:
    """Whether there is one of these words; its first character is found ten times as fast."""
    return any(word[0] in html and word in html for word in words)
