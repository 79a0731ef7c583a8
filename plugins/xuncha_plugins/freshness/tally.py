"""Adds up what lists and article pages say of dates."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from xuncha.api import Page, Row, date_in_url, month_days_in
from xuncha_plugins.freshness.facts import ArticleDates, Rows

EARLIEST = date(1995, 1, 1)
"""Nothing on a government website is older; a date before it is a slip of the pen."""

A_DAY = timedelta(days=1)
_VISIBLE = frozenset({"label", "text"})
_LABEL = r"(?:发布|公开|公布|更新|发稿|发表|录入|上传|添加|刊发)\s?(?:时间|日期)[ \t　]{0,4}[：:]"
_ANNOUNCED = re.compile(r"(?:时间|日期)[ \t　]{0,4}[：:]")
"""Every label has it, and it is looked for faster than they are; still faster are its words and their characters."""

_ANY_LABEL = rf"(?:{_LABEL}|^[ \t　]{{0,9}}(?:时间|日期)[：:])"
_EMPTY_LABEL = re.compile(rf"(?m){_ANY_LABEL}[ \t　]{{0,9}}(?:$|(?=来源|作者|浏览|点击|阅读|字[号体]|[\[【|丨]))")
_PARTLY = re.compile(
    rf"{_LABEL}\s{{0,9}}(?:(?:19|20)\d\d\s?[年./-]\s?\d{{1,2}}\s?月?(?![\d日])|\d{{1,2}}\s?[月./-]\s?\d{{1,2}}(?!\d)"
    r"|刚刚|[今昨前]天|\d{1,3}\s?(?:分钟|小时|天|周|个?月)前)"
)
_NUMERAL = "[〇○Ｏ零一二三四五六七八九十]"
_DAY_SIGNED = r"(?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日"
_IN_NUMERALS = f"{_NUMERAL}{{4}}年{_NUMERAL}{{1,3}}月{_NUMERAL}{{1,3}}日"
_SIGNED = re.compile(rf"(?m)^[ \t　]*(?:{_DAY_SIGNED}|{_IN_NUMERALS})[ \t　]*$")
_LAW = re.compile(
    r"(?:法|条例|办法|规定|细则|规则|规程|准则|通则|解释|宪法|法典|标准|规范|目录|名录|令)\W{0,3}(?:[（(〔\[【][^）)]{1,40}[）)〕\]】]?\W{0,3})?$"
)
_ENDS_LAW = frozenset("法例定则程释典准范录令号订正行年版改本)）〕]】》")
"""What such titles end with, brackets of the list's own left out."""

_RELATIVE = re.compile(r"(?P<word>刚刚|今[天日]|昨[天日]|前天)|(?P<count>\d{1,3})\s?(?P<unit>分钟|小时|天|周|个?月)前")
_BACK = {"刚": 0, "今": 0, "昨": 1, "前": 2}
_LASTS = {"分": 0, "小": 1 / 24, "天": 1, "周": 7, "个": 28, "月": 28}
"""Days at the least, so that a row is never older than it is."""


@dataclass(frozen=True, slots=True)
class Dated:
    """What one article page says of its date: where from, and whether a citizen can read it.

    Where it says nothing, ``veiled`` tells that it announces a date all the same, which script or a picture may show,
    and ``written`` that it tells when the text was signed, or in which month it was published.
    """

    day: date | None
    visible: bool = False
    guessed: bool = False
    veiled: bool = False
    written: bool = False


NO_DATE = Dated(None)


def dated(page: Page) -> Dated:
    """What an article page says. Of its sources the written date (成文日期) is none."""
    published = page.published
    if published is None:
        return _without_date(page.text)
    sources = {published.source, *(source for source, _ in published.others)}
    return Dated(published.date, visible=bool(sources & _VISIBLE))


def _without_date(text: str) -> Dated:
    """What an article without a date of publication says instead."""
    named = any(word[1] in text and word in text for word in ("时间", "日期"))
    announced = named and _ANNOUNCED.search(text) is not None
    if (announced and _PARTLY.search(text)) or ("年" in text and _SIGNED.search(text)):
        return Dated(None, written=True)
    return Dated(None, veiled=True) if announced and _EMPTY_LABEL.search(text) else NO_DATE


def is_law(title: str) -> bool:
    """Whether a title is that of a law or a rule itself, not of the letter that issues it."""
    return title[-1:] in _ENDS_LAW and _LAW.search(title[-60:]) is not None


