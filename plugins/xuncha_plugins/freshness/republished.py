"""Whether a text that an earlier run captured appears again under a new date (以旧稿重发冒充更新)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Captured:
    """An article as a run saw it: a digest of its text, and the day it bore. ``first`` is an earlier run's earliest."""

    url: str
    title: str
    digest: str
    day: date
    first: date | None = None

    @property
    def same(self) -> tuple[str, str]:
        """What two captures of one text have in common: the text alone may be a form letter."""
        return (self.title, self.digest)


def earliest(captured: Iterable[Captured]) -> Mapping[tuple[str, str], date]:
    """The earliest day that each text bore."""
    days: dict[tuple[str, str], date] = {}
    for one in captured:
        day = min(one.day, one.first or one.day)
        days[one.same] = min(day, days.get(one.same, day))
    return days


def republished(
    now: Iterable[Captured], before: Mapping[tuple[str, str], date], tolerance: timedelta
) -> Iterator[tuple[Captured, date]]:
    """The articles whose text was captured under a day at least ``tolerance`` earlier, and that day."""
    for one in now:
        day = before.get(one.same)
        if day is not None and one.day - day >= tolerance:
            yield one, day
