"""Telephone numbers as they are written, and with their middle starred; what is known of placeholders."""

import re
from collections.abc import Iterator

from xuncha.api import OneOf, Table, read_table
from xuncha_plugins.emergency.facts import Fault

Pattern = re.Pattern[str]

_NUMBER = re.compile(
    r"(?<![\dA-Za-z.〔\[(年第-])(?:\(?\+?86\)?[- ]?)?"
    r"(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|\(?0\d{2,3}[)— -]{0,2}\d{3,4}[ -]?\d{4}(?:[-转]\d{1,6})?"
    r"|[48]00-?\d{3,4}-?\d{3,4})"
    r"(?![\d.]|[-/]\d)"
)
_SHORT = re.compile(r"(?<![\dA-Za-z.〔\[(年第月-])(?:\d{4}[ -]\d{4}|\d{3}[ -]\d{4}|\d{7,8})(?![\d.年月日号元]|[-/]\d)")
_RUN = re.compile(r"(?<![\dA-Za-z.-])1[3-9]\d{7,14}(?![\d.A-Za-z-])")
_DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])")
_DIGITS = re.compile(r"\d")
_MOBILE = 11


class _Table(Table):
    made_up: OneOf
    maybe_real: Pattern
    instead: Pattern
    masked: Pattern
    names: Pattern
    persons: Pattern
    public: Pattern
    telephone: Pattern
    elsewhere: Pattern


TABLE = read_table(_Table, __package__, "telephones.yaml")


def starred(text: str) -> str:
    """``text`` with the middle of every telephone number starred."""
    for pattern in (_NUMBER, _SHORT, _RUN):
        text = pattern.sub(_with_stars, text)
    return text


def numbers(text: str, *, labelled: bool) -> Iterator[tuple[str, Fault | None]]:
    """The telephone numbers of a line and what is wrong with each; public hotlines are left out.

    Args:
        text: a line.
        labelled: whether it is about telephones, so that short numbers without an area code are some too.
    """
    if labelled:
        yield from ((found[0], Fault.MASKED) for found in TABLE.masked.finditer(text))
    for pattern in (_NUMBER, _SHORT, _RUN) if labelled else (_NUMBER,):
        for found in pattern.finditer(text):
            digits = "".join(_DIGITS.findall(found[0]))
            if not _DAY.fullmatch(digits) and not TABLE.public.fullmatch(digits) and not _inside_other(pattern, digits):
                yield found[0], _fault(digits)


def _inside_other(pattern: Pattern, digits: str) -> bool:
    return pattern is _RUN and len(digits) == _MOBILE


def _fault(digits: str) -> Fault | None:
    digits = digits.removeprefix("86") if len(digits) > _MOBILE else digits
    if TABLE.maybe_real.fullmatch(digits):
        return Fault.MASKED
    if TABLE.made_up.fullmatch(digits):
        return Fault.PLACEHOLDER
    mobile = digits[0] == "1" and len(digits) != _MOBILE and len(digits) > 8  # noqa: PLR2004 - longest without an area
    return Fault.MALFORMED if mobile else None


def _with_stars(found: re.Match[str]) -> str:
    places = [at for at, char in enumerate(found[0]) if char.isdecimal()]
    hidden = set(places[3 : len(places) - 2])
    return "".join("*" if at in hidden else char for at, char in enumerate(found[0]))
