"""Lists of links to articles: a column's page of titles and dates, and the boxes of a home page.

A menu, a footer or a block of friend links is no such list: it has no dates, and its words are few. Where a row
tells day and month only, its year is taken from the article's URL or from its neighbours, or not at all.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import NamedTuple

from xuncha.model.crawl import LinkUse
from xuncha.page.dates import dates_in
from xuncha.page.outline import Outline
from xuncha.page.row_dates import NO_DATE, DatedText, RowDate, row_date
from xuncha.page.rows import FoundRow, RowFinder, are_neighbours, by_box
from xuncha.page.scripted import element_label
from xuncha.page.signs import TITLE
from xuncha.page.targets import host
from xuncha.page.trail import in_menu
from xuncha.page.years import filled_between, short_dates, year_proved_by

MAX_LISTINGS = 200
MAX_ROWS = 5_000

_FEWEST = 3

_SHORT = 5
_NOT_ARTICLES = re.compile(
    r"(?i)nav|menu|foot|friend|yqlj|yqlink|crumb|locat|position|copyright|share|login|search|banner|related|relate|tool"
)
_NOT_HEADINGS = re.compile(r"友情链接|相关链接|网站链接|快速链接|快速通道|常用链接|网站导航|相关附件|附件")
_TOOLS = re.compile(r"打印|关闭|收藏|字[体号]|返回|首页|[上下]一[篇条]|分享|来源")
_MORE = re.compile(r"(?i)[\[【(（<\s]*(?:查看|点击|了解|阅读)?更\s*多.{0,8}|more.{0,4}|[+＋]|(?:>>|＞＞|»)+")
_WORD = re.compile(r"[^\W\d_]{2}")
_PINNED = re.compile(r"(?:^|[\s\[【(（])置\s?顶(?:$|[\s\]】)）])")
_PINNED_NAME = re.compile(r"(?i)(?:^|[\s_/-])(?:zd|zhiding|is_?top|sticky|stick|pinned|ding)(?:$|[\s_.-])|置顶")
_MARKERS = frozenset(("li", "tr", "dl", "div", "span", "i", "em", "b", "font", "img"))
_FEW_ELEMENTS = 12
_PAGES = re.compile(
    r"共\s{0,4}(\d{1,5})\s{0,4}页|页次\s{0,3}[:：]?\s{0,3}\d{1,5}\s?/\s?(\d{1,5})|第\s?\d{1,5}\s?/\s?(\d{1,5})\s?页|"
    r"(?<!\d)\d{1,5}\s{0,3}/\s{0,3}(\d{1,5})\s{0,3}页"
)
_DATE_COLUMN = re.compile(r"((?:发\s?布|公\s?开|公\s?布|上\s?网|公\s?示|公\s?告|挂\s?网)\s?)?(?:时\s?间|日\s?期)")
_PERIOD_COLUMN = re.compile(r"(?m)^\W*\w{0,4}(?:起\s?止\s?(?:时\s?间|日\s?期)?|时\s?间\s?段|工\s?期|期\s?限)\W*$")
_END_COLUMN = re.compile(r"(?:开\s?[工始]|[竣完]\s?工|起\s?始|结\s?束|截\s?[止至]|到\s?期)\s?$")
_DATE_IN_TITLE = re.compile(
    r"(?:时间|日期)\s{0,3}[:：]\s{0,3}([\d\s:：年月日时分/.-]{8,30})|\s[\[(]?(20[\d:：年月日/. -]{7,20})[\])]?$"
)
_AROUND = " []【】（）()〔〕-—·•|"
_FURNITURE = frozenset(("nav", "footer", "header"))
_LEVELS = 6
_HEAD = 300
_ABOVE = 200
_LONGEST_HEADING = 20
_PAGING = 300
_MOST_BESIDE = 10
MAX_TITLE = 300


@dataclass(frozen=True, slots=True)
class Row:
    """One link of a list. ``date`` is the day of publication as the list shows it, None where the year isn't known.

    ``raw_date`` is how it is written, "" where the row has none; ``target`` is "" where script opens the article.
    """

    text: str
    target: str
    date: date | None
    raw_date: str
    pinned: bool
    line: int | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: CSS-like ``name``, the ``heading`` above it, ``more`` where "更多" leads, ``pages`` where it says so."""

    name: str
    heading: str
    rows: tuple[Row, ...]
    more: str
    pages: int | None
    line: int | None


class Lists(NamedTuple):
    """The lists of a page in the order of the document; ``spans`` is where the text of the dated ones stands."""

    found: tuple[Listing, ...]
    spans: tuple[tuple[int, int], ...]


