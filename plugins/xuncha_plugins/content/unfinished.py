"""Pages that hold nothing but a notice that they are not there yet (``unfinished.yaml``).

A line must say nothing else, and the page must have nothing else to say: road works, projects and one empty box on a
page of many are no such notices.
"""

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from xuncha.api import LinkUse, OneOf, Page, Table, masked_excerpt, read_table
from xuncha_plugins.content.lexicon import Hit, line_of
from xuncha_plugins.content.words_facts import Unfinished

MOST_UNFINISHED = 500
_LONGEST = 40
_MOST_HITS = 4
"""A table of projects has more states than a page has notices."""

_FEW_ROWS = 2
"""A page with more rows of a label and a value describes something."""

_SHORT = 2_000
"""Characters of a page that is little more than its frame."""

_ENGLISH = ("onstruction", "ONSTRUCTION", "oming", "OMING")
_FETCHES = re.compile(r"\$\.(?:get|post|ajax|getJSON)\b|\.load\(|XMLHttpRequest|\bfetch\(|\baxios\b")
"""What a script fetches may come in the place of a notice."""

_OWN_WORDS = 12
_FEW_LINES = 2
_SENTENCE = re.compile("[，。；！？,;!?]")
_BYLINE = 160
_SHORTEST_LINK = 4
_MOST_CELLS = 8
_FRAME = 300
_LABEL = 10
_LABELLED = re.compile(r"[^:：]{2,10}[:：]\s?\S")


class _Rules(Table):
    triggers: tuple[str, ...]
    notice: re.Pattern[str]
    blank: re.Pattern[str]
    online: OneOf
    unsure: OneOf
    label: re.Pattern[str]
    frame: OneOf
    byline: re.Pattern[str]


@cache
def _rules() -> _Rules:
    return read_table(_Rules, __package__, "unfinished.yaml")


def triggers() -> Iterable[str]:
    """The words to look for."""
    return _rules().triggers


def unfinished_on(page: Page, text: str, hits: list[Hit]) -> Unfinished | None:
    """The notice that is all a page has; None where there is none, or more than that. A home page is more."""
    if page.depth == 0 or len(hits) > _MOST_HITS:
        return None
    rules = _rules()
    for line in dict.fromkeys(line_of(text, hit) for hit in hits):
        if len(line) > _LONGEST:
            continue
        notice = rules.notice.fullmatch(line)
        if (notice or rules.blank.fullmatch(line)) and _is_all(page, text, line):
            return _unfinished(page, line, blank=not notice)
    return None


def unworded_on(page: Page, text: str) -> Unfinished | None:
    """The same where the notice is a picture, told by its alternative text, or English."""
    if page.depth == 0 or len(text) > _SHORT:
        return None
    said = [link.text for link in page.links if link.kind == "img" and 0 < len(link.text) <= _LONGEST]
    if any(word in text for word in _ENGLISH):
        said += [line for line in text.split("\n") if len(line) <= _LONGEST]
    for words in dict.fromkeys(said):
        if _rules().notice.fullmatch(words) and _is_all(page, text, words):
            return _unfinished(page, words)
    return None


def _unfinished(page: Page, words: str, *, blank: bool = False) -> Unfinished:
    rules = _rules()
    named = rules.online.search(words) is not None and not rules.unsure.search(words)
    alone = not page.is_article and not page.lists
    sure = named and alone and not any(_FETCHES.search(script.inline) for script in page.scripts)
    title = masked_excerpt(page.title, 60)
    return Unfinished(page.url, page.depth, title, masked_excerpt(words, 60), blank=blank, sure=sure)


def _is_all(page: Page, text: str, notice: str) -> bool:
    """Whether a page that script doesn't fill has only ``notice`` and its frame."""
    if page.scripted or page.scripted_regions or page.filled_boxes or page.frames:
        return False
    linked = {link.text for link in page.links if link.kind != "img"}
    if notice in linked:
        return False
    asides = _asides(page)
    if asides is None:
        return False
    if asides or page.is_article:
        return _is_all_of_an_article(page, text, notice, linked)
    lines = [line.strip() for line in text.split("\n")]
    own = [line for line in lines if line not in linked and line != notice and _is_own(line, page)]
    return len(own) <= _FEW_LINES and not _is_state(page, lines, notice) and not _describes(page, lines)


