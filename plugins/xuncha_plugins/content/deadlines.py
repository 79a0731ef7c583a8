"""When a matter ended, by the words that stand right after a label such as 征集时间 or 报名截止."""

import re
from datetime import date

from xuncha.api import DateSeen, below_hundred, dates_in

WINDOW = 80
"""Characters after a label that may tell its days."""

_NEAR = 16
_CLOCK = r"\s{0,2}(?:[（(].{1,6}[）)])?\s{0,2}(?:\d{1,2}[:：时点]\d{0,2}(?:[:：分]\d{0,2})?秒?)?\s{0,2}"
_TO = re.compile(rf"{_CLOCK}(?:至|到|—{{1,2}}|–|-{{1,2}}|－|~|～|－|起至|起到)\s{{0,2}}")
_MONTH_DAY = re.compile(r"(\d{1,2})\s?[月./-]\s?(\d{1,2})\s?日?(?![\d:：])")
_DAY = re.compile(r"(\d{1,2})\s?日")
_UNTIL_BEFORE = re.compile(r"[至到]\s{0,2}$|截[止至]\D{0,4}$")
_UNTIL_AFTER = re.compile(rf"{_CLOCK}(?:以前|之前|前|止|截止|结束)")


_EXTENDED = re.compile(r"(?:延期|延长|顺延|推迟|延后|展期|延续|延)[^\n。；;至到]{0,12}?(?:至|到)\s{0,2}")
_TERM = re.compile(
    r"\s?起(?:施行|实施|执行|生效)[，,；;。\s]{0,3}(?:暂行|试行)?有效期限?(?:为|是)?\s?([1-9]\d?|[一二两三四五六七八九十])\s?年"
)
_NAMED_DAY = re.compile(r"(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_YEAR = re.compile(r"(20\d\d)\s?年")


def deadline(text: str, start: int, *, ends: bool) -> date | None:
    """The last day that the words from ``start`` on tell; None where they don't, or leave the end open.

    Args:
        text: of a page.
        start: right after a label.
        ends: the label itself speaks of the end, so that a single day is it.
    """
    window = text[start : start + WINDOW]
    dates = dates_in(window)
    if not dates or dates[0].start > _NEAR:
        return None
    first = dates[0]
    if connector := _TO.match(window, first.end):
        return _end(window, connector.end(), dates, first)
    if ends or _UNTIL_BEFORE.search(window[: first.start]) or _UNTIL_AFTER.match(window, first.end):
        return first.date
    return None


def periods(text: str) -> list[date]:
    """The last days of all periods (from one day to another) in a short text."""
    dates = dates_in(text)
    connected = ((first, _TO.match(text, first.end)) for first in dates)
    ends = (_end(text, connector.end(), dates, first) for first, connector in connected if connector)
    return [end for end in ends if end]


def extension(text: str, after: date) -> date | None:
    """The last day to which ``text`` says that something was extended; where the year is left out, the next such day.

    Args:
        text: of a row or a page.
        after: when it was to end at first.
    """
    return max(
        filter(None, (_extended_to(text, match.end(), after) for match in _EXTENDED.finditer(text))), default=None
    )


def term_end(text: str) -> date | None:
    """When a document ends that says 自某日起施行，有效期五年."""
    for day in dates_in(text):
        if term := _TERM.match(text, day.end):
            years = int(term[1]) if term[1].isascii() else below_hundred(term[1])
            return _day(day.date.year + years, day.date.month, day.date.day) if years else None
    return None


def short_periods(text: str) -> list[date]:
    """The last days of periods without a year (3月1日至3月7日) in a line that names one year elsewhere (2026年度)."""
    years = set(_YEAR.findall(text))
    if len(years) != 1:
        return []
    year, found = int(years.pop()), []
    for start in _NAMED_DAY.finditer(text):
        connector = _TO.match(text, start.end())
        end = _NAMED_DAY.match(text, connector.end()) if connector else None
        if end and (day := _day(year, int(end[1]), int(end[2]))):
            found.append(day)
    return found


def _extended_to(text: str, at: int, after: date) -> date | None:
    dates = dates_in(text[at : at + _NEAR])
    if dates and dates[0].start <= 1:
        return dates[0].date
    if short := _MONTH_DAY.match(text, at):
        month, day = int(short[1]), int(short[2])
        return _day(after.year + ((month, day) <= (after.month, after.day)), month, day)
    return None


def _end(text: str, at: int, dates: tuple[DateSeen, ...], first: DateSeen) -> date | None:
    """The day at ``at``; what it leaves out is that of ``first``."""
    full = next((one for one in dates if 0 <= one.start - at <= 1), None)
    if full:
        return full.date
    if short := _MONTH_DAY.match(text, at):
        month, day = int(short[1]), int(short[2])
        year = first.date.year + ((month, day) < (first.date.month, first.date.day))
        return _day(year, month, day)
    if short := _DAY.match(text, at):
        return _day(first.date.year, first.date.month, int(short[1]))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
