"""Which date of a list's row is the date of what it links to.

A date in the words of a link tells when something happens (关于2021年10月1日放假的通知), not when it was published;
nor does one in an abstract. So a date counts only where it stands alone, or nearly so.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice, pairwise
from typing import NamedTuple

from xuncha.page.dates import DateSeen, month_days_in
from xuncha.page.labels import DateLabel, label_of
from xuncha.page.outline import JOINT, Outline

LONGEST_ROW = 2_000
"""Characters of a row that are looked at."""

_WINDOW = 80
_NEAR = 12
_FEW = 8
_FEWER = 6
_SOME = 36
_OWN = ("", "bare", "published", "updated")
_EMPTY_WORDS = re.compile(
    r"(?i)(?:发布|更新|发稿|公开|成文|发文|公布|录入|添加)?(?:时间|日期)|来源|浏览次数|浏览|点击量?|阅读|次数?|作者|发布|人气|"
    r"责任编辑|星期[一二三四五六日天]|new|新|置顶|[\W\d_]"
)
_TAKES_EFFECT = re.compile(r"\s?(?:起|止|前|后|以|通过|施行|修|生效|废)")
_BLANK = r"[ \t\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}]{0,4}"
_UNTIL = rf"{_BLANK}(?:[-－—–―~～〜]{{1,2}}|[至到]){_BLANK}"
_DAY_AGAIN = r"(?:(?:19|20)\d\d ?[-/.年] ?)?\d{1,2}(?: ?[-/.月] ?\d{1,2}(?!\d)|日)"
_PERIOD_BEGINS = re.compile(rf"{_UNTIL}(?:{_DAY_AGAIN}|今(?!天)|长期)")
_PERIOD_ENDS = re.compile(rf"(?:\d ?[-/.月] ?\d{{1,2}}|\d{{1,2}})日?{_UNTIL}$")
_BRACKETS = "[]【】（）()〔〕「」{}<>《》| \t\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}"
_PIECE = re.compile(
    r"(?P<full>(?P<y1>(?:19|20)\d\d)[-/.年](?P<m1>\d{1,2})月?)|(?P<md>(?P<m2>\d{1,2})[-/.月](?P<d2>\d{1,2})日?)"
    r"|(?P<short>\d\d[-/]\d\d?[-/]\d\d?)|(?P<year>(?P<y3>(?:19|20)\d\d)年?)|(?P<month>(?P<m4>\d{1,2})月)|(?P<day>(?P<d5>\d{1,2})日?)"
)
_EDGE = rf"\s{re.escape(_BRACKETS)}"
_SIGN_OF_PIECE = re.compile(rf"\d(?<![^{_EDGE}].)\d{{0,3}}[-/.年月]\d\d?(?:[-/]\d\d?)?[日月]?(?![^{_EDGE}])")
_RELATIVE = re.compile(
    r"刚刚|(?:今[天日]|昨[天日]|前天)(?:\s{0,2}(?:上午|下午)?\s?\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?|\d{1,3}\s?(?:分钟|小时|天|周|个?月)前"
)
_SIGN_OF_RELATIVE = re.compile(r"[刚今昨前](?:(?<=刚)刚|(?<=[今昨])[天日]|(?<=前)天|(?<=[时钟天周月].))")
_MOST_RELATIVE = 2_000
_JOINED = re.compile(r"\d[-/.年月]\d")
_MAKE_A_DATE = frozenset((("day", "full"), ("full", "day"), ("md", "year"), ("year", "md")))


class RowDate(NamedTuple):
    """``date`` is None where the year isn't known; ``month_day`` is then what is written."""

    date: date | None
    raw: str
    month_day: tuple[int, int] | None = None


NO_DATE = RowDate(None, "")


