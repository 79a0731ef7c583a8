"""Cheap looks at the source, so that a page pays only for what it may hold.

Dates and lists are looked for on Chinese pages, and on pages in other languages of hosts below .cn.
"""

import re

_DATE = re.compile(r"20[0-4]\d(?:[-/.]\d\d?[-/.]\d|(?<=[a-z,] 20\d\d))")  # begins literally, which is searched fast
# Every Chinese page has one of them. They are found at once: no Latin letter shares their low byte.
_CHINESE = "的日月发市首"
_TRAIL = ("位置", "当前", "rumb", "dqwz", "weizhi")
_MENU = ("首页", "首 页", "主页", "主 页")


def may_have_lists(html: str, host: str) -> bool:
    """Whether there is Chinese text, or at least a date on a host below .cn."""
    return any(word in html for word in _CHINESE) or (host.endswith(".cn") and _DATE.search(html) is not None)


def has_trail(html: str) -> bool:
    """Whether there may be a breadcrumb."""
    return any(word in html for word in _TRAIL)


def has_menu(html: str) -> bool:
    """Whether there may be a navigation that says where home is."""
    return any(word in html for word in _MENU)
