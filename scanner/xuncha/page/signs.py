"""Cheap looks at the source, so that a page pays only for what it may hold."""

import re

_DATE = re.compile(r"[12２][09０]\d\d\s{0,2}[-－—–―‐‑−/／.．·年]\s{0,2}(?:<[^>]{0,80}>\s{0,2})?\d")
_CHINESE = ("的", "日", "政", "首页", "公开", "&#x", "&#2", "&#3")
_TRAIL = ("位置", "当前", "rumb", "dqwz", "weizhi")
_MENU = ("首页", "首 页", "主页", "主 页")


def has_date(html: str) -> bool:
    """Whether a year with something behind it stands anywhere."""
    return _DATE.search(html) is not None


def is_chinese(html: str) -> bool:
    """Whether there is any Chinese text."""
    return any(word in html for word in _CHINESE)


def has_trail(html: str) -> bool:
    """Whether there may be a breadcrumb."""
    return any(word in html for word in _TRAIL)


def has_menu(html: str) -> bool:
    """Whether there may be a navigation that says where home is."""
    return any(word in html for word in _MENU)
