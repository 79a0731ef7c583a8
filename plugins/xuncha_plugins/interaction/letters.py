"""Gathers the published letters (公开留言) of a site while the crawl goes on, from lists and from their own pages."""

import re
from dataclasses import replace
from datetime import date

from pydantic import Field

from xuncha.api import Clock, Page, Params, dates_in, masked_excerpt, page_probe
from xuncha_plugins.interaction.facts import Letter, Letters, State
from xuncha_plugins.interaction.labels import MAX_RECORDS, Record, columns, records
from xuncha_plugins.interaction.lexicon import (
    LONGEST_NAME,
    WORDS,
    head,
    is_letters,
    state,
    state_among,
    state_in_brackets,
)
from xuncha_plugins.interaction.places import hides_reply
from xuncha_plugins.interaction.replies import is_receipt, reply
from xuncha_plugins.interaction.rows import MAX_ROWS, RowSeen, rows_by_shape
from xuncha_plugins.interaction.tables import NO_STATE, blanks

MAX_SCRIPTED = 20
MAX_UNREAD = 20
MAX_LISTS = 200
MAX_URL = 500
_TITLE = 40
_NO_REPLY = 12
"""So few characters in place of a reply may say that there is none (暂无答复)."""

_FEWEST_ROWS = 2
_OK = 200
_READ = 20_000
"""Characters in which signs of letters are looked for."""

_STRONG = (("答复", "回复"), ("留言", "来信", "信件", "写信", "咨询", "诉求", "问政"), ("时间", "日期"))
"""What a page shows that holds letters, though nothing names its column."""

_FRAME_REGION = re.compile(
    r"(?i)pag(?:e|in)|foot|bottom|nav|menu|friend|banner|swiper|slick|search|share|login|crumb|copyright|weather"
)
"""Empty regions around the content, which script fills on every page of a site."""

_PAGES = re.compile(r"共\s{0,4}(\d{1,4})\s{0,4}页|(?<!\d)\d{1,4}\s{0,3}/\s{0,3}(\d{1,4})\s{0,3}页")


class LetterParams(Params):
    """``letters``: so many of a site are kept one by one, the rest is counted."""

    letters: int = Field(default=2000, ge=1, le=10_000)


