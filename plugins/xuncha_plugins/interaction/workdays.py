"""Working days by the Chinese calendar, with the holidays and the weekend days worked in their place (调休).

The State Council announces each year's arrangement in the autumn before; the kept table ends with the last one known.
"""

from datetime import date, timedelta

from chinese_calendar import is_workday  # type: ignore[import-untyped]
from chinese_calendar.constants import holidays  # type: ignore[import-untyped]

_NATIONAL_DAY = (10, 1)
_SATURDAY = 5
LONGEST = 800
"""Days that are counted one by one; nothing longer matters to any limit."""


def is_known(year: int) -> bool:
    """Whether the table holds that year's arrangement; New Year's Day alone may stand there before it."""
    return date(year, *_NATIONAL_DAY) in holidays


def working_days(start: date, end: date) -> tuple[int, bool]:
    """The working days after ``start`` up to and with ``end``; whether the calendar of all of them is known.

    Where it is not, Mondays to Fridays count. Beyond ``LONGEST`` days the count stops.
    """
    days = [start + timedelta(days=step) for step in range(1, min((end - start).days, LONGEST) + 1)]
    known = {year: is_known(year) for year in {day.year for day in days}}
    worked = (is_workday(day) if known[day.year] else day.weekday() < _SATURDAY for day in days)
    return sum(worked), all(known.values())
