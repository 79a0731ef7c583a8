"""Calendar dates in Chinese and numeric notation, as government pages write them.

Read are ``2021-09-30 22:30``, ``2009/5/19``, ``2018年9月8日``, ``24.12.2018 16:34``, ``2016- 07-25``, full-width
digits and colons, dashes of every length, and ``May 18, 2021`` for the foreign-language sites.
What no calendar holds is no date. Where day and month could be exchanged (``05/06/2021``), nothing is claimed.
Moments are in Asia/Shanghai.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from xuncha.model.clock import SHANGHAI

Precision = Literal["day", "minute", "second"]

_DASH = r"\-－—–―‐‑−"
_SEPARATOR = rf"[{_DASH}]{{1,2}}|[/／.．·]"
# Begins with a set of characters, which is looked for fast; so does the sign of a year that comes last.
_YEAR_FIRST = re.compile(
    rf"([12１２](?:(?<=[1１])[9９]|(?<=[2２])[0０])\d\d)(?<!\d{{5}})\s{{0,2}}(年|{_SEPARATOR})\s{{0,2}}"
    rf"(\d{{1,2}})\s{{0,2}}(月|{_SEPARATOR})\s{{0,2}}(\d\d(?=\d\d[:：]\d\d)|\d{{1,2}}(?!\d|[.．]\d))(?:\s{{0,2}}[日号](?!楼))?"
)
_BEFORE_YEAR = re.compile(r"(\d(?<![\d./-]\d)\d?)([./-])(\d{1,2})\2\Z")
_GOES_ON = re.compile(r"\d|[./-](?<=\d[./-]\d{4}.)\d")  # behind a month's name a period may follow: 18 May 2021-22 June
_SIGN_OF_YEAR_LAST = re.compile(r"[./-](?<=\d.)\d\d?[./-](?:19|20)\d\d")
_APART = r"\s{0,20}"
_SIGN_OF_YEAR_FIRST = re.compile(
    rf"[12１２][90９０]\d\d{_APART}(?:年|{_SEPARATOR}){_APART}\d\d?{_APART}(?:月|{_SEPARATOR}){_APART}\d"
)
_YEAR = re.compile(r"[12](?:(?<=1)9|(?<=2)0)\d\d")
_WIDE_YEAR = "０１２９"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SIGN_OF_MONTH = re.compile("|".join(_MONTHS))
_MONTH = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    "Nov(?:ember)?|Dec(?:ember)?"
)
_MONTH_BEFORE_YEAR = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s{{1,2}}(?P<m1>{_MONTH})\b\.?,?"
    rf"|(?P<m2>{_MONTH})\b\.?\s{{1,2}}(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?)\s{{1,2}}\Z"
)
_LONGEST_BEFORE = 24
_MONTH_DAY = re.compile(
    rf"(?<![\d:：.．/／年{_DASH}])(\d{{1,2}})\s?(月|[{_DASH}/／.．])\s?(\d{{1,2}})(?!\d)\s?(日?)(?![:：.．/／%年月{_DASH}])"
)
_TIME = re.compile(
    r"(?:[\sT,，-]{0,4}|\s{0,2}[（(]?(?:星期|周)[一二三四五六日天][)）]?\s{0,4})(上午|下午|晚上|[AP]M(?=\s))?\s?"
    r"(\d{1,2})(?:\s?[:：]\s?(\d{1,2})(?:\s?[:：]\s?(\d{1,2})(?:\.\d{1,9})?)?|[时点](?:(\d{1,2})分(?:(\d{1,2})秒)?)?)(?!\d)"
    r"(?:\s?(Z(?![a-z])|[+-]\d\d:?\d\d(?!\d)))?"
)
_KINDS = {"年": "年", "月": "年", "/": "/", "／": "/", ".": ".", "．": ".", "·": "."}  # any other is a dash


@dataclass(frozen=True, slots=True)
class DateSeen:
    """A calendar date in a text, from ``start`` to ``end``, written as ``raw``; ``at`` where it tells the time too."""

    date: date
    at: datetime | None
    start: int
    end: int
    raw: str
    precision: Precision = "day"


@dataclass(frozen=True, slots=True)
class MonthDaySeen:
    """A day without its year, such as ``[09-30]``; 29 February is one."""

    month: int
    day: int
    start: int
    end: int
    raw: str

    def in_year(self, year: int) -> date | None:
        """The date in ``year``, where that year has such a day."""
        return made_date(year, self.month, self.day)


class _Moment(NamedTuple):
    at: datetime | None
    end: int
    precision: Precision


def dates_in(text: str) -> tuple[DateSeen, ...]:
    """Every calendar date of ``text`` that names its year, in order."""
    return tuple(sorted((*_year_first(text), *_year_last(text)), key=lambda seen: seen.start))


def may_hold_dates(text: str) -> bool:
    """A cheap look whether ``dates_in`` may find anything, also where the words are spaced in another way."""
    if _YEAR.search(text) is None and not any(digit in text for digit in _WIDE_YEAR):
        return False
    if _SIGN_OF_YEAR_FIRST.search(text) or _SIGN_OF_YEAR_LAST.search(text):
        return True
    places = (year.start() for year in _YEAR.finditer(text))
    return any(_SIGN_OF_MONTH.search(text, max(at - 2 * _LONGEST_BEFORE, 0), at) for at in places)


def month_days_in(text: str) -> tuple[MonthDaySeen, ...]:
    """Every ``09-30``, ``9/30`` or ``9月30日`` of ``text`` that stands without a year, in order.

    Only the shape is looked at: what an unlabelled ``1-5`` means, the caller has to know.
    """
    taken = dates_in(text)
    starts = [seen.start for seen in taken]
    found = ((bisect_right(starts, seen.start), seen) for seen in _month_days(text))
    return tuple(seen for after, seen in found if not (after and seen.start < taken[after - 1].end))


def _month_days(text: str) -> Iterator[MonthDaySeen]:
    for found in _MONTH_DAY.finditer(text):
        month, day = int(found[1]), int(found[3])
        if (found[2] == "月") == bool(found[4]) and made_date(2000, month, day):
            yield MonthDaySeen(month, day, found.start(), found.end(), found[0].rstrip())


def _year_first(text: str) -> Iterator[DateSeen]:
    for found in _YEAR_FIRST.finditer(text):
        same_kind = _KINDS.get(found[2], "-") == _KINDS.get(found[4], "-")
        day = made_date(int(found[1]), int(found[3]), int(found[5])) if same_kind and found[4] != "年" else None
        if day:
            yield _seen(text, day, found.start(), found.end())


def _year_last(text: str) -> Iterator[DateSeen]:
    """Dates that end with their year, in numbers or with the name of the month, read back from it."""
    for year in _YEAR.finditer(text):
        start, end = year.span()
        in_words = text[max(start - 1, 0)].isspace()
        before, read = (_MONTH_BEFORE_YEAR, _named_month) if in_words else (_BEFORE_YEAR, _in_numbers)
        found = before.search(text, max(start - _LONGEST_BEFORE, 0), start)
        if found and not _GOES_ON.match(text, end) and (day := read(found, int(year[0]))):
            yield _seen(text, day, found.start(), end)


def _in_numbers(found: re.Match[str], year: int) -> date | None:
    """Day before month with dots; with other marks only where the two can't be exchanged."""
    first, second = int(found[1]), int(found[3])
    if found[2] == "." or first > 12 or first == second:  # noqa: PLR2004 - no month has that number
        return made_date(year, second, first)
    return made_date(year, first, second) if second > 12 else None  # noqa: PLR2004


