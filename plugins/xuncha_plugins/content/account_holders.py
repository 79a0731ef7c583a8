"""Whose account a number is: a person's name beside it, or that of an office.

Offices publish accounts to be paid into, and the words around those are the same as around a beneficiary's. What stands
behind 收款人 or 户名, or in that column of a table, tells them apart.
"""

import re
from functools import cache

from xuncha_plugins.content.lexicon import alternation
from xuncha_plugins.content.personal_words import any_of, words

_BEFORE = 60
_BEHIND = 30
_HEADING = 240
_ROW = 40
_SHORTEST, _LONGEST = 2, 4
_LONGEST_DOTTED = 15
_BRACKETED = re.compile(r"\s{0,3}[(（]([^()（）]{2,15})[)）]")
_COLON_OR_CUT = re.compile("[:(（]")


def holds_account(text: str, match: re.Match[str]) -> bool:
    """Whether the account number that ``match`` found in ``text`` stands beside the name of a person who holds it."""
    heading = text[max(0, match.start() - _HEADING) : match.start()]
    if not any_of(words().account, heading):
        return False
    behind = text[match.end() : match.end() + _BEHIND]
    if (bracketed := _BRACKETED.match(behind)) and is_name(bracketed[1].strip()):
        return True
    named = _holder().findall(heading[-_BEFORE:])[-1:] or _holder().findall(behind)[:1]
    if named:
        return is_name(_cut().split(named[0], maxsplit=1)[0])
    return any_of(words().holder, heading) and not any_of(words().agents, heading) and _names(heading[-_ROW:])


def is_name(value: str) -> bool:
    """Whether ``value`` is a person's name, masked in part or not (王小明、王*明、阿依古丽·买买提)."""
    if "·" in value:
        return len(value) <= _LONGEST_DOTTED
    if not _SHORTEST <= len(value) <= _LONGEST or value[0] not in words().surnames:
        return False
    return not value.endswith(words().offices) and not any_of(words().nameless, value)


def _names(row: str) -> bool:
    """Whether a cell of a table's row is a person's name; the words before a number are cut at their first blank."""
    cells = row.split()
    return any(is_name(cell) for cell in (cells if row[:1].isspace() else cells[1:]) if not _COLON_OR_CUT.search(cell))


@cache
def _holder() -> re.Pattern[str]:
    """A label and what stands behind it; a person to contact holds nothing."""
    label = rf"(?<![系责办定]人){alternation(words().holder)}(?:姓名|名称|全称|称)?"
    another = alternation([*words().holder, *words().account])
    return re.compile(rf"{label}\s?:\s*(?!{another})([^\s，。；,;:、()（）]{{1,30}})")


@cache
def _cut() -> re.Pattern[str]:
    """What follows a name without a blank."""
    return re.compile(alternation([*words().account, "开户", "身份证", "电话", "手机", "银行", "联系"]))