def lists_in(dated: DatedText, page_host: str) -> Lists:
    """Find the lists of a page."""
    outline = dated.outline
    found: list[Listing] = []
    boxes: list[tuple[int, int]] = []
    spans: list[tuple[int, int]] = []
    for group, dates in _groups(dated):
        if not _may_be_listing(outline, group, dates):
            continue
        kept = _kept(outline, group, dates)
        rows, shown = [group[at] for at in kept], [dates[at] for at in kept]
        if rows and len(found) < MAX_LISTINGS and _is_listing(outline, rows, shown, page_host):
            found.append(_listing(outline, rows, shown))
            boxes.append((rows[0].box, rows[-1].box))
            if _dated_rows(shown) >= _FEWEST:
                spans.append((outline.starts[rows[0].element], outline.ends[rows[-1].element]))
    headings = _headings(outline, boxes)
    return Lists(tuple(map(_with_heading, found, headings)), tuple(spans))


def _groups(dated: DatedText) -> list[tuple[list[FoundRow], list[RowDate]]]:
    """Rows that belong together, with their dates; a list may go on in the next box, as after every fifth row."""
    outline = dated.outline
    groups: list[tuple[list[FoundRow], list[RowDate]]] = []
    for rows in by_box(RowFinder(dated).rows()):
        dates = _dates(dated, rows)
        box = groups[-1][0][-1].box if groups else rows[0].box
        if are_neighbours(outline, box, rows[0].box) and (outline.tags[box] == "tr" or _goes_on(groups[-1][1], dates)):
            groups[-1][0].extend(rows)
            groups[-1][1].extend(dates)
        else:
            groups.append((rows, dates))
    return groups


def _goes_on(before: Sequence[RowDate], after: Sequence[RowDate]) -> bool:
    """Whether the dates of the second box follow those of the first; the panels of a tab begin anew."""
    last = next((seen for seen in reversed(before) if seen.raw), None)
    first = next((seen for seen in after if seen.raw), None)
    if last is None or first is None:
        return min(len(before), len(after)) < _FEWEST
    if last.date and first.date:
        return last.date >= first.date
    return bool(last.month_day and first.month_day and last.month_day >= first.month_day)


def _dates(dated: DatedText, group: Sequence[FoundRow]) -> list[RowDate]:
    """The date of each row: its own, or what stands between it and its neighbour; years as far as they are proved."""
    outline = dated.outline
    box = group[0].box
    if not dated.may_hold_date(outline.starts[box], outline.ends[box]):
        return [_in_title(outline, row) for row in group]
    column = _column(dated, group)
    if column is None:
        return [_in_title(outline, row) for row in group]
    found = [row_date(dated, outline.starts[row.element], outline.ends[row.element], column) for row in group]
    if 2 * sum(seen.raw != "" for seen in found) < len(group):
        found = max(found, _beside(dated, group, after=True), _beside(dated, group, after=False), key=_dated_rows)
    found = [seen if seen.raw else _in_title(outline, row) for seen, row in zip(found, group, strict=True)]
    return _with_years(outline, group, found)


def _dated_rows(found: Sequence[RowDate]) -> int:
    return sum(seen.raw != "" for seen in found)


def _beside(dated: DatedText, group: Sequence[FoundRow], *, after: bool) -> list[RowDate]:
    """The dates that stand behind the rows (or before them), where a row is no element of its own."""
    outline, found = dated.outline, []
    for at, row in enumerate(group):
        if after:
            start, end = outline.ends[row.element], outline.ends[row.box]
            if (following := outline.nexts[row.element]) < len(outline.links):
                end = min(end, outline.starts[outline.anchors[following]])
            if at + 1 < len(group):
                end = min(end, outline.starts[group[at + 1].element])
        else:
            start, end = outline.starts[row.box], outline.starts[row.element]
            if at:
                start = max(start, outline.ends[group[at - 1].element])
        found.append(row_date(dated, start, end) if start < end else NO_DATE)
    return found


def _column(dated: DatedText, group: Sequence[FoundRow]) -> int | None:
    """Which date of a row the head of the table calls that of publication; 0 where it has no head.

    None where the head knows only periods (工期, 起止时间) and their ends.
    """
    outline, first = dated.outline, group[0]
    if outline.tags[first.element] != "tr":
        return 0
    table = outline.parents[first.box] if outline.tags[first.box] == "tbody" else first.box
    start = outline.starts[first.element]
    head = outline.text[max(outline.starts[table], start - _HEAD) : start]
    shown = _PERIOD_COLUMN.sub("", head)
    names = list(_DATE_COLUMN.finditer(shown))
    if published := [at for at, name in enumerate(names) if name[1]]:
        return published[0]
    days = [at for at, name in enumerate(names) if not _END_COLUMN.search(shown[: name.start()])]
    return days[0] if days else None if names or shown != head else 0


