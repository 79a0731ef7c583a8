"""Dates that a document gives as its own, also without a day (2026年3月) and in Chinese numerals (二〇二六年三月)."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from xuncha.api import below_hundred, spelt_year

_CHINESE = re.compile(
    r"(二[〇○零O0][〇○零O0一二三四五六七八九]{2})年(十[一二]?|元|正|[一二三四五六七八九])月(?:([一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日)?"
)
_PLAIN = re.compile(r"(?<!\d)(20\d\d)(?:年(\d{1,2})月(?:(\d{1,2})[日号]?)?|([-./])(\d{1,2})(?:\4(\d{1,2}))?(?![\d.]))")
_COMPACT = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)")
_YEAR_ONLY = re.compile(r"(?<!\d)(20\d\d)年?(?:版|修订|修编|第\d{1,2}版)")


def written(text: str, at: int) -> str:
    """The date that begins at ``at``, as it is written; a month stays a month."""
    found = next((hit for one in (_PLAIN, _COMPACT, _CHINESE, _YEAR_ONLY) if (hit := one.match(text, at))), None)
    return found[0] if found else ""


def last_day(day: date, shown: str) -> date:
    """The last day that a date as it is written may mean: of a month without a day its last."""
    whole = not re.search(r"[日号]|\d[-./]\d{1,2}[-./]\d|\d{8}", shown)
    return day.replace(day=monthrange(day.year, day.month)[1]) if whole and "月" in shown else day


def dates(text: str) -> Iterator[tuple[date, int]]:
    """Every date of ``text`` (blanks taken out) with its place; the first day where only a month is given."""
    for found in _PLAIN.finditer(text):
        if day := _made(found[1], found[2] or found[5], found[3] or found[6]):
            yield day, found.start()
    for found in _COMPACT.finditer(text):
        if day := _made(found[1], found[2], found[3]):
            yield day, found.start()
    for found in _CHINESE.finditer(text):
        if day := _made(spelt_year(found[1]), _number(found[2]), _number(found[3])):
            yield day, found.start()


def years(text: str) -> Iterator[tuple[date, int]]:
    """Years that stand without a month (2026年修订、2026版): their first day."""
    for found in _YEAR_ONLY.finditer(text):
        yield date(int(found[1]), 1, 1), found.start()


def _number(written: str | None) -> int | None:
    """The first month is also called 元月 or 正月."""
    return 1 if written in ("元", "正") else below_hundred(written or "")


def _made(year: str | int | None, month: str | int | None, day: str | int | None) -> date | None:
    try:
        return date(int(year or 0), int(month or 1), int(day or 1))
    except ValueError:
        return None
