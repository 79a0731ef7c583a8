"""The clock that probes are handed, so that facts carry the moment and checks need no clock."""

from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Tells an aware moment in Asia/Shanghai."""

    def __call__(self) -> datetime: ...


def system_clock() -> datetime:
    """The present moment, Asia/Shanghai."""
    return datetime.now(SHANGHAI)


def day_of(moment: datetime) -> date:
    """The day there, for messages in which the time of day says nothing, such as when a certificate ends."""
    return moment.astimezone(SHANGHAI).date()
