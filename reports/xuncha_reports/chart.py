"""A monitored week as a chart: a row for each day, a cell for each hour. Lines only, nothing that runs or is loaded.

Shades differ in lightness and what was left out is hatched, so that it reads when printed in grey.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from xuncha.model.availability import CLOSED, HOURS, IN_TIME, LATE, LEFT_OUT, NO_VISIT, Availability
from xuncha.model.text import Text

HOUR, ROW, LEFT, TOP = 20, 16, 84, 18
MOST_DAYS = 35
MOST_SPANS = 30

FILLS = {IN_TIME: "#cfe3d4", LATE: "#e3a33b", CLOSED: "#7d1512"}
"""Light, middle, dark; what was left out has a pattern."""

LEGEND = (
    (IN_TIME, Text("按时打开", "opened in time")),
    (LATE, Text("超过 15 秒才打开", "opened after 15 s")),
    (CLOSED, Text("打不开", "did not open")),
    (LEFT_OUT, Text("未计入", "left out")),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """Neighbouring hours that are alike."""

    x: int
    y: int
    width: int
    mark: str


@dataclass(frozen=True, slots=True)
class Chart:
    """``labels`` are the days with where they stand, ``hours`` the ticks above."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    labels: tuple[tuple[int, str], ...]
    hours: tuple[tuple[int, str], ...]


def chart(seen: Availability) -> Chart:
    """The newest ``MOST_DAYS`` days."""
    days = seen.days[-MOST_DAYS:]
    rows = [TOP + ROW * number for number in range(len(days))]
    return Chart(
        width=LEFT + HOUR * HOURS + 10,
        height=TOP + ROW * len(days) + 2,
        bars=tuple(bar for y, day in zip(rows, days, strict=True) for bar in _bars(y, day.hours)),
        labels=tuple((y + ROW - 5, day.date.isoformat()) for y, day in zip(rows, days, strict=True)),
        hours=tuple((LEFT + HOUR * hour, str(hour)) for hour in range(0, HOURS + 1, 6)),
    )


def _bars(y: int, hours: str) -> Iterator[Bar]:
    begin = 0
    for mark, run in groupby(hours[:HOURS]):
        length = len([*run])
        if mark != NO_VISIT:
            yield Bar(LEFT + HOUR * begin, y, HOUR * length, mark)
        begin += length