def _named_month(found: re.Match[str], year: int) -> date | None:
    """``May 18, 2021`` and ``18 May 2021``, as the foreign-language sites write."""
    month = _MONTHS.index((found["m1"] or found["m2"])[:3]) + 1
    return made_date(year, month, int(found["d1"] or found["d2"]))


def _seen(text: str, day: date, start: int, end: int) -> DateSeen:
    moment = _moment(text, day, end)
    if moment is None:
        return DateSeen(day, None, start, end, text[start:end])
    on = moment.at.date() if moment.at else day
    return DateSeen(on, moment.at, start, moment.end, text[start : moment.end], moment.precision)


def _moment(text: str, day: date, end: int) -> _Moment | None:
    """The time of day that follows a date."""
    found = _TIME.match(text, end)
    if found is None:
        return None
    half, minute, second = found[1], found[3] or found[5], found[4] or found[6]
    hour = int(found[2])
    if half in ("下午", "晚上", "PM") and hour < 12:  # noqa: PLR2004 - the clock's half
        hour += 12
    try:
        at = datetime(day.year, day.month, day.day, hour, int(minute or 0), int(second or 0), tzinfo=_zone(found[7]))
        at = at.astimezone(SHANGHAI)
    except (ValueError, OverflowError):
        return None
    return _Moment(at, found.end(), "second" if second else "minute")


def _zone(offset: str | None) -> tzinfo:
    if not offset:
        return SHANGHAI
    if offset == "Z":
        return timezone(timedelta())
    hours, minutes = int(offset[1:3]), int(offset[-2:])
    return timezone((1 if offset[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))


def made_date(year: int, month: int, day: int) -> date | None:
    """The date of these numbers, where a calendar holds it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


_IN_PATH = re.compile(
    r"/t((?:19|20)\d\d)(\d\d)(\d\d)_\d"  # TRS
    r"|/art/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/art_"  # jcms
    r"|/((?:19|20)\d\d)([-_/])(\d{1,2})(?:[-_/])(\d{1,2})(?=[/_.-]|$)"
    r"|/((?:19|20)\d\d)/?([01]\d)/?([0-3]\d)(?=[/_.-]|$)"
)
_MONTH_IN_PATH = re.compile(r"/((?:19|20)\d\d)[-/]?([01]\d)/")


def date_in_url(url: str) -> date | None:
    """The day that the path of ``url`` names, as most content systems write it; None where no calendar holds it."""
    for found in _IN_PATH.finditer(_path(url)):
        year, month, day = (int(part) for part in found.groups() if part and part.isdigit())
        if seen := made_date(year, month, day):
            return seen
    return None


def month_in_url(url: str) -> tuple[int, int] | None:
    """The year and month that the path of ``url`` names."""
    found = _MONTH_IN_PATH.search(_path(url))
    return (int(found[1]), int(found[2])) if found and 1 <= int(found[2]) <= 12 else None  # noqa: PLR2004


def _path(url: str) -> str:
    try:
        return urlsplit(url[:2000]).path
    except ValueError:
        return ""
