"""The clock that probes are handed, so that facts carry the moment and checks need no clock."""

from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Tells an aware moment in Asia/Shanghai."""

    def __call__(self) -> datetime: ...


def system_clock() -> datetime:
    """The present moment, Asia/Shanghai."""
    return datetime.now(SHANGHAI)
