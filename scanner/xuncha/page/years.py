"""The year of a day that a list shows without one, where something proves it; otherwise there is none."""

from collections.abc import Sequence
from datetime import date, timedelta

from xuncha.page.dates import date_in_url, made_date, month_in_url

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


def _next_known(dates: Sequence[date | None]) -> list[date | None]:
    """For each row the first known date after it."""
    known: date | None = None
    found = []
    for seen in reversed(dates):
        found.append(known)
        known = seen or known
    return found[::-1]
