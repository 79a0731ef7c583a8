"""The year of a day that a list shows without one, where something proves it; otherwise there is none."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from xuncha.page.dates import date_in_url, made_date, month_in_url

_SHORT = re.compile(r"(\d\d)[-/](\d\d?)[-/](\d\d?)")
_FEWEST = 3
_LAST_OF_2000 = 69
_AWAY = timedelta(days=45)
"""How far the day shown may lie from the month in which the content system filed the article."""


def year_proved_by(url: str, month: int, day: int) -> date | None:
    """The date whose year the URL of the article proves."""
    filed = date_in_url(url)
    if filed is None and (in_month := month_in_url(url)):
        filed = date(*in_month, 15)
    if filed is None:
        return None
    candidates = [made for year in (-1, 0, 1) if (made := made_date(filed.year + year, month, day))]
    return next((made for made in candidates if abs(made - filed) <= _AWAY), None)


def filled_between(dates: Sequence[date | None], days: Sequence[tuple[int, int] | None]) -> list[date | None]:
    """``dates`` of a list's rows, those without a year filled in where two dated neighbours leave only one."""
    filled = list(dates)
    newer: date | None = None
    older = _next_known(dates)
    for at, (known, day) in enumerate(zip(dates, days, strict=True)):
        if known is None and day and newer and (limit := older[at]) and limit <= newer:
            fitting = [made for year in range(limit.year, newer.year + 1) if (made := made_date(year, *day))]
            fitting = [made for made in fitting if limit <= made <= newer]
            filled[at] = fitting[0] if len(fitting) == 1 else None
        newer = filled[at] or newer
    return filled


def short_dates(raws: Sequence[str]) -> list[date | None]:
    """What days such as ``26-11-20`` mean in the rows of a list, other rows being "".

    They are read year first, where only so the list is in order; else they could as well begin with the day.
    """
    numbers = [tuple(map(int, found.groups())) if (found := _SHORT.fullmatch(raw)) else None for raw in raws]
    read = [made_date(_century(one[0]), one[1], one[2]) if one else None for one in numbers]
    other = [made_date(_century(one[2]), one[1], one[0]) for one in numbers if one]
    sure = [made for made, one in zip(read, numbers, strict=True) if one]
    if len(sure) < _FEWEST or not _in_order(sure) or _in_order(other):
        return [None] * len(raws)
    return read


def _century(year: int) -> int:
    return year + (1900 if year > _LAST_OF_2000 else 2000)


def _in_order(days: Sequence[date | None]) -> bool:
    known = [day for day in days if day]
    return len(known) == len(days) and known in (sorted(known), sorted(known, reverse=True))


def _next_known(dates: Sequence[date | None]) -> list[date | None]:
    """For each row the first known date after it."""
    known: date | None = None
    found = []
    for seen in reversed(dates):
        found.append(known)
        known = seen or known
    return found[::-1]
