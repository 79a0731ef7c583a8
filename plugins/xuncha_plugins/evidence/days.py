"""Days as documents of offices and products write them: also compact, with a serial number behind, or by month only."""

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from xuncha.api import below_hundred, dates_in, month_days_in, spelt_year

_YEAR = re.compile(r"\d{4}|\d{1,2}\D{1,3}\d|二[〇○零]")
_DAY = r"(0[1-9]|[12]\d|3[01])"
_COMPACT = re.compile(rf"(?<!\d)(20\d\d)([-./]?)(0[1-9]|1[0-2])\2{_DAY}(?!\d)")
_HALF_COMPACT = re.compile(rf"(?<![\d.])(20\d\d)[.\-](0[1-9]|1[0-2]){_DAY}(?![\d])")
_MONTH = re.compile(r"(?<!\d)(20\d\d)\s?(?:年|[-./])\s?(0?[1-9]|1[0-2])\s?(?:月|(?![\d\-./]))")
_BARE_YEAR = re.compile(r"(?<!\d)(20\d\d)\s?年")
_CHINESE = re.compile(
    r"(二[〇○零][〇○零一二三四五六七八九]{2})年(十[一二]?|[一二三四五六七八九])月"
    r"([一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日"
)
_FROM = re.compile(r"\s*(?:之日)?(?:起|始|开始|生效)")
_FOR = re.compile(
    r"[\s,，]*(?:之日)?(?:起|始|开始|生效)[\s,，]*(?:计|算|计算)?[\s,，]*(?:为期|有效期|期限)?[为共]?\s*"
    r"(\d{1,2}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])\s*(年|个月)"
)
_UP_TO = re.compile(r"[\s,，]*[起始]?[\s,，]*(?:至|到|-{1,2}|~|—{1,2}|–)\s*")


def days(text: str) -> list[tuple[date, int, int]]:
    """Days with their start and end; of a bare month its last day.

    ``20261105``, ``2026.1105`` and ``2026.11.05.001`` count.
    """
    if not _YEAR.search(text):
        return []
    seen = [(one.date, one.start, one.end) for one in dates_in(text)]
    for pattern in (_COMPACT, _HALF_COMPACT, _MONTH):
        taken = [(start, end) for _, start, end in seen]
        found = (one for one in pattern.finditer(text) if _free(one, taken))
        seen = sorted([*seen, *((day, *one.span()) for one in found if (day := _made(one)))], key=lambda one: one[1])
    seen += [(day, *found.span()) for found in _CHINESE.finditer(text) if (day := _spelt(found))]
    return sorted(seen, key=lambda one: one[1])


def _free(found: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    """Whether no place of ``taken``, which are sorted and apart, overlaps what was found."""
    after = bisect_right(taken, (found.end(), 0))
    return not after or taken[after - 1][1] <= found.start()


def _made(found: re.Match[str]) -> date | None:
    numbers = [int(group) for group in found.groups() if group and group.isdigit()]
    year, month, day = numbers if len(numbers) > 2 else (*numbers, 0)  # noqa: PLR2004 - year, month, day
    last = monthrange(year, month)[1]
    return date(year, month, day or last) if day <= last else None


def _spelt(found: re.Match[str]) -> date | None:
    """二〇二六年十一月二日."""
    try:
        return date(spelt_year(found[1]) or 0, below_hundred(found[2]) or 0, below_hundred(found[3]) or 0)
    except ValueError:
        return None


def days_of(texts: Sequence[str]) -> list[list[date]]:
    """The days of each passage of one document.

    ``9月18日`` gets its year from the last day, that of the signature; without one from the year that is named.
    """
    dated = [[day for day, _, _ in days(text)] for text in texts]
    signed = next((found[-1] for found in reversed(dated) if found), None)
    if signed is None:
        for at, day, _ in in_named_year(texts):
            dated[at].append(day)
        return dated
    return [found + list(_in_year_of(signed, text)) for found, text in zip(dated, texts, strict=True)]


def in_named_year(texts: Sequence[str]) -> Iterator[tuple[int, date, int]]:
    """Which text, the day and where it stands: days without a year, in the first year that the texts name (2026年)."""
    year = next((int(found[1]) for text in texts if (found := _BARE_YEAR.search(text))), None)
    for at, text in enumerate(texts):
        for one in month_days_in(text) if year and "月" in text else ():
            if "月" in one.raw and (day := one.in_year(year or 0)):
                yield at, day, one.start


def _in_year_of(signed: date, text: str) -> Iterator[date]:
    """Days without a year, in the last year in which they came before ``signed``."""
    for one in month_days_in(text) if "月" in text else ():
        ends = (day for year in (signed.year, signed.year - 1) if (day := one.in_year(year)) and day <= signed)
        if "月" in one.raw and (day := next(ends, None)):
            yield day


def end_in(text: str) -> date | None:
    """The first day in ``text``; where a period begins with it, the day on which that ends, if it is said."""
    found = days(text)
    if len(found) > 1 and _UP_TO.fullmatch(text[found[0][2] : found[1][1]]):
        return found[1][0]
    if found and (lasting := _FOR.match(text, found[0][2])):
        return _after(found[0][0], lasting[1], lasting[2])
    return found[0][0] if found and not _FROM.match(text, found[0][2]) else None


def _after(start: date, count: str, unit: str) -> date:
    """The last day of a period: 自2026年11月1日起一年."""
    number = int(count) if count.isdigit() else below_hundred(count) or 0
    months = start.year * 12 + start.month - 1 + number * (12 if unit == "年" else 1)
    year, month = divmod(months, 12)
    same = date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    return same - timedelta(days=1)