class DatedText:
    """The outline's text with its dates, so that each row asks for its own."""

    __slots__ = ("_alone", "_labels", "_relative", "_starts", "dates", "outline")

    def __init__(self, outline: Outline, dates: Sequence[DateSeen]) -> None:
        self.outline = outline
        self.dates = dates
        self._starts = [seen.start for seen in dates]
        self._alone: dict[int, bool] = {}
        self._labels: dict[int, DateLabel] = {}
        self._relative = list(_told_from_today(outline.text))

    def relative(self, start: int, end: int) -> str:
        """The first date between two positions that is told from today (昨天 09:12, 3天前); else empty."""
        at = bisect_left(self._relative, (start, ""))
        return self._relative[at][1] if at < len(self._relative) and self._relative[at][0] < end else ""

    def within(self, start: int, end: int) -> Sequence[DateSeen]:
        """The dates that begin between two positions."""
        return self.dates[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def alone(self, start: int, end: int) -> list[DateSeen]:
        """Those of them that stand alone."""
        return [seen for seen in self.within(start, end) if self.is_alone(seen)]

    def is_alone(self, seen: DateSeen) -> bool:
        """Whether a date stands alone."""
        known = self._alone.get(seen.start)
        if known is None:
            known = self._alone[seen.start] = stands_alone(self.outline.text, seen)
        return known

    def may_hold_date(self, start: int, end: int) -> bool:
        """Whether anything between two positions may be a date or the larger piece of one."""
        found = bool(self.within(start, end)) or _JOINED.search(self.outline.text, start, end) is not None
        return found or bool(self.relative(start, end))

    def in_period(self, seen: DateSeen) -> bool:
        """Whether a date is one end of a period: the time of a works, the days on which something is on show."""
        text = self.outline.text
        before = text[max(seen.start - _NEAR, 0) : seen.start].replace(JOINT, " ")
        after = text[seen.end : seen.end + 2 * _NEAR].replace(JOINT, " ")
        return _PERIOD_BEGINS.match(after) is not None or _PERIOD_ENDS.search(before) is not None

    def label(self, seen: DateSeen) -> DateLabel:
        """What the words beside a date call it."""
        known = self._labels.get(seen.start)
        if known is None:
            known = self._labels[seen.start] = label_of(self.outline.text, seen.start, seen.end)
        return known


def stands_alone(text: str, seen: DateSeen) -> bool:
    """Whether hardly more than the date stands between the elements or line ends around it."""
    before, after = _beside(text, seen.start, seen.end)
    if not (before or after):
        return True
    if _TAKES_EFFECT.match(after):
        return False
    rest = len(_EMPTY_WORDS.sub("", before + " " + after))
    if "年" in seen.raw:
        return rest <= _FEWER
    if rest <= _FEW:
        return True
    if not before.strip(_BRACKETS):
        return rest <= _SOME or after[:1] in _BRACKETS
    return not after.strip(_BRACKETS) and before[-1:] in _BRACKETS


def _beside(text: str, start: int, end: int) -> tuple[str, str]:
    """The words before and after a date, up to the next border or as far as matters."""
    before, after = text[max(start - _WINDOW, 0) : start], text[end : end + _WINDOW]
    return before.replace(JOINT, "\n").rpartition("\n")[2], after.replace(JOINT, "\n").partition("\n")[0]


def row_date(dated: DatedText, start: int, end: int, column: int = 0) -> RowDate:
    """The date of a row that reaches from ``start`` to ``end``.

    Where several stand alone in it, labels decide, and else the ``column``: which of them the table's head calls
    the date of publication. One end of a period is no row's date.
    """
    end = min(end, start + LONGEST_ROW)
    if not dated.may_hold_date(start, end):
        return NO_DATE
    alone = dated.alone(start, end)
    labelled = [(seen, dated.label(seen)) for seen in alone if not dated.in_period(seen)]
    published = [seen for seen, label in labelled if label == "published"]
    held = [seen for seen, label in labelled if label == "held"]
    usable = published or [seen for seen, label in labelled if label in _OWN] or held
    if usable:
        seen = usable[column] if not published and column < len(usable) else usable[0]
        return RowDate(seen.date, " ".join(seen.raw.split()))
    if alone:
        return NO_DATE
    told = dated.relative(start, end)  # only a clock makes a date of it: whoever has one reads ``raw``
    return RowDate(None, told) if told else _in_pieces(dated.outline.text[start:end])


def _told_from_today(text: str) -> Iterator[tuple[int, str]]:
    """Where dates stand alone that are told from today, with their words."""
    for sign in islice(_SIGN_OF_RELATIVE.finditer(text), _MOST_RELATIVE):
        at = sign.start()
        piece = " ".join("".join(_beside(text, at, at)).split()).strip(_BRACKETS)
        if _RELATIVE.fullmatch(piece):
            yield at, piece


def _in_pieces(text: str) -> RowDate:
    """A date that is set in pieces: a large day over year and month, or month and day without a year."""
    if _SIGN_OF_PIECE.search(text) is None:  # a single piece that has no mark makes no date
        return NO_DATE
    pieces = list(_pieces(text))
    for (first, one), (second, two) in pairwise(pieces):
        if (first, second) in _MAKE_A_DATE and (made := _joined(one | two)):
            return RowDate(made, f"{one['raw']} {two['raw']}")
    alone = [numbers for kind, numbers in pieces if kind == "md"]
    if len(short := [numbers["raw"] for kind, numbers in pieces if kind == "short"]) == 1:
        return RowDate(None, short[0])
    seen = month_days_in(alone[0]["raw"]) if len(alone) == 1 else ()
    return RowDate(None, seen[0].raw, (seen[0].month, seen[0].day)) if seen else NO_DATE


def _pieces(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The words of a text that may be part of a date, by kind, with their numbers by letter."""
    for word in text.split():
        bare = word if word[0].isalpha() else word.strip(_BRACKETS)
        if not bare[:1].isdigit():
            continue
        if found := _PIECE.fullmatch(bare):
            numbers = {name[0]: value for name, value in found.groupdict().items() if value and name[1:].isdigit()}
            yield (
                next(kind for kind in ("full", "md", "short", "year", "month", "day") if found[kind]),
                numbers | {"raw": bare},
            )


def _joined(numbers: dict[str, str]) -> date | None:
    try:
        return date(int(numbers["y"]), int(numbers["m"]), int(numbers["d"]))
    except (ValueError, KeyError):
        return None
