"""Titles, compared by what they are made of: pairs of Chinese characters, and words in other scripts."""

import re
from functools import lru_cache

_RUN = re.compile(r"[\u3400-\u9fff]+|[^\W\d_\u3400-\u9fff]{2,}")
_SAYS_NOTHING = frozenset((
    "首页", "主页", "网站", "欢迎", "迎访", "访问", "您的", "我们", "门户", "户网", "官方", "方网", "官网", "页面",
    "详情", "无标", "标题", "题文", "文档", "untitled", "document", "home", "index", "welcome", "page", "new",
    "default", "main", "html", "the", "of", "to", "and",
))  # fmt: skip


@lru_cache(maxsize=4_096)
def title_words(title: str) -> frozenset[str]:
    """What tells titles apart; empty for one that says nothing, such as 首页."""
    found: set[str] = set()
    for run in _RUN.findall(title):
        if run[0] >= "\u3400":
            found.update(run[at : at + 2] for at in range(len(run) - 1))
        else:
            found.add(run)
    return frozenset(one for one in found if one.lower() not in _SAYS_NOTHING)


def shared(before: str, now: str) -> float | None:
    """The share of what the shorter title says that the other says too; None where one says nothing."""
    one, other = title_words(before), title_words(now)
    return len(one & other) / min(len(one), len(other)) if one and other else None
