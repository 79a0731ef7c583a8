"""When an article was published: by its tag, by a labelled date, by its URL, by a lone date under its heading.

Where a label under the heading contradicts the tag, what citizens read counts: tags are often those of a migration.

成文日期 (signed) is kept apart as "written": a document is often published days after it was signed. Letters, guides
and calendars have dates of their own, and a page's clock or copyright is no date of an article; where nothing says
that a date is that of publication, there is none.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Literal

from xuncha.page.dates import DateSeen, date_in_url, dates_in
from xuncha.page.row_dates import DatedText
from xuncha.page.values import Meta

Day = date  # the fields below are called date as well
Source = Literal["tag", "label", "url", "text"]

_TAGS = (
    "pubdate", "publishdate", "publish_date", "publishtime", "publish_time", "pubtime", "firstpublishedtime",
    "article:published_time", "datepublished", "releasedate", "publish-date",
)  # fmt: skip
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_SIGNS = re.compile(
    r"来\s{0,4}源|浏览|点击|阅读|字\s{0,4}[体号]|大\s{0,2}中\s{0,2}小|作\s{0,4}者|编辑|打印|访问量|人气|分享|发布(?:单位|机构|人|者)"
)
MAX_DATES = 2_000
"""Dates of a page that are looked at, those of its lists not counted."""
_BYLINE = re.compile(r"来\s{0,4}源|作\s{0,4}者|浏览|点击|阅读|字\s{0,4}[体号]")
"""What no clock at the top of a page stands beside."""
_SENTENCE = re.compile(r"[。；;！？]|，.{0,40}，")
_NEAR = 100
_LONGEST_LINE = 120
_UNDER_HEADING = 400
_OVER_HEADING = 40


@dataclass(frozen=True, slots=True)
class Published:
    """The day an article was published, with ``at`` where the time is told.

    ``others`` are the dates that other sources name, "written" and "updated" among them, each source once.
    """

    date: date
    at: datetime | None
    source: Source
    raw: str
    line: int | None
    others: tuple[tuple[str, Day], ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A date that one source names; ``heads`` where it is a day of publication by its label, beside the heading."""

    source: str
    date: date
    at: datetime | None
    raw: str
    line: int | None = None
    heads: bool = False


def by_tag(metas: Iterable[Meta]) -> Claim | None:
    """The date of the tag ``PubDate`` or one of its variants."""
    named = {meta.name: meta for meta in reversed(tuple(metas)) if meta.name in _TAGS}
    for meta in filter(None, map(named.get, _TAGS)):
        content = meta.content[:60].strip()
        compact = _COMPACT.match(content)
        for seen in dates_in("-".join(compact.groups()) + content[8:] if compact else content):
            return Claim("tag", seen.date, seen.at, content, meta.line)
    return None


def by_url(url: str) -> Claim | None:
    """The date in the path of the article's URL."""
    seen = date_in_url(url)
    return Claim("url", seen, None, seen.isoformat()) if seen else None


def by_words(dated: DatedText, spans: Iterable[tuple[int, int]], heading: tuple[int, int] | None) -> Iterator[Claim]:
    """What the visible dates of a page claim, best first; ``spans`` are the lists, ``heading`` is where that stands."""
    free = list(islice(_outside(dated.dates, spans), MAX_DATES))
    labelled = [(seen, dated.label(seen)) for seen in free]
    near = [(seen, label) for seen, label in labelled if _in_heading(dated, seen, heading)]
    read = {seen.start for seen, label in near if label in ("published", "bare")}
    claimed = [("label", seen) for seen, label in labelled if label == "published"]
    claimed += [("label", seen) for seen, label in near if label == "bare"]
    updated = "updated" if claimed else "label"
    claimed += [(updated, seen) for seen, label in near if label == "updated"]
    claimed += [("text", seen) for seen, label in near if not label]
    claimed += [("written", seen) for seen, label in labelled if label == "written"]
    for source, seen in claimed:
        line = dated.outline.nodes[dated.outline.element_at(seen.start)].source_line
        yield Claim(source, seen.date, seen.at, " ".join(seen.raw.split()), line, heads=seen.start in read)


def _outside(dates: Iterable[DateSeen], spans: Iterable[tuple[int, int]]) -> Iterator[DateSeen]:
    """The dates that stand in none of the spans; both in order."""
    waiting = iter(sorted(spans))
    start, end = next(waiting, (0, -1))
    for seen in dates:
        while end >= 0 and seen.start >= end:
            start, end = next(waiting, (0, -1))
        if not (end >= 0 and start <= seen.start < end):
            yield seen


def _in_heading(dated: DatedText, seen: DateSeen, heading: tuple[int, int] | None) -> bool:
    """Whether a date stands right under the heading, or beside what only headings of articles tell."""
    text = dated.outline.text
    line = _line_around(text, seen)
    if ("星期" in line and not _BYLINE.search(line)) or len(line) > _LONGEST_LINE or _SENTENCE.search(line):
        return False
    label = dated.label(seen)
    alone = dated.is_alone(seen) and not _passed(text, seen)
    if _SIGNS.search(line):
        return True
    if not (label or alone):
        return False
    if "年" not in seen.raw and _BYLINE.search(text, max(seen.start - _NEAR, 0), seen.end + _NEAR):
        return True
    return heading is not None and label != "updated" and _at_heading(text, seen, heading, alone=alone)


def _at_heading(text: str, seen: DateSeen, heading: tuple[int, int], *, alone: bool) -> bool:
    """Whether a date stands under the heading with nothing said between, or right over it."""
    if 0 <= seen.start - heading[1] <= _UNDER_HEADING:
        return _SENTENCE.search(text, heading[1], seen.start) is None
    return alone and "年" not in seen.raw and 0 <= heading[0] - seen.end <= _OVER_HEADING


def _passed(text: str, seen: DateSeen) -> bool:
    """Whether it is set like the day on which a rule was passed or a speech held: （2021年3月1日）."""
    return "年" in seen.raw and text[max(seen.start - 1, 0) : seen.start] in ("（", "(")


def _line_around(text: str, seen: DateSeen) -> str:
    """The line that a date stands in, as far as it matters, without the date."""
    before = text[max(seen.start - _NEAR, 0) : seen.start].rpartition("\n")[2]
    return before + text[seen.end : seen.end + _NEAR].partition("\n")[0]