def _in_title(outline: Outline, row: FoundRow) -> RowDate:
    """The date that a link shows only when pointed at."""
    title = outline.nodes[outline.anchors[row.link]].attr("title") or ""
    found = _DATE_IN_TITLE.search(title[-200:]) if "20" in title else None
    seen = dates_in(found[1] or found[2]) if found else ()
    return RowDate(seen[0].date, seen[0].raw) if seen else NO_DATE


def _with_years(outline: Outline, group: Sequence[FoundRow], found: list[RowDate]) -> list[RowDate]:
    short = short_dates([seen.raw for seen in found])
    found = [seen._replace(date=seen.date or day) for seen, day in zip(found, short, strict=True)]
    if not any(seen.month_day for seen in found):
        return found
    dates = [
        seen.date or (year_proved_by(outline.links[row.link].target, *seen.month_day) if seen.month_day else None)
        for seen, row in zip(found, group, strict=True)
    ]
    filled = filled_between(dates, [seen.month_day for seen in found])
    return [seen._replace(date=day) for seen, day in zip(found, filled, strict=True)]


def _kept(outline: Outline, group: Sequence[FoundRow], dates: Sequence[RowDate]) -> list[int]:
    """Which rows count: each article once, and in a dated list no undated names of columns."""
    dated = 2 * _dated_rows(dates) >= len(group) or _dated_rows(dates) >= _FEWEST
    kept: dict[str, int] = {}
    for at, (row, seen) in enumerate(zip(group[:MAX_ROWS], dates, strict=False)):
        link = outline.links[row.link]
        if _MORE.fullmatch(link.text) or link.goes_nowhere or (dated and not seen.raw and len(link.text) < _SHORT):
            continue
        before = kept.setdefault(link.target or f"{link.raw} {at}", at)
        if before != at and seen.raw and not dates[before].raw:
            kept[link.target] = at
    return sorted(kept.values())


def _may_be_listing(outline: Outline, rows: Sequence[FoundRow], dates: Sequence[RowDate]) -> bool:
    """A cheap look: menus, which have most of a page's links, have neither a date nor a title."""
    return any(seen.raw for seen in dates) or any(len(outline.links[row.link].text) >= TITLE for row in rows)


def _is_listing(outline: Outline, rows: Sequence[FoundRow], dates: Sequence[RowDate], page_host: str) -> bool:
    links = [outline.links[row.link] for row in rows]
    dated = _dated_rows(dates)
    if dated >= min(2, len(rows)) and 3 * dated >= len(rows):
        return len(rows) > 1 or _is_lone_row(outline, rows[0], dates[0], page_host)
    if len(rows) < _FEWEST or sum(len(link.text) for link in links) < TITLE * len(rows):
        return False
    own = sum(host(link.target) == page_host and link.use is LinkUse.PAGE for link in links)
    return 2 * own > len(rows) and not _in_furniture(outline, rows[0].element)


def _is_lone_row(outline: Outline, row: FoundRow, seen: RowDate, page_host: str) -> bool:
    """Whether the only dated row is an article's, not a footer with its filing number or a tool bar."""
    link = outline.links[row.link]
    if len(link.text) < _SHORT or link.use is not LinkUse.PAGE or host(link.target) != page_host:
        return False
    line = _line_of(outline, row, seen)
    return _TOOLS.search(line) is None and (row.marked_up or len(line) <= len(link.text) + len(seen.raw) + _SHORT)


def _line_of(outline: Outline, row: FoundRow, seen: RowDate) -> str:
    """The words of the smallest element around a link that holds the date too."""
    element = outline.anchors[row.link]
    while element != row.element and seen.raw not in outline.words(element):
        element = outline.parents[element]
    return outline.words(element)


def _in_furniture(outline: Outline, element: int) -> bool:
    """Whether an element around the list says that it is a menu, a footer or the like."""
    for _ in range(_LEVELS):
        if element <= 0:
            return False
        node = outline.nodes[element]
        if outline.tags[element] in _FURNITURE or _NOT_ARTICLES.search(
            f"{node.attr('id') or ''} {node.attr('class') or ''}"[:200]
        ):
            return True
        element = outline.parents[element]
    return False


