"""What people write into ``evidence.yaml`` as what was meant: 2026年11月20日, 二级, 一年, 1小时35分, lists on one line.

无 and the like are nothing, 长期 for an end is no end; of a month an end is its last day, anything else its first.
What can't be understood stays as it is, for the model to refuse with its place.
"""

import re
import unicodedata
from calendar import monthrange
from math import ceil
from typing import Any

from xuncha.config.written import day_or_month

_YES_OR_NO = {"是": True, "有": True, "否": False, "无": False, "没有": False}
_ASKED = frozenset({"full_time", "backed_up", "outsourced"})
_DATES = frozenset({"filled", "issued", "revised", "taken", "last", "held", "licence_until", "updated", "last_alert"})
_DATES |= {"filed", "assessed", "reviewed", "until"}
_ENDS = frozenset({"licence_until", "until"})
_NONE = frozenset({"无", "没有", "暂无", "尚无", "未发生", "无告警", "不适用", "/", "-", "--", "—", "——", "N/A"})
_NO_END = re.compile(
    r"(?:长期|永久|永远|终身|无(?:限期|期限|到期日期?|截止日期?)|不限(?:期限)?)(?:有效|使用|授权|许可)?"
)
_DAYS = frozenset({"cycle_days", "retention_days", "kept_days"})
_MINUTES = frozenset({"minutes", "rto_minutes", "rpo_minutes"})
_LISTS = frozenset({"scope", "participants", "kinds"})
_DAY_LENGTH = len("2026-11-20")

_DIGITS = {sign: number for number, signs in enumerate(("〇零", "一", "二两", *"三四五六七八九")) for sign in signs}
_AMOUNT = re.compile(
    r"(?:每|约|近|满|不少于|至少)?(\d{1,6}(?:\.\d{1,3})?|[〇零一二两三四五六七八九十百]{1,6}|半)?(?:个)?"
)
_UNITS = (("分钟", 1), ("小时", 60), ("钟头", 60), ("季度", 131_400), ("星期", 10_080), ("礼拜", 10_080), ("分", 1))
_MORE_UNITS = (
    ("时", 60),
    ("天", 1_440),
    ("日", 1_440),
    ("周", 10_080),
    ("月", 43_800),
    ("季", 131_400),
    ("年", 525_600),
)
_IN_MINUTES = dict(_UNITS + _MORE_UNITS)
_PART = re.compile(_AMOUNT.pattern + "(" + "|".join(_IN_MINUTES) + ")(半)?(?:以上|左右|一次)?")
_LEVEL = re.compile(r"(?:等保|等级保护)?(?:第)?([1-5一二三四五])级?")
_BETWEEN_FILES = re.compile(r"\s*[,，;；\n]\s*")
_BETWEEN = re.compile(r"\s*[、,，;；\n]\s*")
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_MINUTES_OF_A_DAY = 1_440


def as_meant(value: Any, name: str = "") -> Any:
    """A value of the list without names that stand there empty, as the template leaves them."""
    match value:
        case dict():
            words = {"scope"} if name == "outsourcing" else set()  # the one scope that is a text
            return {key: one if key in words else as_meant(one, key) for key, one in value.items() if one is not None}
        case list():
            return [part for one in value for part in (_listed(one) if name in _LISTS else [as_meant(one)])]
        case bool():
            return value
        case str() | int():
            return _scalar(value, name)
        case _:
            return value


def _scalar(value: str | int, name: str) -> Any:
    """A single value, by the name of its field."""
    text = unicodedata.normalize("NFKC", str(value)).strip()
    if name == "files" or name in _LISTS:
        return _paths(str(value)) if name == "files" else _listed(value)
    return _worth(text, value, name)


def _worth(text: str, value: str | int, name: str) -> Any:
    if name in _ASKED:
        return _YES_OR_NO.get(text, value)
    if name in _DATES:
        return None if text in _NONE or (name in _ENDS and _NO_END.fullmatch(text)) else _day(text, name) or str(value)
    if name == "level":
        found = _LEVEL.fullmatch(text)
        return (_number(found[1]) or value) if found else value
    if name in _MINUTES:
        return _or_kept(_minutes(text), value)
    return _or_kept(_days(_minutes(text)), value) if name in _DAYS else value


def _day(text: str, name: str) -> str | None:
    """The day that is meant; of a month the last one of what ends, the first of all else."""
    found = day_or_month(text)
    if found is None or len(found) == _DAY_LENGTH:
        return found
    last = monthrange(int(found[:4]), int(found[5:]))[1] if name in _ENDS else 1
    return f"{found}-{last:02}"


def _or_kept(found: float | None, value: object) -> object:
    return value if found is None else int(found) if found == int(found) else found


def _days(minutes: float | None) -> float | None:
    """Days of a length of time; a month is a twelfth of a year, so that 12 个月 is no less than 一年."""
    days = minutes / _MINUTES_OF_A_DAY if minutes else None
    return ceil(days) if days and days >= 1 else days


def _minutes(text: str) -> float | None:
    """A length of time as people write it; None for a bare number and for what is none."""
    total, end = 0.0, 0
    text = re.sub(r"\s", "", text)
    while end < len(text):
        found = _PART.match(text, end)
        if not found:
            return None
        total += ((_number(found[1]) if found[1] else 1) + (0.5 if found[3] else 0)) * _IN_MINUTES[found[2]]
        end = found.end()
    return total or None


def _number(written: str) -> float:
    """A number in digits, or in characters below a thousand."""
    if written == "半":
        return 0.5
    if written[0].isdecimal():
        return float(written) if "." in written else int(written)
    hundreds, hundred, rest = written.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    value = 100 * _DIGITS.get(hundreds, 1) if hundred else 0
    value += 10 * _DIGITS.get(tens.lstrip("〇零"), 1) if ten else 0
    return value + _DIGITS.get(ones.lstrip("〇零")[:1], 0)


def _listed(value: Any) -> list[Any]:
    """An entry of a list, which may itself be several."""
    return [part for part in _BETWEEN.split(value.strip()) if part] if isinstance(value, str) else [value]


def _paths(text: str) -> list[str]:
    """Paths on one line; 、 parts them only where each has an extension, for it may belong to a name."""
    paths = [path for path in _BETWEEN_FILES.split(text.strip()) if path]
    apart = [part for path in paths for part in _listed(path)]
    return apart if all(_EXTENSION.search(part) for part in apart) else paths
