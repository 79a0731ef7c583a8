"""Typed parameters of messages. They are stored as values and become words only when a report is rendered."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

MAX_TEXT = 300


class Kind(StrEnum):
    """How a parameter is formatted for people."""

    TEXT = "text"
    URL = "url"
    DATE = "date"
    MOMENT = "moment"
    COUNT = "count"
    NUMBER = "number"
    SHARE = "share"
    BYTES = "bytes"
    DURATION = "duration"


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter: ``value`` is a string, or a number in the unit of its kind.

    Counts and bytes are integers, shares are fractions of 1, durations are seconds, dates and moments are ISO 8601.
    """

    kind: Kind
    value: str | int | float


Params = dict[str, Param]


class Url(str):
    """Marks a text parameter as a URL, so that reports can break, shorten and de-fang it."""

    __slots__ = ()


class Size(int):
    """Marks an integer parameter as a number of bytes."""

    __slots__ = ()


class Share(float):
    """Marks a parameter as a fraction of 1, shown in per cent."""

    __slots__ = ()


Value = str | int | float | date | datetime | timedelta | Param


def param(value: Value) -> Param:  # noqa: C901, PLR0911 - one line per type reads as the table it is
    """``value`` with its kind, decided by its type. Text is cut to ``MAX_TEXT`` characters."""
    match value:
        case Param():
            return value
        case Url():
            return Param(Kind.URL, str(value))
        case str():
            return Param(Kind.TEXT, str(value)[:MAX_TEXT])
        case Size():
            return Param(Kind.BYTES, int(value))
        case Share():
            return Param(Kind.SHARE, float(value))
        case int():
            return Param(Kind.COUNT, int(value))
        case float():
            return Param(Kind.NUMBER, value)
        case datetime():
            return Param(Kind.MOMENT, value.isoformat(timespec="seconds"))
        case date():
            return Param(Kind.DATE, value.isoformat())
        case timedelta():
            return Param(Kind.DURATION, value.total_seconds())


def params(**values: Value) -> Params:
    """Named parameters with their kinds."""
    return {name: param(value) for name, value in values.items()}
