"""The words by which policies and records are read (``words.yaml``), and times in them as numbers."""

import re
from collections.abc import Iterator
from itertools import islice

from xuncha.api import OneOf, Table, read_table


class _Policy(Table):
    """What a backup policy names."""

    about: OneOf
    scope: OneOf
    cycle: OneOf
    medium: OneOf
    retention: OneOf
    responsible: OneOf
    here: OneOf
    elsewhere: OneOf


class _Maybe(Table):
    """What a policy may name in other words: then a person is asked. And headings of columns."""

    scope: OneOf
    cycle: OneOf
    medium: OneOf
    retention: OneOf
    responsible: OneOf


class _Offsite(Table):
    """Places that are apart from the website's own, and such that are not; ``claim`` is what a denial would be of."""

    claim: OneOf

    apart: OneOf
    place: OneOf
    together: OneOf


class _Drill(Table):
    """What the record of a restore drill speaks of.

    ``lasting`` has the groups ``label``, ``gap``, ``time`` and ``after``; ``held`` and ``not_held`` stand before days.
    """

    claim: OneOf
    about: OneOf
    failed: OneOf
    short: OneOf
    succeeded: OneOf
    lasting: OneOf
    restoring: OneOf
    whole: OneOf
    aimed: OneOf
    held: OneOf
    not_held: OneOf


class _Words(Table):
    policy: _Policy
    columns: _Maybe
    maybe: _Maybe
    offsite: _Offsite
    drill: _Drill


WORDS = read_table(_Words, __package__, "words.yaml")
ELEMENTS: tuple[str, ...] = ("scope", "cycle", "medium", "retention", "responsible")
"""What the policy has to name (GB/T 22239-2019, 8.1.10.11; the person by the notice's self-check)."""

_NUMBERS = {
    "半": 0.5,
    "一": 1,
    "两": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "十": 10,
    "十二": 12,
}
_UNITS = {"小时": 1 / 24, "天": 1, "日": 1, "周": 7, "星期": 7, "月": 31, "季": 92, "年": 366}
_EVERY = re.compile(
    r"(?:每(?:隔)?|逐|按|逢)\s*(?P<count>[0-9.]{1,4}|[半一两二三四五六七八十]{1,2})?\s*个?(?:工作|自然)?(?P<unit>小时|天|日|周|星期|月|季|年)"
    r"|一(?P<once>[天日周月季年])一[次备]|(?P<night>夜里|夜间|凌晨|每晚|每夜|晚上)|(?P<kind>[日周月])备份"
)
_TIME = re.compile(r"(?P<count>[0-9]+(?:\.[0-9]+)?)\s*个?(?P<half>半)?(?P<unit>小时|分钟|分|秒|h|min)")
_CLAUSE_END = re.compile(r"[,，。;；:：\n]")
_BEFORE = 10
"""Characters before a time that tell what it is of."""

_MOST_TIMES = 20
_MINUTES = {"小时": 60, "h": 60, "分钟": 1, "分": 1, "min": 1, "秒": 1 / 60}


def cycle_days(text: str) -> set[float]:
    """The cycles that a passage names, in days: mostly one for the database and another for pages."""
    at_once = {1 / 24} if re.search("实时(?:备份|同步)", text) else set[float]()
    return at_once | {_days(found) for found in _EVERY.finditer(text)}


def _days(found: re.Match[str]) -> float:
    unit = found["unit"] or found["once"] or found["kind"] or "天"
    said = found["count"] or "1"
    count = _NUMBERS.get(said) if not said[0].isdigit() else _number(said)
    return (count or 1) * _UNITS[unit]


def _number(said: str) -> float | None:
    try:
        return float(said)
    except ValueError:
        return None


def minutes(text: str) -> float | None:
    """How long a passage says first that something took."""
    return next((taken for taken, _ in times_taken(text)), None)


def times_taken(text: str) -> Iterator[tuple[float, bool]]:
    """Each time in minutes that a passage says something took, not was to take, and whether that was restoring."""
    words = WORDS.drill
    for said in islice(words.lasting.finditer(text), _MOST_TIMES):
        before = _CLAUSE_END.split(text[max(0, said.start() - _BEFORE) : said.start()])[-1]
        if words.aimed.search(before + said["label"] + said["gap"]) or words.aimed.match(said["after"]):
            continue
        told = before + said["label"]
        yield _in_minutes(said["time"]), bool(words.restoring.search(told)) and not words.whole.search(told)


def _in_minutes(time: str) -> float:
    parts = ((float(one["count"]) + 0.5 * bool(one["half"]), one["unit"]) for one in _TIME.finditer(time))
    return sum(count * _MINUTES[unit] for count, unit in parts)