def day_of(row: Row, observed: date) -> date | None:
    """The row's date; the latest possible one where it names no year. None where no date can be meant."""
    if row.date:
        return row.date if row.date >= EARLIEST else None
    if found := _RELATIVE.match(row.raw_date):
        back = _BACK[found["word"][0]] if found["word"] else int(int(found["count"]) * _LASTS[found["unit"][0]])
        return observed - timedelta(days=back)
    seen = month_days_in(row.raw_date)[:1] if row.raw_date else ()
    years = (observed.year, observed.year - 1)
    days = (day for one in seen for year in years if (day := one.in_year(year)))
    return next((day for day in days if day <= observed + A_DAY), None)


def by_url(url: str, observed: date) -> date | None:
    """The day that a URL names; None where that lies ahead."""
    day = date_in_url(url)
    return day if day and EARLIEST <= day <= observed + A_DAY else None


class RowTally:
    """Adds up rows; every addition is of constant size."""

    def __init__(self, observed: date) -> None:
        self._observed = observed
        self._count = self._dated = self._pinned = self._ahead = self._laws = 0
        self._newest: date | None = None
        self._oldest: date | None = None
        self._pinned_newest: date | None = None

    def add(self, day: date | None, *, pinned: bool = False, title: str = "") -> None:
        """Count a row with the date ``day``."""
        self._count += 1
        self._pinned += pinned
        self._laws += bool(title) and is_law(title)
        if day is None:
            return
        self._dated += 1
        if day > self._observed + A_DAY:
            self._ahead += 1
        elif pinned:
            self._pinned_newest = later(self._pinned_newest, day)
        else:
            self._newest = later(self._newest, day)
            self._oldest = day if self._oldest is None else min(self._oldest, day)

    def pin(self, day: date | None) -> None:
        """A pinned row without a date is known to be of ``day``."""
        if day and day <= self._observed + A_DAY:
            self._pinned_newest = later(self._pinned_newest, day)

    def rows(self) -> Rows:
        """What came together."""
        return Rows(
            self._count,
            self._dated,
            self._pinned,
            self._ahead,
            self._newest,
            self._oldest,
            self._pinned_newest,
            self._laws,
        )


class ArticleTally:
    """Adds up article pages; a date ahead counts as dated, but not as the newest."""

    def __init__(self, observed: date) -> None:
        self._observed = observed
        self._opened = self._dated = self._visible = self._veiled = self._written = 0
        self._newest: date | None = None
        self._guessed: date | None = None
        self._pinned: date | None = None

    def add(self, seen: Dated, *, pinned: bool = False) -> None:
        """Count an article page; ``pinned`` where the row is so that leads to it."""
        self._opened += 1
        self._visible += seen.visible
        self._veiled += seen.veiled
        self._written += seen.written
        day = seen.day if seen.day and seen.day <= self._observed + A_DAY else None
        self._dated += seen.day is not None and not seen.guessed
        if pinned:
            self._pinned = later(self._pinned, day)
        elif seen.guessed:
            self._guessed = later(self._guessed, day)
        else:
            self._newest = later(self._newest, day)

    def dates(self) -> ArticleDates:
        """What came together."""
        return ArticleDates(
            self._opened,
            self._dated,
            self._visible,
            self._newest,
            self._guessed,
            self._veiled,
            self._written,
            self._pinned,
        )


def later(one: date | None, other: date | None) -> date | None:
    """The later of two days, either of which may be unknown."""
    return max((day for day in (one, other) if day), default=None)


def latest(days: Iterable[date | None]) -> date | None:
    """The latest of several days that may be unknown."""
    return max((day for day in days if day), default=None)


def merged(one: Rows, other: Rows) -> Rows:
    """The rows of both."""
    oldest = min((day for day in (one.oldest, other.oldest) if day), default=None)
    return Rows(
        one.count + other.count,
        one.dated + other.dated,
        one.pinned + other.pinned,
        one.ahead + other.ahead,
        later(one.newest, other.newest),
        oldest,
        later(one.pinned_newest, other.pinned_newest),
        one.laws + other.laws,
    )


def both(one: ArticleDates, other: ArticleDates) -> ArticleDates:
    """The articles of both."""
    return ArticleDates(
        one.opened + other.opened,
        one.dated + other.dated,
        one.visible + other.visible,
        later(one.newest, other.newest),
        later(one.guessed, other.guessed),
        one.veiled + other.veiled,
        one.written + other.written,
        later(one.pinned_newest, other.pinned_newest),
    )
