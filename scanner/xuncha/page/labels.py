"""What the words before a date say about it. 成文日期 (signed) is not 发布日期 (published), nor is any other.

Letters of a label may stand apart (``发 布 时 间``), in a table cell of their own, or in brackets.
"""

import re
from typing import Literal

DateLabel = Literal["", "published", "bare", "updated", "held", "written", "other"]
"""``bare`` is 时间 or 日期 alone; ``held`` is when an event took place; ``other`` no date of the text at all."""

LOOKED_BACK = 40

_PUBLISHED = "发布|公布|发稿|公开|刊发|发表|上传|上网|刊登|信息|稿件|文章|发帖|挂网|公告|新闻|发送|投稿|报道|日志"
_UPDATED = "更新|录入|添加|加入|创建|编辑|入库|审核|修改"
_WRITTEN = "成文|签发|印发|发文|生成|制定|形成|落款|签署|公文|制发|文件"
_HELD = "访谈|直播|活动|会议|举办|召开|征集|调查|开始|起始"
_OTHER = (
    "截止|截至|结束|失效|废止|有效|有效期|生效|实施|施行|执行|打印|留言|来信|回复|答复|办理|受理|办结|咨询|提问|写信|写作|当前|现在|今天|访问|"
    "登录|报名|出生|任职|反馈|处理|回信|信件|提交|开标|投标|公示|招标|评价|浏览|查询|立案|建议|"
    "考试|注册|成立|发证|批准|核准|许可|决定|处罚|抽样|生产|购买|缴费|放假"
)


def _spaced(words: str) -> str:
    return "|".join(r"\s{0,4}".join(word) for word in words.split("|"))


_TIME = r"(?:时\s{0,6}间|日\s{0,6}期)"
_WHEN = rf"\s{{0,6}}{_TIME}"
_LABEL = re.compile(
    rf"(?:(?P<published>(?:{_spaced(_PUBLISHED)}){_WHEN}|(?:发布|发表|刊发|公布|公开)于|(?i:published|posted|released?)(?:\s(?:on|date|time))?)"
    rf"|(?P<updated>(?:{_spaced(_UPDATED)}){_WHEN}|更新于|(?i:updated))"
    rf"|(?P<written>(?:{_spaced(_WRITTEN)}){_WHEN})"
    rf"|(?P<held>(?:{_spaced(_HELD)}){_WHEN})"
    rf"|(?P<other>(?:{_spaced(_OTHER)})(?:{_WHEN}|[于至到]|期限|(?=\s?[：:]))"
    rf"|今天是|现在是|[自从至到于]|期限|[\u4e00-\u9fff]{_TIME})"
    rf"|(?P<bare>{_WHEN}|(?i:date|time)))"
    r"\s{0,6}[】\]）)]?\s{0,6}[：:∶|是为]?\s{0,20}[（(\[【]?\s{0,4}$"
)
_LAST = frozenset("间期于从自至到限天在endEND")
"""What labels end with, where no colon follows: 时间, 日期, 于, 期限, 今天[是], 现在[是], published, date, on, …"""

_LONGEST = 10
"""Characters of the longest label that has no white space in it (published)."""

_SAID_AFTER = re.compile(r"\s{0,3}(?:发布|发表|刊发)(?![\u4e00-\u9fff：:])")


def label_of(text: str, start: int, end: int) -> DateLabel:
    """What the words right before or after the date from ``start`` to ``end`` call it."""
    begin = _begin(text[max(start - LOOKED_BACK, 0) : start])
    found = _LABEL.search(text, start - begin, start) if begin else None
    if found is None:
        return "published" if _SAID_AFTER.match(text, end) else ""
    return found.lastgroup or ""  # type: ignore[return-value] # the groups bear these names


def _begin(before: str) -> int:
    """How far before its date a label may begin; 0 where none stands there, as before the date of nearly any row."""
    bare = before.rstrip().rstrip("（([【").rstrip()
    words = bare.rstrip("：:∶|是为").rstrip().rstrip("】])）").rstrip()
    if not (words[-1:] in _LAST or "：" in bare[len(words) :] or ":" in bare[len(words) :]):
        return 0
    in_one = len(words[-_LONGEST:].split()) == 1
    return len(before) - len(words) + _LONGEST if in_one and len(words) > _LONGEST else len(before)
