"""When something was found, in words: never more exactly than it is known."""

from datetime import datetime

from xuncha.store.format import moment
from xuncha.store.result import FindingView
from xuncha.store.times import Times

_DAY, _MINUTE = 10, 16
"""How much of ``2024-11-22 10:11:12`` is the day, and how much goes to the minute."""


def found_at(times: Times, found: FindingView | None) -> str:
    """The minute in which a finding was seen; where that is not known, from when until when its site was looked at."""
    at = minute_of(times, found)
    if at:
        return moment(at)[:_MINUTE]
    first, last = (moment(one)[:_MINUTE] for one in times.span)
    return f"{first}—{last[_DAY + 1 :] if last[:_DAY] == first[:_DAY] else last}"


def minute_of(times: Times, found: FindingView | None) -> datetime | None:
    """When a finding was seen, if that is known to the minute."""
    at = times.of(found)
    first, last = (moment(one)[:_MINUTE] for one in times.span) if at is None else ("", "")
    return times.span[0] if at is None and first == last else at