def _listing(outline: Outline, rows: Sequence[FoundRow], dates: Sequence[RowDate]) -> Listing:
    box = rows[0].box
    node = outline.nodes[box]
    return Listing(
        name=outline.tags[box] + element_label(node),
        heading="",
        rows=tuple(_row(outline, row, seen) for row, seen in zip(rows, dates, strict=True)),
        more=_more(outline, rows),
        pages=_pages(outline.text[outline.ends[rows[-1].element] : outline.ends[rows[-1].element] + _PAGING]),
        line=node.source_line,
    )


def _row(outline: Outline, row: FoundRow, seen: RowDate) -> Row:
    link = outline.links[row.link]
    return Row(
        _title(outline, row, seen), link.target, seen.date, seen.raw, _is_pinned(outline, row.element), link.line
    )


def _is_pinned(outline: Outline, element: int) -> bool:
    """Whether a row says that it is kept on top (置顶), in words, by its class or by a picture."""
    start = outline.starts[element]
    words = outline.text[start : min(outline.ends[element], start + _PAGING)]
    if "置" in words and _PINNED.search(words):
        return True
    inside = range(element, min(outline.lasts[element], element + _FEW_ELEMENTS) + 1)
    names = (_names(outline, number) for number in inside if outline.tags[number] in _MARKERS)
    return any(name and _PINNED_NAME.search(name) for name in names)


def _names(outline: Outline, element: int) -> str:
    node = outline.nodes[element]
    name = node.attr("class") or ""
    if outline.tags[element] == "img":
        name = f"{name} {node.attr('src') or ''} {node.attr('alt') or ''} {node.attr('title') or ''}"
    return name[:200]


def _title(outline: Outline, row: FoundRow, seen: RowDate) -> str:
    """The words of the link without its date; from its tip where they are cut short, from its row for a mere 查看."""
    anchor = outline.anchors[row.link]
    text = outline.words(anchor)[:MAX_TITLE] or outline.links[row.link].text
    if text.endswith(("...", "…")):
        tip = " ".join((outline.nodes[anchor].attr("title") or "")[:MAX_TITLE].split())
        return tip if tip.startswith(text.rstrip(".… ")) else text
    if seen.raw != text:
        around = outline.words(row.element)[:MAX_TITLE].replace(text, "") if len(text) < _SHORT else ""
        return (_without(around, seen.raw) or _without(text, seen.raw)) or text
    return text


def _without(text: str, raw_date: str) -> str:
    return (text.replace(raw_date, "") if raw_date else text).strip(_AROUND)


def _with_heading(listing: Listing, heading: str) -> Listing:
    return replace(listing, heading=heading)


def _headings(outline: Outline, boxes: Sequence[tuple[int, int]]) -> Iterator[str]:
    """What stands above each list; above the panels of a tab their names stand side by side."""
    panels: list[int] = []
    floor = 0
    for (first, last), (following, _) in zip(boxes, (*boxes[1:], (-1, -1)), strict=True):
        panels.append(outline.starts[first])
        if following < 0 or not are_neighbours(outline, last, following):
            names = [*_names_above(outline, max(panels[0] - _ABOVE, floor), panels)][::-1]
            yield from names + [""] * (len(panels) - len(names))
            panels.clear()
            floor = outline.ends[last]


def _names_above(outline: Outline, floor: int, panels: Sequence[int]) -> Iterator[str]:
    """As many names as there are panels, upwards; one list below a menu is not called by the menu's last entry."""
    for words, at in islice(_lines_above(outline.text, floor, panels[0]), len(panels)):
        if len(panels) == 1 and in_menu(outline, at, panels[0]):
            return
        yield words


def _lines_above(text: str, floor: int, end: int) -> Iterator[tuple[str, int]]:
    """The short lines of what stands above a list that don't just say "more", upwards, each with its position."""
    for line in reversed(text[floor:end].split("\n")):
        words = " ".join(line.split()).strip(_AROUND)
        if _WORD.search(words) and not _MORE.fullmatch(words):
            if len(words) > _LONGEST_HEADING or dates_in(words):
                return
            yield words, end - len(line.lstrip())
        end -= len(line) + 1


def _more(outline: Outline, rows: Sequence[FoundRow]) -> str:
    """The only link called "more" in the smallest element around the list that has one."""
    around = rows[0].box
    for _ in range(_LEVELS):
        numbers = outline.links_in(around)
        if around <= 0 or len(numbers) > len(rows) + _MOST_BESIDE:
            return ""
        found = {outline.links[at].target for at in numbers if _MORE.fullmatch(outline.links[at].text)} - {""}
        if found:
            return found.pop() if len(found) == 1 else ""
        around = outline.parents[around]
    return ""


def _pages(below: str) -> int | None:
    """How many pages the list has, from the words right below it."""
    found = _PAGES.search(below)
    return int(next(filter(None, found.groups()))) if found else None