@page_probe(provides=Letters, params=LetterParams, cost_us=13)
class LettersSeen:
    """Letters by the URL of their own page, merged from lists and pages; everything is capped."""

    def __init__(self, params: LetterParams, clock: Clock) -> None:
        self._observed = clock().date()
        self._most = params.letters
        self._letters: dict[str, Letter] = {}
        self._scripted: dict[str, None] = {}
        self._unread: dict[str, None] = {}
        self._lists: dict[str, tuple[int, int, int]] = {}
        self._dropped = 0

    def visit(self, page: Page) -> None:
        """Read the letters of a page, if it may hold any; the home page only shows some of them again."""
        if page.depth == 0 or page.status != _OK or page.problem:
            return
        if page.scripted:
            self._note_scripted(page)
        elif _may_hold_letters(page):
            self._read(page)

    def _read(self, page: Page) -> None:
        """A page with one letter is its own; a list comes before a guestbook, because its rows lead to pages."""
        found = [record for record in records(page.text) if record.day("asked") and record.replied]
        self._dropped += len(found) >= MAX_RECORDS
        if len(found) == 1 and found[0].told:
            self._keep(self._own(page, found[0]), page.requested)
        elif not self._list(page):
            filled = any(record.answer for record in found)
            for record in found:
                self._keep(replace(self._own(page, record, others_filled=filled), shared=len(found) > 1))
            if not found:
                self._note_scripted(page)
                self._note_unread(page)

    # ------------------------------------------------------------------ a letter's own page

    def _own(self, page: Page, record: Record, *, others_filled: bool = False) -> Letter:
        """The letter of a record that tells when it was written and has a place for the reply.

        A reply that stands there counts more than a state that nobody corrected.
        """
        answered, text, reached = self._past(record.day("answered")), record.answer, record.state
        if text and len(text) <= _NO_REPLY and state(text).waits:
            reached, text = State.PENDING, None
        if reached is not State.INVALID and (answered or (text and not (reached.waits and is_receipt(text)))):
            reached = State.ANSWERED
        elif reached not in (State.INVALID, State.ANSWERED):
            reached = _without_reply(page, record, reached, others_filled=others_filled)
        if not text and reached is State.ANSWERED and hides_reply(page):
            text = None
        name, url = _column(page)
        return Letter(
            url=page.url,
            title=_own_title(page, record),
            column=name,
            column_url=url,
            state=reached,
            asked=self._past(record.day("asked")),
            answered=answered,
            reply=reply(text or "") if reached is State.ANSWERED and text is not None else None,
            depth=page.depth,
            read=not record.mixed,
            empty=record.unfilled and not record.mixed and reached is not State.HIDDEN,
        )

    def _past(self, day: date | None) -> date | None:
        """A day that has been; no letter was written or answered tomorrow."""
        return day if day and day <= self._observed else None

    # ------------------------------------------------------------------ lists

    def _list(self, page: Page) -> bool:
        """Keep the letters of a list; whether there were any."""
        heads = columns(page.text)
        if "asked" not in heads and not _is_letters(page):
            return False
        empty = blanks(page) if "answered" in heads else {}
        around = {crumb.target for crumb in page.trail if crumb.target} | {link.target for link in page.navigation}
        for shape in rows_by_shape(page):
            rows = (row for row in shape if not row.target or row.target not in around)
            found = [letter for row in rows if (letter := self._listed(page, row, heads, empty.get(row.number)))]
            if found:
                self._dropped += len(found) >= MAX_ROWS
                self._keep_list(page, found)
                return True
        return False

    def _listed(self, page: Page, row: RowSeen, heads: tuple[str, ...], empty: frozenset[str] | None) -> Letter | None:
        """The letter of a row: labels within the row explain its dates, else the list's head does.

        ``empty`` names what other rows of the table have and this one shows empty.
        """
        labelled = next(iter(records(row.rest)), Record())
        reached = labelled.state if "state" in labelled.values else state_among(row.rest)
        if reached is State.UNKNOWN:
            reached = state_in_brackets(row.title)
        reached = _by_cells(reached, empty or frozenset())
        days = [seen.date for seen in dates_in(row.rest) if seen.date <= self._observed]
        asked, answered = self._past(labelled.day("asked")), self._past(labelled.day("answered"))
        if asked is None and answered is None:
            asked, answered = _by_heads(days, heads, reached)
        if answered and (reached.waits or reached is State.UNKNOWN):
            reached = State.ANSWERED if reached in (State.UNKNOWN, State.ACCEPTED) else State.UNKNOWN
        if labelled.told or (reached is State.UNKNOWN and asked is None):
            return None
        return Letter(
            url=row.target or page.url,
            title=_title(row.title),
            column=_list_name(page),
            column_url=page.url,
            state=reached,
            asked=asked,
            answered=answered,
            listed=None if asked or answered else next(iter(days), None),
            depth=page.depth + 1,
            shared=not row.target,
        )

    def _keep_list(self, page: Page, found: list[Letter]) -> None:
        for letter in found:
            self._keep(letter)
        name = found[0].column
        told = max((int(one or other) for one, other in _PAGES.findall(page.text)), default=1)
        if name in self._lists or len(self._lists) < MAX_LISTS:
            pages, most, rows = self._lists.get(name, (0, 1, 0))
            self._lists[name] = (pages + 1, max(most, told), max(rows, len(found)))

    # ------------------------------------------------------------------ keeping

    def _keep(self, letter: Letter, asked_for: str = "") -> None:
        """Keep a letter, or add to what is known of it; its own page tells more than a list."""
        if len(letter.url) > MAX_URL:
            self._dropped += 1
            return
        key = f"{letter.asked} {letter.title}" if letter.shared else _key(letter.url)
        if asked_for and key not in self._letters and _key(asked_for) in self._letters:
            key = _key(asked_for)
        known = self._letters.get(key)
        if known is not None:
            self._letters[key] = _merged(known, letter)
        elif len(self._letters) < self._most:
            self._letters[key] = letter
        else:
            self._dropped += 1

    def _note_scripted(self, page: Page) -> None:
        """A page called after letters that shows none may have them filled in by script."""
        empty = page.scripted or any(not _FRAME_REGION.search(name) for name in page.scripted_regions)
        if not empty or page.is_article or len(self._scripted) >= MAX_SCRIPTED:
            return
        if _is_letters(page) and not WORDS.letters.writing.search(_list_name(page)):
            self._scripted[page.url[:MAX_URL]] = None

    def _note_unread(self, page: Page) -> None:
        """A page called after letters that shows some, of which neither labels nor a list tell anything."""
        if len(self._unread) < MAX_UNREAD and _shows_letters(page, self._observed):
            self._unread[page.url[:MAX_URL]] = None

    def conclude(self) -> Letters:
        """The fact."""
        unlisted = sum(rows * max(told - pages, 0) for pages, told, rows in self._lists.values())
        return Letters(
            self._observed,
            tuple(self._letters.values()),
            tuple(self._scripted),
            min(unlisted, 10**6),
            self._dropped,
            tuple(url for url in self._unread if _key(url) not in self._letters),
        )


def _may_hold_letters(page: Page) -> bool:
    """Whether it is worth looking: nearly all pages are dismissed by few characters (答复, 回复, 办理, 办结, …)."""
    if not _hints_at_replies(page.text[:_READ]):
        return False
    told = _is_letters(page)
    return all(any(sign in page.text for sign in signs) for signs in _STRONG) if told is None else told


def _hints_at_replies(text: str) -> bool:
    """Whether one of these words may be there; one character is found ten times as fast as two."""
    return "复" in text or "办" in text or ("理" in text and ("处理" in text or "受理" in text))