def _asides(page: Page) -> bool | None:
    """Whether there are lists beside what a page is about, each with another heading; None where one may be its own."""
    headings = [listing.heading for listing in page.lists if listing.rows]
    if page.is_article or not headings:
        return False
    own = {page.title, page.link_text, *(crumb.text for crumb in page.trail)}
    other = all(heading and not any(heading in name for name in own) for heading in headings)
    return True if other else None


def _is_all_of_an_article(page: Page, text: str, notice: str, linked: set[str]) -> bool:
    """Whether an article, or a page beside lists of others, says nothing but ``notice``.

    No sentence beside it, no attachment, no title of that kind: what stands around it is more than on other pages.
    """
    if notice in page.title or any(link.use is LinkUse.ATTACHMENT and link.kind == "a" for link in page.links):
        return False
    lines = [line.strip() for line in text.split("\n")]
    titles = tuple(words for words in linked if len(words) >= _SHORTEST_LINK)
    rest = [line for line in (_unlinked(line, titles) for line in lines if line != notice) if _is_said(line, page)]
    if any(_SENTENCE.search(line) for line in rest) or sum(len(line) >= _OWN_WORDS for line in rest) > _FEW_LINES:
        return False
    return not _is_state(page, lines, notice) and not _describes(page, lines)


def _unlinked(line: str, titles: tuple[str, ...]) -> str:
    """A line without the link that it begins with or ends in: the rest is a date, or what a link is called."""
    title = max((one for one in titles if one in line), key=len, default="")
    return line.replace(title, "", 1).strip() if title else line


def _is_state(page: Page, lines: list[str], notice: str) -> bool:
    """Whether a notice is the value of a label, such as 建设状态, or a cell beside others in a table of projects."""
    if any(_rules().label.search(above[-_LABEL:]) for above, line in pairwise(lines) if line == notice):
        return True
    linked = {link.text for link in page.links}
    rows = [{cell.strip() for cell in row.text.split("\n")} - linked - {""} for row in page.select("tr:not(:has(tr))")]
    beside = {len(row) for row in rows if notice in row and 1 < len(row) <= _MOST_CELLS}
    return sum(len(row) in beside for row in rows) > 1


def _describes(page: Page, lines: list[str]) -> bool:
    """Whether a page consists of labels and values, as that of a project or a place does."""
    linked = {link.text for link in page.links}
    rows = sum(_is_labelled(row.text, linked) for row in page.select("tr"))
    rows += len(page.select("dt + dd"))
    rows += sum(_LABELLED.match(line) is not None and not (is_frame(line) or is_byline(line)) for line in lines)
    return rows > _FEW_ROWS


def _is_labelled(row: str, linked: set[str]) -> bool:
    """Whether a row of a table is a short label and its value, or two such pairs; menus have rows of links."""
    cells = [cell.strip() for cell in row.split("\n")]
    return len(cells) in (2, 4) and linked.isdisjoint(cells) and all(1 < len(label) <= _LABEL for label in cells[::2])


def _is_own(line: str, page: Page) -> bool:
    """Whether a line is content rather than the frame of every page."""
    return len(line) >= _OWN_WORDS and _is_said(line, page)


def _is_said(line: str, page: Page) -> bool:
    """Whether a line, however short, is neither title, frame nor byline."""
    return line not in page.title and not is_frame(line) and not is_byline(line)


def is_byline(line: str) -> bool:
    """Whether a line tells when, where from and how an article was published, or leads to the next one."""
    return len(line) <= _BYLINE and _rules().byline.match(line) is not None


def is_frame(line: str) -> bool:
    """Whether a line belongs to the head or the foot of every page."""
    return len(line) <= _FRAME and _rules().frame.search(line) is not None
