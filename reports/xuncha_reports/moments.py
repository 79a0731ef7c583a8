"""When something was found, in words: never more exactly than it is known."""

from xuncha.store.format import moment
from xuncha.store.result import FindingView
from xuncha.store.times import Times

_DAY, _MINUTE = 10, 16
"""How much of ``2024-11-22 10:11:12`` is the day, and how much goes to the minute."""


def found_at(times: Times, found: FindingView | None) -> str:
    """The minute in which a finding was seen; where that is not known, from when until when its site was looked at."""
    at = times.of(found)
    if at:
        return moment(at)[:_MINUTE]
    first, last = (moment(one)[:_MINUTE] for one in times.span)
    if first == last:
        return first
    return f"{first}—{last[_DAY + 1 :] if last[:_DAY] == first[:_DAY] else last}"