def _shows_letters(page: Page, observed: date) -> bool:
    """Whether a column of letters holds dated rows, or dated blocks of what was asked and replied."""
    if not _is_letters(page) or WORDS.letters.writing.search(_list_name(page)):
        return False
    named = (rows.rows for rows in page.lists if not rows.heading or is_letters(rows.heading))
    if any(sum(bool(row.raw_date) for row in rows) >= _FEWEST_ROWS for rows in named):
        return True
    text = page.text[:_READ]
    if not (WORDS.letters.asking.search(text) and WORDS.letters.replying.search(text)):
        return False
    return any(seen.date < observed for seen in dates_in(text))


def _is_letters(page: Page) -> bool | None:
    """Whether the page belongs to a column of letters, by the nearest name that tells.

    The last step of a breadcrumb is asked last: on a letter's own page it is the letter's title.
    """
    upwards = page.trail[::-1]
    steps = [*(crumb.text for crumb in upwards if crumb.target), *(crumb.text for crumb in upwards if not crumb.target)]
    names = (page.tags.ColumnName or "", *(steps or (page.link_text, head(page.title))))
    told = (is_letters(name) for name in names if len(name) <= LONGEST_NAME)
    return next((one for one in told if one is not None), None)


def _list_name(page: Page) -> str:
    """What a list calls its column."""
    crumb = page.trail[-1].text if page.trail else ""
    return (page.tags.ColumnName or crumb or head(page.title))[:_TITLE]


def _column(page: Page) -> tuple[str, str]:
    """The column that a letter's own page names."""
    steps = [crumb for crumb in page.trail if crumb.target and crumb.target != page.url]
    return (steps[-1].text[:_TITLE], steps[-1].target) if steps else (page.tags.ColumnName or "", page.parent)


def _own_title(page: Page, record: Record) -> str:
    """What the page calls its letter; where it is called after the column, the letter's first words."""
    title = record.values.get("title", "").partition("\n")[0] or page.tags.ArticleTitle or head(page.title)
    if "详情" in title or title in (page.tags.ColumnName, *(crumb.text for crumb in page.trail)):
        title = record.values.get("question") or title
    return _title(title)


def _title(text: str) -> str:
    return masked_excerpt(text, _TITLE)


def _by_heads(days: list[date], heads: tuple[str, ...], reached: State) -> tuple[date | None, date | None]:
    """When it was written and answered, by the order of the list's head.

    A single date in a row is that of the letter, as long as the list names one; without any head it is known only of
    letters that nobody has answered.
    """
    if len(days) > 1 and len(heads) > 1:
        by_kind = dict(zip(heads, days, strict=False))
        return by_kind["asked"], by_kind["answered"]
    first = days[0] if days else None
    if "asked" in heads or reached.waits:
        return first, None
    return (None, first) if "answered" in heads else (None, None)


def _merged(one: Letter, other: Letter) -> Letter:
    """Both together: what stands on the letter's own page wins, but the list knows its title and column."""
    own, listed = (one, other) if one.read or not other.read else (other, one)
    answered = own.answered or listed.answered
    return replace(
        own,
        title=own.title if listed.title.endswith(("…", "...")) or not listed.title else listed.title,
        column=listed.column or own.column,
        column_url=listed.column_url or own.column_url,
        state=_together(own, listed, answered),
        asked=own.asked or listed.asked,
        answered=answered,
        listed=own.listed or listed.listed,
    )


def _together(own: Letter, listed: Letter, answered: date | None) -> State:
    """One state out of two. A reply on the letter's own page decides; else a date does, or nobody."""
    told = {own.state, listed.state} - {State.UNKNOWN}
    if State.INVALID in told:
        return State.INVALID
    if State.ANSWERED in told:
        shown = answered or (own.reply is not None and own.reply.length)
        return State.ANSWERED if shown or not any(one.waits for one in told) else State.UNKNOWN
    if answered or not told:
        return State.UNKNOWN
    if State.HIDDEN in told:
        return State.HIDDEN
    return State.PENDING if own.empty else min(told, key=_PLAINEST.index)


_PLAINEST = (State.PENDING, State.WORKING, State.ACCEPTED)


def _by_cells(reached: State, empty: frozenset[str]) -> State:
    """What a row's state is worth beside the cell for the date of the reply, empty here and filled in other rows."""
    if "answered" not in empty:
        return reached
    if reached.waits or "state" in empty:
        return State.PENDING
    return State.WORKING if reached is State.UNKNOWN and NO_STATE in empty else reached


def _without_reply(page: Page, record: Record, reached: State, *, others_filled: bool) -> State:
    """What is known of a letter whose page shows no reply.

    A reply may be where its text doesn't show it, or stand under words that are no label; so a letter that is said to
    be in hand is without one only where its place was seen, and is empty. Without any word on its state, an empty place
    tells something only where others of the same page are filled.
    """
    if hides_reply(page) or WORDS.official.search(record.values.get("question", "")):
        return State.HIDDEN
    if reached is State.UNKNOWN:
        return State.PENDING if record.unfilled and others_filled else reached
    return State.PENDING if record.unfilled else reached


def _key(url: str) -> str:
    """A URL without scheme, ``www.`` and fragment."""
    return (url.partition("://")[2] or url).removeprefix("www.").partition("#")[0]
